"""Text of a PDF page that its reader does not see: as white as the paper, transparent, too small,
or painted over.

What MuPDF does not give at all (outside the page, in a layer that is off, in hidden annotations)
never gets here. Text that is not painted over a picture of it, as programs for text recognition
lay it, is legitimate. Whether anything is to be seen where a doubtful piece of text stands is
looked up in a drawing of the page, which is made only for pages with such a piece.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any

import pymupdf

from strongroom_engine.indexing.parse.clean import has_words, plain
from strongroom_engine.indexing.parse.pdf.notes import BESIDE, Box
from strongroom_engine.indexing.parse.pdf.text import Line, PageText, Raw, span_text
from strongroom_engine.indexing.parse.pdf.twice import PAINTED

Span = tuple[int, int]

PALE = 0xE0
"""Red, green and blue of at least this: as good as white."""
TOO_SMALL_PT = 1.6
"""Text of less height cannot be read without enlarging it; footnotes of forms have 3 and more."""
DIFFERENT = 0x20
"""Two colours that differ by less, in red, green and blue, look alike."""
SHARE_DIFFERENT = 0.3
"""So much of the place of a pale text has to have another colour, for it to be seen."""
SHARE_INK = 0.01
"""So much of a place has to differ from its background for something to be seen there."""
PICTURE_SHARE = 0.7
"""A picture over so much of a page, in one piece or in strips, is a scan."""
SCALE = 1.5
"""Pixels a point of the drawing in which doubtful text is looked for."""
COVERED = 0.9
"""So much of a text's box has to lie under what was painted later."""
SAME_TEXT = 0.3
"""Text that was painted at so much of a piece's box is that piece; MuPDF joins and parts them."""
MIN_COVER_PT = 4.0
"""Bars, rules and glyphs drawn as shapes cover nothing."""
MAX_PIXELS = 8_000_000
MAX_SAMPLES = 20_000
"""About so many pixels of one place are looked at: some of its rows."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A MuPDF span (one font, one colour) with its place in the page's text."""

    start: int
    end: int
    text: str
    raw: Raw

    @property
    def box(self) -> Box:
        box: Box = self.raw["bbox"]
        return box

    @property
    def is_painted(self) -> bool:
        return self.raw.get("alpha", 255) > 8 and bool(self.raw.get("char_flags", 16) & PAINTED)

    @property
    def is_pale(self) -> bool:
        return min(_channels(self.raw["color"])) >= PALE

    @property
    def is_tiny(self) -> bool:
        """By its box as well: some fonts tell a wrong size or a wrong height."""
        sides = self.box[2] - self.box[0], self.box[3] - self.box[1]
        advance = max(sides) / len(self.text)
        return bool(max(self.raw["size"], min(sides), advance) < TOO_SMALL_PT)


def hidden(page: pymupdf.Page, text: PageText) -> list[Span]:
    """The spans of the page's text that cannot be seen, in order, neighbours joined."""
    lines = (line for line in text.lines if BESIDE not in line.raw)
    pieces = [piece for line in lines for piece in _pieces(line) if has_words(piece.text)]
    look = _Look(page, pieces)
    return _joined([(p.start, p.end) for p in pieces if look.hides(p)], text.text)


def _pieces(line: Line) -> Iterator[_Piece]:
    at = line.start - line.cut
    for raw in line.raw["spans"]:
        said = plain(span_text(raw))
        start, end = max(at, line.start), min(at + len(said), line.end)
        at += len(said)
        if start < end:
            yield _Piece(start, end, said.strip(), raw)


def _joined(spans: Sequence[Span], text: str) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return joined


class _Look:
    """Looks at a page, as far as needed."""

    def __init__(self, page: pymupdf.Page, pieces: Sequence[_Piece]) -> None:
        self._page = page
        self._pieces = pieces

    def hides(self, piece: _Piece) -> bool:
        if piece.is_tiny:
            return True
        if not piece.is_painted:
            return not self._is_scan and not self._is_over_ink(piece)
        if piece.is_pale and not self._is_told_apart(piece):
            return not self._repeats(piece)
        return self._is_covered(piece) and not self._is_scan and not self._ink(piece.box)

    def _is_over_ink(self, piece: _Piece) -> bool:
        """Whether its words are to be seen: what is drawn there is not other text."""
        return self._repeats(piece) or (
            self._ink(piece.box) and not any(self._visible_under(piece.box))
        )

    def _repeats(self, piece: _Piece) -> bool:
        """Whether the same words can be read at its place: a shadow, a second layer."""
        said = _letters(piece.text)
        return any(said in _letters(other.text) for other in self._visible_under(piece.box))

    def _visible_under(self, box: Box) -> Iterator[_Piece]:
        return (other for other in self._visible if _share(box, other.box) > 0.5)

    @cached_property
    def _visible(self) -> list[_Piece]:
        return [piece for piece in self._pieces if piece.is_painted and not piece.is_pale]

    # --- the drawing ---------------------------------------------------------------------------

    def _is_told_apart(self, piece: _Piece) -> bool:
        """Whether the paper at its place has another colour than the text."""
        own = _channels(piece.raw["color"])
        pixels = self._pixels(piece.box)
        different = sum(count for colour, count in pixels.items() if _differ(colour, own))
        return different > SHARE_DIFFERENT * sum(pixels.values())

    def _ink(self, box: Box) -> bool:
        """Whether anything is drawn at the place."""
        pixels = self._pixels(box)
        if not pixels:
            return False
        paper = max(pixels, key=pixels.__getitem__)
        ink = sum(count for colour, count in pixels.items() if _differ(colour, paper))
        return ink > SHARE_INK * sum(pixels.values())

    def _pixels(self, box: Box) -> dict[tuple[int, int, int], int]:
        """How often each colour stands in the place; empty where that is outside the page."""
        drawing = self._drawing
        placed = pymupdf.IRect(pymupdf.Rect(box) * self._to_drawing) & drawing.irect
        found: dict[tuple[int, int, int], int] = {}
        step = max(placed.width * placed.height // MAX_SAMPLES, 1)
        for y in range(placed.y0 - drawing.y, placed.y1 - drawing.y, step):
            row = y * drawing.stride
            left = row + (placed.x0 - drawing.x) * 3
            samples = self._samples[left : row + (placed.x1 - drawing.x) * 3]
            for colour in zip(samples[0::3], samples[1::3], samples[2::3], strict=True):
                found[colour] = found.get(colour, 0) + 1
        return found

    @cached_property
    def _scale(self) -> float:
        area = max(self._page.rect.width * self._page.rect.height, 1.0)
        return float(min(SCALE, (MAX_PIXELS / area) ** 0.5))

    @cached_property
    def _to_drawing(self) -> pymupdf.Matrix:
        matrix: pymupdf.Matrix = self._page.rotation_matrix * pymupdf.Matrix(
            self._scale, self._scale
        )
        return matrix

    @cached_property
    def _drawing(self) -> pymupdf.Pixmap:
        matrix = pymupdf.Matrix(self._scale, self._scale)
        return self._page.get_pixmap(matrix=matrix, colorspace=pymupdf.csRGB, alpha=False)

    @cached_property
    def _samples(self) -> bytes:
        samples: bytes = self._drawing.samples
        return samples

    # --- the order of painting -----------------------------------------------------------------

    @cached_property
    def _painted(self) -> list[tuple[str, Box]]:
        """What is painted, in its order: kind and box, in the same points as the text."""
        log: list[tuple[str, Any]] = self._page.get_bboxlog()
        if not self._page.rotation:
            return log
        back = self._page.derotation_matrix
        return [(kind, tuple(pymupdf.Rect(box) * back)) for kind, box in log]

    @cached_property
    def _covers(self) -> list[tuple[int, Box]]:
        """What may cover a text painted before it; last painted first."""
        first = self._texts[0][0] if self._texts else len(self._painted)
        return [
            (number, box)
            for number, (kind, box) in reversed(list(enumerate(self._painted)))
            if number > first
            and kind in {"fill-path", "fill-image", "fill-shade"}
            and min(box[2] - box[0], box[3] - box[1]) >= MIN_COVER_PT
        ]

    @cached_property
    def _texts(self) -> list[tuple[int, Box]]:
        return [
            (number, box)
            for number, (kind, box) in enumerate(self._painted)
            if kind.endswith("-text")
        ]

    @cached_property
    def _is_scan(self) -> bool:
        page = tuple(self._page.rect * self._page.derotation_matrix)
        boxes = (box for kind, box in self._painted if kind == "fill-image")
        return sum(_share(page, box) for box in boxes) > PICTURE_SHARE

    def _is_covered(self, piece: _Piece) -> bool:
        """Whether something was painted over it, and it is not painted again after that."""
        x, y = (piece.box[0] + piece.box[2]) / 2, (piece.box[1] + piece.box[3]) / 2
        for number, (left, top, right, bottom) in self._covers:
            if left <= x <= right and top <= y <= bottom:
                box = left, top, right, bottom
                return _share(piece.box, box) >= COVERED and not self._comes_after(number, piece)
        return False

    def _comes_after(self, number: int, piece: _Piece) -> bool:
        begin = bisect_right(self._texts, number, key=itemgetter(0))
        return any(_share(piece.box, box) > SAME_TEXT for _, box in self._texts[begin:])


def _share(box: Box, other: Sequence[float]) -> float:
    """How much of the box lies in the other one."""
    width = min(box[2], other[2]) - max(box[0], other[0])
    height = min(box[3], other[3]) - max(box[1], other[1])
    area = (box[2] - box[0]) * (box[3] - box[1])
    return width * height / area if width > 0 and height > 0 and area > 0 else 0.0


def _channels(colour: int) -> tuple[int, int, int]:
    return colour >> 16 & 0xFF, colour >> 8 & 0xFF, colour & 0xFF


def _differ(one: Sequence[int], other: Sequence[int]) -> bool:
    return any(abs(a - b) >= DIFFERENT for a, b in zip(one, other, strict=True))


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
