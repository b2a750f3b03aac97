"""Passwords of documents and folders. They are kept in the encrypted library and shown to nobody."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

import apsw

from strongroom_engine.store.connection import fetch
from strongroom_engine.store.paths import clean, load_path, store_path
from strongroom_engine.trees import contains

Borrow = Callable[[], AbstractContextManager[apsw.Connection]]


def drop_outside(db: apsw.Connection, sources: Sequence[str]) -> None:
    """Keep no password of what lies in no source any more, nor holds one."""
    for (path,) in fetch(db, "SELECT DISTINCT path FROM kept_passwords"):
        place = load_path(path)
        if not any(contains(one, place) or contains(place, one) for one in sources):
            db.execute("DELETE FROM kept_passwords WHERE path = ?", (path,))


class Passwords:
    """The passwords of a store, by the path of a document or of a folder with documents."""

    def __init__(self, read: Borrow, write: Borrow) -> None:
        self._read, self._write = read, write

    def give(self, path: str, password: str) -> bool:
        """Try this password, too, for the document at the path, or for all below it, from now on;
        whether it is new there."""
        with self._write() as db:
            db.execute(
                "INSERT OR IGNORE INTO kept_passwords (path, password, given_ms) VALUES (?, ?, ?)",
                (store_path(path), clean(password), int(time.time() * 1000)),
            )
            return db.changes() > 0

    def take_back(self, path: str, password: str) -> None:
        """As if this one had not been given for the path; others that were stay."""
        with self._write() as db:
            db.execute(
                "DELETE FROM kept_passwords WHERE path = ? AND password = ?",
                (store_path(path), clean(password)),
            )

    def forget(self, path: str) -> None:
        """All that were given for the path; nothing happens where none was."""
        with self._write() as db:
            db.execute("DELETE FROM kept_passwords WHERE path = ?", (store_path(path),))

    def paths(self) -> tuple[str, ...]:
        """For what a password was given, in order."""
        with self._read() as db:
            rows = fetch(db, "SELECT DISTINCT path FROM kept_passwords")
            return tuple(sorted(load_path(path) for (path,) in rows))

    def candidates(self, path: str) -> tuple[str, ...]:
        """The passwords that may open the document at the path: its own first, then those of the
        containers and folders around it, the innermost first, of one place the latest first."""
        with self._read() as db:
            rows = fetch(db, "SELECT path, password FROM kept_passwords ORDER BY given_ms DESC")
        around = [(load_path(place), password) for place, password in rows]
        fitting = [(place, word) for place, word in around if contains(place, path)]
        words = (word for _, word in sorted(fitting, key=lambda pair: -len(pair[0])))
        return tuple(dict.fromkeys(words))
