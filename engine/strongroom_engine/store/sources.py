"""Sources and the collections that they are grouped in."""

from __future__ import annotations

import apsw

from strongroom_engine.errors import NotASource, SourceKnown
from strongroom_engine.store.connection import fetch, fetch_one, fetch_sole
from strongroom_engine.store.paths import clean, load_path, store_path
from strongroom_engine.trees import contains
from strongroom_engine.types import Source, State


def add(db: apsw.Connection, path: str, collection: str) -> None:
    """Add a source; raises `SourceKnown` when it is in the library already."""
    if fetch_one(db, "SELECT 1 FROM sources WHERE path = ?", (store_path(path),)):
        raise SourceKnown(path=path, source=path)
    name = clean(collection)
    db.execute("INSERT OR IGNORE INTO collections (name) VALUES (?)", (name,))
    db.execute(
        "INSERT INTO sources (path, collection) SELECT ?, id FROM collections WHERE name = ?",
        (store_path(path), name),
    )


def remove(db: apsw.Connection, path: str) -> None:
    """Remove a source with all that was made from it; raises `NotASource`."""
    db.execute("DELETE FROM sources WHERE id = ?", (source_id(db, path),))
    db.execute("DELETE FROM collections WHERE id NOT IN (SELECT collection FROM sources)")


def source_id(db: apsw.Connection, path: str) -> int:
    """The row of the source at `path`; raises `NotASource`."""
    row = fetch_one(db, "SELECT id FROM sources WHERE path = ?", (store_path(path),))
    if row is None:
        raise NotASource(path=path)
    return int(row[0])


def source_of(db: apsw.Connection, path: str) -> tuple[int, int]:
    """(source id, collection id) of the innermost source that holds `path`, or `NotASource`."""
    holding = [
        (len(source), row, collection)
        for row, source, collection in _all(db)
        if contains(source, path)
    ]
    if not holding:
        raise NotASource(path=path)
    _, row, collection = max(holding)
    return row, collection


def collection_of(db: apsw.Connection, document: int) -> int:
    """The row of the collection that the document in row `document` belongs to."""
    row = fetch_sole(
        db,
        "SELECT collection FROM sources WHERE id = (SELECT source FROM documents WHERE id = ?)",
        (document,),
    )
    return int(row[0])


def _all(db: apsw.Connection) -> list[tuple[int, str, int]]:
    rows = fetch(db, "SELECT id, path, collection FROM sources")
    return [(row, load_path(path), collection) for row, path, collection in rows]


def listed(db: apsw.Connection) -> tuple[Source, ...]:
    """Every source in the order of its path, with the counts of its documents in each state."""
    rows = fetch(
        db, "SELECT s.id, s.path, c.name FROM sources s JOIN collections c ON c.id = s.collection"
    )
    counts = _counts(db)
    found = [
        Source(load_path(path), name, {state.value: counts.get((row, state), 0) for state in State})
        for row, path, name in rows
    ]
    return tuple(sorted(found, key=lambda source: source.path))


def _counts(db: apsw.Connection) -> dict[tuple[int, str], int]:
    rows = fetch(db, "SELECT source, state, count(*) FROM documents GROUP BY source, state")
    return {(source, state): count for source, state, count in rows}


def collections(db: apsw.Connection) -> tuple[str, ...]:
    """The names of the collections that hold a source, in alphabetical order."""
    return tuple(name for (name,) in fetch(db, "SELECT name FROM collections ORDER BY name"))
