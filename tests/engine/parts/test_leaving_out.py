"""Rules of what is left out, on a library that is watched: what they say holds at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.engine.fakes import WordLengths

from strongroom_engine.errors import NotASource, NothingExcluded, SourceKnown
from strongroom_engine.library import Library
from strongroom_engine.settings import Settings
from strongroom_engine.store import LibraryKey
from strongroom_engine.types import Exclusion


@pytest.fixture
def library(tmp_path: Path, key: LibraryKey) -> Iterator[Library]:
    settings = Settings(settle_s=0.1)
    with Library(tmp_path / "library", key, embedder=WordLengths(), settings=settings) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "Contracts"
    for name in ("rent.txt", "rent.log", "keep.log", "drafts/pets.txt", "old/drafts/dogs.txt"):
        put(made / name)
    put(made / ".notes" / "secret.txt")
    return made


def put(path: Path, text: str = "") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text or f"This is about {path.stem}.", encoding="utf-8")


def names(library: Library) -> set[str]:
    return {Path(document.path).name for document in library.documents()}


def until(true: Callable[[], bool], what: Callable[[], object]) -> None:
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end, what()
        time.sleep(0.05)


ALL = {"rent.txt", "rent.log", "keep.log", "pets.txt", "dogs.txt"}


def test_lines_of_the_application_hold_at_once_and_can_be_taken_back(
    library: Library, folder: Path
) -> None:
    library.add(str(folder))
    library.indexing.exclude("*.log")
    library.indexing.exclude("/drafts/", str(folder))
    assert names(library) == {"rent.txt", "dogs.txt"}
    library.indexing.exclude("!keep.log")
    assert names(library) == {"rent.txt", "dogs.txt", "keep.log"}
    library.indexing.include("!keep.log")
    assert names(library) == {"rent.txt", "dogs.txt"}
    library.indexing.include("/drafts/", str(folder))
    assert names(library) == ALL - {"rent.log", "keep.log"}
    assert library.indexing.exclusions() == (Exclusion("", "*.log"),)


def test_a_slash_in_front_counts_from_each_source_unless_there_is_such_a_place(
    library: Library, folder: Path
) -> None:
    library.add(str(folder))
    library.indexing.exclude("/drafts")
    assert names(library) == ALL - {"pets.txt"}
    with pytest.raises(NotASource):
        library.indexing.exclude("/usr/share")
    for nothing in ("[oops", "#remark", "!", "!*"):
        with pytest.raises(NothingExcluded):
            library.indexing.exclude(nothing)


def test_a_file_of_lines_is_obeyed_as_soon_as_it_is_saved(library: Library, folder: Path) -> None:
    library.add(str(folder))
    library.watch()
    rules = folder / ".strongroomignore"
    put(rules, "*.log\n")
    until(lambda: names(library) == ALL - {"rent.log", "keep.log"}, lambda: names(library))
    put(folder / "new.log")
    put(folder / "old" / ".strongroomignore", "drafts/\n")
    until(lambda: names(library) == {"rent.txt", "pets.txt"}, lambda: names(library))
    put(rules, "!new.log\n")
    until(lambda: names(library) == ALL - {"dogs.txt"} | {"new.log"}, lambda: names(library))
    rules.unlink()
    (folder / "old" / ".strongroomignore").unlink()
    until(lambda: names(library) == ALL | {"new.log"}, lambda: names(library))


def test_a_file_of_lines_that_was_saved_while_all_was_closed_is_obeyed(
    library: Library, folder: Path
) -> None:
    library.add(str(folder))
    put(folder / ".strongroomignore", "drafts\n")
    library.rescan()
    assert names(library) == {"rent.txt", "rent.log", "keep.log"}


def test_hidden_files_come_and_go_with_the_setting(library: Library, folder: Path) -> None:
    library.add(str(folder))
    library.watch()
    library.preferences.change({"index_hidden": True})
    until(lambda: names(library) == {*ALL, "secret.txt"}, lambda: names(library))
    put(folder / ".notes" / "more.txt")
    until(lambda: "more.txt" in names(library), lambda: names(library))
    library.preferences.change({"index_hidden": False})
    until(lambda: names(library) == ALL, lambda: names(library))


def test_a_folder_becomes_a_cache_when_it_is_marked(library: Library, folder: Path) -> None:
    library.add(str(folder))
    library.watch()
    tag = folder / "drafts" / "CACHEDIR.TAG"
    put(tag, "Signature: 8a477f597d28d172789f06886806bc55\n")
    until(lambda: names(library) == ALL - {"pets.txt"}, lambda: names(library))
    tag.unlink()
    until(lambda: names(library) == ALL, lambda: names(library))


def test_a_hidden_folder_may_be_a_source_inside_another(library: Library, folder: Path) -> None:
    library.add(str(folder))
    library.add(str(folder / ".notes"))
    assert names(library) == {*ALL, "secret.txt"}
    library.rescan()
    assert names(library) == {*ALL, "secret.txt"}
    with pytest.raises(SourceKnown):
        library.add(str(folder / "drafts"))
