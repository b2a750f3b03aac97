"""The signs of the vectors, in memory: which chunks may be near, before any vector is read.

An exact scan reads and decrypts every vector for every question: more than a second for a
million. The sign of each number says enough to choose some thousands of them, and four bits of it
to choose among these; a million vectors of 384 numbers take 260 MB. What is chosen is then read
from the database by the one who asks: signs of a state just passed cost at most a neighbour, and
no wrong hit can come of them. So nothing is kept on disk; they are made after the library was
opened (`dense`), and after that only of what has changed.

Signs say nothing where all vectors point the same way, as those of some models do; so they are of
the vectors less their mean. tests/bench/bench_scale.py tells what they find and miss. A random
rotation before gave nothing.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from weakref import WeakKeyDictionary

import apsw
import numpy as np
import numpy.typing as npt

from strongroom_engine.store.connection import fetch, never
from strongroom_engine.store.indexes import VectorIndex
from strongroom_engine.store.vectors import SCALE, Vectors

LEAST = 20_000
"""An exact scan of fewer vectors is as quick."""
SAMPLE = 20_000
"""Vectors that the mean is taken of."""
COMPARED, RANKED = 3, 144
"""So many vectors are to be compared for each that is wanted, and ranked by their four bits."""
_MUCH = 3.0
"""What is wanted so many standard deviations strongly counts most."""
_STEP = 0.335
"""Sixteen steps of so many standard deviations lose least of a normally distributed number."""
GROWTH = 2
"""The mean is taken again when there are so many times as many."""
ROOM = 32
"""Room is made for one more of so many: all that is known is copied for it."""
_AT_ONCE = 1 << 15
"""Signs that are compared at once: they stay in the processor's cache."""
_RANKED_AT_ONCE = 1 << 11
"""Vectors that are ranked at once, likewise."""
_READ_AT_ONCE = 32
"""Parts of the index."""

Ids = npt.NDArray[np.int64]
Places = npt.NDArray[np.intp]
Codes = npt.NDArray[np.uint8]
_Part = tuple[int, bytes, bytes]


class Stopped(Exception):
    """The making of signs was stopped; what is known of the index is worth nothing."""


class Signs:
    """The signs of the index that was asked for last. Any thread may ask."""

    def __init__(self, least: int = LEAST) -> None:
        """`least` as `LEAST`."""
        self._least = least
        self._guard = threading.Lock()
        self._index: VectorIndex | None = None
        self._seen: WeakKeyDictionary[apsw.Connection, int] = WeakKeyDictionary()
        self._clear()

    def _clear(self) -> None:
        self._parts: dict[int, _Part] = {}
        """What is known of each part of the index: collection, which places are taken, ids."""
        self._at: dict[int, slice] = {}
        self._mean: Vectors | None = None
        self._step: Vectors = np.empty(0, np.float32)
        self._meant_for = 0
        self._end = 0
        """Places before it are some part's; what is behind is room for more."""
        self._ids: Ids = np.empty(0, np.int64)
        self._collections: npt.NDArray[np.int32] = np.empty(0, np.int32)
        self._documents: npt.NDArray[np.int32] = np.empty(0, np.int32)
        self._words: npt.NDArray[np.uint64] = np.empty((0, 0), np.uint64)
        """The signs, 64 dimensions a row."""
        self._codes: Codes = np.empty((0, 0), np.uint8)
        """Four bits a dimension, a vector a row."""

    def knows(self, index: VectorIndex) -> bool:
        """Whether its signs were made, so that asking takes no longer than what has changed."""
        return self._index == index

    def outgrown(self) -> bool:
        """Whether the mean is that of too few vectors, and all are better made anew."""
        return self._mean is not None and self._end > GROWTH * max(self._meant_for, self._least)

    def make(
        self, db: apsw.Connection, index: VectorIndex, stopped: Callable[[], bool] = never
    ) -> None:
        """Know what the index holds, or raise `Stopped`."""
        with self._guard:
            self._follow(db, index, stopped)

    def nearest(
        self,
        db: apsw.Connection,
        index: VectorIndex,
        vector: Vectors,
        limit: int,
        *,
        documents: Sequence[int] | None = None,
        collections: Sequence[int] | None = None,
    ) -> list[int] | None:
        """Chunks to compare, to find the `limit` that are nearest to the unit vector.

        Only chunks of these `documents` count, and of these `collections`. None where the index
        has too few vectors for it to be worth while.
        """
        with self._guard:
            self._follow(db, index, never)
            if self._mean is None:
                return None
            ranked = limit * RANKED
            places = self._inside(documents, collections)
            if len(places) > ranked:
                wanted = vector * SCALE - self._mean
                far = self._far(wanted)
                places = _first(far, places, 3 * len(wanted), ranked)
            chosen = self._nearest(vector, places, limit * COMPARED)
            found: list[int] = self._ids[chosen].tolist()
            return found

    # --- asking ----------------------------------------------------------------------------------

    def _far(self, wanted: Vectors) -> npt.NDArray[np.uint16]:
        """How far each vector is by its signs: a dimension in which it has another one than what
        is wanted counts 0 to 3, by how much is wanted there."""
        far = np.zeros(len(self._ids), np.uint16)
        signs = _packed(wanted[None, :] > 0)
        once, twice = (_packed(counts) for counts in _counts(wanted * self._step))
        for start in range(0, len(far), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            for words, *asked in zip(self._words, signs, once, twice, strict=True):
                (sign,), (one,), (two,) = asked
                other = words[part] ^ sign
                far[part] += np.bitwise_count(other & one)
                far[part] += np.bitwise_count(other & two) << np.uint8(1)
        return far

    def _nearest(self, vector: Vectors, places: Places, count: int) -> Places:
        """So many of these places, whose vectors are nearest by their four bits; in no order."""
        weights = np.pad(vector * self._step, (0, len(vector) % 2)).reshape(-1, 2)
        # A byte is 16 times its first number and its second one.
        whole, second = weights[:, 0] / 16, weights[:, 1] - weights[:, 0] / 16
        fit = np.empty(len(places), np.float32)
        for start in range(0, len(places), _RANKED_AT_ONCE):
            part = slice(start, start + _RANKED_AT_ONCE)
            codes = self._codes[places[part]]
            # `@` would start threads that spin for longer than this takes.
            fit[part] = np.einsum("ij,j->i", codes.astype(np.float32), whole)
            fit[part] += np.einsum("ij,j->i", (codes & 15).astype(np.float32), second)
        if count >= len(places):
            return places
        chosen: Places = places[np.argpartition(-fit, count)[:count]]
        return chosen

    def _inside(self, documents: Sequence[int] | None, collections: Sequence[int] | None) -> Places:
        """The places of what counts, in order."""
        inside = self._ids >= 0
        for rows, wanted in ((self._documents, documents), (self._collections, collections)):
            if wanted is not None:
                counts = np.zeros(max(int(rows.max(initial=0)), *wanted, 0) + 1, bool)
                counts[list(wanted)] = True
                inside &= counts[rows]
        return np.flatnonzero(inside)

    # --- keeping up ------------------------------------------------------------------------------

    def _follow(self, db: apsw.Connection, index: VectorIndex, stopped: Callable[[], bool]) -> None:
        """Know what the index holds now, as this connection sees it."""
        if index != self._index:
            self._seen.clear()
            self._clear()
        version = int(db.pragma("data_version"))
        if index == self._index and self._seen.get(db) == version:
            return
        try:
            if self._catch_up(db, index, stopped):
                self._seen.clear()  # the others may see an earlier state, or a later one
        except BaseException:
            self._index = None  # half of it may be known
            raise
        self._index = index
        self._seen[db] = version

    def _catch_up(
        self, db: apsw.Connection, index: VectorIndex, stopped: Callable[[], bool]
    ) -> bool:
        """Whether anything was not known."""
        parts = {
            row: (collection, taken, ids)
            for row, collection, taken, ids in fetch(
                db, f"SELECT chunk_id, partition00, validity, rowids FROM {index.table}_chunks"
            )
        }
        count = sum(int.from_bytes(taken).bit_count() for _, taken, _ in parts.values())
        if count < self._least:
            self._clear()
            return False
        if self._mean is None:
            self._mean, spread = _mean(db, index, list(parts), count)
            self._step = (_STEP * np.maximum(spread, 1e-3)).astype(np.float32)
            self._meant_for = count
        gone = self._parts.keys() - parts.keys()
        for row in gone:
            self._ids[self._at[row]] = -1
        changed = [row for row, part in parts.items() if self._parts.get(row) != part]
        self._make_room(changed, parts, index)
        for rows, vectors in _vectors(db, index, changed):
            if stopped():
                raise Stopped
            self._take(db, rows, [parts[row] for row in rows], vectors)
        self._parts = parts
        return bool(gone or changed)

    def _make_room(self, rows: Sequence[int], parts: dict[int, _Part], index: VectorIndex) -> None:
        for row in rows:
            if row not in self._at:
                size = len(parts[row][2]) // self._ids.itemsize
                self._at[row] = slice(self._end, self._end + size)
                self._end += size
        if self._end <= len(self._ids):
            return
        more = self._end + self._end // ROOM - len(self._ids)
        if not len(self._ids):
            self._words = np.empty((-(-index.dimensions // 64), 0), np.uint64)
            self._codes = np.empty((0, -(-index.dimensions // 2)), np.uint8)
        self._ids = np.pad(self._ids, (0, more), constant_values=-1)
        self._collections = np.pad(self._collections, (0, more))
        self._documents = np.pad(self._documents, (0, more))
        self._words = np.pad(self._words, ((0, 0), (0, more)))
        self._codes = np.pad(self._codes, ((0, more), (0, 0)))

    def _take(
        self,
        db: apsw.Connection,
        rows: Sequence[int],
        parts: Sequence[_Part],
        vectors: npt.NDArray[np.int8],
    ) -> None:
        assert self._mean is not None
        places = np.concatenate([np.r_[self._at[row]] for row in rows])
        bits = np.frombuffer(b"".join(taken for _, taken, _ in parts), np.uint8)
        valid = np.unpackbits(bits, bitorder="little").astype(bool)
        ids = np.frombuffer(b"".join(ids for *_, ids in parts), np.int64)
        ids = np.where(valid, ids, -1)
        self._ids[places] = ids
        sizes = [len(ids) // self._ids.itemsize for *_, ids in parts]
        self._collections[places] = np.repeat([collection for collection, *_ in parts], sizes)
        self._documents[places] = _documents(db, ids)
        steps = (vectors - self._mean) / self._step
        self._words[:, places] = _packed(steps > 0)
        self._codes[places] = _coded(steps)


def _counts(wanted: Vectors) -> Iterator[npt.NDArray[np.bool_]]:
    """Which dimensions count once, and which twice; in some they count both."""
    weights = np.abs(wanted)
    most = max(float(_MUCH * wanted.std()), 1e-9)
    counts = np.rint(np.minimum(weights / most, 1) * 3).astype(np.uint8)[None, :]
    yield counts & 1 > 0
    yield counts & 2 > 0


def _first(far: npt.NDArray[np.uint16], places: Places, farthest: int, limit: int) -> Places:
    """The `limit` of these places that are least far; not more, however many are alike."""
    far = far[places]
    counts = np.cumsum(np.bincount(far, minlength=farthest + 1))
    bound = int(np.searchsorted(counts, limit))
    nearer = np.flatnonzero(far < bound)
    alike = np.flatnonzero(far == bound)
    chosen: Places = places[np.concatenate([nearer, alike[: limit - len(nearer)]])]
    return chosen


def _coded(steps: Vectors) -> Codes:
    """(vectors, dimensions) numbers in steps from the mean -> two of them a byte."""
    codes = (np.floor(steps) + np.float32(8)).clip(0, 15).astype(np.uint8)
    if codes.shape[1] % 2:
        codes = np.pad(codes, ((0, 0), (0, 1)))
    coded: Codes = codes[:, ::2] << np.uint8(4) | codes[:, 1::2]
    return coded


def _documents(db: apsw.Connection, chunks: Ids) -> npt.NDArray[np.int32]:
    """The document of each chunk; 0 for one that is not there."""
    rows = fetch(
        db,
        "SELECT coalesce(c.document, 0) FROM json_each(?) wanted"
        " LEFT JOIN chunks c ON c.id = wanted.value ORDER BY wanted.key",
        (json.dumps(chunks.tolist()),),
    )
    return np.fromiter((row for (row,) in rows), np.int32, len(rows))


def _packed(signs: npt.NDArray[np.bool_]) -> npt.NDArray[np.uint64]:
    """(vectors, dimensions) -> (words of 64 bits, vectors)."""
    packed = np.packbits(signs, axis=1)
    return np.pad(packed, ((0, 0), (0, -packed.shape[1] % 8))).view(np.uint64).T


def _mean(
    db: apsw.Connection, index: VectorIndex, rows: Sequence[int], count: int
) -> tuple[Vectors, Vectors]:
    """The mean of vectors from all over the index, and how far each number deviates from it."""
    zeros = np.zeros(index.dimensions)
    total, squares, of = zeros, zeros, 0
    for _, vectors in _vectors(db, index, rows[:: max(count // SAMPLE, 1)]):
        made = vectors[vectors.any(axis=1)].astype(np.float64)  # places never taken are 0
        total = total + made.sum(axis=0)
        squares = squares + (made**2).sum(axis=0)
        of += len(made)
    mean = total / max(of, 1)
    spread = np.sqrt(np.maximum(squares / max(of, 1) - mean**2, 0))
    return mean.astype(np.float32), spread.astype(np.float32)


def _vectors(
    db: apsw.Connection, index: VectorIndex, rows: Sequence[int]
) -> Iterator[tuple[list[int], npt.NDArray[np.int8]]]:
    """The vectors in these parts of the index, those of places that are not taken among them."""
    for start in range(0, len(rows), _READ_AT_ONCE):
        found = fetch(
            db,
            f"SELECT rowid, vectors FROM {index.table}_vector_chunks00"
            " WHERE rowid IN (SELECT value FROM json_each(?))",
            (json.dumps(rows[start : start + _READ_AT_ONCE]),),
        )
        vectors = np.frombuffer(b"".join(vectors for _, vectors in found), np.int8)
        yield [row for row, _ in found], vectors.reshape(-1, index.dimensions)
