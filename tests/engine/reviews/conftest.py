"""A library of two short leases, with answers that are scripted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.engine.fakes import Scripted, WordLengths

from strongroom_engine.library import Library
from strongroom_engine.store import LibraryKey
from strongroom_engine.types import Column

RENT, LAW = Column("How high is the rent?", "Rent"), Column("Which law governs?", "Law")

OpenLibrary = Callable[..., Library]


@pytest.fixture
def leases(tmp_path: Path) -> Path:
    folder = tmp_path / "Leases"
    folder.mkdir()
    (folder / "barn.txt").write_text(
        "The rent is 310 euros a month.\n\nThe law of Austria governs.", encoding="utf-8"
    )
    (folder / "mill.txt").write_text(
        "The rent is 1,200 euros a month.\n\nThe law of France governs.", encoding="utf-8"
    )
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    return folder


@pytest.fixture
def open_library(tmp_path: Path, key: LibraryKey) -> Iterator[OpenLibrary]:
    """Open the test's library with a generator; it is closed in the end."""
    held: list[Library] = []

    def opened(*answers: str, generator: Scripted | None = None) -> Library:
        while held:
            held.pop().close()
        scripted = generator or Scripted(*answers)
        library = Library(
            tmp_path / "library",
            key,
            embedder=WordLengths(),
            make_generator=lambda _plan: scripted,
        )
        held.append(library)
        return library

    yield opened
    while held:
        held.pop().close()
