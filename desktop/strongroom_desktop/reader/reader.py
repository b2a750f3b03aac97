"""The reader: the open document, and what one does with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QSettings, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from strongroom_desktop.client import Engine
from strongroom_desktop.focus import Region
from strongroom_desktop.latest import Latest
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.outside import copy_paths, open_file, show_in_folder
from strongroom_desktop.reader.bar import ReaderBar
from strongroom_desktop.reader.copying import copied, quoted, with_source
from strongroom_desktop.reader.facts import facts
from strongroom_desktop.reader.find_bar import FindBar
from strongroom_desktop.reader.finder import Finder
from strongroom_desktop.reader.header import ReaderHeader
from strongroom_desktop.reader.menus import Entry, menu
from strongroom_desktop.reader.notice import Notice
from strongroom_desktop.reader.page_view import PageView
from strongroom_desktop.reader.showing import Showing, Views
from strongroom_desktop.reader.text_view import TextView
from strongroom_desktop.selection import Place, Selection, Trail
from strongroom_desktop.widgets import dress
from strongroom_desktop.wording import tr
from strongroom_engine.protocol import DocumentTold, GetDocument
from strongroom_engine.types import DocumentFacts

_ZOOM, _TEXT_ZOOM = "reader/zoom", "reader/text_zoom"
_PARAGRAPH = "\u2029"


class Reader(Region):
    """Follows `Selection.opened`. `ask_about` carries the documents that the next question is to be
    about, `quote_wanted` words that are to stand in the ask field."""

    ask_about = Signal(list)
    quote_wanted = Signal(str)

    def __init__(
        self,
        engine: Engine,
        selection: Selection,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        settings: QSettings | None = None,
    ) -> None:
        super().__init__(parent)
        self._selection = selection
        self._theme = theme
        self._settings = settings
        self._told = Latest(engine)
        self._facts: DocumentFacts | None = None
        self.header = ReaderHeader(theme)
        self.bar = ReaderBar(theme)
        self.find_bar = FindBar(theme)
        self.page_view = PageView(theme)
        self.text_view = TextView(theme)
        self.notice = Notice(theme)
        self._stack = QStackedWidget()
        self._arrange()
        self.finder = Finder(engine, self.find_bar)
        views = Views(self._stack, self.bar, self.page_view, self.text_view, self.notice)
        self.showing = Showing(engine, views, self.finder)
        self._engine = engine
        self._connect()
        self._make_shortcuts()
        self._restore()
        self._stack.currentChanged.connect(self._on_view)

    def _arrange(self) -> None:
        for widget in (self.notice, self.page_view, self.text_view):
            self._stack.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for bar in (self.header, self.bar, self.find_bar):
            layout.addWidget(bar)
        layout.addWidget(self._stack, 1)
        dress(self, surface="well")

    def _connect(self) -> None:
        self._engine.received.connect(self._on_event)
        self._selection.opened.connect(self._on_opened)
        self.header.find_wanted.connect(self.find_words)
        self.header.outside.connect(self.open_outside)
        self.header.more.connect(self._show_more)
        self.notice.outside.connect(self.open_outside)
        self.notice.text_wanted.connect(self.showing.show_text)
        self.notice.again.connect(self.showing.again)
        self.notice.moved_wanted.connect(self._follow)
        self.bar.page_wanted.connect(self.go_to)
        self.bar.zoom_wanted.connect(self.zoom_by)
        self.bar.fit_wanted.connect(self._fit)
        self.bar.step_wanted.connect(self._selection.step)
        self.find_bar.closed.connect(lambda: self.setFocus(Qt.FocusReason.OtherFocusReason))
        for view in (self.page_view, self.text_view):
            view.zoomed.connect(self._show_zoom)
            view.menu_wanted.connect(lambda at: self.context_menu().popup(at))
        self.page_view.copy_wanted.connect(self.copy)

    def _make_shortcuts(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "F4": lambda: self._selection.step(1),
            "Shift+F4": lambda: self._selection.step(-1),
            "F3": lambda: self._step_hit(1),
            "Shift+F3": lambda: self._step_hit(-1),
            "Ctrl+F": self.find_words,
            "Ctrl+G": self.bar.focus_page,
            "Ctrl++": lambda: self.zoom_by(1),
            "Ctrl+=": lambda: self.zoom_by(1),
            "Ctrl+-": lambda: self.zoom_by(-1),
            "Ctrl+0": lambda: self.zoom_by(0),
        }
        for sequence, then in keys.items():
            QShortcut(QKeySequence(sequence), self).activated.connect(then)

    # --- what one does ---------------------------------------------------------------------------

    @property
    def page(self) -> int | None:
        return self.showing.page

    @property
    def place(self) -> Place | None:
        return self.showing.place

    def go_to(self, page: int) -> None:
        """Turn to a page of the open document."""
        self.showing.turn(page)

    def find_words(self) -> None:
        """Look for words in the open document, at first those that are selected."""
        if self.place is not None:
            self.finder.open(self.place.file, quoted(self.selected)[:200], self.page)

    def zoom_by(self, step: int) -> None:
        view = self.text_view if self.showing.shows_text else self.page_view
        view.zoom_by(step)

    def open_outside(self) -> None:
        """Open the file in the program that the system has for it."""
        if self.place is not None:
            open_file(self, self._theme, self.place.file)

    @property
    def selected(self) -> str:
        """The words that are selected on the page or in the text."""
        if self.showing.shows_text:
            return self.text_view.textCursor().selectedText().replace(_PARAGRAPH, "\n")
        return self.page_view.pointer.text

    def copy(self) -> None:
        if self.selected:
            QGuiApplication.clipboard().setText(copied(self.selected))

    def copy_with_source(self) -> None:
        """Copy the words, and in which file and on which page they stand."""
        if self.place is not None and self.selected:
            page = "" if self.showing.shows_text or self.page is None else self.bar.field.text()
            QGuiApplication.clipboard().setText(with_source(self.selected, self.place.file, page))

    def _step_hit(self, by: int) -> None:
        """To the next place that was found in the document, else to the next hit."""
        trail = self._selection.trail
        if self.finder.active:
            self.finder.step(by)
        elif trail is not None and trail.kind == "hit":
            self._selection.step(by)

    def _fit(self) -> None:
        if self.showing.shows_text:
            self.text_view.zoom_by(0)
        else:
            self.page_view.toggle_fit()

    def _follow(self, file: str) -> None:
        """The document lies elsewhere now."""
        if self.place is not None:
            place = self.place
            self._selection.open(Place(file, place.page, place.spans, place.title))

    # --- menus -----------------------------------------------------------------------------------

    def _show_more(self) -> None:
        """The menu of the document, beneath its button, far edges aligned."""
        button = self.header.more_button
        made = self.document_menu()
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = 0 if mirrored else button.width() - made.sizeHint().width()
        made.popup(button.mapToGlobal(QPoint(x, button.height() + 4)))

    def document_menu(self) -> QMenu:
        """What is known of the document, and what can be done with it."""
        said: list[Entry] = [("", line, None) for line in self._known()]
        ask: list[Entry] = [
            ("message-square", tr("Ask about this document"), self._ask_about),
            ("text-search", tr("Find in the document"), self.find_words),
        ]
        file: list[Entry] = [
            ("external-link", tr("Open outside"), self.open_outside),
            ("folder-open", tr("Show in the folder"), self._show_in_folder),
            ("copy", tr("Copy the path"), self._copy_path),
        ]
        close: list[Entry] = [("x", tr("Close the document"), self._selection.close)]
        return menu(self, self._theme, (said, ask, file, close))

    def context_menu(self) -> QMenu:
        """What can be done with the words that are selected; without any, the document's menu."""
        if not self.selected.strip():
            return self.document_menu()
        words: list[Entry] = [
            ("copy", tr("Copy"), self.copy),
            ("quote", tr("Copy with source"), self.copy_with_source),
        ]
        more: list[Entry] = [
            ("message-square", tr("Ask about this"), self._ask_about_words),
            ("text-search", tr("Find in the document"), self.find_words),
        ]
        return menu(self, self._theme, (words, more))

    def _known(self) -> tuple[str, ...]:
        return facts(self._facts.document) if self._facts else ()

    def _ask_about(self) -> None:
        if self.place is not None:
            self.ask_about.emit([self.place.file])

    def _ask_about_words(self) -> None:
        self.quote_wanted.emit(f"“{quoted(self.selected)}”")

    def _show_in_folder(self) -> None:
        if self.place is not None:
            show_in_folder(self.place.file)

    def _copy_path(self) -> None:
        if self.place is not None:
            copy_paths([self.place.file])

    # --- what comes ------------------------------------------------------------------------------

    def _on_opened(self, trail: Trail | None, _preview: bool) -> None:
        before = self.place
        self.bar.show_trail(trail)
        file = trail.place.file if trail else ""
        self.header.show_file(file)
        if before is None or before.file != file:
            self._facts = None
            self.bar.set_labels(())
            if file:
                self._told.send(GetDocument(file=file))
        self.showing.open(trail)
        self._show_zoom()

    def _on_event(self, event: object) -> None:
        if isinstance(event, DocumentTold) and self._told.wants(event):
            self._facts = event.facts
            self.bar.set_labels(event.facts.labels if event.facts else ())

    def read_part(self) -> QWidget | None:
        return self._stack.currentWidget()

    def _on_view(self, index: int) -> None:
        self.bar.set_zooming(self._stack.widget(index) is not self.notice)
        self._show_zoom()

    # --- the zoom --------------------------------------------------------------------------------

    def _show_zoom(self) -> None:
        if self.showing.shows_text:
            self.bar.show_zoom("text", self.text_view.zoom)
        else:
            self.bar.show_zoom(self.page_view.zoom.fit, self.page_view.factor)
        if self._settings is not None:
            self._settings.setValue(_ZOOM, self.page_view.zoom.saved())
            self._settings.setValue(_TEXT_ZOOM, f"{self.text_view.zoom:.2f}")

    def _restore(self) -> None:
        if self._settings is not None:
            self.page_view.zoom.restore(str(self._settings.value(_ZOOM, "")))
            self.text_view.restore_zoom(str(self._settings.value(_TEXT_ZOOM, "")))
