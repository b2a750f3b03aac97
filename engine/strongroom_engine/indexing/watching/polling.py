"""Places of which the system tells nothing: they are looked over in rounds."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

ROUND_EVERY_S = 5.0
SHARE = 20
"""A look that took long is made so many times its own length later, so that it takes 5 % at most."""
MOST_S = 120.0


@dataclass(slots=True)
class _Round:
    places: frozenset[str]
    next: float
    every: float = ROUND_EVERY_S


class Rounds:
    """Calls `look` with a source and a place in it when its turn has come. What is known of the
    files is the library's own: a look compares with that, and nothing is kept here."""

    def __init__(self, look: Callable[[str, str], None]) -> None:
        self._look = look
        self._rounds: dict[str, _Round] = {}
        self._lock = threading.Lock()

    def begin(self, source: str, places: Iterable[str]) -> None:
        """Look over these places of a source from now on, instead of those of before."""
        with self._lock:
            known = self._rounds.get(source)
            if known is None:
                first = time.monotonic() + ROUND_EVERY_S
                self._rounds[source] = _Round(frozenset(places), first)
            else:
                known.places = frozenset(places)

    def end(self, source: str) -> None:
        with self._lock:
            self._rounds.pop(source, None)

    def go(self) -> None:
        """Look at all whose turn has come."""
        now = time.monotonic()
        with self._lock:
            due = {source: one for source, one in self._rounds.items() if one.next <= now}
            for one in due.values():
                one.next = now + one.every
        for source, one in due.items():
            for place in one.places:
                self._look(source, place)

    def took(self, paths: Collection[str], seconds: float) -> None:
        """A look at these paths took so long."""
        now = time.monotonic()
        with self._lock:
            for one in self._rounds.values():
                if one.places & set(paths):
                    one.every = min(max(ROUND_EVERY_S, SHARE * seconds), MOST_S)
                    one.next = now + one.every
