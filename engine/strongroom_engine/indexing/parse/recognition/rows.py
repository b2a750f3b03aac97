"""Which rows of a line's picture are its own: those of the ink that belongs to its letters.

Lines of tight type reach into each other: tails stand between the capitals of the next line. So a
line's rows are not taken from all ink of the picture, but from the pieces of ink (letters, mostly)
that cross the line's middle, and from the dots and accents near them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from strongroom_engine.indexing.parse.recognition.boxes import grouped, runs

DENSE = 0.5
"""Of the ink of rows in the middle: rows with more are as high as an 'x'."""
LEAST_BAND = 0.25
"""Of the picture: no line's letters are lower."""
REACH = 0.85
"""So many times the height of an 'x' a letter may reach above and below it; what reaches further
has run together with a letter of another line, or with a rule."""
USUAL = 0.42
"""So far letters reach mostly: taken where all that reach up or down have run together."""
DOT, ACCENT = 0.6, 1.15
"""So far above the 'x' stand dots, and the accents of capitals."""
HUNG = 0.25
"""A hook under a letter begins no further below the line."""
SPECK = 4
"""Fewer pixels are no dot."""

Edges = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Rows:
    """[top, bottom) of a line's ink, in pixels; `tops` of each letter where that is not one."""

    tops: tuple[float, ...]
    bottom: float


def own_rows(ink: np.ndarray, text: str, edges: Edges) -> Rows:
    """The rows of the line `text`, of which each letter stands between two columns.

    All letters have one top, but where accents of capitals stand among the ink of the line above:
    there they alone are so high.
    """
    height = ink.shape[0]
    first, last = _band(ink)
    pieces = _pieces(ink)
    if not len(pieces.top):
        return Rows((0.0,) * len(text), float(height))
    high = max(last - first, LEAST_BAND * height)
    crossing = (pieces.top < last) & (pieces.bottom > first)
    top = _top(pieces, crossing, first, high)
    bottom = _bottom(pieces, crossing, last, high, height)
    accented = [letter.isupper() and not letter.isascii() for letter in text]
    peaks = [
        _peak(pieces, crossing, edge, (first, high), top) if accent else top
        for edge, accent in zip(edges, accented, strict=True)
    ]
    highest = min(peaks)
    if not _is_tight(pieces, crossing, (highest, top), [*zip(edges, accented, strict=True)]):
        peaks = [highest] * len(peaks)
    return Rows(tuple(peaks), bottom)


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Joined ink: where each piece begins and ends, and how many pixels it has."""

    top: np.ndarray
    bottom: np.ndarray
    left: np.ndarray
    right: np.ndarray
    pixels: np.ndarray


def _pieces(ink: np.ndarray) -> _Pieces:
    rows, starts, ends = runs(ink)
    _, number = np.unique(grouped(rows, starts, ends), return_inverse=True)
    count = int(number.max()) + 1 if len(number) else 0
    least = np.full((2, count), np.iinfo(np.int64).max)
    most = np.zeros((2, count), np.int64)
    for at, (low, high) in enumerate(((rows, rows + 1), (starts, ends))):
        np.minimum.at(least[at], number, low)
        np.maximum.at(most[at], number, high)
    pixels = np.bincount(number, ends - starts, count)
    return _Pieces(least[0], most[0], least[1], most[1], pixels)


def _top(pieces: _Pieces, crossing: np.ndarray, first: float, high: float) -> float:
    """The upper end of the letters that cross the middle, and of the dots above them."""
    free = crossing & (pieces.top > 0) & (pieces.top >= first - REACH * high)
    top = float(min(pieces.top[free], default=first))
    if (crossing & ~free).any():
        top = min(top, first - USUAL * high)
    limit = min(top, first - DOT * high)
    dots = ~crossing & (pieces.bottom <= first) & (pieces.pixels >= SPECK)
    dots &= (pieces.top > 0) & (pieces.top >= limit)
    return max(min([top, *map(float, pieces.top[dots])]), 0.0)


def _bottom(pieces: _Pieces, crossing: np.ndarray, last: float, high: float, height: int) -> float:
    """The lower end of the letters that cross the middle, and of the hooks below them."""
    free = crossing & (pieces.bottom < height) & (pieces.bottom <= last + REACH * high)
    merged = (crossing & ~free).any()
    below = ~crossing & (pieces.bottom >= height)
    bottom = float(max(pieces.bottom[free], default=last))
    tails = pieces.bottom[free & (pieces.bottom > last + HUNG * high)]
    if merged and not len(tails):
        bottom = last + USUAL * high
    elif len(tails) and (merged or (below & (pieces.top <= bottom)).any()):
        bottom = _agreed(tails)
    hooks = ~crossing & (pieces.top >= last) & (pieces.top < last + HUNG * high)
    hooks &= (pieces.pixels >= SPECK) & (pieces.bottom < height)
    hooks &= pieces.bottom <= last + REACH * high
    return min(max([bottom, *map(float, pieces.bottom[hooks])]), float(height))


def _agreed(ends: np.ndarray) -> float:
    """The lowest end that two letters have, about: one alone may have run into the next line."""
    ordered = np.sort(ends)[::-1]
    shared = ordered[:-1][ordered[:-1] - ordered[1:] <= 1]
    return float(shared[0] if len(shared) else ordered[-1])


def _peak(
    pieces: _Pieces,
    crossing: np.ndarray,
    edge: tuple[float, float],
    x: tuple[float, float],
    top: float,
) -> float:
    """The upper end of an accented capital between its columns; `x` is where the height of an 'x'
    begins, and that height."""
    first, high = x
    limit = first - ACCENT * high
    middle = (pieces.left + pieces.right) / 2
    within = (edge[0] <= middle) & (middle < edge[1]) & (pieces.top >= limit)
    accents = within & ~crossing & (pieces.bottom <= first) & (pieces.pixels >= SPECK)
    return min([top, *map(float, pieces.top[accents])])


def _is_tight(
    pieces: _Pieces,
    crossing: np.ndarray,
    reach: tuple[float, float],
    letters: Sequence[tuple[tuple[float, float], bool]],
) -> bool:
    """Whether ink of the line above stands between the tops of accents and those of letters."""
    highest, top = reach
    other = ~crossing & (pieces.bottom > highest) & (pieces.top < top) & (pieces.bottom <= top + 2)
    middle = (pieces.left + pieces.right) / 2
    for (left, right), accented in letters:
        if accented:
            other &= ~((left <= middle) & (middle < right))
    return bool(other.any())


# --- the middle of the line ------------------------------------------------------------------------


def _band(ink: np.ndarray) -> tuple[float, float]:
    """[first, last) of the rows that hold most of the ink, which are as high as an 'x', or as a
    capital."""
    height = len(ink)
    rows = ink.sum(axis=1)
    dense = rows >= max(DENSE * float(np.percentile(rows[height // 3 : -(height // 3)], 75)), 0.5)
    first, last = _run_around(dense, height // 2)
    return float(first), float(last)


def _run_around(marked: np.ndarray, middle: int) -> tuple[int, int]:
    """[first, last) of the longest run of marked rows that are nearest to the middle."""
    steps = np.diff(np.concatenate([[False], marked, [False]]).astype(np.int8))
    found = list(zip(np.flatnonzero(steps == 1), np.flatnonzero(steps == -1), strict=True))
    if not found:
        return middle, middle
    near = max(found, key=lambda run: (run[1] - run[0]) - 0.5 * abs((run[0] + run[1]) / 2 - middle))
    return int(near[0]), int(near[1])
