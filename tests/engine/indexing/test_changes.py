"""The matrix of what may happen to files: what is searchable then is what is there, at its path."""

from __future__ import annotations

import os
import shutil
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count, product
from pathlib import Path

import pymupdf
import pytest
from tests.engine.fakes import WordLengths

from strongroom_engine.library import Library
from strongroom_engine.settings import Settings
from strongroom_engine.store import LibraryKey, obtain_key

KINDS = ("text", "pdf", "zip", "folder")
DEEDS = ("edit", "rename", "move", "delete", "replace")
CONTENTS = ("same", "changed")
WAIT_S = 240.0
SETTLE_S = 0.2


@dataclass
class Cell:
    """One deed on one file or folder; `words` is where each word has to be found then."""

    place: Path
    kind: str
    deed: str
    content: str
    old: str
    new: str

    def make(self) -> None:
        self.place.mkdir(parents=True)
        self.write(self.first, self.old)

    @property
    def first(self) -> Path:
        return (
            self.place / {"text": "a.txt", "pdf": "a.pdf", "zip": "a.zip", "folder": "a"}[self.kind]
        )

    @property
    def last(self) -> Path:
        """Where it is in the end."""
        if self.deed == "rename":
            return self.first.with_name(f"b{self.first.suffix}")
        return self.place / "deep" / self.first.name if self.deed == "move" else self.first

    def write(self, path: Path, word: str) -> None:
        text = f"The {word} stands here, and nothing else of its kind."
        if self.kind == "text":
            path.write_text(text)
        elif self.kind == "pdf":
            with pymupdf.open() as pdf:
                pdf.new_page().insert_text((72, 72), text)
                pdf.save(path)
        elif self.kind == "zip":
            with zipfile.ZipFile(path, "w") as archive:
                archive.writestr("inner.txt", text)
        else:
            path.mkdir(exist_ok=True)
            (path / "inner.txt").write_text(text)

    def do(self, aside: Path) -> None:
        deeds: dict[str, Callable[[Path], None]] = {
            "edit": self._edit,
            "rename": self._rename,
            "move": self._rename,
            "delete": self._delete,
            "replace": self._replace,
        }
        deeds[self.deed](aside)

    @property
    def _then(self) -> str:
        return self.new if self.content == "changed" else self.old

    def _edit(self, _aside: Path) -> None:
        if self.kind == "pdf" and self.content == "same":
            self.first.touch()  # another PDF of the same text has other bytes
        else:
            self.write(self.first, self._then)

    def _rename(self, _aside: Path) -> None:
        self.last.parent.mkdir(exist_ok=True)
        self.first.rename(self.last)
        if self.content == "changed":
            self.write(self.last, self.new)

    def _delete(self, _aside: Path) -> None:
        shutil.rmtree(self.first) if self.first.is_dir() else self.first.unlink()
        if self.content == "changed":  # something else takes its place
            self.write(self.first, self.new)

    def _replace(self, aside: Path) -> None:
        fresh = aside / f"{self.place.name}{self.first.suffix}"
        self.write(fresh, self._then)
        if self.first.is_dir():
            shutil.rmtree(self.first)
        fresh.replace(self.first)

    @property
    def words(self) -> dict[str, list[str]]:
        inner = "inner.txt" if self.kind in ("zip", "folder") else ""
        path = str(self.last / inner)
        if self.content == "changed":
            return {self.old: [], self.new: [path]}
        return {self.old: [] if self.deed == "delete" else [path]}


class World:
    """A library of all cells, before and after the deeds."""

    def __init__(self, base: Path, *, live: bool) -> None:
        base.mkdir()
        self.source, self.aside = base / "source", base / "aside"
        self.aside.mkdir()
        self.embedder = WordLengths()
        self._key = obtain_key(base / "library", key_file=base / "key", create=True)
        self._base = base
        numbers = count()
        self.cells = {
            cell: self._cell(*cell, next(numbers)) for cell in product(KINDS, DEEDS, CONTENTS)
        }
        for cell in self.cells.values():
            cell.make()
        self.library = self._open()
        self.library.add(str(self.source))
        self.embedder.embedded.clear()
        if live:
            self.library.watch()
            self._do()
            self._await()
        else:
            self.library.close()
            self._do()
            self.library = self._open()
            self.library.rescan()

    def _open(self) -> Library:
        settings = Settings(settle_s=SETTLE_S)
        return Library(self._base / "library", self._key, settings=settings, embedder=self.embedder)

    def _cell(self, kind: str, deed: str, content: str, number: int) -> Cell:
        mark = "".join(chr(97 + int(digit)) for digit in f"{number:02d}")
        place = self.source / f"{kind}-{deed}-{content}"
        return Cell(place, kind, deed, content, f"Alpha{mark}kor", f"Omega{mark}kor")

    def _do(self) -> None:
        for cell in self.cells.values():
            cell.do(self.aside)

    def _await(self) -> None:
        deadline = time.monotonic() + WAIT_S
        while time.monotonic() < deadline and not all(map(self.holds, self.cells.values())):
            time.sleep(0.2)
        time.sleep(5 * SETTLE_S)  # nothing goes wrong afterwards

    def found(self, word: str) -> list[str]:
        """Every hit of the word, and what is said to be a copy of one."""
        hits = self.library.search(word, method="lexical").hits
        return [file for hit in hits for file in (hit.file, *hit.copies)]

    def holds(self, cell: Cell) -> bool:
        return all(self.found(word) == there for word, there in cell.words.items())


@pytest.fixture(scope="module", params=["live", "closed"])
def world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    world = World(tmp_path_factory.mktemp("world") / "base", live=request.param == "live")
    yield world
    world.library.close()


@pytest.mark.parametrize("cell", [*product(KINDS, DEEDS, CONTENTS)], ids="-".join)
def test_no_ghost_and_no_double_and_the_right_path(
    world: World, cell: tuple[str, str, str]
) -> None:
    for word, there in world.cells[cell].words.items():
        assert world.found(word) == there
    place = str(world.cells[cell].place) + os.sep
    kept = [one for one in world.library.documents() if one.path.startswith(place)]
    assert all(one.state == "indexed" for one in kept), kept
    files = [path for path in world.cells[cell].place.rglob("*") if path.is_file()]
    assert {one.path for one in kept if not one.container} == {str(path) for path in files}


def test_what_did_not_change_is_not_embedded_again(world: World) -> None:
    again = "\n".join(world.embedder.embedded)
    for cell in world.cells.values():
        replaced = cell.kind == "pdf" and cell.deed == "replace"  # other bytes, and the same text
        if cell.content == "same" and not replaced:
            assert cell.old not in again, cell
        elif cell.content == "changed":
            assert again.count(cell.new) == 1, cell


def test_between_sources_files_and_folders_are_moved(tmp_path: Path, key: LibraryKey) -> None:
    """What moves from one source to another is neither read nor embedded again."""
    embedder = WordLengths()
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one / "deep", two):
        folder.mkdir(parents=True)
    for number in range(20):
        (one / "deep" / f"{number}.txt").write_text(f"The letter number {number} is kept.")
    (one / "alone.txt").write_text("The lonely letter is kept.")
    settings = Settings(settle_s=SETTLE_S)
    with Library(tmp_path / "library", key, settings=settings, embedder=embedder) as library:
        library.add(str(one))
        library.add(str(two))
        library.watch()
        embedder.embedded.clear()
        (one / "deep").rename(two / "deep")
        (one / "alone.txt").rename(two / "alone.txt")
        deadline = time.monotonic() + WAIT_S
        while time.monotonic() < deadline and len(library.documents(str(two))) < 21:
            time.sleep(0.1)
        time.sleep(5 * SETTLE_S)
        assert len(library.documents(str(two))) == 21
        assert library.documents(str(one)) == ()
        assert embedder.embedded == []
        hits = library.search("lonely", method="lexical").hits
        assert [hit.file for hit in hits] == [str(two / "alone.txt")]


@pytest.mark.skipif(not Path("/proc").exists(), reason="names of two cases are two names there")
def test_only_the_case_of_a_name_changes(tmp_path: Path, key: LibraryKey) -> None:
    embedder = WordLengths()
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "letter.txt").write_text("The lonely letter is kept.")
    settings = Settings(settle_s=SETTLE_S)
    with Library(tmp_path / "library", key, settings=settings, embedder=embedder) as library:
        library.add(str(folder))
        library.watch()
        embedder.embedded.clear()
        (folder / "letter.txt").rename(folder / "Letter.TXT")
        deadline = time.monotonic() + WAIT_S
        wanted = [str(folder / "Letter.TXT")]
        while time.monotonic() < deadline:
            if [one.path for one in library.documents()] == wanted:
                break
            time.sleep(0.1)
        hits = library.search("lonely", method="lexical").hits
        assert [hit.file for hit in hits] == wanted
        assert embedder.embedded == []
