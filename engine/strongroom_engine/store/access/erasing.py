"""Deleting a library: the database first, what says that there is one last."""

from __future__ import annotations

from pathlib import Path

from strongroom_engine.errors import LibraryReadOnly
from strongroom_engine.sentences import reasons
from strongroom_engine.store import connection
from strongroom_engine.store.access import headers, lock
from strongroom_engine.store.access.keys import forget_in_keyring
from strongroom_engine.store.access.lock import WriterLock
from strongroom_engine.store.damage import keepsakes, rebuilding

_OF_DATABASE = ("", "-wal", "-shm", "-journal", ".part")


def erase(folder: Path) -> None:
    """Delete the library in `folder`, which nobody may have open, and its key in the keyring.

    Other files of the folder stay. What is interrupted leaves an empty library or none. Raises
    `LibraryBusy`, `LibraryDamaged` and `LibraryReadOnly`; nothing happens where there is none.
    """
    known = headers.header(folder)
    if known is None:
        return
    held = WriterLock(folder)
    try:
        rebuilding.finish(folder)
        headers.mend(folder)
        (folder / headers.COPY).replace(folder / headers.FILE)  # without a copy it is none yet
        for ending in _OF_DATABASE:
            (folder / f"{connection.FILE}{ending}").unlink(missing_ok=True)
        for name in keepsakes.FILES:
            (folder / name).unlink(missing_ok=True)
        rebuilding.drop_aside(folder)
        (folder / headers.FILE).unlink(missing_ok=True)
    except OSError as exc:
        raise LibraryReadOnly(
            library=folder, why=exc.strerror or reasons.CANNOT_BE_DELETED()
        ) from exc
    finally:
        held.release()
    (folder / lock.FILE).unlink(missing_ok=True)
    if known.key == "keyring":
        forget_in_keyring(known.id)
