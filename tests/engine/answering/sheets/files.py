"""Spreadsheets as files, made from plain Python rows: a workbook, an OpenDocument sheet, a CSV."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter

Cell = str | int | float | date | None
Line = tuple[Cell, ...]
_FORMATS = {"€": '#,##0.00 "€"', "%": "0%", "date": "yyyy-mm-dd", "": "General"}


def workbook(
    path: Path, sheets: dict[str, Sequence[Line]], header: Line, looks: Sequence[str]
) -> None:
    """An XLSX with these sheets; `looks` says how the cells of each column are shown. The last row
    adds up what is shown in euros, by formulas."""
    with xlsxwriter.Workbook(path) as book:
        formats = {look: book.add_format({"num_format": code}) for look, code in _FORMATS.items()}
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, header)
            for number, row in enumerate(rows, 1):
                for place, (cell, look) in enumerate(zip(row, looks, strict=True)):
                    if isinstance(cell, date):
                        sheet.write_datetime(number, place, cell, formats["date"])
                    elif cell is not None:
                        sheet.write(number, place, cell, formats[look])
            sheet.write(len(rows) + 1, 0, "Total")
            for place, look in enumerate(looks):
                if look == "€":
                    letter = chr(ord("A") + place)
                    added = sum(v for row in rows if isinstance(v := row[place], int | float))
                    formula = f"=SUM({letter}2:{letter}{len(rows) + 1})"
                    sheet.write_formula(len(rows) + 1, place, formula, formats["€"], added)


def open_document(path: Path, sheet: str, rows: Sequence[Line]) -> None:
    """An ODS with one sheet."""
    lines = "".join(
        f"<table:table-row>{''.join(map(_open_cell, row))}</table:table-row>" for row in rows
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3">'
        "<office:body><office:spreadsheet>"
        f'<table:table table:name="{escape(sheet)}">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", kind)
        file.writestr("META-INF/manifest.xml", manifest)
        file.writestr("content.xml", content)


def _open_cell(cell: Cell) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, date):
        kind, shown = f'office:value-type="date" office:date-value="{cell}"', f"{cell:%d.%m.%Y}"
    elif isinstance(cell, int | float):
        kind, shown = f'office:value-type="float" office:value="{cell}"', str(cell)
    else:
        kind, shown = 'office:value-type="string"', escape(cell)
    return f"<table:table-cell {kind}><text:p>{shown}</text:p></table:table-cell>"


def separated(path: Path, rows: Sequence[Line]) -> None:
    """A CSV as a German spreadsheet program writes it: semicolons, decimal commas."""
    lines = (";".join(map(_said, row)) for row in rows)
    path.write_text("\r\n".join(lines) + "\r\n", encoding="cp1252")


def _said(cell: Cell) -> str:
    if isinstance(cell, float):
        return f"{cell:.2f}".replace(".", ",")
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    return "" if cell is None else str(cell)
