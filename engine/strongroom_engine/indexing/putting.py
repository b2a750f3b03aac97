"""Vectors on their way into the store: a few slices in one transaction, while the next are made.

A commit waits for the disk, and what it completes is looked at whether it can be found: with one
for every slice the model stood still for a third of the time (tests/bench/bench_indexing.py).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np

from strongroom_engine.processes import lower_thread_priority
from strongroom_engine.store import Store

COMMIT_EVERY_S = 0.3
"""So much work a crash costs at most, beside the slice in hand."""
COMMIT_AT_MOST = 256
"""Vectors in one transaction: others wait to write meanwhile."""

Tell = Callable[[int], None]


class Putting:
    """Used by one thread. What putting them raises, it raises with the next vectors or at the end.

    `tell` hears, from the thread that puts them, how many are in the store.
    """

    def __init__(self, store: Store, tell: Tell) -> None:
        self._store = store
        self._tell = tell
        self._thread = ThreadPoolExecutor(1, "vectors", lower_thread_priority)
        self._model = ""
        self._ids: list[int] = []
        self._vectors: list[np.ndarray] = []
        self._last_s = -COMMIT_EVERY_S
        self._under_way: Future[None] | None = None

    def add(self, ids: Sequence[int], vectors: np.ndarray, model: str) -> None:
        """Put these vectors of a model into the store, now or with those that follow."""
        if model != self._model:
            self.finish()
            self._model = model
        self._ids += ids
        self._vectors.append(vectors)
        due = time.monotonic() - self._last_s >= COMMIT_EVERY_S
        if due or len(self._ids) >= COMMIT_AT_MOST:
            self._begin()

    def finish(self) -> None:
        """Return when all are in the store."""
        self._begin()
        self._wait()

    def close(self) -> None:
        self._thread.shutdown()

    def _begin(self) -> None:
        self._wait()
        if self._ids:
            ids, vectors = self._ids, np.concatenate(self._vectors)
            self._ids, self._vectors = [], []
            self._last_s = time.monotonic()
            self._under_way = self._thread.submit(self._put, ids, vectors, self._model)

    def _wait(self) -> None:
        before, self._under_way = self._under_way, None
        if before is not None:
            before.result()

    def _put(self, ids: Sequence[int], vectors: np.ndarray, model: str) -> None:
        self._store.put_embeddings(ids, vectors, model)
        self._tell(len(ids))
