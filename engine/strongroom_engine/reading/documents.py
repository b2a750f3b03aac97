"""What the reader asks of a library: a page as it looks, a text in parts, places of words."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from msgspec import structs

from strongroom_engine.errors import (
    Cancelled,
    DocumentMoved,
    FileInCloud,
    FileMoved,
    NotInLibrary,
    NotReadYet,
    SourceAway,
    Vanished,
    from_wire,
)
from strongroom_engine.indexing.looking.presence import Silent, ask, is_here, is_placeholder
from strongroom_engine.indexing.parse.messages import PageLines, Rectangle, RenderedPage
from strongroom_engine.indexing.parse.pool import ParserPool
from strongroom_engine.indexing.recognising import lines_of
from strongroom_engine.reading import finding
from strongroom_engine.reading.finding import Folded
from strongroom_engine.store import Store
from strongroom_engine.trees import contains
from strongroom_engine.types import (
    DocumentFacts,
    Excerpt,
    Found,
    PageSpan,
    Report,
    State,
    locate,
)

EXCERPT_CHARACTERS = 16_000
"""How much of a text is told at once: the window lays so much out in a fraction of a blink."""
GLANCE_S = 2.0
"""A drive that does not answer in this time is away: nobody waits for a page longer."""
_LINE_REACH = 2_000
"""A part is cut at the end of a line, if one is so near."""
MOST_PLACES = 2_000
EDGE_UNITS = 10_000
"""The width or height of a page, in the unit of `PageLine.edges`."""
SHOWN_PLACES = frozenset(
    {"slide", "notes", "sheet", "message", "chapter", "cell", "event", "contact"}
)
"""What divides a text that is shown; rows and lines are too many."""

Span = tuple[int, int]
Stop = Callable[[], bool]


def _never() -> bool:
    return False


class LibraryReading:
    """The documents of one library, to be read. Every method may be called from any thread."""

    def __init__(self, store: Store, pool: Callable[[], ParserPool]) -> None:
        self._store = store
        self._pool = pool
        self._kept: tuple[str, str | None, Folded] | None = None
        """The text that was searched last: one types on, in the same document."""
        self._keeping = threading.Lock()

    # --- pages -----------------------------------------------------------------------------------

    def page(self, file: str, page: int, width_px: int, spans: Sequence[Span] = ()) -> RenderedPage:
        """A page drawn by a worker, with the rectangles of the spans (page coordinates).

        Raises `DocumentProblem`s; of a file that is gone the reason, as far as it is known.
        """
        self._refuse_away(file)
        try:
            drawn = self._pool().render(file, page, width_px, tuple(spans))
            if spans and (kept := self._store.recognised.page(file, page)):
                places = tuple(rectangles(lines_of(kept), *span) for span in spans)
                return structs.replace(drawn, rectangles=places)
            return drawn
        except Vanished as exc:
            raise self._why_gone(file) or exc from exc

    def lines(self, file: str, page: int) -> PageLines:
        """The page's text, and where each character of it stands."""
        if kept := self._store.recognised.page(file, page):
            return lines_of(kept)
        self._refuse_away(file)
        try:
            return self._pool().lines(file, page)
        except Vanished as exc:
            raise self._why_gone(file) or exc from exc

    def _refuse_away(self, file: str) -> None:
        """Raise what keeps a page from being drawn before anybody touches the file: a drive that
        does not answer, a cloud that would send it."""
        record = self._store.reading.record(file)
        try:
            facts = ask(file, os.stat, GLANCE_S)
        except Silent as exc:
            raise SourceAway(path=record.source if record else file) from exc
        except (OSError, ValueError):
            return  # lies inside another, or is gone
        if is_placeholder(facts):
            raise FileInCloud

    def _why_gone(self, file: str) -> SourceAway | DocumentMoved | FileMoved | None:
        record = self._store.reading.record(file)
        # Where there is one, another document has taken its place.
        if record is None and (moved := self._store.reading.moved_to(file)):
            return DocumentMoved(path=file, to=moved)
        source = record.source if record is not None else ""
        for known in self._store.sources():
            if known.path == source:
                away = [place for place in known.places_away if contains(place, file)]
                if away or not known.present or not is_here(source, GLANCE_S):
                    return SourceAway(path=(*away, source)[0])
        others = [path for path in self._store.reading.same_name(file) if path != file]
        here = [path for path in others if Path(path).exists()]
        return FileMoved(path=file, to=here[0]) if len(here) == 1 else None

    # --- texts -----------------------------------------------------------------------------------

    def excerpt(
        self,
        file: str,
        spans: Sequence[Span] = (),
        *,
        page: int | None = None,
        offset: int | None = None,
        until: int | None = None,
    ) -> Excerpt:
        """Part of the document's text as the library has it: from `offset`, or the one that ends at
        `until`, or around the first span. Spans are coordinates of `page`, of the document without one.

        Raises `NotReadYet`, `NotInLibrary`, or the problem that keeps it from being read.
        """
        media_type, total = self._store.outline(file)
        if not total:
            raise self._why_no_text(file)
        starts = self._store.page_starts(file)
        origin = starts[min(page, len(starts)) - 1] if page and starts else 0
        first = spans[0][0] + origin if spans else origin
        if until is None:
            start, end = self._part(file, first, total, offset)
        else:
            end = min(max(until, 0), total)
            start = self._line_start(file, max(end - EXCERPT_CHARACTERS, 0))
        text = self._store.document_text(file, start, end)
        headings, tables, lists = self._store.reading.structure(file)
        return Excerpt(
            file,
            media_type,
            start,
            total,
            text,
            _inside([(left + origin, right + origin) for left, right in spans], start, end),
            headings=tuple(
                (a - start, b - start, level) for a, b, level in headings if start <= a and b <= end
            ),
            tables=tuple(
                (max(a, start) - start, max(h, start) - start, min(b, end) - start)
                for a, h, b in tables
                if a < end and b > start
            ),
            places=tuple(
                replace(one, start=one.start - start)
                for one in self._store.placing.within(file, start, end)
                if one.kind in SHOWN_PLACES
            ),
            items=tuple(at - start for one in lists for at in one[:-1] if start <= at < end),
        )

    def _part(self, file: str, first: int, total: int, offset: int | None) -> Span:
        """What is shown at once, cut at the ends of lines where those are near."""
        if offset is None:
            offset = max(min(first - EXCERPT_CHARACTERS // 2, total - EXCERPT_CHARACTERS), 0)
            offset = self._line_start(file, offset)
        start = min(max(offset, 0), total)
        end = min(start + EXCERPT_CHARACTERS, total)
        if end < total:
            cut = self._line_start(file, end)
            end = cut if cut > start else end
        return start, end

    def _line_start(self, file: str, place: int) -> int:
        """Where the line with `place` begins, if that is near."""
        near = max(place - _LINE_REACH, 0)
        if place <= 0:
            return 0
        line_end = self._store.document_text(file, near, place).rfind("\n")
        return place if line_end < 0 else near + line_end + 1

    def _why_no_text(self, file: str) -> Exception:
        record = self._store.reading.record(file)
        if record is None:
            return self._why_not_in_library(file)
        if record.state in (State.SKIPPED, State.FAILED):
            return from_wire(record.code, self._store.reading.details(file))
        return NotReadYet(path=file)

    def _why_not_in_library(self, file: str) -> DocumentMoved | NotInLibrary:
        if moved := self._store.reading.moved_to(file):
            return DocumentMoved(path=file, to=moved)
        return NotInLibrary(path=file)

    # --- facts -----------------------------------------------------------------------------------

    def facts(self, file: str) -> DocumentFacts:
        """What the library knows of the document, the page numbers that are printed in it, and its
        slides, sheets and the like. Raises `DocumentMoved` and `NotInLibrary`."""
        record = self._store.reading.record(file)
        if record is None:
            raise self._why_not_in_library(file)
        reading = self._store.reading
        return DocumentFacts(record, reading.labels(file), reading.units(file))

    def report(self, file: str) -> Report:
        """How the document was read, and what belongs to it. Raises `DocumentMoved` and
        `NotInLibrary`."""
        report = self._store.reports.of(file)
        if report is None:
            raise self._why_not_in_library(file)
        return report

    def check(self, file: str) -> Report:
        """The same, after a new look at whether it is findable. Raises `NotInLibrary`."""
        self._store.reports.check(file)
        return self.report(file)

    # --- finding ---------------------------------------------------------------------------------

    def find(self, file: str, words: str, stopped: Stop = _never) -> Found:
        """Where the words stand in the document's text, in its order; at most `MOST_PLACES`.

        Raises `Cancelled`, and what `excerpt` raises.
        """
        folded = self._folded(file)
        starts, paged = self._store.page_starts(file), self._store.is_paged(file)
        found: list[PageSpan] = []
        for start, end in finding.places(folded, words, stopped):
            if len(found) == MOST_PLACES:
                return Found(file, words, tuple(found), more=True)
            found.append(locate(start, end, starts, paged))
        if stopped():
            raise Cancelled
        return Found(file, words, tuple(found))

    def around(self, file: str, place: PageSpan, characters: int) -> tuple[str, int, int]:
        """A place with so many characters on each side, and where in that text it stands."""
        starts = self._store.page_starts(file)
        origin = starts[place.page - 1] if place.page and place.page <= len(starts) else 0
        start, end = origin + place.start, origin + place.end
        begin = max(start - characters, 0)
        text = self._store.document_text(file, begin, end + characters)
        return text, start - begin, end - begin

    def _folded(self, file: str) -> Folded:
        content = self._store.content_hash(file)
        with self._keeping:
            if self._kept is not None and self._kept[:2] == (file, content):
                return self._kept[2]
        text = self._store.document_text(file)
        if not text:
            raise self._why_no_text(file)
        folded = finding.fold(text)
        with self._keeping:
            self._kept = (file, content, folded)
        return folded


def rectangles(page: PageLines, start: int, end: int) -> tuple[Rectangle, ...]:
    """Where [start, end) of a page's text stands, a rectangle a line, in fractions of the page."""
    found = []
    for line in page.lines:
        last = line.start + len(line.edges) // 2
        if line.start < end and start < last:
            first = 2 * max(start - line.start, 0)
            edges = line.edges[first : 2 * (min(end, last) - line.start)]
            low, high = min(edges) / EDGE_UNITS, max(edges) / EDGE_UNITS
            x0, y0, x1, y1 = line.box
            found.append((x0, low, x1, high) if line.vertical else (low, y0, high, y1))
    return tuple(found)


def _inside(spans: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    """The spans as far as they lie in [start, end), relative to it."""
    return tuple(
        (max(left, start) - start, min(right, end) - start)
        for left, right in spans
        if left < end and right > start
    )
