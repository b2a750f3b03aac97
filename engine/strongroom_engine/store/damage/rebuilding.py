"""Rebuilding a damaged library: a new one is made beside it, and takes its place whole.

Until the new one is complete nothing of the old one is touched; from then on the new one counts,
and whoever opens the library next ends what was interrupted. What is damaged is kept aside.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import apsw
import psutil

from strongroom_engine.errors import LibraryBusy, NoRoomToRebuild
from strongroom_engine.store import connection, indexes, schema
from strongroom_engine.store.access import headers
from strongroom_engine.store.access.keys import LibraryKey, refuse_wrong_key
from strongroom_engine.store.access.lock import WriterLock
from strongroom_engine.store.connection import connect, fetch_sole
from strongroom_engine.store.damage import keepsakes, salvage
from strongroom_engine.store.damage.salvage import Follow, Older
from strongroom_engine.store.damage.wreck import Wreck, table_of
from strongroom_engine.store.failures import sqlite_errors
from strongroom_engine.store.upkeep import gigabytes
from strongroom_engine.types import Rebuilt

PART, NEW = f"{connection.FILE}.part", f"{connection.FILE}.new"
ASIDE = "library-damaged-"
"""How a folder's name begins in which a damaged library is kept."""
_ENDINGS = ("-wal", "-shm", "-journal", "")
"""Of a database's files; itself last."""
_ROOM = 1.2
"""Free disk that is needed, over the size of the damaged library."""


def rebuild(
    folder: Path,
    key: LibraryKey,
    *,
    model: str,
    dimensions: int,
    follow: Follow = Follow(),  # noqa: B008 -- it does not change
) -> Rebuilt:
    """Make the library in `folder` anew from what can be read of it. Nobody may have it open.

    A library whose embedding model cannot be read gets the one with the id `model`. Documents that
    could not be carried over are read again at the next look at their source. Interrupted, the old
    library is still there. Raises `LibraryBusy`, `NoRoomToRebuild`, `WrongKey`, `Cancelled` …
    """
    known = headers.header(folder)
    if known:
        refuse_wrong_key(folder, known, key)
    lock = WriterLock(folder)
    try:
        with sqlite_errors(folder):
            finish(folder)
            _refuse_without_room(folder)
            if known is None:
                headers.write_header(
                    folder, (key.header or headers.new_header(key.kind)).bound_to(key.raw)
                )
            made = _make(folder, key, (model, dimensions), follow)
            (folder / PART).replace(folder / NEW)
            aside = finish(folder)
    finally:
        _drop_part(folder)
        lock.release()
    return made if aside is None else _with_aside(made, aside)


def _with_aside(made: Rebuilt, aside: Path) -> Rebuilt:
    return replace(made, aside=str(aside), aside_size=size_of(aside))


def _refuse_without_room(folder: Path) -> None:
    old = sum(size(folder / f"{connection.FILE}{ending}") for ending in _ENDINGS)
    needed, free = int(old * _ROOM), psutil.disk_usage(str(folder)).free
    if free < needed:
        raise NoRoomToRebuild(library=folder, needed=gigabytes(needed), free=gigabytes(free))


def size(file: Path) -> int:
    with suppress(OSError):
        return file.stat().st_size
    return 0


def size_of(aside: Path) -> int:
    """Bytes of the files in which a damaged library is kept."""
    return sum(map(size, aside.iterdir()))


def _drop_part(folder: Path) -> None:
    for ending in _ENDINGS:
        (folder / f"{PART}{ending}").unlink(missing_ok=True)


# --- making ------------------------------------------------------------------------------------------


def _make(folder: Path, key: LibraryKey, default: tuple[str, int], follow: Follow) -> Rebuilt:
    """Make the new database, whole and on the disk."""
    _drop_part(folder)
    with closing(connect(folder, key.raw, write=True, file=PART)) as db:
        db.pragma("journal_mode", "off")  # what is interrupted is begun anew
        db.pragma("synchronous", "off")
        db.pragma("foreign_keys", False)
        schema.migrate(db)
        with _wreck(folder, key) as (wreck, older):
            made = _fill(db, wreck, older, default, follow)
    keepsakes.flush(folder / PART)
    return made


def _fill(
    db: apsw.Connection, wreck: Wreck, older: Older, default: tuple[str, int], follow: Follow
) -> Rebuilt:
    indexes.make_first(
        db, *(salvage.model_of(wreck, older[-1], table_of(db, "indexes")) or default)
    )
    lost = salvage.carry_over(wreck, db, older, follow)
    documents, unread = fetch_sole(
        db, "SELECT count(*), count(*) FILTER (WHERE state = 'pending') FROM documents"
    )
    return Rebuilt(documents=documents, unread=unread, lost=lost, legible=wreck.legible)


@contextmanager
def _wreck(folder: Path, key: LibraryKey) -> Iterator[tuple[Wreck, Older]]:
    """The damaged library, and where to find rows that cannot be read of it: in what it held before
    what stands in its log, and in what was kept."""
    with ExitStack() as opened:
        found = _opened(folder, key, opened)
        if not (found and found[0].whole) and keepsakes.put_head_back(folder):
            found = _opened(folder, key, opened)
        nothing = Wreck(opened.enter_context(closing(apsw.Connection(":memory:"))))
        wreck, *others = [*found, nothing]
        rest = [lambda table, one=one: one.rows(table) for one in others]
        yield wreck, (*rest, lambda table: keepsakes.kept_rows(folder, key.raw, table.name))


def _opened(folder: Path, key: LibraryKey, opened: ExitStack) -> list[Wreck]:
    """What can be read, with the log and without."""
    found = []
    for log in (True, False) if size(folder / f"{connection.FILE}-wal") else (True,):
        with suppress(apsw.Error):
            db = connect(folder, key.raw, write=False, log=log, damaged=True)
            opened.callback(db.close)
            found.append(Wreck(db))
    return sorted((one for one in found if one.legible), key=lambda one: not one.whole)


# --- taking the old one's place --------------------------------------------------------------------


def finish(folder: Path) -> Path | None:
    """Put a complete new library into the place of the damaged one, whose folder is returned; None
    where there is no new one. Under the lock; interrupted, it is done again."""
    new = folder / NEW
    if not new.exists():
        return None
    made = time.strftime("%Y-%m-%d-%H%M%S", time.gmtime(new.stat().st_mtime))
    aside = folder / f"{ASIDE}{made}"
    try:
        aside.mkdir(mode=0o700, exist_ok=True)
        for ending in _ENDINGS:
            old = folder / f"{connection.FILE}{ending}"
            if old.exists():
                old.replace(aside / old.name)
        new.replace(folder / connection.FILE)
    except PermissionError as exc:  # Windows: another process reads it
        raise LibraryBusy(library=folder) from exc
    return aside


def kept_aside(folder: Path) -> tuple[Path, ...]:
    """Where damaged libraries are kept, the oldest first."""
    return tuple(sorted(one for one in folder.glob(f"{ASIDE}*") if one.is_dir()))


def drop_aside(folder: Path) -> None:
    """Delete the damaged libraries that are kept."""
    for aside in kept_aside(folder):
        shutil.rmtree(aside)
