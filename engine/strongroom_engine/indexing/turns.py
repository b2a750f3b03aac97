"""Who brings the library up to date now: one at a time, what has just changed first."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from strongroom_engine.errors import Cancelled

T = TypeVar("T")
Ended = Callable[[], bool]
"""Whether the work is to go no further."""

POLL_S = 0.02


LOOK, READ, RECOGNISE = range(3)
"""What goes first: a look at what has changed, with what is read for it while nobody else looks;
then what was left to read; then scanned pages."""


class Turns:
    """Turns that threads take, those of a lower level first."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._counting = threading.Lock()
        self._waiting = [0, 0, 0]

    def awaited(self, level: int) -> bool:
        """Whether somebody waits who is of this level or a lower one."""
        return any(self._waiting[: level + 1])

    @contextmanager
    def take(self, ended: Ended, level: int) -> Iterator[None]:
        """Wait for a turn, and have it; raises `Cancelled` when the work has `ended` before."""
        self._await(ended, level)
        try:
            yield
        finally:
            self._turn.release()

    def _await(self, ended: Ended, level: int) -> None:
        self._count(level, 1)
        try:
            while not self._begins(level):
                if ended():
                    raise Cancelled
        finally:
            self._count(level, -1)

    def _begins(self, level: int) -> bool:
        if self.awaited(level - 1):
            time.sleep(POLL_S)
            return False
        return self._turn.acquire(timeout=0.1)

    def _count(self, level: int, more: int) -> None:
        with self._counting:
            self._waiting[level] += more


def until(ended: Ended, items: Iterable[T]) -> Iterator[T]:
    """The items, as long as the work goes on; raises `Cancelled` when it has ended."""
    for item in items:
        if ended():
            raise Cancelled
        yield item
