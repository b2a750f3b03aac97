"""The signs of the vectors, in memory: which chunks may be near, before any vector is read.

An exact scan reads and decrypts every vector for every question: more than a second for a
million. Two bits for each dimension say enough to choose some hundreds of them: the sign, by which
all are compared, and whether the number is large, by which the best of these are ranked. A million
take 96 MB. What is chosen is then read from the database by the one who asks: signs of a state
just passed cost at most a neighbour, and no wrong hit can come of them. So nothing is kept on
disk; the signs are made at the first question, and after that only of what has changed.

Signs say nothing where all vectors point the same way, as those of some models do; so they are of
the vectors less their mean. Of the nearest ten of noisy vectors of multilingual-e5-small, up to a
million, at least .98 were found, of the nearest hundred .91 to .99 (few questions). A random
rotation before gave nothing.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from weakref import WeakKeyDictionary

import apsw
import numpy as np
import numpy.typing as npt

from strongroom_engine.store.connection import fetch
from strongroom_engine.store.indexes import VectorIndex
from strongroom_engine.store.vectors import SCALE, Vectors

LEAST = 20_000
"""An exact scan of fewer vectors is as quick."""
SAMPLE = 20_000
"""Vectors that the mean is taken of."""
COMPARED, WIDER = 8, 8
"""So many vectors are to be compared for each that is wanted, and ranked for each of these."""
MANY = 300_000
"""Of so many vectors twice as many are compared."""
_LEVELS = np.array([-0.4528, 0.4528, -1.51, 1.51], np.float32)
_LARGE = 0.9816
"""What two bits say best of a normally distributed number: small, or large from so many standard
deviations on."""
GROWTH = 2
"""The mean is taken again when there are so many times as many."""
_AT_ONCE = 1 << 15
"""Signs that are compared at once: they stay in the processor's cache."""
_READ_AT_ONCE = 32
"""Parts of the index."""

Ids = npt.NDArray[np.int64]
Places = npt.NDArray[np.intp]
_Part = tuple[int, bytes, bytes]


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
        self._bounds: tuple[npt.NDArray[np.int8], ...] = ()
        """What is more than the mean, and much more or less, is more than these whole numbers."""
        self._meant_for = 0
        self._ids: Ids = np.empty(0, np.int64)
        self._collections: Ids = np.empty(0, np.int64)
        self._words: npt.NDArray[np.uint64] = np.empty((0, 0), np.uint64)

    def nearest(
        self,
        db: apsw.Connection,
        index: VectorIndex,
        vector: Vectors,
        limit: int,
        *,
        within: Sequence[int] | None = None,
        collections: Sequence[int] | None = None,
    ) -> list[int] | None:
        """Chunks to compare, to find the `limit` that are nearest to the unit vector.

        `within` are the only chunks that count, `collections` the only partitions. None where the
        index has too few vectors for it to be worth while.
        """
        with self._guard:
            self._follow(db, index)
            if self._mean is None:
                return None
            wanted = vector * SCALE - self._mean
            allowed = self._allowed(within, collections)
            most = limit * COMPARED * (2 if len(self._ids) > MANY else 1)
            places = _first(self._far(wanted), allowed, WIDER * most)
            found: list[int] = self._ids[self._ranked(wanted, places)[:most]].tolist()
            return found

    # --- asking ----------------------------------------------------------------------------------

    def _far(self, wanted: Vectors) -> npt.NDArray[np.uint16]:
        """In how many dimensions each vector has another sign."""
        far = np.empty(len(self._ids), np.uint16)
        signs = _packed(wanted[None, :] > 0)
        for start in range(0, len(far), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            far[part] = 0
            for words, (word,) in zip(self._words, signs, strict=False):
                far[part] += np.bitwise_count(words[part] ^ word)
        return far

    def _ranked(self, wanted: Vectors, places: Places) -> Places:
        """These places, the ones first whose two bits fit best to the numbers that are wanted."""
        packed = np.ascontiguousarray(self._words[:, places].T).view(np.uint8)
        bits = np.unpackbits(packed, axis=1).reshape(len(places), 2, 32 * len(self._words))
        bits = bits[:, :, : len(wanted)]
        fit = _LEVELS[bits[:, 0] + 2 * bits[:, 1]] @ wanted
        ranked: Places = places[np.argsort(-fit, kind="stable")]
        return ranked

    def _allowed(
        self, within: Sequence[int] | None, collections: Sequence[int] | None
    ) -> npt.NDArray[np.bool_]:
        allowed = self._ids >= 0
        if within is not None:
            allowed &= np.isin(self._ids, np.asarray(within, np.int64))
        if collections is not None:
            allowed &= np.isin(self._collections, np.asarray(collections, np.int64))
        return allowed

    # --- keeping up ------------------------------------------------------------------------------

    def _follow(self, db: apsw.Connection, index: VectorIndex) -> None:
        """Know what the index holds now, as this connection sees it."""
        if index != self._index:
            self._index = index
            self._seen.clear()
            self._clear()
        version = int(db.pragma("data_version"))
        if self._seen.get(db) == version:
            return
        try:
            if self._catch_up(db, index):
                self._seen.clear()  # the others may see an earlier state, or a later one
        except BaseException:
            self._index = None  # half of it may be known
            raise
        self._seen[db] = version

    def _catch_up(self, db: apsw.Connection, index: VectorIndex) -> bool:
        """Whether anything was not known."""
        parts = {
            row: (collection, taken, ids)
            for row, collection, taken, ids in fetch(
                db, f"SELECT chunk_id, partition00, validity, rowids FROM {index.table}_chunks"
            )
        }
        count = sum(int.from_bytes(taken).bit_count() for _, taken, _ in parts.values())
        if count > GROWTH * self._meant_for or count < self._least:
            self._clear()
        if count < self._least:
            return False
        if self._mean is None:
            self._mean, spread = _mean(db, index, list(parts), count)
            steps = _LARGE * spread * np.array([-1, 0, 1])
            bounds = np.floor(self._mean + steps[:, None]).clip(-128, 127)
            self._bounds, self._meant_for = tuple(bounds.astype(np.int8)), count
        gone = self._parts.keys() - parts.keys()
        for row in gone:
            self._ids[self._at[row]] = -1
        changed = [row for row, part in parts.items() if self._parts.get(row) != part]
        self._make_room(changed, parts, index)
        for rows, vectors in _vectors(db, index, changed):
            self._take(rows, [parts[row] for row in rows], vectors)
        self._parts = parts
        return bool(gone or changed)

    def _make_room(self, rows: Sequence[int], parts: dict[int, _Part], index: VectorIndex) -> None:
        end = len(self._ids)
        for row in rows:
            if row not in self._at:
                size = len(parts[row][2]) // self._ids.itemsize
                self._at[row] = slice(end, end + size)
                end += size
        more = end - len(self._ids)
        if not more:
            return
        words = self._words if self._words.size else np.empty((2 * -(-index.dimensions // 64), 0))
        self._ids = np.concatenate([self._ids, np.full(more, -1, np.int64)])
        self._collections = np.concatenate([self._collections, np.zeros(more, np.int64)])
        self._words = np.concatenate(
            [words.astype(np.uint64), np.zeros((len(words), more), np.uint64)], axis=1
        )

    def _take(
        self, rows: Sequence[int], parts: Sequence[_Part], vectors: npt.NDArray[np.int8]
    ) -> None:
        places = np.concatenate([np.r_[self._at[row]] for row in rows])
        bits = np.frombuffer(b"".join(taken for _, taken, _ in parts), np.uint8)
        ids = np.frombuffer(b"".join(ids for *_, ids in parts), np.int64)
        valid = np.unpackbits(bits, bitorder="little").astype(bool)
        self._ids[places] = np.where(valid, ids, -1)
        sizes = [len(ids) // self._ids.itemsize for *_, ids in parts]
        self._collections[places] = np.repeat([collection for collection, *_ in parts], sizes)
        low, middle, high = self._bounds
        large = (vectors > high) | (vectors <= low)
        self._words[:, places] = np.concatenate([_packed(vectors > middle), _packed(large)])


def _first(far: npt.NDArray[np.uint16], allowed: npt.NDArray[np.bool_], limit: int) -> Places:
    """The `limit` allowed places that are least far; not more, however many are alike."""
    counts = np.cumsum(np.bincount(far[allowed]))
    bound = int(np.searchsorted(counts, limit))
    nearer = np.flatnonzero(allowed & (far < bound))
    alike = np.flatnonzero(allowed & (far == bound))
    return np.concatenate([nearer, alike[: limit - len(nearer)]])


def _packed(signs: npt.NDArray[np.bool_]) -> npt.NDArray[np.uint64]:
    """(vectors, dimensions) -> (words of 64 bits, vectors)."""
    packed = np.packbits(signs, axis=1)
    return np.pad(packed, ((0, 0), (0, -packed.shape[1] % 8))).view(np.uint64).T


def _mean(
    db: apsw.Connection, index: VectorIndex, rows: Sequence[int], count: int
) -> tuple[Vectors, float]:
    """The mean of vectors from all over the index, and the deviation of their numbers from it."""
    total, squares, of = np.zeros(index.dimensions), 0.0, 0
    for _, vectors in _vectors(db, index, rows[:: max(count // SAMPLE, 1)]):
        made = vectors[vectors.any(axis=1)].astype(np.float64)  # places never taken are 0
        total += made.sum(axis=0)
        squares += float((made**2).sum())
        of += len(made)
    mean = total / max(of, 1)
    variance = squares / max(of * index.dimensions, 1) - float((mean**2).mean())
    return mean.astype(np.float32), float(np.sqrt(max(variance, 0)))


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
