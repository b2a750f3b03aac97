"""What text recognition read of pages, by the content of their file: a document that is read again,
or lies in two places, keeps it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import apsw

from strongroom_engine.store.connection import fetch, fetch_one
from strongroom_engine.store.paths import load_path, store_path
from strongroom_engine.types import Document, FileFacts

Borrow = Callable[[], AbstractContextManager[apsw.Connection]]


class RecognisedPages:
    """The recognised pages of a store; what they hold is a matter of whoever keeps them."""

    def __init__(self, read: Borrow, write: Borrow) -> None:
        self._read, self._write = read, write

    def keep(self, content: str, page: int, confidence: float, read: bytes) -> None:
        """Keep what was read of a page of the file with this hash."""
        with self._write() as db:
            db.execute(
                "INSERT OR REPLACE INTO recognised (content, page, confidence, lines)"
                " VALUES (?, ?, ?, ?)",
                (content, page, confidence, read),
            )

    def of(self, content: str) -> dict[int, bytes]:
        """What was read of the pages of the file with this hash."""
        with self._read() as db:
            return dict(
                fetch(db, "SELECT page, lines FROM recognised WHERE content = ?", (content,))
            )

    def page(self, path: str, page: int) -> bytes | None:
        """What was read of a page of the document at the path, as it is in the library."""
        with self._read() as db:
            row = fetch_one(
                db,
                "SELECT r.lines FROM documents d JOIN recognised r ON r.content = d.content_hash"
                " WHERE d.path = ? AND r.page = ?",
                (store_path(path), page),
            )
            return row[0] if row else None

    def waiting(self, source: str) -> list[FileFacts]:
        """The documents in the source with pages that wait for text recognition."""
        with self._read() as db:
            rows = fetch(
                db,
                "SELECT path, size, mtime_ns, identity FROM documents"
                " WHERE id IN (SELECT document FROM scanned)"
                " AND source = (SELECT id FROM sources WHERE path = ?)",
                (store_path(source),),
            )
            return [FileFacts(load_path(path), *facts) for path, *facts in rows]


def put(db: apsw.Connection, row: int, document: Document) -> None:
    """Note which pages of the document in row `row` wait for text recognition."""
    db.execute("DELETE FROM scanned WHERE document = ?", (row,))
    db.executemany(
        "INSERT INTO scanned (document, page) VALUES (?, ?)",
        ((row, page) for page in document.scanned),
    )
