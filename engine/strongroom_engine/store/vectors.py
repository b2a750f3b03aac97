"""The embeddings: int8, cosine distance, one partition for each collection (sqlite-vec's vec0).

A vector's row is its chunk's id. All of them are of the one model that `meta` names: with another
model they are dropped, and every chunk waits for its embedding again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import apsw
import numpy as np
import numpy.typing as npt

from strongroom_engine.errors import Bug
from strongroom_engine.store.connection import fetch, fetch_one, fetch_sole, transaction
from strongroom_engine.types import State

Vectors = npt.NDArray[np.float32]

_SCALE = 127.0


def quantize(vectors: Vectors) -> npt.NDArray[np.int8]:
    """Unit vectors as whole numbers from -127 to 127; costs at most .007 of nDCG."""
    scaled: Vectors = np.rint(vectors * _SCALE)
    return scaled.clip(-_SCALE, _SCALE).astype(np.int8)


def model_of(db: apsw.Connection) -> str:
    """The embedding model whose vectors the library holds, with its dimensions; '' for none."""
    row = fetch_one(db, "SELECT value FROM meta WHERE key = 'embedding model'")
    return str(row[0]) if row else ""


def model_name(model: str, dimensions: int) -> str:
    """How `meta` names the model."""
    return f"{model} ({dimensions})"


def use_model(db: apsw.Connection, model: str, dimensions: int) -> None:
    """Keep vectors of this model; those of another one are dropped, and wait to be made anew."""
    name = model_name(model, dimensions)
    if model_of(db) == name:
        return
    with transaction(db):
        db.execute("DROP TABLE IF EXISTS vectors")
        db.execute(
            "CREATE VIRTUAL TABLE vectors USING vec0("
            f"collection INTEGER PARTITION KEY, embedding INT8[{int(dimensions)}] "
            "DISTANCE_METRIC=cosine)"
        )
        db.execute("UPDATE chunks SET embedded = 0")
        db.execute(
            "UPDATE documents SET state = ? WHERE state = ?", (State.READABLE, State.INDEXED)
        )
        db.execute("INSERT OR REPLACE INTO meta VALUES ('embedding model', ?)", (name,))


def insert(db: apsw.Connection, rows: Iterable[tuple[int, int, bytes]]) -> None:
    """Insert (chunk id, collection id, int8 vector) and mark the chunks as embedded."""
    rows = list(rows)
    db.executemany(
        "INSERT INTO vectors (rowid, collection, embedding) VALUES (?, ?, vec_int8(?))", rows
    )
    db.executemany("UPDATE chunks SET embedded = 1 WHERE id = ?", [row[:1] for row in rows])


def of_passage(db: apsw.Connection, passage_hash: bytes) -> bytes | None:
    """The vector of any chunk in the library with this passage, or None."""
    row = fetch_one(
        db,
        "SELECT embedding FROM vectors WHERE rowid ="
        " (SELECT id FROM chunks WHERE hash = ? AND embedded = 1 LIMIT 1)",
        (passage_hash,),
    )
    return row[0] if row else None


def waiting(db: apsw.Connection, limit: int) -> list[tuple[int, str]]:
    """(chunk id, passage) of up to `limit` chunks without a vector, one for equal passages."""
    rows = fetch(
        db,
        "SELECT id, hash, coalesce(passage, prefix || text) FROM ("
        " SELECT id, hash FROM chunks WHERE embedded = 0 ORDER BY document, id LIMIT ?"
        ") JOIN texts ON chunk = id ORDER BY id",
        (limit,),
    )
    distinct: dict[bytes, tuple[int, str]] = {}
    for chunk, passage_hash, passage in rows:
        distinct.setdefault(passage_hash, (chunk, passage))
    return list(distinct.values())


def waiting_count(db: apsw.Connection) -> int:
    """How many chunks have no vector yet."""
    return int(fetch_sole(db, "SELECT count(*) FROM chunks WHERE embedded = 0")[0])


def put(db: apsw.Connection, chunk_ids: Sequence[int], vectors: Vectors, dimensions: int) -> None:
    """Keep the embeddings of these chunks and of all others with the same passages.

    Chunks that were replaced or embedded meanwhile are passed over.
    """
    if vectors.shape != (len(chunk_ids), dimensions) or not np.isfinite(vectors).all():
        raise Bug(f"{len(chunk_ids)} chunks were given vectors of shape {vectors.shape}")
    made: dict[tuple[int, int], bytes] = {}
    for chunk, vector in zip(chunk_ids, quantize(vectors), strict=True):
        made |= {row: vector.tobytes() for row in _same_passage(db, chunk)}
    insert(db, ((*row, vector) for row, vector in made.items()))
    _complete_documents(db, [chunk for chunk, _ in made])


def _same_passage(db: apsw.Connection, chunk: int) -> list[tuple[int, int]]:
    """(chunk id, collection id) of the waiting chunks whose passage is that of `chunk`."""
    return fetch(
        db,
        "SELECT c.id, s.collection FROM chunks given"
        " JOIN chunks c ON c.hash = given.hash AND c.embedded = 0"
        " JOIN documents d ON d.id = c.document JOIN sources s ON s.id = d.source"
        " WHERE given.id = ?",
        (int(chunk),),
    )


def _complete_documents(db: apsw.Connection, chunk_ids: list[int]) -> None:
    db.execute(
        "UPDATE documents SET state = ? WHERE state = ?"
        " AND id IN (SELECT document FROM chunks WHERE id IN (SELECT value FROM json_each(?)))"
        " AND NOT EXISTS (SELECT 1 FROM chunks WHERE document = documents.id AND embedded = 0)",
        (State.INDEXED, State.READABLE, json.dumps(chunk_ids)),
    )


def move_to_collection(db: apsw.Connection, document: int, collection: int) -> None:
    """Put a document's vectors into another partition."""
    rows = fetch(
        db,
        "SELECT id, embedding FROM chunks JOIN vectors ON vectors.rowid = chunks.id"
        " WHERE document = ? AND embedded = 1",
        (document,),
    )
    db.executemany("DELETE FROM vectors WHERE rowid = ?", [row[:1] for row in rows])
    insert(db, ((chunk, collection, vector) for chunk, vector in rows))
