"""`library.json`: what must be known about a library before its key is.

It holds no secret. `check` is a MAC made with the library's key, so that a wrong key is told
apart from a damaged database, and before the database is touched at all. Without it no key is
found any more, so it is kept twice: what is lost or damaged of one is read from the other.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from strongroom_engine.errors import LibraryDamaged, LibraryTooNew
from strongroom_engine.sentences import reasons

FILE = "library.json"
COPY = "library.json.copy"
FORMAT = 2
WRAPPED_FORMAT = 2
"""Of headers with a wrapped key, which an older Strongroom cannot read; the others are of 1."""
CIPHER = "aegis"
"""Authenticated (AEGIS-256), so that a flipped byte is noticed; also the fastest of those tried."""

KeyKind = Literal["keyring", "passphrase", "key file"]


class Argon2(msgspec.Struct, frozen=True, kw_only=True):
    """How a passphrase becomes the key (Argon2id, RFC 9106, its second recommended choice)."""

    salt: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32,128}$")]
    passes: Annotated[int, msgspec.Meta(ge=1, le=100)] = 3
    memory_kib: Annotated[int, msgspec.Meta(ge=1024, le=4 * 1024 * 1024)] = 64 * 1024
    lanes: Annotated[int, msgspec.Meta(ge=1, le=64)] = 4


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """The content of `library.json`. `check` is '' until a key has been bound to it.

    `wrapped` is the library's key under another one, which comes from the passphrase, so that the
    passphrase can be changed; '' where the key itself comes from it.
    """

    format: int = 1
    id: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$")]
    key: KeyKind
    cipher: Literal["aegis"] = "aegis"
    argon2: Argon2 | None = None
    check: str = ""
    wrapped: Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{64})?$")] = ""
    sum: str = ""
    """Of all else, so that a changed byte is not taken for a wrong key; '' in older headers."""

    def bound_to(self, raw: bytes) -> Header:
        """The same header, made for the key `raw`."""
        return msgspec.structs.replace(self, check=_check(self.id, raw))

    def fits(self, raw: bytes) -> bool:
        """Whether `raw` is the key of this library."""
        return hmac.compare_digest(self.check, _check(self.id, raw))


def _check(library_id: str, raw: bytes) -> str:
    return hmac.digest(raw, b"strongroom key check " + library_id.encode(), "sha256").hex()


def new_header(kind: KeyKind) -> Header:
    """The header of a library that is about to be made, with its own id and salt."""
    argon2 = Argon2(salt=os.urandom(16).hex()) if kind == "passphrase" else None
    return Header(id=uuid.uuid4().hex, key=kind, argon2=argon2)


def wrapping(raw: bytes, pad: bytes) -> str:
    """The key under a pad of its own length: what comes from a passphrase and a salt that were
    never used together before. `Header.check` tells a wrong one."""
    return bytes(a ^ b for a, b in zip(raw, pad, strict=True)).hex()


def unwrapped(wrapped: str, pad: bytes) -> bytes:
    """The key that `wrapping` put under the pad."""
    return bytes(a ^ b for a, b in zip(bytes.fromhex(wrapped), pad, strict=True))


def header(folder: Path) -> Header | None:
    """The header of the library in `folder`, or None where there is no library.

    Its copy counts where it is missing or damaged. Raises `LibraryDamaged`, `LibraryTooNew`.
    """
    try:
        found = _read(folder, FILE)
    except LibraryDamaged:
        if copy := _copy(folder):
            return copy
        raise
    return found or _copy(folder)


def _copy(folder: Path) -> Header | None:
    with suppress(LibraryDamaged):
        return _read(folder, COPY)
    return None


def _read(folder: Path, name: str) -> Header | None:
    try:
        data = (folder / name).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as exc:
        raise LibraryDamaged(library=folder, why=reasons.CANNOT_BE_READ(name=name)) from exc
    return _decode(folder, name, data)


class _Format(msgspec.Struct):
    format: int


def _decode(folder: Path, name: str, data: bytes) -> Header:
    try:
        found = msgspec.json.decode(data, type=_Format).format
        if found > FORMAT:
            raise LibraryTooNew(library=folder, found=found, known=FORMAT)
        read = msgspec.json.decode(data, type=Header)
    except msgspec.DecodeError as exc:
        raise LibraryDamaged(library=folder, why=reasons.IS_NOT_WHAT_IT_WAS(name=name)) from exc
    if read.sum not in ("", _sum(read)):
        raise LibraryDamaged(library=folder, why=reasons.IS_NOT_WHAT_IT_WAS(name=name))
    return read


def _sum(value: Header) -> str:
    bare = msgspec.structs.replace(value, sum="")
    return hashlib.sha256(msgspec.json.encode(bare)).hexdigest()


def write_header(folder: Path, value: Header, *, copy: bool = True) -> None:
    """Write `library.json` and its copy, whole or not at all, readable by their owner only.

    A library that is just being made has no copy yet: where there is one, there was a database.
    """
    summed = msgspec.structs.replace(value, sum=_sum(value))
    data = msgspec.json.format(msgspec.json.encode(summed), indent=2) + b"\n"
    names = (FILE, COPY) if copy else (FILE,)
    for name in names:
        _write(folder / f".{name}.part", data)
    for name in names:
        (folder / f".{name}.part").replace(folder / name)


def mend(folder: Path) -> None:
    """Make the header and its copy one again, where one of them is missing, damaged or old."""
    known = header(folder)
    if known and not (known.sum and _copy(folder) == known and _is(folder, known)):
        write_header(folder, known)


def _is(folder: Path, known: Header) -> bool:
    with suppress(LibraryDamaged):
        return _read(folder, FILE) == known
    return False


def _write(part: Path, data: bytes) -> None:
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
