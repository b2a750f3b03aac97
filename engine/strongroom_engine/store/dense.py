"""The nearest embeddings to a question's: an exact scan of the partitions in the scope."""

from __future__ import annotations

import heapq
import json
from collections.abc import Sequence

import apsw

from strongroom_engine.errors import Bug
from strongroom_engine.store.connection import fetch
from strongroom_engine.store.indexes import VectorIndex
from strongroom_engine.store.scope import Condition, Scope, chunk_condition
from strongroom_engine.store.vectors import Vectors, dequantize, quantize

MOST = 4096
"""sqlite-vec's bound on the number of neighbours."""


def search(
    db: apsw.Connection, index: VectorIndex, vector: Vectors, limit: int, scope: Scope
) -> list[tuple[int, float]]:
    """(chunk id, cosine similarity) of the `limit` nearest chunks in the scope, best first."""
    if vector.shape != (index.dimensions,):
        raise Bug(f"a question's vector of shape {vector.shape} for {index.dimensions} dimensions")
    wanted = quantize(vector).tobytes()
    inside = chunk_condition(scope, "rowid", with_collections=False)
    found = [
        neighbour
        for partition in _partitions(db, scope)
        for neighbour in _nearest(db, index, wanted, min(limit, MOST), _both(partition, inside))
    ]
    return heapq.nlargest(limit, found, key=lambda neighbour: neighbour[1])


def _partitions(db: apsw.Connection, scope: Scope) -> list[Condition]:
    """One condition for each partition to scan; one without a bound when all are."""
    if not scope.collections:
        return [Condition()]
    rows = fetch(
        db,
        "SELECT id FROM collections WHERE name IN (SELECT value FROM json_each(?))",
        (json.dumps(scope.collections),),
    )
    return [Condition(" AND collection = ?", (row,)) for (row,) in rows]


def _both(one: Condition, other: Condition) -> Condition:
    return Condition(one.sql + other.sql, one.arguments + other.arguments)


def _nearest(
    db: apsw.Connection, index: VectorIndex, wanted: bytes, limit: int, where: Condition
) -> list[tuple[int, float]]:
    return fetch(
        db,
        f"SELECT rowid, 1.0 - distance FROM {index.table}"
        f" WHERE embedding MATCH vec_int8(?) AND k = ?{where.sql}",
        (wanted, limit, *where.arguments),
    )


def of_chunks(db: apsw.Connection, index: VectorIndex, ids: Sequence[int]) -> dict[int, Vectors]:
    """The vectors, of unit length, that these chunks have: (dimensions,) float32 each."""
    rows = fetch(
        db,
        f"SELECT rowid, embedding FROM {index.table}"
        " WHERE rowid IN (SELECT value FROM json_each(?))",
        (json.dumps([int(row) for row in ids]),),
    )
    return {row: dequantize(vector) for row, vector in rows}
