"""Documents inside archives: each is one of its own, and follows its archive."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import py7zr
import pymupdf
import pytest
import pyzipper
from tests.engine.fakes import Only, WordLengths

from strongroom_engine.indexing.parse.pool import ParserPool
from strongroom_engine.indexing.pipeline import Indexer
from strongroom_engine.sentences.left_out import EXCLUDED_MEMBERS, TOO_MANY_MEMBERS
from strongroom_engine.settings import Settings
from strongroom_engine.store import Store
from strongroom_engine.types import Exclusion, State

LEASE = "The tenant pays the rent on Friday."
LETTER = "The landlord answers the letter."


@pytest.fixture
def folder(tmp_path: Path, store: Store) -> Path:
    made = tmp_path / "Papers"
    made.mkdir()
    store.add_source(str(made), "Papers")
    return made


class Desk:
    def __init__(self, store: Store, folder: Path, indexer: Indexer) -> None:
        self.store, self.folder, self.indexer = store, folder, indexer

    def sync(self, *again: str) -> None:
        self.indexer.sync(str(self.folder), under=again, again=again)
        self.indexer.wait_embedded()

    @property
    def states(self) -> dict[str, str]:
        """The state or problem of each document, by its path in the folder."""
        start = len(str(self.folder)) + 1
        return {one.path[start:]: one.code or one.state for one in self.store.documents()}

    def text(self, name: str) -> str:
        return self.store.document_text(str(self.folder / name))


@pytest.fixture
def desk(store: Store, folder: Path) -> Iterator[Desk]:
    settings = Settings(max_depth=2, max_member_mb=1)
    with ParserPool(1, settings, passwords=store.passwords.candidates) as pool:
        indexer = Indexer(store, pool, Only(WordLengths()), settings)
        yield Desk(store, folder, indexer)
        indexer.close()


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return data.getvalue()


def pdf(text: str) -> bytes:
    with pymupdf.open() as file:
        file.new_page().insert_text((60, 80), text)
        data: bytes = file.tobytes()
        return data


def put(folder: Path, name: str, data: bytes) -> None:
    """Write it so that its time is another one."""
    (folder / name).write_bytes(data)


def test_each_file_of_an_archive_is_a_document(desk: Desk) -> None:
    put(desk.folder, "Post.zip", zipped({"a.txt": LEASE, "2023/b.pdf": pdf(LETTER)}))
    desk.sync()
    indexed = State.INDEXED
    assert desk.states == {
        "Post.zip": indexed,
        "Post.zip/a.txt": indexed,
        "Post.zip/2023/b.pdf": indexed,
    }
    assert LETTER in desk.text("Post.zip/2023/b.pdf")
    assert "2023/b.pdf" in desk.text("Post.zip")
    around = desk.store.members.around(str(desk.folder / "Post.zip" / "a.txt"))
    assert [one.path for one in around] == [str(desk.folder / "Post.zip")]


def test_only_what_changed_in_an_archive_is_read_again(desk: Desk) -> None:
    put(desk.folder, "Post.zip", zipped({"a.txt": LEASE, "b.txt": LETTER, "c.txt": "gone"}))
    desk.sync()
    before = desk.store.rows_of([str(desk.folder / "Post.zip" / name) for name in ("a.txt",)])
    read = {name: report(desk, name) for name in ("a.txt", "b.txt")}
    put(desk.folder, "Post.zip", zipped({"a.txt": LEASE, "b.txt": LETTER + " Twice."}))
    desk.sync()
    assert set(desk.states) == {"Post.zip", "Post.zip/a.txt", "Post.zip/b.txt"}
    assert desk.text("Post.zip/b.txt").endswith("Twice.")
    assert report(desk, "b.txt") > read["b.txt"]
    assert desk.store.rows_of([str(desk.folder / "Post.zip" / "a.txt")]) == before


def test_the_text_of_an_archive_does_not_keep_the_name_that_it_had(desk: Desk) -> None:
    put(desk.folder, "Post.zip", zipped({"a.txt": LEASE}))
    desk.sync()
    (desk.folder / "Post.zip").rename(desk.folder / "Letters.zip")
    desk.sync()
    assert desk.text("Letters.zip") == "a.txt"
    record = desk.store.reading.record(str(desk.folder / "Letters.zip"))
    assert record is not None
    assert record.title == "Letters.zip"


def report(desk: Desk, name: str) -> int:
    told = desk.store.reports.of(str(desk.folder / "Post.zip" / name))
    assert told is not None
    return told.read_ms


def test_members_move_and_go_with_their_archive(desk: Desk) -> None:
    put(desk.folder, "Post.zip", zipped({"a.txt": LEASE}))
    desk.sync()
    (desk.folder / "Post.zip").rename(desk.folder / "Letters.zip")
    desk.sync()
    assert set(desk.states) == {"Letters.zip", "Letters.zip/a.txt"}
    assert desk.text("Letters.zip/a.txt") == LEASE
    (desk.folder / "Letters.zip").unlink()
    desk.sync()
    assert desk.states == {}
    assert desk.store.chunk_count() == 0


def test_archives_in_archives_as_deep_as_is_allowed(desk: Desk) -> None:
    data = zipped({"deep.txt": LEASE})
    for name in ("c.zip", "b.zip"):
        data = zipped({name: data, "note.txt": LETTER})
    put(desk.folder, "a.zip", data)
    desk.sync()
    states = desk.states
    assert states["a.zip/b.zip/note.txt"] == State.INDEXED
    assert states["a.zip/b.zip/c.zip"] == State.INDEXED
    assert states["a.zip/b.zip/c.zip/deep.txt"] == "too-deep"


@pytest.mark.parametrize("name", ["a.tar", "a.tar.gz", "a.tar.xz", "a.7z", "a.txt.gz"])
def test_other_archives(desk: Desk, name: str) -> None:
    file = desk.folder / name
    if name.endswith(".7z"):
        with py7zr.SevenZipFile(file, "w") as seven:
            seven.writestr(LEASE, "a.txt")
    elif ".tar" in name:
        with tarfile.open(file, f"w:{name[6:]}") as tar:  # type: ignore[call-overload]
            info = tarfile.TarInfo("a.txt")
            info.size = len(LEASE)
            tar.addfile(info, io.BytesIO(LEASE.encode()))
    else:
        import gzip

        file.write_bytes(gzip.compress(LEASE.encode()))
    desk.sync()
    assert desk.states == {name: State.INDEXED, f"{name}/a.txt": State.INDEXED}
    assert desk.text(f"{name}/a.txt") == LEASE


def test_a_locked_archive_opens_with_its_password(desk: Desk) -> None:
    with pyzipper.AESZipFile(
        desk.folder / "locked.zip", "w", encryption=pyzipper.WZ_AES
    ) as archive:
        archive.setpassword(b"sesame")
        archive.writestr("a.txt", LEASE)
    desk.sync()
    assert desk.states == {"locked.zip": "needs-password"}
    desk.store.passwords.give(str(desk.folder), "sesame")
    locked = str(desk.folder / "locked.zip")
    desk.store.managing.note_unread([locked])
    desk.sync(locked)
    assert desk.text("locked.zip/a.txt") == LEASE


@pytest.mark.parametrize("ending", ["zip", "tar"])
def test_a_pdf_at_its_beginning_makes_no_archive_one(desk: Desk, ending: str) -> None:
    with pymupdf.open() as file:
        file.new_page().insert_text((60, 80), LEASE)
        data = bytes(file.tobytes())
    archive = desk.folder / f"a.{ending}"
    if ending == "zip":
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as packed:
            packed.writestr("lease.pdf", data)
    else:
        inside = tarfile.TarInfo("lease.pdf")
        inside.size = len(data)
        with tarfile.open(archive, "w") as tar:
            tar.addfile(inside, io.BytesIO(data))
    desk.sync()
    assert desk.states == dict.fromkeys((archive.name, f"{archive.name}/lease.pdf"), State.INDEXED)


def test_a_bomb_costs_one_document(desk: Desk) -> None:
    put(desk.folder, "a.zip", zipped({"bomb.txt": b"a" * (8 << 20), "b.txt": LETTER}))
    desk.sync()
    assert desk.states == {
        "a.zip": State.INDEXED,
        "a.zip/b.txt": State.INDEXED,
        "a.zip/bomb.txt": "too-large",
    }


@pytest.fixture
def narrow(store: Store, folder: Path) -> Iterator[Desk]:
    """Where few documents may lie inside a file, however deep."""
    settings = Settings(max_depth=8, max_members=12)
    with ParserPool(1, settings) as pool:
        indexer = Indexer(store, pool, Only(WordLengths()), settings)
        yield Desk(store, folder, indexer)
        indexer.close()


def test_all_that_lies_inside_one_file_is_counted_together(narrow: Desk) -> None:
    data = zipped({f"{n}.txt": f"{LEASE} {n}" for n in range(3)})
    for _ in range(3):  # 3 + 9 + 27 archives, 81 texts
        data = zipped({f"{n}.zip": data for n in range(3)})
    put(narrow.folder, "bomb.zip", data)
    put(narrow.folder, "b.zip", zipped({"b.txt": LETTER}))
    narrow.sync()
    states = narrow.states
    read = [path for path, state in states.items() if state == State.INDEXED]
    assert len(read) == 1 + 12 + 2
    assert "b.zip/b.txt" in read
    assert {state for path, state in states.items() if path not in read} == {"too-much-inside"}
    refused = [path for path, state in states.items() if state == "too-much-inside"]
    assert left_out(narrow, str(Path(refused[0]).parent)) == {TOO_MANY_MEMBERS()}
    narrow.sync(*(str(narrow.folder / path) for path in ("bomb.zip", "b.zip")))
    assert sum(state == State.INDEXED for state in narrow.states.values()) == len(read)


def test_emptiness_packed_twice_is_not_unpacked(desk: Desk) -> None:
    inner = zipped({f"{n}.txt": bytes(1 << 20) for n in range(80)})
    put(desk.folder, "bomb.zip", zipped({"a.zip": inner, "b.txt": LETTER}))
    desk.sync()
    states = desk.states
    assert (states["bomb.zip/b.txt"], states["bomb.zip/a.zip"]) == (State.INDEXED, State.INDEXED)
    assert states["bomb.zip/a.zip/63.txt"] == "too-much-inside"  # a.zip and b.txt count, too
    assert "bomb.zip/a.zip/64.txt" not in states


def test_names_that_lead_out_are_harmless(desk: Desk) -> None:
    put(desk.folder, "a.zip", zipped({"../../out.txt": LEASE, "/etc/abs.txt": LETTER}))
    desk.sync()
    assert len(desk.states) == 3
    assert all(name.startswith("a.zip") and ".." not in name for name in desk.states)


def test_what_is_left_out_of_an_archive_goes(desk: Desk) -> None:
    put(desk.folder, "a.zip", zipped({"a.txt": LEASE, "b.log": LETTER}))
    desk.sync()
    log = Exclusion("", "*.log")
    desk.indexer.exclude(log)
    assert set(desk.states) == {"a.zip", "a.zip/a.txt"}
    assert left_out(desk, "a.zip") == {EXCLUDED_MEMBERS()}
    put(desk.folder, "a.zip", zipped({"a.txt": LETTER, "c.log": LETTER}))
    desk.sync()
    assert set(desk.states) == {"a.zip", "a.zip/a.txt"}
    assert left_out(desk, "a.zip") == {EXCLUDED_MEMBERS()}
    desk.store.managing.include(log)
    desk.sync()
    assert desk.states["a.zip/c.log"] == State.INDEXED
    assert left_out(desk, "a.zip") == set()


def left_out(desk: Desk, name: str) -> set[str]:
    told = desk.store.reports.of(str(desk.folder / name))
    assert told is not None
    return {one.what for one in told.left_out}


def test_a_broken_archive_says_so(desk: Desk) -> None:
    put(desk.folder, "a.zip", zipped({"a.txt": LEASE})[:60])
    desk.sync()
    assert desk.states == {"a.zip": "damaged"}


def test_what_was_not_read_when_all_ended_is_read_next(desk: Desk) -> None:
    put(desk.folder, "a.zip", zipped({"a.txt": LEASE, "b.txt": LETTER}))
    desk.sync()
    inside = str(desk.folder / "a.zip" / "b.txt")
    desk.store.managing.note_unread([inside])
    assert desk.states["a.zip/b.txt"] == State.PENDING
    desk.sync()
    assert desk.states["a.zip/b.txt"] == State.INDEXED
