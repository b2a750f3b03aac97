"""Reading passages and texts back from the chunks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import apsw

from strongroom_engine.store.connection import fetch, fetch_one
from strongroom_engine.store.paths import load_path, store_path


@dataclass(frozen=True, slots=True)
class StoredChunk:
    """A chunk with what is needed to show it. Offsets in document coordinates."""

    id: int
    path: str
    title: str
    collection: str
    media_type: str
    paged: bool
    page_starts: tuple[int, ...]
    start: int
    end: int
    heading: str
    text: str
    source: str
    hidden: tuple[tuple[int, int], ...] = ()
    """What of the text cannot be seen in the document, in order."""


def newest(db: apsw.Connection) -> int:
    """The largest id that a chunk ever had: as many there are at most."""
    row = fetch_one(db, "SELECT seq FROM sqlite_sequence WHERE name = 'chunks'")
    return int(row[0]) if row else 0


_CHUNKS = """
    SELECT c.document, c.id, d.path, d.title, k.name, d.media_type, d.paged, c.start, c."end",
        c.heading, t.text, s.path, d.hidden
    FROM chunks c JOIN texts t ON t.chunk = c.id JOIN documents d ON d.id = c.document
        JOIN sources s ON s.id = d.source AND NOT s.gone JOIN collections k ON k.id = s.collection
"""


def chunks(
    db: apsw.Connection, ids: Sequence[int], *, placed: bool = True
) -> dict[int, StoredChunk]:
    """The chunks that are (still) there, by id; without `placed` their documents have no pages."""
    wanted = json.dumps([int(row) for row in ids])
    rows = fetch(db, _CHUNKS + "WHERE c.id IN (SELECT value FROM json_each(?))", (wanted,))
    return {chunk.id: chunk for chunk in _stored(db, rows, placed=placed)}


def paths(db: apsw.Connection, ids: Sequence[int]) -> dict[int, str]:
    """The documents of the chunks that are (still) there, in the order of `ids`."""
    wanted = [int(row) for row in ids]
    rows = fetch(
        db,
        "SELECT c.id, d.path FROM chunks c JOIN documents d ON d.id = c.document"
        " JOIN sources s ON s.id = d.source AND NOT s.gone"
        " WHERE c.id IN (SELECT value FROM json_each(?))",
        (json.dumps(wanted),),
    )
    found = {row: load_path(path) for row, path in rows}
    return {row: found[row] for row in wanted if row in found}


def documents_at(db: apsw.Connection, files: Iterable[str]) -> tuple[int, ...]:
    """The rows of the documents at these paths, in their order."""
    sql = "SELECT id FROM documents WHERE path = ?"
    found = (fetch_one(db, sql, (store_path(path),)) for path in files)
    return tuple(int(row[0]) for row in found if row is not None)


def chunks_of(db: apsw.Connection, path: str) -> list[StoredChunk]:
    """Every chunk of the document, in order."""
    rows = fetch(db, _CHUNKS + "WHERE d.path = ? ORDER BY c.ordinal", (store_path(path),))
    return list(_stored(db, rows))


def neighbours(db: apsw.Connection, chunk: int, before: int, after: int) -> list[StoredChunk]:
    """The chunks around `chunk` in its document, in order, without itself."""
    rows = fetch(
        db,
        _CHUNKS + "JOIN chunks given ON given.document = c.document WHERE given.id = ?1"
        " AND c.id <> ?1 AND c.ordinal BETWEEN given.ordinal - ?2 AND given.ordinal + ?3"
        " ORDER BY c.ordinal",
        (chunk, before, after),
    )
    return list(_stored(db, rows))


def _stored(
    db: apsw.Connection, rows: Sequence[tuple[Any, ...]], *, placed: bool = True
) -> Iterable[StoredChunk]:
    starts = _page_starts(db, {row[0] for row in rows}) if placed else {}
    return [_chunk(row, tuple(starts.get(row[0], ()))) for row in rows]


def _chunk(row: tuple[Any, ...], starts: tuple[int, ...]) -> StoredChunk:
    _, chunk, path, title, collection, media_type, paged, start, end, heading, text = row[:11]
    source, hidden = row[11:]
    return StoredChunk(
        id=chunk,
        path=load_path(path),
        title=title,
        collection=collection,
        media_type=media_type,
        paged=bool(paged),
        page_starts=starts,
        start=start,
        end=end,
        heading=heading,
        text=text,
        source=load_path(source),
        hidden=_within(hidden, start, end),
    )


def _within(spans: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The spans, given as JSON, as far as they lie in [start, end)."""
    if spans == "[]":
        return ()
    clipped = ((max(left, start), min(right, end)) for left, right in json.loads(spans))
    return tuple((left, right) for left, right in clipped if left < right)


def _page_starts(db: apsw.Connection, documents: Iterable[int]) -> dict[int, list[int]]:
    """Where each page of these documents begins."""
    rows = fetch(
        db,
        "SELECT document, start FROM json_each(?) JOIN pages ON document = value"
        " ORDER BY document, number",
        (json.dumps(list(documents)),),
    )
    starts: dict[int, list[int]] = {}
    for document, start in rows:
        starts.setdefault(document, []).append(start)
    return starts


def page_starts(db: apsw.Connection, path: str) -> tuple[int, ...]:
    """Where each page of the document begins; empty where the document is not searchable."""
    rows = fetch(db, "SELECT id FROM documents WHERE path = ?", (store_path(path),))
    return tuple(next(iter(_page_starts(db, [row for (row,) in rows]).values()), ()))


def is_paged(db: apsw.Connection, path: str) -> bool:
    """Whether the document has pages of its own; False where there is none."""
    rows = fetch(db, "SELECT paged FROM documents WHERE path = ?", (store_path(path),))
    return any(paged for (paged,) in rows)


def document_text(db: apsw.Connection, path: str, start: int, end: int | None) -> str:
    """The document's text in [start, end), joined from the chunks that tile it."""
    rows = fetch(
        db,
        "SELECT c.start, t.text FROM documents d JOIN chunks c ON c.document = d.id"
        ' JOIN texts t ON t.chunk = c.id WHERE d.path = ?1 AND c."end" > ?2'
        " AND (?3 IS NULL OR c.start < ?3) ORDER BY c.ordinal",
        (store_path(path), start, end),
    )
    if not rows:
        return ""
    origin = rows[0][0]
    text = "".join(part for _, part in rows)
    return text[max(start - origin, 0) : None if end is None else max(end - origin, 0)]


def outline(db: apsw.Connection, path: str) -> tuple[str, int]:
    """The document's media type and the length of its text; ('', 0) where there is none."""
    rows = fetch(
        db,
        'SELECT d.media_type, max(c."end") FROM documents d JOIN chunks c ON c.document = d.id'
        " WHERE d.path = ?",
        (store_path(path),),
    )
    for media_type, length in rows:
        if length is not None:
            return media_type, length
    return "", 0
