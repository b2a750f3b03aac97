"""Tables, lists and margins, as each parser marks them in its text."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import pytest
from tests.engine.parsing import in_memory, on_disk

from strongroom_engine.indexing.parse import structure
from strongroom_engine.indexing.parse.markup import markdown
from strongroom_engine.indexing.parse.office import docx as word
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.indexing.parse.pdf import document as pdf
from strongroom_engine.indexing.parse.web import html
from strongroom_engine.types import Document, ItemList, Table

MakePdf = Callable[..., Path]

ROWS = [("Item", "2023", "2022"), ("Revenue", "1,250", "1,300"), ("Cost", "(900)", "850")]


def header(document: Document, table: Table) -> str:
    return document.text[table.start : table.header_end].strip()


def body(document: Document, table: Table) -> list[str]:
    lines = document.text[table.header_end : table.end].splitlines()
    return [line for line in lines if line]


def items(document: Document, found: ItemList) -> list[str]:
    ends = [*found.items[1:], found.end]
    return [document.text[a:b].strip() for a, b in zip(found.items, ends, strict=True)]


def html_rows(rows: Sequence[tuple[str, ...]], cell: str = "td") -> str:
    width = "style='width:140px'"
    return "".join(
        f"<tr>{''.join(f'<{cell} {width}>{value}</{cell}>' for value in row)}</tr>" for row in rows
    )


# --- PDF -----------------------------------------------------------------------------------------

PROSE = "The lessee shall keep the premises in good repair and condition at all times. "


def test_a_table_of_a_pdf(make_pdf: MakePdf) -> None:
    page = f"<p>{PROSE}</p><table>{html_rows(ROWS)}</table><p>{PROSE}</p>"
    document = pdf.parse(on_disk(make_pdf(page)))
    (table,) = document.tables
    assert header(document, table) == "Item\t2023\t2022"
    assert body(document, table) == ["Revenue\t1,250\t1,300", "Cost\t(900)\t850"]


def running(number: int, content: str) -> str:
    return f"<p>ACME Confidential</p>{content}<p>Page {number} of 9</p>"


def test_a_table_of_a_pdf_goes_on_over_the_margins(make_pdf: MakePdf) -> None:
    more = [("Tax", "12", "13"), ("Profit", "95", "99")]
    document = pdf.parse(
        on_disk(
            make_pdf(
                running(1, f"<p>First of all. {PROSE}</p><table>{html_rows(ROWS)}</table>"),
                running(2, f"<table>{html_rows(more)}</table><p>And then. {PROSE}</p>"),
                running(3, f"<p>{PROSE * 2}</p><p>The end.</p>"),
            )
        )
    )
    (table,) = document.tables
    assert document.text[table.start : table.end].endswith("Profit\t95\t99")
    said = [document.text[start:end] for start, end in document.margins]
    assert said == [
        line for number in (1, 2, 3) for line in ("ACME Confidential", f"Page {number} of 9")
    ]


def test_prose_of_a_pdf_has_no_marks(make_pdf: MakePdf) -> None:
    document = pdf.parse(
        on_disk(make_pdf(*[f"<p>{PROSE * 3}</p><p>{n} {PROSE * 2}</p>" for n in "ab"]))
    )
    assert (document.tables, document.lists) == ((), ())


def test_a_list_of_a_pdf(make_pdf: MakePdf) -> None:
    lines = "<p>The tenant shall:</p><p>(a) pay the rent;</p><p>(b) keep no pets.</p>"
    document = pdf.parse(on_disk(make_pdf(f"{lines}<p>{PROSE}</p>")))
    (found,) = document.lists
    assert items(document, found) == ["(a) pay the rent;", "(b) keep no pets."]


# --- the look of lines ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("- one\n- two\n- three", 3),
        ("1. one\n2. two\ngoes on\n\n3. three", 3),
        ("(i) one\n(ii) two\n(iii) three\n(iv) four", 4),
        ("a) one\n- within\n- within\nb) two", 2),
        ("•\tone\n•\ttwo\n\nA paragraph.\n\n•\tthree", 2),
        ("3. a paragraph that begins with a number", 0),
        ("- one alone", 0),
        ("2020. A year\n2021. Another", 0),
        ("1. one\n\n" + "2. " + "long " * 400, 0),
    ],
)
def test_lists_by_the_look_of_their_lines(said: str, count: int) -> None:
    found = structure.lists(said)
    assert sum(len(one.items) for one in found) == count


def test_header_rows_end_at_the_first_amount() -> None:
    said = "Year ended\nItem\t2023\t2022\n\t$ million\t$ million\nRevenue\t12\t13\nCost\t-\t(4)"
    (table,) = structure.tables(said)
    assert said[table.start : table.header_end] == "Item\t2023\t2022\n\t$ million\t$ million"


# --- formats that say what they are --------------------------------------------------------------


def test_marks_of_markdown() -> None:
    source = (
        "# Lease\n\nIntro:\n\n- one\n  - within\n- two\n\nText.\n\n"
        "| Item | Rent |\n| --- | --- |\n| Room | 12 |\n| Hall | 14 |\n\nEnd.\n"
    )
    document = markdown.parse(in_memory("lease.md", source.encode()))
    (table,) = document.tables
    assert header(document, table).startswith("| Item | Rent |\n| ---")
    assert body(document, table) == ["| Room | 12 |", "| Hall | 14 |"]
    (found,) = document.lists
    assert items(document, found) == ["- one\n  - within", "- two"]


def test_marks_of_a_web_page() -> None:
    page = (
        "<body><p>Intro:</p><ul><li>one</li><li><p>two</p></li></ul><p>Text.</p>"
        f"<table><thead>{html_rows([('Item', 'Rent')], 'th')}</thead>"
        f"{html_rows([('Room', '12'), ('Hall', '14')])}</table>"
        f"<table>{html_rows(ROWS)}</table></body>"
    )
    document = html.parse(in_memory("page.html", page.encode()))
    first, second = document.tables
    assert header(document, first) == "Item | Rent"
    assert body(document, first) == ["Room | 12", "Hall | 14"]
    assert header(document, second) == "Item | 2023 | 2022"
    (found,) = document.lists
    assert items(document, found) == ["- one", "- two"]


def test_marks_of_a_word_document() -> None:
    made = docx.Document()
    made.add_paragraph("The tenant shall:")
    made.add_paragraph("pay the rent;", style="List Bullet")
    made.add_paragraph("keep no pets.", style="List Bullet")
    made.add_paragraph("Text.")
    table = made.add_table(rows=3, cols=3)
    for row, values in zip(table.rows, ROWS, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    file = io.BytesIO()
    made.save(file)
    document = word.parse(OpenFile("lease.docx", file))
    (found,) = document.tables
    assert header(document, found) == "Item | 2023 | 2022"
    assert body(document, found) == ["Revenue | 1,250 | 1,300", "Cost | (900) | 850"]
    (listed,) = document.lists
    assert items(document, listed) == ["pay the rent;", "keep no pets."]
