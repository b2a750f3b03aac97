"""7Z archives, also with passwords.

Their files are packed together in blocks, so that one is to be had only by unpacking all before it.
The library unpacks a whole archive, or some names of it; here its decompressor is moved on from
file to file, so that all files cost what unpacking the archive once costs, and the memory of one.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from strongroom_engine.errors import (
    DamagedDocument,
    DocumentProblem,
    NeedsPassword,
    UnsupportedFormat,
)
from strongroom_engine.indexing.parse.archives import contents
from strongroom_engine.indexing.parse.archives.contents import Contents, Entry
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.types import Document

if TYPE_CHECKING:
    from py7zr import SevenZipFile

MEDIA_TYPE = "application/x-7z-compressed"
_AES = b"\x06\xf1\x07\x01"
_TICKS_TO_1970 = 116_444_736_000_000_000
"""Its times are counted from 1601, in tenths of a microsecond."""


@dataclass(slots=True)
class _Block:
    """Where the decompressor of a block stands: the file that is `next` begins at `position` in
    what is packed."""

    files: list[Any]
    places: dict[int, int]
    """Where among them each stands, by its id."""
    position: int
    end: int
    next: int = 0


@dataclass(slots=True)
class _SevenZip:
    archive: SevenZipFile
    with_password: bool
    contents: Contents
    blocks: dict[int, _Block] = field(default_factory=dict)
    """By the place of the block in the archive."""


def parse(file: OpenFile) -> Document:
    """The names of its files as text, and a member for each that may be a document."""
    import py7zr

    opened = _opened(file)
    return contents.document(
        file,
        opened.contents,
        MEDIA_TYPE,
        f"py7zr {py7zr.__version__}",
        with_password=opened.with_password,
    )


def open_member(file: OpenFile, inner: str) -> tuple[str, bytes]:
    """The file that a path inside the archive begins with."""
    opened = _opened(file)
    name, entry = opened.contents.find(inner)
    contents.check_size(entry, file.settings)
    return name, _read(opened, entry.key)


def _broken() -> DamagedDocument:
    return DamagedDocument(why="its archive is cut off or broken")


# --- opening ---------------------------------------------------------------------------------------


def _opened(file: OpenFile) -> _SevenZip:
    if "7z" not in file.memo:
        file.memo["7z"] = _unlocked(file)
    opened: _SevenZip = file.memo["7z"]
    return opened


def _unlocked(file: OpenFile) -> _SevenZip:
    """The archive, by the first password that fits if it wants one; raises `NeedsPassword`."""
    for password in (None, *file.passwords):
        try:
            return _with(file, password)
        except NeedsPassword:
            continue
    raise NeedsPassword


def _with(file: OpenFile, password: str | None) -> _SevenZip:
    from py7zr import SevenZipFile
    from py7zr.exceptions import PasswordRequired

    file.file.seek(0)
    try:
        archive = SevenZipFile(file.file, password=password)
    except PasswordRequired as exc:
        raise NeedsPassword from exc
    except MemoryError:
        raise
    except Exception as exc:  # a directory that a wrong password opens is anything at all
        raise NeedsPassword if password else _broken() from exc
    is_locked = any(map(_has_aes, _folders(archive)))
    opened = _SevenZip(archive, is_locked, contents.gathered(_entries(archive), file.settings))
    if is_locked:
        _try_password(opened, password)
    return opened


def _try_password(opened: _SevenZip, password: str | None) -> None:
    """Raise `NeedsPassword` unless a locked file can be read: the smallest that begins a block."""
    first: dict[int, Any] = {}
    for each in opened.archive.files:
        if not each.emptystream and _has_aes(each.folder):
            first.setdefault(_index(opened.archive, each), each)
    if first:
        if password is None:
            raise NeedsPassword
        try:
            _read(opened, min(first.values(), key=lambda each: each.uncompressed))
        except DamagedDocument as exc:
            raise NeedsPassword from exc


def _folders(archive: SevenZipFile) -> list[Any]:
    streams = getattr(archive.header, "main_streams", None)
    return list(streams.unpackinfo.folders) if streams is not None else []


def _has_aes(folder: Any) -> bool:
    return any(coder["method"] == _AES for coder in folder.coders)


def _entries(archive: SevenZipFile) -> Iterator[Entry]:
    for each in archive.files:
        if each.is_directory or each.is_symlink or each.is_junction or each.is_socket:
            continue
        time = each.lastwritetime
        mtime_ns = max((int(time) - _TICKS_TO_1970) * 100, 0) if time is not None else 0
        identity = f"{each.crc32:08x}" if each.crc32 is not None else ""
        yield Entry(each.filename, each.uncompressed or 0, mtime_ns, identity, each)


# --- reading ---------------------------------------------------------------------------------------


def _read(opened: _SevenZip, wanted: Any) -> bytes:
    if wanted.emptystream:
        return b""
    index = _index(opened.archive, wanted)
    try:
        return _moved_on(opened, index, wanted)
    except BaseException:
        # Where its decompressor stands now nobody knows: the next one begins anew.
        opened.blocks.pop(index, None)
        raise


def _index(archive: SevenZipFile, wanted: Any) -> int:
    return next(i for i, folder in enumerate(_folders(archive)) if folder is wanted.folder)


def _moved_on(opened: _SevenZip, index: int, wanted: Any) -> bytes:
    """Unpack the files of the block up to the wanted one, from where its decompressor stands."""
    block = opened.blocks.get(index)
    if block is None or block.places[wanted.id] < block.next:
        block = opened.blocks[index] = _at_start(opened.archive, index)
    opened.archive.fp.seek(block.position)
    while block.next < block.places[wanted.id]:
        _unpack(opened.archive, block, _Nowhere())
    data = io.BytesIO()
    checksum = _unpack(opened.archive, block, data)
    if wanted.crc32 is not None and checksum != wanted.crc32:
        raise _broken()
    return data.getvalue()


def _at_start(archive: SevenZipFile, index: int) -> _Block:
    folder = _folders(archive)[index]
    folder.decompressor = None
    positions = archive.header.main_streams.packinfo.packpositions
    files = [each for each in archive.files if not each.emptystream and each.folder is folder]
    start = archive.afterheader
    places = {each.id: place for place, each in enumerate(files)}
    return _Block(files, places, start + positions[index], start + positions[index + 1])


def _unpack(archive: SevenZipFile, block: _Block, into: Any) -> int:
    """Unpack the next file of the block; its checksum."""
    from py7zr.exceptions import UnsupportedCompressionMethodError

    each = block.files[block.next]
    try:
        checksum = archive.worker.decompress(
            archive.fp, each.folder, into, each.uncompressed, each.compressed, block.end
        )
    except (MemoryError, DocumentProblem):
        raise
    except UnsupportedCompressionMethodError as exc:
        raise UnsupportedFormat(kind="a file that is packed in a way that is not read") from exc
    except Exception as exc:  # the library lets through what each of its decompressors raises
        raise _broken() from exc
    block.next += 1
    block.position = archive.fp.tell()
    return int(checksum)


class _Nowhere:
    """Where what is not wanted is unpacked to."""

    def write(self, data: bytes) -> int:
        return len(data)
