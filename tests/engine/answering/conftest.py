"""Small real libraries: the real store and the real embedding model, documents made here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from strongroom_engine.indexing.chunk import chunk
from strongroom_engine.models.embedder import OnnxEmbedder
from strongroom_engine.store import LibraryKey, Store
from strongroom_engine.types import Document, FileFacts, Page

AIM = 60
"""Tokens a chunk: small, so that short documents have several."""

AddDocument = Callable[..., Path]


@pytest.fixture
def store(tmp_path: Path, key: LibraryKey, embedder: OnnxEmbedder) -> Iterator[Store]:
    folder = tmp_path / "library"
    with Store.open(
        folder, key, mode="write", model=embedder.model, dimensions=embedder.dimensions
    ) as opened:
        yield opened


@pytest.fixture
def add(tmp_path: Path, store: Store, embedder: OnnxEmbedder) -> AddDocument:
    """Put a document of one or more pages into the library, embedded unless told otherwise."""

    def added(
        name: str,
        *pages: str,
        collection: str = "Papers",
        title: str = "",
        embedded: bool = True,
        mtime_ns: int = 0,
    ) -> Path:
        root = tmp_path / collection
        if str(root) not in {source.path for source in store.sources()}:
            store.add_source(str(root), collection)
        file = root / name
        facts = FileFacts(str(file), 1, mtime_ns, str(file))
        numbered = tuple(Page(number, text) for number, text in enumerate(pages, 1))
        document = Document(title or file.stem, "text/plain", numbered, paged=len(pages) > 1)
        store.note_pending(str(root), [facts])
        store.put_document(facts, str(file), document, chunk(document, embedder.token_offsets, AIM))
        if embedded:
            waiting = store.waiting(1000)
            store.put_embeddings(
                [row for row, _ in waiting], embedder.embed([text for _, text in waiting])
            )
        return file

    return added
