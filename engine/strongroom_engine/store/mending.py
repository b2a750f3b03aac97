"""Documents whose parts in the index have come apart: noticed at every look at their source, and
mended as far as the library itself can; the others are read again.

Nothing that this Strongroom does takes them apart (the tests kill it at any moment), but a disk or
another program may: 'done, but nothing is found' is what must never stay.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import apsw

from strongroom_engine.errors import NotFindable
from strongroom_engine.store import (
    checking,
    document_words,
    documents,
    indexes,
    lexical,
    vectors,
)
from strongroom_engine.store.connection import fetch
from strongroom_engine.store.paths import load_path, store_path
from strongroom_engine.types import State

SPOT = 20
"""Documents of a source, by lot, of which a sentence is looked for at each look; where one is not
found, all are tried."""


@dataclass(frozen=True, slots=True)
class Apart:
    """The rows of documents, by what of them is lost: passages (only its file has them), words or
    vectors."""

    passages: tuple[int, ...] = ()
    words: tuple[int, ...] = ()
    vectors: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.passages or self.words or self.vectors)


def apart(db: apsw.Connection, source: str) -> Apart:
    """Which documents of the source have parts that do not agree."""
    table = indexes.answering(db).table
    rows = fetch(db, _PARTS.format(table=table), (store_path(source), NotFindable.code))
    lost = [row[0] for row in rows if not row[1]]
    words = {row[0] for row in rows if row[1] and not row[2]}
    vectors = [row[0] for row in rows if row[1] and not row[3]]
    words.update(_not_found(db, source, {*lost, *words, *vectors}))
    return Apart(tuple(lost), tuple(sorted(words)), tuple(vectors))


def mend(db: apsw.Connection, found: Apart) -> tuple[str, ...]:
    """Make anew what can be made from what is left; the paths of documents to be read again."""
    for row in found.words:
        lexical.index_again(db, row)
        document_words.index(db, row)
    for row in found.vectors:
        _let_wait(db, row)
    for row in (*found.words, *found.vectors):
        documents.settle_state(db, row)
    return tuple(_unread(db, found.passages))


_PARTS = """
    SELECT d.id,
        count(c.id) > 0 AND count(c.id) = max(c.ordinal) + 1 AND count(t.chunk) = count(c.id)
            AND max(c."end") = coalesce(json_extract(nullif(d.reading, ''), '$.characters'),
                max(c."end")),
        count(w.id) = count(c.id) AND d.state <> 'failed',
        count(v.rowid) FILTER (WHERE c.embedded) = count(*) FILTER (WHERE c.embedded)
            AND count(v.rowid) FILTER (WHERE NOT c.embedded) = 0
    FROM documents d
        LEFT JOIN chunks c ON c.document = d.id
        LEFT JOIN texts t ON t.chunk = c.id
        LEFT JOIN words_docsize w ON w.id = c.id
        LEFT JOIN {table}_rowids v ON v.rowid = c.id
    WHERE d.source = (SELECT id FROM sources WHERE path = ?)
        AND (d.state IN ('readable', 'indexed') OR d.problem = ?)
    GROUP BY d.id
"""


def _not_found(db: apsw.Connection, source: str, known: Iterable[int]) -> list[int]:
    """Documents that are said to be indexed and of which a sentence does not find them."""
    drawn = (
        "SELECT id FROM documents WHERE source = (SELECT id FROM sources WHERE path = ?)"
        " AND state = ? ORDER BY random() LIMIT ?"
    )
    whole = frozenset(known)

    def missed(limit: int) -> list[int]:
        rows = [row for (row,) in fetch(db, drawn, (store_path(source), State.INDEXED, limit))]
        return [row for row in rows if row not in whole and not checking.is_findable(db, row)]

    return missed(-1) if missed(SPOT) else []


def _let_wait(db: apsw.Connection, row: int) -> None:
    """Let the chunks of the document wait for the vectors that are not there; what is there of a
    chunk that is said to have none goes, since it will be made."""
    index = indexes.answering(db)
    said_to_have_none = "SELECT id FROM chunks WHERE document = ? AND NOT embedded"
    vectors.drop(db, index, fetch(db, said_to_have_none, (row,)))
    db.execute(
        "UPDATE chunks SET embedded = 0 WHERE document = ? AND embedded"
        f" AND id NOT IN (SELECT rowid FROM {index.table}_rowids)",
        (row,),
    )
    if index == indexes.wanted(db):
        db.execute(
            "INSERT OR IGNORE INTO waiting"
            " SELECT id FROM chunks WHERE document = ? AND NOT embedded",
            (row,),
        )


def _unread(db: apsw.Connection, rows: Iterable[int]) -> Iterable[str]:
    """Let these documents wait to be read as if they never were."""
    for row in rows:
        db.execute(
            "UPDATE documents SET state = 'pending', problem = NULL, content_hash = NULL"
            " WHERE id = ?",
            (row,),
        )
        ((path,),) = fetch(db, "SELECT path FROM documents WHERE id = ?", (row,))
        yield load_path(path)


def drop_strays(db: apsw.Connection) -> None:
    """Drop words and vectors of chunks that are not there: they would be found, and lead nowhere."""
    db.execute(
        "DELETE FROM words WHERE rowid IN"
        " (SELECT id FROM words_docsize WHERE id NOT IN (SELECT id FROM chunks))"
    )
    for index in indexes.everyone(db):
        vectors.drop(db, index, fetch(db, _STRAY.format(table=index.table)))


def strays(db: apsw.Connection) -> bool:
    """Whether there are any."""
    tables = [("words_docsize", "id")]
    tables += [(f"{index.table}_rowids", "rowid") for index in indexes.everyone(db)]
    return any(
        fetch(db, f"SELECT 1 FROM {table} WHERE {key} NOT IN (SELECT id FROM chunks) LIMIT 1")
        for table, key in tables
    )


_STRAY = "SELECT rowid FROM {table}_rowids WHERE rowid NOT IN (SELECT id FROM chunks)"
