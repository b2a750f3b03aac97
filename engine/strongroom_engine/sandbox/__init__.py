"""What a process gives up before it reads hostile files: writing, the network, other programs.

`confine` takes it from the process for good, by whatever the system offers without privileges:
Landlock and seccomp on Linux, the sandbox of macOS, a job object on Windows, and limits of
resources on all of them. What is not offered is left out, and `missing` says what that is; `trial`
tries it in a process of its own.
"""

from __future__ import annotations

import sys
from contextlib import suppress

from strongroom_engine.sandbox import limits

WRITE, CONNECT, START, SIGNAL = (
    "write files",
    "use the network",
    "start programs",
    "signal other programs",
)
DEEDS = (WRITE, CONNECT, START, SIGNAL)


def confine(memory_bytes: int) -> None:
    """Give up for good what a parser does not need; it may take so much memory beyond what it has.

    Before the process has a second thread: on Linux only the thread that asks is confined, and
    those that it starts.
    """
    limits.set_for_good(memory_bytes)
    with suppress(OSError, AttributeError):  # the other means hold where one of them does not
        _by_the_system(memory_bytes)


def _by_the_system(memory_bytes: int) -> None:
    if sys.platform == "win32":
        from strongroom_engine.sandbox import windows

        windows.confine(memory_bytes)
    elif sys.platform == "darwin":
        from strongroom_engine.sandbox import macos

        macos.confine()
    else:
        from strongroom_engine.sandbox import landlock, seccomp

        with suppress(OSError):
            landlock.confine()
        seccomp.confine()


def missing() -> tuple[str, ...]:
    """Which of the `DEEDS` this system does not offer to refuse; it is asked and not tried."""
    if sys.platform == "win32":
        return WRITE, CONNECT, SIGNAL
    if sys.platform == "darwin":
        return (SIGNAL,)
    from strongroom_engine.sandbox import landlock, seccomp

    if seccomp.offered():
        return ()
    return (CONNECT, START, SIGNAL) if landlock.version() else DEEDS
