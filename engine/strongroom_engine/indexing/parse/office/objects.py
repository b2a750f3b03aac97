"""Objects inside Office documents: workbooks, PDFs and other files that were put into them.

An object is a container (OLE) that either is a document of Office before 2007 itself, or holds a
file as it was.
"""

from __future__ import annotations

import binascii
import io
import re
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from strongroom_engine.errors import DamagedDocument, Vanished
from strongroom_engine.indexing.parse.clean import TextBuilder, has_words, one_line
from strongroom_engine.indexing.parse.files import check_size
from strongroom_engine.indexing.parse.office.ole import MAGIC
from strongroom_engine.indexing.parse.office.ole_writing import standalone
from strongroom_engine.types import Member

Carried = tuple[str, bytes]
"""What a file in a document is called, and the file."""

ERRORS = (
    OSError,
    struct.error,
    LookupError,
    ValueError,
    OverflowError,
    TypeError,
    AttributeError,
    RecursionError,
    zlib.error,
)
"""What olefile raises, and reading numbers where there are none."""
# The stream of a container by which it is known to be a document, and how such a one is named.
_WHOLE = {
    "WordDocument": ".doc",
    "Workbook": ".xls",
    "Book": ".xls",
    "PowerPoint Document": ".ppt",
    "__properties_version1.0": ".msg",
}
_NATIVE = "\x01Ole10Native"
_WRAPPED = ("Package", "CONTENTS", "EmbeddedOdf")
_BEGINNINGS = ((b"%PDF", ".pdf"), (b"PK\x03\x04", ""))
_RTF_OBJECT = re.compile(rb"\\objdata(?![a-z])[^{}]*")
_NOT_HEX = re.compile(rb"\\[a-z]+-?\d* ?|[^0-9A-Fa-f]")
_EMBEDDED = 2
_PACKAGED = b"\2\0"


def in_file(data: bytes, stem: str) -> Carried | None:
    """The document in an object; None where there is none. `stem` is its name where it has none.

    Raises one of `ERRORS`.
    """
    import olefile

    if not data.startswith(MAGIC):
        return None
    with olefile.OleFileIO(io.BytesIO(data)) as container:
        return in_storage(container, (), stem, data)


def in_storage(
    container: Any, storage: Sequence[str], stem: str, whole: bytes = b""
) -> Carried | None:
    """The document in a storage of an open container (of olefile), which is `whole`, if known.

    Raises one of `ERRORS`.
    """
    for stream, suffix in _WHOLE.items():
        if container.exists([*storage, stream]):
            return stem + suffix, whole or standalone(container, storage)
    if container.exists([*storage, _NATIVE]):
        name, content = native(container.openstream([*storage, _NATIVE]).read())
        return (name or stem), content
    for stream in _WRAPPED:
        if container.exists([*storage, stream]):
            content = container.openstream([*storage, stream]).read()
            for start, suffix in _BEGINNINGS:
                if content.startswith(start):
                    return stem + suffix, content
    return None


def native(data: bytes) -> Carried:
    """The name and the content of a file that was put into a document as it is (Ole10Native).

    Raises one of `ERRORS`, also for what other programs keep so: a formula, a clip.
    """
    if data[4:6] != _PACKAGED:
        raise ValueError(_NATIVE)
    name, place = _until_zero(data, 6)
    _, place = _until_zero(data, place)
    _, place = _until_zero(data, place + 8)  # after two numbers, the path it was copied from
    (size,) = struct.unpack_from("<I", data, place)
    end = place + 4 + size
    if not size or end > len(data):
        raise ValueError(_NATIVE)
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


# --- of formats without a package ----------------------------------------------------------------


def of_pool(container: Any, pool: str) -> Iterator[Carried | None]:
    """The documents in the storages of a pool, as Word keeps them; None for an object that is
    none, or too broken."""
    names = {entry[1]: None for entry in container.listdir() if entry[0] == pool and entry[1:]}
    for number, name in enumerate(names, 1):
        try:
            yield in_storage(container, (pool, name), f"object {number}")
        except ERRORS:
            yield None


def of_parts(parts: Iterable[bytes]) -> Iterator[Carried | None]:
    """The documents in containers that stand in a file one by one, as PowerPoint keeps them."""
    for number, data in enumerate(parts, 1):
        try:
            yield in_file(data, f"object {number}")
        except ERRORS:
            yield None


def of_rtf(data: bytes) -> Iterator[Carried | None]:
    """The documents in the objects of a rich text, which are written as numbers."""
    for number, match in enumerate(_RTF_OBJECT.finditer(data), 1):
        try:
            yield _in_numbers(_NOT_HEX.sub(b"", match[0][len(b"\\objdata") :]), f"object {number}")
        except ERRORS:
            yield None


def _in_numbers(digits: bytes, stem: str) -> Carried | None:
    """What stands behind a head that says of what program the object is."""
    data = binascii.unhexlify(digits[: len(digits) // 2 * 2])
    _, kind = struct.unpack_from("<II", data)
    if kind != _EMBEDDED:
        return None
    place, names = 8, []
    for _ in range(3):
        (length,) = struct.unpack_from("<I", data, place)
        names.append(data[place + 4 : place + 4 + length].rstrip(b"\0"))
        place += 4 + length
    content = data[place + 4 :]
    return native(bytes(4) + content) if names[0] == b"Package" else in_file(content, stem)


def unpacked(data: bytes, limit_bytes: int) -> bytes:
    """What is packed by zlib, no more than may be. Raises one of `ERRORS`."""
    unpacking = zlib.decompressobj()
    found = unpacking.decompress(data, limit_bytes)
    if unpacking.unconsumed_tail:
        raise ValueError(limit_bytes)
    return found


# --- as members ----------------------------------------------------------------------------------


def members(found: Iterable[Carried | None]) -> tuple[tuple[Member, ...], int]:
    """The documents inside, and how many objects are none or cannot be opened."""
    sizes: dict[str, int] = {}
    unopened = 0
    for one in found:
        if one is None:
            unopened += 1
        else:
            sizes[unused(one[0], sizes)] = len(one[1])
    return tuple(Member(name, size) for name, size in sizes.items()), unopened


def text(builder: TextBuilder, inside: Iterable[Member]) -> str:
    """The text of a document; where it says nothing itself, what lies in it, so that it is found."""
    if not has_words(builder.text):
        for one in inside:
            builder.add(one.name, gap="\n")
    return builder.text


def member(found: Iterable[Carried | None], inner: str, limit_bytes: int) -> tuple[str, bytes]:
    """See `opening.parser`."""
    names: list[str] = []
    for one in found:
        if one is not None:
            names.append(unused(one[0], names))
            if inner == names[-1] or inner.startswith(f"{names[-1]}/"):
                check_size(len(one[1]), limit_bytes)
                return names[-1], one[1]
    raise Vanished


def unused(name: str, names: Iterable[str]) -> str:
    """The name, or the next one like it that is not among the names."""
    taken, path, number = set(names), PurePosixPath(name), 1
    while name in taken:
        number += 1
        name = f"{path.stem} {number}{path.suffix}"
    return name


def carried(data: bytes, stem: str) -> bytes:
    """The document in an object that has one. Raises `DamagedDocument`."""
    try:
        found = in_file(data, stem)
    except ERRORS as exc:
        raise DamagedDocument(why="its archive is cut off or broken") from exc
    if found is None:
        raise DamagedDocument(why="its archive is cut off or broken")
    return found[1]
