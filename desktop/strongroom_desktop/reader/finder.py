"""Finding words in the open document: what was found, and which of the places is the current one."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from strongroom_desktop.client import Engine
from strongroom_desktop.latest import Latest
from strongroom_desktop.reader.find_bar import FindBar
from strongroom_engine.protocol import Failed, FindInDocument, FoundInDocument
from strongroom_engine.types import PageSpan

MOST_ON_PAGE = 400
"""So many places of one page are marked."""

Span = tuple[int, int]


class Finder(QObject):
    """`went` when another place is the current one (or none is any more)."""

    went = Signal()

    def __init__(self, engine: Engine, bar: FindBar) -> None:
        super().__init__(bar)
        self._bar = bar
        self._request = Latest(engine)
        self._file = ""
        self._from: tuple[int, int] = (0, 0)
        self._places: tuple[PageSpan, ...] = ()
        self._more = False
        self._index = -1
        engine.received.connect(self._on_event)
        bar.looked_for.connect(self.look_for)
        bar.stepped.connect(self.step)
        bar.closed.connect(self.close)

    # --- what one does ---------------------------------------------------------------------------

    def open(self, file: str, words: str, page: int | None) -> None:
        """Show the bar for a document; the first place is looked for from `page` on."""
        self._file, self._from = file, (page or 0, 0)
        self._bar.open_with(words)

    def turn_to(self, file: str, page: int | None) -> None:
        """Another document is open, or another page of it."""
        self._from = (page or 0, 0)
        if file != self._file:
            self._file = file
            self._forget()
            if file and not self._bar.isHidden():
                self.look_for(self._bar.field.text().strip())

    def close(self) -> None:
        if not self._bar.isHidden():
            self._bar.hide()
            self._forget()
            self.went.emit()

    def look_for(self, words: str) -> None:
        self._request.forget()
        if words and self._file:
            self._request.send(FindInDocument(file=self._file, words=words))
        else:
            self._forget()
            self.went.emit()

    def step(self, by: int) -> None:
        """To the next (1) or previous (-1) place; the ends meet."""
        if self._places:
            self._go((self._index + by) % len(self._places))

    # --- what there is ---------------------------------------------------------------------------

    @property
    def active(self) -> bool:
        """Whether there are places to step through."""
        return bool(self._places) and not self._bar.isHidden()

    @property
    def place(self) -> PageSpan | None:
        return self._places[self._index] if self.active else None

    def spans_on(self, page: int | None) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        """The current place if it is on the page, and the other places on it."""
        if not self.active:
            return (), ()
        current = self._places[self._index]
        here = [place for place in self._places if place.page == page and place is not current]
        if len(here) > MOST_ON_PAGE:  # those around the current one
            here.sort(key=lambda place: abs(place.start - current.start))
        others = tuple((place.start, place.end) for place in here[:MOST_ON_PAGE])
        return ((current.start, current.end),) if current.page == page else (), others

    # --- what comes ------------------------------------------------------------------------------

    def _on_event(self, event: object) -> None:
        match event:
            case FoundInDocument() if self._request.wants(event):
                self._show(event)
            case Failed() if self._request.wants(event) and event.code != "cancelled":
                self._forget()
                self._bar.say_problem(event.error.sentence)
                self.went.emit()
            case _:
                pass

    def _show(self, event: FoundInDocument) -> None:
        self._request.forget()
        self._places, self._more = event.places, event.more
        if not event.places:
            self._bar.say_none()
            self._index = -1
            self.went.emit()
            return
        at = (
            n
            for n, place in enumerate(event.places)
            if (place.page or 0, place.start) >= self._from
        )
        self._go(next(at, 0))

    def _go(self, index: int) -> None:
        self._index = index
        place = self._places[index]
        self._from = (place.page or 0, place.start)
        self._bar.say_place(index, len(self._places), more=self._more)
        self.went.emit()

    def _forget(self) -> None:
        self._request.forget()
        self._places, self._index, self._more = (), -1, False
        self._bar.say_nothing()
