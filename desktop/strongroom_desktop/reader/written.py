"""Where a text stands in Qt's document: parts of it, one after the other, and the way back."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from strongroom_desktop.text import utf16
from strongroom_engine.protocol import PageText

_WORDS = re.compile(r"\S(?:[^\n]*\S)?")

Span = tuple[int, int]


@dataclass(slots=True)
class Written:
    """One part of the text in the document. `runs` are (start in the part's text, end, where it
    begins in the document, from the part's beginning, in UTF-16 units); `length` is all of it."""

    page: PageText
    runs: list[tuple[int, int, int]] = field(default_factory=list)
    length: int = 0

    @property
    def end(self) -> int:
        return self.page.offset + len(self.page.text)

    def place(self, at: int) -> int:
        """Where the character `at` of the part's text stands, from the part's beginning."""
        index = bisect_right(self.runs, (at, 1 << 60, 0)) - 1
        if index < 0:
            return 0
        start, end, shown = self.runs[index]
        return shown + utf16(self.page.text[start : min(at, end)], min(at, end) - start)

    def at(self, place: int) -> int:
        """Which character of the part's text stands at a place of the document."""
        index = bisect_right(self.runs, place, key=lambda run: run[2]) - 1
        if index < 0:
            return 0
        start, end, shown = self.runs[index]
        return min(start + place - shown, end)


def shift_of(parts: Sequence[Written], index: int) -> int:
    """Where a part begins in Qt's document."""
    return sum(part.length for part in parts[:index])


def place_of(parts: Sequence[Written], at: int) -> int:
    """Where a character of the document stands in Qt's."""
    index = next((n for n, part in enumerate(parts) if at < part.end), 0)
    part = parts[index]
    return shift_of(parts, index) + part.place(at - part.page.offset)


def at_place(parts: Sequence[Written], place: int) -> int:
    """Which character of the document stands at a place of Qt's."""
    for part in parts:
        if place < part.length or part is parts[-1]:
            return part.page.offset + part.at(max(place, 0))
        place -= part.length
    return 0


def lines_of(parts: Sequence[Written], span: Span) -> Iterator[Span]:
    """The lines of a span that are here, without the gaps between them."""
    for part in parts:
        start, end = max(span[0], part.page.offset), min(span[1], part.end)
        if start < end:
            inside = part.page.text[start - part.page.offset : end - part.page.offset]
            for line in _WORDS.finditer(inside):
                yield start + line.start(), start + line.end()
