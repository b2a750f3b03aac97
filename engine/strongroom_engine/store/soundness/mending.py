"""Documents whose parts in the index have come apart: noticed when their source is looked at
(`rounds`), and mended as far as the library itself can; the others are read again.

Nothing that this Strongroom does takes them apart (the tests kill it at any moment), but a disk or
another program may: 'done, but nothing is found' is what must never stay.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import apsw

from strongroom_engine.errors import NotFindable
from strongroom_engine.store import document_words, documents, indexes, lexical, vectors
from strongroom_engine.store.connection import fetch, fetch_sole
from strongroom_engine.store.paths import load_path, store_path
from strongroom_engine.store.soundness import checking
from strongroom_engine.types import State

TRIED_AGAIN = 50
"""So many of those that could not be found are tried again at each look."""


@dataclass(frozen=True, slots=True)
class Apart:
    """The rows of documents, by what of them is lost: passages (only its file has them), words or
    vectors."""

    passages: tuple[int, ...] = ()
    words: tuple[int, ...] = ()
    vectors: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.passages or self.words or self.vectors)


def following(db: apsw.Connection, source: int, after: int, limit: int) -> list[int]:
    """The rows of the documents of the source that are searchable and come after the row `after`."""
    states = (
        "SELECT id FROM (SELECT id FROM documents WHERE source = ?1 AND id > ?2"
        f" AND state = '{state.value}' ORDER BY id LIMIT ?3)"
        for state in (State.READABLE, State.INDEXED)
    )
    sql = f"{' UNION ALL '.join(states)} ORDER BY id LIMIT ?3"
    return [row for (row,) in fetch(db, sql, (source, after, limit))]


def not_findable(db: apsw.Connection, source: int) -> list[int]:
    """The rows of the documents of the source that were found not to be findable, some of them."""
    sql = "SELECT id FROM documents WHERE source = ? AND state = ? AND problem = ? LIMIT ?"
    rows = fetch(db, sql, (source, NotFindable.state, NotFindable.code, TRIED_AGAIN))
    return [row for (row,) in rows]


def apart(
    db: apsw.Connection, rows: Sequence[int], *, every: bool, looked_for: Sequence[int] = ()
) -> Apart:
    """Which of the documents in these rows have parts that do not agree. Those that are
    `looked_for`, or `every` one, have to be found by a sentence from them as well."""
    table = indexes.answering(db).table
    parts = fetch(db, _PARTS.format(table=table), (json.dumps(rows), NotFindable.code))
    lost = [row[0] for row in parts if not row[1]]
    words = {row[0] for row in parts if row[1] and not row[2]}
    vectors = [row[0] for row in parts if row[1] and not row[3]]
    whole = {row[0] for row in parts if all(row[1:])}
    words |= _missed(db, whole if every else whole.intersection(looked_for))
    return Apart(tuple(lost), tuple(sorted(words)), tuple(vectors))


def _missed(db: apsw.Connection, rows: Iterable[int]) -> set[int]:
    """Those that are said to be indexed and of which a sentence does not find them."""
    indexed = "SELECT 1 FROM documents WHERE id = ? AND state = ?"
    return {
        row
        for row in rows
        if fetch(db, indexed, (row, State.INDEXED)) and not checking.is_findable(db, row)
    }


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


def incomplete(db: apsw.Connection, source: str) -> tuple[str, ...]:
    """The documents that wait to be read again, changed or not, since something of them was lost
    when the library was rebuilt."""
    rows = fetch(
        db,
        "SELECT path FROM documents WHERE state = ? AND checked = 0"
        " AND source = (SELECT id FROM sources WHERE path = ?)",
        (State.PENDING, store_path(source)),
    )
    return tuple(load_path(path) for (path,) in rows)


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
    WHERE d.id IN (SELECT value FROM json_each(?))
        AND (d.state IN ('readable', 'indexed') OR d.problem = ?)
    GROUP BY d.id
"""


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


# --- what belongs to no passage --------------------------------------------------------------------


def tables(db: apsw.Connection) -> dict[str, str]:
    """The tables with a row for each passage that could outlive it: it would be found, and lead
    nowhere. Their keys."""
    found = {"words_docsize": "id"}
    return found | {f"{index.table}_rowids": "rowid" for index in indexes.everyone(db)}


def strays(db: apsw.Connection, table: str, after: int, limit: int) -> tuple[int, list[int]]:
    """Of the next `limit` rows of one of these tables the last (0: there are no more), and those
    that belong to no passage."""
    key = tables(db)[table]
    part = f"SELECT {key} AS row FROM {table} WHERE {key} > ? ORDER BY {key} LIMIT ?"
    last, count = fetch_sole(db, f"SELECT max(row), count(*) FROM ({part})", (after, limit))
    lost = f"SELECT row FROM ({part}) WHERE NOT EXISTS (SELECT 1 FROM chunks c WHERE c.id = row)"
    found = [row for (row,) in fetch(db, lost, (after, limit))]
    return last if count == limit else 0, found


def drop_strays(db: apsw.Connection, strays: Iterable[tuple[str, int]]) -> None:
    """Drop those of these rows of these tables that (still) belong to no passage."""
    for table, row in strays:
        if fetch(db, "SELECT 1 FROM chunks WHERE id = ?", (row,)):
            continue
        if table == "words_docsize":
            db.execute("DELETE FROM words WHERE rowid = ?", (row,))
        else:
            db.execute(f"DELETE FROM {table.removesuffix('_rowids')} WHERE rowid = ?", (row,))
