"""A real encrypted library in a temporary folder, and small documents to put into it."""

from __future__ import annotations

import hashlib
import itertools
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from strongroom_engine.store import LibraryKey, Store
from strongroom_engine.types import Chunk, Document, FileFacts, Page

DIMENSIONS = 16
MODEL = "words-16"
KEY = LibraryKey(bytes(range(32)), "key file")

OpenStore = Callable[..., Store]


class Papers:
    """Small documents made of paragraphs, one chunk each, and embeddings that can be told apart."""

    source = "/docs"

    def facts(self, name: str, mtime_ns: int = 1_000, size: int = 10) -> FileFacts:
        return FileFacts(
            f"{self.source}/{name}",
            size,
            mtime_ns,
            f"1:{zlib.crc32(name.encode(errors='replace'))}",
        )

    def document(
        self, paragraphs: Sequence[str], title: str = "Paper"
    ) -> tuple[Document, list[Chunk]]:
        """A page for each paragraph; the break between pages belongs to the chunk before it."""
        pages = tuple(Page(number, text) for number, text in enumerate(paragraphs, 1))
        document = Document(title, "application/pdf", pages, paged=True)
        bounds = [*document.page_starts, len(document.text)]
        texts = [document.text[a:b] for a, b in itertools.pairwise(bounds)]
        chunks = [
            Chunk(start, start + len(text), f"Part {n}", text, f"{title}\n{text}")
            for n, (start, text) in enumerate(zip(bounds, texts, strict=False), 1)
        ]
        return document, chunks

    def put(self, store: Store, name: str, *paragraphs: str, mtime_ns: int = 1_000) -> int:
        document, chunks = self.document(paragraphs)
        version = hashlib.sha256("\0".join(paragraphs).encode()).hexdigest()
        return store.put_document(self.facts(name, mtime_ns), version, document, chunks)

    def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        return np.stack([self.vector(text) for text in texts])

    def vector(self, text: str) -> npt.NDArray[np.float32]:
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
        vector = np.random.default_rng(seed).standard_normal(DIMENSIONS)
        return (vector / np.linalg.norm(vector)).astype(np.float32)

    def embed_all(self, store: Store) -> int:
        """Embed whatever waits; how many passages that took."""
        made = 0
        while waiting := store.waiting(100):
            store.put_embeddings([row for row, _ in waiting], self.embed([t for _, t in waiting]))
            made += len(waiting)
        return made


@pytest.fixture
def papers() -> Papers:
    return Papers()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def open_store(folder: Path) -> Iterator[OpenStore]:
    """Open the library; whatever the test leaves open is closed."""
    opened: list[Store] = []

    def open_(
        key: LibraryKey = KEY, mode: str = "write", model: str = MODEL, dimensions: int = DIMENSIONS
    ) -> Store:
        store = Store.open(folder, key, mode=mode, model=model, dimensions=dimensions)  # type: ignore[arg-type]  # a str is handed through
        opened.append(store)
        return store

    yield open_
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: OpenStore, papers: Papers) -> Store:
    """A library with one empty source, in the collection 'Papers'."""
    opened = open_store()
    opened.add_source(papers.source, "Papers")
    return opened
