"""The key of a library, from where it is kept: the keyring, a passphrase, or a key file.

A library is made with one of the three, which its header says, and opens with no other. Nothing
here writes to the library's folder: a new library's header travels in `LibraryKey.header` until
`Store.open` makes the library.
"""

from __future__ import annotations

import os
import threading
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import argon2.low_level
import keyring
import keyring.backend
import keyring.errors
import msgspec

from strongroom_engine.errors import (
    KeyFileUnusable,
    KeyNotChangeable,
    NoKey,
    NoLibrary,
    WrongKey,
    WrongKindOfKey,
)
from strongroom_engine.sentences import reasons
from strongroom_engine.store.access.headers import (
    WRAPPED_FORMAT,
    Argon2,
    Header,
    KeyKind,
    header,
    new_header,
    unwrapped,
    wrapping,
    write_header,
)

KEY_BYTES = 32
KEY_FILE_VARIABLE = "STRONGROOM_KEY_FILE"
KEYRING_SERVICE = "strongroom"
KEYRING_PRIORITY = 1.0
"""What `keyring` recommends to use; its null, failing and plain-text back ends stand below."""
KEYRING_TIMEOUT_S = 60.0
"""Time to unlock the keyring in the system's own dialogue, after which it counts as absent."""

T = TypeVar("T")

AskPassphrase = Callable[[bool], str]
"""Asks the user for the passphrase; the argument says whether it is for a new library."""


@dataclass(frozen=True, slots=True)
class LibraryKey:
    """The 32 bytes that open a library, and how they are kept.

    `header` is what a new library is to be made with; None where the library exists, or where
    nothing but the kind need be remembered.
    """

    raw: bytes = field(repr=False)
    kind: KeyKind
    header: Header | None = None


# --- key files -----------------------------------------------------------------------------------


def key_from_file(path: Path, create: bool) -> LibraryKey:
    """The key in the file at `path` (64 hexadecimal digits), which is made if `create` says so.

    Raises `KeyFileUnusable` when the file is missing and not to be made, or holds no key.
    """
    if create and not path.exists():
        _make_key_file(path)
    try:
        text = path.read_bytes()[: 4 * KEY_BYTES].decode("ascii").strip()
        raw = bytes.fromhex(text)
    except OSError as exc:
        raise KeyFileUnusable(file=path, why=exc.strerror or reasons.IT_CANNOT_BE_READ()) from exc
    except ValueError as exc:
        raise KeyFileUnusable(file=path, why="it does not hold a key") from exc
    if len(raw) != KEY_BYTES:
        raise KeyFileUnusable(file=path, why="it does not hold a key of 64 hexadecimal digits")
    return LibraryKey(raw, "key file")


def _make_key_file(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(os.urandom(KEY_BYTES).hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        return  # another process was faster; its key is read
    except OSError as exc:
        raise KeyFileUnusable(file=path, why=exc.strerror or reasons.CANNOT_BE_MADE()) from exc


# --- passphrases ---------------------------------------------------------------------------------


def key_from_passphrase(passphrase: str, folder: Path) -> LibraryKey:
    """The key derived from `passphrase` with the salt and costs of the library in `folder`.

    Where there is no library yet, a new salt is taken. Raises `WrongKey` when it is not the
    passphrase of the library, `NoKey` when it is empty.
    """
    if not passphrase:
        raise NoKey(why="the passphrase is empty")
    known = header(folder)
    used = known or new_header("passphrase")
    if used.argon2 is None:
        raise WrongKindOfKey(library=folder, made=used.key, given="passphrase")
    raw = _derive(passphrase, used.argon2)
    if used.wrapped:
        raw = unwrapped(used.wrapped, raw)
    if known and not known.fits(raw):
        raise WrongKey(library=folder, kind="passphrase")
    return LibraryKey(raw, "passphrase", None if known else used)


def _derive(passphrase: str, costs: Argon2) -> bytes:
    # The same characters typed on another system may arrive in another normal form.
    return argon2.low_level.hash_secret_raw(
        unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass"),
        bytes.fromhex(costs.salt),
        time_cost=costs.passes,
        memory_cost=costs.memory_kib,
        parallelism=costs.lanes,
        hash_len=KEY_BYTES,
        type=argon2.low_level.Type.ID,
    )


# --- the system's keyring ------------------------------------------------------------------------


def keyring_usable() -> bool:
    """Whether the system has a keyring that keeps secrets encrypted."""
    return _backend() is not None


def _backend() -> keyring.backend.KeyringBackend | None:
    try:
        backend = keyring.get_keyring()
        return backend if float(backend.priority) >= KEYRING_PRIORITY else None
    except Exception:  # a back end that fails in whatever way is no keyring
        return None


def key_from_keyring(folder: Path, create: bool) -> LibraryKey:
    """The key that the system's keyring keeps for the library in `folder`.

    With `create`, and where there is no library yet, a new key is made and kept there. Raises
    `NoKey` when there is no keyring or it holds no key for this library.
    """
    backend = _backend()
    if backend is None:
        raise NoKey(why="the system's keyring is not available")
    known = header(folder)
    if known:
        return LibraryKey(_stored_key(backend, known.id), "keyring")
    if not create:
        raise NoLibrary(library=folder)
    made = new_header("keyring")
    raw = os.urandom(KEY_BYTES)
    _in_time(lambda: backend.set_password(KEYRING_SERVICE, made.id, raw.hex()))
    return LibraryKey(raw, "keyring", made)


def _stored_key(backend: keyring.backend.KeyringBackend, library_id: str) -> bytes:
    text = _in_time(lambda: backend.get_password(KEYRING_SERVICE, library_id))
    if text is None:
        raise NoKey(why="the system's keyring holds no key for it")
    try:
        return bytes.fromhex(text)
    except ValueError as exc:
        raise NoKey(why="what the system's keyring holds for it is not a key") from exc


def _in_time(call: Callable[[], T]) -> T:
    """What `call` returns, or `NoKey` when the keyring fails or does not answer in time."""
    results: list[T] = []
    failures: list[Exception] = []

    def run() -> None:
        try:
            results.append(call())
        except Exception as exc:  # back ends raise what their systems raise
            failures.append(exc)

    thread = threading.Thread(target=run, name="keyring", daemon=True)
    thread.start()
    thread.join(KEYRING_TIMEOUT_S)
    if results:
        return results[0]
    if failures:
        raise NoKey(why=reasons.KEYRING_REFUSED(failure=failures[0])) from failures[0]
    raise NoKey(why="the system's keyring did not answer")


# --- another way of keeping it -------------------------------------------------------------------


def change_passphrase(folder: Path, old: str, new: str) -> None:
    """Keep the key of the library in `folder` under the passphrase `new`.

    `old` is the passphrase until now, '' where the keyring has the key. The key itself, and so the
    database, stays as it is: one small file is replaced, whole or not at all, and only then does
    the keyring forget the key. Raises `WrongKey`, `NoKey` and `KeyNotChangeable`.
    """
    if not new:
        raise NoKey(why="the passphrase is empty")
    known, raw = _proven(folder, old)
    made = new_header("passphrase").argon2
    assert made is not None
    _replace_header(
        folder,
        msgspec.structs.replace(
            known,
            format=WRAPPED_FORMAT,
            key="passphrase",
            argon2=made,
            wrapped=wrapping(raw, _derive(new, made)),
        ),
    )
    if known.key == "keyring":
        forget_in_keyring(known.id)


def give_to_keyring(folder: Path, old: str) -> None:
    """Let the system's keyring keep the key of a library that has a passphrase. Raises as
    `change_passphrase`; `NoKey` too where there is no keyring."""
    known, raw = _proven(folder, old)
    backend = _backend()
    if backend is None:
        raise NoKey(why="the system's keyring is not available")
    _in_time(lambda: backend.set_password(KEYRING_SERVICE, known.id, raw.hex()))
    _replace_header(
        folder,
        msgspec.structs.replace(known, format=1, key="keyring", argon2=None, wrapped=""),
    )


def _proven(folder: Path, old: str) -> tuple[Header, bytes]:
    """The header and the key, which the user has shown to have."""
    known = header(folder)
    if known is None:
        raise NoLibrary(library=folder)
    match known.key:
        case "passphrase":
            return known, key_from_passphrase(old, folder).raw
        case "keyring":
            return known, key_from_keyring(folder, create=False).raw
        case "key file":
            raise KeyNotChangeable(why="it was made with a key file")


def _replace_header(folder: Path, value: Header) -> None:
    try:
        write_header(folder, value)
    except OSError as exc:
        raise KeyNotChangeable(why=exc.strerror or reasons.FOLDER_CANNOT_BE_WRITTEN()) from exc


def forget_in_keyring(library_id: str) -> None:
    """Take the key out of the keyring, where it is there; what was encrypted with it and is not
    kept under a passphrase cannot be read from then on."""
    backend = _backend()
    if backend is None:
        return
    with suppress(NoKey, keyring.errors.KeyringError):
        if _in_time(lambda: backend.get_password(KEYRING_SERVICE, library_id)) is not None:
            _in_time(lambda: backend.delete_password(KEYRING_SERVICE, library_id))


# --- which of them -------------------------------------------------------------------------------


def obtain_key(
    folder: Path,
    *,
    key_file: Path | None = None,
    ask_passphrase: AskPassphrase | None = None,
    create: bool = True,
) -> LibraryKey:
    """The key of the library in `folder`, or of the one that is about to be made there.

    A key file that is named (or in STRONGROOM_KEY_FILE) comes first; then what the library was
    made with; for a new library the keyring, or else a passphrase. With `create` false, nothing
    is made and a missing library raises `NoLibrary`. Raises `NoKey` where no way is left.
    """
    known = header(folder)
    if known is None and not create:
        raise NoLibrary(library=folder)
    file = key_file or _key_file_of_environment()
    if file is not None:
        return _from_named_file(folder, file, known)
    kind = known.key if known else ("keyring" if keyring_usable() else "passphrase")
    match kind:
        case "keyring":
            return key_from_keyring(folder, create=known is None)
        case "passphrase":
            return _from_asking(folder, ask_passphrase, new=known is None)
        case "key file":
            raise NoKey(why="it was made with a key file, and none is named")


def _key_file_of_environment() -> Path | None:
    named = os.environ.get(KEY_FILE_VARIABLE)
    return Path(named).expanduser() if named else None


def _from_named_file(folder: Path, file: Path, known: Header | None) -> LibraryKey:
    if known and known.key != "key file":
        raise WrongKindOfKey(library=folder, made=known.key, given="key file")
    return key_from_file(file, create=known is None)


def _from_asking(folder: Path, ask: AskPassphrase | None, *, new: bool) -> LibraryKey:
    if ask is None:
        why = "there is no keyring" if new else "it was made with a passphrase"
        raise NoKey(why=f"{why}, and nobody can be asked for a passphrase")
    return key_from_passphrase(ask(new), folder)


def refuse_wrong_key(folder: Path, known: Header, key: LibraryKey) -> None:
    """Raise `WrongKindOfKey` or `WrongKey` unless `key` is the key of the library in `folder`."""
    if key.kind != known.key:
        raise WrongKindOfKey(library=folder, made=known.key, given=key.kind)
    if not known.fits(key.raw):
        raise WrongKey(library=folder, kind=key.kind)
