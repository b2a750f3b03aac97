"""The reader: asks the engine for the page that is open and shows it with its marks."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from strongroom_desktop.client import Engine
from strongroom_desktop.files import has_pages
from strongroom_desktop.latest import Latest
from strongroom_desktop.reader.bar import ReaderBar
from strongroom_desktop.reader.header import ReaderHeader
from strongroom_desktop.reader.marks import Mark
from strongroom_desktop.reader.notice import Notice
from strongroom_desktop.reader.page_view import PageView
from strongroom_desktop.reader.text_view import TextView
from strongroom_desktop.selection import Place, Selection, Trail
from strongroom_desktop.theme import Theme
from strongroom_desktop.widgets import dress
from strongroom_engine.errors import EngineDied, StrongroomError
from strongroom_engine.protocol import Failed, PageImage, PageText, Ready, ShowPage

KEPT_PAGES = 6
"""Pages whose images are kept, to be shown at once when one comes back."""

Span = tuple[int, int]


class Reader(QWidget):
    """Follows `Selection.opened`. `page` is the page shown, which leaves the place that was opened
    when one turns pages."""

    def __init__(
        self, engine: Engine, selection: Selection, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._selection = selection
        self._request = Latest(engine)
        self._trail: Trail | None = None
        self._page: int | None = None
        self._open_spans = 0
        self._arriving = False
        self._missed = False
        self._images: OrderedDict[tuple[str, int], QImage] = OrderedDict()
        self.header = ReaderHeader(theme)
        self.bar = ReaderBar(theme)
        self.page_view = PageView(theme)
        self.text_view = TextView(theme)
        self.notice = Notice(theme)
        self._stack = QStackedWidget()
        self._arrange()
        self._connect(engine)
        self._make_shortcuts()
        self._stack.currentChanged.connect(
            lambda index: self.setFocusProxy(self._stack.widget(index) or self.notice)
        )

    def _arrange(self) -> None:
        for widget in (self.notice, self.page_view, self.text_view):
            self._stack.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self.bar)
        layout.addWidget(self._stack, 1)
        dress(self, surface="well")

    def _connect(self, engine: Engine) -> None:
        engine.received.connect(self._on_event)
        self._selection.opened.connect(self._on_opened)
        self.header.outside.connect(self.open_outside)
        self.header.closed.connect(self._selection.close)
        self.notice.outside.connect(self.open_outside)
        self.bar.page_wanted.connect(self.go_to)
        self.bar.zoom_wanted.connect(self.zoom_by)
        self.bar.step_wanted.connect(self._selection.step)
        self.page_view.wanted.connect(lambda _width: self._ask())
        self.page_view.turned.connect(lambda step: self.go_to((self._page or 1) + step))
        self.page_view.zoomed.connect(self._show_zoom)

    def _make_shortcuts(self) -> None:
        for keys, action in (
            ("F4", lambda: self._selection.step(1)),
            ("Shift+F4", lambda: self._selection.step(-1)),
            ("Ctrl+G", self._focus_page),
            ("Ctrl++", lambda: self.zoom_by(1)),
            ("Ctrl+=", lambda: self.zoom_by(1)),
            ("Ctrl+-", lambda: self.zoom_by(-1)),
            ("Ctrl+0", lambda: self.zoom_by(0)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(action)

    # --- what one does ---------------------------------------------------------------------------

    @property
    def page(self) -> int | None:
        return self._page

    @property
    def place(self) -> Place | None:
        return self._trail.place if self._trail else None

    def go_to(self, page: int) -> None:
        """Turn to a page of the open document."""
        if self.place is not None and self._page is not None and page >= 1:
            self._page = page
            self._arriving = page == self.place.page
            self._show_meanwhile()
            self._ask()

    def zoom_by(self, step: int) -> None:
        view = self.text_view if self._stack.currentWidget() is self.text_view else self.page_view
        view.zoom_by(step)
        self._show_zoom()

    def open_outside(self) -> None:
        """Open the file in the program that the system has for it."""
        if self.place is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(self.place.file))

    def _focus_page(self) -> None:
        self.bar.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.field.selectAll()

    # --- opening ---------------------------------------------------------------------------------

    def _on_opened(self, trail: Trail | None, _preview: bool) -> None:
        before, self._trail = self.place, trail
        self.bar.show_trail(trail)
        if trail is None:
            self._show_nothing()
            return
        place = trail.place
        self.header.show_file(place.file)
        if before is None or before.file != place.file:
            self.bar.show_page(1, 0)
        page = 1 if place.page is None and has_pages(place.file) else place.page
        stayed = before is not None and (before.file, self._page) == (place.file, page)
        self._page = page
        self._arriving = True
        if not stayed:
            self._show_meanwhile()
        self._ask()

    def _show_nothing(self) -> None:
        self._request.forget()
        self._page = None
        self.header.show_file("")
        self.bar.show_page(1, 0)
        self.notice.show_empty()
        self._stack.setCurrentWidget(self.notice)

    def _show_meanwhile(self) -> None:
        """The page as it was seen before, or an empty one, until the sharp one comes."""
        place = self.place
        if place is None or self._page is None:
            return
        kept = self._images.get((place.file, self._page))
        if kept is None:
            self.page_view.show_blank()
        else:
            self.page_view.show_page(kept, (), arrived=False)
        self._stack.setCurrentWidget(self.page_view)

    def _ask(self) -> None:
        place = self.place
        if place is None:
            return
        spans = self._spans(place)
        width = self.page_view.width_px
        request = ShowPage(file=place.file, page=self._page, width_px=width, spans=spans)
        self._request.send(request)

    def _spans(self, place: Place) -> tuple[Span, ...]:
        """The open place's spans on this page, then those of the trail's other places on it."""
        opened = place.spans if self._page == place.page else ()
        self._open_spans = len(opened)
        others = self._trail.places if self._trail else ()
        here = [
            span
            for other in others
            if other.file == place.file and other.page == self._page
            for span in other.spans
            if span not in opened
        ]
        return opened + tuple(dict.fromkeys(here))

    # --- what comes ------------------------------------------------------------------------------

    def _on_event(self, event: object) -> None:
        match event:
            case PageImage() if self._request.wants(event):
                self._show_image(event)
            case PageText() if self._request.wants(event):
                self._show_text(event)
            case Failed() if self._request.wants(event):
                self._show_failure(event.error)
            case Ready() if self._missed:
                self._missed = False
                self._ask()

    def _show_image(self, event: PageImage) -> None:
        image = QImage.fromData(event.png)
        self._page = event.page
        self._keep(event.file, event.page, image)
        marks = tuple(
            Mark(rectangles, index < self._open_spans)
            for index, rectangles in enumerate(event.rectangles)
        )
        self.page_view.show_page(image, marks, arrived=self._arriving)
        self._arriving = False
        self.bar.show_page(event.page, event.pages)
        self._stack.setCurrentWidget(self.page_view)
        self._show_zoom()

    def _keep(self, file: str, page: int, image: QImage) -> None:
        self._images[file, page] = image
        self._images.move_to_end((file, page))
        while len(self._images) > KEPT_PAGES:
            self._images.popitem(last=False)

    def _show_text(self, event: PageText) -> None:
        self._page = None
        self.bar.show_page(1, 0)
        self.bar.show_part(event.offset, event.offset + len(event.text), event.total)
        if self._arriving or self._stack.currentWidget() is not self.text_view:
            self._stack.setCurrentWidget(self.text_view)
            self.text_view.show_text(event, self._open_spans)
        self._arriving = False
        self._show_zoom()

    def _show_failure(self, error: StrongroomError) -> None:
        """A page that is on its way when the engine dies is asked for again when it is back."""
        if error.code == EngineDied.code:
            self._missed = True
        elif error.code != "cancelled":
            self.notice.show_problem(error)
            self._stack.setCurrentWidget(self.notice)

    def _show_zoom(self) -> None:
        of_text = self._stack.currentWidget() is self.text_view
        zoom = self.text_view.zoom if of_text else self.page_view.zoom
        self.bar.show_zoom(round(zoom, 2), of_text=of_text)
