"""Which embedding models a library has vectors of: the one that answers, and one being built.

Each has its vectors in a vec0 table of its own; there are two names for these, used in turn, so
that the next one is built beside the one that answers. The table `waiting` holds the chunks that
the model being built (where there is none: the one that answers) has no vector of yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import apsw

from strongroom_engine.store.connection import fetch, fetch_one, transaction
from strongroom_engine.types import State

Role = Literal["answering", "building"]

_TABLES = ("vectors", "vectors_b")
_CHUNK_SIZE = 64
"""Vectors that sqlite-vec keeps together. One of them is reached over the pages of all before it:
600 of 100,000 took 110 ms of processor time at its own 1,024 with little of the page cache to
spare, 12 ms at 64, while a scan of all takes a tenth longer."""


@dataclass(frozen=True, slots=True)
class VectorIndex:
    """The vectors of one embedding model, by its id; `table` is theirs."""

    model: str
    dimensions: int
    table: str


def with_role(db: apsw.Connection, role: Role) -> VectorIndex | None:
    """The index that answers, or the one that is being built; None where there is none."""
    row = fetch_one(db, "SELECT model, dimensions, vectors FROM indexes WHERE role = ?", (role,))
    return VectorIndex(*row) if row else None


def answering(db: apsw.Connection) -> VectorIndex:
    """The index that is searched. A library that was ever opened for writing has one."""
    index = with_role(db, "answering")
    assert index is not None
    return index


def wanted(db: apsw.Connection) -> VectorIndex:
    """The index that new vectors are made for: the one being built, else the one that answers."""
    return with_role(db, "building") or answering(db)


def everyone(db: apsw.Connection) -> list[VectorIndex]:
    """Both indexes, or the one there is."""
    return [VectorIndex(*r) for r in fetch(db, "SELECT model, dimensions, vectors FROM indexes")]


def make_first(db: apsw.Connection, model: str, dimensions: int) -> None:
    """Give a new library its embedding model."""
    with transaction(db):
        _make(db, "answering", model, dimensions, _TABLES[0])


def choose(db: apsw.Connection, model: str, dimensions: int) -> None:
    """Build the index of this model beside the one that answers.

    What was built of a third model is dropped; the model that answers ends all building. Nothing
    happens when the model is the one that is being built already.
    """
    now, building = answering(db), with_role(db, "building")
    chosen = (model, dimensions)
    if building is not None and _is(building, chosen):
        return
    if building is not None:
        _drop(db, "building", building)
    db.execute("DELETE FROM waiting")
    if _is(now, chosen):
        db.execute("INSERT INTO waiting SELECT id FROM chunks WHERE embedded = 0")
        return
    free = next(table for table in _TABLES if table != now.table)
    _make(db, "building", model, dimensions, free)
    db.execute("INSERT INTO waiting SELECT id FROM chunks")


def settle(db: apsw.Connection) -> None:
    """Let the index that was being built answer, if nothing waits for it any more."""
    built = with_role(db, "building")
    if built is None or fetch_one(db, "SELECT 1 FROM waiting LIMIT 1"):
        return
    _drop(db, "answering", answering(db))
    db.execute("UPDATE indexes SET role = 'answering'")
    db.execute("UPDATE chunks SET embedded = 1 WHERE embedded = 0")
    db.execute("UPDATE documents SET state = ? WHERE state = ?", (State.INDEXED, State.READABLE))


def _is(index: VectorIndex, chosen: tuple[str, int]) -> bool:
    return (index.model, index.dimensions) == chosen


def _make(db: apsw.Connection, role: Role, model: str, dimensions: int, table: str) -> None:
    db.execute(
        f"CREATE VIRTUAL TABLE {table} USING vec0("
        f"collection INTEGER PARTITION KEY, embedding INT8[{int(dimensions)}] "
        f"DISTANCE_METRIC=cosine, chunk_size={_CHUNK_SIZE})"
    )
    db.execute(
        f"CREATE TRIGGER IF NOT EXISTS {table}_of_deleted AFTER DELETE ON chunks BEGIN"
        f" DELETE FROM {table} WHERE rowid = old.id; END"
    )
    db.execute("INSERT INTO indexes VALUES (?, ?, ?, ?)", (role, model, dimensions, table))


def _drop(db: apsw.Connection, role: Role, index: VectorIndex) -> None:
    db.execute(f"DROP TRIGGER {index.table}_of_deleted")
    db.execute(f"DROP TABLE {index.table}")
    db.execute("DELETE FROM indexes WHERE role = ?", (role,))
