"""Opening: encryption, the lock, readers beside the writer, migrations, damage, crashes."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import apsw
import pytest

from strongroom_engine.errors import (
    Bug,
    LibraryBusy,
    LibraryDamaged,
    LibraryTooNew,
    NoLibrary,
    NotALibrary,
)
from strongroom_engine.store import LibraryKey, Scope, Store, connection, schema

if TYPE_CHECKING:
    from tests.engine.store.conftest import OpenStore, Papers

MODEL = "words-16"
KEY = LibraryKey(bytes(range(32)), "key file")
ROOT = Path(__file__).parents[3]
EVERYTHING = Scope()
SECRET = "Plutonium beneath the conservatory"


def python(module: str, *arguments: str) -> subprocess.Popen[str]:
    """A child that runs one of this folder's modules."""
    return subprocess.Popen(
        [sys.executable, "-m", f"tests.engine.store.{module}", *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


# --- encryption ----------------------------------------------------------------------------------


def test_nothing_on_disk_can_be_read(store: Store, folder: Path, papers: Papers) -> None:
    papers.put(store, "dossier.pdf", SECRET)
    papers.embed_all(store)
    store.status()
    on_disk = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert {"library.db", "library.db-wal", "library.db-shm"} <= set(on_disk)
    assert sum(map(len, on_disk.values())) > 50_000
    for name, data in on_disk.items():
        assert not data.startswith(b"SQLite format 3"), name
        for word in (b"Plutonium", b"plutonium", b"conservatori", b"dossier", b"CREATE TABLE"):
            assert word not in data, (name, word)
    assert KEY.raw.hex().encode() not in on_disk["library.json"]


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps access in other lists")
def test_only_the_owner_may_enter_the_folder(store: Store, folder: Path) -> None:
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "library.json").stat().st_mode & 0o777 == 0o600


def test_the_cipher_is_authenticated(store: Store, folder: Path) -> None:
    assert store.cipher == "aegis"
    with closing(connection.connect(folder, KEY.raw, write=False)) as db:
        assert db.pragma("cipher") == "aegis"


# --- the lock, and readers -----------------------------------------------------------------------


def test_a_second_writer_is_refused(store: Store, open_store: OpenStore) -> None:
    with pytest.raises(LibraryBusy):
        open_store()
    store.close()
    store.close()
    open_store()


def test_a_writer_in_another_process_is_refused_until_this_one_is_gone(
    store: Store, folder: Path
) -> None:
    def attempt() -> str:
        child = python("library_child", "once", str(folder))
        return child.communicate(timeout=30)[0].strip()

    assert attempt() == "library-busy"
    store.close()
    assert attempt() == "done"


def test_another_process_reads_what_this_one_writes(
    store: Store, folder: Path, papers: Papers
) -> None:
    with python("library_child", "count", str(folder)) as child:
        assert child.stdin
        assert child.stdout
        for number in range(1, 4):
            papers.put(store, f"{number}.pdf", f"Document {number}.")
            child.stdin.write("\n")
            child.stdin.flush()
            assert child.stdout.readline().split() == [str(number), str(number)]
        child.stdin.close()


def test_reading_makes_nothing(folder: Path, open_store: OpenStore) -> None:
    with pytest.raises(NoLibrary):
        open_store(mode="read")
    assert not folder.exists()
    open_store().close()
    names = {file.name for file in folder.iterdir()}
    reader = open_store(mode="read")
    assert reader.status().chunks == 0
    with pytest.raises(Bug):
        reader.add_source("/docs", "Papers")
    reader.close()
    assert {file.name for file in folder.iterdir() if "-" not in file.name} == names


def test_a_library_that_was_never_finished_is_none_yet(folder: Path, open_store: OpenStore) -> None:
    open_store().close()
    for name in ("library.db", "library.json.copy"):
        (folder / name).unlink()
    with pytest.raises(NoLibrary):
        open_store(mode="read")
    open_store().close()
    open_store(mode="read")


def test_threads_read_and_write_at_once(store: Store, papers: Papers) -> None:
    failures: list[BaseException] = []
    stop = threading.Event()

    def read() -> None:
        try:
            while not stop.is_set():
                rows = store.lexical("document", 100, EVERYTHING)
                assert len(store.chunks([row for row, _ in rows])) == len(rows)
                status = store.status()
                assert sum(status.documents.values()) == status.chunks
        except BaseException as exc:
            failures.append(exc)

    def write(first: int) -> None:
        for number in range(first, first + 15):
            papers.put(store, f"{number}.pdf", f"Document {number}.")

    readers = [threading.Thread(target=read) for _ in range(3)]
    writers = [threading.Thread(target=write, args=(first,)) for first in (0, 100)]
    for thread in readers + writers:
        thread.start()
    for thread in writers:
        thread.join()
    stop.set()
    for thread in readers:
        thread.join()
    assert failures == []
    assert store.status().chunks == 30


def test_a_closed_library_refuses(store: Store, papers: Papers) -> None:
    store.close()
    with pytest.raises(Bug):
        papers.put(store, "a.pdf", "Late.")
    with pytest.raises(Bug):
        store.status()


def test_an_interrupted_write_leaves_nothing(
    store: Store, papers: Papers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("strongroom_engine.store.lexical.insert", interrupted)
    with pytest.raises(KeyboardInterrupt):
        papers.put(store, "a.pdf", "Half.")
    monkeypatch.undo()
    assert store.status().chunks == 0
    assert store.documents() == ()
    assert papers.put(store, "a.pdf", "Whole.") == 1


# --- folders that cannot hold a library ----------------------------------------------------------


def test_a_folder_that_holds_other_files_is_refused(folder: Path, open_store: OpenStore) -> None:
    folder.mkdir()
    (folder / "holiday.jpg").touch()
    with pytest.raises(NotALibrary, match="other files"):
        open_store()
    assert [file.name for file in folder.iterdir()] == ["holiday.jpg"]


def test_a_file_is_no_library(folder: Path, open_store: OpenStore) -> None:
    folder.touch()
    with pytest.raises(NotALibrary):
        open_store()


def test_a_folder_with_hidden_files_may_become_one(folder: Path, open_store: OpenStore) -> None:
    folder.mkdir()
    (folder / ".DS_Store").touch()
    assert open_store().collections() == ()


# --- migrations and models -----------------------------------------------------------------------

ADDED = "ALTER TABLE documents ADD COLUMN colour TEXT NOT NULL DEFAULT 'grey';"


def colour_of_documents(folder: Path) -> list[tuple[str]]:
    with closing(connection.connect(folder, KEY.raw, write=False)) as db:
        return [(str(colour),) for (colour,) in db.execute("SELECT colour FROM documents")]


@pytest.mark.parametrize("mode", ["write", "read"])
def test_an_older_library_is_migrated_and_keeps_its_documents(
    store: Store,
    open_store: OpenStore,
    papers: Papers,
    monkeypatch: pytest.MonkeyPatch,
    mode: str,
) -> None:
    papers.put(store, "a.pdf", "From before.")
    store.close()
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, ADDED))
    migrated = open_store(mode=mode)
    assert migrated.count_matches("before", EVERYTHING) == (1, 1)
    assert colour_of_documents(migrated.folder) == [("grey",)]


def test_a_blank_library_gets_every_migration(
    folder: Path, open_store: OpenStore, papers: Papers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, ADDED))
    store = open_store()
    store.add_source(papers.source, "Papers")
    papers.put(store, "a.pdf", "New.")
    assert colour_of_documents(folder) == [("grey",)]


def test_a_migration_that_fails_leaves_the_library_as_it_was(
    store: Store, open_store: OpenStore, papers: Papers, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers.put(store, "a.pdf", "Still there.")
    store.close()
    broken = f"{ADDED} UPDATE nothing SET x = 1;"
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, broken))
    with pytest.raises(Bug):
        open_store()
    monkeypatch.undo()
    assert open_store().count_matches("still", EVERYTHING) == (1, 1)


@pytest.mark.parametrize("mode", ["write", "read"])
def test_a_newer_library_is_refused(
    store: Store, open_store: OpenStore, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    store.close()
    with monkeypatch.context() as newer:
        newer.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, ADDED))
        open_store().close()
    with pytest.raises(LibraryTooNew, match=f"schema {schema.current_version() + 1}"):
        open_store(mode=mode)


def test_a_library_keeps_its_own_model(store: Store, open_store: OpenStore, papers: Papers) -> None:
    papers.put(store, "a.pdf", "One.", "Two.")
    papers.embed_all(store)
    store.close()
    for mode in ("read", "write"):
        opened = open_store(mode=mode, model="other", dimensions=8)
        assert opened.embedding_model().model == MODEL
        assert opened.waiting_count() == 0
        assert len(opened.dense(papers.vector("x"), 5, EVERYTHING)) == 2
        opened.close()


def test_without_a_model_no_library_is_made(folder: Path, open_store: OpenStore) -> None:
    with pytest.raises(NoLibrary):
        open_store(model="", dimensions=0)
    with pytest.raises(NoLibrary):
        open_store(mode="read")
    open_store().close()
    assert open_store(model="", dimensions=0).embedding_model().model == MODEL


# --- damage and crashes --------------------------------------------------------------------------


def read_everything(store: Store, papers: Papers) -> None:
    store.status()
    for document in store.documents():
        store.document_text(document.path)
    store.lexical("document OR word", 1_000, EVERYTHING)
    store.dense(papers.vector("x"), 1_000, EVERYTHING)


def test_a_flipped_byte_is_noticed(
    store: Store, folder: Path, open_store: OpenStore, papers: Papers
) -> None:
    for number in range(20):
        papers.put(store, f"{number}.pdf", *(f"Document {number} word {n}." for n in range(20)))
    papers.embed_all(store)
    store.close()
    file = folder / "library.db"
    whole = file.read_bytes()
    places = random.Random(1)
    noticed = 0
    for _ in range(12):
        at = places.randrange(24, len(whole))  # before that, a salt and the page size
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 0x40]) + whole[at + 1 :])
        try:
            read_everything(open_store(mode="read"), papers)
            with closing(connection.connect(folder, KEY.raw, write=False)) as db:
                # Of what nobody has read yet it tells in words.
                noticed += db.execute("PRAGMA integrity_check").fetchall() != [("ok",)]
        except (LibraryDamaged, apsw.Error):
            noticed += 1
    file.write_bytes(whole)
    read_everything(open_store(mode="read"), papers)
    assert noticed == 12


@pytest.mark.parametrize(
    "damage",
    [lambda data: b"", lambda data: b"\0" * len(data), lambda data: data[100:]],
    ids=["empty", "zeros", "shifted"],
)
def test_a_damaged_database_is_damage_and_not_a_wrong_key(
    store: Store,
    folder: Path,
    open_store: OpenStore,
    papers: Papers,
    damage: Callable[[bytes], bytes],
) -> None:
    papers.put(store, "a.pdf", "One.")
    store.close()
    file = folder / "library.db"
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises((LibraryDamaged, NoLibrary)):
        open_store(mode="read")


def test_a_database_without_its_header_is_damage(
    store: Store, folder: Path, open_store: OpenStore
) -> None:
    store.close()
    for name in ("library.json", "library.json.copy"):
        (folder / name).unlink()
    with pytest.raises(LibraryDamaged, match=r"library\.json is missing"):
        open_store()
