"""CSV and TSV, in whatever dialect: the one in which the lines agree best on their columns."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice

from strongroom_engine.errors import DamagedDocument, EmptyDocument
from strongroom_engine.indexing.parse.clean import has_words, one_line
from strongroom_engine.indexing.parse.markup.text import read_text
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.indexing.parse.sheets import grid
from strongroom_engine.indexing.parse.sheets.cells import Row, Sheet
from strongroom_engine.indexing.parse.sheets.cells import text as text_of
from strongroom_engine.sentences import left_out
from strongroom_engine.types import Document, LeftOut, Page

MEDIA_TYPE = "text/csv"
SAMPLE_LINES = 60
SAMPLE_CHARACTERS = 1 << 16
DELIMITERS = ",;\t|"
MAX_FIELD = 1 << 28
MAX_KNOWN = 100_000
"""Different texts that are kept once for all cells with them."""
MAX_CELL_LINES = 500
"""Lines of a cell; one with more began with a mark that was meant as no quote."""
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_SAID = re.compile(r"sep=(.)(?:\r\n|\r|\n|$)", re.IGNORECASE)
"""The first line by which a file tells Excel what stands between its cells."""
_COMMENT = "#"


@dataclass(frozen=True, slots=True)
class Dialect:
    """`usual` is how many cells most lines have."""

    delimiter: str
    usual: int
    escaped: bool = False
    quoted: bool = True

    def reader(self, lines: Iterable[str]) -> Iterator[list[str]]:
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            escapechar="\\" if self.escaped else None,
            doublequote=not self.escaped,
            quoting=csv.QUOTE_MINIMAL if self.quoted else csv.QUOTE_NONE,
        )


class _NeverEnds(Exception):
    """A mark was taken for the beginning of a quoted cell, and is none."""


def parse(file: OpenFile) -> Document:
    """Raises `EmptyDocument`, and `DamagedDocument` where a field never ends."""
    text = read_text(file.file)
    dialect = dialect_of(text)
    try:
        rows, beyond = _read(text, dialect)
    except csv.Error as exc:
        raise DamagedDocument(why="it is cut off or broken, and nothing in it can be read") from exc
    del text
    written = grid.Written()
    grid.write(written, Sheet("", rows, delimiter=dialect.delimiter), level=1)
    if not has_words(written.builder.text):
        raise EmptyDocument
    said = (left_out.TOO_MANY_ROWS(), beyond), (left_out.TWO_READINGS(), written.open_columns)
    return Document(
        title=one_line(file.stem),
        media_type=MEDIA_TYPE,
        pages=(Page(1, written.builder.text),),
        paged=False,
        tables=written.builder.tables,
        places=tuple(written.places),
        sheets=tuple(written.tables),
        left_out=tuple(LeftOut(what, count) for what, count in said if count),
        parser="csv",
    )


def _read(text: str, dialect: Dialect) -> tuple[list[Row], int]:
    """The rows, and how many of them there is no room for."""
    csv.field_size_limit(MAX_FIELD)
    try:
        room = grid.Room()
        return room.take(_rows(text, dialect)), room.beyond
    except _NeverEnds:
        room = grid.Room()
        return room.take(_rows(text, replace(dialect, quoted=False))), room.beyond


def _lines(text: str) -> Iterator[str]:
    """The lines with their ends, without a second copy of the text."""
    said = _SAID.match(text)
    return (match[0] for match in _LINE.finditer(text, said.end() if said else 0))


def _rows(text: str, dialect: Dialect) -> Iterator[Row]:
    """The rows, numbered as spreadsheet programs number them: a cell may have several lines, and
    the line that names the delimiter is none."""
    lines, above = _lines(text), 0
    for line in lines:
        if not _is_comment(line, dialect):
            lines = chain((line,), lines)
            break
        above += 1
        yield Row(above, (text_of(line),))
    known: dict[str, str] = {}
    for number, cells in enumerate(dialect.reader(lines), above + 1):
        if max(map(len, cells), default=0) > MAX_CELL_LINES:
            _check_lines(cells)
        yield Row(number, tuple(_once(text_of(cell), known) for cell in cells))


def _check_lines(cells: list[str]) -> None:
    """Raise `_NeverEnds` where a cell has too many lines."""
    if any(cell.count("\n") > MAX_CELL_LINES for cell in cells):
        raise _NeverEnds


def _once(text: str, known: dict[str, str]) -> str:
    """The text, in memory once for many cells."""
    return known.setdefault(text, text) if len(known) < MAX_KNOWN else known.get(text, text)


def _is_comment(line: str, dialect: Dialect) -> bool:
    """Whether the line says something of the table above it, and is not its header."""
    if not line.startswith(_COMMENT):
        return False
    return line.startswith(f"{_COMMENT} ") or len(next(dialect.reader([line]))) != dialect.usual


def dialect_of(text: str) -> Dialect:
    """How the cells are written. (`csv.Sniffer` takes letters for what stands between them.)"""
    head = text[:SAMPLE_CHARACTERS]
    escaped = '\\"' in head and '""' not in head
    said = _SAID.match(head)
    tried = [
        (Dialect(delimiter, usual, escaped), share)
        for delimiter in (said[1] if said else DELIMITERS)
        for usual, share in [_agreement(head, Dialect(delimiter, 0, escaped))]
    ]
    return max(tried, key=lambda pair: pair[1])[0]


def _agreement(text: str, dialect: Dialect) -> tuple[int, float]:
    """The usual number of cells, and how many lines have it, weighted by that number."""
    try:
        lines = (line for line in _lines(text) if not line.startswith(_COMMENT))
        lengths = [len(row) for row in islice(dialect.reader(lines), SAMPLE_LINES) if row]
    except csv.Error:
        return 1, 0.0
    if not lengths:
        return 1, 0.0
    usual, count = Counter(lengths).most_common(1)[0]
    return usual, count / len(lengths) * (1 - 1 / usual)
