"""Document -> where its text can be cut, and what should stay together.

The structure comes from the parsers' marks (headings, tables, lists, margins) and from blank
lines, read over the ends of pages (`flow`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from strongroom_engine.indexing.flow import flowing, flowing_as_told_by_sentences
from strongroom_engine.indexing.packing import Place
from strongroom_engine.types import Document, Heading, ItemList, Table

Span = tuple[int, int]

MAX_LEAD = 300
"""Characters of a caption or lead-in that are repeated before the parts of a table or list."""
MAX_REPEATED = 400
"""Characters of header rows that are repeated; taller headers are in the first part only."""
CELL_BREAK = re.compile(r"\t|\|")

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_LINE = re.compile(r"[^\n]+")
_SENTENCE = re.compile(r"(?<=[.!?…。！？])\s+")
_LEADING = (":", "：")
_ENDED = (".", "!", "?", ";", "。", "！", "？")


@dataclass(frozen=True, slots=True)
class Whole:
    """What stays whole if it fits: a table or a list with what leads to it, [start, end).

    `lead` are the spans that are repeated before a part that begins behind `body`, the first
    row or item.
    """

    start: int
    body: int
    end: int
    lead: tuple[Span, ...]


class Marks:
    """The places of a document. `read` is its text as it is read on, of the same length."""

    def __init__(self, document: Document, text: str) -> None:
        self.read, paragraphs, pages = _paragraphs(document, text)
        self.places: dict[int, tuple[Place, int]] = {}
        """Place and rank by position, the two ends of the text left out."""
        self.wholes: list[Whole] = []
        self.places |= dict.fromkeys(paragraphs, (Place.PARAGRAPH, 1))
        for heading in document.headings:
            self.places[heading.start] = Place.SECTION, heading.level
        for page in pages:
            self.places[page] = Place.PAGE, 1
        self._bounds = sorted(self.places)
        self._structure([*document.tables, *document.lists])
        self._glue_headings(document.headings)
        # Space at the very beginning belongs to the first paragraph.
        first = self._next_text(0)
        self.places = {at: what for at, what in self.places.items() if first < at < len(text)}

    def lead(self, start: int) -> tuple[Span, ...]:
        """What is repeated before a chunk that begins at `start`, within a table or a list."""
        at = bisect_right(self.wholes, start, key=lambda whole: whole.start) - 1
        if at < 0 or not self.wholes[at].body < start < self.wholes[at].end:
            return ()
        return self.wholes[at].lead

    def _structure(self, found: list[Table | ItemList]) -> None:
        """Of what overlaps, the first."""
        done = 0
        for one in sorted(found, key=lambda one: (one.start, -one.end)):
            if done <= one.start < one.end <= len(self.read):
                self._add(one)
                done = one.end

    def _add(self, one: Table | ItemList) -> None:
        after = self._next_text(one.end)
        lead = self._lead(one)
        for at in self._inside(one.start, one.end):
            del self.places[at]
        if isinstance(one, Table):
            cuts, place, header = self._rows(one), Place.ROW, (one.start, one.header_end)
        else:
            cuts, place, header = list(one.items[1:]), Place.ITEM, (one.start, one.start)
        self._set(dict.fromkeys(cuts, (place, 1)))
        self._set({at: self.places.get(at, (Place.PARAGRAPH, 1)) for at in (one.start, after)})
        if lead:
            self._set({one.start: (Place.GLUED, 1)})
        if one.start < header[1] and cuts:
            self._set({cuts[0]: (Place.GLUED, 1)})
        height = header[1] - header[0]
        repeated = [*lead, *([header] if 0 < height <= MAX_REPEATED else [])]
        start = lead[0][0] if lead else one.start
        body = cuts[0] if one.start < header[1] and cuts else one.start
        self.wholes.append(Whole(start, body, after, tuple(repeated)))

    def _inside(self, start: int, end: int) -> list[int]:
        bounds = self._bounds[bisect_right(self._bounds, start) : bisect_left(self._bounds, end)]
        return [at for at in bounds if at in self.places]

    def _set(self, places: dict[int, tuple[Place, int]]) -> None:
        self.places |= places

    def _rows(self, table: Table) -> list[int]:
        """Where each row behind the header begins; a label goes with the row below it."""
        begin = max(table.header_end, table.start)
        found = _LINE.finditer(self.read, begin, table.end)
        lines = [line for line in found if line.group().strip()]
        starts = [lines[0].start()] if lines and begin > table.start else []
        starts += [
            line.start()
            for before, line in pairwise(lines)
            if CELL_BREAK.search(before.group()) or not CELL_BREAK.search(line.group())
        ]
        return starts

    def _lead(self, one: Table | ItemList) -> list[Span]:
        """The caption or lead-in before a table or list, if there is one."""
        at = bisect_left(self._bounds, one.start) - 1
        begin = max(self._bounds[at] if at >= 0 else 0, self.wholes[-1].end if self.wholes else 0)
        block = self.read[begin : one.start].rstrip()
        if not block.strip() or self._is_heading(begin):
            return []
        leads = block.endswith(_LEADING)
        caption = isinstance(one, Table) and len(block) <= MAX_LEAD and not block.endswith(_ENDED)
        if not (leads or caption):
            return []
        end = begin + len(block)
        last = [match.end() for match in _SENTENCE.finditer(block)] if len(block) > MAX_LEAD else []
        first = max(begin + (last[-1] if last else 0), end - MAX_LEAD)
        if first > begin:
            self._set({first: (Place.SENTENCE, 1)})
        return [(first, end)]

    def _is_heading(self, at: int) -> bool:
        return at in self.places and self.places[at][0] is Place.SECTION

    def _glue_headings(self, headings: Sequence[Heading]) -> None:
        """A heading goes with what follows it."""
        bounds = sorted(self.places)
        for heading in headings:
            if not self._is_heading(heading.start):
                continue
            at = bisect_right(bounds, heading.start)
            if at == len(bounds):
                continue
            words = len(self.read[heading.start : bounds[at]].split())
            if words <= len(heading.text.split()) + 1 and self.places[bounds[at]][0] < Place.PAGE:
                self.places[bounds[at]] = Place.GLUED, 1

    def _next_text(self, at: int) -> int:
        while at < len(self.read) and self.read[at].isspace():
            at += 1
        return at


def _paragraphs(document: Document, text: str) -> tuple[str, Sequence[int], Sequence[int]]:
    """The text as it is read on, where paragraphs begin, and the pages over which nothing runs."""
    if document.paragraphs is not None:
        read = flowing(text, document.margins, document.paragraphs)
        return read, document.paragraphs, document.fresh_pages
    read, pages = flowing_as_told_by_sentences(text, document.page_starts, document.margins)
    return read, [match.end() for match in _BLANK_LINE.finditer(read)], pages
