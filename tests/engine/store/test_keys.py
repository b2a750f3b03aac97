"""Where a library's key is kept, and that a wrong one opens and changes nothing."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import keyring
import keyring.backend
import keyring.backends.fail
import keyring.backends.null
import pytest

from strongroom_engine.errors import (
    KeyFileUnusable,
    LibraryDamaged,
    LibraryTooNew,
    NoKey,
    NoLibrary,
    WrongKey,
    WrongKindOfKey,
)
from strongroom_engine.store import (
    LibraryKey,
    header,
    key_from_file,
    key_from_keyring,
    key_from_passphrase,
    keyring_usable,
    obtain_key,
)
from strongroom_engine.store.access import headers, keys

if TYPE_CHECKING:
    from tests.engine.store.conftest import OpenStore


class MemoryKeyring(keyring.backend.KeyringBackend):
    """A keyring that keeps its secrets in memory."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring's own is untyped
        self.secrets: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.secrets.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.secrets[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.secrets[service, username]


@pytest.fixture(autouse=True)
def chosen_keyring() -> Iterator[Callable[[keyring.backend.KeyringBackend], None]]:
    """No keyring, unless the test chooses one."""
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.fail.Keyring())  # type: ignore[no-untyped-call]  # as above
    yield keyring.set_keyring
    keyring.set_keyring(before)


@pytest.fixture
def memory_keyring(
    chosen_keyring: Callable[[keyring.backend.KeyringBackend], None],
) -> MemoryKeyring:
    made = MemoryKeyring()
    chosen_keyring(made)
    return made


def refuse_to_answer(new: bool) -> str:
    raise AssertionError("nobody should be asked")


# --- key files -----------------------------------------------------------------------------------


def test_a_key_file_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "key"
    made = key_from_file(file, create=True)
    assert len(made.raw) == 32
    assert key_from_file(file, create=True) == made
    assert key_from_file(file, create=False) == made
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_key_is_not_shown_by_repr(tmp_path: Path) -> None:
    made = key_from_file(tmp_path / "key", create=True)
    assert made.raw.hex() not in repr(made)
    assert repr(made.raw) not in repr(made)


@pytest.mark.parametrize(
    "content", [b"", b"00ff", b"x" * 64, b"00" * 33, bytes(range(200, 232)) + b"\xff", b"00" * 4096]
)
def test_a_file_without_a_key_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "key"
    file.write_bytes(content)
    with pytest.raises(KeyFileUnusable, match="does not hold a key"):
        key_from_file(file, create=True)
    assert file.read_bytes() == content


def test_a_missing_key_file_is_not_made_for_a_library_that_exists(
    tmp_path: Path, open_store: OpenStore, folder: Path
) -> None:
    open_store(obtain_key(folder, key_file=tmp_path / "key"))
    with pytest.raises(KeyFileUnusable):
        obtain_key(folder, key_file=tmp_path / "other")
    assert not (tmp_path / "other").exists()


def test_a_folder_is_no_key_file(tmp_path: Path) -> None:
    with pytest.raises(KeyFileUnusable):
        key_from_file(tmp_path, create=True)


def test_the_environment_may_name_the_key_file(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STRONGROOM_KEY_FILE", str(tmp_path / "key"))
    key = obtain_key(folder, ask_passphrase=refuse_to_answer)
    assert key == key_from_file(tmp_path / "key", create=False)
    assert key_from_file(tmp_path / "named", create=True) == obtain_key(
        folder, key_file=tmp_path / "named"
    )


# --- passphrases ---------------------------------------------------------------------------------


def test_a_passphrase_opens_its_library_and_another_does_not(
    folder: Path, open_store: OpenStore
) -> None:
    asked: list[bool] = []

    def ask(new: bool) -> str:
        asked.append(new)
        return "Grüße aus dem Tresor"

    open_store(obtain_key(folder, ask_passphrase=ask)).close()
    again = obtain_key(folder, ask_passphrase=ask)
    open_store(again).close()
    assert asked == [True, False]
    assert key_from_passphrase("Gru\u0308ße aus dem Tresor", folder) == again
    with pytest.raises(WrongKey, match="passphrase"):
        key_from_passphrase("Grüße", folder)


def test_each_library_has_a_salt_of_its_own(tmp_path: Path) -> None:
    first = key_from_passphrase("same", tmp_path / "a")
    second = key_from_passphrase("same", tmp_path / "b")
    assert first.raw != second.raw
    assert list(tmp_path.iterdir()) == [], "nothing is made before the library is opened"


def test_an_empty_passphrase_is_refused(folder: Path) -> None:
    with pytest.raises(NoKey, match="empty"):
        key_from_passphrase("", folder)


def test_without_any_way_to_a_key_it_is_refused(folder: Path) -> None:
    with pytest.raises(NoKey, match="nobody can be asked"):
        obtain_key(folder)
    assert not folder.exists()


# --- the keyring ---------------------------------------------------------------------------------


def test_a_new_library_is_kept_by_the_keyring_where_there_is_one(
    folder: Path, open_store: OpenStore, memory_keyring: MemoryKeyring
) -> None:
    made = obtain_key(folder, ask_passphrase=refuse_to_answer)
    open_store(made).close()
    known = header(folder)
    assert known
    assert memory_keyring.secrets == {("strongroom", known.id): made.raw.hex()}
    again = obtain_key(folder, ask_passphrase=refuse_to_answer)
    assert (again.raw, again.kind) == (made.raw, "keyring")


def test_a_keyring_that_lost_the_key_says_so(
    folder: Path, open_store: OpenStore, memory_keyring: MemoryKeyring
) -> None:
    open_store(obtain_key(folder)).close()
    memory_keyring.secrets.clear()
    with pytest.raises(NoKey, match="holds no key"):
        obtain_key(folder)


def test_a_keyring_that_holds_something_else_says_so(
    folder: Path, open_store: OpenStore, memory_keyring: MemoryKeyring
) -> None:
    open_store(obtain_key(folder)).close()
    memory_keyring.secrets = dict.fromkeys(memory_keyring.secrets, "no hexadecimal")
    with pytest.raises(NoKey, match="not a key"):
        obtain_key(folder)


@pytest.mark.parametrize("backend", [keyring.backends.fail.Keyring, keyring.backends.null.Keyring])
def test_a_backend_that_keeps_nothing_is_no_keyring(
    folder: Path,
    chosen_keyring: Callable[[keyring.backend.KeyringBackend], None],
    backend: type[keyring.backend.KeyringBackend],
) -> None:
    chosen_keyring(backend())
    assert not keyring_usable()
    with pytest.raises(NoKey, match="not available"):
        key_from_keyring(folder, create=True)
    assert obtain_key(folder, ask_passphrase=lambda new: "words").kind == "passphrase"


def test_a_keyring_that_does_not_answer_is_given_up(
    folder: Path,
    chosen_keyring: Callable[[keyring.backend.KeyringBackend], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done = threading.Event()

    class Locked(MemoryKeyring):
        def set_password(self, service: str, username: str, password: str) -> None:
            done.wait(30)

    chosen_keyring(Locked())
    monkeypatch.setattr(keys, "KEYRING_TIMEOUT_S", 0.05)
    with pytest.raises(NoKey, match="did not answer"):
        obtain_key(folder)
    done.set()


def test_a_keyring_that_refuses_says_why(
    folder: Path, chosen_keyring: Callable[[keyring.backend.KeyringBackend], None]
) -> None:
    class Denied(MemoryKeyring):
        def set_password(self, service: str, username: str, password: str) -> None:
            raise OSError("denied by the user")

    chosen_keyring(Denied())
    with pytest.raises(NoKey, match="denied by the user"):
        obtain_key(folder)


# --- the wrong key, the wrong kind ---------------------------------------------------------------


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.mark.parametrize("mode", ["write", "read"])
def test_a_wrong_key_is_refused_and_changes_no_byte(
    folder: Path, open_store: OpenStore, mode: str
) -> None:
    open_store().close()
    before = contents(folder)
    with pytest.raises(WrongKey, match="key file"):
        open_store(LibraryKey(bytes(32), "key file"), mode)
    assert contents(folder) == before
    open_store(mode=mode).close()


@pytest.mark.parametrize("mode", ["write", "read"])
def test_another_kind_of_key_is_refused(folder: Path, open_store: OpenStore, mode: str) -> None:
    open_store().close()
    before = contents(folder)
    with pytest.raises(WrongKindOfKey, match="made with a key file; a passphrase"):
        key_from_passphrase("words", folder)
    with pytest.raises(WrongKindOfKey, match="a keyring does not"):
        open_store(LibraryKey(bytes(range(32)), "keyring"), mode)
    assert contents(folder) == before


def test_a_key_file_does_not_open_a_passphrase_s_library(
    folder: Path, open_store: OpenStore, tmp_path: Path
) -> None:
    open_store(key_from_passphrase("words", folder)).close()
    with pytest.raises(WrongKindOfKey):
        obtain_key(folder, key_file=tmp_path / "key")
    assert not (tmp_path / "key").exists()
    with pytest.raises(NoKey, match="made with a passphrase"):
        obtain_key(folder)


def test_a_key_file_s_library_needs_the_file_named(folder: Path, open_store: OpenStore) -> None:
    open_store().close()
    with pytest.raises(NoKey, match="key file"):
        obtain_key(folder, ask_passphrase=refuse_to_answer)


def test_nothing_is_made_where_a_library_is_only_to_be_read(
    folder: Path, tmp_path: Path, memory_keyring: MemoryKeyring
) -> None:
    with pytest.raises(NoLibrary):
        obtain_key(folder, key_file=tmp_path / "key", create=False)
    with pytest.raises(NoLibrary):
        obtain_key(folder, create=False)
    assert list(tmp_path.iterdir()) == []
    assert memory_keyring.secrets == {}


# --- the header ----------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff", b'{"format": 1, "id": "x"}'])
def test_a_damaged_header_is_damage(folder: Path, open_store: OpenStore, content: bytes) -> None:
    open_store().close()
    for name in (headers.FILE, headers.COPY):
        (folder / name).write_bytes(content)
    with pytest.raises(LibraryDamaged):
        open_store()


def test_a_header_of_a_newer_format_is_too_new(folder: Path, open_store: OpenStore) -> None:
    open_store().close()
    (folder / "library.json").write_bytes(b'{"format": 3, "surprise": true}')
    with pytest.raises(LibraryTooNew):
        open_store()


def test_costs_that_would_take_all_memory_are_refused(folder: Path, open_store: OpenStore) -> None:
    open_store(key_from_passphrase("words", folder)).close()
    for name in (headers.FILE, headers.COPY):
        file = folder / name
        file.write_text(file.read_text().replace("65536", "1000000000"))
    with pytest.raises(LibraryDamaged):
        key_from_passphrase("words", folder)
