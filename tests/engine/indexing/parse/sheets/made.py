"""Workbooks and CSV files made for tests, and what is asked of the tables in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from tests.engine.parsing import parsed

from strongroom_engine.types import CellValue, Document, SheetTable


def csv(tmp_path: Path, text: str | bytes, name: str = "a.csv") -> Document:
    (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return parsed(tmp_path / name)


def table_of(tmp_path: Path, text: str) -> SheetTable:
    (table,) = csv(tmp_path, text).sheets
    return table


def made(tmp_path: Path, write: Callable[[Any, Any], None], **options: Any) -> Document:
    """A workbook with one sheet, written by `write(book, sheet)`."""
    with xlsxwriter.Workbook(tmp_path / "a.xlsx", options) as book:
        write(book, book.add_worksheet("Sheet"))
    return parsed(tmp_path / "a.xlsx")


def sheet_of(tmp_path: Path, rows: Sequence[Sequence[Any]]) -> Document:
    def write(_book: Any, sheet: Any) -> None:
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)

    return made(tmp_path, write)


def column(table: SheetTable, name: str) -> list[CellValue]:
    index = [one.name for one in table.columns].index(name)
    return [row.cells[index] for row in table.rows]


def names(table: SheetTable) -> list[str]:
    return [one.name for one in table.columns]


def kinds(table: SheetTable) -> dict[str, str]:
    return {one.name: one.type for one in table.columns}


def units(table: SheetTable) -> dict[str, str]:
    return {one.name: one.unit for one in table.columns}
