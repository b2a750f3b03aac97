"""What is still to come, by what came of documents of the same kind, byte for byte.

Documents differ a thousandfold: ten pages of a contract are not ten notes, and a megabyte of text is
not a megabyte of pictures. So those that wait are weighed by their size, among their own kind, and
those of a kind that was not met yet count as the mean of all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from strongroom_engine.store.paths import extension
from strongroom_engine.types import FileFacts

TENDING_S = 6.0
"""Another guess of the time left is taken over in about so long: it does not jump."""


@dataclass(slots=True)
class _Waiting:
    files: int = 0
    size: int = 0


@dataclass(slots=True)
class _Read:
    files: int = 0
    size: int = 0
    chunks: int = 0
    seconds: float = 0.0


class Estimate:
    """Not thread-safe. Sizes in bytes, times in seconds."""

    def __init__(self) -> None:
        self._waiting: dict[str, _Waiting] = {}
        self._read: dict[str, _Read] = {}
        self._all = _Read()

    def begin(self) -> None:
        """Forget what was read; what waits still does."""
        self._read, self._all = {}, _Read()

    def add(self, files: Iterable[FileFacts]) -> None:
        for facts in files:
            waiting = self._waiting.setdefault(extension(facts.path), _Waiting())
            waiting.files += 1
            waiting.size += max(facts.size, 0)

    def drop(self, files: Iterable[FileFacts]) -> None:
        for facts in files:
            kind = extension(facts.path)
            if (waiting := self._waiting.get(kind)) is not None:
                waiting.files -= 1
                waiting.size -= max(facts.size, 0)
                if waiting.files <= 0:
                    del self._waiting[kind]

    def read(self, facts: FileFacts, chunks: int, seconds: float) -> None:
        """One that waited was read, in so many seconds of a parser, and gave so many chunks."""
        self.drop([facts])
        for read in (self._read.setdefault(extension(facts.path), _Read()), self._all):
            read.files += 1
            read.size += max(facts.size, 0)
            read.chunks += chunks
            read.seconds += seconds

    @property
    def knows(self) -> bool:
        """Whether there is anything to go by."""
        return not self._waiting or self._all.files > 0

    @property
    def read_s(self) -> float:
        """Seconds of parsers that all took that were read."""
        return self._all.seconds

    def chunks_to_come(self) -> float:
        return self._to_come(lambda read: read.chunks)

    def seconds_to_come(self) -> float:
        """Seconds of parsers for what waits."""
        return self._to_come(lambda read: read.seconds)

    def _to_come(self, what: Callable[[_Read], float]) -> float:
        mean = what(self._all) / max(self._all.files, 1)
        total = 0.0
        for kind, waiting in self._waiting.items():
            read = self._read.get(kind)
            if read is None or not read.size:
                total += mean * waiting.files
            else:
                total += what(read) / read.size * waiting.size
        return total


class Smoothed:
    """A time left that runs down, and follows another guess slowly."""

    def __init__(self) -> None:
        self._left: float | None = None
        self._at = 0.0

    def reset(self) -> None:
        self._left = None

    def follow(self, left: float | None, now: float) -> float | None:
        """The time left that is told, where `left` is the guess now."""
        if left is None or self._left is None:
            self._left, self._at = left, now
            return left
        passed, self._at = now - self._at, now
        expected = max(self._left - passed, 0.0)
        self._left = expected + (left - expected) * min(passed / TENDING_S, 1.0)
        return self._left
