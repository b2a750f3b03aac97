"""Indexing goes on by itself when the disk has room again, and when nobody else holds the library."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.engine.fakes import WordLengths

from strongroom_engine.errors import DiskFull, LibraryLocked, StrongroomError
from strongroom_engine.library import Library
from strongroom_engine.parts import recovering
from strongroom_engine.settings import Settings
from strongroom_engine.store import LibraryKey, connection
from strongroom_engine.types import State

WORDS = "The tenant of the mill pays for the {} of it. "


@pytest.fixture
def troubles() -> list[StrongroomError]:
    return []


@pytest.fixture
def library(
    tmp_path: Path,
    key: LibraryKey,
    troubles: list[StrongroomError],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Library]:
    monkeypatch.setattr(recovering, "TRIED_EVERY_S", 0.2)
    papers = tmp_path / "Papers"
    papers.mkdir()
    (papers / "old.txt").write_text("The walrus lives in the pool.", "utf-8")
    with Library(
        tmp_path / "library",
        key,
        embedder=WordLengths(),
        settings=Settings(settle_s=0.1),
        on_trouble=troubles.append,
    ) as opened:
        opened.add(str(papers))
        opened.watch()
        yield opened


def until(holds: Callable[[], bool], within_s: float = 60) -> None:
    ends = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.05)


def test_a_full_disk_is_told_and_waited_for(
    library: Library,
    tmp_path: Path,
    troubles: list[StrongroomError],
    caplog: pytest.LogCaptureFixture,
) -> None:
    writer = library._store._writer
    assert writer
    writer.pragma("max_page_count", writer.pragma("page_count"))
    text = "\n\n".join(WORDS.format(number) * 9 for number in range(200))
    (tmp_path / "Papers" / "new.txt").write_text(text, "utf-8")
    until(lambda: bool(troubles))
    assert {type(each) for each in troubles} == {DiskFull}
    assert library.search("walrus", method="lexical").hits
    assert library.status().documents[State.INDEXED] == 1
    before = len(troubles)
    time.sleep(1)
    assert len(troubles) - before <= 8  # it is tried now and then, not all the time
    writer.pragma("max_page_count", 1_000_000)
    until(lambda: library.status().documents[State.INDEXED] == 2)
    assert library.search("walrus", method="lexical").hits
    caplog.clear()


def test_a_library_that_another_program_holds_is_told_and_waited_for(
    library: Library,
    tmp_path: Path,
    key: LibraryKey,
    troubles: list[StrongroomError],
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert library._store._writer
    library._store._writer.set_busy_timeout(50)
    with closing(connection.connect(library.folder, key.raw, write=True)) as other:
        other.execute("BEGIN EXCLUSIVE")
        (tmp_path / "Papers" / "new.txt").write_text("The heron came later.", "utf-8")
        until(lambda: bool(troubles))
        assert {type(each) for each in troubles} == {LibraryLocked}
        assert library.search("walrus", method="lexical").hits
        other.execute("ROLLBACK")
    until(lambda: library.status().documents[State.INDEXED] == 2)
    assert library.search("heron", method="lexical").hits
    caplog.clear()


def test_nothing_is_waited_for_once_it_is_closed(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recovering, "TRIED_EVERY_S", 600)
    library.indexing._watching.recovering.note(DiskFull(library="x"))
    library.close()
    until(lambda: not any(thread.name == "recover" for thread in threading.enumerate()))
