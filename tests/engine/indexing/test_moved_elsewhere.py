"""A folder that is moved keeps what the library has of it, within a source and between two."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.engine.fakes import WordLengths

from strongroom_engine.library import Library
from strongroom_engine.store import LibraryKey

DOCUMENTS = 12


@pytest.fixture
def embedder() -> WordLengths:
    return WordLengths()


@pytest.fixture
def library(tmp_path: Path, key: LibraryKey, embedder: WordLengths) -> Iterator[Library]:
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
    papers = tmp_path / "first" / "papers"
    papers.mkdir()
    for number in range(DOCUMENTS):
        (papers / f"{number}.txt").write_text(f"Note {'x' * number}.", encoding="utf-8")
    with Library(tmp_path / "library", key, embedder=embedder) as opened:
        opened.add(str(tmp_path / "first"))
        opened.add(str(tmp_path / "second"))
        embedder.embedded.clear()
        yield opened


def lying(library: Library) -> set[str]:
    return {record.path for record in library.documents()}


@pytest.mark.parametrize("order", [("first", "second"), ("second", "first")])
def test_what_moves_to_another_source_is_neither_read_nor_embedded_anew(
    library: Library,
    tmp_path: Path,
    embedder: WordLengths,
    order: tuple[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before, after = (tmp_path / name / "papers" for name in order)
    if order[0] == "second":
        (tmp_path / "first" / "papers").rename(before)
        library.rescan()
    monkeypatch.setattr(library.indexing.pool, "parse", lambda *_: pytest.fail("it was read"))
    before.rename(after)
    library.rescan()
    assert lying(library) == {str(after / f"{number}.txt") for number in range(DOCUMENTS)}
    assert embedder.embedded == []
    hit = library.search("xxxxx", 1).hits[0]
    assert Path(hit.file).parent == after


def test_what_is_gone_and_nowhere_else_is_forgotten(library: Library, tmp_path: Path) -> None:
    papers = tmp_path / "first" / "papers"
    (papers / "3.txt").unlink()
    (papers / "4.txt").rename(tmp_path / "second" / "4.txt")
    library.rescan()
    assert len(lying(library)) == DOCUMENTS - 1
    assert str(tmp_path / "second" / "4.txt") in lying(library)
