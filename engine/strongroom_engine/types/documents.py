"""What parsing makes of files, and where things stand in them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from strongroom_engine.types.places import Place
from strongroom_engine.types.sheets import SheetTable

PAGE_BREAK = "\n"
HEADING_SEPARATOR = " > "
"""Stands between the headings of a path, the outer one first."""
MAX_HEADING_CHARACTERS = 160


@dataclass(frozen=True, slots=True)
class Page:
    """The text of one page. `number` is physical and starts at 1; `label` is the printed one.

    `confidence` is that of text recognition, 0 to 1; None where the page has a text of its own.
    """

    number: int
    text: str
    label: str = ""
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading found in the document; `start` in document coordinates, `level` from 1."""

    start: int
    level: int
    text: str


def heading_paths(headings: Iterable[Heading]) -> list[tuple[int, tuple[str, ...]]]:
    """Where each heading begins, and the path of headings down to it, in the order of the text."""
    found: list[tuple[int, tuple[str, ...]]] = []
    stack: list[Heading] = []
    for heading in sorted(headings, key=lambda heading: heading.start):
        stack = [above for above in stack if above.level < heading.level] + [heading]
        found.append((heading.start, tuple(" ".join(above.text.split()) for above in stack)))
    return found


def heading_line(path: Iterable[str]) -> str:
    """A path of headings as one line that is not too long."""
    return HEADING_SEPARATOR.join(path)[:MAX_HEADING_CHARACTERS]


@dataclass(frozen=True, slots=True)
class Table:
    """A table found in the document, a row a line or more; document coordinates.

    [start, header_end) are the rows that say what the columns are; empty where none does.
    """

    start: int
    header_end: int
    end: int


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list found in the document: where each item begins, and where the last one ends;
    document coordinates."""

    items: tuple[int, ...]
    end: int

    @property
    def start(self) -> int:
        return self.items[0]


@dataclass(frozen=True, slots=True)
class Member:
    """A document that lies inside another: a file of an archive, a message of a mailbox, an
    attachment. `name` is unique within its container, its path there, with '/' between folders.

    `identity` changes with the content where the container knows (a checksum), '' where not.
    """

    name: str
    size: int
    mtime_ns: int = 0
    identity: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something in a file that is not in its document, and how often; `what` is said by a saying
    of `sentences.left_out`."""

    what: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class MailFacts:
    """What ties a message to others. Ids without their angle brackets; `references` oldest first;
    `recipients` with those of copies; `sent_ms` since 1970, 0 where it does not say."""

    message_id: str = ""
    references: tuple[str, ...] = ()
    subject: str = ""
    sender: str = ""
    recipients: tuple[str, ...] = ()
    sent_ms: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """What parsing made of one file.

    `paged` is true for what is drawn page by page (PDF, images). All else has exactly one `Page`,
    and no page number is ever shown for it: its `places` say where something stands.
    """

    title: str
    media_type: str
    pages: tuple[Page, ...]
    paged: bool
    headings: tuple[Heading, ...] = ()
    tables: tuple[Table, ...] = ()
    lists: tuple[ItemList, ...] = ()
    margins: tuple[tuple[int, int], ...] = ()
    """Running heads, running feet and page numbers: spans in document coordinates."""
    paragraphs: tuple[int, ...] | None = None
    """Where paragraphs begin, in order, in document coordinates, told by the layout and the same
    wherever pages end; None where nothing but blank lines tells."""
    fresh_pages: tuple[int, ...] = ()
    """Where those pages begin, in document coordinates, that a paragraph begins although there was
    room on the page before. Only where `paragraphs` are known."""
    hidden: tuple[tuple[int, int], ...] = ()
    """What a reader of the document cannot see: spans in document coordinates, in order."""
    places: tuple[Place, ...] = ()
    """Slides, sheets, rows, messages: what a citation names, in the order of the text."""
    sheets: tuple[SheetTable, ...] = ()
    members: tuple[Member, ...] = ()
    """Documents inside this one; each is a document of its own."""
    mail: MailFacts | None = None
    parser: str = ""
    """What read it, with its version."""
    scanned: tuple[int, ...] = ()
    """Pages without a usable text, which text recognition can read and has not read."""
    left_out: tuple[LeftOut, ...] = ()
    with_password: bool = False
    took_ms: int = 0
    """How long reading it took."""

    @property
    def text(self) -> str:
        return PAGE_BREAK.join(page.text for page in self.pages)

    @property
    def page_starts(self) -> tuple[int, ...]:
        """The document coordinate at which each page begins."""
        lengths = (len(page.text) + len(PAGE_BREAK) for page in self.pages[:-1])
        return tuple(accumulate(lengths, initial=0)) if self.pages else ()


@dataclass(frozen=True, slots=True)
class PageSpan:
    """A span within one page, in page coordinates. `page` is None where there are no pages."""

    page: int | None
    start: int
    end: int


def locate(start: int, end: int, page_starts: Sequence[int], paged: bool) -> PageSpan:
    """The page on which [start, end) of a document begins, with the span clipped to that page."""
    index = max(bisect_right(page_starts, start) - 1, 0)
    origin = page_starts[index] if page_starts else 0
    if index + 1 < len(page_starts):
        end = min(end, page_starts[index + 1] - len(PAGE_BREAK))
    return PageSpan(index + 1 if paged else None, start - origin, max(end, start) - origin)


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of a page, and where each of its characters stands on it.

    `start` in page coordinates. `box` is x0, y0, x1, y1 in fractions of the page's width and height
    as it is shown. `edges` are two for each character, its least and greatest place along the line,
    in 1/10,000 of the page's width, or of its height where the line is `vertical`. Characters that
    share one shape share their edges.
    """

    start: int
    box: tuple[float, float, float, float]
    edges: tuple[int, ...]
    vertical: bool = False


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage of a document, the unit of embedding and retrieval.

    The chunks of a document tile its text: the first starts at 0, each starts where the one
    before it ends, and the last ends with the text. So the text is stored once, in the chunks.
    `heading` is the path of headings above it, joined by ' > '. `passage` is what is embedded
    (`prefix`, which is title and headings, in front of the text as it is read on); `text` is what
    is shown.
    """

    start: int
    end: int
    heading: str
    text: str
    passage: str
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the file system says about a file without opening it. Size in bytes, time in ns."""

    path: str
    size: int
    mtime_ns: int
    identity: str
    """Device and inode, 'device:inode', by which a rename is recognised; '' where unknown."""
