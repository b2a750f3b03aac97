"""The care of an open library: how it is kept, making it smaller, another passphrase."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from strongroom_engine.errors import NoLibrary
from strongroom_engine.store import (
    Store,
    change_passphrase,
    drop_aside,
    give_to_keyring,
    header,
    keyring_usable,
)
from strongroom_engine.types import LibraryFacts


class LibraryKeeping:
    """Every method may be called from any thread."""

    def __init__(self, folder: Path, store: Store) -> None:
        self._folder, self._store = folder, store

    def facts(self) -> LibraryFacts:
        """Where the library is, its size, and how its key is kept."""
        known = header(self._folder)
        if known is None:
            raise NoLibrary(library=self._folder)
        upkeep = self._store.upkeep
        return LibraryFacts(
            folder=str(self._folder),
            size=upkeep.size(),
            free=upkeep.free(),
            documents=sum(self._store.status().documents.values()),
            chunks=upkeep.chunks(),
            cipher=known.cipher,
            key=known.key,
            schema=upkeep.schema(),
            keyring=keyring_usable(),
        )

    def compact(self, cancelled: Callable[[], bool] = lambda: False) -> tuple[int, int]:
        """Give back to the disk what is not needed; bytes before and after. Raises
        `NoRoomToCompact` and `Cancelled`."""
        return self._store.upkeep.compact(cancelled)

    def drop_damaged(self) -> None:
        """Delete the damaged libraries that were kept when they were rebuilt."""
        drop_aside(self._folder)

    def change_passphrase(self, old: str, new: str) -> None:
        """Protect the library with the passphrase `new`; `old` is '' where the keyring has the
        key. An empty `new` gives the key to the keyring. What is interrupted changes nothing.

        Raises `WrongKey`, `NoKey` and `KeyNotChangeable`.
        """
        if new:
            change_passphrase(self._folder, old, new)
        else:
            give_to_keyring(self._folder, old)
