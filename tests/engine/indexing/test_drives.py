"""Drives that go and come back, with real mounts; and drives that hang or fail."""

from __future__ import annotations

import errno
import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.engine.fakes import Only, WordLengths

from strongroom_engine.errors import (
    Cancelled,
    SourceFailing,
    SourceMissing,
    SourceReplaced,
    SourceSilent,
    Unreadable,
)
from strongroom_engine.indexing.looking import drives, presence
from strongroom_engine.indexing.parse.pool import ParserPool
from strongroom_engine.indexing.pipeline import Indexer
from strongroom_engine.settings import Settings
from strongroom_engine.store import Store
from strongroom_engine.types import Away, FileFacts, Source, State

PATIENCE_S = 300.0
"""So long a drive hangs that nobody may wait for."""


@dataclass
class Bench:
    store: Store
    indexer: Indexer
    folder: Path

    def write(self, where: Path, *names: str) -> None:
        where.mkdir(parents=True, exist_ok=True)
        for name in names:
            (where / name).write_text(f"Words of {name} in its place.", encoding="utf-8")

    def sync(self) -> None:
        self.indexer.sync(str(self.folder))
        self.indexer.wait_embedded()

    def sync_as_soon_as_it_answers(self) -> None:
        """Those who hang have to be told first."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            with suppress(SourceSilent):
                return self.sync()
            time.sleep(0.05)
        raise TimeoutError

    @property
    def names(self) -> list[str]:
        return sorted(Path(path).name for path in self.store.known_files(str(self.folder)))

    @property
    def source(self) -> Source:
        (found,) = self.store.sources()
        return found


@pytest.fixture
def bench(store: Store, pool: ParserPool, tmp_path: Path) -> Iterator[Bench]:
    indexer = Indexer(store, pool, Only(WordLengths()), Settings())
    folder = tmp_path / "papers"
    folder.mkdir()
    store.add_source(str(folder), "Papers")
    yield Bench(store, indexer, folder)
    indexer.close()


# --- real mounts ---------------------------------------------------------------------------------


@dataclass
class Disks:
    """File systems in files, mounted and unmounted; Linux as root only."""

    made_in: Path
    mounted: list[Path] = field(default_factory=list)

    def make(self, name: str) -> Path:
        image = self.made_in / f"{name}.img"
        image.write_bytes(b"")
        os.truncate(image, 4 << 20)
        _run("mkfs.ext4", "-q", "-F", str(image))
        return image

    def mount(self, image: Path, place: Path) -> None:
        _run("mount", "-o", "loop", str(image), str(place))
        self.mounted.append(place)

    def unmount(self, place: Path) -> None:
        _run("umount", str(place))
        self.mounted.remove(place)


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, check=False, timeout=30)
    assert done.returncode == 0, done.stderr.decode()


@pytest.fixture
def disks(tmp_path: Path) -> Iterator[Disks]:
    made = Disks(tmp_path)
    place = tmp_path / "tried"
    place.mkdir()
    try:
        made.mount(made.make("tried"), place)
        made.unmount(place)
    except (AssertionError, OSError):
        pytest.skip("mounting needs Linux, root and loop devices")
    yield made
    for left in reversed(made.mounted):
        subprocess.run(["umount", "-l", str(left)], check=False, timeout=30)


def test_an_empty_mount_point_is_a_drive_that_is_away(bench: Bench, disks: Disks) -> None:
    stick = disks.make("stick")
    disks.mount(stick, bench.folder)
    bench.write(bench.folder, "a.txt", "b.txt")
    bench.sync()
    began = int(time.time() * 1000)
    disks.unmount(bench.folder)
    for _ in range(2):
        with pytest.raises(SourceReplaced):
            bench.sync()
    assert bench.names == ["a.txt", "b.txt"]
    assert (bench.source.present, bench.source.away) == (False, Away.REPLACED)
    assert bench.source.away_ms >= began
    assert bench.store.status().documents[State.INDEXED] == 2
    # What some program writes there meanwhile is not taken for it.
    bench.write(bench.folder, "stray.txt")
    with pytest.raises(SourceReplaced):
        bench.sync()
    assert bench.names == ["a.txt", "b.txt"]
    (bench.folder / "stray.txt").unlink()
    disks.mount(stick, bench.folder)
    bench.write(bench.folder, "c.txt")
    bench.sync()
    assert bench.names == ["a.txt", "b.txt", "c.txt"]
    assert (bench.source.present, bench.source.away_ms, bench.source.away) == (True, 0, "")


def test_a_drive_that_its_user_empties_is_empty(bench: Bench, disks: Disks) -> None:
    disks.mount(disks.make("stick"), bench.folder)
    bench.write(bench.folder, "a.txt", "b.txt")
    bench.sync()
    for name in ("a.txt", "b.txt"):
        (bench.folder / name).unlink()
    bench.sync()
    assert bench.names == []
    assert bench.source.present


def test_documents_that_were_put_where_their_drive_was_are_taken_in(
    bench: Bench, disks: Disks
) -> None:
    disks.mount(disks.make("stick"), bench.folder)
    bench.write(bench.folder, "a.txt", "b.txt", "c.txt")
    bench.sync()
    disks.unmount(bench.folder)
    bench.write(bench.folder, "a.txt", "b.txt")  # most of them, and not the third
    bench.sync()
    assert bench.names == ["a.txt", "b.txt"]
    assert bench.source.present
    (bench.folder / "a.txt").unlink()
    (bench.folder / "b.txt").unlink()
    bench.sync()  # this is where they are now
    assert bench.names == []


def test_another_drive_in_its_place_is_another_drive(bench: Bench, disks: Disks) -> None:
    first, second = disks.make("first"), disks.make("second")
    disks.mount(second, bench.folder)
    bench.write(bench.folder, "x.txt")
    disks.unmount(bench.folder)
    disks.mount(first, bench.folder)
    bench.write(bench.folder, "a.txt", "b.txt")
    bench.sync()
    disks.unmount(bench.folder)
    (bench.folder / "unused").mkdir()
    disks.mount(second, bench.folder / "unused")  # takes the number of the device, and its name
    disks.unmount(bench.folder / "unused")
    holding = bench.folder.parent / "holding"
    holding.mkdir()
    disks.mount(first, holding)  # so that the second gets another number
    disks.mount(second, bench.folder)
    with pytest.raises(SourceReplaced):
        bench.sync()
    assert bench.names == ["a.txt", "b.txt"]


def test_a_drive_inside_a_source_goes_and_comes_back(bench: Bench, disks: Disks) -> None:
    stick, inner = disks.make("stick"), bench.folder / "stick"
    bench.write(bench.folder, "own.txt", "other.txt")
    inner.mkdir()
    disks.mount(stick, inner)
    bench.write(inner, "a.txt", "b.txt")
    bench.sync()
    assert bench.names == ["a.txt", "b.txt", "other.txt", "own.txt"]
    disks.unmount(inner)
    (bench.folder / "other.txt").unlink()
    bench.sync()
    assert bench.names == ["a.txt", "b.txt", "own.txt"]
    assert bench.source.present
    assert list(bench.source.places_away) == [str(inner)]
    # A look at nothing but what changed does not forget them either.
    bench.indexer.sync(str(bench.folder), under=[str(inner)])
    inner.rmdir()
    bench.indexer.sync(str(bench.folder), under=[str(inner)])
    bench.sync()
    assert bench.names == ["a.txt", "b.txt", "own.txt"]
    inner.mkdir()
    disks.mount(stick, inner)
    (inner / "a.txt").unlink()
    bench.sync()
    assert bench.names == ["b.txt", "own.txt"]
    assert not bench.source.places_away


def test_a_drive_mounted_over_documents_hides_them(bench: Bench, disks: Disks) -> None:
    inner = bench.folder / "sub"
    bench.write(bench.folder, "own.txt")
    bench.write(inner, "a.txt", "b.txt")
    bench.sync()
    disks.mount(disks.make("empty"), inner)
    bench.sync()
    assert bench.names == ["a.txt", "b.txt", "own.txt"]
    assert list(bench.source.places_away) == [str(inner)]
    disks.unmount(inner)
    (inner / "a.txt").unlink()
    bench.sync()
    assert bench.names == ["b.txt", "own.txt"]
    assert not bench.source.places_away


def test_a_drive_pulled_while_it_is_looked_at_loses_nothing(
    bench: Bench, disks: Disks, monkeypatch: pytest.MonkeyPatch
) -> None:
    disks.mount(disks.make("stick"), bench.folder)
    for number in range(6):
        bench.write(bench.folder / f"{number}", "a.txt")
    bench.sync()
    listed = os.scandir
    pulled: list[str] = []

    def pulls(path: str) -> object:
        if path.endswith(("/3", "/4")) and not pulled:
            pulled.append(path)
            disks.unmount(bench.folder)
        return listed(path)

    monkeypatch.setattr("strongroom_engine.indexing.looking.scan.os.scandir", pulls)
    with pytest.raises(SourceMissing):
        bench.sync()
    assert pulled
    assert len(bench.names) == 6


# --- drives that hang or fail --------------------------------------------------------------------


@pytest.fixture
def hanging(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], threading.Event]]:
    """Make every look at paths below one hang, as a dead server does, until the event is set."""
    events: list[threading.Event] = []
    waited: list[str] = []
    stat, scandir = os.stat, os.scandir
    below: list[str] = []

    def waiting(look: Callable[..., object]) -> Callable[..., object]:
        def looks(path: object = ".", **how: object) -> object:
            hangs = below and str(path).startswith(below[0])
            if hangs and not events[-1].wait(PATIENCE_S):
                waited.append(str(path))
            return look(path, **how)

        return looks

    def hangs(prefix: str) -> threading.Event:
        event = threading.Event()
        events.append(event)
        below[:] = [prefix]
        monkeypatch.setattr(os, "stat", waiting(stat))
        monkeypatch.setattr(os, "scandir", waiting(scandir))
        return event

    monkeypatch.setattr(presence, "ANSWER_S", 0.3)
    monkeypatch.setattr(drives, "ANSWER_S", 0.3)
    yield hangs
    for event in events:
        event.set()
    assert not waited, "somebody was held up until it gave up"


def test_a_drive_that_does_not_answer_holds_nobody_up(
    bench: Bench, tmp_path: Path, hanging: Callable[[str], threading.Event]
) -> None:
    bench.write(bench.folder, "a.txt")
    bench.sync()
    near = tmp_path / "near"
    bench.write(near, "n.txt")
    bench.store.add_source(str(near), "Near")
    event = hanging(str(bench.folder))
    with pytest.raises(SourceSilent):
        bench.sync()
    bench.indexer.sync(str(near))
    far, here = sorted(bench.store.sources(), key=lambda one: one.path, reverse=True)
    assert (here.present, far.present, far.away) == (True, False, Away.SILENT)
    assert bench.names == ["a.txt"]
    event.set()
    bench.sync_as_soon_as_it_answers()
    assert all(one.present for one in bench.store.sources())


def test_a_drive_that_stops_answering_while_it_is_read_is_away(
    bench: Bench, hanging: Callable[[str], threading.Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.write(bench.folder, *(f"{number}.txt" for number in range(9)))
    parse = ParserPool.parse

    def stops(pool: ParserPool, facts: FileFacts) -> object:
        hanging(facts.path)
        return parse(pool, facts)

    monkeypatch.setattr(ParserPool, "parse", stops)
    with pytest.raises(SourceSilent):
        bench.sync()
    assert bench.source.away == Away.SILENT
    assert bench.store.status().problems == ()
    assert len(bench.names) == 9  # they wait


def test_a_drive_that_stops_answering_in_a_look_is_away(
    bench: Bench, hanging: Callable[[str], threading.Event]
) -> None:
    for number in range(6):
        bench.write(bench.folder / f"{number}", "a.txt")
    bench.sync()
    hanging(str(bench.folder / "3"))
    ended = threading.Event()
    threading.Timer(1.0, ended.set).start()
    with pytest.raises(Cancelled):  # its root answers; the look ends when it is told to
        bench.indexer.sync(str(bench.folder), cancelled=ended.is_set)
    assert len(bench.names) == 6


def test_files_that_a_drive_does_not_give_wait_for_it(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.write(bench.folder, *(f"{number}.txt" for number in range(9)))
    bench.sync()
    for path in bench.folder.iterdir():
        path.write_text("Other words.", encoding="utf-8")
    lost = Unreadable(why="Input/output error", number=errno.EIO)
    with monkeypatch.context() as patched:
        patched.setattr(ParserPool, "parse", lambda _pool, _facts: lost)
        with pytest.raises(SourceFailing):
            bench.sync()
    counts = bench.store.status()
    assert counts.problems == ()
    assert counts.documents[State.FAILED] == 0
    assert counts.chunks == 9  # what was known of them is searched
    assert (bench.source.present, bench.source.away) == (False, Away.FAILING)
    bench.sync()
    assert bench.store.status().documents[State.INDEXED] == 9
    assert bench.source.present


def test_one_file_on_a_bad_place_of_a_disk_is_a_problem_of_its_own(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.write(bench.folder, *(f"{number}.txt" for number in range(9)))
    parse = ParserPool.parse

    def gives(pool: ParserPool, facts: FileFacts) -> object:
        if facts.path.endswith("4.txt"):
            return Unreadable(why="Input/output error", number=errno.EIO)
        return parse(pool, facts)

    monkeypatch.setattr(ParserPool, "parse", gives)
    bench.sync()
    status = bench.store.status()
    assert status.documents[State.INDEXED] == 8
    assert [Path(one.path).name for one in status.problems] == ["4.txt"]
    assert bench.source.present


def test_folders_that_a_drive_does_not_list_keep_their_documents(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        bench.write(bench.folder / f"{number}", "a.txt", "b.txt")
    bench.sync()
    listed = os.scandir

    def fails(path: str) -> object:
        if path[-2:] in {"/2", "/3", "/4", "/5"}:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return listed(path)

    monkeypatch.setattr("strongroom_engine.indexing.looking.scan.os.scandir", fails)
    bench.sync()
    assert bench.store.status().documents[State.INDEXED] == 12


def test_a_source_that_is_removed_while_away_is_gone(bench: Bench) -> None:
    bench.write(bench.folder, "a.txt")
    bench.sync()
    bench.folder.rename(bench.folder.with_name("unplugged"))
    with pytest.raises(SourceMissing):
        bench.sync()
    assert bench.source.away == Away.MISSING
    bench.indexer.remove(str(bench.folder))
    assert bench.store.sources() == ()
