"""What is known of every document at once: for questions that are answered by the index itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import apsw

from strongroom_engine.store import documents
from strongroom_engine.store.connection import fetch
from strongroom_engine.store.document_words import OPENING_CHARACTERS
from strongroom_engine.store.paths import load_path
from strongroom_engine.store.scope import Scope, document_condition, documents_inside
from strongroom_engine.types import State

FEW = 2_000
"""So many documents are named one by one."""
NONE = 0
"""The row of no document."""


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """One document in a list. Size in bytes, `characters` of its text, time of change in ns.

    `pages` is 0 for formats without pages of their own; `problem` says why it could not be read.
    """

    row: int
    path: str
    title: str
    collection: str
    extension: str
    media_type: str
    state: State
    problem: str
    size: int
    mtime_ns: int
    pages: int
    characters: int
    hidden: tuple[tuple[int, int], ...] = ()
    """What of the text cannot be seen in the document, in order."""

    @property
    def readable(self) -> bool:
        """Whether its text can be searched."""
        return self.characters > 0


class Listing:
    """What a store knows of all its documents."""

    def __init__(self, read: Callable[[], AbstractContextManager[apsw.Connection]]) -> None:
        self._read = read

    def facts(self, scope: Scope) -> tuple[DocumentFacts, ...]:
        """Every document in the scope, whatever its state, in the order of their paths."""
        inside = document_condition(scope, "d.id")
        with self._read() as db:
            rows = fetch(db, _FACTS + inside.sql, inside.arguments)
        return tuple(sorted(map(_facts, rows), key=lambda each: each.path))

    def resolved(self, scope: Scope) -> Scope:
        """The same scope by its documents, where they are few: a search asks for it many times."""
        if not scope.of_files:
            return scope
        inside = documents_inside(scope)
        few = f"{inside.sql} LIMIT {FEW + 1}"
        with self._read() as db:
            rows = tuple(row for (row,) in fetch(db, few, inside.arguments))
        return scope if len(rows) > FEW else Scope(documents=rows or (NONE,))

    def openings(self, rows: Iterable[int], characters: int = OPENING_CHARACTERS) -> dict[int, str]:
        """How the texts of these documents begin, by row; without those that have none."""
        asked = characters, json.dumps(sorted(rows))
        with self._read() as db:
            found = fetch(db, _OPENINGS, asked)
        return {row: "".join(parts) for row, parts in _grouped(found).items()}


_FACTS = """
    SELECT d.id, d.path, d.title, k.name, d.extension, d.media_type, d.state,
        d.problem, d.details, d.size, d.mtime_ns,
        d.paged * (SELECT count(*) FROM pages WHERE document = d.id),
        coalesce((SELECT max("end") FROM chunks WHERE document = d.id), 0), d.hidden
    FROM documents d JOIN sources s ON s.id = d.source AND NOT s.gone JOIN collections k ON k.id = s.collection
    WHERE 1
"""
_OPENINGS = """
    SELECT document, substr(text, 1, ?1 - start) FROM chunks JOIN texts ON chunk = id
    WHERE start < ?1 AND document IN (SELECT value FROM json_each(?)) ORDER BY document, ordinal
"""


def _facts(row: tuple[Any, ...]) -> DocumentFacts:
    document, path, title, collection, kind, media_type, state, code, details = row[:9]
    size, mtime_ns, pages, characters, hidden = row[9:]
    _, reason, _ = documents.problem(State(state), code, details)
    return DocumentFacts(
        row=document,
        path=load_path(path),
        title=title,
        collection=collection,
        extension=kind,
        media_type=media_type,
        state=State(state),
        problem=reason,
        size=size,
        mtime_ns=mtime_ns,
        pages=pages,
        characters=characters,
        hidden=tuple((start, end) for start, end in json.loads(hidden)),
    )


def _grouped(rows: Sequence[tuple[int, str]]) -> dict[int, list[str]]:
    texts: dict[int, list[str]] = {}
    for row, text in rows:
        texts.setdefault(row, []).append(text)
    return texts
