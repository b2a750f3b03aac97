"""Connections to the encrypted database: how they are opened, shared and used."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw
import sqlite_vec  # type: ignore[import-untyped]  # it ships no types

from strongroom_engine.errors import Bug, Cancelled
from strongroom_engine.store.access.headers import CIPHER

FILE = "library.db"
CACHE_MB = 64
"""Page cache of each connection: pages in it are decrypted once; see tests/bench/bench_store.py."""
BUSY_TIMEOUT_MS = 5_000
"""Wait for the short locks of WAL recovery and checkpoints; writers never meet each other."""
WAL_PAGES = 4_000
"""Pages in the write-ahead log (16 MB) after which it is copied into the database."""


def connect(
    folder: Path,
    raw_key: bytes,
    *,
    write: bool,
    file: str = FILE,
    log: bool = True,
    damaged: bool = False,
) -> apsw.Connection:
    """A connection to the library's database; only `write` makes the file when it is missing.

    Without the `log` it is read as it was before what stands there. Of a `damaged` one is read
    what can be: a page of its schema that cannot does not hide all the rest.
    """
    db = _open(folder / file, write=write, log=log)
    try:
        _prepare(db, raw_key, write=write, damaged=damaged)
    except BaseException:
        db.close()
        raise
    return db


def _open(file: Path, *, write: bool, log: bool) -> apsw.Connection:
    if write:
        flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
        return apsw.Connection(str(file), flags=flags)
    if not log or _is_frozen(file):
        flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
        return apsw.Connection(f"{file.absolute().as_uri()}?immutable=1", flags=flags)
    return apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READONLY)


def _is_frozen(file: Path) -> bool:
    """Whether the library lies where nothing can be written and nothing is left in its log.

    Readers share a file beside the log, which cannot be made there; they need none then.
    """
    log = file.with_name(f"{file.name}-wal")
    return not (os.access(file.parent, os.W_OK) or (log.exists() and log.stat().st_size))


def _prepare(db: apsw.Connection, raw_key: bytes, *, write: bool, damaged: bool) -> None:
    # Cipher and key come before anything that touches the file.
    db.pragma("cipher", CIPHER)
    db.pragma("hexkey", raw_key.hex())
    if damaged:
        db.pragma("writable_schema", True)
    db.set_busy_timeout(BUSY_TIMEOUT_MS)
    db.pragma("cache_size", -CACHE_MB * 1024)
    db.pragma("temp_store", "memory")  # sorting may not leave text in a temporary file
    db.pragma("foreign_keys", True)
    db.enable_load_extension(True)
    db.load_extension(sqlite_vec.loadable_path())
    db.enable_load_extension(False)
    if write:
        db.pragma("journal_mode", "wal")
        db.pragma("synchronous", "full")  # a commit survives a power cut
        db.pragma("wal_autocheckpoint", WAL_PAGES)


@contextmanager
def transaction(db: apsw.Connection) -> Iterator[None]:
    """Whole or not at all, whatever ends it: an error, a full disk, an interrupt."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:  # SQLite has rolled back by itself after some errors
            db.execute("ROLLBACK")
        raise


Row = tuple[Any, ...]


def fetch(db: apsw.Connection, sql: str, arguments: tuple[Any, ...] = ()) -> list[Row]:
    """Every row of a query."""
    return db.execute(sql, arguments).fetchall()


def fetch_one(db: apsw.Connection, sql: str, arguments: tuple[Any, ...] = ()) -> Row | None:
    """The first row of a query, or None."""
    return db.execute(sql, arguments).fetchone()


def fetch_sole(db: apsw.Connection, sql: str, arguments: tuple[Any, ...] = ()) -> Row:
    """The row of a query that certainly has one."""
    row = fetch_one(db, sql, arguments)
    assert row is not None
    return row


STEPS = 20_000
"""Of SQLite's machine, a few milliseconds; after so many a reader is asked whether to go on."""

Stop = Callable[[], bool]


def never() -> bool:
    return False


@contextmanager
def interruptible(db: apsw.Connection, stopped: Stop, steps: int) -> Iterator[Stop]:
    """During the block SQLite asks after so many steps of its machine, in the thread that is at work,
    and ends what it is at when `stopped` says so. What is given says whether it has."""
    interrupted = False

    def stops() -> bool:
        nonlocal interrupted
        interrupted = interrupted or stopped()
        return interrupted

    db.set_progress_handler(stops, steps, id=stops)
    try:
        yield lambda: interrupted
    finally:
        db.set_progress_handler(None, id=stops)


@contextmanager
def cancelled_by(interrupted: Stop) -> Iterator[None]:
    """Raise `Cancelled` instead of what SQLite says of an interrupt: virtual tables have errors of
    their own for it."""
    try:
        yield
    except apsw.Error as exc:
        if interrupted():
            raise Cancelled from exc
        raise


class _Held(threading.local):
    """The connection that a thread keeps for more than one query."""

    def __init__(self) -> None:
        self.db: apsw.Connection | None = None
        self.stopped: Stop = never
        self.interrupted: Stop = never


class Readers:
    """Reading connections, lent one thread at a time; as many as threads ever read at once.

    The one given back last is lent first, because its page cache is warm.
    """

    def __init__(self, make: Callable[[], apsw.Connection]) -> None:
        self._make = make
        self._free: list[apsw.Connection] = []
        self._guard = threading.Lock()
        self._held = _Held()
        self._closed = False

    @contextmanager
    def lend(self) -> Iterator[apsw.Connection]:
        """A connection that sees one unchanging state of the library during the block."""
        if self._held.db is None:
            with self._lent() as db:
                yield db
            return
        with cancelled_by(self._held.interrupted):
            yield self._held.db

    @contextmanager
    def hold(self, stopped: Stop = never) -> Iterator[None]:
        """Let all that this thread reads during the block be of one state, on one connection.

        A query that is at work when `stopped` says so ends with `Cancelled`. Within a block of this
        kind another one changes nothing.
        """
        if self._held.db is not None:
            yield
            return
        with self._lent() as db, interruptible(db, stopped, STEPS) as interrupted:
            held = self._held
            held.db, held.stopped, held.interrupted = db, stopped, interrupted
            try:
                yield
            finally:
                held.db, held.stopped, held.interrupted = None, never, never

    def stopped(self) -> bool:
        """Whether what this thread reads for is to end; for work between two queries."""
        return self._held.stopped()

    @contextmanager
    def _lent(self) -> Iterator[apsw.Connection]:
        db = self._take()
        try:
            db.execute("BEGIN")
            yield db
        finally:
            if db.in_transaction:
                db.execute("ROLLBACK")
            self._give_back(db)

    def _take(self) -> apsw.Connection:
        with self._guard:
            if self._closed:
                raise Bug("the library is closed")
            if self._free:
                return self._free.pop()
        return self._make()

    def _give_back(self, db: apsw.Connection) -> None:
        with self._guard:
            if not self._closed:
                self._free.append(db)
                return
        db.close()

    def close(self) -> None:
        """Close those that are free now, and each of the others when it comes back."""
        with self._guard:
            self._closed = True
            free, self._free = self._free, []
        for db in free:
            db.close()
