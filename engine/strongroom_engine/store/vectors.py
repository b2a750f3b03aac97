"""The embeddings: int8, cosine distance, one partition for each collection (sqlite-vec's vec0).

A vector's row is its chunk's id. `chunks.embedded` says whether the index that answers has the
chunk's vector; the table `waiting` holds the chunks whose vector is still to be made (`indexes`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import apsw
import numpy as np
import numpy.typing as npt

from strongroom_engine.errors import Bug
from strongroom_engine.store import indexes
from strongroom_engine.store.connection import fetch, fetch_one, fetch_sole
from strongroom_engine.store.indexes import VectorIndex
from strongroom_engine.store.soundness import checking
from strongroom_engine.types import State

Vectors = npt.NDArray[np.float32]

SCALE = 127.0
"""Kept vectors are unit vectors times this, rounded."""


def quantize(vectors: Vectors) -> npt.NDArray[np.int8]:
    """Unit vectors as whole numbers from -127 to 127; costs at most .007 of nDCG."""
    scaled: Vectors = np.rint(vectors * SCALE)
    return scaled.clip(-SCALE, SCALE).astype(np.int8)


def dequantize(stored: npt.NDArray[np.int8]) -> Vectors:
    """Vectors as they are kept, (n, dimensions) -> of unit length again."""
    vectors = stored.astype(np.float32)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    made: Vectors = vectors / np.maximum(lengths, np.float32(1e-9))
    return made


def cosines(stored: npt.NDArray[np.int8], vector: Vectors) -> Vectors:
    """How near vectors as they are kept, (n, dimensions), are to one of unit length: (n,)."""
    numbers = stored.astype(np.float32)
    wanted = quantize(vector).astype(np.float32)
    wanted /= max(float(np.linalg.norm(wanted)), 1.0)
    # `@` would start threads that spin for longer than this takes.
    lengths = np.sqrt(np.einsum("ij,ij->i", numbers, numbers))
    near: Vectors = np.einsum("ij,j->i", numbers, wanted) / np.maximum(lengths, np.float32(1))
    return near


def insert(db: apsw.Connection, index: VectorIndex, rows: Iterable[tuple[int, int, bytes]]) -> None:
    """Insert (chunk id, collection id, int8 vector); the chunks wait for this index no more."""
    rows = list(rows)
    chunks = [row[:1] for row in rows]
    db.executemany(
        f"INSERT INTO {index.table} (rowid, collection, embedding) VALUES (?, ?, vec_int8(?))",
        rows,
    )
    if index == indexes.answering(db):
        db.executemany("UPDATE chunks SET embedded = 1 WHERE id = ?", chunks)
    if index == indexes.wanted(db):
        db.executemany("DELETE FROM waiting WHERE chunk = ?", chunks)


def drop(db: apsw.Connection, index: VectorIndex, chunks: Iterable[tuple[int]]) -> None:
    """Delete the vectors of these chunks; one by one, since `rowid IN` reads all there are."""
    db.executemany(f"DELETE FROM {index.table} WHERE rowid = ?", chunks)


def of_passages(
    db: apsw.Connection, index: VectorIndex, passages: Iterable[bytes]
) -> dict[bytes, bytes]:
    """The index's vectors of those passages (by hash) that any chunk of the library has."""
    has = "embedded = 1"
    if index != indexes.answering(db):
        has = "NOT EXISTS (SELECT 1 FROM waiting WHERE chunk = id)"
    found = {}
    for passage in passages:
        row = fetch_one(
            db,
            f"SELECT embedding FROM {index.table} WHERE rowid ="
            f" (SELECT id FROM chunks WHERE hash = ? AND {has} LIMIT 1)",
            (passage,),
        )
        if row:
            found[passage] = row[0]
    return found


def wait(db: apsw.Connection, chunks: Iterable[int]) -> None:
    """Let new chunks wait for their vectors."""
    db.executemany("INSERT INTO waiting (chunk) VALUES (?)", ((chunk,) for chunk in chunks))


def waiting(db: apsw.Connection, limit: int) -> list[tuple[int, str]]:
    """(chunk id, passage) of up to `limit` chunks that wait, one for equal passages."""
    rows = fetch(
        db,
        "SELECT id, hash, coalesce(passage, prefix || text)"
        " FROM (SELECT chunk AS waits FROM waiting ORDER BY chunk LIMIT ?)"
        " JOIN chunks ON id = waits JOIN texts ON texts.chunk = waits ORDER BY id",
        (limit,),
    )
    distinct: dict[bytes, tuple[int, str]] = {}
    for chunk, passage_hash, passage in rows:
        distinct.setdefault(passage_hash, (chunk, passage))
    return list(distinct.values())


def waiting_count(db: apsw.Connection, chunks: range | None = None) -> int:
    """How many chunks wait for their vector: all of them, or those in a range of ids."""
    if chunks is None:
        return int(fetch_sole(db, "SELECT count(*) FROM waiting")[0])
    bounds = (chunks.start, chunks.stop)
    row = fetch_sole(db, "SELECT count(*) FROM waiting WHERE chunk >= ? AND chunk < ?", bounds)
    return int(row[0])


def chunk_count(db: apsw.Connection) -> int:
    """How many chunks there are."""
    return int(fetch_sole(db, "SELECT count(*) FROM chunks")[0])


def without_count(db: apsw.Connection) -> int:
    """How many chunks the index that answers has no vector of."""
    return int(fetch_sole(db, "SELECT count(*) FROM chunks WHERE embedded = 0")[0])


def put(db: apsw.Connection, chunk_ids: Sequence[int], vectors: Vectors, model: str) -> None:
    """Keep the embeddings of these chunks and of all others with the same passages.

    Chunks that were replaced or embedded meanwhile are passed over, and vectors of another
    `model` than the one that chunks wait for; '' says that they are that one's.
    """
    index = indexes.wanted(db)
    if model not in ("", index.model):
        return
    if vectors.shape != (len(chunk_ids), index.dimensions) or not np.isfinite(vectors).all():
        raise Bug(f"{len(chunk_ids)} chunks were given vectors of shape {vectors.shape}")
    made: dict[tuple[int, int], bytes] = {}
    for chunk, vector in zip(chunk_ids, quantize(vectors), strict=True):
        made |= {row: vector.tobytes() for row in _same_passage(db, chunk)}
    insert(db, index, ((*row, vector) for row, vector in made.items()))
    if index == indexes.answering(db):
        _complete_documents(db, [chunk for chunk, _ in made])


def _same_passage(db: apsw.Connection, chunk: int) -> list[tuple[int, int]]:
    """(chunk id, collection id) of the waiting chunks whose passage is that of `chunk`."""
    return fetch(
        db,
        "SELECT c.id, s.collection FROM chunks given"
        " JOIN chunks c ON c.hash = given.hash JOIN waiting w ON w.chunk = c.id"
        " JOIN documents d ON d.id = c.document JOIN sources s ON s.id = d.source"
        " WHERE given.id = ?",
        (int(chunk),),
    )


def _complete_documents(db: apsw.Connection, chunk_ids: list[int]) -> None:
    done = fetch(
        db,
        "SELECT id FROM documents WHERE state = ?"
        " AND id IN (SELECT document FROM chunks WHERE id IN (SELECT value FROM json_each(?)))"
        " AND NOT EXISTS (SELECT 1 FROM chunks WHERE document = documents.id AND embedded = 0)",
        (State.READABLE, json.dumps(chunk_ids)),
    )
    for (row,) in done:
        checking.complete(db, row)


def move_to_collection(db: apsw.Connection, document: int, collection: int) -> None:
    """Put a document's vectors into another partition, in every index."""
    for index in indexes.everyone(db):
        rows = fetch(
            db,
            f"SELECT id, v.embedding FROM chunks JOIN {index.table} v ON v.rowid = chunks.id"
            " WHERE document = ?",
            (document,),
        )
        drop(db, index, (row[:1] for row in rows))
        insert(db, index, ((chunk, collection, vector) for chunk, vector in rows))
