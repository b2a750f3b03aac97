"""Whether a confined process is refused what it gave up: tried by one that is ended for it.

The process of the role 'confined' says on its stdout which of the `DEEDS` were refused.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from strongroom_engine import sandbox

_MEMORY_BYTES = 512 << 20
_INTERNET, _DATAGRAMS = 2, 2


def main(arguments: list[str]) -> int:  # noqa: ARG001 -- every role is given some
    """Be confined, and say what is refused then, a line each; there are no arguments."""
    sandbox.confine(_MEMORY_BYTES)
    sys.stdout.write(
        "".join(f"{deed}\n" for deed, attempt in _ATTEMPTS.items() if _refused(attempt))
    )
    return 0


def _refused(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except OSError:
        return True
    return False


def _write() -> None:
    # Unbuffered and by name: it would be seen.
    place = Path(tempfile.gettempdir()) / f"strongroom-trial-{os.getpid()}"
    try:
        place.write_bytes(b"written")
    finally:
        place.unlink(missing_ok=True)


def _connect() -> None:
    """To a port of this computer, by the system's own calls: the engine has no network code."""
    libc = ctypes.CDLL(None, use_errno=True)
    family = bytes([16, _INTERNET]) if sys.platform == "darwin" else bytes([_INTERNET, 0])
    address = family + (9).to_bytes(2, "big") + bytes([127, 0, 0, 1]) + bytes(8)
    connection = libc.socket(_INTERNET, _DATAGRAMS, 0)
    if connection < 0 or libc.connect(connection, address, len(address)) < 0:
        raise OSError(ctypes.get_errno(), "refused")


def _start() -> None:
    subprocess.run(["cmd", "/c", "exit"] if os.name == "nt" else ["/bin/sh", "-c", ":"], check=True)


def _signal() -> None:
    os.kill(os.getppid(), 0)  # it would be told of it; nothing happens to it


_ATTEMPTS: dict[str, Callable[[], object]] = {sandbox.WRITE: _write, sandbox.START: _start}
if os.name == "posix":  # Windows refuses neither, and has other names for them
    _ATTEMPTS |= {sandbox.CONNECT: _connect, sandbox.SIGNAL: _signal}
