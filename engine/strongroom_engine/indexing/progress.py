"""How far indexing is, and how long it will take."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from strongroom_engine.indexing.estimating import Estimate, Smoothed
from strongroom_engine.store import Store
from strongroom_engine.types import FileFacts, Progress, Source, State, under_way

PROGRESS_EVERY_S = 0.2
RATE_WINDOW_S = 30.0
"""Passages come in slices, documents to their end in bursts."""
MIN_RATE_S = 2.0
"""Before so long no time left is guessed."""
COUNTING_SHARE = 0.03
"""Counting 100,000 documents and a million passages takes 50 ms: what was counted holds so long
that this is at most this share of the time."""
FINISHED = 5


@dataclass(frozen=True, slots=True)
class _Counts:
    """What the store said, `at` a time, when so many had been read, so many chunks come of them,
    and so many been embedded."""

    at: float
    cost_s: float
    parsed: int
    chunks: int
    embedded: int
    waiting: int
    model: str
    """The embedding model that is being built, '' where none is."""
    passages: int
    """All chunks, where one is being built."""
    sources: tuple[Source, ...]

    def holds(self, now: float) -> bool:
        return now - self.at < max(PROGRESS_EVERY_S, self.cost_s / COUNTING_SHARE)


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
        self._estimate = Estimate()
        self._parsed = self._chunks = self._made = self._pages = 0  # since the count began
        self._before = 0
        self._reading: dict[str, float] = {}
        """What is read now, with when that began."""
        self._reading_s = self._reading_since = 0.0
        """How long anything was being read; since when it is now."""
        self._scanned: dict[str, tuple[int, int]] = {}
        """The scanned page that text recognition is at, of how many, by its document."""
        self._cut: dict[str, float] = {}
        """How much of what is read now is divided into passages."""
        self._finished: deque[str] = deque(maxlen=FINISHED)
        self._last = 0.0
        self._started = 0.0
        self._started_ms = 0
        self._embedded: deque[tuple[float, int]] = deque()
        self._done: deque[tuple[float, int]] = deque()
        self._counts: _Counts | None = None
        self._left = Smoothed()
        self._share = 0.0
        self._total = 0

    # --- what happens ----------------------------------------------------------------------------

    def add(self, files: Collection[FileFacts]) -> None:
        """These are to be read."""
        self._begin(len(files))
        with self._lock:
            self._estimate.add(files)
            self._unread += len(files)
            self._at_work |= bool(files)

    def _begin(self, count: int) -> None:
        """Count from here, unless something is being counted already."""
        if self._counting or not count:
            return
        readable = _count(self._store.sources(), State.READABLE)
        with self._lock:
            if self._counting:
                return
            self._counting = True
            self._parsed = self._chunks = self._made = self._pages = 0
            self._before = readable
            self._estimate.begin()
            self._reading_s = 0.0
            self._counts, self._share, self._total = None, 0.0, 0
            self._left.reset()
            self._finished.clear()
            self._started, self._started_ms = time.monotonic(), int(time.time() * 1000)

    def drop(self, files: Collection[FileFacts]) -> None:
        """These are not read after all, or not now."""
        with self._lock:
            self._estimate.drop(files)
            self._unread -= len(files)
            self._total = max(self._total - len(files), 0)

    def reading(self, what: str) -> None:
        with self._lock:
            now = time.monotonic()
            if not self._reading:
                self._reading_since = now
            self._reading[what] = now
        self.tell()

    def recognising(self, what: str, page: int, pages: int) -> None:
        """Text recognition is at this of so many scanned pages of a document."""
        with self._lock:
            self._scanned = {what: (page, pages)}
        self.tell()

    def cut(self, what: str, share: float) -> None:
        """So much of a document, from 0 to 1, is divided into passages; with 1 they are stored."""
        with self._lock:
            self._cut[what] = share
        self.tell()

    def parsed(self, facts: FileFacts, chunks: int, pages: int) -> None:
        """One was read: so many pages, and so many passages of it are to be embedded."""
        with self._lock:
            now = time.monotonic()
            took_s = now - self._reading.pop(facts.path, now)
            if not self._reading:
                self._reading_s += now - self._reading_since
            self._scanned.pop(facts.path, None)
            self._cut.pop(facts.path, None)
            self._finished.appendleft(facts.path)
            self._estimate.read(facts, chunks, took_s)
            self._parsed += 1
            self._unread -= 1
            self._chunks += chunks
            self._pages += pages
        self.tell()

    def embedded(self, count: int) -> None:
        self._begin(count)
        now = time.monotonic()
        with self._lock:
            self._made += count
            self._embedded.append((now, count))
            self._at_work = True
            while now - self._embedded[0][0] > RATE_WINDOW_S:
                self._embedded.popleft()
        self.tell()

    # --- what is told ----------------------------------------------------------------------------

    def rest(self) -> None:
        """Tell that all is done, or rests, if it is so: nothing is being parsed any more."""
        with self._telling:
            with self._lock:
                if self._unread:
                    return
                self._at_work = False
                self._embedded.clear()
                self._done.clear()
                self._counts = None
            resting = self._resting()
            with self._lock:
                self._counting = resting is not None or self._unread > 0
            self._tell(resting)

    def _resting(self) -> Progress | None:
        """What waits while indexing rests; None where nothing does."""
        why = self._rests()
        progress = self._progress(time.monotonic()) if why else None
        if progress is None or (progress.done >= progress.total and not progress.chunks_waiting):
            return None
        return replace(progress, rate=0.0, left_s=None, paused=why)

    def tell(self) -> None:
        now = time.monotonic()
        with self._lock:
            if now - self._last < PROGRESS_EVERY_S:
                return
            self._last = now
        with self._telling:
            progress = self._progress(now) if self._at_work else None
            if progress is not None and progress.total:  # the last may have been done meanwhile
                self._tell(progress)

    def _progress(self, now: float) -> Progress:
        counts = self._counted(now)
        with self._lock:
            reading = dict(self._reading)
            # What the store did not count yet; what was embedded may not have been read since.
            waiting = counts.waiting + (self._chunks - counts.chunks)
            waiting = max(waiting - (self._made - counts.embedded), 0)
            rate = self._chunks_a_second(now)
            if counts.model and not self._unread:
                return self._re_embedding(counts, waiting, rate)
            by_source = dict(_unfinished(counts.sources))
            unfinished = sum(total - done for done, total in by_source.values())
            said = max(counts.parsed + self._before - _count(counts.sources, State.READABLE), 0)
            # What is in the store and not yet said to be read counts still.
            self._total = max(self._total, said + unfinished)
            done = self._total - unfinished
            what = self._what(reading) if self._unread else ""
            page, pages = self._scanned.get(what, (0, 0))
            left = self._left_s(now, waiting, rate)
            return Progress(
                done=done,
                total=self._total,
                what=what,
                page=page,
                pages=pages,
                rate=self._documents_a_second(now, done),
                left_s=self._left.follow(left, now),
                chunks_waiting=waiting,
                by_source=by_source,
                reading=tuple(reading),
                finished=tuple(self._finished),
                chunk_rate=rate,
                started_ms=self._started_ms,
                share=self._share_done(done, unfinished, waiting),
                reading_s=now - reading[what] if what in reading else 0.0,
                cut=self._cut.get(what, 0.0),
                pages_read=self._pages,
                chunks_done=self._made,
            )

    def _counted(self, now: float) -> _Counts:
        """What the store says; what it said, where that is dear and not long ago."""
        if self._counts is not None and self._counts.holds(now):
            return self._counts
        with self._lock:
            parsed, chunks, embedded = self._parsed, self._chunks, self._made
        began = time.monotonic()
        # Before what waits: what is embedded between the two is not yet done, and waits no more.
        sources = self._store.sources()
        building = self._store.next_embedding_model()
        counts = _Counts(
            at=now,
            cost_s=0.0,
            parsed=parsed,
            chunks=chunks,
            embedded=embedded,
            waiting=self._store.waiting_count(),
            model=building.model if building else "",
            passages=self._store.chunk_count() if building else 0,
            sources=sources,
        )
        self._counts = replace(counts, cost_s=time.monotonic() - began)
        return self._counts

    def _what(self, reading: Iterable[str]) -> str:
        """What is read now, or was last: between two documents nothing is."""
        return next(iter((*reading, *self._finished)), "")

    def _re_embedding(self, counts: _Counts, waiting: int, rate: float) -> Progress:
        """How many of all passages have the embedding of the model to come."""
        total = max(counts.passages, waiting)
        return Progress(
            total - waiting,
            total,
            "",
            rate,
            waiting / rate if rate else None,
            chunks_waiting=waiting,
            model=counts.model,
            chunk_rate=rate,
            started_ms=self._started_ms,
            share=(total - waiting) / max(total, 1),
            chunks_done=self._made,
        )

    def _documents_a_second(self, now: float, done: int) -> float:
        """At the rate of the last half minute; since the work began, where that is less long ago."""
        if self._done and done < self._done[-1][1]:
            self._done.clear()  # another count
        self._done.append((now, done))
        while now - self._done[0][0] > RATE_WINDOW_S:
            self._done.popleft()
        since, before = self._done[0]
        return (done - before) / max(now - since, 1e-3)

    def _chunks_a_second(self, now: float) -> float:
        """At the rate of the last half minute."""
        if not self._embedded:
            return 0.0
        span = max(now - self._embedded[0][0], 0.5)
        return sum(count for _, count in self._embedded) / span

    # --- guessing --------------------------------------------------------------------------------

    def _left_s(self, now: float, waiting: int, rate: float) -> float | None:
        """Seconds until all is read and embedded, which go on side by side. None until there is a
        rate to speak of."""
        if now - self._started < MIN_RATE_S or not self._estimate.knows:
            return None
        to_embed = waiting + self._estimate.chunks_to_come()
        if to_embed and not rate:
            return None
        return max(to_embed / rate if to_embed else 0.0, self._reading_left_s(now))

    def _reading_left_s(self, now: float) -> float:
        so_far = self._reading_s + (now - self._reading_since if self._reading else 0.0)
        return self._estimate.seconds_to_come() * so_far / max(self._estimate.read_s, 1e-3)

    def _share_done(self, done: int, unfinished: int, waiting: int) -> float:
        """Of documents and passages together: a book does not weigh as much as a note. It never
        goes back while the same work goes on."""
        to_come = unfinished + waiting + self._estimate.chunks_to_come()
        so_far = done + self._made
        share = so_far / max(so_far + to_come, 1)
        self._share = max(self._share, min(share, 0.99) if to_come else 1.0)
        return self._share


def _count(sources: Iterable[Source], state: State) -> int:
    return sum(source.counts.get(state, 0) for source in sources)


def _unfinished(sources: Iterable[Source]) -> Iterable[tuple[str, tuple[int, int]]]:
    """(done, all) documents of each source in which some are not done, by its path."""
    for source in sources:
        total = sum(source.counts.values())
        waiting = under_way(source.counts)
        if waiting:
            yield source.path, (total - waiting, total)
