"""Documents inside an Office document: workbooks, PDFs and others that were put into it as objects."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

from strongroom_engine.errors import DamagedDocument, Vanished
from strongroom_engine.indexing.parse.clean import one_line
from strongroom_engine.indexing.parse.files import check_size
from strongroom_engine.indexing.parse.office.package import Package
from strongroom_engine.indexing.parse.opening import MEGABYTE, OpenFile
from strongroom_engine.types import Member

_KINDS = frozenset({"package", "oleObject"})
# The stream of an object's container in which its document lies, and how such a document is named;
# '' where it is the container itself.
_WHOLE = {
    "WordDocument": ".doc",
    "Workbook": ".xls",
    "PowerPoint Document": ".ppt",
    "__properties_version1.0": ".msg",
}
_NATIVE = "\x01Ole10Native"
_WRAPPED = ("Package", "CONTENTS", "EmbeddedOdf")
_FOREIGN_ERRORS = (
    OSError,
    ValueError,
    struct.error,
    LookupError,
    TypeError,
    AttributeError,
    RecursionError,
)
_BEGINNINGS = ((b"%PDF", ".pdf"), (b"PK\x03\x04", ""))


@dataclass(frozen=True, slots=True)
class Embedded:
    """A document inside; `stream` is where it lies in the container of its part, '' for all of it."""

    name: str
    part: str
    size: int
    stream: str = ""


def members(found: Iterable[Embedded]) -> tuple[Member, ...]:
    return tuple(Member(one.name, one.size) for one in found)


def documents(package: Package, parts: Iterable[str], file: OpenFile) -> tuple[list[Embedded], int]:
    """The documents that parts have inside, and how many objects are none or cannot be opened."""
    found: dict[str, Embedded] = {}
    unopened = 0
    for target in dict.fromkeys(_targets(package, parts)):
        one = _document(package, target, file.settings.max_member_mb * MEGABYTE)
        if one is None:
            unopened += 1
        else:
            name = _unused(one.name, found)
            found[name] = Embedded(name, one.part, one.size, one.stream)
    return list(found.values()), unopened


def open_member(
    package: Package, found: Iterable[Embedded], inner: str, file: OpenFile
) -> tuple[str, bytes]:
    """See `opening.parser`."""
    for one in found:
        if inner == one.name or inner.startswith(f"{one.name}/"):
            limit = file.settings.max_member_mb * MEGABYTE
            check_size(one.size, limit)
            data = package.read(one.part, limit)
            return one.name, _unwrapped(data, one.stream)
    raise Vanished


def _targets(package: Package, parts: Iterable[str]) -> Iterator[str]:
    for part in parts:
        for relation in package.relations(part).values():
            if relation.kind in _KINDS and not relation.is_external and relation.target in package:
                yield relation.target


def _document(package: Package, part: str, limit_bytes: int) -> Embedded | None:
    size, path = package.size(part), PurePosixPath(part)
    if size > limit_bytes:
        return None
    if path.suffix.lower() != ".bin":
        return Embedded(path.name, part, size)
    try:
        return _in_container(package.read(part, limit_bytes), part, path.stem)
    except _FOREIGN_ERRORS:
        return None


def _in_container(data: bytes, part: str, stem: str) -> Embedded | None:
    import olefile

    if not olefile.isOleFile(data=data):
        return None
    with olefile.OleFileIO(io.BytesIO(data)) as container:
        for stream, suffix in _WHOLE.items():
            if container.exists(stream):
                return Embedded(stem + suffix, part, len(data))
        if container.exists(_NATIVE):
            name, content = _native(container.openstream(_NATIVE).read())
            return Embedded(name or stem, part, len(content), _NATIVE)
        for stream in _WRAPPED:
            if container.exists(stream):
                head = container.openstream(stream).read(4)
                if any(head.startswith(start) for start, _ in _BEGINNINGS):
                    suffix = next(end for start, end in _BEGINNINGS if head.startswith(start))
                    return Embedded(stem + suffix, part, container.get_size(stream), stream)
    return None


def _unwrapped(data: bytes, stream: str) -> bytes:
    import olefile

    if not stream:
        return data
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            content: bytes = container.openstream(stream).read()
        return _native(content)[1] if stream == _NATIVE else content
    except _FOREIGN_ERRORS as exc:
        raise DamagedDocument(why="its archive is cut off or broken") from exc


def _native(data: bytes) -> tuple[str, bytes]:
    """The name and the content of a file that was put into a document as it is (Ole10Native)."""
    name, place = _until_zero(data, 6)
    _, place = _until_zero(data, place)
    _, place = _until_zero(data, place + 8)  # after two numbers, the path it was copied from
    (size,) = struct.unpack_from("<I", data, place)
    end = place + 4 + size
    label = _wide_label(data, end) or name.decode("cp1252", "replace")
    return one_line(PureWindowsPath(label).name).replace("/", "_"), data[place + 4 : end]


def _wide_label(data: bytes, place: int) -> str:
    """The name in Unicode, which newer programs write behind the content, after another path."""
    try:
        (path,) = struct.unpack_from("<I", data, place)
        (length,) = struct.unpack_from("<I", data, place + 4 + 2 * path)
    except struct.error:
        return ""
    start = place + 8 + 2 * path
    return data[start : start + 2 * min(length, 260)].decode("utf-16-le", "replace")


def _until_zero(data: bytes, start: int) -> tuple[bytes, int]:
    end = data.index(b"\0", start)
    return data[start:end], end + 1


def _unused(name: str, names: Iterable[str]) -> str:
    taken, path, number = set(names), PurePosixPath(name), 1
    while name in taken:
        number += 1
        name = f"{path.stem} {number}{path.suffix}"
    return name
