"""The text of a PDF page, and where each character of it stands on the page.

`extract` (for the index) and `extract_with_places` (for drawing) ask MuPDF for the same text
page, once without and once with the box of every character, and `assemble` turns both into the
same text by the same steps. So the place of a citation comes from the extraction that gave its
text, and is never searched for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pymupdf

from strongroom_engine.indexing.parse.clean import plain

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

_THIN = 0.01
"""Points below which a character has no width of its own."""

Box = tuple[float, float, float, float]
Raw = dict[str, Any]


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
    return assemble(page.get_text("dict", flags=FLAGS)["blocks"])


def extract_with_places(page: pymupdf.Page) -> PageText:
    """The same text; its lines know the box of each character (`places`)."""
    return assemble(page.get_text("rawdict", flags=FLAGS)["blocks"])


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
            if not separator and (last[-1].isspace() or text[0].isspace()):
                separator = " "
            yield "" if first else separator, raw, text
            first, before, last = False, raw, text


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
    return [_union([boxes[i] for i in run]) for wanted, run in runs if wanted]


def character_boxes(line: Line) -> list[Box]:
    """A box for each character of the line's text.

    Several share one where one shape stands for several: the letters of a ligature, of which
    MuPDF gives all the width to the first, a mark and its letter, a presentation form.
    """
    boxes: list[Box] = []
    for span in line.raw["spans"]:
        for char in span["chars"]:
            box: Box = char["bbox"]
            if boxes and _is_thin(box):
                box = boxes[-1]
            boxes += [box] * len(plain(char["c"]))
    return boxes[line.cut : line.cut + len(line.text)]


def _is_thin(box: Box) -> bool:
    """True without an extent along the line, whichever way that runs."""
    return min(box[2] - box[0], box[3] - box[1]) < _THIN


def _union(boxes: Sequence[Box]) -> Box:
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
