"""Rebuilding a damaged library: what can be read is kept, what is lost is read again."""

from __future__ import annotations

import itertools
import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import psutil
import pytest
from tests.engine.store.conftest import DIMENSIONS, KEY, MODEL, Papers
from tests.engine.store.furnishing import furnish, kept
from tests.engine.store.test_opening import python

from strongroom_engine.errors import (
    Cancelled,
    LibraryBusy,
    LibraryDamaged,
    NoRoomToRebuild,
    WrongKey,
)
from strongroom_engine.store import LibraryKey, Scope, Store, connection, erase
from strongroom_engine.store.access import headers
from strongroom_engine.store.damage import keepsakes, rebuilding, salvage
from strongroom_engine.store.damage.salvage import Follow
from strongroom_engine.store.soundness.checking import faults
from strongroom_engine.types import Rebuilt

if TYPE_CHECKING:
    from tests.engine.store.conftest import OpenStore

PAGE = 4096
KINDS = {
    "turns": "conversations",
    "judgements": "questions",
    "cells": "reviews",
    "runs": "figures",
    "passwords": "passwords",
    "exclusions": "exclusions",
}
"""What of the user's is lost, and what it is called."""


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A closed library, and what the user made in it."""
    folder = tmp_path_factory.mktemp("furnished") / "library"
    papers = Papers()
    with Store.open(folder, KEY, mode="write", model=MODEL, dimensions=DIMENSIONS) as store:
        store.add_source(papers.source, "Papers")
        furnish(store, papers)
        return folder, kept(store)


@pytest.fixture
def before(furnished: tuple[Path, dict[str, Any]], folder: Path) -> dict[str, Any]:
    """What the user made in the library of the test, which is closed."""
    shutil.copytree(furnished[0], folder)
    return furnished[1]


def rebuild(folder: Path, key: LibraryKey = KEY, follow: Follow = Follow()) -> Rebuilt:  # noqa: B008 -- it does not change
    return rebuilding.rebuild(folder, key, model=MODEL, dimensions=DIMENSIONS, follow=follow)


def damage(folder: Path, *pages: int) -> None:
    """Change a byte in each of these pages of the database, counted from 0."""
    data = bytearray((folder / "library.db").read_bytes())
    for page in pages:
        data[page * PAGE + 1234] ^= 0x40
    (folder / "library.db").write_bytes(data)


def state(folder: Path) -> dict[str, bytes]:
    """Every file of the library but its lock."""
    passing = (".lock", ".db-wal", ".db-shm")
    files = (file for file in folder.iterdir() if file.is_file() and file.suffix not in passing)
    return {file.name: file.read_bytes() for file in files}


def restore(folder: Path, files: dict[str, bytes]) -> None:
    rebuilding.drop_aside(folder)
    for name in state(folder):
        (folder / name).unlink()
    for name, data in files.items():
        (folder / name).write_bytes(data)


def pages_of(folder: Path, table: str) -> list[int]:
    with closing(connection.connect(folder, KEY.raw, write=False)) as db:
        found = db.execute("SELECT pageno - 1 FROM dbstat WHERE name = ? ORDER BY 1", (table,))
        return [page for (page,) in found]


def faults_of(folder: Path) -> dict[str, int]:
    with closing(connection.connect(folder, KEY.raw, write=False)) as db:
        return faults(db, thorough=True)


def test_every_table_is_the_users_or_made_from_documents(store: Store) -> None:
    with store._read() as db:
        sql = "SELECT name FROM sqlite_schema WHERE type = 'table'"
        tables = {str(name) for (name,) in db.execute(sql)}
    made = tuple(f"{one}_" for one in ("words", "document_words", "document_names"))
    shadows = {one for one in tables if one.startswith(("sqlite_", "vectors", *made))}
    assert tables - shadows == {*salvage.OWN, *salvage.DERIVED, *salvage.MADE_ANEW}


def test_a_sound_library_loses_nothing(
    folder: Path, open_store: OpenStore, before: dict[str, Any]
) -> None:
    made = rebuild(folder)
    assert (made.documents, made.unread, made.lost, made.legible) == (30, 0, (), True)
    assert Path(made.aside, "library.db").stat().st_size <= made.aside_size
    assert faults_of(folder) == {}
    store = open_store()
    assert kept(store) == before
    assert store.waiting_count() == 0
    assert store.status().documents["indexed"] == 30


def test_whatever_page_is_damaged_nothing_of_the_users_is_lost(
    folder: Path, open_store: OpenStore, before: dict[str, Any]
) -> None:
    whole = state(folder)
    pages = len(whole["library.db"]) // PAGE
    places = random.Random(3)
    for damaged in [(0,), *(places.sample(range(pages), 3) for _ in range(8))]:
        restore(folder, whole)
        damage(folder, *damaged)
        made = rebuild(folder)
        assert made.legible
        assert faults_of(folder) == {}
        with open_store() as store:
            assert kept(store) == before, damaged


def test_without_what_was_kept_it_is_said_what_may_be_lost(
    folder: Path, open_store: OpenStore, before: dict[str, Any]
) -> None:
    for name in (keepsakes.KEPT, keepsakes.HEAD):
        (folder / name).unlink()
    whole = state(folder)
    places = random.Random(4)
    for _ in range(8):
        restore(folder, whole)
        damage(folder, *places.sample(range(1, len(whole["library.db"]) // PAGE), 3))
        made = rebuild(folder)
        assert faults_of(folder) == {}
        with open_store() as store:
            after = kept(store)
        less = {
            KINDS[what] for what, rows in before.items() if what in KINDS and rows - after[what]
        }
        assert less <= set(made.lost)


def test_a_document_with_a_hole_waits_to_be_read_and_the_others_are_found(
    folder: Path, open_store: OpenStore, papers: Papers, before: dict[str, Any]
) -> None:
    damage(folder, pages_of(folder, "texts")[-1])
    made = rebuild(folder)
    assert 0 < made.unread < 20
    store = open_store()
    found = {hit for hit, _ in store.lexical("rent", 1_000, Scope())}
    assert len(found) == store.upkeep.chunks() == 12 * (30 - made.unread)
    again = store.reports.mend(papers.source)[1]
    assert len(again) == made.unread
    assert kept(store) == before  # answers of reviews, too: the files may be what they were
    for path in again:
        parts = (f"Document {Path(path).stem} passage {n} speaks of rent." for n in range(12))
        papers.put(store, Path(path).name, *parts)
    papers.embed_all(store)
    assert store.reports.mend(papers.source) == (0, ())
    assert kept(store) == before
    store.close()
    assert faults_of(folder) == {}


@pytest.mark.parametrize(
    "damaging",
    [
        lambda data: b"",
        lambda data: b"\0" * len(data),
        lambda data: data[7:],
        lambda data: data[: 3 * PAGE],
        lambda data: b"Not a database." + data[15:],
    ],
    ids=["empty", "zeros", "shifted", "cut off", "salt lost"],
)
def test_a_database_of_which_nothing_is_left(
    folder: Path,
    open_store: OpenStore,
    papers: Papers,
    before: dict[str, Any],
    damaging: Callable[[bytes], bytes],
) -> None:
    file = folder / "library.db"
    file.write_bytes(damaging(file.read_bytes()))
    for mode in ("read", "write"):
        with pytest.raises(LibraryDamaged):
            kept(open_store(mode=mode))
    rebuild(folder)
    assert faults_of(folder) == {}
    store = open_store()
    after = kept(store)
    assert after | {"paused": True} == before
    assert papers.put(store, "0.pdf", "Read again.") == 1


def test_a_cut_off_database_keeps_what_is_before_the_cut(
    folder: Path, open_store: OpenStore, before: dict[str, Any]
) -> None:
    file = folder / "library.db"
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // PAGE * 3 // 4 * PAGE])
    made = rebuild(folder)
    assert made.documents > 0
    assert faults_of(folder) == {}
    assert kept(open_store()) == before


def test_after_an_unclean_end_damage_is_found_where_nobody_reads(
    folder: Path, open_store: OpenStore, papers: Papers, before: dict[str, Any], tmp_path: Path
) -> None:
    told: list[LibraryDamaged] = []
    with open_store() as store:
        store.recognised.keep("0" * 64, 1, 0.9, b"words")
        store.upkeep.read_pages(_nothing, lambda: False)
        copy = shutil.copytree(folder, tmp_path / "killed")
    page = pages_of(folder, "quality_runs")[0]
    with _opened(copy) as store:
        rests: list[float] = []
        store.upkeep.read_pages(rests.append, lambda: len(rests) > 3)
        assert len(rests) == 4  # stopped, it is taken up again at the next start
        store.upkeep.read_pages(rests.append, lambda: False)
        assert len(rests) > 30
        store.upkeep.read_pages(lambda _worked_s: pytest.fail("once is enough"), lambda: False)
        copy = shutil.copytree(copy, tmp_path / "killed again")
    damage(copy, page)
    with _opened(copy) as store:
        store.border.on_damage = told.append
        with pytest.raises(LibraryDamaged):
            store.upkeep.read_pages(_nothing, lambda: False)
        with suppress(LibraryDamaged):
            store.quality_runs.listed()
        assert len(told) == 1
        assert len(store.lexical("rent", 5, Scope())) == 5  # what can be read is


def _opened(folder: Path) -> Store:
    return Store.open(folder, KEY, mode="write")


def _nothing(_worked_s: float) -> None: ...


# --- the swap ----------------------------------------------------------------------------------------


def test_interrupted_anywhere_it_is_the_old_library_or_the_new(
    folder: Path, open_store: OpenStore, before: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = state(folder)
    interruptions = 0
    for number in range(20):
        restore(folder, whole)
        with monkeypatch.context() as patched:
            calls = itertools.count()

            def replace(path: Path, target: Path, real: Any = Path.replace) -> Path:
                if next(calls) == number:  # noqa: B023 -- called within the loop
                    raise KeyboardInterrupt
                return real(path, target)  # type: ignore[no-any-return]

            patched.setattr(Path, "replace", replace)
            try:
                rebuild(folder)
            except KeyboardInterrupt:
                interruptions += 1
            else:
                break
        for mode in ("read", "write"):
            with open_store(mode=mode) as store:
                assert kept(store) == before
        assert faults_of(folder) == {}
    assert interruptions >= 3


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_killed_while_it_is_rebuilt_it_is_rebuilt_again(
    folder: Path, open_store: OpenStore, before: dict[str, Any]
) -> None:
    damage(folder, 5)
    moments = random.Random(5)
    for _ in range(5):
        with python("library_child", "rebuild", str(folder)) as child:
            assert child.stdout
            child.stdout.readline()
            time.sleep(moments.random() / 2)
            child.send_signal(signal.SIGKILL)
    rebuild(folder)
    assert faults_of(folder) == {}
    assert kept(open_store()) == before


def test_it_is_said_beforehand_that_the_disk_is_too_full(
    folder: Path, before: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    old = state(folder)
    monkeypatch.setattr(psutil, "disk_usage", lambda _folder: SimpleNamespace(free=1_000))
    with pytest.raises(NoRoomToRebuild):
        rebuild(folder)
    assert state(folder) == old


def test_cancelled_it_changes_nothing(folder: Path, before: dict[str, Any]) -> None:
    old = state(folder)
    with pytest.raises(Cancelled):
        rebuild(folder, follow=Follow(cancelled=lambda: True))
    assert state(folder) == old


def test_nobody_else_may_have_it_open(
    folder: Path, open_store: OpenStore, before: dict[str, Any]
) -> None:
    open_store()
    with pytest.raises(LibraryBusy):
        rebuild(folder)


def test_with_another_key_nothing_is_touched(folder: Path, before: dict[str, Any]) -> None:
    old = state(folder)
    with pytest.raises(WrongKey):
        rebuild(folder, LibraryKey(bytes(32), "key file"))
    assert state(folder) == old


def test_erasing_takes_the_damaged_one_along(folder: Path, before: dict[str, Any]) -> None:
    rebuild(folder)
    assert rebuilding.kept_aside(folder)
    erase(folder)
    assert list(folder.iterdir()) == []


# --- what else of a library can be lost --------------------------------------------------------------


@pytest.mark.parametrize("name", [headers.FILE, headers.COPY])
@pytest.mark.parametrize("content", [None, b"", b"{}", b'{"format": 1,'])
def test_one_lost_header_loses_nothing(
    folder: Path, open_store: OpenStore, before: dict[str, Any], name: str, content: bytes | None
) -> None:
    other = {headers.FILE: headers.COPY, headers.COPY: headers.FILE}[name]
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_bytes(content)
    with open_store(mode="read") as store:
        assert kept(store) == before
    open_store().close()
    assert (folder / name).read_bytes() == (folder / other).read_bytes()


def test_a_changed_character_in_the_header_is_no_wrong_key(
    folder: Path, open_store: OpenStore, before: dict[str, Any]
) -> None:
    known = headers.header(folder)
    assert known
    file = folder / headers.FILE
    file.write_text(file.read_text().replace(known.id[:8], "00000000"))
    with open_store() as store:
        assert kept(store) == before


def test_with_both_headers_gone_a_key_file_is_enough(
    folder: Path, open_store: OpenStore, before: dict[str, Any]
) -> None:
    for name in (headers.FILE, headers.COPY):
        (folder / name).unlink()
    with pytest.raises(LibraryDamaged):
        open_store()
    rebuild(folder)
    assert kept(open_store()) == before


def test_the_log_of_another_library_is_passed_over(
    folder: Path, open_store: OpenStore, papers: Papers, before: dict[str, Any], tmp_path: Path
) -> None:
    other = Store.open(tmp_path / "other", KEY, mode="write", model="words-16", dimensions=16)
    other.add_source("/docs", "Papers")
    log = (tmp_path / "other" / "library.db-wal").read_bytes()
    other.close()
    (folder / "library.db-wal").write_bytes(log[: len(log) // 2])
    made = rebuild(folder)
    assert (made.legible, faults_of(folder)) == (True, {})
    assert kept(open_store()) == before


def test_an_older_copy_of_the_database_is_a_library(
    folder: Path, open_store: OpenStore, papers: Papers, before: dict[str, Any]
) -> None:
    old = (folder / "library.db").read_bytes()
    with open_store() as store:
        papers.put(store, "later.pdf", "Written after the backup.")
    (folder / "library.db").write_bytes(old)
    with open_store() as store:
        assert kept(store) == before
        assert "later.pdf" not in {Path(one.path).name for one in store.documents()}
    assert faults_of(folder) == {}
