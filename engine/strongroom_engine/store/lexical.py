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
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import apsw

from strongroom_engine.store import passages
from strongroom_engine.store.connection import fetch, fetch_sole
from strongroom_engine.store.lexicon.languages import language_of
from strongroom_engine.store.lexicon.words import (
    HEADING_WEIGHT,
    NAME_WEIGHT,
    TEXT_WEIGHT,
    TITLE_WEIGHT,
    passage_words,
)
from strongroom_engine.store.paths import file_name, load_path
from strongroom_engine.store.scope import (
    Condition,
    Scope,
    chunk_condition,
    documents_inside,
    each_chunk_condition,
    each_document_condition,
)

_RANK = f"bm25(words, {TEXT_WEIGHT}, {HEADING_WEIGHT}, {TITLE_WEIGHT}, {NAME_WEIGHT})"

_ROWID = "+words.rowid"
"""The plus keeps SQLite from asking FTS5 once for each chunk of the scope."""


Row = tuple[str, str, str, str]
"""The words of a chunk as they are kept: of its text, heading, title and name."""


def rows(path: str, title: str, passages: Iterable[tuple[str, str]]) -> Iterator[Row]:
    """The words of (text, heading) of a document's chunks, each in its own language."""
    name = file_name(path)
    return (_row((text, heading, title, name), language_of(text)) for text, heading in passages)


def insert(db: apsw.Connection, chunks: Iterable[tuple[int, Row]]) -> None:
    """Index chunks by their words."""
    db.executemany(
        "INSERT INTO words (rowid, text, heading, title, name) VALUES (?, ?, ?, ?, ?)",
        ((chunk, *row) for chunk, row in chunks),
    )


def _row(texts: Row, language: str) -> Row:
    text, *names = texts
    heading, title, name = (_words_of_name(one, language) for one in names)
    return passage_words(text, language), heading, title, name


@lru_cache(maxsize=256)
def _words_of_name(name: str, language: str) -> str:
    """The chunks of a document have the same names."""
    return passage_words(name, language)


def index_again(db: apsw.Connection, document: int) -> None:
    """Index the document's chunks anew, under the name that it has now."""
    path, title = fetch_sole(db, "SELECT path, title FROM documents WHERE id = ?", (document,))
    found = fetch(
        db,
        "SELECT id, text, heading || char(10) || substr(prefix, instr(prefix, char(10)) + 1)"
        " FROM chunks JOIN texts ON chunk = id WHERE document = ?",
        (document,),
    )
    chunks = [chunk for chunk, _, _ in found]
    db.executemany("DELETE FROM words WHERE rowid = ?", ((chunk,) for chunk in chunks))
    made = rows(load_path(path), title, ((text, heading) for _, text, heading in found))
    insert(db, zip(chunks, made, strict=True))


MANY = 40_000
"""In a library of so few passages all that match are scored: in 25 ms at most."""
SCORED, SHARE = 15_000, 25
"""In a larger one so many are scored whatever words they hold, or that part of all: in 10 ms. With
40,000 the same hundred best of 100,000 are found, in twice the time for long questions."""
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

    def __init__(self, scored: int = SCORED, many: int = MANY) -> None:
        """`scored` as `SCORED`, `many` as `MANY`."""
        self._scored = scored
        self._many = many
        self._guard = threading.Lock()
        self._counts: dict[str, int] = {}
        self._counted_among = 0

    def search(
        self, db: apsw.Connection, query: str, limit: int, scope: Scope
    ) -> list[tuple[int, float]]:
        """(chunk id, BM25 score) of the best `limit` chunks for an FTS5 expression, best first.

        Scores are positive; larger is better.
        """
        if scope == Scope():
            return self._ranked(db, query, limit, scope)
        share = _share(db, scope, self._many)
        if share >= WIDE:
            ranked = _inside(db, self._ranked(db, query, WIDER * limit, Scope()), scope)
            if len(ranked) >= limit:
                return ranked[:limit]
        elif share * passages.newest(db) <= self._scored:  # no more can be scored
            return exact(db, query, limit, scope)
        return self._ranked(db, query, limit, scope)

    def first(self, db: apsw.Connection, query: str, limit: int, scope: Scope) -> list[int]:
        """The first `limit` chunks that match, by their ids: without any score, which costs as
        much again."""
        found = self._first("rowid", scope, db)
        return [row for (row,) in fetch(db, found.sql, (query, *found.arguments, limit))]

    def _first(self, columns: str, scope: Scope, db: apsw.Connection) -> Condition:
        """The query for some that match: to an expression, with the scope's arguments, and a
        number."""
        condition = each_chunk_condition if self._is_wide(db, scope) else chunk_condition
        inside = condition(scope, _ROWID)
        sql = f"SELECT {columns} FROM words WHERE words MATCH ?{inside.sql} LIMIT ?"
        return Condition(sql, inside.arguments)

    def count(
        self, db: apsw.Connection, query: str, scope: Scope, most: int = MOST_COUNTED
    ) -> tuple[int, int]:
        """How many passages match the FTS5 expression, and in how many documents.

        Of more than `most` one more is told, and no documents.
        """
        if scope == Scope() and self._one_alone_holds(db, query, most):
            return most + 1, 0
        found = self._first("rowid AS row", scope, db)
        sql = (
            f"SELECT count(*), count(DISTINCT document) FROM ({found.sql})"
            " LEFT JOIN chunks ON id = row"
        )
        passages, documents = fetch_sole(db, sql, (query, *found.arguments, most + 1))
        return passages, documents if passages <= most else 0

    def _one_alone_holds(self, db: apsw.Connection, query: str, more_than: int) -> bool:
        """Whether the most frequent word that is known to be in the expression is in so many
        passages: they need not be found by every word then."""
        with self._guard:
            known = {word: self._counts.get(word, 0) for word in _words(query)}
        word = max(known, key=known.__getitem__, default="")
        if known.get(word, 0) <= more_than:
            return False
        sql = "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)"
        return int(fetch_sole(db, sql, (word, more_than + 1))[0]) > more_than

    def _is_wide(self, db: apsw.Connection, scope: Scope) -> bool:
        """Whether to know every chunk in the scope takes long, and most chunks lie inside."""
        return scope != Scope() and _share(db, scope, self._many) >= WIDE

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
        words, among = _words(query), passages.newest(db)
        if not words or among <= self._many:
            return [], []
        most = max(self._scored, among // SHARE)
        counts = self._count(db, words, among)
        words.sort(key=lambda word: (counts[word], word))
        kept = scored = 0
        for word in words:
            enough = kept >= LEAST_WORDS and scored > limit
            if enough and scored + counts[word] > most:
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
    inside = each_document_condition(scope, "chunks.document")
    sql = f"SELECT id FROM chunks WHERE id IN (SELECT value FROM json_each(?)){inside.sql}"
    chunks = json.dumps([chunk for chunk, _ in ranked])
    there = {row for (row,) in fetch(db, sql, (chunks, *inside.arguments))}
    return [one for one in ranked if one[0] in there]


def _words(query: str) -> list[str]:
    """The words of an expression that is any of some words; none of another one."""
    alternatives = _ALTERNATIVES.fullmatch(query)
    return alternatives[1].split(" OR ") if alternatives else []


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
