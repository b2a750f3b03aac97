"""What the user will not have in the library: files, folders and patterns of names."""

from __future__ import annotations

import apsw

from strongroom_engine.store.connection import fetch
from strongroom_engine.store.paths import load_path, store_path
from strongroom_engine.types import Exclusion


def add(db: apsw.Connection, exclusion: Exclusion) -> None:
    """Keep it; nothing happens when it is there already."""
    db.execute("INSERT OR IGNORE INTO exclusions (source, pattern) VALUES (?, ?)", _row(exclusion))


def remove(db: apsw.Connection, exclusion: Exclusion) -> None:
    """Forget it; nothing happens where there is none."""
    db.execute("DELETE FROM exclusions WHERE source = ? AND pattern = ?", _row(exclusion))


def remove_of(db: apsw.Connection, source: str) -> None:
    """Forget what was left out of this source alone."""
    db.execute("DELETE FROM exclusions WHERE source = ?", (store_path(source),))


def listed(db: apsw.Connection) -> tuple[Exclusion, ...]:
    """Every one, those of all sources first."""
    rows = fetch(db, "SELECT source, pattern FROM exclusions")
    found = (Exclusion(load_path(source), load_path(pattern)) for source, pattern in rows)
    return tuple(sorted(found, key=lambda one: (one.source, one.pattern)))


def _row(exclusion: Exclusion) -> tuple[str | bytes, str | bytes]:
    return store_path(exclusion.source), store_path(exclusion.pattern)
