"""A document that ends Strongroom itself, or the whole computer, does not do so at each start.

What was being read when Strongroom ended without closing is read after everything else, and alone:
it may have been another one. What ended it then, too, is put aside until it changes or the user
wants it read again.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress

from strongroom_engine import __version__
from strongroom_engine.errors import DocumentProblem, EndedStrongroom, StrongroomError
from strongroom_engine.store import Store
from strongroom_engine.types import FileFacts

NOTED_AFTER_S = 1.0
"""Reading that takes less is not noted: few documents take longer, and what it takes to end
Strongroom (memory, time) is not used up in less."""
MOST = 2


class Attempts:
    """Which documents are being read. One per library."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._suspects: frozenset[str] = frozenset()
        self._changed = threading.Condition()
        self._reading = 0
        self._alone = False
        self._renewed = False

    def renew(self) -> None:
        """Let what an earlier Strongroom could not read be read again, once."""
        if not self._renewed:
            self._store.reports.renew(__version__)
            self._renewed = True

    def sorted(
        self, source: str, files: Iterable[FileFacts], wanted: Collection[str]
    ) -> tuple[list[FileFacts], list[tuple[FileFacts, DocumentProblem]]]:
        """The files in the order in which they are to be read, and those that are put aside; those
        that the user wants are not."""
        counts = self._store.reports.without_end(source)
        self._suspects = frozenset(facts.path for facts in counts)
        left: list[FileFacts] = []
        aside: list[tuple[FileFacts, DocumentProblem]] = []
        for facts in files:
            if counts.get(facts, 0) >= MOST and facts.path not in wanted:
                aside.append((facts, EndedStrongroom()))
            else:
                left.append(facts)
        left.sort(key=lambda facts: facts.path in self._suspects)
        return left, aside

    @contextmanager
    def one(self, facts: FileFacts) -> Iterator[None]:
        """While this document is read; one that is under suspicion waits until no other is."""
        alone = facts.path in self._suspects
        noted: list[FileFacts] = [facts] if alone else []

        def note() -> None:
            with suppress(StrongroomError):  # whoever puts the document into the library meets it
                self._store.reports.begin(facts)
                noted.append(facts)

        with self._turn(alone=alone):
            timer = threading.Timer(NOTED_AFTER_S, note)
            timer.daemon = True
            timer.start()
            try:
                yield
            finally:
                timer.cancel()
                timer.join()
                if noted:
                    with suppress(StrongroomError):
                        self._store.reports.end(facts.path)

    @contextmanager
    def _turn(self, *, alone: bool) -> Iterator[None]:
        with self._changed:
            self._changed.wait_for(lambda: not self._alone and not (alone and self._reading))
            self._reading += 1
            self._alone = alone
        try:
            yield
        finally:
            with self._changed:
                self._reading -= 1
                self._alone = False
                self._changed.notify_all()
