"""Spreadsheets as typed tables: what is asked of them is asked in SQL, here alone."""

from __future__ import annotations

import json

import apsw

from strongroom_engine.store.paths import clean
from strongroom_engine.types import Document, SheetRow, SheetTable


def put(db: apsw.Connection, row: int, document: Document) -> None:
    """Keep the tables of the document in row `row` instead of those there were."""
    db.execute("DELETE FROM sheets WHERE document = ?", (row,))
    for ordinal, table in enumerate(document.sheets):
        db.execute(
            "INSERT INTO sheets (document, ordinal, sheet, name, header_row, columns)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                row,
                ordinal,
                clean(table.sheet),
                clean(table.name),
                table.header_row,
                _columns(table),
            ),
        )
        sheet = db.last_insert_rowid()
        db.executemany(
            'INSERT INTO sheet_rows (sheet, "row", start, "end", cells) VALUES (?, ?, ?, ?, ?)',
            ((sheet, one.number, one.start, one.end, _cells(one)) for one in table.rows),
        )


def _columns(table: SheetTable) -> str:
    columns = [[clean(one.name), one.letter, one.type, one.unit] for one in table.columns]
    return json.dumps(columns, ensure_ascii=False)


def _cells(row: SheetRow) -> str:
    cells = [clean(cell) if isinstance(cell, str) else cell for cell in row.cells]
    return json.dumps(cells, ensure_ascii=False)
