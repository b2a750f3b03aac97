"""Watching: each burst is told once, when it has come to rest, and stopping leaves nothing."""

from __future__ import annotations

import errno
import logging
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from strongroom_engine.errors import WatchLimited
from strongroom_engine.indexing import watch
from strongroom_engine.indexing.watch import Watcher

SETTLE_S = 0.2
WAIT_S = 8.0


class Told:
    """What a watcher has told, and waiting for it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bursts: list[set[str]] = []
        self._changed = threading.Condition()

    def __call__(self, paths: set[str]) -> None:
        with self._changed:
            self.bursts.append({str(Path(path).relative_to(self.folder)) for path in paths})
            self._changed.notify()

    def wait(self, *names: str) -> None:
        """Until each of these paths has been told at least once."""
        with self._changed:
            assert self._changed.wait_for(lambda: set(names) <= self.all, WAIT_S), self.bursts

    def rest(self) -> None:
        """Until nothing has been told for a while."""
        count = -1
        while count != len(self.bursts):
            count = len(self.bursts)
            time.sleep(4 * SETTLE_S)

    @property
    def all(self) -> set[str]:
        return {path for burst in self.bursts for path in burst}


Start = Callable[..., Watcher]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    return folder


@pytest.fixture
def told(folder: Path) -> Told:
    return Told(folder)


@pytest.fixture
def start(folder: Path, told: Told) -> Iterator[Start]:
    """Starts a watcher over sources in the folder; all threads must be gone in the end."""
    before = set(threading.enumerate())
    started: list[Watcher] = []

    def start(*sources: Path, **options: Any) -> Watcher:
        named = [str(source) for source in sources or (folder,)]
        watcher = Watcher(named, told, SETTLE_S, **options)
        watcher.start()
        started.append(watcher)
        return watcher

    yield start
    for watcher in started:
        watcher.stop()
    assert set(threading.enumerate()) <= before


def test_a_burst_is_told_once(start: Start, told: Told, folder: Path) -> None:
    start()
    for number in range(50):
        (folder / f"{number}.txt").write_text("words")
    told.wait("0.txt", "49.txt")
    time.sleep(2 * SETTLE_S)
    assert told.bursts == [{f"{number}.txt" for number in range(50)}]


def test_a_rename_is_told_by_both_names_and_a_deletion(
    start: Start, told: Told, folder: Path
) -> None:
    (folder / "a.txt").write_text("words")
    start()
    (folder / "a.txt").rename(folder / "b.txt")
    told.wait("a.txt", "b.txt")
    (folder / "b.txt").unlink()
    told.wait("b.txt")
    assert told.bursts[0] == {"a.txt", "b.txt"}


def test_a_file_is_told_after_its_last_write(start: Start, told: Told, folder: Path) -> None:
    start()
    with (folder / "slow.txt").open("w") as file:
        for _ in range(8):
            file.write("words")
            file.flush()
            time.sleep(SETTLE_S / 2)
        assert told.bursts == []
    told.wait("slow.txt")
    assert len(told.bursts) == 1


def test_a_file_that_never_rests_is_told_all_the_same(
    start: Start, told: Told, folder: Path
) -> None:
    start()
    writing = threading.Event()

    def write() -> None:
        with (folder / "server.log").open("w") as file:
            while not writing.wait(SETTLE_S / 4):
                file.write("line\n")
                file.flush()

    thread = threading.Thread(target=write)
    thread.start()
    began = time.monotonic()
    told.wait("server.log")
    took = time.monotonic() - began
    writing.set()
    thread.join()
    assert took >= 0.8 * watch.PATIENCE * SETTLE_S


def test_passing_files_and_reading_are_not_told(start: Start, told: Told, folder: Path) -> None:
    (folder / "read.txt").write_text("words")
    start()
    for name in ("~$a.docx", "a.swp", ".hidden", "b.part", "c.txt~"):
        (folder / name).write_text("x")
    (folder / ".git").mkdir()
    (folder / ".git" / "index").write_text("x")
    (folder / "read.txt").read_text()
    (folder / "last.txt").write_text("words")
    told.wait("last.txt")
    assert told.all == {"last.txt"}


def test_an_editor_that_saves_beside_and_renames_is_one_change(
    start: Start, told: Told, folder: Path
) -> None:
    (folder / "a.txt").write_text("words")
    start()
    (folder / ".a.txt.swp").write_text("new words")
    (folder / ".a.txt.swp").rename(folder / "a.txt")
    told.wait("a.txt")
    assert told.bursts == [{"a.txt"}]


def test_a_folder_stands_for_what_is_in_it(
    start: Start, told: Told, folder: Path, tmp_path: Path
) -> None:
    start()
    (tmp_path / "outside" / "deep").mkdir(parents=True)
    (tmp_path / "outside" / "deep" / "a.txt").write_text("words")
    (tmp_path / "outside").rename(folder / "moved in")
    told.wait("moved in")
    (folder / "moved in" / "deep" / "b.txt").write_text("words")  # new folders are watched too
    told.wait("moved in/deep/b.txt")
    (folder / "moved in").rename(folder / "renamed")
    told.wait("renamed", "moved in")
    shutil.rmtree(folder / "renamed")
    time.sleep(2 * SETTLE_S)
    assert "renamed" in told.bursts[-1]


def test_sources_come_and_go_at_run_time(start: Start, told: Told, folder: Path) -> None:
    (folder / "one").mkdir()
    (folder / "two").mkdir()
    watcher = start(folder / "one")
    watcher.add(str(folder / "two"))
    watcher.add(str(folder / "two"))
    (folder / "two" / "a.txt").write_text("words")
    told.wait("two/a.txt")
    watcher.remove(str(folder / "two"))
    (folder / "two" / "b.txt").write_text("words")
    (folder / "one" / "c.txt").write_text("words")
    told.wait("one/c.txt")
    assert "two/b.txt" not in told.all


def test_a_single_file_is_watched_alone(start: Start, told: Told, folder: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text("words")
    watcher = start(folder / "a.txt", folder / "b.txt")
    (folder / "other.txt").write_text("words")
    (folder / "a.txt").write_text("more words")
    told.wait("a.txt")
    watcher.remove(str(folder / "a.txt"))  # both share the watch of their folder
    (folder / "a.txt").write_text("words again")
    (folder / "b.txt").unlink()
    told.wait("b.txt")
    assert told.all == {"a.txt", "b.txt"}
    assert not any("a.txt" in burst for burst in told.bursts[1:])


def test_a_source_that_went_and_came_back_is_watched_again(
    start: Start, told: Told, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "POLL_EVERY_S", 0.2)
    source = folder / "stick"
    start(source)  # not there yet
    source.mkdir()
    told.wait("stick")
    told.rest()
    (source / "a.txt").write_text("words")
    told.wait("stick/a.txt")
    shutil.rmtree(source)
    told.rest()
    told.bursts.clear()
    source.mkdir()
    (source / "b.txt").write_text("words")
    told.wait("stick")
    told.rest()
    (source / "c.txt").write_text("words")
    told.wait("stick/c.txt")


class FullObserver(Observer):  # type: ignore[misc, valid-type]  # chosen by the platform at run time
    """The system's observer when the system's limit for watched folders has been reached."""

    room = 0

    def schedule(self, *args: object, **options: object) -> ObservedWatch:
        if self.room <= 0:
            raise OSError(errno.ENOSPC, "inotify watch limit reached")
        self.room -= 1
        watched: ObservedWatch = super().schedule(*args, **options)
        return watched


class NearlyFullObserver(FullObserver):
    """There was room for the source itself and, without a word, not for all below it."""

    room = 1


@pytest.mark.parametrize("observer", [FullObserver, NearlyFullObserver])
def test_where_the_system_cannot_watch_the_source_is_looked_over(
    start: Start,
    told: Told,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    observer: type[BaseObserver],
) -> None:
    monkeypatch.setattr(watch, "POLL_EVERY_S", 0.2)
    troubles: list[WatchLimited] = []
    start(observer=observer, on_trouble=troubles.append)
    assert [trouble.details["path"] for trouble in troubles] == [str(folder)]
    assert "inotify watch limit reached" in troubles[0].sentence
    assert "every 0.2 seconds" in troubles[0].sentence
    (folder / "a.txt").write_text("words")
    told.wait("a.txt")


def test_more_than_can_be_told_is_told_as_the_source(
    start: Start, told: Told, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "MAX_WAITING", 20)
    start()
    for number in range(40):
        (folder / f"{number}.txt").write_text("words")
    told.wait(".")
    time.sleep(2 * SETTLE_S)
    assert told.bursts == [{"."}]


def test_events_that_the_system_dropped_are_made_good(
    start: Start, told: Told, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    start()
    logging.getLogger("watchdog.observers.inotify_c").warning(
        "Inotify queue overflowed; filesystem events were lost"
    )
    told.wait(".")
    caplog.clear()


def test_a_listener_that_fails_is_told_the_next_change_too(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    told = Told(folder)

    def listen(paths: set[str]) -> None:
        told(paths)
        if len(told.bursts) == 1:
            raise ValueError("a fault")

    watcher = Watcher([str(folder)], listen, SETTLE_S)
    watcher.start()
    try:
        (folder / "a.txt").write_text("words")
        told.wait("a.txt")
        (folder / "b.txt").write_text("words")
        told.wait("b.txt")
    finally:
        watcher.stop()
    assert "could not be taken in" in caplog.text
    caplog.clear()
