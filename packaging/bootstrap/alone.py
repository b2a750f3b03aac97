"""One set-up at a time for one user: two would fetch and build the same things."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from .says import say

WAIT_S = 1.0


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the set-up's lock in `folder`, waiting for another set-up to end."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "setup.lock").open("a+b") as file:
        if not _lock(file, wait=False):
            say("Another set-up is running; this one goes on when it has ended.")
            _lock(file, wait=True)
        yield  # closing the file gives the lock back


if sys.platform == "win32":
    import msvcrt
    import time

    def _lock(file: IO[bytes], *, wait: bool) -> bool:
        while True:
            try:
                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            except OSError:
                if not wait:
                    return False
                time.sleep(WAIT_S)
            else:
                return True

else:
    import fcntl

    def _lock(file: IO[bytes], *, wait: bool) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True
