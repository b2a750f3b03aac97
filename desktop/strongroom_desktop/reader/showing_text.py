"""A document shown as a text: the part around the open place, and the marks in it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from strongroom_desktop.client import Engine
from strongroom_desktop.reader.bar import ReaderBar
from strongroom_desktop.reader.finder import Finder
from strongroom_desktop.reader.parts import Parts
from strongroom_desktop.reader.spans import cited
from strongroom_desktop.reader.text_view import TextView
from strongroom_desktop.selection import Trail
from strongroom_engine.protocol import PageText


class ShowingText(QObject):
    """`failed` carries the error that keeps the text from being shown."""

    failed = Signal(object)

    def __init__(
        self,
        engine: Engine,
        stack: QStackedWidget,
        view: TextView,
        bar: ReaderBar,
        finder: Finder,
    ) -> None:
        super().__init__(view)
        self._stack, self._view, self._bar, self._finder = stack, view, bar, finder
        self.parts = Parts(engine, view)
        self._trail: Trail | None = None
        self._page: int | None = None
        self._arriving = False
        self._shown = ""
        """The file whose text is in the view."""
        self.parts.came.connect(self._show)
        self.parts.grew.connect(self._say_part)
        self.parts.failed.connect(self.failed)

    def read(self, trail: Trail, page: int | None = None) -> None:
        """Show the text around the open place. `page`: the library's text of a document that has
        pages, from this one on. Nothing is asked of the engine where the text is here already."""
        self._trail, self._page, self._arriving = trail, page, True
        place = trail.place
        spans = place.spans
        found = self._finder.place
        if found is not None:
            spans = ((found.start, found.end),)
            self._page = page = found.page if page is not None else None
        first = spans[0] if spans else (0, 0)
        here = self._shown == place.file and self._is_shown and page is None
        if here and self._view.covers(first):
            self.parts.stop()
            self._mark()
            self._view.arrive()
        else:
            self.parts.around(place.file, page, spans)

    def follow(self) -> None:
        """Another place was found in the text, or none is looked for any more."""
        found = self._finder.place
        if self._trail is None:
            return
        if found is not None:
            self.read(self._trail, self._page)
        elif self._page is None:
            self._mark()

    def stop(self) -> None:
        self.parts.stop()

    def forget(self) -> None:
        """Texts may have changed: ask for them anew from now on."""
        self._shown = ""

    @property
    def _is_shown(self) -> bool:
        return self._stack.currentWidget() is self._view

    def _show(self, event: PageText) -> None:
        self._shown = event.file
        self._stack.setCurrentWidget(self._view)
        self._bar.show_page(1, 0)
        if self._page is None:
            self._mark()
        else:  # where its page begins in the text, the answer says
            spans = tuple((start + event.offset, end + event.offset) for start, end in event.spans)
            self._view.show_marks(spans, ())
        if self._arriving:
            self._view.arrive()
        else:
            self._view.to_end(foot=event.offset > 0)
        self._arriving = False

    def _mark(self) -> None:
        if self._finder.active:
            self._view.show_marks(*self._finder.spans_on(None), barred=False)
        elif self._trail is not None:
            self._view.show_marks(*cited(self._trail, None))

    def _say_part(self) -> None:
        self._bar.show_part(self._view.start, self._view.end, self._view.total)
