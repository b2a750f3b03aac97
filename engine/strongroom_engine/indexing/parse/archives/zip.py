"""ZIP archives: any names, any of the usual packings, and both kinds of passwords."""

from __future__ import annotations

import lzma
import stat
import sys
import time
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from strongroom_engine.errors import DamagedDocument, NeedsPassword, UnsupportedFormat
from strongroom_engine.indexing.parse.archives import contents, names
from strongroom_engine.indexing.parse.archives.contents import Contents, Entry
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.types import Document

if TYPE_CHECKING:
    import pyzipper

MEDIA_TYPE = "application/zip"
PARSER = f"zipfile {sys.version_info.major}.{sys.version_info.minor}"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    IndexError,
    OverflowError,
)
_AES = 99
_ENCRYPTED = 1
_IN_UTF8 = 0x800
_UNICODE_NAME = 0x7075
_UNIX_TIME = 0x5455


@dataclass(slots=True)
class _Zip:
    """An open archive. The library that knows AES is asked only for what needs it."""

    plain: zipfile.ZipFile
    contents: Contents
    aes: pyzipper.AESZipFile | None = None


def parse(file: OpenFile) -> Document:
    """The names of its files as text, and a member for each that may be a document."""
    archive = _opened(file)
    _check_password(archive, file)
    return contents.document(file, archive.contents, MEDIA_TYPE, PARSER)


def open_member(file: OpenFile, inner: str) -> tuple[str, bytes]:
    """The file that a path inside the archive begins with."""
    archive = _opened(file)
    name, entry = archive.contents.find(inner)
    contents.check_size(entry, file.settings)
    return name, _read(archive, entry, file)


def _opened(file: OpenFile) -> _Zip:
    if "zip" not in file.memo:
        with contents.refusals(_broken(), *_BROKEN):
            plain = zipfile.ZipFile(file.file)
        file.memo["zip"] = _Zip(plain, contents.gathered(_entries(plain), file.settings))
    archive: _Zip = file.memo["zip"]
    return archive


def _broken() -> DamagedDocument:
    return DamagedDocument(why="its archive is cut off or broken")


def _check_password(archive: _Zip, file: OpenFile) -> None:
    """Raise `NeedsPassword` where all is locked: said once, and not of every file in it."""
    entries = list(archive.contents.entries.values())
    infos = archive.plain.infolist()
    if entries and all(infos[entry.key].flag_bits & _ENCRYPTED for entry in entries):
        smallest = min(entries, key=lambda entry: entry.size)
        if smallest.size <= file.settings.max_member_mb << 20:
            _read(archive, smallest, file)


# --- what is in it ---------------------------------------------------------------------------------


def _entries(archive: zipfile.ZipFile) -> Iterator[Entry]:
    infos = archive.infolist()
    guess = names.guessed(_raw(info) for info in infos if not info.flag_bits & _IN_UTF8)
    for index, info in enumerate(infos):
        if not (info.filename.endswith("/") or stat.S_ISLNK(info.external_attr >> 16)):
            yield Entry(
                _name(info, guess), info.file_size, _mtime_ns(info), f"{info.CRC:08x}", index
            )


def _name(info: zipfile.ZipInfo, guess: str) -> str:
    if info.flag_bits & _IN_UTF8:
        return info.orig_filename
    raw = _raw(info)
    said = _extra(info, _UNICODE_NAME)
    if len(said) > 5 and said[0] == 1 and int.from_bytes(said[1:5], "little") == zlib.crc32(raw):
        return said[5:].decode("utf-8", "replace")
    return names.decoded(raw, guess)


def _raw(info: zipfile.ZipInfo) -> bytes:
    """The bytes of a name that `zipfile` took for CP437."""
    return info.orig_filename.encode("cp437", "replace")


def _extra(info: zipfile.ZipInfo, wanted: int) -> bytes:
    """The additional field with this number; empty where there is none."""
    rest = info.extra
    while len(rest) >= 4:
        number, size = int.from_bytes(rest[:2], "little"), int.from_bytes(rest[2:4], "little")
        if number == wanted:
            return rest[4 : 4 + size]
        rest = rest[4 + size :]
    return b""


def _mtime_ns(info: zipfile.ZipInfo) -> int:
    """The time of change: to the second where it was kept so, else local time of two seconds."""
    said = _extra(info, _UNIX_TIME)
    if len(said) >= 5 and said[0] & 1:
        return int.from_bytes(said[1:5], "little", signed=True) * 10**9
    try:
        return int(time.mktime((*info.date_time, 0, 0, -1))) * 10**9
    except (ValueError, OverflowError):
        return 0


# --- reading ---------------------------------------------------------------------------------------


def _read(archive: _Zip, entry: Entry, file: OpenFile) -> bytes:
    info = archive.plain.infolist()[entry.key]
    try:
        if not info.flag_bits & _ENCRYPTED:
            with contents.refusals(_broken(), *_BROKEN), archive.plain.open(info) as unpacked:
                return contents.read(unpacked, entry, file.settings)
        return _unlocked(archive, info, entry, file)
    except (NotImplementedError, RuntimeError) as exc:
        raise UnsupportedFormat(kind="a file that is packed in a way that is not read") from exc


def _unlocked(archive: _Zip, info: zipfile.ZipInfo, entry: Entry, file: OpenFile) -> bytes:
    """A file that is locked, by the first password that fits; raises `NeedsPassword`."""
    if info.compress_type == _AES:
        library, info = _aes(archive, file), _aes(archive, file).infolist()[entry.key]
    else:
        library = archive.plain
    for password in _spelled(file.passwords):
        try:
            with library.open(info, pwd=password) as unpacked:
                return contents.read(unpacked, entry, file.settings)
        except (RuntimeError, *_BROKEN) as exc:  # one in 256 wrong ones fits until it is unpacked
            if isinstance(exc, NotImplementedError):
                raise
    raise NeedsPassword


def _aes(archive: _Zip, file: OpenFile) -> pyzipper.AESZipFile:
    import pyzipper

    if archive.aes is None:
        with contents.refusals(_broken(), *_BROKEN, pyzipper.BadZipFile):
            archive.aes = pyzipper.AESZipFile(file.file)
    return archive.aes


def _spelled(passwords: tuple[str, ...]) -> Iterator[bytes]:
    """Each password in the encodings that programs write it in."""
    for password in passwords:
        spellings = []
        for encoding in ("utf-8", "cp437", "cp1252"):
            try:
                spellings.append(password.encode(encoding))
            except UnicodeEncodeError:
                continue
        yield from dict.fromkeys(spellings)
