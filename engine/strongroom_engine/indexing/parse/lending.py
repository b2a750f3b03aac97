"""Files that are open only while they are read, and the containers that were opened last.

A worker reads the documents of an archive one after the other. Opening it anew for each would read
its directory, and unpack what it is packed in, as often as it holds documents.
"""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, cast

from strongroom_engine.errors import DocumentProblem, Vanished
from strongroom_engine.indexing.parse import files
from strongroom_engine.settings import Settings
from strongroom_engine.trees import for_system

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

    from strongroom_engine.indexing.parse.opening import OpenFile

KEPT_BYTES = 192 << 20
"""So large may all containers inside one file be that are held in memory for their next member."""

Stamp = tuple[int, int, int]


class LentFile(io.RawIOBase):
    """A file on the disk that can be put away between two readings, so that nobody is kept from
    renaming or deleting it. Raises `Vanished` where it is not the file any more that it was."""

    def __init__(self, path: str, limit_bytes: int, within: str = "") -> None:
        super().__init__()
        self._path = path
        self._limit_bytes = limit_bytes
        self._within = within
        self._position = 0
        self._file = files.unbuffered(path, limit_bytes, within)
        self.stamp = stamp(os.fstat(self._file.fileno()))

    def put_away(self) -> None:
        self._file.close()

    def _lent(self) -> io.FileIO:
        if self._file.closed:
            self._file = files.unbuffered(self._path, self._limit_bytes, self._within)
            if stamp(os.fstat(self._file.fileno())) != self.stamp:
                raise Vanished
            self._file.seek(self._position)
        return self._file

    def readinto(self, buffer: WriteableBuffer, /) -> int | None:
        count = self._lent().readinto(buffer)
        self._position += count or 0
        return count

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        self._position = self._lent().seek(offset, whence)
        return self._position

    def tell(self) -> int:
        return self._position

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()


def stamp(facts: os.stat_result) -> Stamp:
    """By which a file is known to be the one that it was."""
    return facts.st_size, facts.st_mtime_ns, facts.st_ino


@dataclass(slots=True)
class Chain:
    """A file that was opened for what lies inside it, and the containers that lie around what was
    read last, the outermost first."""

    key: tuple[str, Stamp, Settings]
    raw: LentFile
    links: list[OpenFile] = field(default_factory=list)

    def keep(self, container: OpenFile) -> None:
        """Hold a container inside the last one for its next member, unless it is too large."""
        if sum(_size(link.file) for link in [*self.links, container]) <= KEPT_BYTES:
            self.links.append(container)


def _size(file: BinaryIO) -> int:
    return file.getbuffer().nbytes if isinstance(file, io.BytesIO) else 0


class _Last(threading.local):
    chain: Chain | None = None


_last = _Last()


@contextmanager
def chain(path: str, settings: Settings, within: str = "") -> Iterator[Chain]:
    """The chain that begins with the file at the path: the last one if it is the same file. The
    file may not lead out of the folder `within`."""
    limit_bytes = settings.max_file_mb << 20
    found, _last.chain = _last.chain, None
    if found is None or found.key != (path, _stamp_now(path), settings):
        if found is not None:
            found.raw.close()
        raw = LentFile(path, limit_bytes, within)
        found = Chain((path, raw.stamp, settings), raw)
    kept = False
    try:
        yield found
        kept = True
    except DocumentProblem:
        kept = True  # of one document in it; the others are as good as before
        raise
    finally:
        if kept:
            found.raw.put_away()
            _last.chain = found
        else:
            found.raw.close()


def _stamp_now(path: str) -> Stamp | None:
    try:
        return stamp(os.stat(for_system(path)))  # noqa: PTH116 - a str that Path might not accept
    except (OSError, ValueError):
        return None


def buffered(raw: LentFile) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(raw))
