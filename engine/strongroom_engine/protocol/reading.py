"""A document as the reader shows it."""

from __future__ import annotations

from strongroom_engine.protocol.base import Message

# --- requests: window -> host --------------------------------------------------------------------


class ShowPage(Message, frozen=True):
    """Draw a page, `width_px` device pixels wide, with the spans' rectangles.

    `spans` are page coordinates. Answered by `PageImage`, or by `PageText` for a document without
    pages (then `page` is None).
    """

    file: str = ""
    page: int | None = None
    width_px: int = 0
    spans: tuple[tuple[int, int], ...] = ()


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
    """The text of a document without pages, from `offset`; `spans` are relative to `text`."""

    file: str = ""
    media_type: str = ""
    offset: int = 0
    total: int = 0
    text: str = ""
    spans: tuple[tuple[int, int], ...] = ()


Request = ShowPage
Event = PageImage | PageText
CLOSING = (PageImage, PageText)
