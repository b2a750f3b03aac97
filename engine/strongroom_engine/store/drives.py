"""The drives on which sources were when they were last looked at, and which of them are away."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import apsw

from strongroom_engine.store import sources
from strongroom_engine.store.connection import fetch, fetch_one
from strongroom_engine.store.paths import load_path, store_path


def of(db: apsw.Connection, source: str) -> dict[str, str]:
    """The volume at each place where something was mounted; raises `NotASource`."""
    row = sources.source_id(db, source)
    rows = fetch(db, "SELECT place, volume FROM drives WHERE source = ?", (row,))
    return {load_path(place): volume for place, volume in rows}


def note_here(
    db: apsw.Connection,
    source: str,
    drives: Mapping[str, str],
    away: Collection[str],
    when_ms: int,
) -> None:
    """Note that a source is here, on these drives, but for what lies at the places `away` in it.
    Since when a place is away stays as it was noted first; raises `NotASource`."""
    row = sources.source_id(db, source)
    before: dict[str | bytes, int] = dict(
        fetch(db, "SELECT place, away_ms FROM drives WHERE source = ?", (row,))
    )
    db.execute("DELETE FROM drives WHERE source = ?", (row,))
    db.executemany(
        "INSERT INTO drives (source, place, volume, away_ms) VALUES (?, ?, ?, ?)",
        [
            (row, place, volume, (before.get(place) or when_ms) if path in away else 0)
            for path, volume in drives.items()
            for place in (store_path(path),)
        ],
    )
    db.execute("UPDATE sources SET away_ms = 0, away_why = '' WHERE id = ?", (row,))


def note_away(db: apsw.Connection, source: str, why: str, when_ms: int) -> bool:
    """Note that a source is away, and why; whether that is news."""
    select = "SELECT away_ms, away_why FROM sources WHERE path = ?"
    found = fetch_one(db, select, (store_path(source),))
    if found is None or (found[0] and found[1] == why):
        return False
    db.execute(
        "UPDATE sources SET away_ms = ?, away_why = ? WHERE path = ?",
        (found[0] or when_ms, why, store_path(source)),
    )
    return True
