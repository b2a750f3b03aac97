"""Opening a file without being surprised by it, and what the system says when it cannot."""

from __future__ import annotations

import hashlib
import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from strongroom_engine.errors import (
    EmptyDocument,
    InvalidName,
    TooLarge,
    Unreadable,
    UnsupportedFormat,
    Vanished,
)
from strongroom_engine.indexing.sizes import MEGABYTE, human_size
from strongroom_engine.trees import contains, for_system

_BLOCK = MEGABYTE
# A pipe without a writer would block in open; Windows knows neither such pipes nor the flag.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@contextmanager
def file_errors() -> Iterator[None]:
    """The system's refusals as ours."""
    try:
        yield
    except FileNotFoundError as exc:
        raise Vanished from exc
    except UnicodeEncodeError as exc:
        raise InvalidName from exc
    except OSError as exc:
        raise Unreadable.of(exc) from exc


@contextmanager
def opened(path: str, limit_bytes: int, within: str = "") -> Iterator[BinaryIO]:
    """A regular file that is neither empty nor larger than the limit, open for reading; in the
    folder `within` if there is one."""
    with io.BufferedReader(unbuffered(path, limit_bytes, within)) as file:
        yield cast(BinaryIO, file)


def unbuffered(path: str, limit_bytes: int, within: str = "") -> io.FileIO:
    """The same, as the system has it."""
    with file_errors():
        # Before opening: that alone can do things to a device.
        _check(Path(for_system(path)).stat(), limit_bytes)
        file = io.FileIO(os.open(for_system(path), _FLAGS), "rb")
        try:
            facts = os.fstat(file.fileno())
            _check(facts, limit_bytes)
            _check_place(path, within, facts)
        except BaseException:
            file.close()
            raise
        return file


def _check(facts: os.stat_result, limit_bytes: int) -> None:
    if (kind := special_kind(facts.st_mode)) is not None:
        raise UnsupportedFormat(kind=kind)
    if facts.st_size == 0:
        raise EmptyDocument
    check_size(facts.st_size, limit_bytes)


def _check_place(path: str, within: str, facts: os.stat_result) -> None:
    """Refuse a file outside the folder: since it was looked at, a link may have been turned there.

    What is checked is what was opened: the path leads to it now, and lies in the folder. Raises
    `Vanished` where it leads to another file by now.
    """
    if not within:
        return
    real = os.path.realpath(path)
    if not contains(os.path.realpath(within), real):
        raise UnsupportedFormat(kind="a link that leads out of the folder")
    if not os.path.samestat(Path(for_system(real)).stat(), facts):
        raise Vanished


def check_size(size_bytes: int, limit_bytes: int) -> None:
    if size_bytes > limit_bytes:
        raise TooLarge(size=human_size(size_bytes), limit=human_size(limit_bytes))


def special_kind(mode: int) -> str | None:
    """What a thing that is not a regular file is; None for a regular file."""
    kinds = {
        stat.S_IFREG: None,
        stat.S_IFDIR: "a folder",
        stat.S_IFIFO: "a pipe",
        stat.S_IFSOCK: "a socket",
    }
    return kinds.get(stat.S_IFMT(mode), "a device")


def read(file: BinaryIO) -> bytes:
    """All of it; its size has been checked."""
    with file_errors():
        file.seek(0)
        return file.read()


def sha256(file: BinaryIO) -> str:
    """The hash of all of it, in hexadecimal, a block at a time."""
    digest = hashlib.sha256()
    with file_errors():
        file.seek(0)
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
