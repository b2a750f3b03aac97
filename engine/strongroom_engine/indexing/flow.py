"""The text as it is read on: page ends and the margins around them taken out of the way.

`flowing` gives a text of the same length, so that what is found in it has the same place in the
document. Where a text runs over the end of a page, the running foot, the page's end and the running
head are spaces; where none does, a blank line stands there instead.

A full page of prose runs over also where a sentence happens to end with it: else whatever is put in
would move the ends of pages, and with them the passages of all that follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

_SENTENCE_ENDS = tuple(".!?:;…。！？")
_CLOSING = "\"'”’)]» \n\t\r\f"
_PAGE_NUMBER = re.compile(r"[\W\d_]*(page)?[\W\d_]*(of)?[\W\d_]*|\W*[ivxlc]+\W*", re.IGNORECASE)
_FOOT_CHARACTERS = 200
"""So far from a page's end a page number is looked for that no margin says."""
_FULL_CHARACTERS = 1_500
"""A full page has at least so many characters: no slide has, …"""
_FULL_SHARE = 0.8
"""… and at least this share of those of the other full ones."""
_LAST_LINES = 20
_REACHING_SHARE = 0.85
"""A line of this share of the lines before it goes on in the next; a paragraph's last is shorter."""


def flowing(
    text: str, page_starts: Sequence[int], margins: Iterable[tuple[int, int]]
) -> tuple[str, tuple[int, ...]]:
    """The text to read, and the page starts over which nothing runs."""
    text = _without(text, margins)
    parts: list[str] = []
    fresh: list[int] = []
    done = 0
    full = _full_pages(page_starts, len(text))
    for before, start in pairwise(page_starts):
        foot = max(_foot(text, start), done)
        parts.append(text[done:foot])
        ends = _ends_sentence(text, foot)
        if ends and before in full:
            ends = not _reaches_the_margin(text[max(before, done) : foot])
        elif ends:
            fresh.append(start)
        if ends:
            done = max(start, done)
            parts.append(_blank_line(done - foot))
        else:
            done = max(_next_text(text, start), done)
            parts.append(" " * (done - foot))
    return "".join([*parts, text[done:]]), tuple(fresh)


def _without(text: str, margins: Iterable[tuple[int, int]]) -> str:
    parts: list[str] = []
    done = 0
    for start, end in margins:
        parts += text[done:start], " " * (end - start)
        done = end
    return "".join([*parts, text[done:]])


def _foot(text: str, start: int) -> int:
    """Where the text before a page's end ends; a page number at its foot is none of it."""
    least = max(start - _FOOT_CHARACTERS, 0)
    end = least + len(text[least:start].rstrip())
    while (line := text.rfind("\n", least, end) + 1) > least:
        last = text[line:end]
        if not _PAGE_NUMBER.fullmatch(last) or last.endswith(_SENTENCE_ENDS):
            break
        end = least + len(text[least:line].rstrip())
    return end


def _next_text(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _ends_sentence(text: str, end: int) -> bool:
    """Whether what stands before `end` ends a sentence; closing quotes aside."""
    before = text[max(end - _FOOT_CHARACTERS, 0) : end].rstrip(_CLOSING)
    return not before or before.endswith(_SENTENCE_ENDS)


def _full_pages(page_starts: Sequence[int], end: int) -> set[int]:
    """Where the pages start that are as full as a page of this document is."""
    sizes = {start: after - start for start, after in pairwise([*page_starts, end])}
    large = {start: size for start, size in sizes.items() if size >= _FULL_CHARACTERS}
    least = _FULL_SHARE * median(large.values()) if large else 0
    return {start for start, size in large.items() if size >= least}


def _reaches_the_margin(page: str) -> bool:
    """Whether its last line is as long as those before it."""
    lines = [
        len(line) for line in page[-_LAST_LINES * _FOOT_CHARACTERS :].split("\n") if line.strip()
    ]
    return len(lines) > 1 and lines[-1] >= _REACHING_SHARE * median(lines[-_LAST_LINES:-1])


def _blank_line(length: int) -> str:
    return "\n" + " " * (length - 2) + "\n" if length > 1 else "\n" * length
