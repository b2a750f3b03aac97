"""The full-text index: FTS5 without a copy of the text, ranked by BM25."""

from __future__ import annotations

from collections.abc import Iterable

import apsw

from strongroom_engine.store.connection import fetch, fetch_sole
from strongroom_engine.store.languages import language_of
from strongroom_engine.store.paths import file_name, load_path
from strongroom_engine.store.scope import Scope, chunk_condition
from strongroom_engine.store.words import (
    HEADING_WEIGHT,
    NAME_WEIGHT,
    TEXT_WEIGHT,
    TITLE_WEIGHT,
    passage_words,
)

_RANK = f"bm25(words, {TEXT_WEIGHT}, {HEADING_WEIGHT}, {TITLE_WEIGHT}, {NAME_WEIGHT})"

_ROWID = "+words.rowid"
"""The plus keeps SQLite from asking FTS5 once for each chunk of the scope."""


def insert(
    db: apsw.Connection, path: str, title: str, passages: Iterable[tuple[int, str, str]]
) -> None:
    """Index (chunk id, text, heading) of a document's chunks, each in its own language."""
    name = file_name(path)
    db.executemany(
        "INSERT INTO words (rowid, text, heading, title, name) VALUES (?, ?, ?, ?, ?)",
        (
            (chunk, *_columns((text, heading, title, name), language_of(text)))
            for chunk, text, heading in passages
        ),
    )


def _columns(texts: Iterable[str], language: str) -> Iterable[str]:
    return (passage_words(text, language) for text in texts)


def index_again(db: apsw.Connection, document: int) -> None:
    """Index the document's chunks anew, under the name that it has now."""
    path, title = fetch_sole(db, "SELECT path, title FROM documents WHERE id = ?", (document,))
    rows = fetch(
        db,
        "SELECT id, text, heading || char(10) || substr(prefix, instr(prefix, char(10)) + 1)"
        " FROM chunks JOIN texts ON chunk = id WHERE document = ?",
        (document,),
    )
    db.executemany("DELETE FROM words WHERE rowid = ?", [row[:1] for row in rows])
    insert(db, load_path(path), title, rows)


def search(db: apsw.Connection, query: str, limit: int, scope: Scope) -> list[tuple[int, float]]:
    """(chunk id, BM25 score) of the best `limit` chunks for an FTS5 expression, best first.

    Scores are positive; larger is better. FTS5's own `rank` would sort all that match before the
    best are taken, which is the longer part of it (31 ms of processor time against 13, in the
    middle of questions to 100,000 chunks).
    """
    inside = chunk_condition(scope, _ROWID)
    return fetch(
        db,
        f"SELECT rowid, -{_RANK} AS score FROM words WHERE words MATCH ?{inside.sql}"
        " ORDER BY score DESC, rowid LIMIT ?",
        (query, *inside.arguments, limit),
    )


def holds(db: apsw.Connection, query: str, chunks: range) -> bool:
    """Whether a chunk with an id in the range matches the FTS5 expression."""
    bounds = (query, chunks.start, chunks.stop - 1)
    select = "SELECT 1 FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ? LIMIT 1"
    return bool(fetch(db, select, bounds))


def count(db: apsw.Connection, query: str, scope: Scope) -> tuple[int, int]:
    """How many passages match the FTS5 expression, and in how many documents."""
    inside = chunk_condition(scope, _ROWID)
    row = fetch_sole(
        db,
        "SELECT count(*), count(DISTINCT document) FROM words JOIN chunks ON id = words.rowid"
        f" WHERE words MATCH ?{inside.sql}",
        (query, *inside.arguments),
    )
    return int(row[0]), int(row[1])
