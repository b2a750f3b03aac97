"""The window: it arranges the regions, connects them, and decides what the keyboard reaches."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from strongroom_desktop.client import Engine
from strongroom_desktop.conversation.conversation import Conversation
from strongroom_desktop.dialogs import tell
from strongroom_desktop.dropping import DropWindow
from strongroom_desktop.first_run import Closed, Unlock, Welcome
from strongroom_desktop.focus import FocusRing
from strongroom_desktop.intake import Intake, has_samples
from strongroom_desktop.narrowed import Parts
from strongroom_desktop.panes import Panes
from strongroom_desktop.problems import Problems
from strongroom_desktop.reader.reader import Reader
from strongroom_desktop.search.ask_field import AskField
from strongroom_desktop.selection import Selection, Trail
from strongroom_desktop.sources import CollectionPage, Sidebar
from strongroom_desktop.stages import Stages
from strongroom_desktop.status import NoticeBar, StatusLine
from strongroom_desktop.status.line import ENFORCED, PRIVACY
from strongroom_desktop.theme import TEXT_PERCENT, Theme
from strongroom_engine.protocol import Rescan

LEAST_PX = (560, 420)
FIRST_PX = (1440, 900)


class Window(DropWindow):
    """Everything the user sees. `closed` when the window is gone and the engine shall be ended."""

    closed = Signal()

    def __init__(
        self,
        engine: Engine,
        selection: Selection,
        theme: Theme,
        *,
        settings: QSettings | None = None,
        log_folder: Path | None = None,
    ) -> None:
        super().__init__(theme)
        self._engine, self._selection, self._theme = engine, selection, theme
        self._settings = settings
        self._log_folder = log_folder
        self.intake = Intake(engine, self)
        self.notice = NoticeBar(engine, theme)
        self.sidebar = Sidebar(engine, selection, theme)
        self.ask = AskField(engine, selection, theme)
        self.conversation = Conversation(engine, selection, theme)
        self.reader = Reader(engine, selection, theme)
        self.problems = Problems(engine, selection, theme)
        self.collection = CollectionPage(engine, theme)
        self.status = StatusLine(engine, selection, theme)
        self.welcome = Welcome(engine, theme, samples=has_samples())
        self.unlock = Unlock(engine, theme)
        self.closed_sheet = Closed(theme)
        self._arrange()
        self.stages = Stages(engine, self._root, self._sheets())
        self._ring = FocusRing(theme, self)
        self._connect()
        self._make_shortcuts()
        self._restore()

    # --- arranging -------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self.setWindowTitle("Strongroom")
        self.setMinimumSize(*LEAST_PX)
        self._centre = QStackedWidget()
        self._pages = {
            "desk": _column(self.ask, self.conversation),
            "problems": self.problems,
            "collection": self.collection,
        }
        for page in self._pages.values():
            self._centre.addWidget(page)
        self.panes = Panes(self._theme, self.sidebar, self._centre, self.reader)
        self._desk = _column(self.panes, self.status)
        self._root = QStackedWidget()
        self.setCentralWidget(_column(self.notice, self._root))
        for child in self.ask.findChildren(QWidget):
            child.setAcceptDrops(False)  # a file dropped on the field goes into the library too

    def _sheets(self) -> dict[str, QWidget]:
        opening = QWidget()
        sheets = {
            "opening": opening,
            "unlock": self.unlock,
            "closed": self.closed_sheet,
            "welcome": self.welcome,
            "desk": self._desk,
        }
        for sheet in sheets.values():
            self._root.addWidget(sheet)
        return sheets

    # --- connecting ------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.ask.asked.connect(self._on_asked)
        self.ask.stop_requested.connect(self.conversation.stop)
        self.ask.left.connect(self._leave_field)
        self.conversation.answering_changed.connect(self.ask.set_answering)
        self.conversation.edit_requested.connect(self.ask.set_question)
        self._selection.opened.connect(self._on_opened)
        self._connect_places()
        self._connect_intake()
        self.notice.details_wanted.connect(self._tell_details)
        self.status.privacy_chosen.connect(lambda: self._tell(PRIVACY, ENFORCED))

    def _connect_places(self) -> None:
        self.sidebar.destination_chosen.connect(self.go_to)
        self.sidebar.collection_chosen.connect(self.show_collection)
        self.sidebar.hide_wanted.connect(self.panes.toggle_sidebar)
        self.status.index_chosen.connect(self._show_index)
        self.collection.problems_wanted.connect(lambda: self.go_to("problems"))
        self.collection.ask_wanted.connect(self._focus_ask)

    def _connect_intake(self) -> None:
        self.dropped.connect(self.intake.add)
        self.sidebar.add_wanted.connect(lambda: self.intake.choose(self))
        self.welcome.choose_wanted.connect(lambda: self.intake.choose(self))
        self.welcome.samples_wanted.connect(self.intake.add_samples)
        self.intake.refused.connect(self.notice.say)
        self.intake.queued.connect(self.notice.mention)
        self.stages.closed_with.connect(self.closed_sheet.show_error)
        self.stages.said.connect(self.notice.say)
        self.stages.mentioned.connect(self.notice.mention)
        self.stages.reached_desk.connect(self.ask.focus_field)
        self.closed_sheet.again_wanted.connect(self._engine.restart)

    def _make_shortcuts(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+L": self._focus_ask,
            "Ctrl+Shift+L": self.ask.open_scope_menu,
            "Ctrl+1": lambda: self.go_to("desk"),
            "Ctrl+2": lambda: self.go_to("problems"),
            "Ctrl+B": self.panes.toggle_sidebar,
            "Ctrl+Shift+B": self.panes.toggle_reader,
            "Ctrl+O": lambda: self.intake.choose(self),
            "F5": lambda: self._engine.send(Rescan()),
            "F6": lambda: self._next_region(1),
            "Shift+F6": lambda: self._next_region(-1),
            "Ctrl+Shift++": lambda: self._text_size(1),
            "Ctrl+Shift+-": lambda: self._text_size(-1),
            "Ctrl+Shift+0": lambda: self._theme.set_text_percent(100),
            "Esc": self._step_back,
        }
        for sequence, then in keys.items():
            QShortcut(QKeySequence(sequence), self).activated.connect(then)

    # --- going somewhere -------------------------------------------------------------------------

    def go_to(self, place: str) -> None:
        """Show a destination in the centre: 'desk' or 'problems'."""
        self._show_page(place)
        self.sidebar.show_current(place)

    def show_collection(self, name: str) -> None:
        """Show the page of a collection in the centre."""
        self.collection.show_collection(name)
        self._show_page("collection")
        self.sidebar.show_current("", name)

    @property
    def place(self) -> str:
        """What the centre shows: 'desk', 'problems' or 'collection'."""
        current = self._centre.currentWidget()
        return next(name for name, page in self._pages.items() if page is current)

    def _show_page(self, name: str) -> None:
        self._centre.setCurrentWidget(self._pages[name])
        self.panes.set_reader_fits(name == "desk")

    def _show_index(self) -> None:
        busy = self.sidebar.model.busiest()
        if busy:
            self.show_collection(busy)
        else:
            self.go_to("problems")

    def _on_asked(self, question: str, undone: Parts) -> None:
        self.go_to("desk")
        self.conversation.ask(question, undone)

    def _on_opened(self, trail: Trail | None, preview: bool) -> None:
        if trail is not None and not preview:
            self.go_to("desk")
            self.panes.show_reader()

    def _focus_ask(self) -> None:
        self.go_to("desk")
        self.panes.show_reader(False)
        self.ask.focus_field()

    def _leave_field(self) -> None:
        if not self.panes.step_back():
            self.conversation.setFocus(Qt.FocusReason.OtherFocusReason)

    def _step_back(self) -> None:
        if not self.panes.step_back():
            self._focus_ask()

    def _next_region(self, by: int) -> None:
        """Give the focus to the next region that is shown."""
        regions = [
            region
            for region in (self.sidebar.tree, self.ask, self.conversation, self.reader)
            if region.isVisible()
        ]
        here = self.focusWidget()
        current = next(
            (n for n, r in enumerate(regions) if here is r or (here and r.isAncestorOf(here))), -by
        )
        regions[(current + by) % len(regions)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _text_size(self, by: int) -> None:
        at = min(
            range(len(TEXT_PERCENT)), key=lambda n: abs(TEXT_PERCENT[n] - self._theme.text_percent)
        )
        self._theme.set_text_percent(TEXT_PERCENT[max(0, min(at + by, len(TEXT_PERCENT) - 1))])

    # --- saying ----------------------------------------------------------------------------------

    def _tell_details(self, sentence: str) -> None:
        where = f"\n\nIts messages are in {self._log_folder}." if self._log_folder else ""
        self._tell("The engine stopped", f"{sentence}{where}")

    def _tell(self, title: str, text: str) -> None:
        tell(self, self._theme, title, text)

    # --- remembering -----------------------------------------------------------------------------

    def _restore(self) -> None:
        self.resize(*FIRST_PX)
        if self._settings is None:
            return
        geometry = self._settings.value("window/geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)
        self.panes.restore(self._settings)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._settings is not None:
            self._settings.setValue("window/geometry", self.saveGeometry())
            self.panes.save(self._settings)
            self._settings.setValue("look/scheme", self._theme.scheme)
            self._settings.setValue("look/text_percent", self._theme.text_percent)
        super().closeEvent(event)
        self.closed.emit()


def _column(*widgets: QWidget) -> QWidget:
    """Widgets one below the other; the last but the bars gets the room."""
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for widget in widgets:
        bar = isinstance(widget, (NoticeBar, StatusLine, AskField))
        layout.addWidget(widget, 0 if bar else 1)
    return column
