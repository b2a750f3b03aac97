"""The records of a Palm database, as books of Mobipocket and Kindle are made of, and their text.

A text is packed record by record: not at all, by PalmDOC's back references, or by a code of phrases
(HUFF and CDIC records). Behind the packed text of a record stand entries that are not text.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from strongroom_engine.errors import DamagedDocument, UnsupportedFormat
from strongroom_engine.indexing.parse.files import check_size
from strongroom_engine.indexing.parse.runs import say_again

STRUCTURE = "it does not have the structure of a book"
NONE = 0xFFFFFFFF
"""Stands where a record would be named."""

_COUNT = 76
_PLAIN, _PALMDOC, _PHRASES = 1, 2, 17_480
_LONGEST_RECORD = 1 << 20
"""Unpacked; they are 4,096 bytes long."""
_MOST_NESTED = 32
"""So deep may phrases be made of phrases."""


@dataclass(frozen=True, slots=True)
class Header:
    """What the first record says. `version` is 0 where it is no Mobipocket book but plain PalmDOC;
    numbers of records are `NONE` where there is none."""

    compression: int
    size: int
    texts: int
    version: int
    encoding: str
    trailers: int
    phrases: int
    phrase_records: int
    name: str
    flows: int
    fragments: int
    skeletons: int


class Database:
    """The records. Raises `DamagedDocument` where it is cut off before its first one ends."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        (count,) = field(data, ">H", _COUNT)
        places = [field(data, ">I", _COUNT + 2 + 8 * at)[0] for at in range(count)]
        if not places or places != sorted(places):
            raise DamagedDocument(why=STRUCTURE)
        self._places = [*places, len(data)]
        self.header = _header(self[0])

    def __getitem__(self, number: int) -> bytes:
        if not 0 <= number < len(self._places) - 1:
            raise DamagedDocument(why=STRUCTURE)
        return self._data[self._places[number] : self._places[number + 1]]

    def text(self, limit_bytes: int) -> bytes:
        """The whole text, in the book's encoding. Raises `TooLarge`, and `UnsupportedFormat` where
        it is packed in a way that nobody knows."""
        check_size(self.header.size, limit_bytes)
        text = bytearray()
        for part in self._parts():
            text += part
            check_size(len(text), limit_bytes)
        return bytes(text)

    def _parts(self) -> Iterator[bytes]:
        header = self.header
        phrases = self._phrases() if header.compression == _PHRASES else None
        for number in range(1, header.texts + 1):
            packed = _without_trailers(self[number], header.trailers)
            if header.compression == _PLAIN:
                yield packed
            elif header.compression == _PALMDOC:
                yield _unpacked(packed)
            elif phrases is not None:
                yield phrases.unpacked(packed)
            else:
                raise UnsupportedFormat(kind="a file that is packed in a way that is not read")

    def _phrases(self) -> _Phrases:
        first = self.header.phrases
        return _Phrases(
            self[first], [self[first + at] for at in range(1, self.header.phrase_records)]
        )


def field(data: bytes, form: str, place: int) -> tuple[int, ...]:
    """Numbers at a place; raises `DamagedDocument` where the data ends before."""
    try:
        return struct.unpack_from(form, data, place)
    except struct.error as exc:
        raise DamagedDocument(why=STRUCTURE) from exc


def _header(record: bytes) -> Header:
    compression, size, texts, encryption = field(record, ">H2xIH2xH", 0)
    if encryption:
        raise UnsupportedFormat(kind="a book with copy protection (DRM)")
    length = field(record, ">I", 0x14)[0] if record[0x10:0x14] == b"MOBI" else 0

    def said(form: str, place: int, otherwise: int) -> int:
        return field(record, form, place)[0] if 0x10 + length > place else otherwise

    version = said(">I", 0x24, 0)
    is_kf8 = version >= 8
    name, name_length = said(">I", 0x54, 0), said(">I", 0x58, 0)
    encoding = {65_001: "utf-8", 1_252: "cp1252"}.get(said(">I", 0x1C, 0), "")
    return Header(
        compression=compression,
        size=size,
        texts=texts,
        version=version,
        encoding=encoding,
        trailers=said(">H", 0xF2, 0),
        phrases=said(">I", 0x70, NONE),
        phrase_records=said(">I", 0x74, 0),
        name=record[name : name + min(name_length, 1000)].decode(encoding or "utf-8", "replace"),
        flows=said(">I", 0xC0, NONE) if is_kf8 else NONE,
        fragments=said(">I", 0xF8, NONE) if is_kf8 else NONE,
        skeletons=said(">I", 0xFC, NONE) if is_kf8 else NONE,
    )


def _without_trailers(record: bytes, flags: int) -> bytes:
    """Each flag but the first says that an entry stands at the end, its size in its last bytes;
    the first that bytes of a character stand there that is in the next record, too."""
    for _ in range((flags >> 1).bit_count()):
        size = 0
        for byte in record[-4:]:
            size = (0 if byte & 0x80 else size) << 7 | byte & 0x7F
        record = record[: len(record) - size] if size else record
    return record[: -(record[-1] & 3) - 1] if flags & 1 and record else record


def _unpacked(packed: bytes) -> bytes:
    """PalmDOC: bytes that stand for themselves, a space and a letter, or what was said before."""
    text = bytearray()
    at = 0
    while at < len(packed):
        byte = packed[at]
        at += 1
        if 1 <= byte <= 8:
            text += packed[at : at + byte]
            at += byte
        elif byte < 0x80:
            text.append(byte)
        elif byte >= 0xC0:
            text += bytes((0x20, byte ^ 0x80))
        elif at < len(packed):
            pair = byte << 8 | packed[at]
            at += 1
            _repeat(text, pair >> 3 & 0x7FF, (pair & 7) + 3)
    return bytes(text)


def _repeat(text: bytearray, back: int, length: int) -> None:
    if 0 < back <= len(text):
        say_again(text, len(text) - back, length)


class _Phrases:
    """A code of 1 to 32 bits for phrases, the longest for the rarest; phrases may be coded, too."""

    def __init__(self, codes: bytes, dictionaries: list[bytes]) -> None:
        if not codes.startswith(b"HUFF"):
            raise DamagedDocument(why=STRUCTURE)
        by_byte, by_length = field(codes, ">II", 8)
        self._by_byte = field(codes, ">256I", by_byte)
        limits = field(codes, ">64I", by_length)
        self._least = (0, *(limits[2 * n] << (31 - n) for n in range(32)))
        self._most = (0, *(((limits[2 * n + 1] + 1) << (31 - n)) - 1 for n in range(32)))
        self._phrases: list[bytes] = []
        self._coded: set[int] = set()
        for dictionary in dictionaries:
            self._learn(dictionary)

    def _learn(self, dictionary: bytes) -> None:
        if not dictionary.startswith(b"CDIC"):
            raise DamagedDocument(why=STRUCTURE)
        total, bits = field(dictionary, ">II", 8)
        count = max(min(1 << min(bits, 20), total - len(self._phrases)), 0)
        for place in field(dictionary, f">{count}H", 16):
            (length,) = field(dictionary, ">H", 16 + place)
            if not length & 0x8000:
                self._coded.add(len(self._phrases))
            start = 18 + place
            self._phrases.append(dictionary[start : start + (length & 0x7FFF)])

    def unpacked(self, packed: bytes, depth: int = 0) -> bytes:
        if depth > _MOST_NESTED:
            raise DamagedDocument(why=STRUCTURE)
        text = bytearray()
        for number in self._numbers(packed):
            text += self._phrase(number, depth)
            if len(text) > _LONGEST_RECORD:
                raise DamagedDocument(why=STRUCTURE)
        return bytes(text)

    def _phrase(self, number: int, depth: int) -> bytes:
        if number >= len(self._phrases):
            raise DamagedDocument(why=STRUCTURE)
        if number in self._coded:
            self._phrases[number] = self.unpacked(self._phrases[number], depth + 1)
            self._coded.discard(number)
        return self._phrases[number]

    def _numbers(self, packed: bytes) -> Iterator[int]:
        """The phrases that the bits of the record stand for."""
        left, padded, at = 8 * len(packed), packed + bytes(8), 0
        while left > 0:
            window = int.from_bytes(padded[at >> 3 : (at >> 3) + 5], "big")
            code = window >> (8 - (at & 7)) & 0xFFFFFFFF
            said = self._by_byte[code >> 24]
            length = said & 0x1F
            most = (((said >> 8) + 1) << (32 - length)) - 1
            if not said & 0x80:
                while length < 32 and code < self._least[length]:
                    length += 1
                most = self._most[length]
            if not length:
                raise DamagedDocument(why=STRUCTURE)
            at, left = at + length, left - length
            if left >= 0:
                yield (most - code) >> (32 - length)
