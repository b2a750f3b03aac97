"""The full-text index: FTS5 without a copy of the text, ranked by BM25.

Nearly all of a search's time goes into the scores: half a microsecond for every passage that holds
any of the words, and of a million passages hundreds of thousands hold the frequent ones. These
say little. So where many passages would be scored, only those are that hold one of the rarer words.
Their scores are the very same; missed is what holds many frequent words and none of the rarer ones
(tests/bench/bench_scale.py tells how much that is).
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterable, Sequence
from functools import lru_cache

import apsw

from strongroom_engine.store import passages
from strongroom_engine.store.connection import fetch, fetch_sole
from strongroom_engine.store.languages import language_of
from strongroom_engine.store.paths import file_name, load_path
from strongroom_engine.store.scope import (
    Scope,
    chunk_condition,
    document_condition,
    documents_inside,
    each_chunk_condition,
)
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
    text, *names = texts
    return passage_words(text, language), *(_words_of_name(name, language) for name in names)


@lru_cache(maxsize=256)
def _words_of_name(name: str, language: str) -> str:
    """The chunks of a document have the same names."""
    return passage_words(name, language)


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


SCORED = 40_000
"""So many passages are scored whatever words they hold: in 20 ms."""
LEAST_WORDS = 2
"""As many words are rare enough whatever they cost: with one alone too much is missed."""
WIDE, WIDER = 0.2, 10
"""In a scope of so large a part of a large library that many times what is wanted is ranked in all
of it, and what lies outside left out: to know every chunk inside would take longer."""
KEPT = 20_000
"""Words whose count is kept."""
GROWTH = 1.1
"""A word is counted again when there are so many times as many passages."""
MOST_COUNTED = 10_000
"""Matches are counted so far; that there are more is all that is said of more."""

_ALTERNATIVES = re.compile(r'\(?("[^"]*"(?: OR "[^"]*")*)\)?')


class Lexical:
    """The lexical retrieval of one library; it keeps how many passages hold the words asked for."""

    def __init__(self, scored: int = SCORED) -> None:
        """`scored` as `SCORED`."""
        self._scored = scored
        self._guard = threading.Lock()
        self._counts: dict[str, int] = {}
        self._counted_among = 0

    def search(
        self, db: apsw.Connection, query: str, limit: int, scope: Scope
    ) -> list[tuple[int, float]]:
        """(chunk id, BM25 score) of the best `limit` chunks for an FTS5 expression, best first.

        Scores are positive; larger is better.
        """
        if self._is_wide(db, scope):
            ranked = _inside(db, self._ranked(db, query, WIDER * limit, Scope()), scope)
            if len(ranked) >= limit:
                return ranked[:limit]
        return self._ranked(db, query, limit, scope)

    def first(self, db: apsw.Connection, query: str, limit: int, scope: Scope) -> list[int]:
        """The first `limit` chunks that match, by their ids: without any score, which costs as
        much again."""
        condition = each_chunk_condition if self._is_wide(db, scope) else chunk_condition
        inside = condition(scope, _ROWID)
        sql = f"SELECT rowid FROM words WHERE words MATCH ?{inside.sql} LIMIT ?"
        return [row for (row,) in fetch(db, sql, (query, *inside.arguments, limit))]

    def count(
        self, db: apsw.Connection, query: str, scope: Scope, most: int = MOST_COUNTED
    ) -> tuple[int, int]:
        """How many passages match the FTS5 expression, and in how many documents.

        Of more than `most` one more is told, and no documents.
        """
        rows = self.first(db, query, most + 1, scope)
        if len(rows) > most:
            return len(rows), 0
        sql = "SELECT count(DISTINCT document) FROM json_each(?) JOIN chunks ON chunks.id = value"
        return len(rows), int(fetch_sole(db, sql, (json.dumps(rows),))[0])

    def _is_wide(self, db: apsw.Connection, scope: Scope) -> bool:
        """Whether to know every chunk in the scope takes long, and most chunks lie inside."""
        return scope != Scope() and _share(db, scope, self._scored) >= WIDE

    def _ranked(
        self, db: apsw.Connection, query: str, limit: int, scope: Scope
    ) -> list[tuple[int, float]]:
        rare, frequent = self._apart(db, query, limit)
        if not frequent:
            return exact(db, query, limit, scope)
        # Whoever holds a frequent word as well is scored by both; the others by the rare ones alone.
        found = dict(exact(db, _any(rare), limit, scope))
        if len(found) < limit:  # few of these lie in the scope
            return exact(db, query, limit, scope)
        found |= dict(exact(db, f"{_any(rare)} AND {_any(frequent)}", limit, scope))
        return sorted(found.items(), key=lambda one: (-one[1], one[0]))[:limit]

    def _apart(self, db: apsw.Connection, query: str, limit: int) -> tuple[list[str], list[str]]:
        """The words of the expression, those whose passages are scored and those that are too
        frequent; none of these where all can be scored, or it is not any of some words."""
        alternatives = _ALTERNATIVES.fullmatch(query)
        among = passages.newest(db)
        if alternatives is None or among <= self._scored:
            return [], []
        words = alternatives[1].split(" OR ")
        counts = self._count(db, words, among)
        words.sort(key=lambda word: (counts[word], word))
        kept = scored = 0
        for word in words:
            enough = kept >= LEAST_WORDS and scored > limit
            if enough and scored + counts[word] > self._scored:
                break
            scored += counts[word]
            kept += 1
        # A word that counts twice does so in one of the parts.
        rare = [word for word in words if word in set(words[:kept])]
        return rare, words[len(rare) :]

    def _count(self, db: apsw.Connection, words: Iterable[str], among: int) -> dict[str, int]:
        """How many passages hold each of the words."""
        with self._guard:
            if among > GROWTH * self._counted_among:
                self._counts, self._counted_among = {}, among
            known = dict(self._counts)
        found = {}
        for word in dict.fromkeys(words):
            if word in known:
                found[word] = known[word]
            else:
                sql = "SELECT count(*) FROM words WHERE words MATCH ?"
                found[word] = int(fetch_sole(db, sql, (word,))[0])
        with self._guard:
            if len(self._counts) > KEPT:
                self._counts = {}
            self._counts |= found
        return found


def _share(db: apsw.Connection, scope: Scope, many: int) -> float:
    """Which part of all documents lies in the scope; 0 where there are not many passages."""
    if passages.newest(db) <= many:
        return 0.0
    inside = documents_inside(scope)
    sql = f"SELECT count(*) FROM ({inside.sql})"
    (within,) = fetch_sole(db, sql, inside.arguments)
    (of,) = fetch_sole(db, "SELECT count(*) FROM documents")
    return float(within / max(of, 1))


def _inside(
    db: apsw.Connection, ranked: Sequence[tuple[int, float]], scope: Scope
) -> list[tuple[int, float]]:
    """Those of the chunks that lie in the scope."""
    inside = document_condition(scope, "document")
    sql = f"SELECT id FROM chunks WHERE id IN (SELECT value FROM json_each(?)){inside.sql}"
    chunks = json.dumps([chunk for chunk, _ in ranked])
    there = {row for (row,) in fetch(db, sql, (chunks, *inside.arguments))}
    return [one for one in ranked if one[0] in there]


def _any(words: Sequence[str]) -> str:
    return f"({' OR '.join(words)})"


def exact(db: apsw.Connection, query: str, limit: int, scope: Scope) -> list[tuple[int, float]]:
    """As `Lexical.search` by scoring all that match.

    FTS5's own `rank` would sort all that match before the best are taken, which is the longer part
    of it (31 ms of processor time against 13, in the middle of questions to 100,000 chunks).
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
