"""Files with names of every kind are indexed, found, cited, opened, renamed and removed."""

from __future__ import annotations

import io
import json
import os
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from rich.console import Console

from strongroom_engine.commands import output
from strongroom_engine.indexing.looking.scan import scan
from strongroom_engine.library import Library
from strongroom_engine.store import LibraryKey
from strongroom_engine.trees import as_in, for_system
from strongroom_engine.types import State
from tests.engine.fakes import WordLengths

LONG = "/".join(["a folder with quite a long name"] * 12)
NAMES = {
    "user folder": "Željko 田中/Übersicht 報告.txt",
    "over 260 characters": f"{LONG}/note.txt",
    "near the longest path": f"{'/'.join(['x' * 200] * 18)}/note.txt",
    "the longest name": f"{'n' * 251}.txt",
    "dots at the end": "a folder. ./note...",
    "a space at the end": "a folder /note.txt ",
    "a space in front": " note.txt",
    "emoji": "🦊 👩\u200d👩\u200d👧/🗂.txt",
    "a new line": "two\nlines.txt",
    "other control characters": "a\tb\x1b[31mc.txt",
    "right to left": "חוזה עברית.txt",
    "signs": "50 % & #1 + 'a' ;$(x) *?[b].txt",
    "a backslash": "a\\b.txt",
    "no ending": "README",
    "reserved on Windows": "CON/aux.txt",
    "composed": unicodedata.normalize("NFC", "é à.txt"),
    "decomposed": unicodedata.normalize("NFD", "é à.txt"),
}
FORMS: tuple[Literal["NFC"], Literal["NFD"]] = ("NFC", "NFD")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="most are no names there")


@pytest.fixture(scope="module")
def embedder() -> WordLengths:
    return WordLengths()


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, embedder: WordLengths) -> Iterator[Library]:
    place = tmp_path_factory.mktemp("odd") / "library"
    key = LibraryKey(bytes(range(32)), "key file")
    with Library(place, key, embedder=embedder) as opened:
        yield opened


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", NAMES)
def test_a_file_of_any_name(
    library: Library, embedder: WordLengths, tmp_path: Path, kind: str
) -> None:
    folder = tmp_path / "s"
    path = put(folder / NAMES[kind], f"The walrus of {kind} waits.")
    library.add(str(folder))
    try:
        check(library, path, kind)
        before = len(embedder.embedded)
        moved = path.rename(path.with_name(f"r{path.name[1:]}"))
        library.rescan(str(folder))
        check(library, moved, kind)
        assert len(embedder.embedded) == before
        moved.unlink()
        library.rescan(str(folder))
        assert not [one for one in library.documents() if one.source == str(folder)]
    finally:
        library.remove(str(folder))


def check(library: Library, path: Path, kind: str) -> None:
    (record,) = [one for one in library.documents() if Path(one.path) == path]
    assert record.path == str(path)
    assert record.state == State.INDEXED
    wanted = path.stem.replace('"', " ")
    found = library.search(f'walrus file:"{wanted}"', everywhere=True)
    assert str(path) in [hit.file for hit in found.hits]
    assert library.reading.excerpt(str(path)).text == f"The walrus of {kind} waits."
    assert library.reading.facts(str(path)).document.path == str(path)
    said = shown(found)
    assert "\x1b" not in said
    told = json.loads(output.to_json(output.search_json(found)))
    assert str(path) in [hit["file"] for hit in told["hits"]]


def shown(found: object) -> str:
    console = Console(file=io.StringIO(), width=10_000)
    output.show_search(console, found)  # type: ignore[arg-type]  # as it came
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.skipif(sys.platform == "darwin", reason="there they are one name each")
def test_names_that_look_alike_are_two_documents(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "alike"
    names = ["Plan.txt", "plan.txt", *(unicodedata.normalize(form, "é.txt") for form in FORMS)]
    for number, name in enumerate(names):
        put(folder / name, f"Penguin number {number} of the colony.")
    library.add(str(folder))
    hits = library.search("penguin file:é.txt", everywhere=True).hits
    assert {Path(hit.file).name for hit in hits} == set(names[2:])
    (folder / names[3]).unlink()
    library.rescan(str(folder))
    left = {Path(one.path).name for one in library.documents() if one.source == str(folder)}
    assert left == set(names[:3])


def test_a_path_that_is_too_long_for_the_system_is_listed(tmp_path: Path) -> None:
    """Whoever makes such trees goes down step by step; no path leads there."""
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(25):
        os.mkdir("d" * 200, dir_fd=here)
        below = os.open("d" * 200, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    ((facts, problem),) = scan(str(tmp_path))
    assert facts.path.startswith(str(tmp_path / ("d" * 200)))
    assert problem is not None
    assert problem.code == "unreadable"


# --- what other systems do -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        (r"C:\papers\a.txt", r"C:\papers\a.txt"),
        (r"C:\papers\a folder.\a.txt", r"\\?\C:\papers\a folder.\a.txt"),
        (r"C:\papers\a.txt ", "\\\\?\\C:\\papers\\a.txt "),
        ("C:\\" + "a" * 250, "\\\\?\\C:\\" + "a" * 250),
        ("\\\\server\\share\\" + "a" * 250, "\\\\?\\UNC\\server\\share\\" + "a" * 250),
        (r"\\?\C:\papers.", r"\\?\C:\papers."),
    ],
)
def test_windows_is_asked_for_paths_as_they_are(path: str, asked: str) -> None:
    assert for_system(path, windows=True) == asked
    assert for_system(path, windows=False) == path


def test_a_change_is_told_in_the_form_of_the_source() -> None:
    """macOS takes both forms for one name, and tells that of the disk."""
    composed, decomposed = (unicodedata.normalize(form, "/Users/é/à.txt") for form in FORMS)
    source = unicodedata.normalize("NFC", "/Users/é")
    assert as_in(source, decomposed) == f"{source}/{decomposed.rpartition('/')[2]}"
    assert as_in(source, composed) == composed
    assert as_in(source, "/Users/e/à.txt") == "/Users/e/à.txt"
    assert as_in(source, unicodedata.normalize("NFD", source)) == source
