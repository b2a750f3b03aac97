"""What is kept beside the database for the day on which it is damaged.

`library.kept` is a small encrypted database with every row that the user made and no document can
give back, written anew at the end of a session in which there were others. `library.head` holds the
pages that say where each table begins, encrypted as they are in the file.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import apsw
import msgspec

from strongroom_engine.store import connection
from strongroom_engine.store.connection import Row, connect, fetch, fetch_one, transaction

KEPT, HEAD = "library.kept", "library.head"
FILES = (KEPT, HEAD, f"{KEPT}.part", f"{HEAD}.part")
_ERRORS = (apsw.Error, OSError)

_MARKS = (
    "SELECT key, title, changed_ms, turns FROM conversations ORDER BY key",
    "SELECT count(*), count(answer), max(id) FROM conversation_turns",
    "SELECT question, changed_ms FROM judgements ORDER BY id",
    "SELECT name, changed_ms FROM reviews ORDER BY id",
    "SELECT count(*), total(length(cell)) FROM review_cells",
    "SELECT count(*), max(id) FROM quality_runs",
    "SELECT path, given_ms FROM kept_passwords ORDER BY path, password",
    "SELECT count(*), max(moved_ms) FROM moved_documents",
    "SELECT source, pattern FROM exclusions ORDER BY source, pattern",
    "SELECT path, collection FROM sources ORDER BY id",
    "SELECT id, name FROM collections ORDER BY id",
)
"""What is different after the user made something."""


class _Head(msgspec.Struct, frozen=True):
    schema_cookie: int
    pages: dict[int, bytes]
    """By their number, from 1."""


class Keepsakes:
    """Keeps the rows of `tables`, before the connection that writes is closed, and the head after
    that. What cannot be read or written leaves what was kept before."""

    def __init__(self, folder: Path, raw_key: bytes, tables: tuple[str, ...]) -> None:
        self._folder, self._raw_key, self._tables = folder, raw_key, tables
        self._head_due: tuple[int, int, list[int]] | None = None

    def keep_rows(self, db: apsw.Connection) -> None:
        with suppress(*_ERRORS):
            self._head_due = self._look_at_head(db)
        with suppress(*_ERRORS):
            mark = _mark(db)
            if mark != _kept_mark(self._folder, self._raw_key):
                self._write_rows(db, mark)

    def _write_rows(self, db: apsw.Connection, mark: str) -> None:
        part = self._folder / f"{KEPT}.part"
        part.unlink(missing_ok=True)
        with closing(connect(self._folder, self._raw_key, write=True, file=part.name)) as kept:
            kept.pragma("journal_mode", "off")
            with transaction(kept):
                kept.execute(
                    "CREATE TABLE mark (mark TEXT); CREATE TABLE kept (name, columns, row)"
                )
                kept.execute("INSERT INTO mark VALUES (?)", (mark,))
                for name in self._tables:
                    kept.executemany("INSERT INTO kept VALUES (?, ?, ?)", _packed(db, name))
        flush(part)
        part.replace(self._folder / KEPT)

    # --- where tables begin ----------------------------------------------------------------------

    def _look_at_head(self, db: apsw.Connection) -> tuple[int, int, list[int]] | None:
        """What is to be kept of it, if that is something else than is kept."""
        cookie = int(db.pragma("schema_version"))
        known = _read_head(self._folder)
        if known and known.schema_cookie == cookie:
            return None
        rows = fetch(db, "SELECT pageno FROM dbstat WHERE name = 'sqlite_schema'")
        return cookie, int(db.pragma("page_size")), [number for (number,) in rows]

    def keep_head(self) -> None:
        """Once the log has been folded into the database; not while others read it."""
        log = self._folder / f"{connection.FILE}-wal"
        if self._head_due is None or (log.exists() and log.stat().st_size):
            return
        cookie, size, numbers = self._head_due
        part = self._folder / f"{HEAD}.part"
        with suppress(*_ERRORS), (self._folder / connection.FILE).open("rb") as file:
            pages = {}
            for number in numbers:
                file.seek((number - 1) * size)
                pages[number] = file.read(size)
            part.write_bytes(msgspec.msgpack.encode(_Head(cookie, pages)))
            flush(part)
            part.replace(self._folder / HEAD)


def put_head_back(folder: Path) -> bool:
    """Put the pages that say where each table begins into a database that cannot be read without
    them; whether there are any."""
    known = _read_head(folder)
    if known is None:
        return False
    with (folder / connection.FILE).open("r+b") as file:
        for number, page in known.pages.items():
            file.seek((number - 1) * len(page))
            file.write(page)
    return True


def drop_head(folder: Path) -> None:
    """The tables will begin elsewhere."""
    (folder / HEAD).unlink(missing_ok=True)


def _read_head(folder: Path) -> _Head | None:
    with suppress(OSError, msgspec.DecodeError):
        return msgspec.msgpack.decode((folder / HEAD).read_bytes(), type=_Head)
    return None


# --- rows --------------------------------------------------------------------------------------------


def kept_rows(folder: Path, raw_key: bytes, name: str) -> tuple[tuple[str, ...], Iterator[Row]]:
    """The columns and rows of a table as they were last kept."""
    rows: list[Row] = []
    columns: tuple[str, ...] = ()
    with suppress(apsw.Error), closing(connect(folder, raw_key, write=False, file=KEPT)) as db:
        for listed, row in fetch(db, "SELECT columns, row FROM kept WHERE name = ?", (name,)):
            columns = tuple(listed.split())
            rows.append(tuple(msgspec.msgpack.decode(row)))
    return columns, iter(rows)


def _packed(db: apsw.Connection, name: str) -> Iterator[Row]:
    info = fetch(db, "SELECT name FROM pragma_table_info(?)", (name,))
    listed = " ".join(column for (column,) in info)
    for row in db.execute(f"SELECT * FROM {name}"):
        yield name, listed, msgspec.msgpack.encode(row)


def _mark(db: apsw.Connection) -> str:
    digest = hashlib.sha256()
    for sql in _MARKS:
        digest.update(repr(fetch(db, sql)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _kept_mark(folder: Path, raw_key: bytes) -> str:
    if not (folder / KEPT).exists():
        return ""
    with suppress(apsw.Error), closing(connect(folder, raw_key, write=False, file=KEPT)) as kept:
        row = fetch_one(kept, "SELECT mark FROM mark")
        return str(row[0]) if row else ""
    return ""


def flush(file: Path) -> None:
    """Wait until the file is on the disk."""
    descriptor = os.open(file, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
