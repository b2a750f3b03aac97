"""Reviews: their questions and documents, and every answer that was found.

An answer belongs to a question and a document, whichever review asked. So a review that was
interrupted goes on where it stopped, one with another question asks only that one, and what two
reviews ask is answered once. Answers go, by trigger, with the content they were read from, and
follow a document that is renamed; questions that no review asks any more take theirs along.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace

import apsw
import msgspec

from strongroom_engine.store.connection import fetch, fetch_one, fetch_sole
from strongroom_engine.store.paths import Stored, clean, load_path, store_path
from strongroom_engine.types import Cell, Column, Review, ReviewSummary

_decoder = msgspec.json.Decoder(Cell)


def put(db: apsw.Connection, review: Review) -> None:
    """Keep the questions and documents of a review in place of what it had; not its cells."""
    name = clean(review.name)
    db.execute(
        "INSERT INTO reviews (name, changed_ms) VALUES (?1, ?2)"
        " ON CONFLICT (name) DO UPDATE SET changed_ms = ?2",
        (name, int(time.time() * 1000)),
    )
    row = int(fetch_sole(db, "SELECT id FROM reviews WHERE name = ?", (name,))[0])
    db.execute("DELETE FROM review_questions WHERE review = ?", (row,))
    db.execute("DELETE FROM review_documents WHERE review = ?", (row,))
    db.executemany(
        "INSERT INTO review_questions (review, ordinal, question, name) VALUES (?, ?, ?, ?)",
        [
            (row, number, clean(column.question), clean(column.name))
            for number, column in enumerate(review.columns)
        ],
    )
    db.executemany(
        "INSERT INTO review_documents (review, ordinal, path) VALUES (?, ?, ?)",
        [(row, number, store_path(path)) for number, path in enumerate(review.documents)],
    )
    _forget_unasked(db)


def remove(db: apsw.Connection, name: str) -> None:
    """Forget a review, and the answers that no other one asks for."""
    db.execute("DELETE FROM reviews WHERE name = ?", (clean(name),))
    _forget_unasked(db)


def rename(db: apsw.Connection, name: str, new_name: str) -> None:
    """Give a review another name, that none has."""
    db.execute("UPDATE reviews SET name = ? WHERE name = ?", (clean(new_name), clean(name)))


def summaries(db: apsw.Connection) -> tuple[ReviewSummary, ...]:
    """Every review with its counts, the one that was asked last first."""
    rows = fetch(
        db,
        "SELECT name,"
        " (SELECT count(*) FROM review_documents WHERE review = id),"
        " (SELECT count(*) FROM review_questions WHERE review = id),"
        " (SELECT count(*) FROM review_documents AS d JOIN review_questions AS q"
        "   ON q.review = d.review JOIN review_cells AS c"
        "   ON c.question = q.question AND c.path = d.path WHERE d.review = id),"
        " changed_ms FROM reviews ORDER BY changed_ms DESC, id DESC",
    )
    return tuple(ReviewSummary(*row) for row in rows)


def forget_cells(db: apsw.Connection, questions: Sequence[str], documents: Sequence[str]) -> None:
    """Forget what is known of these questions in these documents."""
    db.executemany(
        "DELETE FROM review_cells WHERE question = ? AND path = ?",
        [(clean(question), store_path(path)) for question in questions for path in documents],
    )


def names(db: apsw.Connection) -> tuple[str, ...]:
    """The names of the reviews, the one that was asked last first."""
    rows = fetch(db, "SELECT name FROM reviews ORDER BY changed_ms DESC, id DESC")
    return tuple(name for (name,) in rows)


def find(db: apsw.Connection, name: str) -> Review | None:
    """The review with the cells that it has by now; None where there is none of this name."""
    found = fetch_one(db, "SELECT id FROM reviews WHERE name = ?", (clean(name),))
    if found is None:
        return None
    columns = tuple(
        Column(question, title)
        for question, title in fetch(
            db,
            "SELECT question, name FROM review_questions WHERE review = ? ORDER BY ordinal",
            found,
        )
    )
    documents = tuple(
        load_path(path)
        for (path,) in fetch(
            db, "SELECT path FROM review_documents WHERE review = ? ORDER BY ordinal", found
        )
    )
    kept = cells(db, [column.question for column in columns], documents)
    return Review(clean(name), columns, documents, kept)


def put_cell(db: apsw.Connection, cell: Cell, content: str | None) -> None:
    """Keep an answer, unless the document's content is not the one with this hash any more."""
    path, question = store_path(cell.document), clean(cell.question)
    # Paths stand beside it: they change, and may hold what is no text.
    bare = tuple(replace(citation, file="") for citation in cell.citations)
    encoded = msgspec.json.encode(replace(cell, document="", question="", citations=bare))
    db.execute(
        "INSERT OR REPLACE INTO review_cells (question, path, cell)"
        " SELECT ?, path, ? FROM documents WHERE path = ? AND content_hash = ?",
        (question, encoded.decode(), path, content),
    )


def cells(
    db: apsw.Connection, questions: Sequence[str], documents: Iterable[str]
) -> tuple[Cell, ...]:
    """The answers there are, document by document in the order given."""
    found: dict[str, list[Cell]] = {}
    for question in dict.fromkeys(map(clean, questions)):
        rows = fetch(db, "SELECT path, cell FROM review_cells WHERE question = ?", (question,))
        for path, encoded in rows:
            cell = _cell(path, question, encoded)
            found.setdefault(cell.document, []).append(cell)
    return tuple(cell for path in dict.fromkeys(documents) for cell in found.get(path, ()))


def _cell(stored: Stored, question: str, encoded: str) -> Cell:
    path, bare = load_path(stored), _decoder.decode(encoded)
    citations = tuple(replace(citation, file=path) for citation in bare.citations)
    return replace(bare, document=path, question=question, citations=citations)


def put_in_order(db: apsw.Connection) -> None:
    """Name reviews anew of which only the questions could be read after a rebuild."""
    lost = (
        "SELECT DISTINCT review FROM review_questions WHERE review NOT IN (SELECT id FROM reviews)"
    )
    db.execute(
        "INSERT OR IGNORE INTO reviews (id, name, changed_ms)"
        f" SELECT review, 'Review ' || review, ? FROM ({lost})",
        (int(time.time() * 1000),),
    )


def _forget_unasked(db: apsw.Connection) -> None:
    db.execute(
        "DELETE FROM review_cells WHERE question NOT IN (SELECT question FROM review_questions)"
    )
