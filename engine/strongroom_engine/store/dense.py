"""The nearest embeddings to a question's, in the partitions and documents of the scope.

Few vectors are all compared. Of many their signs (`signs`) say which may be near, and these are
compared: a scan of all would take a second where there are a million. Making the signs of so many
takes seconds: a thread of its own does it, and until it has, all are compared, some at a time
(`scanning`). Who asks may stop that at any time; it stops by itself as soon as the signs are made.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, suppress

import apsw
import numpy as np
import numpy.typing as npt

from strongroom_engine.errors import Bug, Cancelled, StrongroomError
from strongroom_engine.processes import lower_thread_priority
from strongroom_engine.store import indexes, passages, scanning
from strongroom_engine.store.connection import Stop, fetch, never
from strongroom_engine.store.indexes import VectorIndex
from strongroom_engine.store.scope import (
    Condition,
    Scope,
    chunks_inside,
    documents_inside,
)
from strongroom_engine.store.signs import LEAST, Signs, Stopped
from strongroom_engine.store.vectors import Vectors, cosines, dequantize

MOST = 4096
"""Neighbours that are told at once."""
LEAST_LOOKED_AT = 100
"""So many nearest are looked for at least: what is chosen by signs is chosen by the way."""
MANY = 200_000
"""Vectors; a scan of all of them takes a tenth of a second."""
FEW = 1_000
"""So many vectors in the scope are all compared."""

Ranked = list[tuple[int, float]]
Borrow = Callable[[], AbstractContextManager[apsw.Connection]]


class Dense:
    """The dense retrieval of one library; it keeps the signs of its vectors, where they help."""

    def __init__(
        self, borrow: Borrow | None = None, stopped: Stop = never, least: int = LEAST
    ) -> None:
        """`borrow` lends the thread that makes signs a connection; without it they are made by
        who asks first. `stopped` says whether a search in this thread is to end. `least`: vectors
        from which on signs are kept."""
        self._borrow = borrow
        self._search_stopped = stopped
        self._least = least
        self._signs = Signs(least)
        self._guard = threading.Lock()
        self._stopped = threading.Event()
        self._maker: threading.Thread | None = None

    def search(
        self,
        db: apsw.Connection,
        index: VectorIndex,
        vector: Vectors,
        limit: int,
        scope: Scope,
        *,
        soon: bool = False,
    ) -> Ranked:
        """(chunk id, cosine similarity) of the `limit` nearest chunks in the scope, best first.

        With `soon` none, where all of very many would have to be compared by now. Raises
        `Cancelled`.
        """
        if soon and not self._known(index) and _many(db):
            return []
        if vector.shape != (index.dimensions,):
            raise Bug(f"a question's vector of shape {vector.shape}, not ({index.dimensions},)")
        limit = min(limit, MOST)
        chosen = self._chosen(db, index, vector, max(limit, LEAST_LOOKED_AT), scope)
        if chosen is None:
            return self._scanned(db, index, vector, limit, scope)
        return _compared(db, index, vector, chosen)[:limit]

    def _scanned(
        self, db: apsw.Connection, index: VectorIndex, vector: Vectors, limit: int, scope: Scope
    ) -> Ranked:
        """By comparing all; by the signs, once these are made."""
        early = not self.prepared(index)
        nearest = scanning.Nearest(limit)
        for ids, near in scanning.parts(db, index, vector, scope):
            if self._search_stopped():
                raise Cancelled
            if early and self.prepared(index):
                return self.search(db, index, vector, limit, scope)
            nearest.add(ids, near)
        return nearest.ranked()

    def _chosen(
        self, db: apsw.Connection, index: VectorIndex, vector: Vectors, limit: int, scope: Scope
    ) -> Sequence[int] | None:
        """The chunks of the scope to compare: those that may be near, or all where they are few.
        None where an exact scan does it."""
        collections = documents = None
        if scope == Scope(collections=scope.collections):
            collections = _collections(db, scope) if scope.collections else None
        else:
            documents = [row for (row,) in fetch(db, *_parts(documents_inside(scope)))]
        if self._known(index):
            return self._signs.nearest(
                db, index, vector, limit, documents=documents, collections=collections
            )
        if documents is not None:
            few = _both(chunks_inside(scope), Condition(f" LIMIT {FEW + 1}"))
            within = [row for (row,) in fetch(db, *_parts(few))]
            return within if len(within) <= FEW else None
        return None

    # --- signs -----------------------------------------------------------------------------------

    def prepared(self, index: VectorIndex) -> bool:
        """Whether the signs of the index are made; until then a search compares all."""
        return self._signs.knows(index)

    def _known(self, index: VectorIndex) -> bool:
        """Whether signs can be asked. Where they cannot yet, their making is begun."""
        if self._borrow is None:
            return True
        known = self.prepared(index)
        if not known or self._signs.outgrown():
            self.prepare()
        return known

    def prepare(self) -> None:
        """Let a thread make the signs, if none is at it."""
        with self._guard:
            if self._stopped.is_set() or (self._maker is not None and self._maker.is_alive()):
                return
            self._maker = threading.Thread(target=self._make, name="signs", daemon=True)
            self._maker.start()

    def _make(self) -> None:
        assert self._borrow is not None
        lower_thread_priority(1)  # no more: who searches waits for what this holds of Python
        made = Signs(self._least)
        # What fails here fails again for who searches, who is told.
        with suppress(Stopped, StrongroomError, Bug), self._borrow() as db:
            made.make(db, indexes.answering(db), self._stopped.is_set)
            self._signs = made

    def wait_prepared(self, seconds: float | None = None) -> None:
        """Return when the signs are made that were begun."""
        if (maker := self._maker) is not None:
            maker.join(seconds)

    def close(self) -> None:
        """Make nothing more; a thread that does has ended then."""
        with self._guard:
            self._stopped.set()
        self.wait_prepared()


def _many(db: apsw.Connection) -> bool:
    """Whether a scan of all takes longer than somebody who types waits."""
    return passages.newest(db) > MANY


def _collections(db: apsw.Connection, scope: Scope) -> list[int]:
    """The partitions of the scope's collections."""
    sql = "SELECT id FROM collections WHERE name IN (SELECT value FROM json_each(?))"
    return [row for (row,) in fetch(db, sql, (json.dumps(scope.collections),))]


def _parts(condition: Condition) -> tuple[str, tuple[object, ...]]:
    return condition.sql, condition.arguments


def _both(one: Condition, other: Condition) -> Condition:
    return Condition(one.sql + other.sql, one.arguments + other.arguments)


def _compared(
    db: apsw.Connection, index: VectorIndex, vector: Vectors, chunks: Iterable[int]
) -> Ranked:
    """These chunks, as far as they have a vector, with its cosine similarity, best first."""
    rows, stored = _stored(db, index, chunks)
    found = zip(rows, cosines(stored, vector).tolist(), strict=True)
    return sorted(found, key=lambda neighbour: (-neighbour[1], neighbour[0]))


def of_chunks(db: apsw.Connection, index: VectorIndex, ids: Sequence[int]) -> dict[int, Vectors]:
    """The vectors, of unit length, that these chunks have: (dimensions,) float32 each."""
    rows, stored = _stored(db, index, ids)
    return dict(zip(rows, dequantize(stored), strict=True))


def _stored(
    db: apsw.Connection, index: VectorIndex, chunks: Iterable[int]
) -> tuple[list[int], npt.NDArray[np.int8]]:
    """The chunks that have one, and their vectors. Joined so, since `rowid IN` reads all."""
    rows = fetch(
        db,
        f"SELECT v.rowid, v.embedding FROM json_each(?) wanted CROSS JOIN {index.table} v"
        " ON v.rowid = wanted.value",
        (json.dumps([int(row) for row in chunks]),),
    )
    stored = np.frombuffer(b"".join(vector for _, vector in rows), np.int8)
    return [row for row, _ in rows], stored.reshape(-1, index.dimensions)
