"""How long work of a command is interrupted: what is done is kept, and given."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

INTERRUPTED = 130
"""The exit code then."""


@contextmanager
def interruptible() -> Iterator[threading.Event]:
    """Ctrl+C sets the event; a second one interrupts at once."""
    ended = threading.Event()

    def stop(_number: int, _frame: object) -> None:
        if ended.is_set():
            raise KeyboardInterrupt
        ended.set()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield ended
    finally:
        signal.signal(signal.SIGINT, before)
