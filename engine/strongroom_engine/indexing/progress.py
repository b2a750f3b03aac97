"""How far indexing is, and how long it will take."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable

from strongroom_engine.store import Store
from strongroom_engine.types import Progress, Source, State

PROGRESS_EVERY_S = 0.2
RATE_WINDOW_S = 10.0
DOCUMENTS_WINDOW_S = 30.0
"""Longer than that of passages: documents come to their end in bursts."""
MIN_RATE_S = 2.0
"""Before so long no time left is guessed."""
FINISHED = 5


class Meter:
    """Counts what is done and tells it, not too often.

    A document is done when it is in the index with its meaning, or has a reason not to be. `rests`
    says why indexing rests, '' when it does not.
    """

    def __init__(
        self,
        store: Store,
        tell: Callable[[Progress | None], None],
        rests: Callable[[], str] = lambda: "",
    ) -> None:
        self._store = store
        self._tell = tell
        self._rests = rests
        self._lock = threading.Lock()
        self._telling = threading.Lock()  # so that nothing old is told after the rest
        self._at_work = False
        self._counting = False
        self._unread = 0
        self._parsed = self._chunks = self._before = 0  # since the count began
        self._reading: dict[str, None] = {}
        self._pages: dict[str, tuple[int, int]] = {}
        """The scanned page that text recognition is at, of how many, by its document."""
        self._finished: deque[str] = deque(maxlen=FINISHED)
        self._last = 0.0
        self._started = 0.0
        self._started_ms = 0
        self._embedded: deque[tuple[float, int]] = deque()
        self._done: deque[tuple[float, int]] = deque()

    def add(self, count: int) -> None:
        """So many more documents are to be read."""
        self._begin(count)
        with self._lock:
            self._unread += count
            self._at_work |= count > 0

    def _begin(self, count: int) -> None:
        """Count from here, unless something is being counted already."""
        if self._counting or not count:
            return
        readable = _count(self._store.sources(), State.READABLE)
        with self._lock:
            if self._counting:
                return
            self._counting = True
            self._parsed = self._chunks = 0
            self._before = readable
            self._finished.clear()
            self._started, self._started_ms = time.monotonic(), int(time.time() * 1000)

    def drop(self, count: int) -> None:
        """So many of them are not read after all, or not now."""
        with self._lock:
            self._unread -= count

    def reading(self, what: str) -> None:
        with self._lock:
            self._reading[what] = None
        self.tell()

    def recognising(self, what: str, page: int, pages: int) -> None:
        """Text recognition is at this of so many scanned pages of a document."""
        with self._lock:
            self._pages = {what: (page, pages)}
        self.tell()

    def parsed(self, what: str, chunks: int) -> None:
        """One was read, and so many passages of it are to be embedded."""
        with self._lock:
            self._reading.pop(what, None)
            self._pages.pop(what, None)
            self._finished.appendleft(what)
            self._parsed += 1
            self._unread -= 1
            self._chunks += chunks
        self.tell()

    def embedded(self, count: int) -> None:
        self._begin(count)
        now = time.monotonic()
        with self._lock:
            self._embedded.append((now, count))
            self._at_work = True
            while now - self._embedded[0][0] > RATE_WINDOW_S:
                self._embedded.popleft()
        self.tell()

    def rest(self) -> None:
        """Tell that all is done, or rests, if it is so: nothing is being parsed any more."""
        with self._telling:
            with self._lock:
                if self._unread:
                    return
                self._at_work = False
                self._embedded.clear()
                self._done.clear()
            resting = self._resting()
            with self._lock:
                self._counting = resting is not None or self._unread > 0
            self._tell(resting)

    def _resting(self) -> Progress | None:
        """What waits while indexing rests; None where nothing does."""
        why = self._rests()
        progress = self._progress(time.monotonic(), why) if why else None
        if progress is None or (progress.done >= progress.total and not progress.chunks_waiting):
            return None
        return progress

    def tell(self) -> None:
        now = time.monotonic()
        with self._lock:
            if now - self._last < PROGRESS_EVERY_S:
                return
            self._last = now
        with self._telling:
            if self._at_work:
                self._tell(self._progress(now))

    def _progress(self, now: float, paused: str = "") -> Progress:
        waiting = self._store.waiting_count()
        building = self._store.next_embedding_model()
        with self._lock:
            reading = tuple(self._reading)
            unread = self._unread
        if building is not None and not unread:
            return self._re_embedding(now, building.model, waiting, paused)
        sources = self._store.sources()
        counts = {source.path: _counted(source) for source in sources}
        by_source = {path: pair for path, pair in counts.items() if pair[0] < pair[1]}
        unfinished = sum(total - done for done, total in by_source.values())
        readable = _count(sources, State.READABLE)
        with self._lock:
            done = max(self._parsed + self._before - readable, 0)
            total = done + unfinished
            what = self._what(reading) if unread else ""
            page, pages = self._pages.get(what, (0, 0))
            return Progress(
                done=done,
                total=total,
                what=what,
                page=page,
                pages=pages,
                rate=0.0 if paused else self._documents_a_second(now, done),
                left_s=None if paused else self._left(now, waiting),
                chunks_waiting=waiting,
                by_source=by_source,
                reading=reading,
                finished=tuple(self._finished),
                chunk_rate=self._chunks_a_second(now),
                started_ms=self._started_ms,
                paused=paused,
            )

    def _what(self, reading: tuple[str, ...]) -> str:
        """What is read now, or was last: between two documents nothing is."""
        return next(iter((*reading, *self._finished)), "")

    def _re_embedding(self, now: float, model: str, waiting: int, paused: str) -> Progress:
        """How many of all passages have the embedding of the model to come."""
        total = max(self._store.chunk_count(), waiting)
        with self._lock:
            rate = self._chunks_a_second(now)
        left = waiting / rate if rate else None
        return Progress(
            total - waiting,
            total,
            "",
            rate,
            left,
            chunks_waiting=waiting,
            model=model,
            chunk_rate=rate,
            started_ms=self._started_ms,
            paused=paused,
        )

    def _documents_a_second(self, now: float, done: int) -> float:
        """At the rate of the last half minute; since the work began, where that is less long ago."""
        if self._done and done < self._done[-1][1]:
            self._done.clear()  # another count
        self._done.append((now, done))
        while now - self._done[0][0] > DOCUMENTS_WINDOW_S:
            self._done.popleft()
        since, before = self._done[0]
        return (done - before) / max(now - since, 1e-3)

    def _chunks_a_second(self, now: float) -> float:
        """At the rate of the last seconds."""
        if not self._embedded:
            return 0.0
        span = max(now - self._embedded[0][0], 0.5)
        return sum(count for _, count in self._embedded) / span

    def _left(self, now: float, waiting: int) -> float | None:
        """Seconds until all is embedded: chunks that wait and those still to come, at the rate of
        the last seconds. None until there is a rate to speak of."""
        unread = self._unread
        rate = self._chunks_a_second(now)
        if not rate or now - self._started < MIN_RATE_S or (unread > 0 and not self._parsed):
            return None
        to_come = self._chunks / self._parsed * unread if unread > 0 else 0.0
        return (waiting + to_come) / rate


def _count(sources: Iterable[Source], state: State) -> int:
    return sum(source.counts.get(state, 0) for source in sources)


def _counted(source: Source) -> tuple[int, int]:
    """(done, all) documents of a source."""
    total = sum(source.counts.values())
    waiting = source.counts.get(State.PENDING, 0) + source.counts.get(State.READABLE, 0)
    return total - waiting, total
