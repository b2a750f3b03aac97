"""Letters that are painted twice at about the same place, for bold, stand once in the text.

What is dropped has its like, of the same look, in another line, where it stands itself. Of a letter
that is seen and one that is not, both stay: which of them a reader sees is looked up later.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import pymupdf

from strongroom_engine.indexing.parse.pdf.notes import Box
from strongroom_engine.indexing.parse.pdf.order import is_thin

Raw = dict[str, Any]
Place = tuple[float, float, int]
Seen = dict[tuple[object, ...], list[Place]]
"""Where letters stand, with their line, by what they are and how they look."""

PAINTED = pymupdf.mupdf.FZ_STEXT_FILLED | pymupdf.mupdf.FZ_STEXT_STROKED
OFFSET = 0.1
"""Of the size of type: no further is a letter painted again; the thinnest two are further apart."""
OVERLAP = 0.5
"""Of a line's height: lines that share so much of their length lie on each other."""


def lie_on_each_other(lines: Sequence[Raw]) -> bool:
    """Whether two of the lines stand in one row and over each other."""
    ordered = sorted((line["bbox"] for line in lines), key=lambda box: box[1])
    return any(
        _on(box, other)
        for at, box in enumerate(ordered)
        for other in _as_high(ordered, at + 1, box[1] + 2 * OFFSET * (box[3] - box[1]))
    )


def _as_high(boxes: Sequence[Box], start: int, lowest: float) -> Iterator[Box]:
    for at in range(start, len(boxes)):
        if boxes[at][1] > lowest:
            return
        yield boxes[at]


def _on(one: Box, other: Box) -> bool:
    height = min(one[3] - one[1], other[3] - other[1])
    shared = min(one[2], other[2]) - max(one[0], other[0])
    return abs(one[3] - other[3]) <= 2 * OFFSET * height and shared > OVERLAP * height


def once(blocks: Sequence[Raw]) -> list[Raw]:
    """The blocks (with places) without letters that are painted again, and lines of such alone."""
    seen: Seen = {}
    found = []
    for block in blocks:
        lines = [line for line in block.get("lines", ()) if _has_new(line, seen)]
        if lines or not block.get("lines"):
            found.append({**block, "lines": lines})
    return found


def _has_new(line: Raw, seen: Seen) -> bool:
    """Drop from the line the words that other lines have; true where something is left.

    A word of which only some letters stand elsewhere stays whole: that is chance.
    """
    chars = [(char, span) for span in line["spans"] for char in span["chars"]]
    dropped: set[int] = set()
    again = False
    for is_space, run in groupby(chars, key=lambda pair: pair[0]["c"].isspace()):
        word = list(run)
        if not is_space:  # spaces go with the word before them
            again = _stands_elsewhere(word, id(line), seen)
        dropped |= {id(char) for char, _ in word if again}
    for span in line["spans"]:
        span["chars"] = [char for char in span["chars"] if id(char) not in dropped]
    return any(not char["c"].isspace() for span in line["spans"] for char in span["chars"])


def _stands_elsewhere(word: Sequence[tuple[Raw, Raw]], line: int, seen: Seen) -> bool:
    """Whether all its letters do; but for the first, those of a ligature have no width."""
    shapes = [pair for pair in word if not is_thin(pair[0]["bbox"])]
    again = [_is_again(char, span, line, seen) for char, span in shapes]
    return bool(again) and all(again)


def _is_again(char: Raw, span: Raw, line: int, seen: Seen) -> bool:
    x, y = char["origin"]
    same = seen.setdefault((char["c"], *_look(span)), [])
    near = OFFSET * span["size"]
    if any(abs(x - a) <= near and abs(y - b) <= near and line != other for a, b, other in same):
        return True
    same.append((x, y, line))
    return False


def _look(span: Raw) -> tuple[object, ...]:
    return span["color"], span.get("alpha"), bool(span.get("char_flags", PAINTED) & PAINTED)
