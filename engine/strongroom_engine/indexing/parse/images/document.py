"""An image as a document: a page for each picture in the file, read by text recognition."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import suppress

import PIL
from PIL import Image

from strongroom_engine.errors import DocumentProblem, NoText
from strongroom_engine.indexing.parse.images import pictures
from strongroom_engine.indexing.parse.images.pictures import Pictures, Size
from strongroom_engine.indexing.parse.messages import PageLines, RenderedPage
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.indexing.parse.pdf import scans
from strongroom_engine.indexing.parse.pdf.headings import title
from strongroom_engine.indexing.parse.pdf.layout import layout
from strongroom_engine.indexing.parse.pdf.text import PageText
from strongroom_engine.sentences import left_out
from strongroom_engine.types import Document, LeftOut, Page

LEAST_SIDE, LEAST_EDGE = 64, 12
"""Pixels of the longer and the shorter side, below which a picture is an icon or a line."""
LEAST_LETTERS = 3
"""Patterns and shadows may look like a letter or two."""
GLANCE_PX = 640
"""Longer side of the picture that is searched for text before a photograph is read: text of a
page is noticed at this size, in a sixth of the time."""
WORTH_A_GLANCE_PX = 480
LINE_SHARE = 0.3
"""A line of text is not higher than so much of a photograph; skies and walls may look like one."""
MAX_WIDTH_PX = 8_000
MAX_PIXELS = 40_000_000
_PAPER = 842.0
"""The longer side of a page in points: a picture's own resolution is seldom true."""
_PNG_EFFORT = 1
"""It goes to the window next door and is thrown away."""


def parse(source: OpenFile) -> Document:
    """The pages that text recognition has read, and which wait for it."""
    with pictures.opened(source) as file:
        sizes = _sizes(file)
        legible = [number for number, size in enumerate(sizes, 1) if _may_hold_text(size)]
        waiting = _waiting(source, legible)
        pages = [_text(source, number, size) for number, size in enumerate(sizes, 1)]
        if not waiting and not any(page.text for page in pages):
            raise NoText
        found = layout(pages)
        return Document(
            title=title({}, found.headings, len(pages[0].text), source.stem),
            media_type=Image.MIME.get(file.format, "image"),
            pages=tuple(Page(number, page.text) for number, page in enumerate(pages, 1)),
            paged=True,
            headings=found.headings,
            tables=found.tables,
            lists=found.lists,
            margins=found.margins,
            paragraphs=found.paragraphs,
            fresh_pages=found.fresh_pages,
            parser=f"Pillow {PIL.__version__}",
            scanned=waiting,
            left_out=tuple(_left_out(source, sizes, legible)),
        )


def _sizes(file: Pictures) -> list[Size | None]:
    """How large the pages are as they are shown; None for one that is damaged."""
    if len(file.frames) == 1:
        return [pictures.shown_size(file.page(1))]
    found: list[Size | None] = []
    for number in range(1, len(file.frames) + 1):
        size = None
        with suppress(DocumentProblem):
            size = pictures.shown_size(file.page(number))
        found.append(size)
    return found


def _may_hold_text(size: Size | None) -> bool:
    return size is not None and max(size) >= LEAST_SIDE and min(size) >= LEAST_EDGE


def _waiting(source: OpenFile, legible: Sequence[int]) -> tuple[int, ...]:
    if not source.settings.text_recognition:
        return ()
    return tuple(page for page in legible if page not in source.recognised)


def _text(source: OpenFile, number: int, size: Size | None) -> PageText:
    said = source.recognised.get(number)
    if not said or not size or sum(map(str.isalnum, said.text)) < LEAST_LETTERS:
        return PageText("", ())
    points = _PAPER / max(size)
    return scans.page_text(said, size[0] * points, size[1] * points)


def _left_out(
    source: OpenFile, sizes: Sequence[Size | None], legible: Sequence[int]
) -> Iterator[LeftOut]:
    if damaged := sizes.count(None):
        yield LeftOut(left_out.DAMAGED_PAGES(), damaged)
    tried = [source.recognised[page] for page in legible if page in source.recognised]
    if illegible := sum(not page.text for page in tried):
        yield LeftOut(left_out.ILLEGIBLE(), illegible)


# --- for text recognition ------------------------------------------------------------------------


def picture(source: OpenFile, number: int) -> Image.Image:
    """Page `number` (from 1) as text recognition is given it; raises a `DocumentProblem`, `NoText`
    for a photograph on which a glance sees none."""
    with pictures.opened(source) as file:
        page = file.page(number)
        if file.is_taken and max(page.size) >= WORTH_A_GLANCE_PX and not _shows_text(page):
            raise NoText
    source.file.seek(0)
    with pictures.opened(source) as file:
        return pictures.upright(file.page(number), scans.MOST_PX)


def _shows_text(page: Image.Image) -> bool:
    from strongroom_engine.indexing.parse.recognition import boxes

    small = pictures.upright(page, 2 * GLANCE_PX)
    most = LINE_SHARE * min(small.size)
    return any(min(box.width, box.height) < most for box in boxes.find(small, GLANCE_PX))


# --- drawing -------------------------------------------------------------------------------------


def render(
    source: OpenFile, number: int, width_px: int, spans: tuple[tuple[int, int], ...]
) -> RenderedPage:
    """Page `number` (from 1), so wide. Where its words stand only text recognition knows."""
    with pictures.opened(source) as file:
        page = file.page(number)
        enough = 2 * max(_drawn_size(pictures.shown_size(page), width_px))
        whole = pictures.upright(page, enough)
        wide, high = _drawn_size(whole.size, width_px)
        drawn = whole.resize((wide, high), Image.Resampling.BICUBIC, reducing_gap=2.0)
        png = io.BytesIO()
        drawn.save(png, "PNG", compress_level=_PNG_EFFORT)
        return RenderedPage(
            png=png.getvalue(),
            width_px=wide,
            height_px=high,
            page=number,
            pages=len(file.frames),
            label="",
            rectangles=tuple(() for _ in spans),
        )


def _drawn_size(size: Size, width_px: int) -> Size:
    width, height = max(size[0], 1), max(size[1], 1)
    scale = min(max(width_px, 1), MAX_WIDTH_PX) / width
    scale = min(scale, (MAX_PIXELS / (width * height)) ** 0.5)
    return max(round(width * scale), 1), max(round(height * scale), 1)


def lines(source: OpenFile, number: int) -> PageLines:
    """No text is known of a picture before it is recognised; raises a `DocumentProblem`."""
    with pictures.opened(source) as file:
        file.page(number)
        return PageLines(number, "", ())
