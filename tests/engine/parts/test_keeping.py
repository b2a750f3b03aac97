"""The care of an open library, and what the engine process does when it is erased."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.engine.fakes import WordLengths
from tests.engine.served import served
from tests.engine.talking import Talk

from strongroom_engine import protocol as wire
from strongroom_engine.cli import main
from strongroom_engine.commands.library import ERASE_WORD
from strongroom_engine.errors import Cancelled, KeyNotChangeable, NoRoomToCompact
from strongroom_engine.library import Library
from strongroom_engine.store import LibraryKey, header, upkeep
from strongroom_engine.types import State


@pytest.fixture
def library(tmp_path: Path, key: LibraryKey) -> Iterator[Library]:
    notes = tmp_path / "notes"
    notes.mkdir()
    words = [f"word{number}" for number in range(3_000)]
    for number in range(20):
        (notes / f"{number}.txt").write_text(" ".join(words[number:]))
    with Library(tmp_path / "library", key, embedder=WordLengths()) as library:
        library.add(str(notes))
        yield library


def test_what_a_library_is_kept_like(library: Library) -> None:
    (event,) = served(library, wire.GetLibrary(id=1))
    assert isinstance(event, wire.LibraryTold)
    facts = event.library
    assert facts is not None
    assert (facts.documents, facts.cipher, facts.key) == (20, "aegis", "key file")
    assert facts.size >= (library.folder / "library.db").stat().st_size > 0
    assert facts.chunks > 20


def test_compacting_gives_the_disk_back_and_loses_nothing(library: Library, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "a.txt").write_text("The rent is 300 euros.")
    library.add(str(kept))
    library.remove(str(tmp_path / "notes"))
    assert library.keeping.facts().free > 100_000
    (event,) = served(library, wire.CompactLibrary(id=1))
    assert isinstance(event, wire.Compacted)
    assert event.after < event.before / 2
    assert library.keeping.facts().free == 0
    assert library.status().documents[State.INDEXED] == 1
    assert library.search("rent").hits


def test_compacting_can_be_stopped(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "_LOOK_EVERY", 100)
    with pytest.raises(Cancelled):
        library.keeping.compact(lambda: True)
    assert library.status().documents[State.INDEXED] == 20
    library.remove(str(library.folder.parent / "notes"))  # it can be written to again


def test_compacting_without_room_changes_nothing(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "_ROOM", 1e9)
    with pytest.raises(NoRoomToCompact, match="memory"):
        library.keeping.compact()


def test_a_key_file_keeps_its_library(library: Library) -> None:
    with pytest.raises(KeyNotChangeable):
        served(library, wire.ChangePassphrase(id=1, new="battery staple"))


# --- the command line ----------------------------------------------------------------------------


def test_the_command_line_erases_when_it_is_told_so_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, key_file = tmp_path / "library", tmp_path / "key"
    (tmp_path / "a.txt").write_text("The rent is 300 euros.")
    named = ["--library", str(folder), "--key-file", str(key_file)]
    assert main([*named, "add", str(tmp_path / "a.txt")]) == 0
    assert main([*named, "library", "compact"]) == 0
    monkeypatch.setattr("builtins.input", lambda _asked: "yes")
    assert main([*named, "library", "erase"]) == 1
    assert header(folder) is not None
    monkeypatch.setattr("builtins.input", lambda _asked: ERASE_WORD)
    assert main([*named, "library", "erase"]) == 0
    assert header(folder) is None
    assert (tmp_path / "a.txt").exists()


# --- the engine process --------------------------------------------------------------------------


def test_erasing_begins_anew_in_the_same_process(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.txt").write_text("The rent is 300 euros.")
    talk = Talk(tmp_path / "library", tmp_path / "key")
    talk.hear(wire.Ready)
    talk.say(wire.AddSource(id=1, path=str(tmp_path / "notes")))
    talk.hear(wire.Done, 1)
    first = header(tmp_path / "library")
    talk.say(wire.EraseLibrary(id=2))
    talk.hear(wire.Done, 2)
    talk.hear(wire.Hello)
    talk.hear(wire.Ready)
    talk.say(wire.ListSources(id=3))
    assert talk.hear(wire.Sources, 3) == wire.Sources(id=3)
    second = header(tmp_path / "library")
    assert first is not None
    assert second is not None
    assert first.id != second.id
    assert (tmp_path / "notes" / "a.txt").exists()
    talk.end()
