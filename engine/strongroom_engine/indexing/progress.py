"""How far indexing is, and how long it will take."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

from strongroom_engine.store import Store
from strongroom_engine.types import Progress, State

PROGRESS_EVERY_S = 0.2
RATE_WINDOW_S = 10.0
MIN_RATE_S = 2.0
"""Before so long no time left is guessed."""


class Meter:
    """Counts what is done and tells it, not too often.

    A document is done when it is in the index with its meaning, or has a reason not to be.
    """

    def __init__(self, store: Store, tell: Callable[[Progress | None], None]) -> None:
        self._store = store
        self._tell = tell
        self._lock = threading.Lock()
        self._telling = threading.Lock()  # so that nothing old is told after the rest
        self._at_work = False
        self._total = self._parsed = self._chunks = 0  # since the count began
        self._what = ""
        self._last = 0.0
        self._started = 0.0
        self._embedded: deque[tuple[float, int]] = deque()

    def add(self, count: int) -> None:
        """So many more documents are to be read."""
        with self._lock:
            if self._parsed >= self._total:
                self._total = self._parsed = self._chunks = 0
                self._started = time.monotonic()
            self._total += count
            self._at_work |= count > 0

    def drop(self, count: int) -> None:
        with self._lock:
            self._total -= count

    def reading(self, what: str) -> None:
        with self._lock:
            self._what = what
        self.tell()

    def parsed(self) -> None:
        with self._lock:
            self._parsed += 1
        self.tell()

    def embedded(self, count: int) -> None:
        now = time.monotonic()
        with self._lock:
            self._embedded.append((now, count))
            self._chunks += count
            self._at_work = True
            while now - self._embedded[0][0] > RATE_WINDOW_S:
                self._embedded.popleft()
        self.tell()

    def rest(self) -> None:
        """Tell that all is done, if it is: nothing is being parsed any more."""
        with self._telling:
            with self._lock:
                if self._parsed < self._total:
                    return
                self._at_work = False
            self._tell(None)

    def tell(self) -> None:
        now = time.monotonic()
        with self._lock:
            if now - self._last < PROGRESS_EVERY_S:
                return
            self._last = now
        with self._telling:
            if self._at_work:
                self._tell(self._progress(now))

    def _progress(self, now: float) -> Progress:
        waiting = self._store.waiting_count()
        building = self._store.next_embedding_model()
        with self._lock:
            reading = self._parsed < self._total
        if building is not None and not reading:
            return self._re_embedding(now, building.model, waiting)
        counts = [source.counts for source in self._store.sources()]
        unfinished = sum(c.get(State.PENDING, 0) + c.get(State.READABLE, 0) for c in counts)
        with self._lock:
            total = max(self._total, unfinished)
            done = total - unfinished
            return Progress(
                done=done,
                total=total,
                what=self._what if reading else "",
                rate=done / max(now - self._started, 1e-3),
                left_s=self._left(now, waiting),
                chunks_waiting=waiting,
            )

    def _re_embedding(self, now: float, model: str, waiting: int) -> Progress:
        """How many of all passages have the embedding of the model to come."""
        total = max(self._store.chunk_count(), waiting)
        with self._lock:
            rate = self._chunks_a_second(now)
        left = waiting / rate if rate else None
        done = total - waiting
        return Progress(done, total, "", rate, left, chunks_waiting=waiting, model=model)

    def _chunks_a_second(self, now: float) -> float:
        """At the rate of the last seconds."""
        if not self._embedded:
            return 0.0
        span = max(now - self._embedded[0][0], 0.5)
        return sum(count for _, count in self._embedded) / span

    def _left(self, now: float, waiting: int) -> float | None:
        """Seconds until all is embedded: chunks that wait and those still to come, at the rate of
        the last seconds. None until there is a rate to speak of."""
        if not self._embedded or not self._parsed or now - self._started < MIN_RATE_S:
            return None
        each = (self._chunks + waiting) / self._parsed
        to_come = each * max(self._total - self._parsed, 0)
        return (waiting + to_come) / self._chunks_a_second(now)
