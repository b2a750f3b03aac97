"""Who brings the library up to date now: one at a time, what has just changed first."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from strongroom_engine.errors import Cancelled

T = TypeVar("T")

POLL_S = 0.02


class Turns:
    """Turns that threads take; who is not urgent lets all go first who are."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._counting = threading.Lock()
        self._urgent = 0

    @property
    def awaited(self) -> bool:
        """Whether somebody waits who is urgent."""
        return self._urgent > 0

    @contextmanager
    def take(self, ended: Callable[[], bool], *, urgent: bool) -> Iterator[None]:
        """Wait for a turn, and have it; raises `Cancelled` when the work has `ended` before."""
        self._await(ended, urgent=urgent)
        try:
            yield
        finally:
            self._turn.release()

    def _await(self, ended: Callable[[], bool], *, urgent: bool) -> None:
        self._count(int(urgent))
        try:
            while not self._begins(urgent=urgent):
                if ended():
                    raise Cancelled
        finally:
            self._count(-int(urgent))

    def _begins(self, *, urgent: bool) -> bool:
        if self.awaited and not urgent:
            time.sleep(POLL_S)
            return False
        return self._turn.acquire(timeout=0.1)

    def _count(self, more: int) -> None:
        with self._counting:
            self._urgent += more


def until(ended: Callable[[], bool], items: Iterable[T]) -> Iterator[T]:
    """The items, as long as the work goes on; raises `Cancelled` when it has ended."""
    for item in items:
        if ended():
            raise Cancelled
        yield item
