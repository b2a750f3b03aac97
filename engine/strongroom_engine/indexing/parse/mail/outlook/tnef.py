"""What Outlook sends along with a message for other Outlooks (TNEF): bytes -> the message that they
are, whole."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from contextlib import suppress

from strongroom_engine.indexing.parse.mail.headers import Mime
from strongroom_engine.indexing.parse.mail.outlook.item import MAX_DEPTH, Attached, Item, as_message
from strongroom_engine.indexing.parse.mail.outlook.properties import (
    BINARY,
    BYTES_TEXT,
    CLASS,
    FIXED_BYTES,
    GUID,
    MANY,
    OBJECT,
    TEXT,
    Name,
    Properties,
    Value,
    value,
)
from strongroom_engine.indexing.parse.office.rtf_tokens import of_page

MAGIC = b"\x78\x9f\x3e\x22"
_PAGE, _CLASS, _SUBJECT, _BODY, _MESSAGE = 0x9007, 0x8008, 0x8004, 0x800C, 0x9003
_PEOPLE, _NEW_FILE, _TITLE, _DATA, _FILE = 0x9004, 0x9002, 0x8010, 0x800F, 0x9005
_ATTACHED_DATA = 0x3701
_OLD = {_CLASS: CLASS, _SUBJECT: 0x0037, _BODY: 0x1000}
"""What older programs write in attributes of their own."""
_VARIABLE = frozenset({BYTES_TEXT, TEXT, BINARY, OBJECT})
MOST = 100_000
"""Values, properties or people that are read; a broken number may say millions."""


def message(data: bytes) -> Mime | None:
    """The message in these bytes; None where it is none."""
    found = _item(data, 0)
    return as_message(found) if found else None


def _item(data: bytes, depth: int) -> Item | None:
    if data[:4] != MAGIC:
        return None
    reader = _Reader(depth)
    for number, held, is_whole in _attributes(data):
        with suppress(struct.error, IndexError, ValueError):
            reader.take(number, held)
        if not is_whole:
            reader.cut_off()
    return reader.item()


def _attributes(data: bytes) -> Iterator[tuple[int, bytes, bool]]:
    """Number and content of each, and whether all of it is there: of the last one it may not be."""
    at = 6
    while at + 9 <= len(data):
        number, _, length = struct.unpack_from("<HHI", data, at + 1)
        held = data[at + 9 : at + 9 + length]
        yield number, held, len(held) == length
        at += 9 + length + 2


class _Reader:
    """Gathers what the attributes say of the message, and of the attachment that comes last."""

    def __init__(self, depth: int) -> None:
        self._depth = depth
        self._page = "cp1252"
        self._message: dict[int, Value] = {}
        self._names: dict[Name, int] = {}
        self._people: list[dict[int, Value]] = []
        self._files: list[dict[int, Value]] = []

    def item(self) -> Item:
        properties = Properties(self._message, self._names, self._page)
        page = properties.page
        people = tuple(Properties(each, self._names, page) for each in self._people)
        return Item(properties, people, tuple(self._attached(each, page) for each in self._files))

    def _attached(self, values: dict[int, Value], page: str) -> Attached:
        properties = Properties(values, self._names, page)
        data = properties.data(_ATTACHED_DATA)  # a message in it is another TNEF
        inner = _item(data, self._depth + 1) if self._depth < MAX_DEPTH else None
        return Attached(properties, inner)

    def take(self, number: int, held: bytes) -> None:
        if number == _PAGE:
            self._page = of_page(int.from_bytes(held[:4], "little")) or self._page
        elif number in _OLD:
            said = _old_class(held) if number == _CLASS else held
            self._message.setdefault(_OLD[number], value(BYTES_TEXT, said))
        elif number == _MESSAGE:
            self._message |= self._properties(_Bytes(held))
        elif number == _PEOPLE:
            self._recipients(_Bytes(held))
        else:
            self._take_file(number, held)

    def cut_off(self) -> None:
        """The attachment that came last is not whole."""
        if self._files:
            self._files[-1][_ATTACHED_DATA] = Value(BINARY, _nothing)

    def _recipients(self, held: _Bytes) -> None:
        for _ in range(min(held.number(), MOST)):
            self._people.append(self._properties(held))

    def _take_file(self, number: int, held: bytes) -> None:
        if number == _NEW_FILE:
            self._files.append({})
        elif self._files:
            last = self._files[-1]
            if number == _TITLE:
                last.setdefault(0x3704, value(BYTES_TEXT, held))
            elif number == _DATA:
                last[_ATTACHED_DATA] = value(BINARY, held)
            elif number == _FILE:
                found = self._properties(_Bytes(held))
                if not found.get(_ATTACHED_DATA):
                    found.pop(_ATTACHED_DATA, None)
                last |= found

    def _properties(self, held: _Bytes) -> dict[int, Value]:
        """What could be read of them: after a property that is broken nothing is to be found."""
        found: dict[int, Value] = {}
        with suppress(struct.error, IndexError, ValueError):
            for _ in range(min(held.number(), MOST)):
                kind, number = held.short(), held.short()
                if number >= 0x8000:
                    self._names.setdefault(held.name(), number)
                values = held.values(kind)
                if kind == OBJECT:  # it begins with the number of its interface
                    values = [each[16:] for each in values]
                found[number] = value(kind, values if kind & MANY else b"".join(values[:1]))
        return found


def _nothing() -> bytes:
    raise OSError


def _old_class(held: bytes) -> bytes:
    """The class by the name that it had before Outlook."""
    said = held.rstrip(b"\0").removeprefix(b"Microsoft Mail v3.0 ")
    known = {b"IPM.Microsoft Mail.Note": b"IPM.Note", b"IPM.Microsoft Schedule.MtgReq":
             b"IPM.Schedule.Meeting.Request"}  # fmt: skip
    return known.get(said, said)


class _Bytes:
    """Reads values one after the other; raises `IndexError` at the end."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def _take(self, length: int) -> bytes:
        if self._at + length > len(self._data):
            raise IndexError(length)
        self._at += length
        return self._data[self._at - length : self._at]

    def number(self) -> int:
        return int.from_bytes(self._take(4), "little")

    def short(self) -> int:
        return int.from_bytes(self._take(2), "little")

    def _padded(self) -> bytes:
        length = self.number()
        data = self._take(length)
        self._at += -length % 4
        return data

    def name(self) -> Name:
        self._take(16)
        if self.number() == 0:
            return self.number()
        return self._padded().decode("utf-16-le", "replace").rstrip("\0").lower()

    def values(self, kind: int) -> Sequence[bytes]:
        """Those of variable length, and all of several, come after how many they are."""
        bare = kind & ~MANY
        count = self.number() if bare in _VARIABLE or kind & MANY else 1
        if bare in _VARIABLE:
            return [self._padded() for _ in range(min(count, MOST))]
        size = FIXED_BYTES.get(bare, 16 if bare == GUID else 4)
        return [self._fixed(size) for _ in range(min(count, MOST))]

    def _fixed(self, size: int) -> bytes:
        data = self._take(size)
        self._at += -size % 4
        return data
