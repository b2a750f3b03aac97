"""Seeing to it, from outside, that a worker keeps its limits while it reads one document.

The worker sets itself limits, too, where its system has them; these hold on every system, and
whatever the worker has come to.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Self

import psutil

from strongroom_engine.errors import DocumentProblem, ParserOutOfMemory, ParserTimedOut
from strongroom_engine.indexing.sizes import MEGABYTE, human_size

EVERY_S = 0.2
OWN_BYTES = 160 * MEGABYTE
"""What a worker takes before it has read anything, with room for what it then loads."""
STRETCH = 5
"""A worker that other programs keep from the processor may take so many times longer by the clock."""
IDLE_S = 10.0
"""A worker that has not worked at all for so long, or for all the time that it has, waits for
something that does not come."""


class Crowded(Exception):
    """All workers together have grown too large, and this one makes room."""


class Overseer:
    """While this is entered, `give_up` is called once, from another thread, with the reason, when
    the process has taken too long or grown too large, or `crowds` the others.

    It may work for `timeout_s`, by the time of the processor that all its threads have had. By the
    clock it may take as long if it idles, and `STRETCH` times as long if it does not get to work.
    """

    def __init__(
        self,
        pid: int,
        timeout_s: float,
        memory_mb: int,
        give_up: Callable[[DocumentProblem | Crowded], None],
        crowds: Callable[[], bool] = lambda: False,
    ) -> None:
        self._pid = pid
        self._timeout_s = timeout_s
        self._memory_mb = memory_mb
        self._give_up = give_up
        self._crowds = crowds
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._oversee, name="overseer", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()

    def _oversee(self) -> None:
        try:
            process = psutil.Process(self._pid)
            work = _Work(process)
            while not self._over.wait(min(EVERY_S, self._timeout_s)):
                work.look()
                problem = self._problem(process, work)
                if problem is not None:
                    self._give_up(problem)
                    return
        except psutil.Error:
            return  # it is gone: whoever waits for its reply sees that

    def _problem(self, process: psutil.Process, work: _Work) -> DocumentProblem | Crowded | None:
        """What it has taken too much of by now."""
        idles = work.idle_s >= min(IDLE_S, self._timeout_s)
        allowed_s = self._timeout_s * (1 if idles else STRETCH)
        if work.done_s >= self._timeout_s or work.lasts_s >= allowed_s:
            return ParserTimedOut(seconds=f"{self._timeout_s:g}")
        if process.memory_info().rss > self._memory_mb * MEGABYTE + OWN_BYTES:
            return ParserOutOfMemory(limit=human_size(self._memory_mb * MEGABYTE))
        return Crowded() if self._crowds() else None


class _Work:
    """What a process has done since this was made: seconds of the processor and of the clock, and
    for how long it has done nothing."""

    def __init__(self, process: psutil.Process) -> None:
        self._process = process
        self._began = self._busy = time.monotonic()
        self._before_s = self._all_s()
        self.done_s = self.idle_s = self.lasts_s = 0.0

    def look(self) -> None:
        now, done_s = time.monotonic(), self._all_s() - self._before_s
        if done_s > self.done_s:
            self._busy = now
        self.done_s, self.idle_s, self.lasts_s = done_s, now - self._busy, now - self._began

    def _all_s(self) -> float:
        """Of the processor, of all threads of the process."""
        times = self._process.cpu_times()
        return float(times.user + times.system)
