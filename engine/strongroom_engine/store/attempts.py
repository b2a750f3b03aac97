"""Documents that were being read when Strongroom ended: one that ended it ends it again.

An attempt is noted when it takes its time, and is over when the document is in the library, or the
reason why it is not. What is left of attempts at the next start came to no end.
"""

from __future__ import annotations

import apsw

from strongroom_engine.store import documents, sources
from strongroom_engine.store.connection import fetch, fetch_one
from strongroom_engine.store.paths import load_path, store_path
from strongroom_engine.types import FileFacts

_OF_PARSERS = "('parser-died', 'timed-out', 'out-of-memory', 'ended-strongroom', 'damaged')"
"""The problems that another version of the parsers may not have."""
_VERSION = "parsers"


def renew(db: apsw.Connection, version: str) -> None:
    """Let what parsers of another version could not read be read again, once."""
    known = fetch_one(db, "SELECT value FROM meta WHERE key = ?", (_VERSION,))
    if known is None or known[0] != version:
        db.execute(
            "UPDATE documents SET state = 'pending'"
            f" WHERE state = 'failed' AND problem IN {_OF_PARSERS}"
        )
        db.execute("DELETE FROM attempts")
        db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_VERSION, version))


def begin(db: apsw.Connection, facts: FileFacts) -> None:
    """Note that a document is being read; nothing happens where it is not in the library."""
    row = documents.find(db, facts.path)
    if row is not None:
        db.execute(
            "INSERT INTO attempts (document, size, mtime_ns, identity) VALUES (?1, ?2, ?3, ?4)"
            " ON CONFLICT (document) DO UPDATE SET"
            " count = iif((size, mtime_ns, identity) = (?2, ?3, ?4), count + 1, 1),"
            " size = ?2, mtime_ns = ?3, identity = ?4",
            (row, facts.size, facts.mtime_ns, facts.identity),
        )


def end(db: apsw.Connection, path: str) -> None:
    db.execute(
        "DELETE FROM attempts WHERE document = (SELECT id FROM documents WHERE path = ?)",
        (store_path(path),),
    )


def without_end(db: apsw.Connection, source: str) -> dict[FileFacts, int]:
    """How often each document of the source, as it was then, was begun and came to no end."""
    rows = fetch(
        db,
        "SELECT d.path, a.size, a.mtime_ns, a.identity, a.count FROM attempts a"
        " JOIN documents d ON d.id = a.document WHERE d.source = ?",
        (sources.source_id(db, source),),
    )
    return {FileFacts(load_path(path), *facts): count for path, *facts, count in rows}
