"""Ending what is being written before its end: nothing of it is kept.

To put a table of a million rows into the library, or to take it out, takes a minute in one
transaction, which is whole or not at all. Whoever closes the window meanwhile does not wait for it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import apsw

from strongroom_engine.errors import Cancelled
from strongroom_engine.store.connection import Stop, cancelled_by, interruptible

LOOK_EVERY = 1_000
"""Steps of SQLite's machine between two looks: a tenth of a millisecond."""


class Ending(threading.local):
    """Whether what this thread writes goes on. One for each store; every thread has its own say."""

    def __init__(self) -> None:
        self._stops: list[Stop] = []

    @contextmanager
    def __call__(self, stopped: Stop) -> Iterator[None]:
        """What the thread writes during the block ends with `Cancelled` when `stopped` says so."""
        self._stops.append(stopped)
        try:
            yield
        finally:
            self._stops.pop()

    def _ended(self) -> bool:
        return any(stop() for stop in self._stops)

    def look(self) -> None:
        """Raise `Cancelled` when what the thread is at is to be ended."""
        if self._ended():
            raise Cancelled

    @contextmanager
    def heeded(self, db: apsw.Connection) -> Iterator[None]:
        """The block is ended so, within a transaction on this connection."""
        if not self._stops:
            yield
            return
        with (
            interruptible(db, self._ended, LOOK_EVERY) as interrupted,
            cancelled_by(interrupted),
        ):
            yield
