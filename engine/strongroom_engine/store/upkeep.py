"""How large a library is, and making it smaller."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from pathlib import Path

import apsw
import psutil

from strongroom_engine.errors import (
    Cancelled,
    DiskFull,
    LibraryDamaged,
    LibraryLocked,
    NoRoomToCompact,
)
from strongroom_engine.store import connection, schema, vectors
from strongroom_engine.store.connection import fetch, fetch_one, transaction
from strongroom_engine.store.damage import keepsakes
from strongroom_engine.store.soundness import checking

Lend = Callable[[], AbstractContextManager[apsw.Connection]]

_LOOK_EVERY = 20_000
"""Steps of SQLite's machine between two looks whether it shall stop: some milliseconds."""
_ROOM = 1.2
"""Memory that the copy needs, over the database's size: it may not go to a file in the clear."""
ROOM_TO_GO_ON = 64 * 1_000_000
"""Free bytes on the disk with which indexing goes on after it was full: less is full again soon."""
PAGES_DUE = "pages to be read"
"""In `meta`, after an end that was not a clean one."""
_TABLES = """
    SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'
        AND substr(name, 1, 7) <> 'sqlite_'
"""
_FULL_TEXT = ("words", "document_words", "document_names")


class Upkeep:
    """`read` lends a connection that sees one state of the library, `alone` the one that writes,
    outside a transaction."""

    def __init__(self, folder: Path, read: Lend, alone: Lend) -> None:
        self._folder, self._read, self._alone = folder, read, alone

    def size(self) -> int:
        """Bytes of the library's files on disk."""
        return sum(
            entry.stat().st_size
            for entry in self._folder.glob(f"{connection.FILE}*")
            if entry.is_file()
        )

    def free(self) -> int:
        """Bytes of the database that hold nothing any more."""
        with self._read() as db:
            return int(db.pragma("freelist_count")) * int(db.pragma("page_size"))

    def can_write(self) -> bool:
        """Whether there is room to go on, and nobody else holds the library."""
        if psutil.disk_usage(str(self._folder)).free < ROOM_TO_GO_ON:
            return False
        with suppress(DiskFull, LibraryLocked), self._alone() as db, transaction(db):
            db.execute("INSERT INTO meta VALUES ('written', '') ON CONFLICT DO NOTHING")
            db.execute("DELETE FROM meta WHERE key = 'written'")
            return True
        return False

    def faults(self) -> dict[str, int]:
        """What is not as it should be in the whole library (`checking.faults`), page by page."""
        with self._alone() as db, transaction(db):
            return checking.faults(db, thorough=True)

    def schema(self) -> int:
        """The version of the schema."""
        with self._read() as db:
            return schema.version(db)

    def chunks(self) -> int:
        with self._read() as db:
            return vectors.chunk_count(db)

    def read_pages(self, rest: Callable[[float], None], ended: Callable[[], bool]) -> None:
        """Read every page once, table by table, if the last writer did not end well: damage is then
        found before the last sound backup is gone. `rest` is called in between, with the seconds
        that a table took. Raises `LibraryDamaged`."""
        with self._read() as db:
            if fetch_one(db, "SELECT 1 FROM meta WHERE key = ?", (PAGES_DUE,)) is None:
                return
            tables = [name for (name,) in fetch(db, _TABLES)]
        for table in tables:
            began = time.monotonic()
            if not self._is_read(table, ended):
                return
            rest(time.monotonic() - began)
        with self._alone() as db, transaction(db):
            db.execute("DELETE FROM meta WHERE key = ?", (PAGES_DUE,))

    def _is_read(self, table: str, ended: Callable[[], bool]) -> bool:
        """Whether it was read to its end."""
        with self._read() as db:
            db.set_progress_handler(ended, _LOOK_EVERY)
            try:
                found = fetch(db, f'PRAGMA quick_check("{table}")')
            except (apsw.InterruptError, apsw.AbortError):
                return False
            finally:
                db.set_progress_handler(None)
            if found != [("ok",)]:
                raise LibraryDamaged(library=self._folder, why="its database is not what it was")
        return not ended()

    def compact(self, cancelled: Callable[[], bool]) -> tuple[int, int]:
        """Write the database anew without its gaps; bytes on disk before and after.

        Whole or not at all. Indexing waits meanwhile, reading goes on. Raises `NoRoomToCompact`,
        `Cancelled` and `LibraryError`s.
        """
        before = self.size()
        self._refuse_without_room()
        with self._alone() as db:
            db.set_progress_handler(cancelled, _LOOK_EVERY)
            try:
                for table in _FULL_TEXT:
                    db.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
                keepsakes.drop_head(self._folder)
                db.execute("VACUUM")
            except (apsw.InterruptError, apsw.AbortError) as exc:
                raise Cancelled from exc
            finally:
                db.set_progress_handler(None)
            # Where somebody reads just now, it says so, and the log is folded in later.
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return before, self.size()

    def _refuse_without_room(self) -> None:
        needed = int((self._folder / connection.FILE).stat().st_size * _ROOM)
        disk = psutil.disk_usage(str(self._folder)).free
        for name, free in (("memory", psutil.virtual_memory().available), ("disk space", disk)):
            if free < needed:
                raise NoRoomToCompact(needed=gigabytes(needed), of=name, free=gigabytes(free))


def gigabytes(size: int) -> str:
    """Bytes of a disk or of memory as people say them."""
    return f"{size / 10**9:.1f} GB"
