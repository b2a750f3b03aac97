"""Where text stands on a picture: turned rectangles around what the detector marks.

Joined marks become one rectangle each. All in numpy: a page has a few thousand runs of marked
pixels, for which an image library of 60 MB is not worth its size.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from strongroom_engine.indexing.parse.recognition import graphs

LONG_SIDE = 1_600
"""Pixels of the longer side of the picture that is searched …"""
SHORT_SIDE = 320
"""… and at least so many of the shorter one."""
MARKED = 0.3
"""A pixel belongs to text from this probability on."""
SURE = 0.5
"""Marks are text when their mean probability is at least this."""
UNCLIP = 1.6
"""The detector marks the cores of lines; they grow by so much of their area to their border."""
LEAST_PX = 3.0
SHORT = 3.0
"""Times as long as it is high, below which a mark is taken as level."""
MOST_BOXES = 3_000
_STEP = 32
"""Both sides of what the detector sees are multiples of this."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Turned:
    """A rectangle: its upper left corner, the unit vector along its upper side, width and height.

    'Upper' is as its text stands; the side at a right angle points 'down', clockwise from along.
    """

    corner: Point
    along: Point
    width: float
    height: float

    @property
    def angle(self) -> float:
        """Degrees clockwise from level, -180 to 180."""
        return math.degrees(math.atan2(self.along[1], self.along[0]))

    @property
    def centre(self) -> Point:
        return self.at(self.width / 2, self.height / 2)

    def at(self, x: float, y: float) -> Point:
        """A point inside it on the picture."""
        (left, top), (right, down) = self.corner, self.along
        return left + right * x - down * y, top + down * x + right * y

    def level(self) -> Turned:
        """The same rectangle turned to level about its centre."""
        x, y = self.centre
        corner = x - self.width / 2, y - self.height / 2
        return Turned(corner, (1.0, 0.0), self.width, self.height)

    def quarter(self, times: int) -> Turned:
        """The same rectangle for text that is turned by so many quarters clockwise within it."""
        box = self
        for _ in range(times % 4):
            (right, down) = box.along
            box = Turned(box.at(box.width, 0), (-down, right), box.height, box.width)
        return box


def find(picture: Image.Image, long_side: int = LONG_SIDE) -> list[Turned]:
    """The lines of text on the picture (RGB), level or upright as they lie, in its pixels; it is
    searched with so many pixels on its longer side."""
    width, height = picture.size
    scale = long_side / max(width, height)
    scale = min(scale, 4.0) if min(width, height) * scale < SHORT_SIDE else min(scale, 2.0)
    seen = _rounded(width * scale), _rounded(height * scale)
    small = picture.resize(seen, Image.Resampling.BILINEAR)
    sure = graphs.run(graphs.detector(), graphs.as_input(np.asarray(small)))[0, 0]
    x, y = width / seen[0], height / seen[1]
    return [_scaled(box, x, y) for box in _boxes(sure)]


def _rounded(length: float) -> int:
    return max(round(length / _STEP), 1) * _STEP


def _scaled(box: Turned, x: float, y: float) -> Turned:
    """In another scale, which is nearly the same in both directions."""
    right, down = box.along[0] * x, box.along[1] * y
    stretch = math.hypot(right, down)
    across = math.hypot(box.along[1] * x, box.along[0] * y)
    return Turned(
        (box.corner[0] * x, box.corner[1] * y),
        (right / stretch, down / stretch),
        box.width * stretch,
        box.height * across,
    )


def _boxes(sure: np.ndarray) -> Iterator[Turned]:
    marked = sure > MARKED
    for rows, starts, ends in _joined(marked)[:MOST_BOXES]:
        total = sum(float(sure[y, a:b].sum()) for y, a, b in zip(rows, starts, ends, strict=True))
        if total < SURE * float((ends - starts).sum()):
            continue
        points = np.concatenate(
            [np.stack([x, y], axis=1) for x in (starts, ends) for y in (rows, rows + 1)]
        ).astype(np.float64)
        box = smallest(points)
        if box.height >= LEAST_PX:
            yield _grown(box)


def _grown(box: Turned) -> Turned:
    by = box.width * box.height * UNCLIP / (2 * (box.width + box.height))
    return Turned(box.at(-by, -by), box.along, box.width + 2 * by, box.height + 2 * by)


# --- joined marks ----------------------------------------------------------------------------------


def _joined(marked: np.ndarray) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """The marks that touch each other, also at corners: (rows, starts, ends) of their runs."""
    rows, starts, ends = runs(marked)
    parents = grouped(rows, starts, ends)
    order = np.argsort(parents, kind="stable")
    cuts = np.flatnonzero(np.diff(parents[order])) + 1
    return [(rows[part], starts[part], ends[part]) for part in np.split(order, cuts) if len(part)]


def runs(marked: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The runs of marked pixels, row by row: [start, end) of each."""
    padded = np.zeros((marked.shape[0], marked.shape[1] + 2), np.int8)
    padded[:, 1:-1] = marked
    steps = np.diff(padded, axis=1)
    rows, starts = np.nonzero(steps == 1)
    _, ends = np.nonzero(steps == -1)
    return rows, starts, ends


def grouped(rows: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """For each run the number of the group that it belongs to: runs of neighbouring rows join."""
    parents = list(range(len(rows)))

    def root(one: int) -> int:
        while parents[one] != one:
            parents[one] = parents[parents[one]]
            one = parents[one]
        return one

    above = 0
    row, start, end = rows.tolist(), starts.tolist(), ends.tolist()
    for one in range(len(row)):
        while row[above] < row[one] - 1 or (row[above] == row[one] - 1 and end[above] < start[one]):
            above += 1
        other = above
        while other < one and row[other] == row[one] - 1 and start[other] <= end[one]:
            parents[root(one)] = root(other)
            other += 1
    return np.array([root(one) for one in range(len(row))], np.int64)


# --- the smallest rectangle --------------------------------------------------------------------------


def smallest(points: np.ndarray) -> Turned:
    """The smallest rectangle around the points, its longer side first, as level as it can be."""
    hull = np.array(_hull(points))
    sides = np.roll(hull, -1, axis=0) - hull
    angles = np.arctan2(sides[:, 1], sides[:, 0])
    along = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    across = np.stack([-along[:, 1], along[:, 0]], axis=1)
    on_along, on_across = hull @ along.T, hull @ across.T
    widths, heights = np.ptp(on_along, axis=0), np.ptp(on_across, axis=0)
    best = int(np.argmin(widths * heights))
    if max(widths[best], heights[best]) < SHORT * min(widths[best], heights[best]):
        return _level(hull)  # the angle of a few letters says nothing
    x, y = float(on_along[:, best].min()), float(on_across[:, best].min())
    a, b = along[best].tolist(), across[best].tolist()
    corner = a[0] * x + b[0] * y, a[1] * x + b[1] * y
    box = Turned(corner, (a[0], a[1]), float(widths[best]), float(heights[best]))
    return max((box.quarter(times) for times in range(4)), key=_levelness)


def _level(hull: np.ndarray) -> Turned:
    (left, top), (right, bottom) = hull.min(axis=0).tolist(), hull.max(axis=0).tolist()
    box = Turned((left, top), (1.0, 0.0), right - left, bottom - top)
    return box if box.width >= box.height else box.quarter(1)


def _levelness(box: Turned) -> tuple[bool, float]:
    return box.width >= box.height, box.along[0] + 0.001 * box.along[1]


def _hull(points: np.ndarray) -> Sequence[Point]:
    """The convex hull, by the chains of Andrew."""
    ordered = sorted({(x, y) for x, y in points.tolist()})
    chains: list[list[Point]] = []
    for along in (ordered, ordered[::-1]):
        chain: list[Point] = []
        for point in along:
            while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 0:
                chain.pop()
            chain.append(point)
        chains.append(chain[:-1])
    return chains[0] + chains[1]


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
