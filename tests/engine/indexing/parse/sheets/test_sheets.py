"""Spreadsheets and CSV: text in lines, rows that can be named, and typed tables."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import openpyxl
import pytest
from tests.engine.parsing import parsed

from strongroom_engine.types import CellValue, Document, SheetTable, path_at

Rows = list[list[object]]


def workbook(tmp_path: Path, **sheets: Rows) -> Document:
    book = openpyxl.Workbook()
    book.remove(book["Sheet"])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    return parsed(tmp_path / "a.xlsx")


def delimited(tmp_path: Path, text: str | bytes, name: str = "a.csv") -> Document:
    (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return parsed(tmp_path / name)


def column(table: SheetTable, name: str) -> list[CellValue]:
    index = [one.name for one in table.columns].index(name)
    return [row.cells[index] for row in table.rows]


def kinds(table: SheetTable) -> dict[str, str]:
    return {one.name: one.type for one in table.columns}


BUDGET: Rows = [
    ["Budget of the house", None, None],
    ["Item", "Amount", "Due"],
    ["Rent", 1200, date(2024, 1, 5)],
    ["Repair\nof the roof", 99.5, date(2024, 2, 5)],
    ["Total", 1299.5, None],
]


def test_a_workbook_is_text_and_tables(tmp_path: Path) -> None:
    document = workbook(tmp_path, Budget=BUDGET, Notes=[["Only a note."]])
    assert "Budget\n\nBudget of the house\nItem | Amount | Due\nRent | 1200 | 2024-01-05\n" in (
        document.text
    )
    assert "Repair of the roof | 99.5 | 2024-02-05\nTotal | 1299.5" in document.text
    assert [heading.text for heading in document.headings] == ["Budget", "Notes"]
    (table,) = document.sheets
    assert (table.sheet, table.name, table.header_row) == ("Budget", "Budget of the house", 2)
    assert kinds(table) == {"Item": "text", "Amount": "number", "Due": "date"}
    assert column(table, "Amount") == [1200, 99.5]
    assert column(table, "Due") == ["2024-01-05", "2024-02-05"]
    assert [one.letter for one in table.columns] == ["A", "B", "C"]


def test_a_workbook_goes_from_process_to_process(tmp_path: Path) -> None:
    document = workbook(tmp_path, Mixed=[["Item", "When"], ["a", date(2024, 1, 5)], ["b", "soon"]])
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(document), type=Document) == document


def test_each_row_knows_its_line_and_its_place(tmp_path: Path) -> None:
    rows: Rows = [["Name", "Rent"], *([f"Tenant {n}", n] for n in range(120))]
    document = workbook(tmp_path, Rents=rows)
    (table,) = document.sheets
    for row in table.rows:
        assert document.text[row.start : row.end] == f"Tenant {row.number - 2} | {row.number - 2}"
        sheet, place = path_at(document.places, row.start)
        assert (sheet.kind, sheet.name) == ("sheet", "Rents")
        assert place.kind == "row"
        assert place.number is not None
        counted = place.number + document.text.count("\n", place.start, row.start)
        assert counted == row.number


def test_tables_apart_on_a_sheet_are_two(tmp_path: Path) -> None:
    other: Rows = [["Room", "Size"], ["One", 20], ["Two", 30]]
    document = workbook(tmp_path, Both=[*BUDGET, [], *other])
    assert [table.header_row for table in document.sheets] == [2, 7]
    assert column(document.sheets[1], "Size") == [20, 30]


def test_of_formulas_the_results(tmp_path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("Sums")
        sheet.write_row(0, 0, ["A", "B"])
        sheet.write_row(1, 0, [1, 2])
        sheet.write_formula(2, 0, "=A2*7", None, 7)
        sheet.write(2, 1, True)
    document = parsed(tmp_path / "a.xlsx")
    assert "7 | TRUE" in document.text
    assert "=A2" not in document.text


@pytest.mark.parametrize(
    ("text", "kind", "values"),
    [
        ("n;v\na;1.234,50\nb;12,00\n", "number", [1234.5, 12.0]),
        ('n,v\na,"1,234.50"\nb,(500)\n', "number", [1234.5, -500]),
        ("n\tv\na\t1 234,5\nb\t-2,5\n", "number", [1234.5, -2.5]),
        ("n;v\na;12 €\nb;7 €\n", "number", [12, 7]),
        ("n,v\na,007\nb,012\n", "text", ["007", "012"]),
        ("n,v\na,13/02/2024\nb,01/03/2024\n", "date", ["2024-02-13", "2024-03-01"]),
        ("n,v\na,02/13/2024\nb,01/03/2024\n", "date", ["2024-02-13", "2024-01-03"]),
        ("n,v\na,02/03/2024\nb,01/03/2024\n", "text", ["02/03/2024", "01/03/2024"]),
        ("n;v\na;05.01.24\nb;31.12.1999\n", "date", ["2024-01-05", "1999-12-31"]),
        ("n|v\na|yes\nb|no\n", "boolean", [True, False]),
        ("n,v\na,12\nb,none\n", "text", ["12", "none"]),
        ("n,v\na,12\nb,n/a\nc,NA\n", "number", [12, None, None]),
    ],
)
def test_the_dialects_of_csv(tmp_path: Path, text: str, kind: str, values: list[CellValue]) -> None:
    (table,) = delimited(tmp_path, text).sheets
    assert kinds(table) == {"n": "text", "v": kind}
    assert column(table, "v") == values


def test_cells_with_quotes_and_line_ends(tmp_path: Path) -> None:
    text = 'name,said\r\nAna,"one, ""two""\r\nthree"\r\nBo,four\r\n'
    document = delimited(tmp_path, text.encode("utf-16"))
    assert document.text == 'name | said\nAna | one, "two" three\nBo | four'
    (table,) = document.sheets
    assert [row.number for row in table.rows] == [2, 3]


def test_a_list_without_a_table_is_text(tmp_path: Path) -> None:
    document = delimited(tmp_path, "just\nsome\nlines\n")
    assert document.sheets == ()
    assert document.text == "just\nsome\nlines"
