"""Tables that are written, and read back by another program's library."""

from __future__ import annotations

import csv
import io
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from strongroom_engine.errors import ReportUnwritable
from strongroom_engine.reviews.tables import as_csv, write_table
from strongroom_engine.types import Cell, Citation, Column, Place, Review

RENT, LAW = Column("What is the rent?", "Rent"), Column("=Which law governs?")
LEASE, BARN = "/docs/lease.pdf", "/docs/=barn.txt"
QUOTE = "The rent is\n1,200 euros."


def cited(document: str, quote: str, page: int | None) -> Citation:
    return Citation(1, document, page, 0, len(quote), quote, score=0.9)


@pytest.fixture
def review() -> Review:
    second = cited(LEASE, "Second place", 9)
    cells = (
        Cell(LEASE, RENT.question, "1,200 euros", False, (cited(LEASE, QUOTE, 3), second), 0.875),
        Cell(LEASE, LAW.question, "", True, (), 0.7, verdict="right"),
        Cell(BARN, RENT.question, '=HYPERLINK("x")', False, (cited(BARN, "@SUM(A1)", None),), 0.2),
        Cell(BARN, LAW.question, problem="The answer model stopped: it was killed."),
    )
    return Review("Leases", (RENT, LAW), (LEASE, BARN, "/docs/open.txt"), cells)


# --- CSV -----------------------------------------------------------------------------------------


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_has_answer_page_quote_and_confidence(review: Review) -> None:
    content = as_csv(review)
    assert content.startswith(b"\xef\xbb\xbfDocument,Rent,Page,")  # Excel opens it as UTF-8
    header, lease, _, not_asked = rows_of(content)
    assert header[6:] == ["'=Which law governs?", "Page", "Place", "Quote", "Confidence"]
    assert lease == [
        LEASE,
        "1,200 euros",
        "3",
        "",
        QUOTE,
        "0.88",
        "(not in the document)",
        "",
        "",
        "",
        "0.70",
    ]
    assert not_asked == ["/docs/open.txt", *["(not asked yet)", "", "", "", ""] * 2]


def test_csv_holds_no_formulas(review: Review) -> None:
    barn = rows_of(as_csv(review))[2]
    assert barn[1:6] == ['\'=HYPERLINK("x")', "", "", "'@SUM(A1)", "0.20"]
    assert barn[6:] == ["(The answer model stopped: it was killed.)", "", "", "", ""]


def test_what_has_no_pages_says_its_sheet_and_row(review: Review, tmp_path: Path) -> None:
    places = (Place(0, 1, "sheet", "Budget", 1), Place(9, 2, "row", number=40))
    cell = replace(review.cells[2], citations=(replace(cited(BARN, QUOTE, None), places=places),))
    placed = replace(review, cells=(cell,))
    assert rows_of(as_csv(placed))[2][2:5] == ["", "sheet Budget, row 40", QUOTE]
    write_table(placed, tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert [field.value for field in book["Sources"][2]][5] == "sheet Budget, row 40"
    assert book["Answers"]["B3"].comment.text.startswith("sheet Budget, row 40: ")


@pytest.mark.parametrize("begin", ["=1", "+1", "-1", "@a", "\t=1", "\r1", " =1", "＝1", "－1"])
def test_every_beginning_of_a_formula_is_disarmed(begin: str) -> None:
    cell = Cell(LEASE, RENT.question, begin)
    row = rows_of(as_csv(Review("x", (RENT,), (LEASE,), (cell,))))[1]
    assert row[1] == f"'{begin}"


# --- XLSX ----------------------------------------------------------------------------------------


@pytest.fixture
def book(review: Review, tmp_path: Path) -> Any:
    file = tmp_path / "table.xlsx"
    write_table(review, file)
    return openpyxl.load_workbook(file)


def test_the_first_sheet_has_the_answers(book: Any) -> None:
    sheet = book["Answers"]
    assert [[field.value for field in row] for row in sheet.rows] == [
        ["Document", "Rent", "=Which law governs?"],
        ["lease.pdf", "1,200 euros", "(not in the document)"],
        ["=barn.txt", '=HYPERLINK("x")', "(The answer model stopped: it was killed.)"],
        ["open.txt", "(not asked yet)", "(not asked yet)"],
    ]
    assert sheet.freeze_panes == "B2"
    assert "p. 3: The rent is" in sheet["B2"].comment.text
    assert sheet["C2"].comment is None
    shaded = {field.coordinate for row in sheet.rows for field in row if field.fill.fill_type}
    assert shaded == {"B3", "C3"}  # low confidence, and a problem


def test_no_field_is_a_formula_or_a_link(book: Any) -> None:
    for sheet in book:
        for row in sheet.rows:
            for field in row:
                assert field.data_type in {"s", "n"}
                assert field.hyperlink is None


def test_the_second_sheet_has_every_source(book: Any) -> None:
    rows = [[field.value for field in row] for row in book["Sources"].rows]
    assert rows[0] == [
        "Document",
        "Question",
        "Answer",
        "Confidence",
        "Page",
        "Place",
        "Quote",
        "File",
        "Checked",
    ]
    assert rows[1] == [
        "lease.pdf",
        RENT.question,
        "1,200 euros",
        0.875,
        3,
        None,
        QUOTE,
        LEASE,
        None,
    ]
    assert rows[2][4:7] == [9, None, "Second place"]
    assert rows[3][2:7] == ["(not in the document)", 0.7, None, None, None]
    assert rows[3][8] == "right"
    assert rows[4][4:7] == [None, None, "@SUM(A1)"]
    assert rows[5][2:4] == ["(The answer model stopped: it was killed.)", None]


def test_what_a_spreadsheet_does_not_take_is_left_out(tmp_path: Path) -> None:
    odd = "a\x00b\x0bc\ud800\ufffed" + "x" * 40_000
    document = "/docs/odd\udce9.pdf"
    cell = Cell(document, RENT.question, odd, False, (cited(document, odd, 1),), 0.9)
    review = Review("x", (RENT,), (document,), (cell,))
    write_table(review, tmp_path / "odd.xlsx")
    value = openpyxl.load_workbook(tmp_path / "odd.xlsx")["Answers"]["B2"].value
    assert value.startswith("abc?d")
    assert (len(value), value[-1]) == (32_767, "…")
    write_table(review, tmp_path / "odd.csv")
    assert (tmp_path / "odd.csv").stat().st_size > 40_000


# --- files ---------------------------------------------------------------------------------------


def test_a_table_that_cannot_be_written_leaves_the_old_one(review: Review, tmp_path: Path) -> None:
    file = tmp_path / "table.CSV"
    write_table(review, file)
    before = file.read_bytes()
    with pytest.raises(ReportUnwritable):
        write_table(review, tmp_path / "none" / "table.csv")
    with pytest.raises(ReportUnwritable, match=r"neither in \.csv nor in \.xlsx"):
        write_table(review, tmp_path / "table.ods")
    folder = tmp_path / "folder.csv"
    folder.mkdir()
    with pytest.raises(ReportUnwritable):
        write_table(review, folder)
    assert file.read_bytes() == before
    assert sorted(entry.name for entry in tmp_path.iterdir() if entry.is_file()) == ["table.CSV"]
    if os.name == "posix":
        mask = os.umask(0)
        os.umask(mask)
        assert file.stat().st_mode & 0o777 == 0o666 & ~mask
