"""PDF, read and drawn with MuPDF."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pymupdf

from strongroom_engine.errors import (
    DamagedDocument,
    EmptyDocument,
    NeedsPassword,
    NoText,
    ParserOutOfMemory,
)
from strongroom_engine.indexing.parse.clean import has_words, one_line
from strongroom_engine.indexing.parse.messages import PageLines, Rectangle, RenderedPage
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.indexing.parse.pdf import scans
from strongroom_engine.indexing.parse.pdf.attachments import (
    attachments,
    members,
    open_attachment,
)
from strongroom_engine.indexing.parse.pdf.headings import bookmarks, title
from strongroom_engine.indexing.parse.pdf.hidden import hidden
from strongroom_engine.indexing.parse.pdf.layout import layout
from strongroom_engine.indexing.parse.pdf.notes import is_built_when_opened
from strongroom_engine.indexing.parse.pdf.text import (
    Line,
    PageText,
    character_boxes,
    extract,
    extract_with_places,
    is_vertical,
    places,
)
from strongroom_engine.indexing.parse.pdf.weight import is_too_heavy
from strongroom_engine.sentences import left_out, reasons
from strongroom_engine.types import PAGE_BREAK, Document, LeftOut, Page, PageLine

if TYPE_CHECKING:
    from PIL import Image

Span = tuple[int, int]

MEDIA_TYPE = "application/pdf"
MAX_WIDTH_PX = 8_000
MAX_PIXELS = 40_000_000
"""A page is drawn smaller than asked for rather than larger than this (160 MB while drawing)."""

EDGE_UNITS = 10_000
"""The width or height of a page, in the unit of `PageLine.edges`."""

# Its complaints go to stderr by default; what matters of them comes as exceptions.
pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)


@contextmanager
def mupdf_errors() -> Iterator[None]:
    """MuPDF's exceptions as ours."""
    try:
        yield
    except MemoryError as exc:
        raise ParserOutOfMemory from exc
    except (RuntimeError, ValueError, IndexError, pymupdf.mupdf.FzErrorBase) as exc:
        if "malloc" in str(exc) or "out of memory" in str(exc):
            raise ParserOutOfMemory from exc
        raise DamagedDocument(why="it does not have the structure of a PDF") from exc
    finally:
        pymupdf.TOOLS.reset_mupdf_warnings()


@contextmanager
def opened(file: OpenFile) -> Iterator[pymupdf.Document]:
    """The document, decrypted with the empty password or the first one that fits."""
    with mupdf_errors(), _open(file) as document:
        if document.needs_pass and not any(map(document.authenticate, ("", *file.passwords))):
            raise NeedsPassword
        if document.page_count < 1:
            raise DamagedDocument(why="it has no pages")
        yield document


def _open(file: OpenFile) -> pymupdf.Document:
    """From the disk where it lies there: MuPDF then reads only what it needs of it."""
    if isinstance(file.file, io.BytesIO):
        return pymupdf.open(stream=file.file.getvalue(), filetype="pdf")
    return pymupdf.open(file.path, filetype="pdf")


def parse(source: OpenFile) -> Document:
    """Text, page labels, headings and title; raises a `DocumentProblem`."""
    with opened(source) as file:
        read = [_read(file, number) for number in range(file.page_count)]
        if all(page is None for page in read):
            raise DamagedDocument(why="none of its pages can be read")
        scanned = _without_text(file, read)
        waiting = _waiting(source, scanned)
        read = [_as_recognised(file, source, number, page) for number, page in enumerate(read, 1)]
        pages = [page[0] if page else PageText("", ()) for page in read]
        inside, beyond = attachments(file, source.settings)
        if not waiting and not inside and not any(has_words(page.text) for page in pages):
            raise _without_words(file)
        found = layout(pages, bookmarks(file))
        return Document(
            title=title(file.metadata or {}, found.headings, len(pages[0].text), source.stem),
            media_type=MEDIA_TYPE,
            pages=tuple(
                Page(number, page.text, _label(file, number - 1))
                for number, page in enumerate(pages, 1)
            ),
            paged=True,
            headings=found.headings,
            tables=found.tables,
            lists=found.lists,
            margins=found.margins,
            paragraphs=found.paragraphs,
            fresh_pages=found.fresh_pages,
            hidden=_in_document(pages, [page[1] if page else [] for page in read]),
            parser=f"MuPDF {pymupdf.VersionBind}",
            scanned=waiting,
            members=members(inside),
            left_out=(*_left_out(source, scanned, read), *_besides(file, beyond)),
            with_password=bool(file.needs_pass),
        )


def open_member(source: OpenFile, inner: str) -> tuple[str, bytes]:
    """See `opening.parser`."""
    with opened(source) as file:
        return open_attachment(file, inner, source.settings)


def _besides(file: pymupdf.Document, beyond: int) -> Iterator[LeftOut]:
    """What is left out of the document as a whole."""
    if beyond:
        yield LeftOut(left_out.TOO_MANY_MEMBERS(), beyond)
    if is_built_when_opened(file):
        yield LeftOut(left_out.BUILT_FORMS())


# --- scanned pages -------------------------------------------------------------------------------


def _without_text(
    file: pymupdf.Document, read: Sequence[tuple[PageText, list[Span]] | None]
) -> tuple[int, ...]:
    """The pages that show something and have no usable text of their own."""
    found: list[int] = []
    for number, page in enumerate(read, 1):
        with suppress(DamagedDocument), mupdf_errors():
            if page and scans.is_scanned(file[number - 1], page[0].text):
                found.append(number)
    return tuple(found)


def _waiting(source: OpenFile, scanned: Sequence[int]) -> tuple[int, ...]:
    """Those of them that text recognition has yet to read."""
    if not source.settings.text_recognition:
        return ()
    return tuple(page for page in scanned if page not in source.recognised)


def _as_recognised(
    file: pymupdf.Document,
    source: OpenFile,
    number: int,
    page: tuple[PageText, list[Span]] | None,
) -> tuple[PageText, list[Span]] | None:
    """The page as text recognition read it; its own text where that read nothing, if it is one."""
    said = source.recognised.get(number)
    if page and said and said.text:
        rect = file[number - 1].rect
        return scans.page_text(said, rect.width, rect.height), []
    if page and scans.is_garbage(page[0].text):
        return PageText("", ()), []
    return page


def _left_out(
    source: OpenFile,
    scanned: Sequence[int],
    read: Sequence[tuple[PageText, list[Span]] | None],
) -> Iterator[LeftOut]:
    if damaged := sum(page is None for page in read):
        yield LeftOut(left_out.DAMAGED_PAGES(), damaged)
    tried = sum(page in source.recognised for page in scanned)
    legible = sum(
        bool(source.recognised[page].text) for page in scanned if page in source.recognised
    )
    if tried > legible:
        yield LeftOut(left_out.ILLEGIBLE(), tried - legible)
    if scanned and not source.settings.text_recognition:
        yield LeftOut(left_out.SCANS(), len(scanned))


def picture(source: OpenFile, number: int) -> Image.Image:
    """Page `number` (from 1) as text recognition is given it; raises a `DocumentProblem`."""
    with opened(source) as file:
        return scans.picture(_page(file, number))


# --- reading -------------------------------------------------------------------------------------


def _without_words(file: pymupdf.Document) -> DamagedDocument | NoText | EmptyDocument:
    """A scan, a blank paper, or what MuPDF could save of a file that is cut off."""
    if _shows_something(file):
        return NoText()
    if file.is_repaired:
        return DamagedDocument(why="it is cut off or broken, and nothing in it can be read")
    return EmptyDocument()


def _read(file: pymupdf.Document, index: int) -> tuple[PageText, list[tuple[int, int]]] | None:
    """The page's text, and what of it cannot be seen; None where that page is damaged: the others
    are still worth reading."""
    try:
        with mupdf_errors():
            page = file[index]
            if is_too_heavy(page):
                return None
            text = extract(page)
    except DamagedDocument:
        return None
    try:
        with mupdf_errors():
            return text, hidden(page, text)
    except DamagedDocument:  # what cannot be drawn can still be read
        return text, []


def _in_document(
    pages: Sequence[PageText], spans: Sequence[Sequence[tuple[int, int]]]
) -> tuple[tuple[int, int], ...]:
    """Spans of each page, in document coordinates."""
    found: list[tuple[int, int]] = []
    origin = 0
    for page, own in zip(pages, spans, strict=True):
        found += [(origin + start, origin + end) for start, end in own]
        origin += len(page.text) + len(PAGE_BREAK)
    return tuple(found)


def _label(file: pymupdf.Document, index: int) -> str:
    """The page number as printed; '' where there is none or it is the physical one."""
    try:
        with mupdf_errors():
            label = one_line(file[index].get_label())
    except DamagedDocument:
        return ""
    return "" if label == str(index + 1) else label


def _shows_something(file: pymupdf.Document) -> bool:
    """True when any page draws anything, as a scan does; false for blank pages."""
    for index in range(file.page_count):
        try:
            with mupdf_errors():
                if file[index].get_bboxlog():
                    return True
        except DamagedDocument:
            return True
    return False


# --- drawing -------------------------------------------------------------------------------------


def render(
    source: OpenFile, number: int, width_px: int, spans: tuple[tuple[int, int], ...]
) -> RenderedPage:
    """Page `number` (from 1) as an image; raises a `DocumentProblem`."""
    with opened(source) as file:
        page = _page(file, number)
        scale = _scale(page.rect, width_px)
        picture = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), alpha=False)
        text = extract_with_places(page) if spans else PageText("", ())
        return RenderedPage(
            png=picture.tobytes("png"),
            width_px=picture.width,
            height_px=picture.height,
            page=number,
            pages=file.page_count,
            label=_label(file, number - 1),
            rectangles=tuple(_rectangles(page, text, *span) for span in spans),
        )


def lines(source: OpenFile, number: int) -> PageLines:
    """The text of page `number` (from 1), and where it stands; raises a `DocumentProblem`."""
    with opened(source) as file:
        page = _page(file, number)
        text = extract_with_places(page)
        return PageLines(number, text.text, tuple(_line(page, line) for line in text.lines))


def _page(file: pymupdf.Document, number: int) -> pymupdf.Page:
    if not 1 <= number <= file.page_count:
        raise DamagedDocument(why=reasons.HAS_NO_PAGE(page=str(number)))
    page = file[number - 1]
    if is_too_heavy(page):
        raise DamagedDocument(why="it does not have the structure of a PDF")
    return page


def _line(page: pymupdf.Page, line: Line) -> PageLine:
    """The line as it is shown: a page's rotation may turn what was level."""
    turned = page.rotation_matrix
    boxes = [_fractions(pymupdf.Rect(box) * turned, page.rect) for box in character_boxes(line)]
    vertical = is_vertical(line.raw) != (page.rotation % 180 == 90)
    low, high = (1, 3) if vertical else (0, 2)
    edges = (round(box[side] * EDGE_UNITS) for box in boxes for side in (low, high))
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return PageLine(line.start, (min(x0), min(y0), max(x1), max(y1)), tuple(edges), vertical)


def _scale(rect: pymupdf.Rect, width_px: int) -> float:
    """Pixels for each point: as wide as asked for, within the limits."""
    wide = min(max(width_px, 1), MAX_WIDTH_PX) / max(rect.width, 1.0)
    area = max(rect.width * rect.height, 1.0)
    return float(min(wide, (MAX_PIXELS / area) ** 0.5))


def _rectangles(page: pymupdf.Page, text: PageText, start: int, end: int) -> tuple[Rectangle, ...]:
    """Places in fractions of the page as it is shown, so after its rotation."""
    boxes = [pymupdf.Rect(box) * page.rotation_matrix for box in places(text, start, end)]
    return tuple(_fractions(box, page.rect) for box in boxes)


def _fractions(box: pymupdf.Rect, page: pymupdf.Rect) -> Rectangle:
    def along(value: float, origin: float, length: float) -> float:
        return min(max((value - origin) / max(length, 1e-6), 0.0), 1.0)

    return (
        along(box.x0, page.x0, page.width),
        along(box.y0, page.y0, page.height),
        along(box.x1, page.x0, page.width),
        along(box.y1, page.y0, page.height),
    )
