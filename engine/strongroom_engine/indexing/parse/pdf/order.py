"""The order of a page's lines and letters where that of painting is not that of reading.

Programs paint a page as it is read, almost always, and MuPDF keeps their order. What is put right
here: columns of prose that were painted line by line across the page, the letters of Arabic
ligatures, and s p a c e d headings. All of it moves or drops what MuPDF gave, together with its
place; nothing is made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import mean, median
from typing import Any

from strongroom_engine.indexing.parse.pdf.notes import Box

Raw = dict[str, Any]

MIN_ROWS = 5
"""So many lines side by side are columns; fewer may be anything."""
MIN_LETTERS = 25
"""Lines of prose have more on average, cells of tables less."""
SIDE_BY_SIDE = 0.7
"""So many of the rows have as many lines as there are columns."""
WORD_GAP = 1.6
"""A gap so many times the usual one between spaced letters parts words."""
NEAR = 0.2
"""Points within which two places are one."""
THIN = 0.01
"""Points below which a character has no width of its own."""

_ARABIC = re.compile(
    "[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]"
)
"""Letters without the marks on them, which have no width either."""
_SPACED = re.compile(r"\s*(?:[^\W\d_] +){4,}[^\W\d_]\s*")


def needs_places(text: str) -> bool:
    """Whether a line's letters can only be put in order by where they stand."""
    return bool(_ARABIC.search(text) or _SPACED.fullmatch(text))


def is_thin(box: Box) -> bool:
    """True without an extent along the line, whichever way that runs."""
    return min(box[2] - box[0], box[3] - box[1]) < THIN


# --- letters -------------------------------------------------------------------------------------


def put_letters_right(line: Raw) -> None:
    """Put the letters of a line, which have places, in the order of reading."""
    for span in line["spans"]:
        if any(_ARABIC.search(char["c"]) for char in span["chars"]):
            span["chars"] = in_reading_order(span["chars"])
    if _SPACED.fullmatch("".join(char["c"] for span in line["spans"] for char in span["chars"])):
        _close_up(line)
    for span in line["spans"]:
        span["text"] = "".join(char["c"] for char in span["chars"])


def in_reading_order(chars: Sequence[Raw]) -> list[Raw]:
    """The letters of each ligature the right way round.

    MuPDF turns a line that runs to the left as a whole, and with it the letters that one shape
    stands for: those without a width of their own then come before the one that has it.
    """
    found: list[Raw] = []
    waiting: list[Raw] = []
    for char in chars:
        thin = is_thin(char["bbox"])
        if waiting and not thin and _ARABIC.match(char["c"]) and _ends_at(char, waiting[-1]):
            found += [char, *reversed(waiting)]
            waiting = []
        elif thin and _ARABIC.match(char["c"]):
            waiting.append(char)
        else:
            found += [*waiting, char]
            waiting = []
    return found + waiting


def _ends_at(char: Raw, other: Raw) -> bool:
    """Whether a letter's right edge is where another one stands that has no width."""
    return bool(abs(char["bbox"][2] - other["bbox"][0]) < NEAR)


def _close_up(line: Raw) -> None:
    """Drop the spaces between letters that were spread, but not those between their words."""
    along = 0 if abs(line["dir"][0]) >= abs(line["dir"][1]) else 1
    letters = [char for span in line["spans"] for char in span["chars"] if not char["c"].isspace()]
    gaps = [_gap(one["bbox"], other["bbox"], along) for one, other in pairwise(letters)]
    wide = WORD_GAP * median(gaps)
    words = {id(letter) for letter, gap in zip(letters, gaps, strict=False) if gap > wide}
    last: Raw | None = None
    for span in line["spans"]:
        kept = []
        for char in span["chars"]:
            if not char["c"].isspace():
                last = char
            elif last is None or id(last) not in words:
                continue
            else:
                words.discard(id(last))  # one space is enough
            kept.append(char)
        span["chars"] = kept


def _gap(one: Box, other: Box, along: int) -> float:
    return max(one[along], other[along]) - min(one[along + 2], other[along + 2])


# --- columns -------------------------------------------------------------------------------------


def columns_apart(blocks: Iterable[Raw]) -> list[Raw]:
    """The blocks, those that run across columns of prose taken apart into a block a column."""
    return [part for block in blocks for part in _columns(block)]


def _columns(block: Raw) -> Iterator[Raw]:
    lines: Sequence[Raw] = block.get("lines", ())
    if len(lines) < 2 * MIN_ROWS or any(line["dir"][0] < 1 for line in lines):
        yield block
        return
    gutters = _gutters(lines)
    if not gutters:
        yield block
        return
    sorted_out: list[list[Raw]] = [[] for _ in range(len(gutters) + 1)]
    for line in lines:
        sorted_out[sum(line["bbox"][0] >= gutter for gutter in gutters)].append(line)
    for column in sorted_out:
        yield {**block, "lines": column}


def _gutters(lines: Sequence[Raw]) -> list[float]:
    """Where columns of prose begin, but for the first one; none where there are no such columns."""
    rows = _rows([line for line in lines if said(line).strip()])
    if not rows:
        return []
    counts = [len(row) for row in rows]
    number = max(set(counts), key=counts.count)
    full = [row for row in rows if len(row) == number]
    if number < 2 or len(full) < max(MIN_ROWS, SIDE_BY_SIDE * len(rows)):
        return []
    columns = [[row[at] for row in full] for at in range(number)]
    if any(mean(len(said(line).strip()) for line in column) < MIN_LETTERS for column in columns):
        return []
    starts = [min(line["bbox"][0] for line in column) for column in columns]
    across = any(_crosses(line["bbox"], start) for line in lines for start in starts[1:])
    return [] if across else starts[1:]


def _crosses(box: Box, gutter: float) -> bool:
    return box[0] < gutter < box[2]


def _rows(lines: Sequence[Raw]) -> list[list[Raw]]:
    """Lines that stand side by side, from the left; they follow each other in a block."""
    rows: list[list[Raw]] = []
    for line in lines:
        before = rows[-1][-1]["bbox"] if rows else None
        box = line["bbox"]
        if before and box[0] >= before[2] and _gap(before, box, 1) < -0.6 * (box[3] - box[1]):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def said(line: Raw) -> str:
    """The text of a line, with or without places."""
    return "".join(
        span["text"] if "text" in span else "".join(char["c"] for char in span["chars"])
        for span in line["spans"]
    )
