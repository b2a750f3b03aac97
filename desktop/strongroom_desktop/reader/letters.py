"""Where the letters of a page stand, as the engine told it: what is under the pointer, and which
rectangles a stretch of the page's text covers. All places are fractions of the page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from strongroom_desktop.reader.marks import Fractions
from strongroom_engine.protocol import PageLines
from strongroom_engine.types import PageLine

EDGE_UNITS = 10_000
_ABOVE_OR_BELOW = 4.0
"""So much farther a line counts that is above or below the pointer, than one beside it."""
_WORD = re.compile(r"[^\W_]+(?:['\u2019\u00ad-][^\W_]+)*|\S")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    box: Fractions
    edges: tuple[tuple[float, float], ...]
    """The least and the greatest place of each letter along the line."""
    vertical: bool
    reach: tuple[float, float]
    """From where to where the line's block goes across the page: a short line is meant there too."""

    @property
    def end(self) -> int:
        return self.start + len(self.edges)


class Letters:
    """The letters of one page."""

    def __init__(self, page: PageLines) -> None:
        self.text = page.text
        self._lines = _lines(page)
        self._starts = [line.start for line in self._lines]

    def under(self, x: float, y: float, ratio: float) -> int | None:
        """The place between two letters that is nearest to a point; `ratio` is the page's height
        to its width. None on a page without text."""
        line = self._nearest(x, y, ratio)
        if line is None:
            return None
        along = y if line.vertical else x
        distances = [abs(along - (low + high) / 2) for low, high in line.edges]
        index = distances.index(min(distances))
        low, high = line.edges[index]
        behind = along > (low + high) / 2
        return line.start + index + (behind != self._runs_backwards(line))

    @staticmethod
    def _runs_backwards(line: _Line) -> bool:
        """Written from right to left (or from the foot to the head)."""
        return sum(line.edges[-1]) < sum(line.edges[0])

    def is_on_text(self, x: float, y: float) -> bool:
        return any(
            box[0] <= x <= box[2] and box[1] <= y <= box[3]
            for box in (line.box for line in self._lines)
        )

    def word(self, place: int) -> tuple[int, int]:
        """The word around a place between two letters."""
        start, end = self.line(place)
        for match in _WORD.finditer(self.text, start, end):
            if match.start() <= place <= match.end():
                return match.span()
        return place, place

    def line(self, place: int) -> tuple[int, int]:
        """The line that a place is on."""
        if not self._lines:
            return 0, 0
        line = self._lines[max(bisect_right(self._starts, place) - 1, 0)]
        return line.start, line.end

    def rectangles(self, start: int, end: int) -> tuple[Fractions, ...]:
        """What [start, end) covers: one for each line, more where directions of writing mix."""
        return tuple(
            rectangle
            for line in self._lines
            if line.start < end and start < line.end
            for rectangle in _on_line(line, start - line.start, end - line.start)
        )

    def _nearest(self, x: float, y: float, ratio: float) -> _Line | None:
        def distance(line: _Line) -> tuple[float, float]:
            x0, y0, x1, y1 = line.box
            beside = max(line.reach[0] - x, 0.0, x - line.reach[1])
            away = max(y0 - y, 0.0, y - y1) * ratio
            return beside + _ABOVE_OR_BELOW * away, max(x0 - x, 0.0, x - x1)

        return min(self._lines, key=distance, default=None)


def _lines(page: PageLines) -> list[_Line]:
    """The lines with the reach of their blocks; between blocks stands an empty line."""
    blocks: list[list[PageLine]] = []
    end = -1
    for line in page.lines:
        if end < 0 or "\n\n" in page.text[end : line.start]:
            blocks.append([])
        blocks[-1].append(line)
        end = line.start + len(line.edges) // 2
    made = []
    for block in blocks:
        reach = min(line.box[0] for line in block), max(line.box[2] for line in block)
        made += [
            _Line(line.start, line.box, _pairs(line.edges), line.vertical, reach)
            for line in block
            if line.edges
        ]
    return made


def _pairs(edges: Sequence[int]) -> tuple[tuple[float, float], ...]:
    return tuple(
        (low / EDGE_UNITS, high / EDGE_UNITS)
        for low, high in zip(edges[::2], edges[1::2], strict=True)
    )


def _on_line(line: _Line, start: int, end: int) -> list[Fractions]:
    order = sorted(range(len(line.edges)), key=lambda i: sum(line.edges[i]))
    x0, y0, x1, y1 = line.box
    made: list[Fractions] = []
    for wanted, run in groupby(order, key=lambda i: start <= i < end):
        if wanted:
            own = [line.edges[i] for i in run]
            low, high = min(edge[0] for edge in own), max(edge[1] for edge in own)
            made.append((x0, low, x1, high) if line.vertical else (low, y0, high, y1))
    return made
