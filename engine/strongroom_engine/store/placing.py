"""Where something stands, in the words of its format: through the documents around it, down to the
row or line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace

import apsw

from strongroom_engine.store import passages, places
from strongroom_engine.store.connection import fetch_one
from strongroom_engine.store.paths import file_name, load_path, store_path
from strongroom_engine.types import Place

MOST_AROUND = 16
"""Documents around a document; no chain is longer (`settings.max_depth`)."""


class Placing:
    """The places of a store's documents."""

    def __init__(self, read: Callable[[], AbstractContextManager[apsw.Connection]]) -> None:
        self._read = read

    def of(self, path: str, position: int) -> tuple[Place, ...]:
        """What `position` (document coordinates) of the document stands in, the outer one first."""
        with self._read() as db:
            row = fetch_one(
                db, "SELECT id, container FROM documents WHERE path = ?", (store_path(path),)
            )
            if row is None:
                return ()
            around = list(_around(db, row[0])) if row[1] is not None else []
            inside = places.path_to(db, row[0], position)
            return (*reversed(around), *(_counted(db, path, one, position) for one in inside))

    def within(self, path: str, start: int, end: int) -> tuple[Place, ...]:
        """The places that begin in [start, end) of the document, in the order of the text."""
        with self._read() as db:
            return places.within(db, path, start, end)


def _counted(db: apsw.Connection, path: str, place: Place, position: int) -> Place:
    """The row or line itself, counted from the last one that is known."""
    if not place.counts_lines or place.number is None:
        return place
    text = passages.document_text(db, path, place.start, position)
    number = place.number + text.count("\n")
    start = place.start + text.rfind("\n") + 1
    return replace(place, number=number, start=start, counts_lines=False)


def _around(db: apsw.Connection, row: int) -> Iterator[Place]:
    """The containers of the document, the inner one first."""
    for _ in range(MOST_AROUND):
        found = fetch_one(
            db,
            "SELECT c.id, c.path, c.container, m.subject, p.number, d.path, d.member"
            " FROM documents d JOIN documents c ON c.id = d.container"
            " LEFT JOIN mails m ON m.document = c.id"
            " LEFT JOIN places p ON p.document = c.id AND p.kind = 'message' WHERE d.id = ?",
            (row,),
        )
        if found is None:
            return
        row, path, outer, subject, sent, inner, member = found
        if subject is not None:
            yield Place(0, 1, "attachment", file_name(load_path(inner)), member)
            yield Place(0, 1, "message", subject, sent)
        else:
            yield Place(0, 1, "archive", file_name(load_path(path)))
        if outer is None:
            return
