"""A line of a picture -> its characters, how sure each is, and where each stands along the line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from PIL import Image

from strongroom_engine.indexing.parse.recognition import graphs
from strongroom_engine.indexing.parse.recognition.boxes import Turned
from strongroom_engine.indexing.parse.recognition.rows import own_rows

HEIGHT = 48
"""Pixels of a line's height, as the reader was trained."""
STEP = 8
"""Pixels along the line for each of the reader's steps."""
MOST_WIDTH = 4_800
"""A longer line is squeezed: wider than a hundred letters nothing is."""
INK = 0.4
"""A pixel is ink when it is so much nearer to the darkest than to the paper."""
LEVEL = 0.3
"""Degrees up to which a line is taken as level: boxes around tails and capitals are never quite."""


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line as it was read. `edges` are the [left, right) of each character in pixels along `box`,
    `tops` of each and `bottom` of all are the ink's in pixels down from the upper side of `box`."""

    box: Turned
    text: str
    sure: float
    edges: tuple[tuple[float, float], ...]
    tops: tuple[float, ...]
    bottom: float

    @property
    def top(self) -> float:
        return min(self.tops, default=0.0)


def read(picture: Image.Image, box: Turned) -> ReadLine:
    """The text in the box, which stands upright in it."""
    if abs(box.angle) < LEVEL:
        box = box.level()
    piece = cut(picture, box)
    said, sure, steps = _decoded(graphs.run(graphs.reader(), graphs.as_input(piece))[0])
    if not said:
        return ReadLine(box, "", 0.0, (), (), box.height)
    ink = _ink(piece)
    scale = box.width / piece.shape[1]
    edges = _edges(said, [(step + 0.5) * STEP for step in steps], ink)
    rows = own_rows(ink, said, edges)
    tall = box.height / HEIGHT
    level = tuple((left * scale, right * scale) for left, right in edges)
    tops = tuple(top * tall for top in rows.tops)
    return ReadLine(box, said, sure, level, tops, rows.bottom * tall)


def cut(picture: Image.Image, box: Turned) -> np.ndarray:
    """What is in the box, (HEIGHT, width, 3), its text level."""
    width = min(HEIGHT * box.width / max(box.height, 1.0), MOST_WIDTH)
    size = max(round(width / STEP), 2) * STEP, HEIGHT
    (left, top), (right, down) = box.corner, box.along
    if box.angle == 0:
        area = left, top, left + box.width, top + box.height
        inside = _within(area, picture.size)
        if inside == area:
            piece = picture.resize(size, Image.Resampling.BICUBIC, box=area)
            return np.asarray(piece)
    native = max(round(box.width), 1), max(round(box.height), 1)
    turn = (right, -down, left, down, right, top)
    piece = picture.transform(
        native,
        Image.Transform.AFFINE,
        turn,
        Image.Resampling.BICUBIC,
        fillcolor=_paper(picture, box),
    )
    return np.asarray(piece.resize(size, Image.Resampling.BICUBIC))


def _within(
    area: tuple[float, float, float, float], size: tuple[int, int]
) -> tuple[float, float, float, float]:
    width, height = size
    return max(area[0], 0.0), max(area[1], 0.0), min(area[2], width), min(area[3], height)


def _paper(picture: Image.Image, box: Turned) -> tuple[int, int, int]:
    """The colour at the box's upper left corner, for what of it is outside the picture."""
    x = min(max(round(box.corner[0]), 0), picture.width - 1)
    y = min(max(round(box.corner[1]), 0), picture.height - 1)
    colour = picture.getpixel((x, y))
    assert isinstance(colour, tuple)
    return int(colour[0]), int(colour[1]), int(colour[2])


def _decoded(output: np.ndarray) -> tuple[str, float, list[int]]:
    """The characters, their mean probability, and the step at which each is read."""
    best = output.argmax(axis=1)
    sure = output[np.arange(len(best)), best]
    chosen = best != 0
    chosen[1:] &= best[1:] != best[:-1]
    steps = np.flatnonzero(chosen)
    names = graphs.characters()
    text = "".join(names[best[step]] for step in steps)
    if not text.strip():
        return "", 0.0, []
    first = len(text) - len(text.lstrip())
    last = len(text.rstrip())
    kept = steps[first:last]
    return text.strip(), float(sure[kept].mean()), [_middle(best, int(step)) for step in kept]


def _middle(best: np.ndarray, step: int) -> int:
    """The middle of the steps that say the same character one after the other."""
    last = step
    while last + 1 < len(best) and best[last + 1] == best[step]:
        last += 1
    return (step + last) // 2


# --- where the characters stand -----------------------------------------------------------------


def _ink(piece: np.ndarray) -> np.ndarray:
    """Which pixels of the line are ink: those that differ from its paper."""
    grey = piece.astype(np.float32).mean(axis=2)
    paper = float(np.median(grey))
    away = np.abs(grey - paper)
    most = float(np.percentile(away, 99))
    inked: np.ndarray = away > max(INK * most, 12.0)
    return inked


def _edges(text: str, centres: Sequence[float], ink: np.ndarray) -> list[tuple[float, float]]:
    """[left, right) of each character: between two the column with the least ink, at a space the
    widest gap; then as narrow as the ink is."""
    columns = ink.sum(axis=0).astype(np.float64)
    cuts = [0.0]
    for number, (one, other) in enumerate(pairwise(centres)):
        if text[number] == " " or text[number + 1] == " ":
            cuts.append(_mean(one, other))
        else:
            cuts.append(_least(columns, one, other))
    cuts.append(float(len(columns)))
    spaces = {at for at, character in enumerate(text) if character == " "}
    for at in spaces:
        left, right = _gap(columns, centres[at - 1], centres[at + 1])
        cuts[at], cuts[at + 1] = left, right
    return [
        (left, max(right, left)) if at in spaces else _tight(columns, left, max(right, left))
        for at, (left, right) in enumerate(pairwise(cuts))
    ]


def _mean(one: float, other: float) -> float:
    return (one + other) / 2


def _least(columns: np.ndarray, one: float, other: float) -> float:
    """The column between two characters that has the least ink; of equal ones the middle one."""
    left, right = int(one), max(int(other), int(one) + 1)
    part = columns[left : right + 1]
    if not len(part):
        return _mean(one, other)
    places = np.arange(left, left + len(part)) + 0.5
    away = np.abs(places - _mean(one, other)) / max(right - left, 1)
    return float(places[int(np.argmin(part + 2.0 * away))])


def _gap(columns: np.ndarray, one: float, other: float) -> tuple[float, float]:
    """The widest run of columns without ink between two characters; where there is none a narrow
    place in the middle."""
    left, right = int(one), min(int(other) + 1, len(columns))
    empty = np.concatenate([[False], columns[left:right] < 0.5, [False]]).astype(np.int8)
    steps = np.diff(empty)
    starts, ends = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
    if not len(starts):
        middle = _least(columns, one, other)
        return middle, middle
    widest = int(np.argmax(ends - starts))
    return float(left + starts[widest]), float(left + ends[widest])


def _tight(columns: np.ndarray, left: float, right: float) -> tuple[float, float]:
    """Without the empty columns at both ends; a comma in the next cell's shadow keeps its place."""
    first, last = int(left), max(int(np.ceil(right)), int(left) + 1)
    inked = np.flatnonzero(columns[first:last] > 0.5)
    if not len(inked):
        return left, right
    return float(first + inked[0]), float(first + inked[-1] + 1)
