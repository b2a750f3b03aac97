"""What is being read, and what was read just before it."""

from __future__ import annotations

from collections import deque

from strongroom_engine.types import Progress

KEPT = 6


class Trace:
    """Follows the progress of the index; paths as the engine says them."""

    def __init__(self) -> None:
        self.reading = ""
        self._finished: deque[str] = deque(maxlen=KEPT)

    @property
    def finished(self) -> tuple[str, ...]:
        """The last documents that were done with, newest first."""
        return tuple(self._finished)

    def follow(self, progress: Progress | None) -> None:
        """Re-embedding reads nothing; None is the end of all work."""
        what = progress.what if progress and not progress.model else ""
        if self.reading and self.reading != what and self.reading not in self._finished:
            self._finished.appendleft(self.reading)
        self.reading = what
