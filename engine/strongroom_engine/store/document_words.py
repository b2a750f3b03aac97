"""What a document is called and how it begins, as a full-text index with one row a document.

A question that names a document does so with the words of its file's name, its title, its folders
or its opening, where parties, subject, date and sender stand. A passage says none of them.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Sequence

import apsw

from strongroom_engine.store.connection import fetch, fetch_one, transaction
from strongroom_engine.store.lexicon.words import index_words
from strongroom_engine.store.paths import clean, file_name, load_path
from strongroom_engine.store.scope import Scope, chunk_condition, each_document_condition

OPENING_CHARACTERS = 1_500
"""How much of a document's text is its opening."""
FOLDERS = 3
"""The innermost folders of a path that are indexed."""

_RANK = "bm25(4.0, 2.0, 0.5, 1.0)"
_NAMES_RANK = "bm25(4.0, 2.0)"
"""The weights of name, title, folder and opening."""

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([01]\d)([0-3]\d)(?!\d)")
_QUARTER = re.compile(r"(?<![^\W_])([QH][1-4])((?:19|20)\d\d)(?!\d)", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[^\W\d_])(?=[A-Z][^\W\d_A-Z])")
_LETTERS_DIGITS = re.compile(r"(?<=[^\W\d_]{2})(?=\d)|(?<=\d{4})(?=[^\W\d_])")


def name_words(text: str) -> str:
    """The words of a name, or of a question that may hold one, as they are indexed.

    'BESTBUY_2024Q2_10K' is bestbuy, 2024, q2, 10k; 'FY2023' is fy, 2023; 'EcoScience' is eco,
    science; a day written as eight digits is a year, a month and a day.
    """
    text = _QUARTER.sub(r"\1 \2", text.replace("_", " "))
    text = _DAY.sub(r"\1 \2 \3", _YEAR.sub(r" \1 ", text))
    return index_words(_LETTERS_DIGITS.sub(" ", _CAMEL.sub(" ", text)))


def _glued(name: str) -> str:
    """The parts of a name that camel case separates, as one word each: 'bestbuy' for BestBuy."""
    return " ".join(part.lower() for part in re.split(r"[\W_]+", name) if _CAMEL.search(part))


def index(db: apsw.Connection, document: int) -> None:
    """Index the document under the name and with the opening that it has now."""
    forget(db, document)
    row = fetch_one(
        db,
        "SELECT d.path, s.path, d.title FROM documents d JOIN sources s ON s.id = d.source"
        " WHERE d.id = ?",
        (document,),
    )
    opening = _opening(db, document)
    if row is None or not opening:
        return
    path, source, title = load_path(row[0]), load_path(row[1]), row[2]
    name = os.path.splitext(file_name(path))[0]  # noqa: PTH122 -- a str Path might not accept
    called = name_words(f"{name} {_glued(name)}"), name_words(title)
    db.execute(
        "INSERT INTO document_words (rowid, name, title, folder, opening) VALUES (?, ?, ?, ?, ?)",
        (document, *called, name_words(_folders(path, source)), index_words(opening)),
    )
    db.execute(
        "INSERT INTO document_names (rowid, name, title) VALUES (?, ?, ?)", (document, *called)
    )


def index_due(db: apsw.Connection) -> None:
    """Index every document of a library that a migration has said has none indexed."""
    due = "FROM meta WHERE key = 'document words'"
    if fetch_one(db, f"SELECT 1 {due}"):
        with transaction(db):
            index_all(db)
            db.execute(f"DELETE {due}")


def index_all(db: apsw.Connection) -> None:
    """Index every document anew."""
    for (document,) in fetch(db, "SELECT id FROM documents"):
        index(db, document)


def forget(db: apsw.Connection, document: int) -> None:
    """Take the document out of this index: it cannot be searched."""
    db.execute("DELETE FROM document_words WHERE rowid = ?", (document,))
    db.execute("DELETE FROM document_names WHERE rowid = ?", (document,))


def _opening(db: apsw.Connection, document: int) -> str:
    rows = fetch(
        db,
        "SELECT text FROM chunks JOIN texts ON chunk = id"
        " WHERE document = ? AND start < ? ORDER BY ordinal",
        (document, OPENING_CHARACTERS),
    )
    return "".join(text for (text,) in rows)[:OPENING_CHARACTERS]


def _folders(path: str, source: str) -> str:
    """The folders between the source and the file, the source's own among them."""
    above = os.path.dirname(source)  # noqa: PTH120 -- as above
    inside = os.path.dirname(path).removeprefix(above)  # noqa: PTH120 -- as above
    return clean(" ".join(inside.split(os.sep)[-FOLDERS:]))  # noqa: PTH206 -- as above


# --- searching -------------------------------------------------------------------------------------


def like(
    db: apsw.Connection, match: str, limit: int, scope: Scope, *, names_only: bool
) -> list[tuple[int, str, float]]:
    """(document id, path, BM25 score) for an FTS5 expression, best first, larger is better."""
    table, rank = ("document_names", _NAMES_RANK) if names_only else ("document_words", _RANK)
    inside = each_document_condition(scope, f"+{table}.rowid")
    rows = fetch(
        db,
        "SELECT found.id, documents.path, found.score FROM (SELECT rowid AS id, -rank AS score"
        f" FROM {table} WHERE {table} MATCH ? AND rank MATCH '{rank}'{inside.sql}"
        " ORDER BY rank LIMIT ?) found JOIN documents USING (id)"
        " ORDER BY found.score DESC, found.id",
        (match, *inside.arguments, limit),
    )
    return [(row, load_path(path), score) for row, path, score in rows]


def holding(
    db: apsw.Connection, matches: Iterable[str], limit: int, scope: Scope, *, names_only: bool
) -> list[frozenset[int]]:
    """For each FTS5 expression the documents that it fits, the first `limit` of them."""
    table = "document_names" if names_only else "document_words"
    inside = each_document_condition(scope, f"+{table}.rowid")
    sql = f"SELECT rowid FROM {table} WHERE {table} MATCH ?{inside.sql} LIMIT ?"
    return [
        frozenset(row for (row,) in fetch(db, sql, (match, *inside.arguments, limit)))
        for match in matches
    ]


def mentions(
    db: apsw.Connection, match: str, limit: int, scope: Scope, without: Sequence[int]
) -> dict[int, int]:
    """How many passages of each document fit the FTS5 expression, of the first `limit`."""
    inside = each_document_condition(scope, "+chunks.document")
    if scope.documents:  # of few documents: what lies outside is left out before it is looked up
        inside = chunk_condition(scope, "+words.rowid")
    rows = fetch(
        db,
        "SELECT document, count(*) FROM (SELECT document FROM words JOIN chunks ON id = words.rowid"
        " WHERE words MATCH ? AND document NOT IN (SELECT value FROM json_each(?))"
        f"{inside.sql} LIMIT ?) GROUP BY document",
        (match, json.dumps(list(without)), *inside.arguments, limit),
    )
    return dict(rows)


def names(db: apsw.Connection, documents: Sequence[int]) -> dict[int, tuple[str, str]]:
    """The path and the title of each document that is (still) there."""
    rows = fetch(
        db,
        "SELECT id, path, title FROM documents WHERE id IN (SELECT value FROM json_each(?))"
        " AND source NOT IN (SELECT id FROM sources WHERE gone)",
        (json.dumps(list(documents)),),
    )
    return {row: (load_path(path), title) for row, path, title in rows}


def count(db: apsw.Connection) -> int:
    """How many documents can be searched."""
    row = fetch_one(db, "SELECT count(*) FROM document_names_docsize")
    return int(row[0]) if row else 0
