"""Pages of a PDF without a usable text: which these are, their picture for text recognition, and
what it read of them as the text of a page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

import pymupdf

from strongroom_engine.indexing.parse.messages import PageLines
from strongroom_engine.indexing.parse.pdf.text import Line, PageText, Raw
from strongroom_engine.types import PageLine

if TYPE_CHECKING:
    from PIL import Image

GARBAGE = 0.4
"""So much of a page's text without a meaning (no Unicode, private use), and it is no text."""
STRAY = 60
"""A picture over the whole page with fewer letters and digits than this on it is a scan: a stamp,
a page number, the name of a program."""
PICTURE_SHARE = 0.7
DPI = 200
LEAST_PX, MOST_PX = 64, 3_500
"""Of the longer side of what is recognised: about the height of A4 at 300 dots an inch."""
LARGER = 1.25
"""Lines of text recognition are larger than the rest from here on: their heights are not exact."""


# --- which pages ---------------------------------------------------------------------------------


def is_scanned(page: pymupdf.Page, text: str) -> bool:
    """Whether the page shows something of which `text` says nothing."""
    letters = sum(character.isalnum() for character in text)
    if not letters or is_garbage(text):
        return bool(page.get_bboxlog())
    return letters < STRAY and _picture_share(page) > PICTURE_SHARE


def is_garbage(text: str) -> bool:
    """True for what a font without a table of characters gives."""
    said = [character for character in text if not character.isspace()]
    without = sum(
        character == "\ufffd" or unicodedata.category(character) in ("Co", "Cn", "Cc")
        for character in said
    )
    return without > GARBAGE * len(said)


def _picture_share(page: pymupdf.Page) -> float:
    """How much of the page pictures cover, in one piece or in strips."""
    shown = page.rect * page.derotation_matrix
    shown.normalize()
    area = max(shown.width * shown.height, 1e-6)
    pictures = (pymupdf.Rect(box) for kind, box in page.get_bboxlog() if kind == "fill-image")
    covered = sum(float((picture & shown).get_area()) for picture in pictures)
    return float(covered / area)


def picture(page: pymupdf.Page) -> Image.Image:
    """The page as it is shown, as sharp as its letters need and its pictures are."""
    from PIL import Image

    long = max(page.rect.width, page.rect.height, 1e-3)
    sharpest = max((max(one[2], one[3]) for one in page.get_images()), default=0)
    wanted = min(max(long * DPI / 72, sharpest, LEAST_PX), MOST_PX)
    drawn = page.get_pixmap(matrix=pymupdf.Matrix(wanted / long, wanted / long), alpha=False)
    return Image.frombytes("RGB", (drawn.width, drawn.height), drawn.samples)


# --- as the text of a page -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Cell:
    """A line, or a cell of a row, of what was recognised."""

    start: int
    text: str
    box: tuple[float, float, float, float]
    size: float


def page_text(read: PageLines, width: float, height: float) -> PageText:
    """What was recognised of a page so large (in points), as MuPDF tells lines of a page's own
    text; the sizes of type are estimated, and those of the body made one."""
    cells = list(_cells(read, width, height))
    usual = median(cell.size for cell in cells for _ in cell.text) if cells else 0.0
    return PageText(read.text, tuple(_line(cell, usual) for cell in cells))


def _cells(read: PageLines, width: float, height: float) -> Iterator[_Cell]:
    pieces = list(read.lines)
    start = 0
    for part in read.text.replace("\t", "\n").split("\n"):
        end = start + len(part)
        own = [piece for piece in pieces if start <= piece.start < end]
        if part and own:
            x0, y0, x1, y1 = zip(*(piece.box for piece in own), strict=True)
            box = min(x0) * width, min(y0) * height, max(x1) * width, max(y1) * height
            size = median(_size(piece, read.text, width, height) for piece in own)
            yield _Cell(start, part, box, size)
        start = end + 1


def _size(piece: PageLine, text: str, width: float, height: float) -> float:
    """The size of type of a piece, from the height of its ink and the letters in it."""
    high = (piece.box[2] - piece.box[0]) * width if piece.vertical else 0.0
    high = high or (piece.box[3] - piece.box[1]) * height
    said = text[piece.start : piece.start + len(piece.edges) // 2]
    if any(ord(character) > 0x2E80 for character in said):
        return high / 0.9
    above = any(
        character in "bdfhklt()[]|/ß" or character.isupper() or character.isdigit()
        for character in said
    )
    below = any(character in "gjpqy()[]|,;Q" for character in said)
    return high / (0.5 + 0.22 * above + 0.2 * below)


def _line(cell: _Cell, usual: float) -> Line:
    times = cell.size / usual if usual else 1.0
    size = usual if times < LARGER else round(times * 4) / 4 * usual
    span: Raw = {"text": cell.text, "size": size, "flags": 0, "font": "", "bbox": cell.box}
    raw: Raw = {"spans": [span], "bbox": cell.box, "dir": (1.0, 0.0)}
    return Line(cell.start, cell.text, 0, raw)
