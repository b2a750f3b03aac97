"""Links are followed inside the source only, whenever they are turned elsewhere."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.engine.fakes import WordLengths

from strongroom_engine.errors import DocumentProblem, SourceKnown, UnsupportedFormat, Vanished
from strongroom_engine.indexing.parse import files
from strongroom_engine.indexing.parse.messages import Parsed
from strongroom_engine.indexing.parse.pool import ParserPool
from strongroom_engine.library import Library
from strongroom_engine.settings import Settings
from strongroom_engine.store import LibraryKey
from strongroom_engine.types import FileFacts, State

OUT = "a link that leads out of the folder"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "papers"
    put(made / ".annex" / "inside.txt", "This lies inside.")
    put(tmp_path / "outside.txt", "This lies outside.")
    return made


@pytest.fixture
def library(tmp_path: Path, key: LibraryKey) -> Iterator[Library]:
    settings = Settings(settle_s=0.1)
    with Library(tmp_path / "library", key, embedder=WordLengths(), settings=settings) as opened:
        yield opened


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def texts(library: Library) -> dict[str, str]:
    """What the library has of each document that it read, by its name."""
    read = [one for one in library.documents() if one.state == State.INDEXED]
    return {Path(one.path).name: library.reading.excerpt(one.path).text.strip() for one in read}


def reasons(library: Library) -> dict[str, str]:
    return {Path(one.path).name: one.details.get("kind", "") for one in library.status().problems}


# --- between the look and the reading ------------------------------------------------------------


def test_a_link_that_was_turned_outside_before_it_was_read_is_not_read(
    folder: Path, tmp_path: Path
) -> None:
    link = folder / "link.txt"
    link.symlink_to(folder / ".annex" / "inside.txt")
    with ParserPool(1, within=lambda _path: str(folder)) as pool:
        assert isinstance(pool.parse(facts(link)), Parsed)
        link.unlink()
        link.symlink_to(tmp_path / "outside.txt")
        refused(pool.parse(facts(link)))
        (folder / "deep").symlink_to(tmp_path)  # a folder above it is a link
        refused(pool.parse(facts(folder / "deep" / "outside.txt")))


def test_nor_is_an_archive_or_what_is_in_it(folder: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "outside.zip", "w") as archive:
        archive.writestr("a.txt", "This lies outside, too.")
    link = folder / "link.zip"
    link.symlink_to(tmp_path / "outside.zip")
    with ParserPool(1, within=lambda _path: str(folder)) as pool:
        refused(pool.parse(facts(link)))
        refused(pool.parse(facts(link / "a.txt")))


def test_what_was_opened_is_what_is_checked(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A link that leads out while it is opened, and in again when that is checked."""
    link, real = folder / "link.txt", os.open
    link.symlink_to(folder / ".annex" / "inside.txt")

    def opened(path: str, flags: int) -> int:
        return real(tmp_path / "outside.txt" if path == str(link) else path, flags)

    monkeypatch.setattr(os, "open", opened)
    with pytest.raises(Vanished):
        files.unbuffered(str(link), 1_000, str(folder))


def facts(path: Path) -> FileFacts:
    return FileFacts(str(path), 0, 0, "")


def refused(outcome: Parsed | DocumentProblem) -> None:
    assert isinstance(outcome, UnsupportedFormat)
    assert outcome.details["kind"] == OUT


# --- in a library --------------------------------------------------------------------------------


def test_links_of_every_kind(library: Library, folder: Path, tmp_path: Path) -> None:
    plain = put(folder / "plain.txt", "This is plain.")
    (folder / "twice.txt").symlink_to(plain)
    (folder / "annexed.txt").symlink_to(folder / ".annex" / "inside.txt")
    (folder / "relative.txt").symlink_to(".annex/inside.txt")
    (folder / "loop").symlink_to(folder)
    (folder / "self.txt").symlink_to("self.txt")
    (folder / "out.txt").symlink_to(tmp_path / "outside.txt")
    (folder / "up").symlink_to("..")
    (folder / "broken.txt").symlink_to(folder / "gone.txt")
    os.link(plain, folder / "hard.txt")
    library.add(str(folder))
    inside = "This lies inside."
    assert texts(library) == {
        "plain.txt": "This is plain.",
        "hard.txt": "This is plain.",
        "annexed.txt": inside,
        "relative.txt": inside,
    }
    nowhere = "a link that leads nowhere"
    assert reasons(library) == {
        "out.txt": OUT,
        "up": OUT,
        "self.txt": nowhere,
        "broken.txt": nowhere,
    }
    assert "This lies outside." not in texts(library).values()


def test_a_link_that_is_turned_outside_takes_its_text_along(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    link = folder / "link.txt"
    link.symlink_to(folder / ".annex" / "inside.txt")
    library.add(str(folder))
    assert texts(library) == {"link.txt": "This lies inside."}
    link.unlink()
    link.symlink_to(tmp_path / "outside.txt")
    library.rescan()
    assert texts(library) == {}
    assert reasons(library) == {"link.txt": OUT}
    assert not library.search("lies").hits


def test_a_link_brings_nothing_back_that_was_left_out(library: Library, folder: Path) -> None:
    put(folder / "secret" / "plan.txt", "This is secret.")
    (folder / "plan.txt").symlink_to(folder / "secret" / "plan.txt")
    library.indexing.exclude("/secret/")
    library.add(str(folder))
    assert texts(library) == {}
    assert reasons(library) == {}


def test_a_source_may_be_a_link_itself(library: Library, folder: Path, tmp_path: Path) -> None:
    put(folder / "plain.txt", "This is plain.")
    (folder / "annexed.txt").symlink_to(folder / ".annex" / "inside.txt")
    source = tmp_path / "shortcut"
    source.symlink_to(folder)
    library.add(str(source))
    assert set(texts(library)) == {"plain.txt", "annexed.txt"}
    alone = tmp_path / "alone.txt"
    alone.symlink_to(folder / "plain.txt")
    library.add(str(alone))
    assert set(texts(library)) == {"plain.txt", "annexed.txt", "alone.txt"}


def test_sources_inside_each_other_share_no_document(library: Library, folder: Path) -> None:
    put(folder / "a.txt", "One.")
    put(folder / "inner" / "b.txt", "Two.")
    put(folder / "inner" / "deep" / "c.txt", "Three.")
    library.add(str(folder / "inner"), "Inner")
    library.add(str(folder), "Outer")
    library.rescan()
    counts = {one.collection: sum(one.counts.values()) for one in library.sources()}
    assert counts == {"Inner": 2, "Outer": 1}
    library.remove(str(folder / "inner"))
    assert {one.collection: sum(one.counts.values()) for one in library.sources()} == {"Outer": 3}
    with pytest.raises(SourceKnown):
        library.add(str(folder / "inner"))
