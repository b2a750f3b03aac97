"""Packed streams: GZIP, BZIP2, XZ and Zstandard."""

from __future__ import annotations

import io
import lzma
import os
import zlib
from typing import TYPE_CHECKING, BinaryIO, cast

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAGIC = {
    b"\x1f\x8b": "application/gzip",
    b"BZh": "application/x-bzip2",
    b"\xfd7zXZ\0": "application/x-xz",
    b"\x28\xb5\x2f\xfd": "application/zstd",
}
BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError)
"""What is raised over one that is broken."""


def media_type(file: BinaryIO) -> str:
    """What packs the file; '' where nothing does. It is at its beginning then."""
    file.seek(0)
    head = file.read(6)
    file.seek(0)
    return next((found for magic, found in MAGIC.items() if head.startswith(magic)), "")


def unpacked(file: BinaryIO) -> BinaryIO:
    """The file, unpacked as it is read; itself where it is not packed. Others may read the file
    meanwhile."""
    own = cast(BinaryIO, _Own(file))
    match media_type(file):
        case "application/gzip":
            import gzip

            return cast(BinaryIO, gzip.GzipFile(fileobj=own))
        case "application/x-bzip2":
            import bz2

            return cast(BinaryIO, bz2.BZ2File(own))
        case "application/x-xz":
            return cast(BinaryIO, lzma.LZMAFile(own))
        case "application/zstd":
            from backports import zstd

            return cast(BinaryIO, zstd.ZstdFile(own))
        case _:
            return file


class _Own(io.RawIOBase):
    """A file with a place of its own, so that a decompressor goes on where it stopped."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file
        self._position = 0

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        self._file.seek(self._position)
        data = self._file.read(memoryview(buffer).nbytes)
        memoryview(buffer).cast("B")[: len(data)] = data
        self._position += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        if whence == os.SEEK_CUR:
            offset, whence = self._position + offset, os.SEEK_SET
        self._position = self._file.seek(offset, whence)
        return self._position

    def tell(self) -> int:
        return self._position

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True


def errors() -> tuple[type[Exception], ...]:
    """All that is raised over a broken one."""
    from backports import zstd

    return (*BROKEN, zstd.ZstdError)
