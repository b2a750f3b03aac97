"""Looking over the whole index: whether its parts agree, document by document, and mending it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from strongroom_engine.parts.sources import LibrarySources
from strongroom_engine.store import Store

REST_S = 2.0
"""Between two looks at leisure: a tenth of one processor at most is taken."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found: documents in all, those that had come apart and are mended, those of these
    that were read again for it, and what is wrong all the same, with how often."""

    documents: int
    mended: int
    read_again: int
    faults: dict[str, int] = field(default_factory=dict)


class LibraryChecking:
    """Every method may be called from any thread."""

    def __init__(self, store: Store, sources: LibrarySources) -> None:
        self._store, self._sources = store, sources

    def at_leisure(self, ended: Callable[[], bool]) -> None:
        """Look once at every document, a moment at a time, while nobody asks anything; and at every
        page of the library, if the last writer did not end well. Raises `LibraryDamaged`."""
        for source in self._store.sources():
            self._look(source.path, ended, self._rest)
        self._store.upkeep.read_pages(lambda worked_s: self._rest(worked_s, ended), ended)

    def check(self, ended: Callable[[], bool] = lambda: False) -> Checked:
        """Look at every document now, mend what has come apart, and read again what is lost."""
        mended = read_again = 0
        for source in self._store.sources():
            count, again = self._look(source.path, ended, lambda _worked_s, _ended: None)
            mended, read_again = mended + count, read_again + again
        self._sources.rescan(cancelled=ended)
        documents = sum(self._store.status().documents.values())
        return Checked(documents, mended, read_again, self._store.upkeep.faults())

    def _look(
        self,
        source: str,
        ended: Callable[[], bool],
        pause: Callable[[float, Callable[[], bool]], None],
    ) -> tuple[int, int]:
        """Look at all of a source; how many documents were mended, and are to be read again."""
        mended = read_again = 0
        over = False
        while not over and not ended():
            began = time.monotonic()
            count, again, over = self._store.reports.rounds.look(source, stops=ended)
            mended, read_again = mended + count, read_again + len(again)
            if not over:
                pause(time.monotonic() - began, ended)
        return mended, read_again

    def _rest(self, worked_s: float, ended: Callable[[], bool]) -> None:
        until = time.monotonic() + REST_S
        while time.monotonic() < until and not ended():
            self._sources.manners.wait(0.1)
        self._sources.manners.breathe(worked_s, ended)
