"""Whether a document that counts as indexed can really be found.

'Done, but nothing is found' is what users of such programs meet most, so it is looked into before
a document is called indexed: its chunks, words and vectors must agree in number, and words drawn
from it must find it again in the full-text index. `faults` looks at the whole library so.
"""

from __future__ import annotations

from dataclasses import dataclass

import apsw

from strongroom_engine.errors import NotFindable
from strongroom_engine.store import indexes, lexical
from strongroom_engine.store.connection import fetch, fetch_sole
from strongroom_engine.store.lexicon.languages import language_of
from strongroom_engine.store.lexicon.words import passage_words
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


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _is_found(db: apsw.Connection, row: int) -> bool:
    rows = fetch(
        db,
        "SELECT text FROM chunks JOIN texts ON chunk = id WHERE document = ?"
        " ORDER BY ordinal LIMIT ?",
        (row, LOOKED_AT),
    )
    # Signs are in no index: a sheet that is mostly empty has rows of bars. Letters are counted,
    # since words are found at a tenth of what indexing costs beside the model.
    words = _words(max((text for (text,) in rows), key=_letters))
    # Not the last ones: after the text follow other spellings, which stand elsewhere.
    middle = words[len(words) // 3 :][:DRAWN_WORDS]
    if not middle:
        return True  # signs alone; words and vectors agree
    phrase = " ".join(middle).replace('"', '""')
    first, last = fetch_sole(db, "SELECT min(id), max(id) FROM chunks WHERE document = ?", (row,))
    return lexical.holds(db, f'text : "{phrase}"', range(first, last + 1))


# --- the whole library -----------------------------------------------------------------------------

FAULTS = {
    "words of no passage": "SELECT count(*) FROM words_docsize"
    " WHERE id NOT IN (SELECT id FROM chunks)",
    "passages without words": "SELECT count(*) FROM chunks"
    " WHERE id NOT IN (SELECT id FROM words_docsize)",
    "texts of no passage": "SELECT count(*) FROM texts WHERE chunk NOT IN (SELECT id FROM chunks)",
    "passages without a text": "SELECT count(*) FROM chunks"
    " WHERE id NOT IN (SELECT chunk FROM texts)",
    "passages out of order": "SELECT count(*) FROM (SELECT 1 FROM chunks GROUP BY document"
    ' HAVING count(*) <> max(ordinal) + 1 OR min(ordinal) OR sum("end" - start) <> max("end"))',
    "names of no document": "SELECT count(*) FROM document_names_docsize"
    " WHERE id NOT IN (SELECT document FROM chunks)",
    "openings of no document": "SELECT count(*) FROM document_words_docsize"
    " WHERE id NOT IN (SELECT document FROM chunks)",
    "documents without a name": "SELECT count(DISTINCT document) FROM chunks"
    " WHERE document NOT IN (SELECT id FROM document_names_docsize)",
    "documents without an opening": "SELECT count(DISTINCT document) FROM chunks"
    " WHERE document NOT IN (SELECT id FROM document_words_docsize)",
    "sketches of no text": "SELECT count(*) FROM signatures"
    " WHERE document NOT IN (SELECT document FROM chunks)",
    "documents without a sketch": "SELECT count(DISTINCT document) FROM chunks"
    " WHERE document NOT IN (SELECT document FROM signatures)",
    "indexed without vectors": "SELECT count(*) FROM documents d WHERE state = 'indexed' AND"
    " (NOT EXISTS (SELECT 1 FROM chunks WHERE document = d.id)"
    " OR EXISTS (SELECT 1 FROM chunks WHERE document = d.id AND NOT embedded))",
    "not indexed with all vectors": "SELECT count(*) FROM documents d WHERE state = 'readable'"
    " AND NOT EXISTS (SELECT 1 FROM chunks WHERE document = d.id AND NOT embedded)",
    "problems with a text": "SELECT count(*) FROM documents d WHERE state IN ('skipped', 'failed')"
    f" AND problem <> '{NotFindable.code}' AND EXISTS (SELECT 1 FROM chunks WHERE document = d.id)",
    "members of another source": "SELECT count(*) FROM documents d JOIN documents c"
    " ON c.id = d.container WHERE c.source <> d.source",
    "empty collections": "SELECT count(*) FROM collections"
    " WHERE id NOT IN (SELECT collection FROM sources)",
    "exclusions of no source": "SELECT count(*) FROM exclusions"
    " WHERE source <> '' AND source NOT IN (SELECT path FROM sources)",
    "rows of no table's row": "SELECT count(*) FROM pragma_foreign_key_check",
}
"""Counts of what belongs to nothing, or lacks what belongs to it."""
_VECTOR_FAULTS = {
    "vectors of no passage": "SELECT count(*) FROM {0}_rowids"
    " WHERE rowid NOT IN (SELECT id FROM chunks)",
    "vectors in another collection": "SELECT count(*) FROM {0}_rowids v"
    " JOIN {0}_chunks p ON p.chunk_id = v.chunk_id JOIN chunks c ON c.id = v.rowid"
    " JOIN documents d ON d.id = c.document JOIN sources s ON s.id = d.source"
    " WHERE s.collection <> p.partition00",
    "vectors in no part": "SELECT count(*) FROM {0}_rowids"
    " WHERE chunk_id NOT IN (SELECT chunk_id FROM {0}_chunks)",
    "parts without vectors": "SELECT count(*) FROM {0}_chunks"
    " WHERE chunk_id NOT IN (SELECT rowid FROM {0}_vector_chunks00)",
}
_ANSWERING_FAULTS = {
    "passages without the vector they are said to have": "SELECT count(*) FROM chunks"
    " WHERE embedded AND id NOT IN (SELECT rowid FROM {0}_rowids)",
    "vectors that are not said to be there": "SELECT count(*) FROM chunks"
    " WHERE NOT embedded AND id IN (SELECT rowid FROM {0}_rowids)",
}
_WANTED_FAULTS = {
    "passages that wait with a vector, or without one do not": "SELECT count(*) FROM chunks"
    " WHERE (id IN (SELECT chunk FROM waiting)) = (id IN (SELECT rowid FROM {0}_rowids))",
}
_FULL_TEXT = ("words", "document_words", "document_names")


def faults(db: apsw.Connection, *, thorough: bool = False) -> dict[str, int]:
    """What is not as it should be in the whole library, with how often; {} for a sound one.

    Reads every table, `thorough` every page too, as it is on the disk: that takes a second for
    some hundred megabytes. Where `db` can write, within a transaction, full-text indexes are looked
    through from inside. Damage that is met is raised as apsw's errors. `db` has searched nothing
    since another connection wrote: SQLite would check full text by what it remembers, and call
    it damaged.
    """
    found = _pages(db, thorough)
    found |= {name: _number(db, query) for name, query in FAULTS.items()}
    for index in indexes.everyone(db):
        found |= _of_vectors(db, index.table, _VECTOR_FAULTS)
        found |= {f"vectors in a part, {index.table}": _miscounted(db, index.table)}
    found |= _of_vectors(db, indexes.answering(db).table, _ANSWERING_FAULTS)
    found |= _of_vectors(db, indexes.wanted(db).table, _WANTED_FAULTS)
    if not db.readonly("main"):
        found |= {f"full text of {table}": _broken_text(db, table) for table in _FULL_TEXT}
    return {name: count for name, count in found.items() if count}


def _pages(db: apsw.Connection, thorough: bool) -> dict[str, int]:
    """What SQLite itself finds."""
    rows = fetch(db, f"PRAGMA {'integrity_check' if thorough else 'quick_check'}")
    return {} if rows == [("ok",)] else {f"pages: {rows[0][0]}": len(rows)}


def _number(db: apsw.Connection, query: str) -> int:
    return int(fetch_sole(db, query)[0])


def _of_vectors(db: apsw.Connection, table: str, queries: dict[str, str]) -> dict[str, int]:
    return {f"{name}, {table}": _number(db, q.format(table)) for name, q in queries.items()}


def _miscounted(db: apsw.Connection, table: str) -> int:
    """Parts of the index whose marks do not agree with the vectors that are said to be in them."""
    rows = fetch(
        db,
        f"SELECT validity, coalesce(number, 0) FROM {table}_chunks LEFT JOIN"
        f" (SELECT chunk_id, count(*) AS number FROM {table}_rowids GROUP BY chunk_id)"
        " USING (chunk_id)",
    )
    return sum(int.from_bytes(marks).bit_count() != count for marks, count in rows)


def _broken_text(db: apsw.Connection, table: str) -> int:
    """1 where the full-text index does not agree with itself."""
    try:
        db.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
    except apsw.CorruptError:
        return 1
    return 0
