"""Whether a document that counts as indexed can really be found.

'Done, but nothing is found' is what users of such programs meet most, so it is looked into before
a document is called indexed: its chunks, words and vectors must agree in number, and words drawn
from it must find it again in the full-text index.
"""

from __future__ import annotations

from dataclasses import dataclass

import apsw

from strongroom_engine.errors import NotFindable
from strongroom_engine.store import indexes, lexical
from strongroom_engine.store.connection import fetch, fetch_sole
from strongroom_engine.store.languages import language_of
from strongroom_engine.store.words import passage_words
from strongroom_engine.types import State

DRAWN_WORDS = 6
"""So many words in a row are drawn: enough to be rare, too few to reach past a sentence."""
LOOKED_AT = 8
"""The first chunks, among which the one with most words is drawn from."""


@dataclass(frozen=True, slots=True)
class Count:
    """How much of one document is in each part of the index."""

    chunks: int
    words: int
    vectors: int


def count(db: apsw.Connection, row: int) -> Count:
    """What the index holds of the document in row `row`."""
    vectors = indexes.answering(db).table
    chunks, words, embedded = fetch_sole(
        db,
        "SELECT count(*), count(w.id), count(v.rowid) FROM chunks c"
        " LEFT JOIN words_docsize w ON w.id = c.id"
        f" LEFT JOIN {vectors}_rowids v ON v.rowid = c.id WHERE c.document = ?",
        (row,),
    )
    return Count(chunks, words, embedded)


def is_findable(db: apsw.Connection, row: int) -> bool:
    """Whether chunks, words and vectors agree, and words drawn from the document find it."""
    held = count(db, row)
    return 0 < held.chunks == held.words == held.vectors and _is_found(db, row)


def complete(db: apsw.Connection, row: int) -> None:
    """Call the document indexed, of which every chunk has its vector, if it is findable; else
    failed, with the reason. What is there of it stays."""
    findable = is_findable(db, row)
    state, problem = (State.INDEXED, None) if findable else (NotFindable.state, NotFindable.code)
    db.execute(
        "UPDATE documents SET state = ?, problem = ?, details = NULL, checked = ? WHERE id = ?",
        (state, problem, findable, row),
    )


def _words(text: str) -> list[str]:
    written = passage_words(text, language_of(text)).split()
    return [word for word in written if any(map(str.isalnum, word))]


def _is_found(db: apsw.Connection, row: int) -> bool:
    rows = fetch(
        db,
        "SELECT text FROM chunks JOIN texts ON chunk = id WHERE document = ?"
        " ORDER BY ordinal LIMIT ?",
        (row, LOOKED_AT),
    )
    # Signs are in no index: a sheet that is mostly empty has rows of bars.
    words = max((_words(text) for (text,) in rows), key=len)
    # Not the last ones: after the text follow other spellings, which stand elsewhere.
    middle = words[len(words) // 3 :][:DRAWN_WORDS]
    if not middle:
        return True  # signs alone; words and vectors agree
    phrase = " ".join(middle).replace('"', '""')
    first, last = fetch_sole(db, "SELECT min(id), max(id) FROM chunks WHERE document = ?", (row,))
    return lexical.holds(db, f'text : "{phrase}"', range(first, last + 1))
