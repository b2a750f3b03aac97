"""Carrying over what can still be read of a damaged library into a new one.

What the user made comes first of all: it cannot be made again. What was made from documents is
carried over as well, since that is quick and some drives may be away; a document of which anything
is missing waits to be read again. Full-text indexes are made anew from the texts.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass

import apsw

from strongroom_engine.errors import Cancelled
from strongroom_engine.store import (
    conversations,
    document_words,
    documents,
    indexes,
    lexical,
    reviews,
    signatures,
    vectors,
)
from strongroom_engine.store.connection import Row, fetch, fetch_one, fetch_sole, transaction
from strongroom_engine.store.damage.wreck import Gap, Table, Wreck, table_of
from strongroom_engine.store.indexes import VectorIndex
from strongroom_engine.store.lexicon import words
from strongroom_engine.store.paths import load_path, store_path
from strongroom_engine.types import State

OWN = (
    "collections",
    "sources",
    "drives",
    "exclusions",
    "kept_passwords",
    "conversations",
    "conversation_turns",
    "conversation_texts",
    "moved_documents",
    "judgements",
    "judged_answers",
    "judged_places",
    "reviews",
    "review_questions",
    "review_documents",
    "review_cells",
    "quality_runs",
)
"""What the user made or said, which no document can give back."""
DERIVED = (
    "documents",
    "pages",
    "chunks",
    "texts",
    "places",
    "mails",
    "mail_ids",
    "sheets",
    "sheet_rows",
    "sheet_profiles",
    "recognised",
    "scanned",
    "signatures",
    "signature_bands",
    "attempts",
)
"""What was made from documents, and is carried over because it takes long to make, or cannot be
made while a drive is away."""
MADE_ANEW = ("meta", "indexes", "waiting", "words", "document_words", "document_names")
"""What comes from the rest."""
KEPT = (*OWN, "indexes")
"""What is kept a second time."""
_OF_DOCUMENT = ("pages", "places", "mails", "scanned")
"""Tables that are sorted by their documents' ids."""
_OF_SHEET = ("sheet_rows", "sheet_profiles")
_EARLIER_NAMES = {"kept_passwords": "passwords"}
"""What a table was called in a library that was not migrated yet."""
_KINDS = {
    "sources": ("collections", "sources"),
    "exclusions": ("exclusions",),
    "passwords": ("kept_passwords",),
    "conversations": ("conversations", "conversation_turns"),
    "questions": ("judgements", "judged_answers", "judged_places"),
    "reviews": ("reviews", "review_questions", "review_documents", "review_cells"),
    "figures": ("quality_runs",),
}
"""What of the user's is in which tables; the others are no loss."""
_KEPT_META = ("indexing paused",)
_AT_ONCE = 50
"""Documents whose words are indexed in one transaction."""
Older = tuple[Callable[[Table], tuple[tuple[str, ...], Iterable[Row]]], ...]
"""Columns and rows of a table in older states of the library."""


@dataclass(frozen=True, slots=True)
class Follow:
    """Who follows the work: hears how many documents of how many are done, and may stop it."""

    tell: Callable[[int, int], None] = lambda _done, _total: None
    cancelled: Callable[[], bool] = lambda: False

    def look(self) -> None:
        if self.cancelled():
            raise Cancelled


_FIRST_MODEL = """
    SELECT substr(value, 1, length(id) - 2), CAST(substr(value, length(id) + 1) AS INTEGER),
        'vectors'
    FROM (SELECT value, rtrim(rtrim(value, ')'), '0123456789') AS id
        FROM meta WHERE key = 'embedding model')
"""
"""The model of a library of the first schema, which had one for ever."""


def carry_over(wreck: Wreck, db: apsw.Connection, older: Older, follow: Follow) -> tuple[str, ...]:
    """Fill the new library; the kinds of what the user made of which something may be lost.

    What cannot be read of that is looked for in `older` states. Raises `Cancelled`.
    """
    with transaction(db):
        for name in DERIVED:
            _copy(wreck, db, name, follow)
        _mark_unread(wreck, db)
        for name in OWN:
            _copy(wreck, db, name, follow)
            if _gaps(wreck, name):
                for rows_of in older:
                    _put(db, name, *rows_of(table_of(db, name)))
        _copy_meta(wreck, db)
        conversations.put_in_order(db)
        reviews.put_in_order(db)
        _complete_sources(db)
        _drop_rest(db)
    _index(wreck, db, follow)
    return tuple(kind for kind, tables in _KINDS.items() if any(_gaps(wreck, t) for t in tables))


def _copy(wreck: Wreck, db: apsw.Connection, name: str, follow: Follow) -> None:
    former = _EARLIER_NAMES.get(name, name)
    columns, rows = wreck.rows(table_of(db, name), name if wreck.has(name) else former)
    _put(db, name, columns, _until(follow, rows))


def _put(db: apsw.Connection, name: str, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
    """Add the rows that are not there yet."""
    if not columns:
        return
    listed = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    db.executemany(f"INSERT OR IGNORE INTO {name} ({listed}) VALUES ({marks})", rows)


def _until(follow: Follow, rows: Iterable[Row]) -> Iterable[Row]:
    for row in rows:
        follow.look()
        yield row


def _copy_meta(wreck: Wreck, db: apsw.Connection) -> None:
    for key in _KEPT_META:
        if row := wreck.sole("SELECT value FROM meta WHERE key = ?", (key,)):
            db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, row[0]))


# --- documents -------------------------------------------------------------------------------------


def _mark_unread(wreck: Wreck, db: apsw.Connection) -> None:
    """Let documents wait to be read again of which something is missing. Those of which a passage
    is missing have none: what stands where could not be told any more."""
    apart = _with_passages_apart(db)
    db.executemany("DELETE FROM chunks WHERE document = ?", [(row,) for row in apart])
    unread = {*apart, *_incomplete(wreck, db)}
    db.executemany(
        "UPDATE documents SET state = ?, checked = 0 WHERE id = ?",
        [(State.PENDING, row) for row in unread],
    )


def _with_passages_apart(db: apsw.Connection) -> list[int]:
    rows = fetch(
        db,
        "SELECT document FROM chunks LEFT JOIN texts ON chunk = id GROUP BY document"
        " HAVING count(*) <> count(chunk) OR count(*) <> max(ordinal) + 1 OR min(ordinal) <> 0"
        ' OR sum("end" - start) <> max("end")'
        " OR max(\"end\") <> coalesce((SELECT json_extract(nullif(reading, ''), '$.characters')"
        ' FROM documents WHERE documents.id = document), max("end"))'
        " UNION SELECT id FROM documents WHERE state IN ('readable', 'indexed')"
        " AND NOT EXISTS (SELECT 1 FROM chunks WHERE document = documents.id)",
    )
    return [row for (row,) in rows]


def _incomplete(wreck: Wreck, db: apsw.Connection) -> Iterable[int]:
    """Documents of which something beside their passages may be missing."""
    for name in _OF_DOCUMENT:
        for gap in wreck.gaps.get(name, ()):
            yield from _rows(db, "SELECT id FROM documents WHERE id BETWEEN ? AND ?", gap)
    for name in _OF_SHEET:
        for gap in wreck.gaps.get(name, ()):
            yield from _rows(db, "SELECT document FROM sheets WHERE id BETWEEN ? AND ?", gap)
    if any(wreck.gaps.get(name) for name in ("sheets", "mail_ids", "recognised")):
        # Which documents these were of cannot be told.
        yield from (row for (row,) in fetch(db, "SELECT DISTINCT document FROM chunks"))


def _rows(db: apsw.Connection, sql: str, gap: Gap) -> list[int]:
    return [row for (row,) in fetch(db, sql, (max(gap.low, 0), min(gap.high, 2**63 - 1)))]


def _drop_rest(db: apsw.Connection) -> None:
    """Drop rows whose owner could not be read."""
    for table in (*DERIVED, *OWN):
        keys = fetch(db, 'SELECT "table", "from", "to" FROM pragma_foreign_key_list(?)', (table,))
        for owner, column, key in keys:
            _drop_strays(db, table, f'"{column}" NOT IN (SELECT "{key}" FROM {owner})')
    for table in ("signatures", "signature_bands"):
        _drop_strays(db, table, "document NOT IN (SELECT document FROM chunks)")


def _drop_strays(db: apsw.Connection, table: str, stray: str) -> None:
    """Once more as long as there are any: documents lie inside each other."""
    while True:
        db.execute(f"DELETE FROM {table} WHERE {stray}")
        if not db.changes():
            return


# --- what the user made ------------------------------------------------------------------------------


def _gaps(wreck: Wreck, name: str) -> bool:
    """Whether rows of the table may be lost."""
    names = (name, _EARLIER_NAMES.get(name, name))
    if not any(map(wreck.has, names)):
        return not wreck.whole
    return any(wreck.gaps.get(one) for one in names)


def _complete_sources(db: apsw.Connection) -> None:
    """Make collections and sources again that could not be read, as far as what was in them tells."""
    lost = fetch(
        db,
        "SELECT DISTINCT source FROM documents WHERE container IS NULL"
        " AND source NOT IN (SELECT id FROM sources)",
    )
    for (row,) in lost:
        _make_source_again(db, row)
    db.execute(
        "INSERT OR IGNORE INTO collections (id, name)"
        " SELECT DISTINCT collection, 'Collection ' || collection FROM sources"
        " WHERE collection NOT IN (SELECT id FROM collections)"
    )
    db.execute("DELETE FROM collections WHERE id NOT IN (SELECT collection FROM sources)")


def _make_source_again(db: apsw.Connection, row: int) -> None:
    """In the folder that all its documents lie in; they go where that is none, or another's."""
    sql = "SELECT path FROM documents WHERE source = ? AND container IS NULL"
    folder = _common_folder([load_path(path) for (path,) in fetch(db, sql, (row,))])
    taken = fetch_one(db, "SELECT 1 FROM sources WHERE path = ?", (store_path(folder),))
    if not folder or taken:
        db.execute("DELETE FROM documents WHERE source = ?", (row,))
        return
    name = os.path.basename(folder)  # noqa: PTH119 -- a str Path might not accept
    db.execute("INSERT OR IGNORE INTO collections (name) VALUES (?)", (name,))
    db.execute(
        "INSERT INTO sources (id, path, collection)"
        " SELECT ?, ?, id FROM collections WHERE name = ?",
        (row, store_path(folder), name),
    )


def _common_folder(paths: list[str]) -> str:
    """The folder that all of these files lie in; '' where only a whole drive is left."""
    with suppress(ValueError):
        folder = os.path.commonpath([os.path.dirname(path) for path in paths])  # noqa: PTH120 -- as above
        if os.path.dirname(folder) != folder:  # noqa: PTH120 -- as above
            return folder
    return ""


# --- indexes -----------------------------------------------------------------------------------------


def _index(wreck: Wreck, db: apsw.Connection, follow: Follow) -> None:
    """Make the indexes over what was carried over; vectors are carried over too."""
    with transaction(db):
        db.execute("UPDATE chunks SET embedded = 0")
        db.execute("INSERT OR IGNORE INTO waiting SELECT id FROM chunks")
        db.execute("INSERT OR REPLACE INTO meta VALUES ('words version', ?)", (words.VERSION,))
    rows = [row for (row,) in fetch(db, "SELECT DISTINCT document FROM chunks ORDER BY document")]
    for start in range(0, len(rows), _AT_ONCE):
        follow.tell(start, len(rows))
        follow.look()
        with transaction(db):
            for row in rows[start : start + _AT_ONCE]:
                lexical.index_again(db, row)
                document_words.index(db, row)
                _sketch(db, row)
    follow.tell(len(rows), len(rows))
    _carry_vectors(wreck, db, "answering", follow)
    if _choose_next(wreck, db):
        _carry_vectors(wreck, db, "building", follow)
    with transaction(db):
        for row in rows:
            _settle(db, row)


def _sketch(db: apsw.Connection, row: int) -> None:
    if fetch_one(db, "SELECT 1 FROM signatures WHERE document = ?", (row,)) is None:
        signatures.sketch_again(db, row)


def _choose_next(wreck: Wreck, db: apsw.Connection) -> bool:
    found = index_of(wreck, "building")
    if found is None:
        return False
    with transaction(db):
        indexes.choose(db, found.model, found.dimensions)
    return True


def index_of(wreck: Wreck, role: str) -> VectorIndex | None:
    """The embedding model that had this role, as far as that can still be read."""
    row = wreck.sole("SELECT model, dimensions, vectors FROM indexes WHERE role = ?", (role,))
    if row is None and not wreck.has("indexes") and role == "answering":
        row = wreck.sole(_FIRST_MODEL)
    return VectorIndex(*row) if row else None


def model_of(
    wreck: Wreck, kept: Callable[[Table], tuple[tuple[str, ...], Iterable[Row]]], table: Table
) -> tuple[str, int] | None:
    """The embedding model that answered, and its dimensions, if that is known."""
    found = index_of(wreck, "answering")
    if found is not None:
        return found.model, found.dimensions
    columns, rows = kept(table)
    for row in rows:
        known = dict(zip(columns, row, strict=True))
        if known["role"] == "answering":
            return known["model"], known["dimensions"]
    return None


def _carry_vectors(wreck: Wreck, db: apsw.Connection, role: indexes.Role, follow: Follow) -> None:
    old, new = index_of(wreck, role), indexes.with_role(db, role)
    if old is None or new is None or old.model != new.model or old.dimensions != new.dimensions:
        return
    chunks = fetch(
        db,
        "SELECT c.id, s.collection FROM chunks c JOIN documents d ON d.id = c.document"
        " JOIN sources s ON s.id = d.source ORDER BY c.id",
    )
    sql = f"SELECT embedding FROM {old.table} WHERE rowid = ?"
    for start in range(0, len(chunks), 1_000):
        follow.look()
        part = [(*row, wreck.sole(sql, row[:1])) for row in chunks[start : start + 1_000]]
        with transaction(db):
            vectors.insert(db, new, [(chunk, of, found[0]) for chunk, of, found in part if found])


def _settle(db: apsw.Connection, row: int) -> None:
    """Give it the state that it has now, unless it waits to be read."""
    state = fetch_sole(db, "SELECT state FROM documents WHERE id = ?", (row,))[0]
    if state != State.PENDING:
        documents.settle_state(db, row)
