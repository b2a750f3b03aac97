"""Opening a library: what is checked, made and migrated, and in which order.

The header's check of the key comes first, so that a wrong key never meets the database; what the
database refuses after that is damage.
"""

from __future__ import annotations

import errno
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from pathlib import Path

import apsw

from strongroom_engine.errors import (
    Bug,
    DiskFull,
    LibraryDamaged,
    LibraryTooNew,
    NoLibrary,
    NotALibrary,
)
from strongroom_engine.sentences import reasons
from strongroom_engine.store import connection, indexes, schema, upkeep
from strongroom_engine.store.access import headers, lock
from strongroom_engine.store.access.keys import LibraryKey, refuse_wrong_key
from strongroom_engine.store.access.lock import WriterLock
from strongroom_engine.store.connection import connect
from strongroom_engine.store.damage import rebuilding, salvage
from strongroom_engine.store.damage.keepsakes import Keepsakes

_IGNORED = frozenset({lock.FILE, "desktop.ini", "Thumbs.db"})
"""What an empty folder may hold, beside hidden files."""


def for_writing(
    folder: Path, key: LibraryKey, model: str, dimensions: int, held: ExitStack
) -> apsw.Connection:
    """The writing connection of the library, which is made for this model where there is none.

    The lock and the connection are given to `held`.
    """
    known = headers.header(folder)
    if known:
        refuse_wrong_key(folder, known, key)
    else:
        _make_folder(folder)
    held.callback(WriterLock(folder).release)
    _ensure_header(folder, key)
    rebuilding.finish(folder)
    _refuse_lost(folder)
    keeping = Keepsakes(folder, key.raw, salvage.KEPT)
    held.callback(keeping.keep_head)
    ended_well = not _has_log(folder)
    db = connect(folder, key.raw, write=True)
    held.callback(db.close)
    _refuse_newer(folder, db)
    schema.migrate(db)
    if not ended_well:
        db.execute("INSERT OR REPLACE INTO meta VALUES (?, '')", (upkeep.PAGES_DUE,))
    if indexes.with_role(db, "answering") is None:
        if not model:
            raise NoLibrary(library=folder)
        indexes.make_first(db, model, dimensions)
    with suppress(OSError):  # it is kept twice for a bad day, which need not be today
        headers.mend(folder)
    held.callback(keeping.keep_rows, db)
    return db


def for_reading(folder: Path, key: LibraryKey) -> None:
    """Check that the library can be read with this key; an older one is migrated first."""
    known = headers.header(folder)
    if known is None:
        raise NoLibrary(library=folder)
    refuse_wrong_key(folder, known, key)
    if (folder / rebuilding.NEW).exists():
        _under_lock(folder, lambda: rebuilding.finish(folder))
    _refuse_lost(folder)
    if not (folder / connection.FILE).exists():
        raise NoLibrary(library=folder)
    with closing(connect(folder, key.raw, write=False)) as db:
        found = _refuse_newer(folder, db)
    if found == 0:  # another process is making it just now
        raise NoLibrary(library=folder)
    if found < schema.current_version():
        _under_lock(folder, lambda: _migrate(folder, key))
    with closing(connect(folder, key.raw, write=False)) as db:
        if indexes.with_role(db, "answering") is None:  # likewise
            raise NoLibrary(library=folder)


def _has_log(folder: Path) -> bool:
    """Whether the last writer has left something to be folded into the database."""
    log = folder / f"{connection.FILE}-wal"
    return log.exists() and log.stat().st_size > 0


def _refuse_lost(folder: Path) -> None:
    """Raise `LibraryDamaged` where the database of a library is gone that once was complete."""
    file = folder / connection.FILE
    if (folder / headers.COPY).exists() and not (file.exists() and file.stat().st_size):
        raise LibraryDamaged(library=folder, why=reasons.ITS_PART_IS_MISSING(name=connection.FILE))


def _refuse_newer(folder: Path, db: apsw.Connection) -> int:
    """The schema that was found; raises `LibraryTooNew`."""
    found, known = schema.version(db), schema.current_version()
    if found > known:
        raise LibraryTooNew(library=folder, found=found, known=known)
    return found


def _under_lock(folder: Path, work: Callable[[], object]) -> None:
    lock = WriterLock(folder)
    try:
        work()
    finally:
        lock.release()


def _migrate(folder: Path, key: LibraryKey) -> None:
    with closing(connect(folder, key.raw, write=True)) as db:
        schema.migrate(db)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = {entry.name for entry in folder.iterdir() if not entry.name.startswith(".")}
    except OSError as exc:
        raise NotALibrary(library=folder, why=exc.strerror or reasons.CANNOT_BE_MADE()) from exc
    if connection.FILE in found:
        raise LibraryDamaged(library=folder, why=reasons.ITS_PART_IS_MISSING(name=headers.FILE))
    if found - _IGNORED:
        raise NotALibrary(library=folder, why="it holds other files")


def _ensure_header(folder: Path, key: LibraryKey) -> None:
    """Under the lock: check the key once more, or bind a new library to it."""
    known = headers.header(folder)
    if known:
        refuse_wrong_key(folder, known, key)
        return
    if key.header is None and key.kind == "passphrase":
        raise Bug("a passphrase's key without the salt that it was derived with")
    made = key.header or headers.new_header(key.kind)
    try:
        headers.write_header(folder, made.bound_to(key.raw), copy=False)
    except OSError as exc:
        raise _unwritable(folder, exc) from exc


def _unwritable(folder: Path, exc: OSError) -> DiskFull | NotALibrary:
    if exc.errno == errno.ENOSPC:
        return DiskFull(library=folder)
    return NotALibrary(library=folder, why=exc.strerror or reasons.CANNOT_BE_WRITTEN())
