"""The headings and the title of a PDF: from its bookmarks, else from the look of its lines.

A PDF does not say what a heading is. Bookmarks do where there are any; without them a line is
taken for one when its type is clearly larger than that of most of the text, or bold and alone.
Lines that come back at the edge of page after page are running heads and no headings; nor are the
bold ones of a table.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate

import pymupdf

from strongroom_engine.indexing.parse.clean import has_words, is_wording, one_line, sensible_title
from strongroom_engine.indexing.parse.pdf.text import BLOCK_BREAK, CELL_BREAK, Line, PageText
from strongroom_engine.types import PAGE_BREAK, Heading, Table

LARGER = 1.12
"""A heading's type is at least so many times the size of the body's."""
MAX_LENGTH = 160
"""Characters; longer lines are text, however large."""
MAX_LEVELS = 4
MAX_SHARE = 0.25
"""Bold lines are no headings where more than this share of all lines is bold."""
RUNNING_HEAD = 3
"""A line that stands at the edge of more pages than this is a running head. Within pages one may come
back as well: each part of a report has its "Revenues"."""
EDGE_LINES = 6
"""So many lines from the first and from the last one of a page are its edge."""
FULL_PAGE = 1_000
"""Characters from which on a page says by itself what its body is."""
MIN_BOOKMARKS = 2

_BOLD_NAME = re.compile("bold|black|heavy", re.IGNORECASE)
_NOT_WORDS = re.compile(r"[\W_]+")
_LABEL = re.compile(
    r"^(exhibit|ex|annex|appendix|schedule|table of contents|contents)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Bookmark:
    level: int
    text: str
    page: int
    """From 0."""
    top: float
    """How far down its page it points, in points; 0 where it does not say."""


@dataclass(frozen=True, slots=True)
class _Look:
    """A candidate: where it starts in the document, and how it looks."""

    start: int
    text: str
    size: float
    bold: bool


def bookmarks(file: pymupdf.Document) -> tuple[Bookmark, ...]:
    """The document's outline; empty where it has none or it is broken."""
    found = []
    with suppress(RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase):
        for level, text, page, where in file.get_toc(simple=False):
            top = getattr(where.get("to"), "y", 0.0)
            if 1 <= page <= file.page_count and one_line(text):
                found.append(Bookmark(level, one_line(text), page - 1, top))
    return tuple(found)


def headings(pages: Sequence[PageText], outline: Sequence[Bookmark]) -> tuple[Heading, ...]:
    """The headings in the order of the text, in document coordinates."""
    origins = list(accumulate((len(page.text) + len(PAGE_BREAK) for page in pages), initial=0))
    if len(outline) >= MIN_BOOKMARKS:
        return _from_bookmarks(pages, origins, outline)
    return _from_looks(pages, origins)


def none_of_tables(
    found: Sequence[Heading], outline: Sequence[Bookmark], tables: Sequence[Table]
) -> tuple[Heading, ...]:
    """The headings without those that only look so: heads of a table's columns, and labels over
    some of its rows. What the bookmarks say stays."""
    if len(outline) >= MIN_BOOKMARKS:
        return tuple(found)
    starts = [table.start for table in tables]
    return tuple(one for one in found if not _is_inside(one.start, starts, tables))


def _is_inside(at: int, starts: Sequence[int], tables: Sequence[Table]) -> bool:
    number = bisect_right(starts, at) - 1
    return number >= 0 and at < tables[number].end


def title(
    metadata: dict[str, str | None], found: Sequence[Heading], first_page: int, stem: str
) -> str:
    """The metadata's title where it makes sense, else the first page's largest heading, else the
    file's name. `first_page` is the length of the first page's text."""
    if named := sensible_title(metadata.get("title") or ""):
        return named
    for heading in found:
        if heading.start > first_page:
            break
        if heading.level == 1 and is_wording(heading.text) and not _LABEL.match(heading.text):
            return heading.text
    return one_line(stem)


# --- bookmarks -----------------------------------------------------------------------------------


def _from_bookmarks(
    pages: Sequence[PageText], origins: Sequence[int], outline: Sequence[Bookmark]
) -> tuple[Heading, ...]:
    found = [
        Heading(origins[mark.page] + _start(pages[mark.page], mark), mark.level, mark.text)
        for mark in outline
    ]
    return tuple(sorted(found, key=lambda heading: heading.start))


def _start(page: PageText, mark: Bookmark) -> int:
    """The line that says what the bookmark says, else the one it points at, else the first."""
    wanted = _key(mark.text)
    for line in page.lines:
        said = _key(line.text)
        if said and (said.startswith(wanted) or wanted.endswith(said) or wanted.startswith(said)):
            return line.start
    below = (line.start for line in page.lines if line.raw["bbox"][3] > mark.top > 0)
    return next(below, 0)


def _key(text: str) -> str:
    return _NOT_WORDS.sub("", text).casefold()


# --- looks ---------------------------------------------------------------------------------------


def _from_looks(pages: Sequence[PageText], origins: Sequence[int]) -> tuple[Heading, ...]:
    usual = _body_size(pages)
    running = _running_heads(pages)
    candidates = [
        look
        for page, origin in zip(pages, origins, strict=False)
        for look in _candidates(page, origin, _page_body(page, usual))
        if _key(look.text) not in running
    ]
    total = sum(len(page.lines) for page in pages)
    bold = sum(look.size < usual * LARGER for look in candidates)
    if bold > MAX_SHARE * total:
        candidates = [look for look in candidates if look.size >= usual * LARGER]
    return _levels(candidates)


def _levels(candidates: Sequence[_Look]) -> tuple[Heading, ...]:
    """The largest type is level 1, and so on; bold counts as larger than plain."""
    looks = sorted({(look.size, look.bold) for look in candidates}, reverse=True)
    level = {look: min(number, MAX_LEVELS) for number, look in enumerate(looks, 1)}
    return tuple(
        Heading(look.start, level[look.size, look.bold], one_line(look.text)) for look in candidates
    )


def _body_size(pages: Iterable[PageText]) -> float:
    """The size that half of all characters do not exceed."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            for span in line.raw["spans"]:
                sizes[_size(span["size"])] += len(span["text"])
    half = sizes.total() / 2
    seen = 0
    for size in sorted(sizes):
        seen += sizes[size]
        if seen >= half:
            return size
    return 0.0


def _page_body(page: PageText, usual: float) -> float:
    """A full page has a body of its own: attachments are often set larger than the rest."""
    return max(usual, _body_size([page])) if len(page.text) > FULL_PAGE else usual


def _size(points: float) -> float:
    return round(points * 2) / 2


def _running_heads(pages: Sequence[PageText]) -> set[str]:
    edges = ((*page.lines[:EDGE_LINES], *page.lines[-EDGE_LINES:]) for page in pages)
    seen = Counter(key for edge in edges for key in {_key(line.text) for line in edge})
    return {key for key, count in seen.items() if count > RUNNING_HEAD}


def _candidates(page: PageText, origin: int, body: float) -> list[_Look]:
    """Lines that look like headings; those that follow each other in one look are one heading."""
    found: list[_Look] = []
    last = -1
    for number, line in enumerate(page.lines):
        look = _look(page, number, origin, body)
        if look is None:
            continue
        if found and last == number - 1 and _continues(found[-1], look, page, line):
            found[-1] = _Look(
                found[-1].start, f"{found[-1].text} {look.text}", look.size, look.bold
            )
        else:
            found.append(look)
        last = number
    return found


def _continues(before: _Look, look: _Look, page: PageText, line: Line) -> bool:
    together = not _begins_block(page, line)
    same = (before.size, before.bold) == (look.size, look.bold)
    return together and same and len(before.text) + len(look.text) < MAX_LENGTH


def _look(page: PageText, number: int, origin: int, body: float) -> _Look | None:
    line = page.lines[number]
    if len(line.text) > MAX_LENGTH or not has_words(line.text) or _in_row(page, line):
        return None
    spans = [span for span in line.raw["spans"] if span["text"].strip()]
    size = min(_size(span["size"]) for span in spans)
    bold = all(_is_bold(span) for span in spans)
    large = size >= body * LARGER and any(character.isalpha() for character in line.text)
    alone = bold and size >= body and _begins_block(page, line) and _reads_like_one(line.text)
    return _Look(origin + line.start, line.text, size, bold) if large or alone else None


def _in_row(page: PageText, line: Line) -> bool:
    """True for a cell of a table's row."""
    around = page.text[max(line.start - 1, 0) : line.start] + page.text[line.end : line.end + 1]
    return CELL_BREAK in around


def _begins_block(page: PageText, line: Line) -> bool:
    """False for a line within a paragraph, which is bold for emphasis."""
    return line.start == 0 or page.text.startswith(BLOCK_BREAK, line.start - len(BLOCK_BREAK))


def _reads_like_one(text: str) -> bool:
    letters = sum(character.isalpha() for character in text)
    return letters >= 3 and letters > len(text) / 2 and text[-1] not in ".,;"


def _is_bold(span: dict[str, object]) -> bool:
    flags = span["flags"]
    assert isinstance(flags, int)
    return bool(flags & pymupdf.TEXT_FONT_BOLD or _BOLD_NAME.search(str(span["font"])))
