"""One prompt of many at a time is read, and none while a person's question goes first.

The answer worker reads prompts in the order in which they come, and writes all answers together.
Cells whose prompts were all with it would keep a question waiting until the last of them is read.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from strongroom_engine.answering.together import Stop
from strongroom_engine.errors import Cancelled

_POLL_S = 0.05


class Turns:
    """Thread-safe. `held` says whether something else goes first now."""

    def __init__(self, held: Stop) -> None:
        self._held = held
        self._reading = threading.Lock()

    @contextmanager
    def taken(self, stopped: Stop) -> Iterator[Callable[[], None]]:
        """Wait for the turn, which ends with the block, or when what is given is called: the answer
        has begun. Raises `Cancelled`."""
        self._wait(stopped)
        mine = True

        def end() -> None:
            nonlocal mine
            if mine:
                mine = False
                self._reading.release()

        try:
            yield end
        finally:
            end()

    def _wait(self, stopped: Stop) -> None:
        while not self._reading.acquire(timeout=_POLL_S):
            if stopped():
                raise Cancelled
        while self._held():
            if stopped():
                self._reading.release()
                raise Cancelled
            time.sleep(_POLL_S)
