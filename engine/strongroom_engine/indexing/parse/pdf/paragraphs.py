"""Where the paragraphs of a PDF begin: the same wherever its pages and columns end.

A PDF says where lines stand, not what a paragraph is. Within a page a gap or an indent shows where
one begins; at the end of a page or a column nothing does. What shows it everywhere is the line
before: where the next line's first word would have fitted on it, the writer ended it. So a gap
behind a full line that ends a sentence is no paragraph's beginning either: over the end of a page
it could not be told. What is put into a document moves the ends of its pages, and with this
nothing else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from strongroom_engine.indexing.flow import ends_sentence
from strongroom_engine.indexing.parse.pdf.notes import BESIDE
from strongroom_engine.indexing.parse.pdf.text import BLOCK_BREAK, Line, PageText, span_text
from strongroom_engine.types import PAGE_BREAK

WIDER = 1.4
"""A word is taken to be so many times as wide as its letters are on average …"""
SPACE = 0.5
"""… and what parts it from the word before to be this share of the line's height: only what fits
for certain was ended."""
REACHED = 0.9
"""This share of a column's lines ends at its right edge or before it: a heading over two columns
begins where the first of them does, and does not end there."""
FLUSH_PT = 1.0
"""Lines that end within so many points end at one edge …"""
JUSTIFIED = 0.5
"""… and where this share of a column's does, those that end before it were ended."""
STEP_PT = 4.0
"""Lines that begin within so many points begin at one left edge."""
MIN_LINES = 5
"""Fewer say nothing of where their column ends."""
LARGER = 1.12
"""Type so many times as large belongs to another paragraph: a heading, a note."""
INDENT = 0.6, 8.0
"""In heights of a line, how far a paragraph's first line stands in, at least and at most."""
FULL = 0.85
"""A page that fills this share of a page's height was ended because it was full."""
PROSE_CHARACTERS = 1_200
"""A full page has at least so many in the middle; slides, which stand each for itself, have not."""

_MARKER = re.compile(
    r"[•·▪◦‣●○■□➢✓*–—-]\s|\(?(\d{1,3}(\.\d{1,3})*|[a-z]|[ivx]{1,5}|[IVX]{2,5})[.)]\s|\d+(\.\d+)+\s"
)
"""Of an item or a numbered clause."""
_WORD = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff]|[^\s\u2e80-\u9fff\uf900-\ufaff]+")
"""What is not divided between lines; of scripts that put no spaces a letter."""
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the text. In points: `left` is where it begins and `right` where it ends, from the
    right and below zero where it runs to the left; `size` is its type's."""

    start: int
    """In document coordinates."""
    text: str
    page: int
    left: float
    right: float
    top: float
    bottom: float
    size: float
    after_gap: bool
    is_whole: bool
    """False for several cells side by side, for what is not level, and for what only stands beside
    the text."""
    is_beside: bool


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """In document coordinates: where paragraphs begin, and those pages on which one begins
    although there was room on the page before."""

    starts: tuple[int, ...]
    fresh_pages: tuple[int, ...]


def paragraphs(pages: Sequence[PageText], margins: Iterable[tuple[int, int]]) -> Paragraphs:
    """The paragraphs of the pages' text; `margins` are no part of it."""
    edges = {start for start, _ in margins}
    rows = [row for row in _rows(pages) if row.start not in edges]
    columns = _Columns(rows)
    following = [*rows[2:], None]
    begins = [
        after
        for (before, after), below in zip(pairwise(rows), following, strict=False)
        if _begins(before, after, below, columns)
    ]
    starts = [row.start for row in (*rows[:1], *begins)]
    return Paragraphs(tuple(starts), tuple(_fresh(pages, rows, begins)))


# --- lines ---------------------------------------------------------------------------------------


def _rows(pages: Sequence[PageText]) -> Iterator[Row]:
    origin = 0
    for number, page in enumerate(pages):
        for line in _side_by_side(page):
            yield _row(page, line, number, origin)
        origin += len(page.text) + len(PAGE_BREAK)


def _side_by_side(page: PageText) -> Iterator[list[Line]]:
    """The lines of MuPDF's that are one line of the text."""
    row: list[Line] = []
    for line in page.lines:
        if row and "\n" in page.text[row[-1].end : line.start]:
            yield row
            row = []
        row.append(line)
    if row:
        yield row


def _row(page: PageText, lines: Sequence[Line], number: int, origin: int) -> Row:
    first, last = lines[0], lines[-1]
    text = page.text[first.start : last.end]
    x0, y0, x1, y1 = zip(*(line.raw["bbox"] for line in lines), strict=True)
    left, right = min(x0), max(x1)
    if _RIGHT_TO_LEFT.search(text):
        left, right = -right, -left
    is_beside = any(line.raw.get(BESIDE) for line in lines)
    is_level = all(line.raw["dir"][0] > 0.99 for line in lines)
    longest = max(
        (span for line in lines for span in line.raw["spans"]),
        key=lambda span: len(span_text(span)),
    )
    return Row(
        start=origin + first.start,
        text=text,
        page=number,
        left=left,
        right=right,
        top=min(y0),
        bottom=max(y1),
        size=longest["size"],
        after_gap=page.text[: first.start].endswith(BLOCK_BREAK),
        is_whole=is_level and not is_beside and "\t" not in text,
        is_beside=is_beside,
    )


class _Columns:
    """How far the lines reach that begin at a left edge, over all pages."""

    def __init__(self, rows: Iterable[Row]) -> None:
        rights: dict[int, list[float]] = {}
        for row in rows:
            if row.is_whole:
                rights.setdefault(self._edge(row), []).append(row.right)
        known = {edge: sorted(all_) for edge, all_ in rights.items() if len(all_) >= MIN_LINES}
        self._edges = sorted(known)
        self._rights = [_share(known[edge], REACHED) for edge in self._edges]
        self._justified = [
            _is_justified(known[edge], right)
            for edge, right in zip(self._edges, self._rights, strict=True)
        ]

    def ends(self, row: Row, after: Row) -> bool | None:
        """Whether a line was ended before it was full: the first word of the line after it would
        have fitted. None where it is unknown how far its column reaches."""
        at = bisect_right(self._edges, self._edge(row)) - 1
        if at < 0 or not row.is_whole:
            return None
        needed = SPACE * _height(row) if self._justified[at] else _wide(after)
        return self._rights[at] - row.right > needed

    @staticmethod
    def _edge(row: Row) -> int:
        return round(row.left / STEP_PT)


def _is_justified(rights: Sequence[float], edge: float) -> bool:
    flush = sum(abs(right - edge) <= FLUSH_PT for right in rights)
    return flush >= JUSTIFIED * len(rights)


def _share(ordered: Sequence[float], share: float) -> float:
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


# --- where a paragraph begins --------------------------------------------------------------------


def _begins(before: Row, row: Row, below: Row | None, columns: _Columns) -> bool:
    """Whether a paragraph begins with `row`."""
    if before.is_beside or row.is_beside or _differ(before.size, row.size):
        return True
    ended = ends_sentence(before.text)
    is_item = ended and _MARKER.match(row.text) is not None
    known = columns.ends(before, row)
    fitted = ended if known is None else known
    if row.page != before.page or row.bottom < before.top:  # another page, or column
        return is_item or (fitted and (ended or not row.text[:1].islower()))
    if row.after_gap:
        return is_item or fitted or not ended
    return is_item or (ended and fitted and _stands_in(row, before, below))


def _differ(size: float, other: float) -> bool:
    return max(size, other) > LARGER * min(size, other)


def _wide(row: Row) -> float:
    """The room that the first word of a line takes for certain, with a space before it."""
    word = _WORD.match(row.text)
    letter = (row.right - row.left) / max(len(row.text), 1)
    return (WIDER * letter * len(word[0]) if word else 0.0) + SPACE * _height(row)


def _stands_in(row: Row, before: Row, below: Row | None) -> bool:
    """Whether a line is indented, against that before it or that below it."""
    least, most = (share * _height(row) for share in INDENT)
    beside = [before.left] if below is None or below.page != row.page else [before.left, below.left]
    return any(least <= row.left - left <= most for left in beside)


def _height(row: Row) -> float:
    return max(row.bottom - row.top, 0.0)


# --- pages ---------------------------------------------------------------------------------------


def _fresh(pages: Sequence[PageText], rows: Sequence[Row], begins: Sequence[Row]) -> Iterator[int]:
    """Where those pages begin whose first line begins a paragraph, without need."""
    full = _full(pages, rows)
    wanted = {row.start for row in begins}
    origins = [0]
    for page in pages:
        origins.append(origins[-1] + len(page.text) + len(PAGE_BREAK))
    for before, row in pairwise(rows):
        if row.page > before.page and row.start in wanted and before.page not in full:
            yield origins[row.page]


def _full(pages: Sequence[PageText], rows: Sequence[Row]) -> frozenset[int]:
    """The pages that are filled with prose; none where there is no prose."""
    heights = {
        number: (min(row.top for row in own), max(row.bottom for row in own))
        for number, group in groupby(rows, key=lambda row: row.page)
        if (own := [row for row in group if not row.is_beside])
    }
    if not heights:
        return frozenset()
    top = _share(sorted(top for top, _ in heights.values()), 1 - REACHED)
    foot = _share(sorted(foot for _, foot in heights.values()), REACHED)
    full = [page for page, (_, end) in heights.items() if end >= top + FULL * (foot - top)]
    usual = median(len(pages[page].text) for page in full) if full else 0
    return frozenset(full) if usual >= PROSE_CHARACTERS else frozenset()
