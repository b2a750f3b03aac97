"""Running heads, running feet and page numbers, found in the text of a document's pages.

The store keeps a document's text, not what the parser knew of its layout. A line at a page's edge
is a margin when it is a page number, or stands at the edge of so many pages, whatever its digits.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from strongroom_engine.answering.tasks.labels import LABEL
from strongroom_engine.answering.text import Span

EDGE_LINES = 4
"""So many lines from the top and from the bottom of a page may be its margin."""
MIN_PAGES = 3
"""A line at a page's edge is a running head when it stands on so many pages,"""
MIN_SHARE = 0.3
"""and on this share of them; of two pages it must be on both."""
MAX_NUMBER = 14
"""Characters of a page number with what is around it."""

_LINE = re.compile(r"[^\n]+")
_NUMBERS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"\W*((page|seite|p)\W*)?([A-Z]{1,2}-)?\d{1,4}(\W*(of|/|von)\W*\d{1,4})?\W*|\W*[ivxlc]{1,6}\W*",
    re.IGNORECASE,
)
_SENTENCE_ENDS = tuple(".!?:;…。！？")
_CLOSING = "\"'”’)]» \n\t\r\f"
_GOES_ON = re.compile(r"(?<=[\w,;:–-])[^\S\n]*\n[^\S\n]*\n\s*(?=[^\W\d_])")


def margins(text: str, page_starts: Sequence[int]) -> tuple[Span, ...]:
    """The spans of the lines that are no part of what the document says; none on one page."""
    if len(page_starts) < 2:
        return ()
    edges = [_edges(text, start, end) for start, end in pairwise([*page_starts, len(text)])]
    running = _running(edges)
    found = {line.span() for page in edges for edge in page for line in _of_edge(edge, running)}
    return tuple(sorted(found))


def flowing(text: str, page_starts: Sequence[int], found: Sequence[Span]) -> str:
    """The text as it is read on, of the same length: margins are spaces, and a sentence that runs
    over the end of a page or an empty line is not parted there."""
    text = "".join(_blanked(text, found))
    parts: list[str] = []
    done = 0
    for start in page_starts[1:]:
        end = max(len(text[:start].rstrip()), done)
        following = start + len(text[start:]) - len(text[start:].lstrip())
        between = following - end
        ended = text[max(end - 200, 0) : end].rstrip(_CLOSING).endswith(_SENTENCE_ENDS)
        goes_on = not ended and not LABEL.match(text, following)
        # A line feed alone parts nothing, and lets a word go on that was cut at the line's end.
        parts += text[done:end], ("\n" if goes_on else "\n\n").ljust(between)[:between]
        done = following
    return _GOES_ON.sub(_joined, "".join([*parts, text[done:]]))


def _joined(gap: re.Match[str]) -> str:
    following = gap.string[gap.end()]
    return "\n".ljust(len(gap.group())) if following.islower() else gap.group()


def _blanked(text: str, spans: Sequence[Span]) -> Iterator[str]:
    done = 0
    for start, end in spans:
        yield text[done:start]
        yield " " * (end - start)
        done = end
    yield text[done:]


Edges = tuple[list[re.Match[str]], list[re.Match[str]]]


def _edges(text: str, start: int, end: int) -> Edges:
    """The first lines of a page from the top, and its last ones from the bottom."""
    found = _LINE.finditer(text, start, end)
    lines = [line for line in found if not line.group().isspace()]
    return lines[:EDGE_LINES], lines[: -EDGE_LINES - 1 : -1]


def _running(pages: Sequence[Edges]) -> frozenset[str]:
    """What stands at the edges of many pages, without its digits."""
    seen = Counter(
        key
        for page in pages
        for key in {_key(line.group()) for edge in page for line in edge}
        if key
    )
    least = min(max(MIN_PAGES, MIN_SHARE * len(pages)), max(len(pages), 2))
    return frozenset(key for key, count in seen.items() if count >= least)


def _of_edge(edge: Sequence[re.Match[str]], running: frozenset[str]) -> Iterator[re.Match[str]]:
    """The margin's lines, from the page's end inwards; what stands there again is the text."""
    seen: set[str] = set()
    for line in edge:
        key = _key(line.group())
        if key in seen or not _is_margin(line.group(), running):
            return
        seen.add(key)
        yield line


def _is_margin(line: str, running: frozenset[str]) -> bool:
    is_number = len(line) <= MAX_NUMBER and _PAGE_NUMBER.fullmatch(line) is not None
    return is_number or _key(line) in running


def _key(line: str) -> str:
    """The line, whatever its numbers; '' for one without letters."""
    plain = _NUMBERS.sub("#", " ".join(line.split()))
    return plain if any(map(str.isalpha, plain)) else ""
