"""Which documents are versions of each other: nearly the same text, with the same names in it.

Each document with enough words keeps a sketch of its text (`sketches`), and the bands by which
those are found that may be like it. Nothing is kept of pairs: sketches are compared when it is
asked for. Files with the same bytes are copies, and no versions.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager

import apsw

from strongroom_engine.store import sketches
from strongroom_engine.store.connection import Row, fetch, fetch_one, fetch_sole
from strongroom_engine.store.paths import load_path, store_path

Borrow = Callable[[], AbstractContextManager[apsw.Connection]]
Versions = dict[str, dict[str, float]]
"""Documents (paths) with their versions, and how much of the two texts is common, 0 to 1."""

CANDIDATES = 200
"""Documents that are compared with one: those with most bands in common."""

_SIGNATURES = (
    "SELECT d.path, d.content_hash, s.signature FROM documents d JOIN signatures s"
    " ON s.document = d.id WHERE length(s.signature) > 0 AND d.id IN "
)


class Signatures:
    """The versions among a store's documents."""

    def __init__(self, read: Borrow) -> None:
        self._read = read

    def among(self, chunks: Sequence[int]) -> Versions:
        """Of the documents of these chunks those that have versions among them."""
        with self._read() as db:
            inside = "(SELECT document FROM chunks WHERE id IN (SELECT value FROM json_each(?)))"
            return _versions(fetch(db, _SIGNATURES + inside, (json.dumps(list(chunks)),)))

    def of(self, path: str) -> dict[str, float]:
        """The versions of a document, the likest first."""
        with self._read() as db:
            row = fetch_one(db, "SELECT id FROM documents WHERE path = ?", (store_path(path),))
            return of(db, row[0]) if row else {}

    def changed(self, paths: Iterable[str]) -> dict[str, int]:
        """When the files of these documents were changed, in milliseconds since 1970."""
        with self._read() as db:
            sql = "SELECT mtime_ns FROM documents WHERE path = ?"
            found = {path: fetch_one(db, sql, (store_path(path),)) for path in paths}
            return {path: row[0] // 1_000_000 for path, row in found.items() if row}


def put(db: apsw.Connection, row: int, made: bytes) -> None:
    """Keep the sketch of the document in row `row` instead of what there was."""
    db.execute("DELETE FROM signature_bands WHERE document = ?", (row,))
    db.execute("INSERT OR REPLACE INTO signatures VALUES (?, ?)", (row, made))
    bands = sketches.bands(made) if made else []
    db.executemany(
        "INSERT INTO signature_bands (band, hash, document) VALUES (?, ?, ?)",
        [(band, value, row) for band, value in enumerate(bands)],
    )


def sketch_again(db: apsw.Connection, row: int) -> None:
    """Make the sketch of a document that was read before."""
    put(db, row, sketches.sketch(_text(db, row)))


def of(db: apsw.Connection, row: int) -> dict[str, float]:
    """The versions of the document in row `row`, the likest first."""
    rows = fetch(
        db,
        "SELECT other.document FROM signature_bands own JOIN signature_bands other"
        " ON other.band = own.band AND other.hash = own.hash WHERE own.document = ?1"
        " GROUP BY other.document ORDER BY other.document <> ?1, count(*) DESC LIMIT ?2",
        (row, CANDIDATES),
    )
    inside = "(SELECT value FROM json_each(?))"
    near = fetch(db, _SIGNATURES + inside, (json.dumps([other for (other,) in rows]),))
    path = load_path(fetch_sole(db, "SELECT path FROM documents WHERE id = ?", (row,))[0])
    found = _versions(near).get(path, {})
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _versions(rows: Sequence[Row]) -> Versions:
    """The versions among documents, given with their content hashes and signatures."""
    found: Versions = {}
    if len(rows) < 2:
        return found
    paths = [load_path(path) for path, _, _ in rows]
    alike = sketches.likenesses([made for *_, made in rows])
    for one, other in zip(*(alike >= sketches.ALIKE).nonzero(), strict=True):
        copies = rows[one][1] == rows[other][1]
        if one < other and not copies and not sketches.one_form(rows[one][2], rows[other][2]):
            found.setdefault(paths[one], {})[paths[other]] = float(alike[one, other])
            found.setdefault(paths[other], {})[paths[one]] = float(alike[one, other])
    return found


def _text(db: apsw.Connection, row: int) -> str:
    sql = "SELECT text FROM chunks JOIN texts ON chunk = id WHERE document = ? ORDER BY ordinal"
    return "".join(text for (text,) in fetch(db, sql, (row,)))
