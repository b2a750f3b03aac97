"""Messages that Outlook saves as files (MSG): an OLE container of properties."""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from strongroom_engine.errors import DamagedDocument
from strongroom_engine.indexing.parse.mail import letter, parts
from strongroom_engine.indexing.parse.mail.letter import Letter
from strongroom_engine.indexing.parse.mail.outlook.item import MAX_DEPTH, Attached, Item, as_message
from strongroom_engine.indexing.parse.mail.outlook.properties import (
    BROKEN,
    FIXED_BYTES,
    MANY,
    Name,
    Properties,
    Value,
    names_of,
    several,
    value,
)
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.types import Document

MEDIA_TYPE = "application/vnd.ms-outlook"
_STREAM = "__substg1.0_"
_FIXED = "__properties_version1.0"
_RECIPIENT, _ATTACHMENT, _NAMES = (
    "__recip_version1.0_",
    "__attach_version1.0_",
    "__nameid_version1.0",
)
_FILE, _MESSAGE = f"{_STREAM}3701", f"{_STREAM}3701000d"
_HEADER, _EMBEDDED_HEADER, _PART_HEADER = 32, 24, 8
"""Bytes before the properties: of the message, of one in it, of a recipient or an attachment."""

Path = tuple[str, ...]


def parse(file: OpenFile) -> Document:
    import olefile

    return letter.document(_letter(file), file.stem, f"olefile {olefile.__version__}", MEDIA_TYPE)


def open_member(file: OpenFile, inner: str) -> tuple[str, bytes]:
    return letter.open_attachment(_letter(file), inner)


def _letter(file: OpenFile) -> Letter:
    import olefile

    file.file.seek(0)
    try:
        with olefile.OleFileIO(file.file) as container:  # leaves the file open
            return parts.letter(as_message(_Reader(container).item((), 0)))
    except RecursionError as exc:
        raise DamagedDocument(why="its elements are nested too deeply") from exc
    except BROKEN as exc:
        raise DamagedDocument(why="it is cut off or broken, and nothing in it can be read") from exc


class _Reader:
    """Reads the messages of one container; what is broken in it is left out."""

    def __init__(self, container: Any) -> None:
        self._container = container
        self._entries: dict[Path, list[str]] = defaultdict(list)
        self._spelled: dict[Path, Path] = {}
        for spelled in container.listdir(streams=True, storages=True):
            path = tuple(part.lower() for part in spelled)
            self._entries[path[:-1]].append(path[-1])
            self._spelled[path] = tuple(spelled)
        self._names = self._named()

    def _named(self) -> dict[Name, int]:
        entries, texts = (self._sound((_NAMES, f"{_STREAM}{each}")) for each in _NAME_STREAMS)
        return names_of(entries, texts)

    def item(self, at: Path, depth: int) -> Item:
        properties = self._properties(at, _EMBEDDED_HEADER if at else _HEADER)
        page = properties.page
        people = [self._properties(each, _PART_HEADER, page) for each in self._of(at, _RECIPIENT)]
        files = [self._attached(each, page, depth) for each in self._of(at, _ATTACHMENT)]
        return Item(properties, tuple(people), tuple(files))

    def _of(self, at: Path, kind: str) -> list[Path]:
        return [(*at, name) for name in sorted(self._entries[at]) if name.startswith(kind)]

    def _attached(self, at: Path, page: str, depth: int) -> Attached:
        properties = self._properties(at, _PART_HEADER, page)
        inner = (*at, _MESSAGE)
        is_message = _FIXED in self._entries.get(inner, ())
        message = self.item(inner, depth + 1) if is_message and depth < MAX_DEPTH else None
        return Attached(properties, message)

    def _properties(self, at: Path, header: int, page: str = "") -> Properties:
        values = _fixed(self._sound((*at, _FIXED))[header:])
        for name in self._entries[at]:
            number, kind, place = _tag(name)
            if kind and place < 0:
                values[number] = Value(kind, self._reading((*at, name), kind))
        return Properties(values, self._names, page)

    def _reading(self, path: Path, kind: int) -> Callable[[], bytes | Sequence[bytes]]:
        if kind & MANY:
            return lambda: self._many(path, kind)
        return lambda: self._whole(path) if path[-1].startswith(_FILE) else self._stream(path)

    def _whole(self, path: Path) -> bytes:
        """A file that is attached; part of one is worse than none."""
        data = self._stream(path)
        if len(data) < self._container.get_size(self._spelled[path]):
            raise OSError
        return data

    def _many(self, path: Path, kind: int) -> Sequence[bytes]:
        """Several values: of no known length each has a stream of its own."""
        if kind & ~MANY in FIXED_BYTES:
            return several(kind, self._stream(path))
        names = [name for name in self._entries[path[:-1]] if name.startswith(f"{path[-1]}-")]
        return [self._stream((*path[:-1], name)) for name in sorted(names)]

    def _stream(self, path: Path) -> bytes:
        """Raises what is in `BROKEN`."""
        spelled = self._spelled.get(path)
        data: bytes = self._container.openstream(spelled).read() if spelled else b""
        return data

    def _sound(self, path: Path) -> bytes:
        """The stream, b'' where it is broken."""
        with suppress(*BROKEN):
            return self._stream(path)
        return b""


_NAME_STREAMS = ("00030102", "00040102")


def _tag(name: str) -> tuple[int, int, int]:
    """(number, type, which one of several or -1) of '__substg1.0_0037001F'; zeros for others."""
    try:
        return (
            int(name[12:16], 16),
            int(name[16:20], 16) if name.startswith(_STREAM) else 0,
            int(name[21:], 16) if name[20:21] == "-" else -1,
        )
    except ValueError:
        return 0, 0, 0


def _fixed(data: bytes) -> dict[int, Value]:
    """The values that stand in the list of properties itself."""
    found = {}
    for at in range(0, len(data) - 15, 16):
        kind, number = struct.unpack_from("<HH", data, at)
        if kind in FIXED_BYTES:
            found[number] = value(kind, data[at + 8 : at + 16])
    return found
