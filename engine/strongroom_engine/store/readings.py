"""What the reader wants to know of one document: its record, its page numbers, its structure."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Any

import apsw

from strongroom_engine.store import documents, places
from strongroom_engine.store.connection import fetch, fetch_one
from strongroom_engine.store.paths import clean, file_name, load_path, store_path
from strongroom_engine.trees import folded
from strongroom_engine.types import (
    MAX_HEADING_CHARACTERS,
    Document,
    DocumentRecord,
    Heading,
    Place,
)

_FIRST_CHUNK = """
    SELECT c.id FROM documents d JOIN sources s ON s.id = d.source AND NOT s.gone
        JOIN chunks c ON c.document = d.id AND c.ordinal = 0
    WHERE d.path = ?
"""

Structure = tuple[list[tuple[int, int, int]], list[tuple[int, int, int]], list[tuple[int, ...]]]
"""Headings (start, end, level), tables (start, end of the header rows, end), lists (where each item
begins, and the end), in document coordinates."""


class Readings:
    """`read` lends a connection that sees one state of the library."""

    def __init__(self, read: Callable[[], AbstractContextManager[apsw.Connection]]) -> None:
        self._read = read

    def record(self, path: str) -> DocumentRecord | None:
        """The document as lists show it."""
        with self._read() as db:
            return documents.record(db, path)

    def numbers(self, paths: Iterable[str]) -> dict[str, int]:
        """Of each of these documents that has a text: a number that it gets anew whenever it is read
        into the library, and that no other document has."""
        with self._read() as db:
            found = {path: fetch_one(db, _FIRST_CHUNK, (store_path(path),)) for path in paths}
            return {path: int(row[0]) for path, row in found.items() if row}

    def details(self, path: str) -> dict[str, str]:
        """The arguments of the problem that keeps it from being read."""
        with self._read() as db:
            row = fetch_one(db, "SELECT details FROM documents WHERE path = ?", (store_path(path),))
            found: dict[str, str] = json.loads(row[0]) if row and row[0] else {}
            return found

    def same_name(self, path: str) -> list[str]:
        """The paths of the documents whose file is called so, in their order."""
        name = folded(file_name(path))
        with self._read() as db:
            rows = fetch(db, "SELECT path FROM documents WHERE name = ?", (name,))
            return sorted(load_path(stored) for (stored,) in rows)

    def moved_to(self, path: str) -> str:
        """Where the document is now that was last seen at the path before it was moved or renamed;
        '' where none was, or it is not there any more."""
        with self._read() as db:
            now = fetch_one(
                db,
                "SELECT m.now FROM moved_documents m JOIN documents d ON d.path = m.now"
                " WHERE m.path = ? ORDER BY m.moved_ms DESC",
                (store_path(path),),
            )
            return load_path(now[0]) if now else ""

    def labels(self, path: str) -> tuple[tuple[int, str], ...]:
        """The pages whose printed number is another than their own, with that number."""
        with self._read() as db:
            rows = fetch(
                db,
                "SELECT p.number, p.label FROM pages p JOIN documents d ON d.id = p.document"
                " WHERE d.path = ? AND p.label <> '' ORDER BY p.number",
                (store_path(path),),
            )
            return tuple((int(page), str(label)) for page, label in rows)

    def units(self, path: str) -> tuple[Place, ...]:
        """The places by which one goes through a document without pages: all of one kind."""
        with self._read() as db:
            return places.units(db, path)

    def structure(self, path: str) -> Structure:
        """Headings, tables and lists of what has no pages; none of a document that an older
        Strongroom read."""
        headings, tables, lists = self._outline(path, paged=False) or ([], [], [])
        return [(start, end, level) for start, end, level, _ in headings], tables, lists

    def headings(self, path: str) -> list[Heading] | None:
        """All headings; None of a document that an older Strongroom read, or that is not there."""
        found = self._outline(path, paged=True)
        return found and [Heading(start, level, text) for start, _, level, text in found[0]]

    def _outline(self, path: str, *, paged: bool) -> Any:
        with self._read() as db:
            row = fetch_one(
                db,
                "SELECT outline FROM documents WHERE path = ? AND (? OR NOT paged)",
                (store_path(path), paged),
            )
            return json.loads(row[0]) if row and row[0] else None


def outline(document: Document) -> str:
    """The document's structure as its column holds it. Of one with pages, which are drawn, the
    headings alone."""
    text = document.text
    headings = []
    for one in document.headings:
        end = text.find("\n", one.start)
        said = clean(" ".join(one.text.split()))[:MAX_HEADING_CHARACTERS]
        headings.append((one.start, len(text) if end < 0 else end, one.level, said))
    if document.paged:
        return json.dumps([headings, [], []], ensure_ascii=False, separators=(",", ":"))
    tables = [(one.start, one.header_end, one.end) for one in document.tables]
    lists = [(*one.items, one.end) for one in document.lists]
    return json.dumps([headings, tables, lists], ensure_ascii=False, separators=(",", ":"))
