"""Making anew what an older library has of each document, a few documents at a time: their words,
and the sketches of their texts.

Each document changes over whole, in one transaction; meanwhile everybody goes on searching, and
questions find words of both kinds, except stems of words that are not their own stem. Where it
stands is in `meta`: what ends it costs at most the documents in hand.
"""

from __future__ import annotations

from collections.abc import Callable

import apsw

from strongroom_engine.store import document_words, lexical, signatures, sketches
from strongroom_engine.store.connection import fetch, fetch_one
from strongroom_engine.store.lexicon import words

PASSAGES = 500
"""Passages after which a transaction ends (a tenth to a fifth of a second)."""


def renew(db: apsw.Connection) -> bool:
    """Renew some documents, within a transaction; False where none is left to do."""
    return _go_on(db, "words", words.VERSION, _index_again) or _go_on(
        db, "signatures", sketches.VERSION, signatures.sketch_again
    )


def _index_again(db: apsw.Connection, document: int) -> None:
    lexical.index_again(db, document)
    document_words.index(db, document)


def _go_on(
    db: apsw.Connection, what: str, version: str, again: Callable[[apsw.Connection, int], None]
) -> bool:
    """Do one thing for some more documents; False where it is done for all."""
    if _meta(db, done := f"{what} version") == version:
        return False
    at = f"{done} {version} up to document"
    due = fetch(
        db,
        "SELECT document, count(*) FROM chunks WHERE document > ? GROUP BY document"
        " ORDER BY document LIMIT ?",
        (int(_meta(db, at) or 0), PASSAGES),
    )
    passages = 0
    for document, chunks in due:
        again(db, document)
        _set_meta(db, at, str(document))
        passages += chunks
        if passages >= PASSAGES:
            return True
    if len(due) == PASSAGES:
        return True
    _set_meta(db, done, version)
    db.execute("DELETE FROM meta WHERE key = ?", (at,))
    return False


def _meta(db: apsw.Connection, key: str) -> str:
    row = fetch_one(db, "SELECT value FROM meta WHERE key = ?", (key,))
    return str(row[0]) if row else ""


def _set_meta(db: apsw.Connection, key: str, value: str) -> None:
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))
