"""What the reader shows: the open place as a page or as a text, with the marks that belong there."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from strongroom_desktop.client import Engine
from strongroom_desktop.files import has_pages
from strongroom_desktop.reader.bar import ReaderBar
from strongroom_desktop.reader.fetching import Pages, Rectangles, Seen, rectangles_of
from strongroom_desktop.reader.finder import Finder
from strongroom_desktop.reader.marks import Mark
from strongroom_desktop.reader.notice import Notice
from strongroom_desktop.reader.page_view import PageView
from strongroom_desktop.reader.showing_text import ShowingText
from strongroom_desktop.reader.spans import Span, cited
from strongroom_desktop.reader.text_view import TextView
from strongroom_desktop.selection import Place, Trail
from strongroom_engine.errors import (
    Cancelled,
    DocumentMoved,
    EngineDied,
    FileMoved,
    NotReadYet,
    SourceAway,
    StrongroomError,
    Vanished,
)
from strongroom_engine.protocol import Changed, Ready

_MAY_COME = frozenset(
    error.code for error in (DocumentMoved, FileMoved, NotReadYet, SourceAway, Vanished)
)
"""What may be there the next time the library changes."""


@dataclass(frozen=True, slots=True)
class Views:
    """The widgets that it is shown in."""

    stack: QStackedWidget
    bar: ReaderBar
    page: PageView
    text: TextView
    notice: Notice


class Showing(QObject):
    """`turned` when another page of the document is shown. A document with pages is drawn; its
    text from the library is shown when that is wanted (`show_text`)."""

    turned = Signal()

    def __init__(self, engine: Engine, views: Views, finder: Finder) -> None:
        super().__init__(views.stack)
        self._views = views
        self._finder = finder
        self.pages = Pages(engine, self)
        self.text = ShowingText(engine, views.stack, views.text, views.bar, finder)
        self._trail: Trail | None = None
        self._page: int | None = None
        self._as_text = False
        self._paged = ""
        """A file of which only the library knows that it has pages."""
        self._lettered = ("", 0)
        """The page whose letters the view has."""
        self._opened = 0
        """How many of the spans that were asked for are the open ones."""
        self._arriving = self._to_foot = False
        self._missed = self._may_come = False
        self._connect(engine)

    def _connect(self, engine: Engine) -> None:
        self.pages.shown.connect(self._show_page)
        self.pages.lettered.connect(lambda seen: self._set_letters(seen.file, seen))
        self.pages.failed.connect(self._show_failure)
        self.text.failed.connect(self._show_failure)
        self._finder.went.connect(self._on_found)
        self._views.page.wanted.connect(lambda _width: self._draw_anew())
        self._views.page.turned.connect(lambda by, foot: self.turn((self._page or 1) + by, foot))
        self._views.page.ended.connect(lambda end: self.turn(1 if end < 0 else self.count))
        engine.received.connect(self._on_event)

    # --- what is asked ---------------------------------------------------------------------------

    @property
    def place(self) -> Place | None:
        return self._trail.place if self._trail else None

    @property
    def page(self) -> int | None:
        """The page that is shown, which leaves the open place when one turns pages."""
        return self._page

    @property
    def count(self) -> int:
        """How many pages there are; 0 where that is not known or there are none."""
        return self._views.bar.pages

    @property
    def shows_text(self) -> bool:
        return self._views.stack.currentWidget() is self._views.text

    @property
    def under_way(self) -> bool:
        return self.pages.under_way or self.text.parts.under_way

    # --- going somewhere -------------------------------------------------------------------------

    def open(self, trail: Trail | None) -> None:
        before, self._trail = self.place, trail
        self._missed = self._may_come = False
        if trail is None:
            self._close()
            return
        place = trail.place
        another = before is None or before.file != place.file
        if another:
            self._as_text = False
            self._views.bar.show_page(1, 0)
        self._to_place(place, another=another)

    def _to_place(self, place: Place, *, another: bool) -> None:
        if self._as_text or not self._is_paged(place):
            self._page = None
            self._finder.turn_to(place.file, None)
            self._read()
            return
        page = place.page or 1
        stayed = not another and self._page == page
        self._page, self._arriving, self._to_foot = page, True, False
        self._finder.turn_to(place.file, page)
        if not stayed:
            self._show_meanwhile(place)
        self._draw(place)

    def turn(self, page: int, to_foot: bool = False) -> None:
        """Turn to a page of the open document, as far as there is one."""
        place = self.place
        if place is None or self._page is None or page < 1 or page > max(self.count, 1):
            return
        if page == self._page:
            self._views.page.to_end(foot=to_foot)
            return
        self._page, self._to_foot = page, to_foot
        self._arriving = page == place.page and not (to_foot or self._finder.active)
        self._finder.turn_to(place.file, page)
        self._show_meanwhile(place)
        self._draw(place)
        self.turned.emit()

    def draw(self, file: str) -> None:
        """The open document turns out to have pages, whatever its name says."""
        place = self.place
        if place is None or place.file != file or self._as_text or self._is_paged(place):
            return
        self._paged = file
        self._to_place(place, another=True)

    def show_text(self) -> None:
        """The text that the library has of a document whose page cannot be drawn."""
        if self.place is not None:
            self._as_text = True
            self._read()

    def again(self) -> None:
        """Ask once more for what could not be shown."""
        if self.place is not None:
            if self._as_text or not self._is_paged(self.place):
                self._read()
            else:
                self._arriving = True
                self._draw(self.place)

    def _read(self) -> None:
        """Show it as a text."""
        self.pages.stop()
        if self._trail is not None:
            page = (self._trail.place.page or 1) if self._as_text else None
            self.text.read(self._trail, page)

    def _close(self) -> None:
        self.pages.stop()
        self.text.stop()
        self._finder.close()
        self._page = None
        self._views.bar.show_page(1, 0)
        self._views.notice.show_empty()
        self._views.stack.setCurrentWidget(self._views.notice)

    # --- pages -----------------------------------------------------------------------------------

    def _show_meanwhile(self, place: Place) -> None:
        """The page as it was seen before, or an empty one, until the sharp one comes."""
        kept = self.pages.kept(place.file, self._page or 1)
        self._views.page.show_page(kept.image if kept else None)
        self._set_letters(place.file, kept)
        self._views.page.to_end(foot=self._to_foot)
        self._views.stack.setCurrentWidget(self._views.page)

    def _draw(self, place: Place) -> None:
        self.text.stop()
        spans = self._wanted_spans()
        self.pages.want(place.file, self._page or 1, self._views.page.width_px, spans)

    def _draw_anew(self) -> None:
        """In another width."""
        if self.place is not None and self._views.stack.currentWidget() is self._views.page:
            self._draw(self.place)

    def _wanted_spans(self) -> tuple[Span, ...]:
        """The open spans on this page, then the others: what was found, or the trail's places."""
        if self._finder.active:
            opened, others = self._finder.spans_on(self._page)
        else:
            opened, others = cited(self._trail, self._page) if self._trail else ((), ())
        self._opened = len(opened)
        return (*opened, *others)

    def _show_page(self, seen: Seen, rectangles: Rectangles) -> None:
        view = self._views.page
        self._page = seen.page
        view.sheet.barred = not self._finder.active
        view.show_page(seen.image, self._marks(rectangles), arrived=self._arriving)
        self._set_letters(seen.file, seen)
        if self._to_foot and not self._arriving:
            view.to_end(foot=True)
        self._arriving = self._to_foot = False
        self._views.bar.show_page(seen.page, seen.pages, seen.label)
        self._views.stack.setCurrentWidget(view)

    def _set_letters(self, file: str, seen: Seen | None) -> None:
        """A page that is drawn anew keeps its letters, and what is selected, until they come anew."""
        page, letters = (file, self._page or 1), seen.letters if seen else None
        if letters is not None or page != self._lettered:
            self._lettered = page
            self._views.page.set_letters(letters)

    def _marks(self, rectangles: Rectangles) -> tuple[Mark, ...]:
        return tuple(Mark(each, index < self._opened) for index, each in enumerate(rectangles))

    # --- finding, failing ------------------------------------------------------------------------

    def _on_found(self) -> None:
        """Another place was found, or none is looked for any more."""
        place, found = self.place, self._finder.place
        if place is None:
            return
        if self._as_text or not self._is_paged(place):
            self.text.follow()
        elif found is not None and found.page not in (None, self._page):
            self._page, self._arriving, self._to_foot = found.page, True, False
            self._show_meanwhile(place)
            self._draw(place)
        else:
            self._mark_page(place, arrive=found is not None)

    def _mark_page(self, place: Place, *, arrive: bool) -> None:
        """New marks on the page that is shown; the engine is asked where its letters are not here."""
        seen = self.pages.kept(place.file, self._page or 1)
        view = self._views.page
        if seen is None or seen.letters is None or self.pages.under_way:
            self._arriving = arrive
            self._draw(place)
            return
        view.sheet.barred = not self._finder.active
        view.show_marks(self._marks(rectangles_of(seen.letters, self._wanted_spans())))
        if arrive:
            view.arrive()

    def _show_failure(self, error: StrongroomError) -> None:
        """A page that is on its way when the engine dies is asked for again when it is back."""
        if error.code == EngineDied.code:
            self._missed = True
        elif error.code != Cancelled.code:
            was_text = self._as_text or self.place is None or not self._is_paged(self.place)
            self._may_come = error.code in _MAY_COME
            self._views.notice.show_problem(error, was_text=was_text)
            self._views.stack.setCurrentWidget(self._views.notice)

    def _on_event(self, event: object) -> None:
        match event:
            case Ready() if self._missed:
                self._missed = False
                self.again()
            case Changed() if event.documents:
                self.pages.forget()
                self.text.forget()
                if self._may_come and self._views.stack.currentWidget() is self._views.notice:
                    self.again()
            case _:
                pass

    def _is_paged(self, place: Place) -> bool:
        """Whether a page is drawn: a place on one says so, whatever the file's ending."""
        return place.page is not None or self._paged == place.file or has_pages(place.file)
