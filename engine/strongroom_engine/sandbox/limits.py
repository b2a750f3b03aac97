"""Limits of resources that a process sets itself and cannot lift again, where the system has them."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

OPEN_FILES = 256
_FIRST_TO_GO = "1000"


def set_for_good(memory_bytes: int) -> None:
    """No file may be written, few be open, no memory image be left behind, and no more address
    space be taken than now and so much more. Nothing happens on Windows."""
    if sys.platform == "win32":
        return
    # Of all processes the system ends this one first when memory runs out; never the engine for it.
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_FIRST_TO_GO, "ascii")
    import resource

    for what, most in (
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_AS, _address_space() + memory_bytes),
    ):
        _lower(what, most)


def give_processor_time(seconds: float) -> None:
    """End this process when all its threads together have worked for so much longer than now."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime + seconds) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if hard == resource.RLIM_INFINITY or most <= hard:
        resource.setrlimit(resource.RLIMIT_CPU, (most, hard))


def _lower(what: int, most: int) -> None:
    """Set a limit, unless a lower one holds already or the system knows none of the kind."""
    import resource

    with suppress(OSError, ValueError):
        _, hard = resource.getrlimit(what)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))


def _address_space() -> int:
    """Of this process, in bytes; on macOS, which does not heed the limit, nothing is known."""
    with suppress(OSError, ValueError):
        import resource

        pages = Path("/proc/self/statm").read_text("ascii").split()[0]
        return int(pages) * resource.getpagesize()
    return 0
