"""How editors, office suites, browsers and sync clients save, step by step: what is found then is
the document as it was saved last, once, and nothing of what passed on the way."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pymupdf
import pytest
from tests.engine.fakes import WordLengths

from strongroom_engine.indexing.watching import observing
from strongroom_engine.library import Library
from strongroom_engine.settings import Settings
from strongroom_engine.store import obtain_key
from strongroom_engine.types import Happening

SETTLE_S = 0.3
WAIT_S = 240.0
STEP_S = 0.02

Save = Callable[[Path, bytes], None]


def step() -> None:
    time.sleep(STEP_S)


def vim(path: Path, text: bytes) -> None:
    swap, backup, probe = (
        path.with_name(f".{path.name}.swp"),
        Path(f"{path}~"),
        path.parent / "4913",
    )
    swap.write_bytes(b"b0VIM")
    probe.touch()
    probe.unlink()
    path.rename(backup)
    step()
    path.write_bytes(text)
    step()
    backup.unlink()
    swap.unlink()


def gedit(path: Path, text: bytes) -> None:
    beside = path.with_name(".goutputstream-A1B2C3")
    beside.write_bytes(text)
    step()
    os.link(path, f"{path}~")
    beside.replace(path)
    Path(f"{path}~").unlink()


def kate(path: Path, text: bytes) -> None:
    beside = path.with_name(f"{path.name}.aZbYcX")
    beside.write_bytes(text[:10])
    step()
    beside.write_bytes(text)
    beside.replace(path)


def emacs(path: Path, text: bytes) -> None:
    lock, auto = path.with_name(f".#{path.name}"), path.with_name(f"#{path.name}#")
    lock.symlink_to("user@host.1234")
    auto.write_bytes(text[:10])
    path.rename(f"{path}~")
    path.write_bytes(text)
    auto.unlink()
    lock.unlink()


def libreoffice(path: Path, text: bytes) -> None:
    lock = path.with_name(f".~lock.{path.name}#")
    lock.write_bytes(b",user,host,today;")
    beside = path.with_name("lu1234abcd.tmp")
    beside.write_bytes(text[:10])
    step()
    beside.write_bytes(text)
    beside.replace(path)
    lock.unlink()


def word(path: Path, text: bytes) -> None:
    owner = path.with_name(f"~${path.name[2:]}")
    owner.write_bytes(b"user")
    fresh, old = path.with_name("~WRD0001.tmp"), path.with_name("~WRL0002.tmp")
    fresh.write_bytes(text)
    step()
    path.rename(old)
    step()
    fresh.rename(path)
    step()
    old.unlink()
    owner.unlink()


def excel(path: Path, text: bytes) -> None:
    """It saves to a name of eight digits without an ending, which may stand for a while."""
    fresh, old = path.with_name("A1B2C300"), path.with_name(f"{path.name}~RF1a2b3c.TMP")
    fresh.write_bytes(text)
    time.sleep(3 * SETTLE_S)
    path.rename(old)
    fresh.rename(path)
    old.unlink()


def macos(path: Path, text: bytes) -> None:
    folder = path.with_name(f"{path.name}.sb-1a2b3c4d-AbCdEf")
    folder.mkdir()
    (folder / path.name).write_bytes(text)
    time.sleep(3 * SETTLE_S)
    (folder / path.name).replace(path)
    folder.rmdir()


def browser(path: Path, text: bytes, ending: str = ".crdownload") -> None:
    path.unlink(missing_ok=True)
    part = Path(f"{path}{ending}")
    for end in range(10, len(text) + 10, max(len(text) // 3, 1)):
        part.write_bytes(text[:end])
        time.sleep(2 * SETTLE_S)
    part.write_bytes(text)
    part.rename(path)


def firefox(path: Path, text: bytes) -> None:
    browser(path, text, ".part")


def safari(path: Path, text: bytes) -> None:
    package = Path(f"{path}.download")
    package.mkdir()
    (package / path.name).write_bytes(text)
    time.sleep(2 * SETTLE_S)
    (package / path.name).replace(path)
    package.rmdir()


def rsync(path: Path, text: bytes) -> None:
    beside = path.with_name(f".{path.name}.AbC123")
    beside.write_bytes(text)
    time.sleep(2 * SETTLE_S)
    beside.replace(path)


def syncthing(path: Path, text: bytes) -> None:
    for name in (f".syncthing.{path.name}.tmp", f"~syncthing~{path.name}.tmp"):
        beside = path.with_name(name)
        beside.write_bytes(text)
        time.sleep(2 * SETTLE_S)
        beside.replace(path)


def drive(path: Path, text: bytes) -> None:
    """Google Drive and Dropbox build a file in a folder of their own, beside it."""
    for name in (".tmp.driveupload", ".dropbox.cache"):
        folder = path.with_name(name)
        folder.mkdir(exist_ok=True)
        (folder / "123456").write_bytes(text)
        time.sleep(2 * SETTLE_S)
        (folder / "123456").replace(path)
        folder.rmdir()


def in_place(path: Path, text: bytes) -> None:
    path.write_bytes(text)


def slowly(path: Path, text: bytes) -> None:
    """A copy over a network that stops again and again."""
    with path.open("wb") as file:
        for start in range(0, len(text), max(len(text) // 3, 1)):
            file.write(text[start : start + max(len(text) // 3, 1)])
            file.flush()
            time.sleep(1.8 * SETTLE_S)


SAVES: dict[str, Save] = {
    save.__name__: save
    for save in (
        *(vim, gedit, kate, emacs, libreoffice, word, excel, macos, browser, firefox, safari),
        *(rsync, syncthing, drive, in_place, slowly),
    )
}


def pdf(text: str) -> bytes:
    with pymupdf.open() as made:
        for _ in range(3):
            made.new_page().insert_text((72, 72), text)
        return bytes(made.tobytes())


class Saved:
    """A library that watched every kind of saving, of a text and a PDF, all at the same time."""

    def __init__(self, base: Path) -> None:
        self.source = base / "source"
        self.happened: list[Happening] = []
        for name in SAVES:
            (self.source / name).mkdir(parents=True)
            for ending in ("txt", "pdf"):
                self._path(name, ending).write_bytes(self._bytes(name, ending, "Early"))
        self.library = Library(
            base / "library",
            obtain_key(base / "library", key_file=base / "key", create=True),
            settings=Settings(settle_s=SETTLE_S),
            embedder=WordLengths(),
            on_document=self.happened.append,
        )
        self.library.add(str(self.source))
        self.library.watch()
        threads = [threading.Thread(target=self._save, args=(name,)) for name in SAVES]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        deadline = time.monotonic() + WAIT_S
        while time.monotonic() < deadline and not all(map(self.holds, SAVES)):
            time.sleep(0.2)
        time.sleep(5 * SETTLE_S)

    def _path(self, name: str, ending: str) -> Path:
        return self.source / name / f"letter.{ending}"

    def _bytes(self, name: str, ending: str, when: str) -> bytes:
        text = f"The {self.word(name, ending, when)} letter stands here to its very end."
        return pdf(text) if ending == "pdf" else text.encode()

    def word(self, name: str, ending: str, when: str) -> str:
        return f"{when}{name.replace('_', '')}{ending}"

    def _save(self, name: str) -> None:
        for ending in ("txt", "pdf"):
            SAVES[name](self._path(name, ending), self._bytes(name, ending, "Late"))

    def found(self, word: str) -> list[str]:
        hits = self.library.search(word, method="lexical").hits
        return [file for hit in hits for file in (hit.file, *hit.copies)]

    def holds(self, name: str) -> bool:
        return all(
            self.found(self.word(name, ending, "Late")) == [str(self._path(name, ending))]
            and not self.found(self.word(name, ending, "Early"))
            for ending in ("txt", "pdf")
        )


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Saved]:
    made = Saved(tmp_path_factory.mktemp("saving"))
    yield made
    made.library.close()


@pytest.mark.skipif(os.name != "posix", reason="these are steps of Unix")
@pytest.mark.parametrize("name", SAVES)
def test_what_was_saved_last_is_found_once(saved: Saved, name: str) -> None:
    assert saved.holds(name)
    place = str(saved.source / name) + os.sep
    kept = [one for one in saved.library.documents() if one.path.startswith(place)]
    assert {Path(one.path).name for one in kept} == {"letter.txt", "letter.pdf"}
    assert all(one.state == "indexed" for one in kept), kept


@pytest.mark.skipif(not observing.CLOSES, reason="it is not told here that a file is closed")
def test_nothing_was_taken_for_damaged_on_the_way(saved: Saved) -> None:
    assert [one for one in saved.happened if one.what == "problem"] == []
