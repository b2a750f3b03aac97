"""What is moved keeps what the library has of it, within a source and between two, also where it
comes to lie on another disk and only its content tells that it is the same."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.engine.fakes import WordLengths

from strongroom_engine.errors import SourceKnown
from strongroom_engine.indexing.looking.drives import Drives
from strongroom_engine.library import Library
from strongroom_engine.store import LibraryKey

DOCUMENTS = 12
WORDS = [
    "bread",
    "glass",
    "stone",
    "brick",
    "cloth",
    "paper",
    "steel",
    "straw",
    "maple",
    "cedar",
    "slate",
    "chalk",
]


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


@pytest.mark.parametrize("name", ["post.txt", "post.zip"])
def test_where_it_moved_may_be_looked_at_before_where_it_was(
    library: Library,
    tmp_path: Path,
    embedder: WordLengths,
    name: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of what is moved into a folder just made the system tells one after the other."""
    old, folder = tmp_path / "first" / name, tmp_path / "first" / "deep"
    if name.endswith(".zip"):
        with zipfile.ZipFile(old, "w") as archive:
            archive.writestr("letter.txt", "The sparrow flies north.")
    else:
        old.write_text("The sparrow flies north.", encoding="utf-8")
    os.utime(old, (1_000_000, 1_000_000))  # it may not be taken for one that is still written
    library.rescan()
    wanted = {path.replace(str(old), str(folder / name)) for path in lying(library)}
    embedder.embedded.clear()
    monkeypatch.setattr(library.indexing.pool, "parse", lambda *_: pytest.fail("it was read"))
    folder.mkdir()
    old.rename(folder / name)
    with pytest.raises(SourceKnown):
        library.add(str(folder))  # this part of the source, and no other
    assert lying(library) == wanted
    library.rescan()
    assert lying(library) == wanted
    assert embedder.embedded == []


def test_a_file_that_came_by_two_names_keeps_both(library: Library, tmp_path: Path) -> None:
    old = tmp_path / "first" / "papers" / "7.txt"
    others = lying(library) - {str(old)}
    new = [tmp_path / "first" / f"{number}.txt" for number in (1, 2)]
    old.rename(new[0])
    new[1].hardlink_to(new[0])
    library.rescan()
    assert lying(library) == others | set(map(str, new))


def test_what_is_gone_and_nowhere_else_is_forgotten(library: Library, tmp_path: Path) -> None:
    papers = tmp_path / "first" / "papers"
    (papers / "3.txt").unlink()
    (papers / "4.txt").rename(tmp_path / "second" / "4.txt")
    library.rescan()
    assert len(lying(library)) == DOCUMENTS - 1
    assert str(tmp_path / "second" / "4.txt") in lying(library)


# --- to another disk -------------------------------------------------------------------------------


def carry(file: Path, to: Path) -> Path:
    """Move a file as it is moved to another disk: another one is written with its content and
    time."""
    shutil.copy2(file, to)
    file.unlink()
    return to


@pytest.mark.parametrize("order", [("first", "second"), ("second", "first"), ("first", "first")])
def test_what_moves_to_another_disk_while_the_library_is_closed_is_not_read_anew(
    tmp_path: Path, key: LibraryKey, order: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = tmp_path / order[0] / "old", tmp_path / order[1] / "new"
    for folder in (before, after, tmp_path / "first", tmp_path / "second"):
        folder.mkdir(parents=True, exist_ok=True)
    for number in range(DOCUMENTS):
        (before / f"{number}.txt").write_text(f"Note of {WORDS[number]}.", encoding="utf-8")
    with Library(tmp_path / "library", key, embedder=WordLengths()) as library:
        library.add(str(tmp_path / "first"))
        library.add(str(tmp_path / "second"))
    for file in list(before.iterdir()):
        carry(file, after / f"now {file.name}")
    embedder = WordLengths()
    with Library(tmp_path / "library", key, embedder=embedder) as library:
        pool = library.indexing.pool
        monkeypatch.setattr(pool, "parse", lambda *_: pytest.fail("it was read"))
        library.rescan()
        wanted = {str(after / f"now {number}.txt") for number in range(DOCUMENTS)}
        assert lying(library) == wanted
        assert embedder.embedded == []
        assert (
            Path(library.search(WORDS[5], 1, method="lexical").hits[0].file) == after / "now 5.txt"
        )
        monkeypatch.undo()
        library.rescan()
        assert lying(library) == wanted
    assert embedder.embedded == []


def test_another_content_of_the_same_size_and_name_is_read(
    library: Library, tmp_path: Path, embedder: WordLengths
) -> None:
    old = tmp_path / "first" / "papers" / "5.txt"
    times = old.stat()
    new = tmp_path / "second" / "5.txt"
    new.write_text("Note yyyyy.", encoding="utf-8")
    os.utime(new, ns=(times.st_atime_ns, times.st_mtime_ns))
    old.unlink()
    library.rescan()
    assert len(embedder.embedded) == 1
    assert Path(library.search("yyyyy", 1, method="lexical").hits[0].file) == new
    assert str(old) not in lying(library)


def test_a_copy_of_what_is_on_a_drive_that_is_away_leaves_it_there(
    library: Library, tmp_path: Path
) -> None:
    shutil.copytree(tmp_path / "first" / "papers", tmp_path / "second" / "papers")
    (tmp_path / "first").rename(tmp_path / "unplugged")
    library.rescan()
    assert len(lying(library)) == 2 * DOCUMENTS


def test_of_two_copies_each_keeps_its_name(library: Library, tmp_path: Path) -> None:
    papers = tmp_path / "first" / "papers"
    shutil.copy2(papers / "5.txt", papers / "copy.txt")
    library.rescan()
    moved: dict[str, str] = {}
    library.indexing._indexer._comparing._on_document = lambda told: (
        moved.update({told.before: told.path}) if told.what == "moved" else None
    )
    for name in ("copy.txt", "5.txt"):
        shutil.copy2(papers / name, tmp_path / "second" / name)
    for name in ("copy.txt", "5.txt"):
        (papers / name).unlink()
    library.rescan()
    assert {Path(old).name: Path(now).name for old, now in moved.items()} == {
        "5.txt": "5.txt",
        "copy.txt": "copy.txt",
    }


def test_a_source_is_looked_at_once_for_all_that_is_gone_before_it(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many sources something is gone from."""
    for name in ("a", "b", "c", "d"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "gone.txt").write_text(f"Note of {name}.", encoding="utf-8")
        library.add(str(tmp_path / name))
    for name in ("a", "b", "c"):
        (tmp_path / name / "gone.txt").unlink()
    looks: Counter[str] = Counter()
    look = Drives.look

    def counting(drives: Drives, source: str, under: Collection[str]) -> Any:
        looks[Path(source).name] += 1
        return look(drives, source, under)

    monkeypatch.setattr(Drives, "look", counting)
    library.rescan()
    assert max(looks.values()) == 2, looks
    assert str(tmp_path / "d" / "gone.txt") in lying(library)
