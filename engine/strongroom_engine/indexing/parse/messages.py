"""What a parser worker is asked and what it replies: a closed union, MessagePack, a frame each."""

from __future__ import annotations

import msgspec

from strongroom_engine.errors import BY_CODE, DocumentProblem, ParserDied
from strongroom_engine.types import Document, PageLine

Rectangle = tuple[float, float, float, float]
"""x0, y0, x1, y1 in fractions of the page's width and height, from its upper left corner."""


class PageLines(msgspec.Struct, frozen=True, tag=True):
    """The text of a page, and where the characters of each line stand on it."""

    page: int
    text: str
    lines: tuple[PageLine, ...]


class Recognised(msgspec.Struct, frozen=True, tag=True):
    """What text recognition read on a page; `confidence` is 0 to 1, `turned` by how many degrees
    (0, 90, 180, 270, clockwise) the page has to be turned for its text to stand upright."""

    lines: PageLines
    confidence: float
    turned: int = 0


class Parse(msgspec.Struct, frozen=True, tag=True):
    """Read the whole document. `recognised` is what text recognition has read of its pages. What
    lies outside the folder `within` is not read, whichever link leads there; '': all is."""

    path: str
    passwords: tuple[str, ...] = ()
    recognised: tuple[Recognised, ...] = ()
    within: str = ""


class Render(msgspec.Struct, frozen=True, tag=True):
    """Draw one page. `page` starts at 1, `spans` are page coordinates."""

    path: str
    page: int
    width_px: int
    spans: tuple[tuple[int, int], ...] = ()
    passwords: tuple[str, ...] = ()
    within: str = ""


class ReadLines(msgspec.Struct, frozen=True, tag=True):
    """Say where each character of one page's text stands. `page` starts at 1."""

    path: str
    page: int
    passwords: tuple[str, ...] = ()
    within: str = ""


class Recognise(msgspec.Struct, frozen=True, tag=True):
    """Read one page by text recognition (OCR). `page` starts at 1."""

    path: str
    page: int
    passwords: tuple[str, ...] = ()
    within: str = ""


class Parsed(msgspec.Struct, frozen=True, tag=True):
    """`content_hash` is the SHA-256 of the file's bytes, in hexadecimal; `scanned` are the pages
    without a usable text, which text recognition can read."""

    document: Document
    content_hash: str
    scanned: tuple[int, ...] = ()


class RenderedPage(msgspec.Struct, frozen=True, tag=True):
    """A page as PNG, and for each span asked for the rectangles of its words, a line each."""

    png: bytes
    width_px: int
    height_px: int
    page: int
    pages: int
    label: str
    rectangles: tuple[tuple[Rectangle, ...], ...] = ()


class Problem(msgspec.Struct, frozen=True, tag=True):
    """A `DocumentProblem` on its way between processes."""

    code: str
    details: dict[str, str] = {}

    @property
    def error(self) -> DocumentProblem:
        kind = BY_CODE.get(self.code)
        if kind is None or not issubclass(kind, DocumentProblem):
            return ParserDied(why=f"it replied with {self.code!r}")
        return kind(**self.details)


Request = Parse | Render | ReadLines | Recognise
Reply = Parsed | RenderedPage | PageLines | Recognised | Problem

encode = msgspec.msgpack.Encoder().encode
_requests: msgspec.msgpack.Decoder[Request] = msgspec.msgpack.Decoder(Request)
_replies: msgspec.msgpack.Decoder[Reply] = msgspec.msgpack.Decoder(Reply)
decode_request = _requests.decode
decode_reply = _replies.decode


def problem(error: DocumentProblem) -> Problem:
    return Problem(error.code, error.details)
