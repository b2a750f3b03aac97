"""CSV and TSV, in whatever dialect: the one in which the lines agree best on their columns."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from strongroom_engine.errors import DamagedDocument, EmptyDocument
from strongroom_engine.indexing.parse.clean import has_words, one_line
from strongroom_engine.indexing.parse.markup.text import read_text
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.indexing.parse.sheets import grid
from strongroom_engine.sentences.left_out import TOO_MANY_ROWS
from strongroom_engine.types import Document, LeftOut, Page

MEDIA_TYPE = "text/csv"
SAMPLE_LINES = 60
DELIMITERS = ",;\t|"


def parse(file: OpenFile) -> Document:
    """Raises `EmptyDocument`, and `DamagedDocument` where a field never ends."""
    text = read_text(file.file)
    delimiter = delimiter_of(text)
    try:
        rows, beyond = grid.limited(_rows(text, delimiter), grid.MAX_ROWS)
    except csv.Error as exc:
        raise DamagedDocument(why="it is cut off or broken, and nothing in it can be read") from exc
    written = grid.Written()
    grid.write(written, "", rows, level=1)
    if not has_words(written.builder.text):
        raise EmptyDocument
    return Document(
        title=one_line(file.stem),
        media_type=MEDIA_TYPE,
        pages=(Page(1, written.builder.text),),
        paged=False,
        tables=written.builder.tables,
        places=tuple(written.places),
        sheets=tuple(written.tables),
        left_out=(LeftOut(TOO_MANY_ROWS(), beyond),) if beyond else (),
        parser="csv",
    )


def _rows(text: str, delimiter: str) -> Iterator[grid.Row]:
    csv.field_size_limit(1 << 24)
    lines = io.StringIO(text, newline="")
    for number, cells in enumerate(csv.reader(lines, delimiter=delimiter), 1):
        yield grid.Row(number, tuple(cell.strip() for cell in cells))


def delimiter_of(text: str) -> str:
    """What stands between the cells. (`csv.Sniffer` takes letters for it.)"""
    head = text[: 1 << 16]
    return max(DELIMITERS, key=lambda delimiter: _agreement(head, delimiter))


def _agreement(text: str, delimiter: str) -> float:
    """How many lines have the usual number of cells, weighted by that number."""
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        lengths = [len(row) for row, _ in zip(reader, range(SAMPLE_LINES), strict=False) if row]
    except csv.Error:
        return 0.0
    if not lengths:
        return 0.0
    usual, count = Counter(lengths).most_common(1)[0]
    return count / len(lengths) * (1 - 1 / usual)
