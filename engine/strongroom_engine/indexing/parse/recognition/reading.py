"""A line of a picture -> its characters, how sure each is, and where each stands along the line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from PIL import Image

from strongroom_engine.indexing.parse.recognition import graphs
from strongroom_engine.indexing.parse.recognition.boxes import Turned

HEIGHT = 48
"""Pixels of a line's height, as the reader was trained."""
STEP = 8
"""Pixels along the line for each of the reader's steps."""
MOST_WIDTH = 4_800
"""A longer line is squeezed: wider than a hundred letters nothing is."""
INK = 0.4
"""A pixel is ink when it is so much nearer to the darkest than to the paper."""
GAP, ACCENT_GAP = 1, 5
"""Rows without ink within a line; under the accent of a capital there may be more."""
DENSE = 0.5
"""Of the ink of rows in the middle: rows with more are as high as an 'x'."""
UP, UP_WITH_ACCENT, DOWN = 0.6, 1.0, 0.5
"""So many times the height of an 'x' a letter reaches above and below it."""
LEAST_BAND = HEIGHT // 4
LEVEL = 0.3
"""Degrees up to which a line is cut out without being turned."""


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line as it was read. `edges` are the [left, right) of each character in pixels along `box`,
    `top` and `bottom` the ink's in pixels down from the upper side of `box`."""

    box: Turned
    text: str
    sure: float
    edges: tuple[tuple[float, float], ...]
    top: float
    bottom: float


def read(picture: Image.Image, box: Turned) -> ReadLine:
    """The text in the box, which stands upright in it."""
    piece = cut(picture, box)
    said, sure, steps = _decoded(graphs.run(graphs.reader(), graphs.as_input(piece))[0])
    if not said:
        return ReadLine(box, "", 0.0, (), 0.0, box.height)
    ink = _ink(piece)
    scale = box.width / piece.shape[1]
    edges = _edges(said, [(step + 0.5) * STEP for step in steps], ink)
    accents = any(letter.isupper() and not letter.isascii() for letter in said)
    top, bottom = _rows(ink, ACCENT_GAP if accents else GAP)
    tall = box.height / HEIGHT
    level = tuple((left * scale, right * scale) for left, right in edges)
    return ReadLine(box, said, sure, level, top * tall, bottom * tall)


def cut(picture: Image.Image, box: Turned) -> np.ndarray:
    """What is in the box, (HEIGHT, width, 3), its text level."""
    width = min(HEIGHT * box.width / max(box.height, 1.0), MOST_WIDTH)
    size = max(round(width / STEP), 2) * STEP, HEIGHT
    (left, top), (right, down) = box.corner, box.along
    if abs(box.angle) < LEVEL:
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


def _rows(ink: np.ndarray, above: int = GAP) -> tuple[float, float]:
    """[top, bottom) of the line's ink, without what reaches in from the lines above and below;
    `above` is how many rows without ink there may be under what belongs to it."""
    rows = ink.sum(axis=1)
    full = rows > max((0.004 if above == GAP else 0.001) * ink.shape[1], 0.5)
    core = slice(HEIGHT // 3, HEIGHT - HEIGHT // 3)
    if not full[core].any():
        return 0.0, float(HEIGHT)
    highest, lowest = _within_reach(rows, full, above)
    inside = np.flatnonzero(full[core]) + core.start
    top, bottom = int(inside[0]), int(inside[-1])
    while full[max(top - 1 - above, highest) : top].any():
        top -= 1
    while full[bottom + 1 : min(bottom + 2 + GAP, lowest)].any():
        bottom += 1
    return float(top), float(bottom + 1)


def _within_reach(rows: np.ndarray, full: np.ndarray, above: int) -> tuple[int, int]:
    """[highest, lowest) of the rows that letters can reach from those that hold most of the ink,
    which are as high as an 'x', or as a capital: beyond it stand other lines, close by."""
    dense = full & (rows >= DENSE * float(np.percentile(rows[HEIGHT // 3 : -HEIGHT // 3], 75)))
    first, last = _run_around(dense, HEIGHT // 2)
    high = max(last - first, LEAST_BAND)
    up = UP if above == GAP else UP_WITH_ACCENT
    return max(round(first - up * high), 0), min(round(last + DOWN * high), HEIGHT)


def _run_around(marked: np.ndarray, middle: int) -> tuple[int, int]:
    """[first, last) of the longest run of marked rows that are nearest to the middle."""
    padded = np.concatenate([[False], marked, [False]]).astype(np.int8)
    steps = np.diff(padded)
    runs = list(zip(np.flatnonzero(steps == 1), np.flatnonzero(steps == -1), strict=True))
    if not runs:
        return middle, middle
    near = max(runs, key=lambda run: (run[1] - run[0]) - 0.5 * abs((run[0] + run[1]) / 2 - middle))
    return int(near[0]), int(near[1])


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
