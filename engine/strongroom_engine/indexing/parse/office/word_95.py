"""Files of Word 6 and 95: their text, which lies in one piece, and where its paragraphs and cells end.

How it looks is not read. Such files say nothing of their encoding but the language of the program.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import replace

from strongroom_engine.errors import DamagedDocument, UnsupportedFormat
from strongroom_engine.indexing.parse.decode import SAMPLE_BYTES
from strongroom_engine.indexing.parse.office.word_binary import (
    STRUCTURE,
    Lengths,
    Look,
    Paragraph,
)

KIND = "a Word document from before 1997 (DOC)"
_SAVED_FAST, _ENCRYPTED = 0x0004, 0x0100
_END = re.compile("[\r\x07\x0c]")
_CELL = "\x07"
_MAX_COLUMNS = 32
_CONTROLS = re.compile(rb"[\x00-\x1f]+")
# By the language of the program, as Windows numbers languages.
_ENCODINGS = {
    0x0401: "cp1256", 0x0402: "cp1251", 0x0404: "cp950", 0x0405: "cp1250", 0x0408: "cp1253",
    0x040D: "cp1255", 0x040E: "cp1250", 0x0411: "cp932", 0x0412: "cp949", 0x0415: "cp1250",
    0x0418: "cp1250", 0x0419: "cp1251", 0x041A: "cp1250", 0x041B: "cp1250", 0x041F: "cp1254",
    0x0422: "cp1251", 0x0423: "cp1251", 0x0424: "cp1250", 0x0804: "gbk",
}  # fmt: skip
_MANY_HIGH = 0.3
"""Share of bytes that are no ASCII above which a text is in no Western encoding."""


class Word95File:
    """Has what `WordFile` has, as far as there is such a thing. `word` is the main stream."""

    hidden: list[tuple[int, int]] = []  # noqa: RUF012  # never filled
    deleted: list[tuple[int, int]] = []  # noqa: RUF012  # never filled

    def __init__(self, word: bytes) -> None:
        language, flags = struct.unpack_from("<H2xH", word, 6)
        if flags & (_SAVED_FAST | _ENCRYPTED):
            raise UnsupportedFormat(kind=KIND)
        (start,) = struct.unpack_from("<I", word, 0x18)
        sizes = struct.unpack_from("<8i", word, 0x34)
        if any(size < 0 for size in sizes):
            raise DamagedDocument(why=STRUCTURE)
        encoding = _encoding(word[start : start + sum(sizes)], language)
        parts = []
        for size in sizes:
            parts.append(word[start : start + size].decode(encoding, "replace"))
            start += size
        self.text = "".join(parts)
        self.lengths = Lengths(*map(len, parts))

    def table(self, number: int) -> bytes:  # noqa: ARG002  # there are none
        return b""

    def paragraphs(self, start: int, end: int) -> Iterator[Paragraph]:
        cells: list[Paragraph] = []
        for paragraph in self._split(start, min(end, len(self.text))):
            if paragraph.mark == _CELL:
                cells.append(paragraph)
                continue
            yield from _rows(cells)
            cells = []
            yield paragraph
        yield from _rows(cells)

    def _split(self, start: int, end: int) -> Iterator[Paragraph]:
        while start < end:
            found = _END.search(self.text, start, end)
            stop = found.start() if found else end
            yield Paragraph(start, stop, self.text[stop : stop + 1], Look())
            start = stop + 1


def _rows(cells: list[Paragraph]) -> Iterator[Paragraph]:
    """The cells of a table, with the ends of its rows marked: one more mark, with nothing before
    it, stands at the end of each; where rows are of one length, that tells it from an empty cell."""
    fitting = (
        length
        for length in range(2, min(len(cells), _MAX_COLUMNS) + 1)
        if len(cells) % length == 0
        and all(cell.start == cell.end for cell in cells[length - 1 :: length])
    )
    length = next(fitting, 0)
    was_cell = False
    for number, cell in enumerate(cells, 1):
        is_empty = cell.start == cell.end
        is_end = number % length == 0 if length else is_empty and was_cell
        was_cell = not is_end
        yield replace(cell, look=Look(in_table=True, is_row_end=is_end))


def _encoding(text: bytes, language: int) -> str:
    if language in _ENCODINGS:
        return _ENCODINGS[language]
    words = _CONTROLS.sub(b" ", text[:SAMPLE_BYTES])
    high = sum(byte > 0x7F for byte in words)
    if high > _MANY_HIGH * len(words):
        from charset_normalizer import from_bytes

        found = from_bytes(words, cp_isolation=[*sorted(set(_ENCODINGS.values()))]).best()
        return found.encoding if found else "cp1252"
    return "cp1252"
