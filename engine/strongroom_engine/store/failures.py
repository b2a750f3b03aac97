"""The border to SQLite: what it reports, as the errors that users understand.

Virtual tables (sqlite-vec) hide the cause of a failure behind a message of their own; SQLite's
log, which is read for its codes alone, has it.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from strongroom_engine.errors import (
    Bug,
    DiskFull,
    LibraryDamaged,
    LibraryError,
    LibraryLocked,
    LibraryReadOnly,
)

_GRAVE = (apsw.SQLITE_FULL, apsw.SQLITE_CORRUPT, apsw.SQLITE_NOTADB, apsw.SQLITE_IOERR)
_UNREAD = " blob read error "
"""What sqlite-vec says when vectors cannot be read; SQLite logs nothing where their page is not what
it was."""
_PRIMARY = 0xFF
"""An extended result code's part that says what kind it is."""


class _Log(threading.local):
    """The gravest code that SQLite logged in this thread since the border was entered."""

    code = 0


_log = _Log()


def _note(code: int, _message: str) -> None:
    if code & _PRIMARY in _GRAVE:
        _log.code = code


# Before the first connection of the process: SQLite takes it at no other time.
apsw.config(apsw.SQLITE_CONFIG_LOG, _note)


@contextmanager
def sqlite_errors(folder: Path) -> Iterator[None]:
    """Translate SQLite's errors about the library in `folder`; what is our fault is a `Bug`."""
    _log.code = 0
    try:
        yield
    except apsw.Error as exc:
        raise _translated(folder, exc) from exc


def unwritable(folder: Path) -> LibraryError | Bug:
    """Why there is no connection that writes."""
    if os.access(folder, os.W_OK):
        return Bug("the library is closed, or open for reading only")
    return LibraryReadOnly(library=folder, why="its folder is read-only")


class Border:
    """The border of one open library: it knows whether damage was met there, and tells of the first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.damage: LibraryDamaged | None = None
        self.on_damage: Callable[[LibraryDamaged], None] = lambda _error: None
        """Called once, in the thread that met it, which may hold locks."""

    @contextmanager
    def errors(self) -> Iterator[None]:
        """`sqlite_errors` about this library."""
        try:
            with sqlite_errors(self._folder):
                yield
        except LibraryDamaged as exc:
            if self.damage is None:
                self.damage = exc
                self.on_damage(exc)
            raise


def _translated(folder: Path, exc: apsw.Error) -> LibraryError | Bug:
    match exc:
        case apsw.BusyError() | apsw.LockedError():
            return LibraryLocked(library=folder)  # who writes here has the lock of its folder
        case apsw.ReadOnlyError() | apsw.PermissionsError():
            return LibraryReadOnly(library=folder, why="its database is read-only")
        case apsw.CantOpenError() if not os.access(folder, os.W_OK):
            why = "its folder is read-only, and what was indexed last is not in its place yet"
            return LibraryReadOnly(library=folder, why=why)
        case apsw.CantOpenError():
            return LibraryDamaged(library=folder, why="its database cannot be opened")
    code = getattr(exc, "extendedresult", 0)
    if code & _PRIMARY not in _GRAVE:
        code = _log.code
    if not code and _UNREAD in str(exc):
        code = apsw.SQLITE_CORRUPT
    return _of_code(folder, code) if code else Bug(f"SQLite: {exc}")


def _of_code(folder: Path, code: int) -> LibraryError:
    # The shared-memory file beside the write-ahead log cannot grow on a full disk.
    full = (apsw.SQLITE_FULL, apsw.SQLITE_IOERR_SHMSIZE, apsw.SQLITE_IOERR_WRITE)
    if code in full:
        return DiskFull(library=folder)
    if code & _PRIMARY == apsw.SQLITE_IOERR:
        return LibraryDamaged(library=folder, why="its database cannot be read")
    return LibraryDamaged(library=folder, why="its database is not what it was")
