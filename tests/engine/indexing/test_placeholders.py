"""Files whose content is in a cloud: never opened unasked, and nothing known of them is lost."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.engine.fakes import Only, WordLengths

from strongroom_engine.errors import NotDownloaded
from strongroom_engine.indexing.looking import drives, scan
from strongroom_engine.indexing.looking.presence import is_placeholder, stub_of
from strongroom_engine.indexing.parse.pool import ParserPool
from strongroom_engine.indexing.pipeline import Indexer
from strongroom_engine.settings import Settings
from strongroom_engine.store import Store
from strongroom_engine.types import FileFacts, State


@pytest.mark.parametrize(
    ("facts", "elsewhere"),
    [
        ({"st_file_attributes": 0x400000 | 0x20}, True),
        ({"st_file_attributes": 0x40000}, True),
        ({"st_file_attributes": 0x1000}, True),
        ({"st_file_attributes": 0x20 | 0x80000}, False),  # archive, pinned
        ({"st_flags": 0x40000000}, True),
        ({"st_flags": 0x8000}, False),
        ({"st_blocks": 0, "st_size": 900}, False),  # inline, compressed, or of a share
    ],
)
def test_the_system_says_what_is_in_a_cloud(facts: dict[str, int], *, elsewhere: bool) -> None:
    assert is_placeholder(SimpleNamespace(**facts)) is elsewhere  # type: ignore[arg-type]


def test_files_that_lie_in_the_place_of_others() -> None:
    assert stub_of(".Report.pdf.icloud") == "Report.pdf"
    assert stub_of("Report.pdf.nextcloud") == "Report.pdf"
    assert stub_of("Report.pdf.owncloud") == "Report.pdf"
    assert stub_of("icloud") == stub_of("word.cloud") == stub_of("Report.pdf") == ""


class Cloud:
    """A folder of which some files are in a cloud, and what was opened."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.elsewhere: set[int] = set()
        self.opened: list[str] = []

    def take(self, *names: str) -> None:
        """Leave nothing but the facts of these files here."""
        self.elsewhere |= {(self.folder / name).stat().st_ino for name in names}

    def give(self, *names: str) -> None:
        self.elsewhere -= {(self.folder / name).stat().st_ino for name in names}

    def write(self, *names: str) -> None:
        for name in names:
            (self.folder / name).write_text(f"Words of {name}.", encoding="utf-8")

    def is_elsewhere(self, facts: os.stat_result) -> bool:
        return facts.st_ino in self.elsewhere


@pytest.fixture
def cloud(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cloud:
    folder = tmp_path / "cloud"
    folder.mkdir()
    made = Cloud(folder)
    monkeypatch.setattr(scan, "is_placeholder", made.is_elsewhere)
    monkeypatch.setattr(drives, "is_placeholder", made.is_elsewhere)
    monkeypatch.setattr(drives, "CLOUDS_TELL", True)
    parse, read = ParserPool.parse, drives._read_through

    def parses(pool: ParserPool, facts: FileFacts) -> object:
        made.opened.append(Path(facts.path).name)
        return parse(pool, facts)

    def reads(path: str, done: object) -> None:
        made.give(Path(path).name)
        read(path, done)  # type: ignore[arg-type]

    monkeypatch.setattr(ParserPool, "parse", parses)
    monkeypatch.setattr(drives, "_read_through", reads)
    return made


@pytest.fixture
def sync(store: Store, pool: ParserPool, cloud: Cloud) -> Iterator[Callable[..., None]]:
    indexer = Indexer(store, pool, Only(WordLengths()), Settings())
    store.add_source(str(cloud.folder), "Cloud")

    def syncs(*again: str) -> None:
        paths = [str(cloud.folder / name) for name in again]
        store.managing.note_unread(paths)
        indexer.sync(str(cloud.folder), under=paths, again=paths)
        indexer.wait_embedded()

    yield syncs
    indexer.close()


def states(store: Store, cloud: Cloud) -> dict[str, tuple[str, str]]:
    found = {}
    for path in store.known_files(str(cloud.folder)):
        record = store.reading.record(path)
        assert record is not None
        found[Path(path).name] = (str(record.state), record.code)
    return found


READ = (State.INDEXED, "")
ELSEWHERE = (State.SKIPPED, "not-downloaded")


def test_a_file_in_a_cloud_is_listed_and_not_opened(
    store: Store, cloud: Cloud, sync: Callable[..., None]
) -> None:
    cloud.write("here.txt", "there.txt")
    cloud.take("there.txt")
    for _ in range(2):
        sync()
        assert states(store, cloud) == {"here.txt": READ, "there.txt": ELSEWHERE}
    assert cloud.opened == ["here.txt"]
    cloud.give("there.txt")  # nothing else of it changes
    sync()
    assert states(store, cloud) == {"here.txt": READ, "there.txt": READ}


def test_it_is_downloaded_when_that_is_asked_for(
    store: Store, cloud: Cloud, sync: Callable[..., None]
) -> None:
    cloud.write("one.txt", "two.txt")
    cloud.take("one.txt", "two.txt")
    sync()
    sync("one.txt")
    assert states(store, cloud) == {"one.txt": READ, "two.txt": ELSEWHERE}
    assert cloud.opened == ["one.txt"]


def test_what_was_read_stays_when_its_content_leaves(
    store: Store, cloud: Cloud, sync: Callable[..., None]
) -> None:
    cloud.write("one.txt", "two.txt")
    sync()
    cloud.take("one.txt", "two.txt")
    (cloud.folder / "two.txt").rename(cloud.folder / "moved.txt")
    sync()
    os.utime(cloud.folder / "one.txt", (1, 1))  # another version, in the cloud
    sync()
    assert states(store, cloud) == {"one.txt": READ, "moved.txt": READ}
    assert sorted(cloud.opened) == ["one.txt", "two.txt"]
    cloud.give("one.txt")
    sync()
    assert sorted(cloud.opened) == ["one.txt", "one.txt", "two.txt"]


@pytest.mark.parametrize("stub", [".{}.icloud", "{}.nextcloud"])
def test_a_stub_stands_for_its_file(
    store: Store, cloud: Cloud, sync: Callable[..., None], stub: str
) -> None:
    cloud.write("read.txt")
    sync()
    (cloud.folder / "read.txt").rename(cloud.folder / stub.format("read.txt"))
    (cloud.folder / stub.format("never.txt")).write_bytes(b" ")
    sync()
    assert states(store, cloud) == {"read.txt": READ, "never.txt": ELSEWHERE}
    sync("never.txt")  # there is nothing to open
    assert states(store, cloud)["read.txt"] == READ
    assert cloud.opened[:1] == ["read.txt"]


def test_looking_at_one_path_sees_its_stub(cloud: Cloud) -> None:
    (cloud.folder / ".read.txt.icloud").write_bytes(b" ")
    ((facts, problem),) = scan.scan(str(cloud.folder), [str(cloud.folder / "read.txt")])
    assert Path(facts.path).name == "read.txt"
    assert isinstance(problem, NotDownloaded)
    for name in (".read.txt.icloud", "other.txt"):  # the stub itself is nothing
        assert not list(scan.scan(str(cloud.folder), [str(cloud.folder / name)]))
