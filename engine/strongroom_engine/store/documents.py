"""The documents: which files are known, in what state each one is, and why.

A document has one state. What waits to be read again is pending, although the version that was
read before stays searchable until the new one replaces it whole.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import apsw

from strongroom_engine.errors import DocumentProblem, NotASource, from_wire
from strongroom_engine.store import document_words, indexes, lexical, sources, vectors
from strongroom_engine.store.connection import fetch, fetch_one, fetch_sole
from strongroom_engine.store.paths import (
    Stored,
    extension,
    file_name,
    load_path,
    store_path,
)
from strongroom_engine.store.soundness import checking
from strongroom_engine.trees import folded
from strongroom_engine.types import DocumentRecord, FileFacts, LibraryStatus, State

UNREAD_SIZE = -1
"""The size that `known_files` gives a pending document: unlike any file's, so a scan finds it."""


def known_files(
    db: apsw.Connection, source: str, under: Collection[str] = ()
) -> dict[str, FileFacts]:
    """What was known of each file of the source, or of those in the places `under` it, when it was
    last read, by path; documents inside others are no files."""
    row = sources.source_id(db, source)
    rows = fetch(db, _KNOWN.format(where="source = ?"), (UNREAD_SIZE, row)) if not under else []
    for place in under:
        last = place.rstrip(os.sep)
        below = store_path(last + os.sep), store_path(last + chr(ord(os.sep) + 1))
        rows += fetch(
            db,
            _KNOWN.format(where="+source = ? AND path = ?"),
            (UNREAD_SIZE, row, store_path(last)),
        )
        inside = _KNOWN.format(where="+source = ? AND path > ? AND path < ?")
        rows += fetch(db, inside, (UNREAD_SIZE, row, *below))
    return {
        (plain := path if isinstance(path, str) else load_path(path)): FileFacts(plain, *rest)
        for path, *rest in rows
    }


_KNOWN = """
    SELECT path, CASE state WHEN 'pending' THEN ? ELSE size END, mtime_ns, identity
    FROM documents WHERE {where} AND container IS NULL
"""


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file that was read: the source it is in, what it was then, and the SHA-256 of its bytes, ''
    where nothing of it is in the index."""

    source: str
    facts: FileFacts
    content_hash: str


def of_sizes(db: apsw.Connection, sizes: Collection[int]) -> list[KnownFile]:
    """The files that were read and have one of these sizes."""
    rows = fetch(
        db,
        "SELECT s.path, coalesce(d.content_hash, ''), d.path, d.size, d.mtime_ns, d.identity"
        " FROM sources s JOIN documents d ON d.source = s.id"
        " WHERE NOT s.gone AND d.size IN (SELECT value FROM json_each(?))"
        " AND d.container IS NULL AND d.state <> 'pending'",
        (json.dumps(list(sizes)),),
    )
    return [
        KnownFile(load_path(source), FileFacts(load_path(path), *facts), content)
        for source, content, path, *facts in rows
    ]


def note_pending(db: apsw.Connection, source: str, files: Sequence[FileFacts]) -> None:
    """Note files that are to be read; those of other sources stay theirs."""
    row = sources.source_id(db, source)
    db.executemany(
        "INSERT INTO documents (source, state, path, name, extension, size, mtime_ns, identity)"
        " VALUES (?, 'pending', ?, ?, ?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET"
        " state = 'pending', size = excluded.size, mtime_ns = excluded.mtime_ns,"
        " identity = excluded.identity, container = NULL, member = NULL",
        [(row, *_file_columns(facts)) for facts in files],
    )


def note_member(
    db: apsw.Connection, source: int, facts: FileFacts, container: int, number: int
) -> None:
    """Note a document inside another one, the `number`th there, that is to be read."""
    db.execute(
        "INSERT INTO documents"
        " (source, state, path, name, extension, size, mtime_ns, identity, container, member)"
        " VALUES (?, 'pending', ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET"
        " state = 'pending', source = excluded.source, size = excluded.size,"
        " mtime_ns = excluded.mtime_ns, identity = excluded.identity,"
        " container = excluded.container, member = excluded.member",
        (source, *_file_columns(facts), container, number),
    )


def note_unread(db: apsw.Connection, paths: Iterable[str]) -> None:
    """Let these documents wait to be read again, changed or not."""
    rows = ((store_path(path),) for path in paths)
    db.executemany("UPDATE documents SET state = 'pending' WHERE path = ?", rows)


def _file_columns(facts: FileFacts) -> tuple[Stored, str, str, int, int, str]:
    return (
        store_path(facts.path),
        folded(file_name(facts.path)),
        extension(facts.path),
        facts.size,
        facts.mtime_ns,
        facts.identity,
    )


def ensure(db: apsw.Connection, facts: FileFacts) -> int:
    """The row of the document at the path, with these facts; made where there is none.

    Raises `NotASource` when no source holds the path (any more), nor the container that it was in.
    """
    row = find(db, facts.path)
    if row is None:
        source, _ = sources.source_of(db, facts.path)
        if container_of(db, facts.path) is not None:
            raise NotASource(path=facts.path)  # forgotten while it was read
        db.execute(
            "INSERT INTO documents"
            " (source, state, path, name, extension, size, mtime_ns, identity)"
            " VALUES (?, 'pending', ?, ?, ?, ?, ?, ?)",
            (source, *_file_columns(facts)),
        )
        return db.last_insert_rowid()
    if fetch_one(db, _OF_GONE, (row,)):
        raise NotASource(path=facts.path)
    db.execute(
        "UPDATE documents SET size = ?, mtime_ns = ?, identity = ? WHERE id = ?",
        (facts.size, facts.mtime_ns, facts.identity, row),
    )
    return row


_OF_GONE = "SELECT 1 FROM documents WHERE id = ? AND source IN (SELECT id FROM sources WHERE gone)"


def find(db: apsw.Connection, path: str) -> int | None:
    """The row of the document at `path`, or None."""
    row = fetch_one(db, "SELECT id FROM documents WHERE path = ?", (store_path(path),))
    return int(row[0]) if row else None


def container_of(db: apsw.Connection, path: str) -> int | None:
    """The row of the innermost document that the path lies inside."""
    while (parent := os.path.dirname(path)) != path:  # noqa: PTH120 -- a str Path might not accept
        if (row := find(db, parent)) is not None:
            return row
        path = parent
    return None


def put_problem(db: apsw.Connection, facts: FileFacts, problem: DocumentProblem) -> None:
    """Say why the document is not in the index; what was indexed of it goes."""
    row = ensure(db, facts)
    db.execute("DELETE FROM chunks WHERE document = ?", (row,))
    for table in ("pages", "places", "sheets", "mails", "scanned", "signatures", "signature_bands"):
        db.execute(f"DELETE FROM {table} WHERE document = ?", (row,))
    db.execute("DELETE FROM documents WHERE container = ?", (row,))
    document_words.forget(db, row)
    details = json.dumps(problem.details)  # escapes what is not ASCII, lone surrogates too
    db.execute(
        "UPDATE documents SET state = ?, problem = ?, details = ?, content_hash = NULL,"
        " title = '', media_type = '', paged = 0 WHERE id = ?",
        (problem.state, problem.code, details, row),
    )


def touch(db: apsw.Connection, facts: FileFacts) -> None:
    """Note new facts of a file whose content is what it was; it is not pending any more."""
    row = ensure(db, facts)
    settle_state(db, row)


def settle_state(db: apsw.Connection, row: int) -> None:
    """Set the state that a document with chunks has.

    A document that was never read, or could not be, keeps the state it has.
    """
    total, missing = fetch_sole(
        db,
        "SELECT count(*), count(*) FILTER (WHERE embedded = 0) FROM chunks WHERE document = ?",
        (row,),
    )
    if total:
        if missing:
            db.execute("UPDATE documents SET state = ? WHERE id = ?", (State.READABLE, row))
        else:
            checking.complete(db, row)


def content_hash(db: apsw.Connection, path: str) -> str | None:
    """The hash of the version that is searchable, or None where there is none."""
    row = fetch_one(db, "SELECT content_hash FROM documents WHERE path = ?", (store_path(path),))
    return row[0] if row else None


def remove(db: apsw.Connection, path: str) -> None:
    """Forget the document at `path`; nothing happens where there is none."""
    db.execute("DELETE FROM documents WHERE path = ?", (store_path(path),))


def move(db: apsw.Connection, old: str, facts: FileFacts) -> None:
    """Give a renamed file, and what lies inside it, a new path; what stood there before goes.
    Nothing is read again."""
    row = find(db, old)
    if row is None or old == facts.path:
        return
    source, collection = sources.source_of(db, facts.path)
    remove(db, facts.path)
    other_collection = collection if collection != sources.collection_of(db, row) else None
    _rename(db, row, source, facts, other_collection)
    lexical.index_again(db, row)
    for inner, path, size, mtime_ns, identity in _inside(db, row):
        moved = FileFacts(facts.path + load_path(path)[len(old) :], size, mtime_ns, identity)
        _rename(db, inner, source, moved, other_collection)


def _rename(
    db: apsw.Connection, row: int, source: int, facts: FileFacts, collection: int | None
) -> None:
    """Give the document in the row its new path, and its vectors their new collection if any."""
    old, title = fetch_sole(db, "SELECT path, title FROM documents WHERE id = ?", (row,))
    db.execute(
        "UPDATE documents SET source = ?, path = ?, name = ?, extension = ?, size = ?,"
        " mtime_ns = ?, identity = ?, title = ? WHERE id = ?",
        (source, *_file_columns(facts), _title_now(title, load_path(old), facts.path), row),
    )
    if collection is not None:
        vectors.move_to_collection(db, row, collection)
    document_words.index(db, row)


def _title_now(title: str, old: str, new: str) -> str:
    """The title of a renamed file: what has none of its own is called as the file is."""
    for named, named_now in zip(_titles(old), _titles(new), strict=True):
        if title == named:
            return named_now
    return title


def _titles(path: str) -> tuple[str, str]:
    """What parsers call a file without a title: its name, and that without its ending."""
    name = file_name(path)
    return " ".join(name.split()), " ".join(os.path.splitext(name)[0].split())  # noqa: PTH122


def _inside(db: apsw.Connection, row: int) -> list[tuple[int, Stored, int, int, str]]:
    """(row, path, size, time of change, identity) of all documents inside the one in the row,
    however deep. Their own names stay what they are when it is renamed."""
    return fetch(
        db,
        "WITH RECURSIVE inside (id) AS (SELECT id FROM documents WHERE container = ?"
        " UNION ALL SELECT d.id FROM documents d JOIN inside i ON d.container = i.id)"
        " SELECT d.id, d.path, d.size, d.mtime_ns, d.identity"
        " FROM inside i JOIN documents d ON d.id = i.id",
        (row,),
    )


# --- lists -----------------------------------------------------------------------------------------

_RECORDS = """
    SELECT d.path, s.path, k.name, d.state, d.title, d.media_type,
        (SELECT count(*) FROM pages WHERE document = d.id), d.paged,
        (SELECT count(*) FROM chunks WHERE document = d.id),
        d.size, d.mtime_ns, d.problem, d.details,
        (SELECT count(*) FROM scanned WHERE document = d.id),
        (SELECT path FROM documents WHERE id = d.container)
    FROM documents d JOIN sources s ON s.id = d.source AND NOT s.gone JOIN collections k ON k.id = s.collection
"""


def listed(db: apsw.Connection, source: str) -> tuple[DocumentRecord, ...]:
    """The documents of the source at `source`, or all, in the order of their paths."""
    if source:
        rows = fetch(db, _RECORDS + "WHERE s.id = ?", (sources.source_id(db, source),))
    else:
        rows = fetch(db, _RECORDS)
    return _records(rows)


def record(db: apsw.Connection, path: str) -> DocumentRecord | None:
    """The document at the path."""
    rows = fetch(db, _RECORDS + "WHERE d.path = ?", (store_path(path),))
    return next((_record(row) for row in rows), None)


def _records(rows: Iterable[tuple[Any, ...]]) -> tuple[DocumentRecord, ...]:
    return tuple(sorted((_record(row) for row in rows), key=lambda record: record.path))


def _record(row: tuple[Any, ...]) -> DocumentRecord:
    path, source, collection, state, title, media_type, pages, paged, chunks = row[:9]
    size, mtime_ns, code, details, waiting, container = row[9:]
    code, reason, remedy = problem(State(state), code, details)
    filling: dict[str, str] = json.loads(details or "{}") if code else {}
    return DocumentRecord(
        path=load_path(path),
        source=load_path(source),
        collection=collection,
        state=State(state),
        title=title,
        media_type=media_type,
        pages=pages,
        paged=bool(paged),
        chunks=chunks,
        size=size,
        mtime_ns=mtime_ns,
        code=code,
        reason=reason,
        remedy=remedy,
        details=filling,
        waiting=waiting,
        container=load_path(container) if container is not None else "",
    )


def problem(state: State, code: str | None, details: str | None) -> tuple[str, str, str]:
    """(code, reason, remedy) of what is kept of a problem; empty where there is none."""
    if code is None or state not in (State.SKIPPED, State.FAILED):
        return "", "", ""
    error = from_wire(code, json.loads(details or "{}"))
    return code, error.sentence, error.advice


_COUNTS = (
    "SELECT state, count(*) FROM documents"
    " WHERE source NOT IN (SELECT id FROM sources WHERE gone) GROUP BY state"
)


def status(db: apsw.Connection) -> LibraryStatus:
    """The counts of documents by state and of chunks, and every problem."""
    counts: dict[str, int] = dict(fetch(db, _COUNTS))
    chunks = vectors.chunk_count(db)
    building = indexes.with_role(db, "building")
    problems = fetch(db, _RECORDS + "WHERE d.state IN ('skipped', 'failed')")
    return LibraryStatus(
        documents={state.value: counts.get(state.value, 0) for state in State},
        chunks=chunks,
        embedded=chunks - vectors.without_count(db),
        problems=_records(problems),
        embedding_model=indexes.answering(db).model,
        next_embedding_model=building.model if building else "",
    )
