"""What cannot be seen of a document is kept with it, and each chunk knows its part."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from strongroom_engine.store import LibraryKey, Store, schema
from strongroom_engine.types import Chunk, Document, FileFacts, Page

FILE = FileFacts("/papers/a.txt", 1, 1, "1:1")


def _document(*hidden: tuple[int, int]) -> tuple[Document, list[Chunk]]:
    text = "abcdefghij"
    chunks = [Chunk(0, 4, "", text[:4], text[:4]), Chunk(4, 10, "", text[4:], text[4:])]
    return Document("a", "text/plain", (Page(1, text),), False, hidden=hidden), chunks


def _hidden(store: Store) -> list[tuple[tuple[int, int], ...]]:
    return [chunk.hidden for chunk in store.chunks_of(FILE.path)]


@pytest.fixture
def opened(tmp_path: Path, key: LibraryKey) -> Store:
    store = Store.open(tmp_path / "library", key, mode="write", model="m", dimensions=8)
    store.add_source("/papers", "Papers")
    return store


def test_each_chunk_has_its_part_until_the_document_changes(opened: Store) -> None:
    with opened as store:
        store.put_document(FILE, "1", *_document((2, 6), (8, 9)))
        assert _hidden(store) == [((2, 4),), ((4, 6), (8, 9))]
        store.put_document(FILE, "2", *_document())
        assert _hidden(store) == [(), ()]


def test_a_document_that_an_older_strongroom_read_has_none() -> None:
    db = apsw.Connection(":memory:")
    at = next(i for i, step in enumerate(schema.MIGRATIONS) if "hidden TEXT" in step)
    db.execute("CREATE TABLE documents (id INTEGER PRIMARY KEY); INSERT INTO documents VALUES (1)")
    db.execute(schema.MIGRATIONS[at])
    assert db.execute("SELECT hidden FROM documents").fetchall() == [("[]",)]
