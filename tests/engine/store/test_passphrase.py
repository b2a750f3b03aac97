"""Another passphrase, the keyring in its place, erasing: and what is interrupted in between."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import keyring.errors
import pytest
from tests.engine.store.conftest import DIMENSIONS, MODEL, Papers
from tests.engine.store.test_keys import MemoryKeyring, chosen_keyring, memory_keyring

from strongroom_engine.errors import KeyNotChangeable, LibraryBusy, NoKey, WrongKey, WrongKindOfKey
from strongroom_engine.store import (
    LibraryKey,
    Store,
    change_passphrase,
    erase,
    give_to_keyring,
    key_from_file,
    key_from_keyring,
    key_from_passphrase,
)
from strongroom_engine.store.access import headers

__all__ = ["chosen_keyring", "memory_keyring"]  # fixtures

OLD, NEW = "correct horse", "battery staple"


def made(folder: Path, key: LibraryKey) -> None:
    with Store.open(folder, key, mode="write", model=MODEL, dimensions=DIMENSIONS) as store:
        store.add_source(Papers.source, "A")
        Papers().put(store, "a.txt", "rent is due in March")


def opens(folder: Path, key: LibraryKey) -> int:
    with Store.open(folder, key, mode="write") as store:
        return len(store.documents())


def test_the_new_passphrase_opens_the_library_and_the_old_one_does_not(tmp_path: Path) -> None:
    made(tmp_path, key_from_passphrase(OLD, tmp_path))
    change_passphrase(tmp_path, OLD, NEW)
    assert opens(tmp_path, key_from_passphrase(NEW, tmp_path)) == 1
    with pytest.raises(WrongKey):
        key_from_passphrase(OLD, tmp_path)
    change_passphrase(tmp_path, NEW, OLD)
    assert opens(tmp_path, key_from_passphrase(OLD, tmp_path)) == 1


def test_a_wrong_passphrase_changes_nothing(tmp_path: Path) -> None:
    made(tmp_path, key_from_passphrase(OLD, tmp_path))
    before = (tmp_path / headers.FILE).read_bytes()
    with pytest.raises(WrongKey):
        change_passphrase(tmp_path, "wrong", NEW)
    with pytest.raises(NoKey):
        change_passphrase(tmp_path, OLD, "")
    assert (tmp_path / headers.FILE).read_bytes() == before


def test_the_header_tells_nothing_of_the_key(tmp_path: Path) -> None:
    key = key_from_passphrase(OLD, tmp_path)
    made(tmp_path, key)
    change_passphrase(tmp_path, OLD, NEW)
    first = (tmp_path / headers.FILE).read_text()
    change_passphrase(tmp_path, NEW, NEW)  # the same again: another salt, another wrapping
    second = (tmp_path / headers.FILE).read_text()
    assert key.raw.hex() not in first + second
    wrapped = [
        headers._decode(tmp_path, headers.FILE, text.encode()).wrapped for text in (first, second)
    ]
    assert wrapped[0] != wrapped[1]


def test_a_library_of_the_keyring_gets_a_passphrase_and_back(
    tmp_path: Path, memory_keyring: MemoryKeyring
) -> None:
    made(tmp_path, key_from_keyring(tmp_path, create=True))
    change_passphrase(tmp_path, "", NEW)
    assert not memory_keyring.secrets
    assert opens(tmp_path, key_from_passphrase(NEW, tmp_path)) == 1
    with pytest.raises(WrongKey):
        give_to_keyring(tmp_path, "wrong")
    give_to_keyring(tmp_path, NEW)
    assert opens(tmp_path, key_from_keyring(tmp_path, create=False)) == 1
    with pytest.raises(WrongKindOfKey):
        key_from_passphrase(NEW, tmp_path)


def test_a_key_file_is_not_given_up(tmp_path: Path) -> None:
    made(tmp_path / "library", key_from_file(tmp_path / "key", create=True))
    with pytest.raises(KeyNotChangeable):
        change_passphrase(tmp_path / "library", "", NEW)


def test_a_keyring_that_is_away_gets_nothing(tmp_path: Path) -> None:
    made(tmp_path, key_from_passphrase(OLD, tmp_path))
    with pytest.raises(NoKey):
        give_to_keyring(tmp_path, OLD)
    assert opens(tmp_path, key_from_passphrase(OLD, tmp_path)) == 1


KILLED = """
import os, sys
from pathlib import Path
from strongroom_engine.store import change_passphrase

folder, old, new, when = Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
real = Path.replace

def dying(self, target):
    if when == "before":
        os._exit(9)
    real(self, target)
    os._exit(9)

Path.replace = dying
change_passphrase(folder, old, new)
"""


@pytest.mark.parametrize(
    ("when", "opening", "useless"), [("before", OLD, NEW), ("after", NEW, OLD)]
)
def test_killed_in_the_middle_one_of_the_two_opens(
    tmp_path: Path, when: str, opening: str, useless: str
) -> None:
    made(tmp_path, key_from_passphrase(OLD, tmp_path))
    command = [sys.executable, "-c", KILLED, str(tmp_path), OLD, NEW, when]
    assert subprocess.run(command, check=False).returncode == 9
    assert opens(tmp_path, key_from_passphrase(opening, tmp_path)) == 1
    with pytest.raises(WrongKey):
        key_from_passphrase(useless, tmp_path)


def test_a_keyring_that_fails_after_the_change_loses_nothing(
    tmp_path: Path, memory_keyring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path, key_from_keyring(tmp_path, create=True))

    def failing(self: MemoryKeyring, service: str, username: str) -> None:
        raise keyring.errors.PasswordDeleteError("locked")

    monkeypatch.setattr(MemoryKeyring, "delete_password", failing)
    change_passphrase(tmp_path, "", NEW)
    assert opens(tmp_path, key_from_passphrase(NEW, tmp_path)) == 1


# --- erasing -------------------------------------------------------------------------------------


def test_erasing_leaves_other_files_and_no_key(
    tmp_path: Path, memory_keyring: MemoryKeyring
) -> None:
    made(tmp_path, key_from_keyring(tmp_path, create=True))
    (tmp_path / "notes.txt").write_text("mine")
    erase(tmp_path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["notes.txt"]
    assert not memory_keyring.secrets
    erase(tmp_path)  # nothing happens the second time


def test_what_is_in_use_is_not_erased(tmp_path: Path) -> None:
    key = key_from_passphrase(OLD, tmp_path)
    made(tmp_path, key)
    with (
        Store.open(tmp_path, key_from_passphrase(OLD, tmp_path), mode="write"),
        pytest.raises(LibraryBusy),
    ):
        erase(tmp_path)
    assert opens(tmp_path, key_from_passphrase(OLD, tmp_path)) == 1


def test_erasing_that_was_interrupted_leaves_an_empty_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path, key_from_passphrase(OLD, tmp_path))

    class Killed(BaseException): ...

    real = Path.unlink

    def dying(self: Path, missing_ok: bool = False) -> None:
        real(self, missing_ok)
        raise Killed

    monkeypatch.setattr(Path, "unlink", dying)
    with pytest.raises(Killed):
        erase(tmp_path)
    monkeypatch.undo()
    key = key_from_passphrase(OLD, tmp_path)
    with Store.open(tmp_path, key, mode="write", model=MODEL, dimensions=DIMENSIONS) as store:
        assert store.documents() == ()
