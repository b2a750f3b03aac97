"""Passwords of documents and folders. They are kept in the encrypted library and shown to nobody."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager

import apsw

from strongroom_engine.store.connection import fetch
from strongroom_engine.store.paths import clean, load_path, store_path
from strongroom_engine.trees import contains

Borrow = Callable[[], AbstractContextManager[apsw.Connection]]


class Passwords:
    """The passwords of a store, by the path of a document or of a folder with documents."""

    def __init__(self, read: Borrow, write: Borrow) -> None:
        self._read, self._write = read, write

    def give(self, path: str, password: str) -> None:
        """Try this password for the document at the path, or for all below it, from now on."""
        with self._write() as db:
            db.execute(
                "INSERT OR REPLACE INTO passwords (path, password, given_ms) VALUES (?, ?, ?)",
                (store_path(path), clean(password), int(time.time() * 1000)),
            )

    def forget(self, path: str) -> None:
        """Nothing happens where none was given."""
        with self._write() as db:
            db.execute("DELETE FROM passwords WHERE path = ?", (store_path(path),))

    def paths(self) -> tuple[str, ...]:
        """For what a password was given, in order."""
        with self._read() as db:
            return tuple(
                sorted(load_path(path) for (path,) in fetch(db, "SELECT path FROM passwords"))
            )

    def candidates(self, path: str) -> tuple[str, ...]:
        """The passwords that may open the document at the path: its own first, then those of the
        containers and folders around it, the innermost first."""
        with self._read() as db:
            rows = fetch(db, "SELECT path, password FROM passwords")
        around = [(load_path(place), password) for place, password in rows]
        fitting = [(place, word) for place, word in around if contains(place, path)]
        return tuple(word for _, word in sorted(fitting, key=lambda pair: -len(pair[0])))
