"""What the pages of a PDF hold beside paragraphs: margins, tables and lists that run over pages.

Margins are running heads, running feet and page numbers: what the text goes on around.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice, takewhile

from strongroom_engine.indexing.flow import flowing
from strongroom_engine.indexing.parse import structure
from strongroom_engine.indexing.parse.pdf.column_heads import with_column_heads
from strongroom_engine.indexing.parse.pdf.text import CELL_BREAK, PageText
from strongroom_engine.types import PAGE_BREAK, Heading, ItemList, Table

EDGE_LINES = 4
"""So many lines from the top and from the bottom of a page may be its margin."""
MIN_PAGES = 3
"""A line at a page's edge is a running head when it stands on so many; its digits may change …"""
STRETCH = 8
"""… within so many, left pages and right ones having theirs: the last word of a paragraph comes to
stand at the edge of some page or other, too."""
MAX_NUMBER = 14
"""Characters of a page number with what is around it."""

EDGE_CHARACTERS = 1_000
"""So far from a page's end its last lines are looked for."""

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_NOT_LETTERS = re.compile(r"[\W\d_]+")
_PAGE_NUMBER = re.compile(
    r"\W*((page|seite|página|страница|p)\W*)?([A-Z]{1,2}-)?\d{1,4}(\W*(of|/|von|de|из)\W*\d{1,4})?\W*"
    r"|\W*[ivxlc]{1,6}\W*|第?\W*\d{1,4}\W*[页頁ページ]?",
    re.IGNORECASE,
)


def margins(pages: Sequence[PageText]) -> tuple[tuple[int, int], ...]:
    """The spans of the lines that are no part of the text, in document coordinates."""
    running = _running(pages)
    found: list[tuple[int, int]] = []
    for page, origin in zip(pages, _origins(pages), strict=False):
        edges = _at_edges(page, running)
        found += [(origin + line.start(), origin + line.end()) for line in edges]
    return tuple(sorted(set(found)))


def tables(
    pages: Sequence[PageText], edges: Sequence[tuple[int, int]], headings: Sequence[Heading]
) -> tuple[Table, ...]:
    """The tables of all pages, in document coordinates, joined over the ends of pages."""
    margins, titles = sorted(start for start, _ in edges), [one.start for one in headings]
    found: list[list[Table]] = []
    for page, origin in zip(pages, _origins(pages), strict=False):
        end = origin + len(page.text)
        own = frozenset(at - origin for at in _within(titles, origin, end))
        stops = {at - origin for at in _within(margins, origin, end)}
        read = structure.tables(page.text, CELL_BREAK, own)
        found.append(
            [
                Table(origin + one.start, origin + one.header_end, origin + one.end)
                for one in with_column_heads(page, read, own, stops)
            ]
        )
    return tuple(structure.joined(found, _text(pages), edges))


def _within(starts: Sequence[int], first: int, last: int) -> Sequence[int]:
    return starts[bisect_left(starts, first) : bisect_right(starts, last)]


def lists(
    pages: Sequence[PageText], edges: Sequence[tuple[int, int]], paragraphs: Sequence[int]
) -> tuple[ItemList, ...]:
    """The lists of the document, in document coordinates."""
    return structure.lists(flowing(_text(pages), edges, paragraphs))


def _text(pages: Sequence[PageText]) -> str:
    return PAGE_BREAK.join(page.text for page in pages)


def _origins(pages: Sequence[PageText]) -> list[int]:
    """Where each page begins, and behind the last one."""
    return list(accumulate((len(page.text) + len(PAGE_BREAK) for page in pages), initial=0))


def _running(pages: Sequence[PageText]) -> frozenset[str]:
    seen: dict[str, list[int]] = {}
    for number, page in enumerate(pages):
        for key in {_key(line.group()) for edge in _edges(page) for line in edge}:
            seen.setdefault(key, []).append(number)
    return frozenset(key for key, numbers in seen.items() if key and _comes_back(numbers))


def _comes_back(numbers: Sequence[int]) -> bool:
    """Whether so many of the pages are near each other."""
    last = numbers[MIN_PAGES - 1 :]
    return any(end - start < STRETCH for start, end in zip(numbers, last, strict=False))


def _edges(page: PageText) -> tuple[Sequence[re.Match[str]], Sequence[re.Match[str]]]:
    """The first lines from the top, and the last ones from the bottom. A row is one line."""
    foot = list(_LINE.finditer(page.text, max(len(page.text) - EDGE_CHARACTERS, 0)))
    return list(islice(_LINE.finditer(page.text), EDGE_LINES)), foot[: -EDGE_LINES - 1 : -1]


def _at_edges(page: PageText, running: frozenset[str]) -> Iterator[re.Match[str]]:
    for edge in _edges(page):
        yield from takewhile(lambda line: _is_margin(line.group(), running), edge)


def _is_margin(text: str, running: frozenset[str]) -> bool:
    is_number = len(text) <= MAX_NUMBER and _PAGE_NUMBER.fullmatch(text) is not None
    return is_number or _key(text) in running


def _key(text: str) -> str:
    return _NOT_LETTERS.sub("", text).casefold()
