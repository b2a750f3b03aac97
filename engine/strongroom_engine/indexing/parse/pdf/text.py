"""The text of a PDF page, and where each character of it stands on the page.

`extract` (for the index) and `extract_with_places` (for drawing) ask MuPDF for the same text
page, once without and once with the box of every character, and `assemble` turns both into the
same text by the same steps. So the place of a citation comes from the extraction that gave its
text, and is never searched for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pymupdf

from strongroom_engine.errors import DamagedDocument
from strongroom_engine.indexing.parse.clean import plain
from strongroom_engine.indexing.parse.pdf.notes import Box, added
from strongroom_engine.indexing.parse.pdf.order import (
    columns_apart,
    is_thin,
    needs_places,
    put_letters_right,
    said,
)
from strongroom_engine.indexing.parse.pdf.rows import BEGINS_CELL, IN_CELL, rows_together
from strongroom_engine.indexing.parse.pdf.twice import lie_on_each_other, once
from strongroom_engine.indexing.parse.pdf.weight import MOST_LETTERS

# Ligatures come as their letters, white space as it is; nothing outside the page; no images.
FLAGS = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_MEDIABOX_CLIP

LINE_BREAK = "\n"
BLOCK_BREAK = "\n\n"
CELL_BREAK = "\t"

_SAME_ROW = 0.6
"""Share of the lower line's height by which two lines must overlap to stand in one row."""
_TOUCHING = 0.1
"""Gap, in line heights, below which two pieces of a row are one word."""
_ONE_CELL = 1.0
"""Gap, in line heights, below which two pieces of a row are one cell."""

_ABOVE_ORIGIN = 0.88
"""Of what is written downwards MuPDF gives boxes that begin at the letter's origin; the letter
stands so much of its size above it, unless its font says otherwise."""
_REACH = 0.88, 0.235
"""So far, in sizes, a letter reaches above and below its line, accents and all."""
_PLAIN_UP = 0.8
"""So far above its line reaches what is no capital with an accent: in tight lines the tails of what
stands above begin there."""
_LATIN_END = "\u0250"
_FAR_REACH = 0.95, 0.46
"""The same of scripts that put marks above and below their letters."""
_MATHEMATICAL = re.compile("CMEX|EX10|Math|Symbol", re.IGNORECASE)
"""Fonts whose signs hang far below their line, or reach over several lines."""
_TALL_SCRIPTS = "\u0590", "\u1d00"
_UPRIGHT = 0.99
_RISE = 0.15
"""Of a letter's height: so much a slanting line may rise within one box."""
_LEVEL = 0.9998
"""The cosine of an angle that cannot be seen."""

Raw = dict[str, Any]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of MuPDF's (a row's cell, where there are several in a row); `text` from `start`."""

    start: int
    text: str
    cut: int
    """How many characters of white space were cut off in front."""
    raw: Raw

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class PageText:
    text: str
    lines: tuple[Line, ...]


def extract(page: pymupdf.Page) -> PageText:
    """The page's text, with font and size of each line's spans."""
    blocks: list[Raw] = page.get_text("dict", flags=FLAGS)["blocks"]
    lines = list(_lines(blocks))
    if sum(len(span["text"]) for line in lines for span in line["spans"]) > MOST_LETTERS:
        raise DamagedDocument(why="it does not have the structure of a PDF")
    if lie_on_each_other(lines) or any(map(needs_places, map(said, lines))):
        return extract_with_places(page)
    return assemble([*rows_together(columns_apart(blocks)), *added(page)])


def extract_with_places(page: pymupdf.Page) -> PageText:
    """The same text; its lines know the box of each character (`places`)."""
    blocks: list[Raw] = page.get_text("rawdict", flags=FLAGS)["blocks"]
    if lie_on_each_other(list(_lines(blocks))):
        blocks = once(blocks)
    for line in _lines(blocks):
        put_letters_right(line)
    return assemble([*rows_together(columns_apart(blocks)), *added(page)])


def _lines(blocks: Iterable[Raw]) -> Iterator[Raw]:
    for block in blocks:
        yield from block.get("lines", ())


def assemble(blocks: Iterable[Raw]) -> PageText:
    """Lines joined by a line break, blocks by a blank line, the cells of a table's row by a tab.

    Blocks and lines keep MuPDF's order. Lines without a visible character are left out.
    """
    parts: list[str] = []
    lines: list[Line] = []
    length = 0
    for separator, raw, text in _pieces(blocks):
        parts += separator, text.strip()
        length += len(separator)
        line = Line(length, parts[-1], len(text) - len(text.lstrip()), raw)
        length = line.end
        lines.append(line)
    return PageText("".join(parts), tuple(lines))


def _pieces(blocks: Iterable[Raw]) -> Iterator[tuple[str, Raw, str]]:
    """Each line with its text and what separates it from the line before."""
    first = True
    for block in blocks:
        before: Raw | None = None
        last = ""
        for raw in block.get("lines", ()):
            text = plain("".join(span_text(span) for span in raw["spans"]))
            if text.isspace() or not text:
                continue
            separator = BLOCK_BREAK if before is None else _between(before, raw)
            if raw.get(IN_CELL) and before is not None:
                separator = _in_row(raw, separator, last)
            if not separator and (last[-1].isspace() or text[0].isspace()):
                separator = " "
            yield "" if first else separator, raw, text
            first, before, last = False, raw, text


def _in_row(raw: Raw, separator: str, before: str) -> str:
    """What stands before a line of a table's row: a row is one line. A word that is divided goes
    on in the next line as everywhere."""
    if raw[BEGINS_CELL]:
        return CELL_BREAK
    is_divided = before.rstrip().endswith("-")
    return " " if separator == LINE_BREAK and not is_divided else separator


def span_text(span: Raw) -> str:
    text = span.get("text")
    return text if text is not None else "".join(char["c"] for char in span["chars"])


def _between(before: Raw, line: Raw) -> str:
    """What stands between two lines of one block: they may be pieces of one row."""
    if is_vertical(before) != is_vertical(line):
        return LINE_BREAK
    along, across = (1, 0) if is_vertical(line) else (0, 1)
    height = min(_length(before, across), _length(line, across))
    if height <= 0 or -_gap(before, line, across) < _SAME_ROW * height:
        return LINE_BREAK
    gap = _gap(before, line, along) / height
    if gap < -_TOUCHING:  # one over the other
        return LINE_BREAK
    if gap < _TOUCHING:
        return ""
    return " " if gap < _ONE_CELL else CELL_BREAK


def is_vertical(line: Raw) -> bool:
    direction: tuple[float, float] = line["dir"]
    return abs(direction[1]) > abs(direction[0])


def _length(line: Raw, axis: int) -> float:
    box: Box = line["bbox"]
    return box[axis + 2] - box[axis]


def _gap(one: Raw, other: Raw, axis: int) -> float:
    """The distance of two lines along an axis; below zero is how much they overlap."""
    a: Box = one["bbox"]
    b: Box = other["bbox"]
    return max(a[axis], b[axis]) - min(a[axis + 2], b[axis + 2])


# --- places --------------------------------------------------------------------------------------


def places(page: PageText, start: int, end: int) -> list[Box]:
    """The boxes that [start, end) of a page's text covers, in the unrotated page's points.

    One for each line, or more where a line mixes directions of writing and the span is not in
    one piece on it. `page` comes from `extract_with_places`.
    """
    return [
        box
        for line in page.lines
        if line.start < end and start < line.end
        for box in _on_line(line, max(start - line.start, 0), min(end, line.end) - line.start)
    ]


def _on_line(line: Line, start: int, end: int) -> list[Box]:
    boxes = character_boxes(line)
    x, y = line.raw["dir"]
    order = sorted(
        range(len(boxes)),
        key=lambda i: (boxes[i][0] + boxes[i][2]) * x + (boxes[i][1] + boxes[i][3]) * y,
    )
    runs = groupby(order, key=lambda i: start <= i < end)
    wanted = [[boxes[i] for i in run] for within, run in runs if within]
    if max(abs(x), abs(y)) > _LEVEL:
        return [_union(run) for run in wanted]
    return [_union(step) for run in wanted for step in _steps(run, across=abs(x) >= abs(y))]


def _steps(boxes: Sequence[Box], *, across: bool) -> Iterator[list[Box]]:
    """Neighbours of a slanting line, as many together as hardly rise; `across` for one that is
    more level than upright."""
    step: list[Box] = []
    low, high = (1, 3) if across else (0, 2)
    for box in boxes:
        if step and abs(box[low] - step[0][low]) > _RISE * (step[0][high] - step[0][low]):
            yield step
            step = []
        step.append(box)
    if step:
        yield step


def character_boxes(line: Line) -> list[Box]:
    """A box for each character of the line's text.

    Several share one where one shape stands for several: the letters of a ligature, of which
    MuPDF gives all the width to the first, a mark and its letter, a presentation form.
    """
    boxes: list[Box] = []
    for span in line.raw["spans"]:
        for char in span["chars"]:
            box = _where_drawn(char, span, line.raw)
            if boxes and is_thin(box):
                box = boxes[-1]
            boxes += [box] * len(plain(char["c"]))
    return boxes[line.cut : line.cut + len(line.text)]


def _where_drawn(char: Raw, span: Raw, line: Raw) -> Box:
    """MuPDF's box, put right where it is not where the letter is drawn."""
    box: Box = char["bbox"]
    if "origin" not in char:
        return box
    x, y = line["dir"]
    size: float = span["size"]
    if line["wmode"]:
        return _moved(box, -_ABOVE_ORIGIN * size * x, -_ABOVE_ORIGIN * size * y)
    if _MATHEMATICAL.search(span["font"]):
        return box
    up, down = _reach(char["c"])
    size = _height_of_type(box, span, line)
    return _lowered(box, char["origin"], line["dir"], (up * size, down * size))


def _height_of_type(box: Box, span: Raw, line: Raw) -> float:
    """The size of type upwards: MuPDF's is the mean of height and width of stretched letters."""
    size: float = span["size"]
    reach = span.get("ascender", 0.0) - span.get("descender", 0.0)
    high = box[2] - box[0] if is_vertical(line) else box[3] - box[1]
    return min(max(high / reach, size / 2), size * 2) if reach > 0 else size


def _reach(letter: str) -> tuple[float, float]:
    """How far above its line and below it a letter can reach, in sizes."""
    if _TALL_SCRIPTS[0] <= letter < _TALL_SCRIPTS[1]:
        return _FAR_REACH
    up, down = _REACH
    accented = letter.isupper() and not letter.isascii()
    return (_PLAIN_UP if letter < _LATIN_END and not accented else up), down


def _moved(box: Box, x: float, y: float) -> Box:
    return box[0] + x, box[1] + y, box[2] + x, box[3] + y


def _lowered(box: Box, origin: Point, direction: Point, reach: Point) -> Box:
    """Many fonts say that their letters are taller than they are, so that a box would reach over
    the lines around it. `reach` is how far above its line and below it a letter can reach."""
    x, y = origin
    up, down = reach
    if direction[0] > _UPRIGHT:
        return box[0], max(box[1], y - up), box[2], min(box[3], y + down)
    if direction[0] < -_UPRIGHT:
        return box[0], max(box[1], y - down), box[2], min(box[3], y + up)
    if direction[1] > _UPRIGHT:  # downwards: up is to the right
        return max(box[0], x - down), box[1], min(box[2], x + up), box[3]
    if direction[1] < -_UPRIGHT:
        return max(box[0], x - up), box[1], min(box[2], x + down), box[3]
    return box


def _union(boxes: Sequence[Box]) -> Box:
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
