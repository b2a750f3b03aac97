"""What of a drawn page is the ink of which letter: for asking whether a rectangle covers its words.

MuPDF is made to paint a page, and each glyph it paints is caught on its way, with its font and its
place, and painted again by itself. So what is known here comes from what is drawn and from nothing
that the parser takes from the text of a page: neither its boxes nor its order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pymupdf
from numpy.typing import NDArray
from pymupdf import mupdf

from strongroom_engine.indexing.parse.clean import plain

COVERED = 0.95
"""So much of a letter's ink lies in the rectangles, grown by `MARGIN_PX`, where they cover it."""
TOUCHED = 0.35
"""A letter with more of its ink in the rectangles is covered; less is a tail of the next line."""
MARGIN_PX = 1.0
"""The grey edge of what is painted."""
BESIDE = 0.6
"""So much of its height a rectangle may reach beyond its letters to the left and to the right …"""
ABOVE = 0.75
"""… and above and below them: they may all be as low as an 'x', or hang as a comma does."""
AGAIN = 160
"""A word that is painted twice is painted again after no more letters."""
FULL = 255

Rectangle = tuple[float, float, float, float]
_MARKS = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u00ad\u200b-\u200f\u202a-\u202e\ufeff\ufffd]"
)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter as it is painted: `left` and `top` say where its ink stands, in pixels."""

    text: str
    left: int
    top: int
    ink: NDArray[np.float64]

    @property
    def area(self) -> Rectangle:
        """Where its ink is, in pixels."""
        rows, columns = np.flatnonzero(self.ink.any(axis=1)), np.flatnonzero(self.ink.any(axis=0))
        return (
            float(self.left + columns[0]),
            float(self.top + rows[0]),
            float(self.left + columns[-1] + 1),
            float(self.top + rows[-1] + 1),
        )

    def share(self, boxes: Sequence[Rectangle]) -> float:
        """How much of its ink lies in the boxes (pixels)."""
        height, width = self.ink.shape
        inside = np.zeros(self.ink.shape, bool)
        for x0, y0, x1, y1 in boxes:
            columns = slice(*_clipped(x0 - self.left, x1 - self.left, width))
            inside[slice(*_clipped(y0 - self.top, y1 - self.top, height)), columns] = True
        return float((self.ink * inside).sum() / self.ink.sum())


def _clipped(low: float, high: float, length: int) -> tuple[int, int]:
    return min(max(round(low), 0), length), min(max(round(high), 0), length)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`missed` are letters of the quote that the rectangles do not cover, `wrong` are others that
    they do; `loose` are the rectangles that reach far beyond the quote's ink, over white paper;
    `found` is false where the page does not paint the quote at all."""

    missed: str
    wrong: str
    found: bool = True
    loose: int = 0

    @property
    def is_right(self) -> bool:
        return self.found and not self.missed and not self.wrong and not self.loose


class PaintedPage:
    """The letters of a page, in the order of painting, `width_px` wide."""

    def __init__(self, page: pymupdf.Page, width_px: int) -> None:
        self.scale = width_px / page.rect.width
        self.size = width_px, self.scale * page.rect.height
        catcher = _Catcher()
        matrix = mupdf.FzMatrix(self.scale, 0, 0, self.scale, 0, 0)
        mupdf.fz_run_page(page.this, catcher, matrix, mupdf.FzCookie())
        mupdf.fz_close_device(catcher)
        width, height = self.size
        self.glyphs = [
            glyph
            for glyph in catcher.glyphs
            if not glyph.ink.size or (0 <= glyph.left < width and 0 <= glyph.top < height)
        ]

    @cached_property
    def _letters(self) -> tuple[str, list[int]]:
        """All letters in one string, and the glyph of each; what is painted twice is there once."""
        letters = [
            (letter, n)
            for n, one in enumerate(self.glyphs)
            if not self._repeats(n, range(max(n - AGAIN, 0), n))
            for letter in squeezed(one.text)
        ]
        return "".join(letter for letter, _ in letters), [number for _, number in letters]

    def judge(self, pieces: Sequence[str], rectangles: Sequence[Rectangle]) -> Verdict:
        """Whether the rectangles (fractions of the page) cover the quote and nothing else; its
        pieces are what stands on one line each."""
        boxes = [self._in_pixels(box) for box in rectangles]
        grown = [_grown(box) for box in boxes]
        inside = {
            number
            for number, glyph in enumerate(self.glyphs)
            if glyph.ink.size and glyph.share(boxes) > TOUCHED
        }
        wanted: set[int] = set()
        for piece in sorted(filter(None, map(squeezed, pieces)), key=len, reverse=True):
            found = self._best(piece, inside - wanted)
            if found is None:
                return self._by_letters(pieces, boxes, inside)
            wanted |= found
        missed = [n for n in wanted if self._is_seen(n) and self.glyphs[n].share(grown) < COVERED]
        others = (n for n in sorted(inside - wanted) if _is_read(self.glyphs[n].text))
        wrong = [n for n in others if not self._repeats(n, wanted)]
        loose = self._loose(boxes, wanted)
        return Verdict(self._said(sorted(missed)), self._said(wrong), loose=loose)

    def _loose(self, boxes: Sequence[Rectangle], wanted: Iterable[int]) -> int:
        """How many of the boxes reach far beyond the ink of these glyphs."""
        inked = [one for one in (self.glyphs[number] for number in wanted) if one.ink.size]
        return sum(
            _is_loose(box, [one.area for one in inked if one.share([box]) > TOUCHED])
            for box in boxes
        )

    def _in_pixels(self, box: Rectangle) -> Rectangle:
        width, height = self.size
        return box[0] * width, box[1] * height, box[2] * width, box[3] * height

    def _best(self, piece: str, inside: set[int]) -> set[int] | None:
        """Of all places where the piece is painted, the one with most of it in the rectangles."""
        text, of = self._letters
        said = [piece, piece[::-1]] if _RIGHT_TO_LEFT.search(piece) else [piece]
        places = [set(of[at : at + len(one)]) for one in said for at in _occurrences(text, one)]
        return max(places, key=lambda one: len(one & inside), default=None)

    def _by_letters(
        self, pieces: Sequence[str], boxes: Sequence[Rectangle], inside: set[int]
    ) -> Verdict:
        """Where letters are not painted in the order of reading: these letters, in any order."""
        wanted = sorted(squeezed("".join(pieces)))
        covered = sorted(squeezed("".join(self.glyphs[n].text for n in inside)))
        missed, wrong = _minus(wanted, covered), _minus(covered, wanted)
        return Verdict(missed, wrong, bool(covered), self._loose(boxes, inside))

    def _is_seen(self, number: int) -> bool:
        return self.glyphs[number].ink.size > 0 and _is_read(self.glyphs[number].text)

    def _repeats(self, number: int, wanted: Iterable[int]) -> bool:
        """Whether it is the same letter once more at the same place: bold made by painting twice."""
        one = self.glyphs[number]
        if not one.ink.size:
            return False
        near = min(one.ink.shape) * 0.3 + 1
        return any(
            other.text == one.text
            and _alike(other.ink.shape, one.ink.shape)
            and abs(other.left - one.left) <= near
            and abs(other.top - one.top) <= near
            for other in (self.glyphs[n] for n in wanted)
        )

    def _said(self, numbers: Sequence[int]) -> str:
        return "".join(self.glyphs[number].text for number in numbers if self._is_seen(number))


class _Catcher(mupdf.FzDevice2):  # type: ignore[misc]  # MuPDF has no types
    """Catches glyphs instead of painting them."""

    def __init__(self) -> None:
        super().__init__()
        self.glyphs: list[Glyph] = []
        self.use_virtual_fill_text()
        self.use_virtual_stroke_text()
        self.use_virtual_ignore_text()
        self.use_virtual_clip_text()

    def fill_text(self, _context: Any, text: Any, matrix: Any, *_rest: Any) -> None:
        self._catch(text, matrix)

    def stroke_text(self, _context: Any, text: Any, _stroke: Any, matrix: Any, *_rest: Any) -> None:
        self._catch(text, matrix)

    def ignore_text(self, _context: Any, text: Any, matrix: Any) -> None:
        self._catch(text, matrix)

    def clip_text(self, _context: Any, text: Any, matrix: Any, _scissor: Any) -> None:
        self._catch(text, matrix)

    def _catch(self, text: Any, matrix: Any) -> None:
        ctm = mupdf.FzMatrix(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
        raw = text.head
        while raw:
            span = mupdf.FzTextSpan(raw)
            for number in range(raw.len):
                item = span.items(number)
                said = plain(chr(item.ucs)) if item.ucs > 0 else ""
                if item.gid >= 0:
                    self.glyphs.append(_painted(span, item, ctm, said))
                elif self.glyphs:  # one more letter of the same shape
                    before = self.glyphs[-1]
                    self.glyphs[-1] = replace(before, text=before.text + said)
            raw = raw.next


def _painted(span: Any, item: Any, ctm: Any, said: str) -> Glyph:
    nothing = Glyph(said, 0, 0, np.zeros((0, 0)))
    font, turn = span.font(), span.trm()
    trm = mupdf.FzMatrix(turn.a, turn.b, turn.c, turn.d, item.x, item.y)
    text = mupdf.FzText()
    wmode = span.m_internal.wmode
    mupdf.fz_show_glyph(text, font, trm, item.gid, max(item.ucs, 32), wmode, 0, 0, 0)
    bound = mupdf.fz_bound_glyph(font, item.gid, mupdf.fz_concat(trm, ctm))
    area = mupdf.fz_round_rect(bound)
    left, top, right, bottom = area.x0 - 1, area.y0 - 1, area.x1 + 1, area.y1 + 1
    if not (0 < right - left < 4000 and 0 < bottom - top < 4000):
        return nothing
    pixels = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(left, top, right, bottom), False)
    pixels.clear_with(FULL)
    device = mupdf.fz_new_draw_device(mupdf.FzMatrix(), pixels.this)
    colours = mupdf.FzColorParams()
    mupdf.fz_fill_text(device, text, ctm, mupdf.fz_device_gray(), [0.0], 1.0, colours)
    mupdf.fz_close_device(device)
    drawn = np.frombuffer(pixels.samples, np.uint8).reshape(bottom - top, right - left)
    ink = 1 - drawn / FULL
    return Glyph(said, left, top, ink) if ink.sum() > 0.2 else nothing


def squeezed(text: str) -> str:
    """Letters alone: without white space and the marks that share their letter's place."""
    return _MARKS.sub("", "".join(text.split()))


def _grown(box: Rectangle) -> Rectangle:
    return box[0] - MARGIN_PX, box[1] - MARGIN_PX, box[2] + MARGIN_PX, box[3] + MARGIN_PX


def _is_loose(box: Rectangle, areas: Sequence[Rectangle]) -> bool:
    """Whether the box reaches far beyond what it is for, or is for nothing."""
    if not areas:
        return True
    left, top, right, bottom = zip(*areas, strict=True)
    size = min(box[3] - box[1], box[2] - box[0]) if len(areas) > 2 else box[3] - box[1]
    beside = max(min(left) - box[0], box[2] - max(right))
    above = max(min(top) - box[1], box[3] - max(bottom))
    return bool(beside > BESIDE * size or above > ABOVE * size)


def _alike(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= 1 for a, b in zip(one, other, strict=True))


def _is_read(text: str) -> bool:
    """False where nobody knows which letter it is."""
    return bool(squeezed(text))


def _occurrences(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _minus(these: Sequence[str], those: Sequence[str]) -> str:
    rest = list(those)
    left = []
    for letter in these:
        if letter in rest:
            rest.remove(letter)
        else:
            left.append(letter)
    return "".join(left)
