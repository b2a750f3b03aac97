"""Lines as they were read -> the text of the page in the order it is read, and its `PageLine`s.

A page is cut into columns where a gap runs between prose from top to bottom, else across; the
cells of a table's row stay one line, with tabs between, as in PDFs with a text.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from strongroom_engine.indexing.parse.recognition.boxes import Turned
from strongroom_engine.indexing.parse.recognition.reading import ReadLine
from strongroom_engine.types import PageLine

Reader = Callable[[Turned], ReadLine]

LINE_BREAK, BLOCK_BREAK, CELL_BREAK = "\n", "\n\n", "\t"
EDGE_UNITS = 10_000
SAME_ROW = 0.6
"""Share of the lower line's height by which two lines overlap that stand in one row."""
ONE_CELL = 1.2
"""Gap, in line heights, below which two pieces of a row are one cell."""
TOUCHING = 0.15
"""Gap below which two pieces are one word."""
PARAGRAPH = 0.9
"""Gap, in line heights, from which the next line begins another paragraph."""
GUTTER = 0.8
"""Gap, in line heights, between two columns."""
COLUMN_LINES = 4
PROSE = 9.0
"""Lines of prose are so many times as long as they are high; cells of tables are shorter."""
DEPTH = 12
RISE = 0.25
"""A slanting line is cut into pieces that rise by so much of its height."""
BACK_AND_FORTH = 0.5


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line on the page as if that stood straight."""

    line: ReadLine
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


def laid_out(
    lines: Sequence[ReadLine], quarter: int, size: tuple[int, int]
) -> tuple[str, tuple[PageLine, ...]]:
    """The text, and where it stands on a picture of the size; the text is turned by `quarter`s."""
    parts: list[str] = []
    placed: list[PageLine] = []
    length = 0
    for separator, line in _pieces(_straightened(lines, quarter)):
        parts += separator, line.text
        length += len(separator)
        placed += _page_lines(line, length, size)
        length += len(line.text)
    return "".join(parts), tuple(placed)


# --- order ---------------------------------------------------------------------------------------


def _straightened(lines: Sequence[ReadLine], quarter: int) -> list[_Placed]:
    """The lines where they would be if the page stood straight."""
    usual = 90.0 * quarter
    slants = [
        _slant(line.box.angle - usual) for line in lines if line.box.width > 3 * line.box.height
    ]
    slants = [slant for slant in slants if abs(slant) < 45]
    turn = math.radians(-usual - (median(slants) if slants else 0.0))
    return [_straight(line, math.cos(turn), math.sin(turn)) for line in lines]


def _slant(degrees: float) -> float:
    return (degrees + 180.0) % 360.0 - 180.0


def _straight(line: ReadLine, cosine: float, sine: float) -> _Placed:
    box = line.box
    points = [
        box.at(x, y) for x in (line.edges[0][0], line.edges[-1][1]) for y in (line.top, line.bottom)
    ]
    xs = [x * cosine - y * sine for x, y in points]
    ys = [x * sine + y * cosine for x, y in points]
    return _Placed(line, min(xs), min(ys), max(xs), max(ys))


def _pieces(lines: Sequence[_Placed]) -> Iterator[tuple[str, ReadLine]]:
    """Each line in reading order, with what stands between it and the one before."""
    first = True
    for column in _columns(list(lines), DEPTH):
        above: list[_Placed] = []
        for row in _rows(column):
            before = None
            for one in row:
                if before is not None:
                    yield _between(before, one), one.line
                elif first:
                    yield "", one.line
                else:
                    yield _break(above, row), one.line
                first, before = False, one
            above = row


def _between(before: _Placed, one: _Placed) -> str:
    gap = (one.left - before.right) / max(min(before.height, one.height), 1.0)
    if gap < TOUCHING:
        return ""
    return " " if gap < ONE_CELL else CELL_BREAK


def _break(above: Sequence[_Placed], row: Sequence[_Placed]) -> str:
    if not above:
        return BLOCK_BREAK
    gap = min(one.top for one in row) - max(one.bottom for one in above)
    height = min(median(one.height for one in row), median(one.height for one in above))
    other = max(one.height for one in row) > 1.6 * max(one.height for one in above)
    return BLOCK_BREAK if gap > PARAGRAPH * height or other else LINE_BREAK


def _rows(lines: Sequence[_Placed]) -> list[list[_Placed]]:
    """The lines row by row, each from left to right."""
    rows: list[list[_Placed]] = []
    for one in sorted(lines, key=lambda one: one.top + one.bottom):
        if rows and any(_in_one_row(other, one) for other in rows[-1]):
            rows[-1].append(one)
        else:
            rows.append([one])
    return [sorted(row, key=lambda one: one.left) for row in rows]


def _in_one_row(one: _Placed, other: _Placed) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    apart = max(one.left, other.left) >= min(one.right, other.right) - 0.3 * one.height
    return apart and shared >= SAME_ROW * min(one.height, other.height)


def _columns(lines: list[_Placed], depth: int) -> Iterator[list[_Placed]]:
    """The lines column by column: each is read from top to bottom."""
    if len(lines) < 2 * COLUMN_LINES or not depth:
        if lines:
            yield lines
        return
    height = median(one.height for one in lines)
    across = _split(lines, lambda one: (one.left, one.right), GUTTER * height)
    sides = across and _as_columns(*across, height)
    halves = sides or _split(lines, lambda one: (one.top, one.bottom), 0.1 * height)
    if not halves:
        yield lines
        return
    parts = [list(_columns(half, depth - 1)) for half in halves]
    if not sides and all(len(part) == 1 for part in parts):
        yield lines  # no column in it: one run of rows
    else:
        for part in parts:
            yield from part


def _split(
    lines: Sequence[_Placed], along: Callable[[_Placed], tuple[float, float]], least: float
) -> tuple[list[_Placed], list[_Placed]] | None:
    """The lines on both sides of the widest gap, if that is wide enough."""
    ordered = sorted(lines, key=along)
    reach = along(ordered[0])[1]
    best, cut = least, 0
    for number, one in enumerate(ordered):
        start, end = along(one)
        if start - reach > best:
            best, cut = start - reach, number
        reach = max(reach, end)
    return (ordered[:cut], ordered[cut:]) if cut else None


def _as_columns(
    left: list[_Placed], right: list[_Placed], height: float
) -> tuple[list[_Placed], list[_Placed]] | None:
    """Both sides, if they are columns of prose and no columns of a table."""
    for side in (left, right):
        long = [one for one in side if one.right - one.left >= PROSE * height]
        if len(side) < COLUMN_LINES or len(long) < BACK_AND_FORTH * len(side):
            return None
    return left, right


# --- places --------------------------------------------------------------------------------------


def _page_lines(line: ReadLine, start: int, size: tuple[int, int]) -> Iterator[PageLine]:
    """The line as the page is shown, in pieces where it slants and where letters are higher."""
    vertical = abs(line.box.along[1]) > abs(line.box.along[0])
    for first, last in _level_pieces(line, vertical):
        rectangles = [_shown(line, at, size) for at in range(first, last)]
        low, high = (1, 3) if vertical else (0, 2)
        edges = tuple(round(one[side] * EDGE_UNITS) for one in rectangles for side in (low, high))
        yield PageLine(start + first, _around(rectangles), edges, vertical)


def _level_pieces(line: ReadLine, vertical: bool) -> Iterator[tuple[int, int]]:
    rise = abs(line.box.along[0 if vertical else 1])
    most = RISE * (line.bottom - line.top) / max(rise, 1e-6)
    first = 0
    for at, (_, right) in enumerate(line.edges):
        at_word = line.text[at - 1 : at] == " " or right - line.edges[first][0] > 2 * most
        risen = at_word and right - line.edges[first][0] > most
        if at > first and (risen or line.tops[at] != line.tops[first]):
            yield first, at
            first = at
    yield first, len(line.text)


def _shown(line: ReadLine, number: int, size: tuple[int, int]) -> tuple[float, float, float, float]:
    """A character's rectangle in fractions of the page."""
    rows = line.tops[number], line.bottom
    points = [line.box.at(x, y) for x in line.edges[number] for y in rows]
    xs = [min(max(x / size[0], 0.0), 1.0) for x, _ in points]
    ys = [min(max(y / size[1], 0.0), 1.0) for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _around(
    rectangles: Sequence[tuple[float, float, float, float]],
) -> tuple[float, float, float, float]:
    left, top, right, bottom = zip(*rectangles, strict=True)
    return min(left), min(top), max(right), max(bottom)
