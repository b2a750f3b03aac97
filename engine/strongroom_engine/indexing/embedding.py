"""The thread that embeds: it takes whatever passages the store says have no vector yet.

That queue is the store itself, so a crash loses nothing and a new embedding model is the same work:
its vectors are made in the background, and the store lets it answer when the last one is there.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Protocol

from strongroom_engine.errors import Cancelled, LibraryModelMissing, StrongroomError
from strongroom_engine.faults import trace_without_text
from strongroom_engine.indexing.manners import Manners
from strongroom_engine.indexing.progress import Meter
from strongroom_engine.indexing.putting import Putting
from strongroom_engine.models.embedder import Embedder
from strongroom_engine.models.hardware import cores
from strongroom_engine.processes import lower_thread_priority
from strongroom_engine.store import Store

log = logging.getLogger(__name__)

EMBED_ROUND = 256
"""Chunks taken from the store at a time: sorted by length they make even batches."""
EMBED_SLICE = 8
"""Chunks embedded at first between two looks at whether to stop …"""
SLICE_S = 0.25
"""… and then so many as take so long: cores wait for each other at the end of each slice, and who
asks a question or pauses waits for the slice."""


class Models(Protocol):
    """The embedding models of the library, asked for anew each time: it may get another one."""

    def wanted(self) -> Embedder:
        """The one that passages are embedded with."""
        ...

    def measuring(self) -> Embedder:
        """The one whose tokens chunks are measured in."""
        ...


class Embedding:
    """Embeds what waits, from its making on until `stopping` is set.

    `on_change` is called after it has come to rest, `on_trouble` when it stopped over something: it
    goes on when `more` is called.
    """

    def __init__(
        self,
        store: Store,
        models: Models,
        manners: Manners,
        meter: Meter,
        *,
        stopping: threading.Event,
        on_change: Callable[[], None],
        on_trouble: Callable[[StrongroomError], None],
    ) -> None:
        self._store = store
        self._models = models
        self._manners = manners
        self._meter = meter
        self._stopping = stopping
        self._on_change = on_change
        self._on_trouble = on_trouble
        self._putting = Putting(store, meter.embedded)
        self._work = threading.Event()
        self._idle = threading.Event()
        self._turn = threading.Lock()  # over `_work`, `_idle` and `failure` together
        self.failure: Exception | None = None
        """What stopped it."""
        self._thread = threading.Thread(target=self._embed_forever, name="embed", daemon=True)
        self._thread.start()
        self._work.set()

    @property
    def rests(self) -> bool:
        """Whether nothing is being embedded."""
        return self._idle.is_set()

    def wait(self, cancelled: Callable[[], bool], enough: Callable[[], bool]) -> None:
        """Return when every chunk has its embedding, or indexing rests, or that is `enough`.

        Raises what stopped the embedding.
        """
        while not self._idle.wait(0.1):
            if enough():
                return
            if (failure := self.failure) is not None:
                raise failure
            if cancelled() or self._stopping.is_set():
                raise Cancelled

    def more(self) -> None:
        """Embed what waits now."""
        with self._turn:
            self.failure = None
            self._idle.clear()
            self._work.set()

    def wake(self) -> None:
        """Let it see that it is to stop."""
        self._work.set()

    def join(self) -> None:
        self._thread.join()

    # --- the thread ------------------------------------------------------------------------------

    def _embed_forever(self) -> None:
        lower_thread_priority()
        try:
            self._embed_until_stopped()
        finally:
            self._putting.close()

    def _embed_until_stopped(self) -> None:
        while not self._stopping.is_set():
            self._work.wait()
            self._work.clear()
            try:
                while self._goes_on() and self._store.renew():
                    pass
                while self._goes_on() and self._embed_round():
                    pass
            except Exception as exc:  # whoever waits for the embeddings must hear of it
                self._fail(exc)
                continue
            with self._turn:
                if self._work.is_set():
                    continue
                self._idle.set()
            self._meter.rest()
            self._on_change()

    def _goes_on(self) -> bool:
        return not (self._stopping.is_set() or self._manners.rests)

    def _fail(self, failure: Exception) -> None:
        log.warning("embedding stopped: %s", trace_without_text(failure))
        with self._turn:
            self.failure = failure
        if isinstance(failure, StrongroomError):
            self._on_trouble(failure)

    def _embed_round(self) -> bool:
        """Embed some of what waits; False when nothing does."""
        waiting = self._store.waiting(EMBED_ROUND)
        if not waiting:
            return False
        embedder = self._embedder()
        waiting.sort(key=lambda item: len(item[1]))
        try:
            return self._embed_all(waiting, embedder)
        finally:
            self._putting.finish()  # before it is asked again what waits

    def _embedder(self) -> Embedder:
        """The one that is wanted; raises `LibraryModelMissing` where there is only another."""
        for _ in range(3):  # another one may be chosen meanwhile
            embedder = self._models.wanted()
            wanted = self._store.wanted_embedding_model().model
            if embedder.model == wanted:
                return embedder
        raise LibraryModelMissing(model=wanted, here=embedder.model)

    def _embed_all(self, waiting: list[tuple[int, str]], embedder: Embedder) -> bool:
        """False when the work ended or rests before all were embedded."""
        worked_s, at, size = 0.0, 0, EMBED_SLICE
        while at < len(waiting):
            self._manners.breathe(worked_s, self._stopping.is_set)
            if not self._goes_on():
                return False
            began = time.monotonic()
            part = waiting[at : at + size]
            vectors = embedder.embed([passage for _, passage in part])
            worked_s = time.monotonic() - began
            self._putting.add([chunk_id for chunk_id, _ in part], vectors, embedder.model)
            at += size
            size = _next_size(len(part), worked_s)
        return True


def _next_size(size: int, took_s: float) -> int:
    """How many are embedded next, after so many took so long: at least one for each core."""
    wanted = round(size * SLICE_S / max(took_s, 1e-3))
    return max(min(wanted, 2 * size), cores())
