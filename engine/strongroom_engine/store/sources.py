"""Sources and the collections that they are grouped in."""

from __future__ import annotations

import apsw

from strongroom_engine.errors import NotASource, SourceKnown, UnknownCollection
from strongroom_engine.store import exclusions, passwords, vectors
from strongroom_engine.store.connection import fetch, fetch_one, fetch_sole
from strongroom_engine.store.paths import clean, load_path, store_path
from strongroom_engine.trees import contains
from strongroom_engine.types import Source, State

DELETED_AT_ONCE = 500
"""Passages of a removed source after which others who write have their turn, and documents."""


def add(db: apsw.Connection, path: str, collection: str) -> None:
    """Add a source; raises `SourceKnown` when it is in the library already."""
    if fetch_one(db, "SELECT 1 FROM sources WHERE path = ?", (store_path(path),)):
        raise SourceKnown(path=path, source=path)
    db.execute(
        "INSERT INTO sources (path, collection) VALUES (?, ?)",
        (store_path(path), _made_collection(db, collection)),
    )


def _made_collection(db: apsw.Connection, collection: str) -> int:
    """The row of the collection of this name, a new one where there is none."""
    name = clean(collection)
    db.execute("INSERT OR IGNORE INTO collections (name) VALUES (?)", (name,))
    return int(fetch_sole(db, "SELECT id FROM collections WHERE name = ?", (name,))[0])


def _drop_empty_collections(db: apsw.Connection) -> None:
    db.execute("DELETE FROM collections WHERE id NOT IN (SELECT collection FROM sources)")


def remove(db: apsw.Connection, path: str) -> None:
    """Remove a source with all that was made from it: it is gone from everywhere at once, and what
    is more than can be deleted at once goes with `delete_some`. Raises `NotASource`."""
    row = source_id(db, path)
    db.execute("UPDATE sources SET gone = 1, path = ? WHERE id = ?", (f"gone {row}", row))
    db.execute("DELETE FROM drives WHERE source = ?", (row,))
    exclusions.remove_of(db, path)
    passwords.drop_outside(db, [source for _, source, _ in _all(db)])
    delete_some(db)


def delete_some(db: apsw.Connection) -> bool:
    """Delete some documents of removed sources, and such a source with its last one; False where
    nothing is left of any. What ends it leaves documents whole but for their ends, and goes on with
    the next."""
    gone = fetch_one(db, "SELECT id FROM sources WHERE gone")
    if gone is None:
        return False
    rows = fetch(
        db,
        "SELECT id, (SELECT count(*) FROM chunks WHERE document = d.id) FROM documents d"
        " WHERE source = ? ORDER BY id DESC LIMIT ?",  # documents inside others before these
        (gone[0], DELETED_AT_ONCE),
    )
    passages = 0
    for row, count in rows:
        if passages + count > DELETED_AT_ONCE:
            if not passages:
                _shorten(db, row, count - DELETED_AT_ONCE)
            return True
        db.execute("DELETE FROM documents WHERE id = ?", (row,))
        passages += count
    if len(rows) < DELETED_AT_ONCE:
        db.execute("DELETE FROM sources WHERE id = ?", gone)
        _drop_empty_collections(db)
    return fetch_one(db, "SELECT 1 FROM sources WHERE gone") is not None


def _shorten(db: apsw.Connection, document: int, passages: int) -> None:
    """Leave so many passages of the document, its first ones, and the rows of its tables that lie
    in them."""
    db.execute("DELETE FROM chunks WHERE document = ? AND ordinal >= ?", (document, passages))
    (end,) = fetch_sole(db, 'SELECT max("end") FROM chunks WHERE document = ?', (document,))
    db.execute("DELETE FROM places WHERE document = ? AND start >= ?", (document, end))
    for (sheet,) in fetch(db, "SELECT id FROM sheets WHERE document = ?", (document,)):
        last = (  # from behind: the rows are in the order of the text, and have no index by it
            'SELECT "row" FROM sheet_rows WHERE sheet = ?1 AND start < ?2'
            ' ORDER BY "row" DESC LIMIT 1'
        )
        db.execute(
            f'DELETE FROM sheet_rows WHERE sheet = ?1 AND "row" > coalesce(({last}), -1)',
            (sheet, end),
        )


def move(db: apsw.Connection, path: str, collection: str) -> None:
    """Put a source into the collection of this name; raises `NotASource`."""
    _put_into(db, [source_id(db, path)], _made_collection(db, collection))


def rename_collection(db: apsw.Connection, name: str, new_name: str) -> None:
    """Rename it, or put its sources into the one that has the new name already.

    Raises `UnknownCollection`.
    """
    row = fetch_one(db, "SELECT id FROM collections WHERE name = ?", (clean(name),))
    if row is None:
        raise UnknownCollection(collection=name, known=", ".join(collections(db)))
    if fetch_one(db, "SELECT 1 FROM collections WHERE name = ?", (clean(new_name),)) is None:
        db.execute("UPDATE collections SET name = ? WHERE id = ?", (clean(new_name), row[0]))
        return
    inside = fetch(db, "SELECT id FROM sources WHERE collection = ? AND NOT gone", row)
    _put_into(db, [source for (source,) in inside], _made_collection(db, new_name))


def _put_into(db: apsw.Connection, rows: list[int], collection: int) -> None:
    """Put the sources in these rows into the collection, their vectors with them."""
    for source in rows:
        (before,) = fetch_sole(db, "SELECT collection FROM sources WHERE id = ?", (source,))
        if before == collection:
            continue
        db.execute("UPDATE sources SET collection = ? WHERE id = ?", (collection, source))
        for (document,) in fetch(db, "SELECT id FROM documents WHERE source = ?", (source,)):
            vectors.move_to_collection(db, document, collection)
    _drop_empty_collections(db)


def note_seen(db: apsw.Connection, path: str, when_ms: int) -> None:
    """Note when all of a source was looked at."""
    db.execute("UPDATE sources SET seen_ms = ? WHERE path = ?", (when_ms, store_path(path)))


def sizes(db: apsw.Connection) -> dict[str, int]:
    """The bytes of all files of each source, by its path."""
    select = (
        "SELECT s.path, sum(d.size) FROM documents d JOIN sources s ON s.id = d.source"
        " WHERE NOT s.gone AND d.size > 0 {also} GROUP BY s.id"
    )
    sums: dict[str | bytes, int] = dict(fetch(db, select.format(also="")))
    # What lies inside a file is part of it. Taken off again, since the sum of all is an index alone.
    inside: dict[str | bytes, int] = dict(
        fetch(db, select.format(also="AND d.container IS NOT NULL"))
    )
    return {load_path(path): int(size) - inside.get(path, 0) for path, size in sums.items()}


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


def paths(db: apsw.Connection) -> set[str]:
    """Where the sources are; without counting their documents."""
    return {load_path(path) for (path,) in fetch(db, "SELECT path FROM sources WHERE NOT gone")}


def _all(db: apsw.Connection) -> list[tuple[int, str, int]]:
    rows = fetch(db, "SELECT id, path, collection FROM sources WHERE NOT gone")
    return [(row, load_path(path), collection) for row, path, collection in rows]


def listed(db: apsw.Connection) -> tuple[Source, ...]:
    """Every source in the order of its path, with the counts of its documents in each state."""
    rows = fetch(
        db,
        "SELECT s.id, s.path, c.name, s.seen_ms, s.away_ms, s.away_why FROM sources s"
        " JOIN collections c ON c.id = s.collection WHERE NOT s.gone",
    )
    counts, away = _counts(db), _away_inside(db)
    found = [
        Source(
            load_path(path),
            name,
            {state.value: counts.get((row, state), 0) for state in State},
            present=not away_ms,
            seen_ms=seen_ms,
            away_ms=away_ms,
            away=why,
            places_away=away.get(row, ()),
        )
        for row, path, name, seen_ms, away_ms, why in rows
    ]
    return tuple(sorted(found, key=lambda source: source.path))


def _counts(db: apsw.Connection) -> dict[tuple[int, str], int]:
    rows = fetch(db, "SELECT source, state, count(*) FROM documents GROUP BY source, state")
    return {(source, state): count for source, state, count in rows}


def _away_inside(db: apsw.Connection) -> dict[int, tuple[str, ...]]:
    """The places inside sources whose drives are away, by the row of the source."""
    found: dict[int, list[str]] = {}
    for row, place in fetch(db, "SELECT source, place FROM drives WHERE away_ms > 0"):
        found.setdefault(row, []).append(load_path(place))
    return {row: tuple(sorted(places)) for row, places in found.items()}


def collections(db: apsw.Connection) -> tuple[str, ...]:
    """The names of the collections that hold a source, in alphabetical order."""
    sql = (
        "SELECT name FROM collections WHERE id IN (SELECT collection FROM sources WHERE NOT gone)"
        " ORDER BY name"
    )
    return tuple(name for (name,) in fetch(db, sql))
