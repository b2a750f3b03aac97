"""A packed file: GZIP, BZIP2, XZ, Zstandard. It holds an archive (TAR), or one document."""

from __future__ import annotations

import sys
import zlib
from pathlib import PurePath

from strongroom_engine.errors import DamagedDocument, EmptyDocument
from strongroom_engine.indexing.parse.archives import contents, names, packed, tar
from strongroom_engine.indexing.parse.archives.contents import Contents, Entry
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.indexing.sizes import MEGABYTE
from strongroom_engine.types import Document

_BLOCK = 1 << 20
_NAMED = 8
_WITH_EXTRA = 4
_LIBRARIES = {
    "application/gzip": "gzip",
    "application/x-bzip2": "bz2",
    "application/x-xz": "lzma",
    "application/zstd": "zstd",
}


def parse(file: OpenFile) -> Document:
    """The archive in it, or its one document."""
    if _is_tar(file):
        return tar.parse(file)
    media_type = packed.media_type(file.file)
    parser = f"{_LIBRARIES[media_type]} {sys.version_info.major}.{sys.version_info.minor}"
    return contents.document(file, _single(file), media_type, parser)


def open_member(file: OpenFile, inner: str) -> tuple[str, bytes]:
    """The file that a path inside it begins with."""
    if _is_tar(file):
        return tar.open_member(file, inner)
    name, entry = _single(file).find(inner)
    contents.check_size(entry, file.settings)
    with contents.refusals(_broken(), *packed.errors()):
        return name, contents.read(packed.unpacked(file.file), entry, file.settings)


def _broken() -> DamagedDocument:
    return DamagedDocument(why="its archive is cut off or broken")


def _is_tar(file: OpenFile) -> bool:
    if "is tar" not in file.memo:
        file.memo["is tar"] = tar.stream_is_tar(file.file)
    return bool(file.memo["is tar"])


def _single(file: OpenFile) -> Contents:
    """What is packed in it. How much that is is known when it was unpacked, as far as it may be."""
    if "single" not in file.memo:
        with contents.refusals(_broken(), *packed.errors()):
            size, checksum = _measured(file)
        if not size:
            raise EmptyDocument
        entry = Entry(_name(file), size, 0, f"{checksum:08x}", None)
        found = Contents({names.harmless(entry.name) or file.stem: entry})
        file.memo["single"] = found
    single: Contents = file.memo["single"]
    return single


def _measured(file: OpenFile) -> tuple[int, int]:
    """Size and checksum of what is packed; of what is too large no more than is needed to know."""
    unpacked, limit = packed.unpacked(file.file), file.settings.max_member_mb * MEGABYTE
    size = checksum = 0
    while size <= limit and (block := unpacked.read(_BLOCK)):
        size += len(block)
        checksum = zlib.crc32(block, checksum)
    return size, checksum


def _name(file: OpenFile) -> str:
    """What the packed file says it is called, or its own name without the ending."""
    ending = PurePath(file.path).suffix.lower()
    if ending in {".gz", ".bz2", ".xz", ".zst", ".lzma"}:
        return file.stem  # it may have been renamed since it was packed
    return _said(file) or file.stem


def _said(file: OpenFile) -> str:
    """The name in the head of a GZIP; '' where there is none."""
    file.file.seek(0)
    head = file.file.read(1024)
    if not head.startswith(b"\x1f\x8b") or not head[3] & _NAMED or head[3] & _WITH_EXTRA:
        return ""
    return names.decoded(head[10:].partition(b"\0")[0], "latin-1").rpartition("/")[2]
