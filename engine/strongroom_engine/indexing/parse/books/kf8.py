"""The parts of a Kindle book since 2011 (KF8, AZW3): web pages that are taken to pieces.

Each page has a skeleton, behind which its fragments stand in the text; an index says how long the
skeletons are, another where in them each fragment belongs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from strongroom_engine.errors import DamagedDocument
from strongroom_engine.indexing.parse.books.palm import NONE, STRUCTURE, Database, field

VERSION = 8
_COUNT_TAG, _PLACE_TAG = 1, 6
_MOST_ENTRIES = 200_000


@dataclass(frozen=True, slots=True)
class _Tag:
    """What an entry may say: `values` numbers at a time, as often as the bits in `mask` tell."""

    tag: int
    values: int
    mask: int
    is_end: bool


@dataclass(frozen=True, slots=True)
class _Entry:
    name: bytes
    said: dict[int, list[int]]

    def numbers(self, tag: int, count: int) -> list[int]:
        found = self.said.get(tag, [])
        if len(found) < count:
            raise DamagedDocument(why=STRUCTURE)
        return found[:count]


def pages(database: Database, text: bytes) -> Iterator[bytes]:
    """The pages of the book, in their order; the text as one where it was not taken to pieces."""
    header = database.header
    text = text[: _first_flow(database, len(text))]
    if NONE in (header.skeletons, header.fragments):
        yield text
        return
    fragments = _entries(database, header.fragments)
    for skeleton in _entries(database, header.skeletons):
        start, length = skeleton.numbers(_PLACE_TAG, 2)
        at = start + length
        page = bytearray(text[start:at])
        for _ in range(skeleton.numbers(_COUNT_TAG, 1)[0]):
            fragment = next(fragments, None)
            if fragment is None:
                break
            _, size = fragment.numbers(_PLACE_TAG, 2)
            place = min(max(_number(fragment.name) - start, 0), len(page))
            page[place:place] = text[at : at + size]
            at += size
        yield bytes(page)


def _first_flow(database: Database, length: int) -> int:
    """Where the pages end; behind them stand styles and drawings."""
    number = database.header.flows
    if number == NONE or not (record := database[number]).startswith(b"FDST"):
        return length
    start, end = field(record, ">II", 12)
    return end if start < end else length


def _number(name: bytes) -> int:
    if not name.isdigit():
        raise DamagedDocument(why=STRUCTURE)
    return int(name)


# --- indexes -------------------------------------------------------------------------------------


def _entries(database: Database, number: int) -> Iterator[_Entry]:
    head = database[number]
    if not head.startswith(b"INDX"):
        raise DamagedDocument(why=STRUCTURE)
    length, records = field(head, ">I16xI", 4)
    control, tags = _tags(head, length)
    count = 0
    for at in range(1, records + 1):
        record = database[number + at]
        (places, entries) = field(record, ">II", 20)
        bounds = [*field(record, f">{min(entries, len(record))}H", places + 4), places]
        for start, end in pairwise(bounds):
            count += 1
            if count > _MOST_ENTRIES:
                raise DamagedDocument(why=STRUCTURE)
            yield _entry(record[start:end], control, tags)


def _tags(head: bytes, place: int) -> tuple[int, list[_Tag]]:
    """How many bytes of each entry say what it has, and what it may have."""
    if head[place : place + 4] != b"TAGX":
        raise DamagedDocument(why=STRUCTURE)
    end, control = field(head, ">II", place + 4)
    found = [
        _Tag(tag, values, mask, bool(is_end))
        for tag, values, mask, is_end in (
            field(head, ">4B", at) for at in range(place + 12, min(place + end, len(head)), 4)
        )
    ]
    return control, found


def _entry(data: bytes, control: int, tags: list[_Tag]) -> _Entry:
    name = data[1 : 1 + data[0]] if data else b""
    start = 1 + len(name)
    numbers = _Numbers(data, start + control)
    wanted: list[tuple[_Tag, int, bool]] = []
    byte = start
    for tag in tags:
        if tag.is_end:
            byte += 1
            continue
        bits = (data[byte] if byte < len(data) else 0) & tag.mask
        if bits and bits == tag.mask and tag.mask.bit_count() > 1:
            wanted.append((tag, numbers.next(), True))  # so many bytes of values
        elif bits:
            wanted.append((tag, bits >> (tag.mask & -tag.mask).bit_length() - 1, False))
    said: dict[int, list[int]] = {}
    for tag, amount, in_bytes in wanted:
        if in_bytes:
            said[tag.tag] = numbers.until(numbers.at + amount)
        else:
            said[tag.tag] = [numbers.next() for _ in range(amount * tag.values)]
    return _Entry(name, said)


class _Numbers:
    """Numbers of seven bits a byte, the last byte with its highest bit set."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data = data
        self.at = at

    def next(self) -> int:
        value = 0
        for byte in self._data[self.at : self.at + 5]:
            self.at += 1
            value = value << 7 | byte & 0x7F
            if byte & 0x80:
                break
        return value

    def until(self, end: int) -> list[int]:
        found: list[int] = []
        while self.at < min(end, len(self._data)):
            found.append(self.next())
        return found
