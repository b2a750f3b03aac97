"""Where in a document its parts begin: slides, sheets, rows, messages."""

from __future__ import annotations

from typing import Any

import apsw

from strongroom_engine.store.connection import fetch
from strongroom_engine.store.paths import clean, store_path
from strongroom_engine.types import Document, Place, path_at

UNITS = ("slide", "sheet", "message", "chapter", "event", "contact", "cell")
"""What stands for pages in formats without, as their places call it."""
MOST_UNITS = 5_000


def put(db: apsw.Connection, row: int, document: Document) -> None:
    """Keep the places of the document in row `row` instead of those there were."""
    db.execute("DELETE FROM places WHERE document = ?", (row,))
    db.executemany(
        "INSERT OR IGNORE INTO places (document, start, level, kind, name, number, counts_lines)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (row, one.start, one.level, one.kind, clean(one.name), one.number, one.counts_lines)
            for one in document.places
        ),
    )


def within(db: apsw.Connection, path: str, start: int, end: int) -> tuple[Place, ...]:
    """The places that begin in [start, end) of the document, in the order of the text."""
    rows = fetch(
        db,
        "SELECT p.start, p.level, kind, p.name, number, counts_lines"
        " FROM places p JOIN documents d ON d.id = p.document"
        " WHERE d.path = ? AND p.start >= ? AND p.start < ? ORDER BY p.start, p.level",
        (store_path(path), start, end),
    )
    return tuple(_place(row) for row in rows)


def path_to(db: apsw.Connection, row: int, position: int) -> tuple[Place, ...]:
    """The places of the document in row `row` that `position` lies in, the outer one first."""
    rows = fetch(
        db,
        "SELECT max(start), level, kind, name, number, counts_lines FROM places"
        " WHERE document = ? AND start <= ? GROUP BY level ORDER BY 1, 2",
        (row, position),
    )
    return path_at([_place(one) for one in rows], position)


def units(db: apsw.Connection, path: str) -> tuple[Place, ...]:
    """The places of the document that stand for pages, in order: of the first of `UNITS` that it
    has; at most `MOST_UNITS`."""
    rows = fetch(
        db,
        "SELECT p.start, p.level, kind, p.name, number, counts_lines"
        " FROM places p JOIN documents d ON d.id = p.document"
        f" WHERE d.path = ? AND NOT d.paged AND kind IN ({', '.join('?' * len(UNITS))})"
        " ORDER BY p.start, p.level LIMIT ?",
        (store_path(path), *UNITS, MOST_UNITS),
    )
    found = [_place(row) for row in rows]
    kinds = {one.kind for one in found}
    kind = next((kind for kind in UNITS if kind in kinds), None)
    return tuple(one for one in found if one.kind == kind)


def _place(row: tuple[Any, ...]) -> Place:
    start, level, kind, name, number, counts_lines = row
    return Place(start, level, kind, name, number, bool(counts_lines))
