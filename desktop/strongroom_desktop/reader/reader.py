"""The reader: the open document, and what one does with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPoint, QSettings, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from strongroom_desktop.client import Engine
from strongroom_desktop.focus import Region
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.outside import open_file
from strongroom_desktop.reader import actions
from strongroom_desktop.reader.bar import ReaderBar
from strongroom_desktop.reader.copying import copied, quoted, with_source
from strongroom_desktop.reader.find_bar import FindBar
from strongroom_desktop.reader.finder import Finder
from strongroom_desktop.reader.header import ReaderHeader
from strongroom_desktop.reader.knowing import Knowing
from strongroom_desktop.reader.notice import Notice
from strongroom_desktop.reader.page_view import PageView
from strongroom_desktop.reader.recognition import RecognitionNote
from strongroom_desktop.reader.showing import Showing, Views
from strongroom_desktop.reader.text_view import TextView
from strongroom_desktop.reader.units import Units
from strongroom_desktop.selection import Place, Selection, Trail
from strongroom_desktop.widgets import dress

_ZOOM, _TEXT_ZOOM = "reader/zoom", "reader/text_zoom"
_PARAGRAPH = "\u2029"


class Reader(Region):
    """Follows `Selection.opened`. `ask_about` carries the documents that the next question is to be
    about, `quote_wanted` words that are to stand in the ask field. `report_wanted` carries a document's
    path, `password_wanted` the records that a password is to be given for, and all that need one,
    where they are known."""

    ask_about = Signal(list)
    quote_wanted = Signal(str)
    report_wanted = Signal(str)
    password_wanted = Signal(tuple, tuple)

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
        self.knowing = Knowing(engine, self)
        self.header = ReaderHeader(theme)
        self.bar = ReaderBar(theme)
        self.find_bar = FindBar(theme)
        self.page_view = PageView(theme)
        self.text_view = TextView(theme)
        self.notice = Notice(theme)
        self.recognition = RecognitionNote(theme)
        self._stack = QStackedWidget()
        self._arrange()
        self.finder = Finder(engine, self.find_bar)
        views = Views(self._stack, self.bar, self.page_view, self.text_view, self.notice)
        self.showing = Showing(engine, views, self.finder)
        self.units = Units(self.text_view, self.bar, self.showing.text.parts)
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
        layout.addWidget(self.recognition)
        dress(self, surface="well")

    def _connect(self) -> None:
        self.knowing.told.connect(self._show_facts)
        self.knowing.differs.connect(self.showing.again)
        self.knowing.moved.connect(lambda file: self._follow(file, preview=True))
        self.knowing.reported.connect(lambda: self.recognition.show_report(self.knowing.report))
        self._selection.opened.connect(self._on_opened)
        self.header.find_wanted.connect(self.find_words)
        self.header.outside.connect(self.open_outside)
        self.header.more.connect(self._show_more)
        self.notice.outside.connect(self.open_outside)
        self.notice.text_wanted.connect(self.showing.show_text)
        self.notice.again.connect(self.showing.again)
        self.notice.moved_wanted.connect(self._follow)
        self.notice.password_wanted.connect(self.ask_password)
        self.recognition.more_wanted.connect(self.tell_report)
        self.showing.pages.shown.connect(lambda seen, _marks: self.recognition.show_page(seen.page))
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
            "Ctrl+I": self.tell_report,
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
        """Turn to a page of the open document; to a slide or a sheet where it has such."""
        if self.showing.shows_text and self.units.count:
            self.units.go(page)
        else:
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

    def _follow(self, file: str, *, preview: bool = False) -> None:
        """The document lies elsewhere now, with all places in it that one can step through."""
        trail = self._selection.trail
        if trail is not None:
            before = trail.place.file
            places = [
                replace(one, file=file) if one.file == before else one for one in trail.places
            ]
            self._selection.open_trail(replace(trail, places=tuple(places)), preview=preview)

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
        return actions.document_menu(self, self._theme, self._selection, self.knowing.facts)

    def context_menu(self) -> QMenu:
        """What can be done with the words that are selected; without any, the document's menu."""
        if self.selected.strip():
            return actions.words_menu(self, self._theme)
        return self.document_menu()

    def tell_report(self) -> None:
        """Show how the open document was read."""
        if self.place is not None:
            self.report_wanted.emit(self.place.file)

    def ask_password(self) -> None:
        """Ask for the password of the open document."""
        if self.knowing.facts is not None:
            self.password_wanted.emit((self.knowing.facts.document,), ())

    # --- what comes ------------------------------------------------------------------------------

    def _on_opened(self, trail: Trail | None, _preview: bool) -> None:
        before = self.place
        self.bar.show_trail(trail)
        file = trail.place.file if trail else ""
        self.header.show_file(file)
        if before is None or before.file != file:
            self.recognition.show_page(None)
            self.knowing.ask(file)
        self.showing.open(trail)
        self.units.hold(trail.place.spans[0][0] if trail and trail.place.spans else None)
        self._show_zoom()

    def _show_facts(self) -> None:
        facts, file = self.knowing.facts, self.knowing.file
        self.bar.set_labels(facts.labels if facts else ())
        self.units.set_places(file, facts.places if facts else ())
        if facts is not None and facts.document.paged:
            self.showing.draw(file)

    def read_part(self) -> QWidget | None:
        return self._stack.currentWidget()

    def _on_view(self, index: int) -> None:
        if self._stack.widget(index) is not self.page_view:
            self.recognition.show_page(None)
        self.units.follow()
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
