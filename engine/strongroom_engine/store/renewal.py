"""Indexing the words of an older library again, a few documents at a time.

Each document changes over whole, in one transaction; meanwhile everybody goes on searching, and
questions find words of both kinds, except stems of words that are not their own stem. Where it
stands is in `meta`: what ends it costs at most the documents in hand.
"""

from __future__ import annotations

import apsw

from strongroom_engine.store import document_words, lexical
from strongroom_engine.store.connection import fetch, fetch_one
from strongroom_engine.store.words import VERSION

PASSAGES = 500
"""Passages after which a transaction ends (a tenth to a fifth of a second)."""

_DONE = "words version"
_AT = f"words version {VERSION} up to document"


def renew(db: apsw.Connection) -> bool:
    """Index some documents again, within a transaction; False where none is left to do."""
    if _meta(db, _DONE) == VERSION:
        return False
    due = fetch(
        db,
        "SELECT document, count(*) FROM chunks WHERE document > ? GROUP BY document"
        " ORDER BY document LIMIT ?",
        (int(_meta(db, _AT) or 0), PASSAGES),
    )
    passages = 0
    for document, chunks in due:
        lexical.index_again(db, document)
        document_words.index(db, document)
        _set_meta(db, _AT, str(document))
        passages += chunks
        if passages >= PASSAGES:
            return True
    if len(due) == PASSAGES:
        return True
    _set_meta(db, _DONE, VERSION)
    db.execute("DELETE FROM meta WHERE key = ?", (_AT,))
    return False


def _meta(db: apsw.Connection, key: str) -> str:
    row = fetch_one(db, "SELECT value FROM meta WHERE key = ?", (key,))
    return str(row[0]) if row else ""


def _set_meta(db: apsw.Connection, key: str, value: str) -> None:
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))
