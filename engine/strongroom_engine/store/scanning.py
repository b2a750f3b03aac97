"""Comparing every vector of an index with a question's, some of them at a time.

What sqlite-vec does in one call takes a second for a million vectors, and nothing ends it before.
Here who asks may stop between any two parts, and the scan is as quick.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import apsw
import numpy as np
import numpy.typing as npt

from strongroom_engine.store.connection import fetch, fetch_one
from strongroom_engine.store.indexes import VectorIndex
from strongroom_engine.store.passages import newest
from strongroom_engine.store.scope import Scope, chunks_inside
from strongroom_engine.store.vectors import Vectors, cosines

AT_ONCE = 4_096
"""Vectors that are compared at once, in a few milliseconds; at least a part of the index, which has
64 of them, or 1,024 in a library from before."""

Ids = npt.NDArray[np.int64]
Ranked = list[tuple[int, float]]


class Nearest:
    """The `limit` nearest of all vectors that it is told of."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._ids: Ids = np.empty(0, np.int64)
        self._near: Vectors = np.empty(0, np.float32)

    def add(self, ids: Ids, near: Vectors) -> None:
        ids, near = np.concatenate([self._ids, ids]), np.concatenate([self._near, near])
        first = np.lexsort((ids, -near))[: self._limit]
        self._ids, self._near = ids[first], near[first]

    def ranked(self) -> Ranked:
        """(chunk id, cosine similarity), best first."""
        return list(zip(self._ids.tolist(), self._near.tolist(), strict=True))


def exact(
    db: apsw.Connection, index: VectorIndex, vector: Vectors, limit: int, scope: Scope
) -> Ranked:
    """(chunk id, cosine similarity) of the `limit` nearest chunks in the scope, best first."""
    nearest = Nearest(limit)
    for ids, near in parts(db, index, vector, scope):
        nearest.add(ids, near)
    return nearest.ranked()


def parts(
    db: apsw.Connection, index: VectorIndex, vector: Vectors, scope: Scope
) -> Iterator[tuple[Ids, Vectors]]:
    """All chunks in the scope that have a vector, some at a time: their ids, and how near each is
    (cosine similarity) to the unit vector."""
    inside = _inside(db, scope)
    for rows, ids in _places(db, index, scope):
        counts = ids >= 0 if inside is None else inside[ids]
        of_part = counts.reshape(len(rows), -1)
        read = of_part.any(axis=1)
        if read.any():
            vectors = _vectors(db, index, rows[read])[of_part[read].ravel()]
            yield ids[counts], cosines(vectors, vector)


def _inside(db: apsw.Connection, scope: Scope) -> npt.NDArray[np.bool_] | None:
    """Which ids are those of chunks that the scope's filters let in; None for all. The last one is
    False, for -1. What is of a collection, its part of the index says."""
    filters = replace(scope, collections=())
    if filters == Scope():
        return None
    query = chunks_inside(filters)
    rows = [row for (row,) in fetch(db, query.sql, query.arguments)]
    inside = np.zeros(max(newest(db), *rows, 0) + 2, np.bool_)
    inside[rows] = True
    return inside


def _places(db: apsw.Connection, index: VectorIndex, scope: Scope) -> Iterator[tuple[Ids, Ids]]:
    """The parts of the index that hold the scope's collections, some at a time: their rows, and
    the chunks whose vectors lie in them, one after another; -1 for a place that is not taken."""
    of = ""
    names: tuple[str, ...] = ()
    if scope.collections:
        of = (
            " AND partition00 IN"
            " (SELECT id FROM collections WHERE name IN (SELECT value FROM json_each(?3)))"
        )
        names = (json.dumps(scope.collections),)
    sql = (
        f"SELECT chunk_id, validity, rowids FROM {index.table}_chunks"
        f" WHERE chunk_id > ?1{of} ORDER BY chunk_id LIMIT ?2"
    )
    size = fetch_one(db, f"SELECT size FROM {index.table}_chunks LIMIT 1") or (AT_ONCE,)
    count = max(AT_ONCE // size[0], 1)
    last = -1
    while found := fetch(db, sql, (last, count, *names)):
        rows, taken, ids = zip(*found, strict=True)
        last = rows[-1]
        bits = np.frombuffer(b"".join(taken), np.uint8)
        valid = np.unpackbits(bits, bitorder="little").astype(np.bool_)
        yield np.array(rows), np.where(valid, np.frombuffer(b"".join(ids), np.int64), -1)


def _vectors(db: apsw.Connection, index: VectorIndex, rows: Ids) -> npt.NDArray[np.int8]:
    """The vectors in these parts of the index, those of places that are not taken among them."""
    found = fetch(
        db,
        f"SELECT vectors FROM {index.table}_vector_chunks00"
        " WHERE rowid IN (SELECT value FROM json_each(?)) ORDER BY rowid",
        (json.dumps(rows.tolist()),),
    )
    joined = b"".join(vectors for (vectors,) in found)
    return np.frombuffer(joined, np.int8).reshape(-1, index.dimensions)
