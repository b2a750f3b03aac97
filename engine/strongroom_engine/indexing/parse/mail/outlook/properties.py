"""The properties (MAPI) that a message of Outlook is made of, with numbers for names.

Files of one message (MSG), what Outlook sends along (TNEF) and its mailboxes (PST) all hold these;
they differ only in how they store them.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from strongroom_engine.indexing.parse.clean import clean
from strongroom_engine.indexing.parse.mail.headers import decoded
from strongroom_engine.indexing.parse.office.rtf_tokens import of_page

INT16, INT32, FLOAT, DOUBLE, CURRENCY, APP_TIME, BOOLEAN = 2, 3, 4, 5, 6, 7, 0x0B
INT64, BYTES_TEXT, TEXT, TIME, GUID, BINARY = 0x14, 0x1E, 0x1F, 0x40, 0x48, 0x102
OBJECT = 0x0D
MANY = 0x1000
"""Added to the type of a value: there are several of it."""
FIXED_BYTES = {INT16: 2, INT32: 4, FLOAT: 4, BOOLEAN: 2, DOUBLE: 8, CURRENCY: 8, APP_TIME: 8,
               INT64: 8, TIME: 8, 10: 4}  # fmt: skip
"""How long values are whose length their type says."""
CLASS = 0x001A
_CODE_PAGES = (0x3FFD, 0x3FDE)
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_NAMED = 0x8000
_TEXT_NAMES = 1  # the bit of an entry that says that its name is a text

BROKEN = (OSError, struct.error, LookupError, ValueError, TypeError, AttributeError)
"""What the readers of files raise where something in one is broken."""

Name = int | str
"""Of a property without a number of its own: a number in its set, or a text in small letters."""


@dataclass(frozen=True, slots=True)
class Value:
    """`read` gives the bytes, or those of each of several; it may raise what is in `BROKEN`."""

    kind: int
    read: Callable[[], bytes | Sequence[bytes]]


def value(kind: int, data: bytes | Sequence[bytes]) -> Value:
    return Value(kind, lambda: data)


class Properties:
    """What is known of a message, of one whom it was sent to, or of an attachment.

    Nothing here raises: what is broken or not there is empty.
    """

    def __init__(
        self, values: Mapping[int, Value], names: Mapping[Name, int] | None = None, page: str = ""
    ) -> None:
        """`names` tells the numbers of properties that have none of their own, `page` is the
        encoding of texts in bytes where the properties do not say it."""
        self._values = values
        self._names = names or {}
        self.page = self._said_page() or page

    def _said_page(self) -> str:
        pages = (of_page(self.number(each)) for each in _CODE_PAGES if self.has(each))
        return next((page for page in pages if page and not page.startswith("utf-16")), "")

    def has(self, number: int) -> bool:
        return number in self._values

    def _number_of(self, wanted: int | Name) -> int:
        """The number of a property; of one that has only a name it is another in each file."""
        is_name = isinstance(wanted, str) or wanted >= _NAMED
        return self._names.get(wanted, -1) if is_name else int(wanted)

    def all_data(self, wanted: int | Name) -> tuple[bytes, ...]:
        """The bytes of each value of the property."""
        found = self._values.get(self._number_of(wanted))
        with suppress(*BROKEN):
            data = found.read() if found else ()
            return (data,) if isinstance(data, bytes) else tuple(data)
        return ()

    def data(self, wanted: int | Name) -> bytes:
        return next(iter(self.all_data(wanted)), b"")

    def content(self, wanted: int | Name) -> bytes | None:
        """The bytes of the property, b'' where it is not there; None where it cannot be read."""
        found = self._values.get(self._number_of(wanted))
        try:
            data = found.read() if found else b""
        except BROKEN:
            return None
        return data if isinstance(data, bytes) else b"".join(data)

    def texts(self, wanted: int | Name) -> tuple[str, ...]:
        found = self._values.get(self._number_of(wanted))
        kind = found.kind & ~MANY if found else 0
        if kind not in (TEXT, BYTES_TEXT):
            return ()
        said = (self._text(each, kind) for each in self.all_data(wanted))
        return tuple(each for each in said if each.strip())

    def _text(self, data: bytes, kind: int) -> str:
        if kind == TEXT:
            said = data.decode("utf-16-le", "replace")
        else:
            said = decoded(data.rstrip(b"\0"), self.page or "cp1252")
        return said.partition("\0")[0]

    def text(self, *wanted: int | Name) -> str:
        """The first of these that says something."""
        found = (said for each in wanted for said in self.texts(each)[:1])
        return clean(next(found, "")).strip()

    def number(self, wanted: int | Name) -> int:
        found = self._values.get(self._number_of(wanted))
        size = FIXED_BYTES.get(found.kind, 0) if found else 0
        data = self.data(wanted)[:size]
        return int.from_bytes(data, "little", signed=True) if size else 0

    def share(self, wanted: int | Name) -> float:
        """A number that may be a fraction."""
        with suppress(struct.error):
            return float(struct.unpack("<d", self.data(wanted)[:8])[0])
        return 0.0

    def moment(self, *wanted: int | Name) -> datetime | None:
        """The first of these that is a time, in UTC."""
        for each in wanted:
            ticks = int.from_bytes(self.data(each)[:8], "little")
            with suppress(OverflowError):
                moment = _EPOCH + timedelta(microseconds=ticks // 10)
                if 1900 < moment.year < 2400:  # 1601 and 4501 stand for none
                    return moment
        return None


def several(kind: int, data: bytes) -> tuple[bytes, ...]:
    """The values of one that is several: those of a known length stand one after the other, others
    after their number and where each begins."""
    size = FIXED_BYTES.get(kind & ~MANY, 16 if kind & ~MANY == GUID else 0)
    if size:
        return tuple(data[at : at + size] for at in range(0, len(data) - size + 1, size))
    (count,) = struct.unpack_from("<I", data)
    if count > len(data) // 4:
        return ()
    starts = struct.unpack_from(f"<{count}I", data, 4)
    ends = (*starts[1:], len(data))
    return tuple(data[start:end] for start, end in zip(starts, ends, strict=True))


def names_of(entries: bytes, texts: bytes) -> dict[Name, int]:
    """Name -> number, of the two lists in which MSG and PST keep them."""
    found: dict[Name, int] = {}
    for at in range(0, len(entries) - 7, 8):
        name, flags, number = struct.unpack_from("<IHH", entries, at)
        if flags & _TEXT_NAMES:
            length = int.from_bytes(texts[name : name + 4], "little")
            said = texts[name + 4 : name + 4 + length].decode("utf-16-le", "replace")
            found.setdefault(said.lower(), _NAMED + number)
        else:
            found.setdefault(name, _NAMED + number)
    return found
