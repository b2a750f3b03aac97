"""A document as the reader shows it."""

from __future__ import annotations

from strongroom_engine.protocol.base import Message
from strongroom_engine.types import DocumentFacts, PageLine, PageSpan, Place, Report

# --- requests: window -> host --------------------------------------------------------------------


class ShowPage(Message, frozen=True):
    """Draw a page, `width_px` device pixels wide, with the spans' rectangles.

    `spans` are page coordinates. Answered by `PageImage`, or by `PageText` for a document without
    pages (then `page` is None). `as_text` wants the text of a page from the library, too: its file
    may be gone. A text comes in parts, around the first span, or from `offset` on (document
    coordinates), or the part that ends at `until`.
    """

    file: str = ""
    page: int | None = None
    width_px: int = 0
    spans: tuple[tuple[int, int], ...] = ()
    as_text: bool = False
    offset: int | None = None
    until: int | None = None


class GetPageLines(Message, frozen=True):
    """What stands where on a page, to be selected. Answered by `PageLines`."""

    file: str = ""
    page: int = 1


class FindInDocument(Message, frozen=True):
    """Where words stand in a document. Answered by `FoundInDocument`."""

    file: str = ""
    words: str = ""


class GetDocument(Message, frozen=True):
    """What the library knows of a document. Answered by `DocumentTold`."""

    file: str = ""


class GetReport(Message, frozen=True):
    """How a document was read. Answered by `ReportTold`."""

    file: str = ""


class CheckDocument(Message, frozen=True):
    """Look anew whether a document is findable. Answered by `ReportTold`."""

    file: str = ""


# --- events: host -> window ----------------------------------------------------------------------


class PageImage(Message, frozen=True):
    """A page as PNG. `rectangles` are x0, y0, x1, y1 in fractions of width and height, one list
    for each span asked for; an empty list where the span is not on this page."""

    file: str = ""
    page: int = 1
    pages: int = 1
    label: str = ""
    width_px: int = 0
    height_px: int = 0
    png: bytes = b""
    rectangles: tuple[tuple[tuple[float, float, float, float], ...], ...] = ()


class PageText(Message, frozen=True):
    """Part of the text of a document, from `offset` of `total`; all positions in it are relative
    to `text`: `spans`, `headings` (start, end, level), `tables` (start, end of the header rows,
    end) and `items` (where the items of lists begin)."""

    file: str = ""
    media_type: str = ""
    offset: int = 0
    total: int = 0
    text: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    headings: tuple[tuple[int, int, int], ...] = ()
    tables: tuple[tuple[int, int, int], ...] = ()
    items: tuple[int, ...] = ()
    places: tuple[Place, ...] = ()
    """Slides, sheets, messages and the like that begin in it; their `start` is relative to `text`."""


class PageLines(Message, frozen=True):
    """The text of a page, and where each character of it stands."""

    file: str = ""
    page: int = 1
    text: str = ""
    lines: tuple[PageLine, ...] = ()


class FoundInDocument(Message, frozen=True):
    """Where the words stand, in the document's order; `more` when there are more places."""

    file: str = ""
    words: str = ""
    places: tuple[PageSpan, ...] = ()
    more: bool = False


class DocumentTold(Message, frozen=True):
    file: str = ""
    facts: DocumentFacts | None = None


class ReportTold(Message, frozen=True):
    file: str = ""
    report: Report | None = None


Request = ShowPage | GetPageLines | FindInDocument | GetDocument | GetReport | CheckDocument
Event = PageImage | PageText | PageLines | FoundInDocument | DocumentTold | ReportTold
CLOSING = (PageImage, PageText, PageLines, FoundInDocument, DocumentTold, ReportTold)
