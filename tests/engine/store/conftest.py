"""A real encrypted library in a temporary folder, and small documents to put into it."""

from __future__ import annotations

import hashlib
import itertools
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import apsw
import numpy as np
import numpy.typing as npt
import pytest

from strongroom_engine.store import LibraryKey, Store
from strongroom_engine.types import Chunk, Document, FileFacts, Page

DIMENSIONS = 16
MODEL = "words-16"
KEY = LibraryKey(bytes(range(32)), "key file")

OpenStore = Callable[..., Store]
Orphans = Callable[[apsw.Connection], dict[str, int]]

ORPHANS = {
    "words": "SELECT count(*) FROM words_docsize WHERE id NOT IN (SELECT id FROM chunks)",
    "words missing": "SELECT count(*) FROM chunks WHERE id NOT IN (SELECT id FROM words_docsize)",
    "vectors": "SELECT count(*) FROM vectors WHERE rowid NOT IN"
    " (SELECT id FROM chunks WHERE embedded)",
    "vectors missing": "SELECT count(*) FROM chunks WHERE embedded AND id NOT IN"
    " (SELECT rowid FROM vectors)",
    "texts": "SELECT count(*) FROM texts WHERE chunk NOT IN (SELECT id FROM chunks)",
    "texts missing": "SELECT count(*) FROM chunks WHERE id NOT IN (SELECT chunk FROM texts)",
    "chunks": "SELECT count(*) FROM chunks WHERE document NOT IN (SELECT id FROM documents)",
    "pages": "SELECT count(*) FROM pages WHERE document NOT IN (SELECT id FROM documents)",
    "partitions": "SELECT count(*) FROM vectors JOIN chunks c ON c.id = vectors.rowid"
    " JOIN documents d ON d.id = c.document JOIN sources s ON s.id = d.source"
    " WHERE s.collection <> vectors.collection",
    "states": "SELECT count(*) FROM documents d WHERE state = 'indexed' AND EXISTS"
    " (SELECT 1 FROM chunks WHERE document = d.id AND NOT embedded)",
    "states late": "SELECT count(*) FROM documents d WHERE state = 'readable' AND NOT EXISTS"
    " (SELECT 1 FROM chunks WHERE document = d.id AND NOT embedded)",
    "problems with chunks": "SELECT count(*) FROM documents d JOIN chunks ON document = d.id"
    " WHERE state IN ('skipped', 'failed')",
    "names": "SELECT count(*) FROM document_names_docsize WHERE id NOT IN"
    " (SELECT document FROM chunks)",
    "names missing": "SELECT count(DISTINCT document) FROM chunks WHERE document NOT IN"
    " (SELECT id FROM document_names_docsize)",
    "openings": "SELECT count(*) FROM document_words_docsize WHERE id NOT IN"
    " (SELECT id FROM document_names_docsize)",
    "signatures": "SELECT count(*) FROM signatures WHERE document NOT IN"
    " (SELECT document FROM chunks)",
    "signatures missing": "SELECT count(DISTINCT document) FROM chunks WHERE document NOT IN"
    " (SELECT document FROM signatures)",
    "foreign keys": "SELECT count(*) FROM pragma_foreign_key_check",
}
"""Counts of rows that belong to nothing, or lack what belongs to them."""


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


@pytest.fixture
def orphans() -> Orphans:
    """The counts of `ORPHANS` that are not 0: a sound library gives {}."""

    def counted(db: apsw.Connection) -> dict[str, int]:
        counts = {name: int(next(db.execute(query))[0]) for name, query in ORPHANS.items()}
        return {name: count for name, count in counts.items() if count}

    return counted
