"""One writer at a time: the operating system's lock on a file of the library's folder."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout

from strongroom_engine.errors import LibraryBusy, LibraryReadOnly, NotALibrary
from strongroom_engine.sentences import reasons
from strongroom_engine.store.access.headers import header

FILE = "library.lock"


class WriterLock:
    """Held from construction to `release`; the system frees it when the process dies.

    Raises `LibraryBusy` when another process, or another store of this one, holds it.
    """

    def __init__(self, folder: Path) -> None:
        # Not bound to a thread: a store may be closed by another one than opened it.
        self._lock = FileLock(folder / FILE, timeout=0, mode=0o600, thread_local=False)
        try:
            self._lock.acquire()
        except Timeout as exc:
            raise LibraryBusy(library=folder) from exc
        except OSError as exc:
            refusal = LibraryReadOnly if header(folder) else NotALibrary
            raise refusal(library=folder, why=exc.strerror or reasons.CANNOT_BE_LOCKED()) from exc

    def release(self) -> None:
        self._lock.release()
