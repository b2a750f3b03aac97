"""What the set-up says to the user: sentences, a progress line, and troubles with a remedy.

Everything goes to stderr, so that `run.py search … --json` keeps stdout for the answer.
"""

from __future__ import annotations

import sys
import time

LINE_EVERY_S = 5.0
"""How often progress is said where the output is a file and not a terminal."""
REDRAW_EVERY_S = 0.1
MEGABYTE = 1_000_000


class Trouble(Exception):
    """The set-up cannot go on: what happened, and what the user can do about it."""

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(" ".join(part for part in (what, remedy) if part))
        self.what = what
        self.remedy = remedy


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def megabytes(size_bytes: float) -> str:
    return f"{size_bytes / MEGABYTE:,.0f} MB"


class Bar:
    """One line that says how far a piece of work is; `size` says whether units are bytes."""

    def __init__(self, what: str, total: int, *, size: bool = False) -> None:
        self._what = what
        self._total = total
        self._size = size
        self._terminal = sys.stderr.isatty()
        self._began = time.monotonic()
        self._first: int | None = None
        self._said = 0.0
        self._width = 0

    def show(self, done: int, note: str = "") -> None:
        """Say that `done` units are finished; calls may come as often as they like."""
        now = time.monotonic()
        if self._first is None:
            self._first = done
        elif now - self._said < (REDRAW_EVERY_S if self._terminal else LINE_EVERY_S):
            return
        self._said = now
        self._write(self._text(done, note))

    def close(self, note: str = "done") -> None:
        self._write(f"{self._what}: {note}")
        if self._terminal:
            print(file=sys.stderr, flush=True)

    def _text(self, done: int, note: str) -> str:
        amount = f"{done} of {self._total}"
        if self._size:
            amount = f"{done / MEGABYTE:,.0f} of {megabytes(self._total)}"
        parts = [amount, note or self._pace(done)]
        return f"{self._what}: {', '.join(part for part in parts if part)}"

    def _pace(self, done: int) -> str:
        elapsed_s = time.monotonic() - self._began
        new = done - (self._first or 0)
        if elapsed_s < 1 or new <= 0:
            return ""
        left_s = (self._total - done) * elapsed_s / new
        rate = f"{megabytes(new / elapsed_s)}/s, " if self._size else ""
        return f"{rate}{_duration(left_s)} left"

    def _write(self, text: str) -> None:
        if not self._terminal:
            say(text)
            return
        print("\r" + text.ljust(self._width), end="", file=sys.stderr, flush=True)
        self._width = len(text)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
