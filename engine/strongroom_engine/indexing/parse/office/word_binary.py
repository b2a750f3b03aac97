"""The binary files of Word 97 to 2003 (MS-DOC): their text by pieces, and how its parts look.

The text of a document is put together from pieces anywhere in the stream 'WordDocument'. A place in
it is counted in characters (cp), a place in the stream in bytes (fc). How characters and paragraphs
look is said of ranges of bytes, in pages of 512 bytes (FKP).
"""

from __future__ import annotations

import re
import struct
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import accumulate

from strongroom_engine.errors import DamagedDocument
from strongroom_engine.indexing.parse.files import check_size

STRUCTURE = "it does not have the structure of a Word document"
WORD_97 = 0xA5EC
_OLDER = frozenset({0xA5DB, 0xA5DC})
_FIRST_97 = 105
"""Files with a lower number (nFib) are of Word 6 and 95."""
_PAGE = 512
_PAIRS = 0x9A
"""Where in the header the places of its tables stand, each with its length."""
STYLES, CHARACTERS, PARAGRAPHS, PIECES = 1, 12, 13, 33
FOOTNOTES, ENDNOTES, COMMENTS = (2, 3), (46, 47), (4, 5)
MAX_LEVEL = 9
_TITLE_STYLE = 62
_TOO_SMALL = 4
"""In half points, as in `docx_hidden`."""
_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_TABLE_DEFINITION = 0xD608
_MARK = re.compile("[\r\x07\x0c]")
"""Ends a paragraph, a cell or a row, a section."""


@dataclass(frozen=True, slots=True)
class Look:
    """How characters or paragraphs look, as far as it matters here; None: it is not said."""

    is_deleted: bool | None = None
    is_hidden: bool | None = None
    style: int | None = None
    outline: int | None = None
    list_number: int | None = None
    in_table: bool | None = None
    is_row_end: bool | None = None
    is_header_row: bool | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    start: int
    """In characters; it ends where the next one starts."""
    end: int
    place: int
    width: int
    """Bytes of a character: 1 or 2."""
    look: Look


@dataclass(frozen=True, slots=True)
class Lengths:
    """In characters, of the parts of the text in their order."""

    main: int
    footnotes: int
    margins: int
    macros: int
    comments: int
    endnotes: int
    boxes: int
    margin_boxes: int


@dataclass(slots=True)
class Paragraph:
    """[start, end) are its characters without the `mark` that ends it."""

    start: int
    end: int
    mark: str
    look: Look
    level: int = 0
    is_item: bool = False


@dataclass(slots=True)
class _Style:
    kind: int
    number: int
    """As Word numbers its own styles; 1 to 9 are headings."""
    base: int
    look: Look = field(default_factory=Look)


class WordFile:
    """`word` and `tables` are the contents of the streams 'WordDocument' and '0Table' or '1Table'."""

    def __init__(self, word: bytes, tables: bytes, limit_bytes: int) -> None:
        self._word = word
        self._tables = tables
        self.lengths = Lengths(*struct.unpack_from("<8i", word, 0x4C))
        if any(length < 0 for length in vars_of(self.lengths)):
            raise DamagedDocument(why=STRUCTURE)
        self._properties: list[bytes] = []
        self.pieces = list(self._read_pieces())
        check_size(2 * sum(piece.end - piece.start for piece in self.pieces), limit_bytes)
        self.text = "".join(self._decoded(piece) for piece in self.pieces)
        self._starts = [piece.start for piece in self.pieces]
        self._styles = _styles(self.table(STYLES))
        self._looks = _Pages(word, self.table(PARAGRAPHS), is_paragraphs=True)
        self.hidden, self.deleted = self._unseen()

    def table(self, number: int) -> bytes:
        place, length = struct.unpack_from("<II", self._word, _PAIRS + 8 * number)
        return self._tables[place : place + length]

    # --- pieces ----------------------------------------------------------------------------------

    def _read_pieces(self) -> Iterator[Piece]:
        """The pieces, and on the way the properties that they may refer to."""
        data, place = self.table(PIECES), 0
        while data[place : place + 1] == b"\1":
            (size,) = struct.unpack_from("<H", data, place + 1)
            self._properties.append(data[place + 3 : place + 3 + size])
            place += 3 + size
        if data[place : place + 1] != b"\2":
            raise DamagedDocument(why=STRUCTURE)
        (size,) = struct.unpack_from("<I", data, place + 1)
        yield from self._pieces_of(data[place + 5 : place + 5 + size])

    def _pieces_of(self, data: bytes) -> Iterator[Piece]:
        count = (len(data) - 4) // 12
        bounds = struct.unpack_from(f"<{count + 1}I", data)
        reached = 0
        for number in range(count):
            start, end = bounds[number : number + 2]
            where, said = struct.unpack_from("<IH", data, 4 * (count + 1) + 8 * number + 2)
            width = 1 if where & 0x40000000 else 2
            place = where & 0x3FFFFFFF
            place = place // 2 if width == 1 else place
            # What lies beyond the end of the stream is not there.
            end = min(end, start + max(len(self._word) - place, 0) // width)
            if start == reached and end > start:
                yield Piece(start, end, place, width, self._piece_look(said))
                reached = end

    def _piece_look(self, said: int) -> Look:
        """Changes of the whole piece, which Word notes with it when it saves fast."""
        if said & 1:
            number = said >> 1
            return _look(self._properties[number]) if number < len(self._properties) else Look()
        operation, value = said >> 1 & 0x7F, bool(said >> 8)
        if operation == 0x41:
            return Look(is_deleted=value)
        return Look(is_hidden=value) if operation == 0x5C else Look()

    def _decoded(self, piece: Piece) -> str:
        """A character for each that is counted: halves of pairs (surrogates) stay alone."""
        count = piece.end - piece.start
        data = self._word[piece.place : piece.place + count * piece.width]
        if piece.width == 1:
            return data.decode("cp1252", "replace")
        units = array("H", data)
        if struct.pack("=H", 1) != b"\1\0":
            units.byteswap()
        return "".join(map(chr, units))

    # --- looks -----------------------------------------------------------------------------------

    def _unseen(self) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """The ranges of characters that are hidden, and those that a change deleted."""
        pages = _Pages(self._word, self.table(CHARACTERS), is_paragraphs=False)
        hidden, deleted = list[tuple[int, int]](), list[tuple[int, int]]()
        for piece in self.pieces:
            last = piece.place + (piece.end - piece.start) * piece.width
            for start, end, own in pages.between(piece.place, last):
                look = _over(own, piece.look)
                span = tuple(
                    piece.start + (place - piece.place) // piece.width for place in (start, end)
                )
                if look.is_deleted:
                    deleted.append((span[0], span[1]))
                elif self._is_hidden(look):
                    hidden.append((span[0], span[1]))
        return hidden, deleted

    def _is_hidden(self, look: Look) -> bool:
        if look.is_hidden is None and look.style is not None:
            return bool(self._style_look(look.style).is_hidden)
        return bool(look.is_hidden)

    def paragraphs(self, start: int, end: int) -> Iterator[Paragraph]:
        """The paragraphs of [start, end) of the text."""
        end = min(end, len(self.text))
        while start < end:
            found = _MARK.search(self.text, start, end)
            mark = found.start() if found else end
            yield self._paragraph(start, mark)
            start = mark + 1

    def _paragraph(self, start: int, end: int) -> Paragraph:
        piece = self.pieces[max(bisect_right(self._starts, end) - 1, 0)]
        own = self._looks.at(piece.place + (end - piece.start) * piece.width)
        look = _over(own, piece.look)
        style = self._style_look(look.style or 0)
        look = _over(style, look)
        return Paragraph(
            start,
            end,
            self.text[end : end + 1],
            look,
            self._level(look),
            bool(look.list_number),
        )

    def _level(self, look: Look) -> int:
        if look.outline is not None:
            return look.outline + 1 if look.outline < MAX_LEVEL else 0
        for number in self._bases(look.style or 0):
            kind = self._styles[number].number
            if 1 <= kind <= MAX_LEVEL:
                return kind
            if kind == _TITLE_STYLE:
                return 1
        return 0

    def _bases(self, number: int) -> Iterator[int]:
        """A style, and those that it is based on."""
        for _ in range(MAX_LEVEL):  # they may be based on each other in a circle
            if number not in self._styles:
                return
            yield number
            number = self._styles[number].base

    def _style_look(self, number: int) -> Look:
        look = Look()
        for base in self._bases(number):
            look = _over(self._styles[base].look, look)
        return look


def vars_of(lengths: Lengths) -> tuple[int, ...]:
    return tuple(getattr(lengths, name) for name in Lengths.__slots__)


def check_header(word: bytes) -> int:
    """The flags of the file. Raises `DamagedDocument` for what is no Word document."""
    if len(word) < _PAIRS + 8 * 60:
        raise DamagedDocument(why=STRUCTURE)
    kind, _, flags = struct.unpack_from("<HH6xH", word)
    if kind not in {WORD_97, *_OLDER}:
        raise DamagedDocument(why=STRUCTURE)
    return int(flags)


def is_older(word: bytes) -> bool:
    """Whether the file is one of Word 6 or 95."""
    kind, version = struct.unpack_from("<HH", word)
    return kind in _OLDER or version < _FIRST_97


def ranges(data: bytes, entry_bytes: int) -> tuple[int, ...]:
    """The places of a table (PLC): counted ones, with an entry of some bytes for each but the last."""
    count = max((len(data) - 4) // (4 + entry_bytes), 0)
    return struct.unpack_from(f"<{count + 1}I", data) if len(data) >= 4 else ()


class _Pages:
    """What is said of ranges of bytes of the stream, which are read as they are needed."""

    def __init__(self, word: bytes, table: bytes, *, is_paragraphs: bool) -> None:
        count = max((len(table) - 4) // 8, 0)
        self._word = word
        self._is_paragraphs = is_paragraphs
        self._pages = struct.unpack_from(f"<{count}I", table, 4 * (count + 1)) if count else ()
        self._firsts = struct.unpack_from(f"<{count}I", table) if count else ()
        self._known: dict[int, list[tuple[int, int, Look]]] = {}

    def at(self, place: int) -> Look:
        number = bisect_right(self._firsts, place) - 1
        for start, end, look in self._runs(number) if number >= 0 else ():
            if start <= place < end:
                return look
        return Look()

    def between(self, first: int, last: int) -> Iterator[tuple[int, int, Look]]:
        """The ranges that lie in [first, last), cut to it."""
        number = max(bisect_right(self._firsts, first) - 1, 0)
        while number < len(self._firsts) and self._firsts[number] < last:
            for start, end, look in self._runs(number):
                if start < last and end > first:
                    yield max(start, first), min(end, last), look
            number += 1

    def _runs(self, number: int) -> list[tuple[int, int, Look]]:
        if number not in self._known:
            start = (self._pages[number] & 0x3FFFFF) * _PAGE
            page = self._word[start : start + _PAGE]
            self._known[number] = list(self._read(page)) if len(page) == _PAGE else []
        return self._known[number]

    def _read(self, page: bytes) -> Iterator[tuple[int, int, Look]]:
        count, entry = page[-1], 13 if self._is_paragraphs else 1
        if 4 * (count + 1) + entry * count >= _PAGE:
            return
        bounds = struct.unpack_from(f"<{count + 1}I", page)
        for number in range(count):
            place = 2 * page[4 * (count + 1) + entry * number]
            look = self._look(page, place) if place else Look()
            yield bounds[number], bounds[number + 1], look

    def _look(self, page: bytes, place: int) -> Look:
        size = page[place]
        if not self._is_paragraphs:
            return _look(page[place + 1 : place + 1 + size])
        size, place = (2 * size - 1, place + 1) if size else (2 * page[place + 1], place + 2)
        data = page[place : place + size]
        if len(data) < 2:
            return Look()
        return _over(Look(style=int.from_bytes(data[:2], "little")), _look(data[2:]))


def _over(below: Look, above: Look) -> Look:
    """What both say, and where they disagree what `above` says."""
    said = {name: value for name in Look.__slots__ if (value := getattr(above, name)) is not None}
    return replace(below, **said) if said else below


def _look(data: bytes) -> Look:
    """What a list of properties (sprms) says."""
    said: dict[str, bool | int] = {}
    for operation, value in _operations(data):
        number = int.from_bytes(value[:2], "little")
        if operation in _FLAGS:
            # 0x80 and 0x81 mean what the style says, and the contrary.
            said[_FLAGS[operation]] = number & 0xFF in {1, 0x81}
        elif operation in _NUMBERS:
            said[_NUMBERS[operation]] = number
        elif operation == 0x4A43 and number < _TOO_SMALL:
            said["is_hidden"] = True
    return Look(**said)  # type: ignore[arg-type]  # the names say which are flags


_FLAGS = {
    0x0800: "is_deleted",
    0x083C: "is_hidden",
    0x2416: "in_table",
    0x2417: "is_row_end",
    0x3404: "is_header_row",
}
_NUMBERS = {0x4600: "style", 0x4A30: "style", 0x2640: "outline", 0x460B: "list_number"}


def _operations(data: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place + 2 < len(data):
        operation = int.from_bytes(data[place : place + 2], "little")
        place += 2
        size = _SIZES.get(operation >> 13)
        if operation == _TABLE_DEFINITION:
            size = int.from_bytes(data[place : place + 2], "little") - 1
            place += 2
        elif size is None:
            size = data[place]
            place += 1
        if size < 0:
            return
        value = data[place : place + size]
        place += size
        # One byte is a number of one byte.
        yield operation, value if size != 1 else value + b"\0"


def _styles(data: bytes) -> dict[int, _Style]:
    """The styles by their number in the file."""
    if len(data) < 6:
        return {}
    header, count, base_bytes = struct.unpack_from("<HHH", data)
    place = 2 + header
    found: dict[int, _Style] = {}
    for number in range(count):
        if place + 2 > len(data):
            break
        (size,) = struct.unpack_from("<H", data, place)
        if size:
            style = _style(data[place + 2 : place + 2 + size], base_bytes)
            if style is not None:
                found[number] = style
        place += 2 + size
    return found


def _style(data: bytes, base_bytes: int) -> _Style | None:
    if len(data) < base_bytes + 2 or base_bytes < 6:
        return None
    named, based, count = struct.unpack_from("<HHH", data)
    style = _Style(based & 0xF, named & 0xFFF, based >> 4)
    (letters,) = struct.unpack_from("<H", data, base_bytes)
    place = base_bytes + 2 + 2 * letters + 2
    for number in range(count & 0xF):
        place += place & 1
        if place + 2 > len(data):
            break
        (size,) = struct.unpack_from("<H", data, place)
        part = data[place + 2 : place + 2 + size]
        # Of a paragraph's style the first part is of the paragraph, and begins with its number.
        is_paragraph = style.kind == 1 and number == 0
        style.look = _over(
            style.look, replace(_look(part[2:] if is_paragraph else part), style=None)
        )
        place += 2 + size
    return style


def offsets(lengths: Lengths) -> list[int]:
    """Where each part of the text begins, and where the last one ends."""
    return list(accumulate(vars_of(lengths), initial=0))
