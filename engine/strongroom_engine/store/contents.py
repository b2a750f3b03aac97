"""What a document is made of: putting it whole, in place of the version before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import apsw

from strongroom_engine.errors import Bug
from strongroom_engine.store import (
    document_words,
    documents,
    indexes,
    lexical,
    mails,
    members,
    passages,
    places,
    recognised,
    reports,
    signatures,
    sketches,
    sources,
    vectors,
)
from strongroom_engine.store.connection import fetch
from strongroom_engine.store.indexes import VectorIndex
from strongroom_engine.store.paths import clean, store_path
from strongroom_engine.store.readings import outline
from strongroom_engine.store.tables import sheets
from strongroom_engine.types import Chunk, Document, FileFacts

PARTS = (places, sheets, mails, members, recognised, reports)
"""What else is kept of a document; each replaces what there was."""

Look = Callable[[], None]
"""Raises where what goes on is to be ended."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is made of a document and its chunks before they are put: the longer part of it, for
    which nobody who writes has to wait. `content` is the hash of its file."""

    content: str
    hashes: list[bytes]
    words: list[lexical.Row]
    sketch: bytes


def prepared(
    facts: FileFacts,
    content: str,
    document: Document,
    chunks: Sequence[Chunk],
    look: Look = lambda: None,
) -> Prepared:
    """For `put`. It takes milliseconds between two calls of `look`, which may end it."""

    def seen(chunks: Iterable[Chunk]) -> Iterator[Chunk]:
        for one in chunks:
            look()
            yield one

    _check_tiling(document, chunks)
    texts = ((clean(one.text), _words_above(one)) for one in seen(chunks))
    return Prepared(
        content,
        [_identity(one) for one in seen(chunks)],
        list(lexical.rows(facts.path, clean(document.title), texts)),
        sketches.sketch(document.text, look),
    )


def put(
    db: apsw.Connection,
    facts: FileFacts,
    document: Document,
    chunks: Sequence[Chunk],
    made: Prepared,
) -> int:
    """Replace the document at the path; how many of its chunks wait for their embedding.

    Embeddings of passages that the library has already are copied, those of the version that
    is replaced among them.
    """
    hashes = _of_a_copy(db, facts.path, made.content, chunks) or made.hashes
    known = [(i, vectors.of_passages(db, i, set(hashes))) for i in indexes.everyone(db)]
    row = documents.ensure(db, facts)
    db.execute("DELETE FROM chunks WHERE document = ?", (row,))
    _put_facts(db, row, made.content, document)
    for part in PARTS:
        part.put(db, row, document)
    signatures.put(db, row, made.sketch)
    ids = _put_chunks(db, row, chunks, hashes)
    lexical.insert(db, zip(ids, made.words, strict=True))
    document_words.index(db, row)
    for index, vector_of in known:
        _put_vectors(db, row, index, zip(ids, map(vector_of.get, hashes), strict=True))
    documents.settle_state(db, row)
    return vectors.waiting_count(db, ids)


def _of_a_copy(
    db: apsw.Connection, path: str, content_hash: str, chunks: Sequence[Chunk]
) -> list[bytes]:
    """The hashes of the same passages of another file with the same bytes, if there is one: it may
    have another name, and so another title in front of each passage, but is embedded once."""
    rows = fetch(
        db,
        "SELECT c.start, c.heading, t.text, c.hash FROM chunks c JOIN texts t ON t.chunk = c.id"
        " WHERE c.document = (SELECT id FROM documents WHERE content_hash = ? AND path <> ? LIMIT 1)"
        " ORDER BY c.ordinal",
        (content_hash, store_path(path)),
    )
    ours = [(chunk.start, clean(chunk.heading), clean(chunk.text)) for chunk in chunks]
    return [row[-1] for row in rows] if [row[:-1] for row in rows] == ours else []


def _identity(chunk: Chunk) -> bytes:
    """The hash of what is embedded; white space does not reach the model and does not count."""
    return hashlib.sha256(" ".join(clean(chunk.passage).split()).encode()).digest()


def _words_above(chunk: Chunk) -> str:
    """Headings, and the caption and header rows that a part of a table repeats: from its second
    line on the prefix holds these (`lexical.index_again` reads them back)."""
    prefix, _, _ = _texts(chunk)
    return f"{clean(chunk.heading)}\n{prefix.partition(chr(10))[2]}"


def _check_tiling(document: Document, chunks: Sequence[Chunk]) -> None:
    """The text is kept in the chunks alone: a gap between them would lose some of it."""
    at = 0
    for chunk in chunks:
        if chunk.start != at or chunk.end - chunk.start != len(chunk.text):
            raise Bug(f"a chunk that starts at {chunk.start} follows one that ends at {at}")
        at = chunk.end
    if not chunks or at != len(document.text):
        raise Bug(f"chunks that end at {at} for a text of {len(document.text)} characters")


def _put_facts(db: apsw.Connection, row: int, content_hash: str, document: Document) -> None:
    db.execute(
        "UPDATE documents SET problem = NULL, details = NULL, content_hash = ?, title = ?,"
        " media_type = ?, paged = ?, hidden = ?, outline = ? WHERE id = ?",
        (
            content_hash,
            clean(document.title),
            document.media_type,
            document.paged,
            json.dumps(document.hidden),
            outline(document),
            row,
        ),
    )
    db.execute("DELETE FROM pages WHERE document = ?", (row,))
    db.executemany(
        "INSERT INTO pages (document, number, start, label) VALUES (?, ?, ?, ?)",
        [
            (row, page.number, start, clean(page.label))
            for page, start in zip(document.pages, document.page_starts, strict=True)
        ],
    )


def _put_chunks(
    db: apsw.Connection, row: int, chunks: Sequence[Chunk], hashes: Sequence[bytes]
) -> range:
    """Insert the chunks under new ids, which are returned."""
    first = passages.newest(db) + 1
    ids = range(first, first + len(chunks))
    db.executemany(
        'INSERT INTO chunks (id, document, ordinal, start, "end", heading, hash)'
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (i, row, i - first, chunk.start, chunk.end, clean(chunk.heading), passage)
            for i, chunk, passage in zip(ids, chunks, hashes, strict=True)
        ),
    )
    db.executemany(
        "INSERT INTO texts (chunk, prefix, text, passage) VALUES (?, ?, ?, ?)",
        ((i, *_texts(chunk)) for i, chunk in zip(ids, chunks, strict=True)),
    )
    vectors.wait(db, ids)
    return ids


def _texts(chunk: Chunk) -> tuple[str, str, str | None]:
    """(prefix, text, passage): the passage only where it is not the other two joined."""
    text, passage = clean(chunk.text), clean(chunk.passage)
    if passage.endswith(text):
        return passage[: len(passage) - len(text)], text, None
    return clean(chunk.prefix), text, passage


def _put_vectors(
    db: apsw.Connection, row: int, index: VectorIndex, made: Iterator[tuple[int, bytes | None]]
) -> None:
    collection = sources.collection_of(db, row)
    vectors.insert(db, index, ((chunk, collection, vector) for chunk, vector in made if vector))
