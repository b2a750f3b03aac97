"""The window: it arranges the regions, connects them, and decides what the keyboard reaches."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from strongroom_desktop.bindings import Bindings
from strongroom_desktop.centre import Centre
from strongroom_desktop.client import Engine
from strongroom_desktop.conversation.conversation import Conversation
from strongroom_desktop.dialogs import tell
from strongroom_desktop.dropping import DropWindow
from strongroom_desktop.first_run import Closed, Unlock, Welcome
from strongroom_desktop.focus import FocusRing, focus_next
from strongroom_desktop.intake import Intake, has_samples
from strongroom_desktop.menus import Commands, MenuBar
from strongroom_desktop.narrowed import Parts
from strongroom_desktop.panes import Panes
from strongroom_desktop.problems import Problems
from strongroom_desktop.reader.reader import Reader
from strongroom_desktop.search.ask_field import AskField
from strongroom_desktop.selection import Selection, Trail
from strongroom_desktop.shortcuts import Keys
from strongroom_desktop.sources import CollectionPage, Sidebar
from strongroom_desktop.stages import Stages
from strongroom_desktop.status import NoticeBar, StatusLine
from strongroom_desktop.theme import Theme
from strongroom_engine.protocol import Rescan

LEAST_PX = (560, 420)
FIRST_PX = (1440, 900)
REACHED = "window/reached_desk"
"""Whether the last window came as far as the desk."""


@dataclass(frozen=True, slots=True)
class WindowState:
    """What one would miss in a window that takes the place of another."""

    place: str
    trail: Trail | None
    scope: tuple[str, ...]


class Window(DropWindow):
    """Everything the user sees. `closed`: the user closed it. `quit_wanted`: all shall end.
    `language_chosen`: the window is wanted in this language."""

    closed = Signal()
    quit_wanted = Signal()
    language_chosen = Signal(str)

    def __init__(
        self,
        engine: Engine,
        selection: Selection,
        theme: Theme,
        *,
        settings: QSettings | None = None,
        log_folder: Path | None = None,
        keys: Keys | None = None,
    ) -> None:
        super().__init__(theme)
        self._keys = keys or Keys(settings, self)
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
        expected = settings is not None and str(settings.value(REACHED, 0)) == "1"
        self.stages = Stages(engine, self._root, self._sheets(), expected=expected)
        self._ring = FocusRing(theme, self)
        self._connect()
        commands = self._make_commands()
        self._bindings = Bindings(self, self._keys, commands)
        self.menus = MenuBar(self, self._keys, commands)
        self._restore()

    # --- arranging -------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self.setWindowTitle("Strongroom")
        self.setMinimumSize(*LEAST_PX)
        self.centre = Centre()
        self.centre.add("desk", _column(self.ask, self.conversation), reader=True)
        self.centre.add("problems", self.problems)
        self.centre.add("collection", self.collection)
        self.panes = Panes(self._theme, self.sidebar, self.centre, self.reader)
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
        self.status.privacy_chosen.connect(self._tell_privacy)

    def _connect_places(self) -> None:
        self.sidebar.destination_chosen.connect(self.go_to)
        self.sidebar.collection_chosen.connect(self.show_collection)
        self.sidebar.hide_wanted.connect(self.panes.toggle_sidebar)
        self.status.index_chosen.connect(self._show_index)
        self.centre.shown.connect(lambda _place, reader: self.panes.set_reader_fits(reader))
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

    def _make_commands(self) -> Commands:
        """What each key and each entry of the menus does."""
        return {
            "ask": self._focus_ask,
            "scope": self.ask.open_scope_menu,
            **{
                place: partial(self.go_to, place)
                for place in self.centre.names
                if place != "collection"
            },
            "sidebar": self.panes.toggle_sidebar,
            "reader": self.panes.toggle_reader,
            "add": lambda: self.intake.choose(self),
            "rescan": lambda: self._engine.send(Rescan()),
            "next_region": lambda: self._go_round(1),
            "previous_region": lambda: self._go_round(-1),
            "larger": lambda: self._theme.step_text(1),
            "smaller": lambda: self._theme.step_text(-1),
            "usual": lambda: self._theme.set_text_percent(100),
            "back": self._step_back,
            "quit": self.quit_wanted.emit,
            "privacy": self._tell_privacy,
        }

    # --- going somewhere -------------------------------------------------------------------------

    def go_to(self, place: str) -> None:
        """Show a destination in the centre: 'desk' or 'problems'."""
        self.centre.show_place(place)
        self.sidebar.show_current(place)

    def show_collection(self, name: str) -> None:
        """Show the page of a collection in the centre."""
        self.collection.show_collection(name)
        self.centre.show_place("collection")
        self.sidebar.show_current("", name)

    @property
    def place(self) -> str:
        """What the centre shows: 'desk', 'problems', 'collection' …"""
        return self.centre.place

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

    def _go_round(self, by: int) -> None:
        """Give the focus to the next region that is shown."""
        regions = (self.sidebar.tree, self.ask, self.conversation, self.reader)
        focus_next([region for region in regions if region.isVisible()], self.focusWidget(), by)

    # --- saying ----------------------------------------------------------------------------------

    def _tell_details(self, sentence: str) -> None:
        where = f"\n\nIts messages are in {self._log_folder}." if self._log_folder else ""
        self._tell("The engine stopped", f"{sentence}{where}")

    def _tell(self, title: str, text: str) -> None:
        tell(self, self._theme, title, text)

    def _tell_privacy(self) -> None:
        self._tell(*self.status.privacy_words())

    # --- remembering -----------------------------------------------------------------------------

    def state(self) -> WindowState:
        """What the window that takes its place shall show."""
        return WindowState(self.place, self._selection.trail, self._selection.scope)

    def restore_state(self, state: WindowState) -> None:
        """Show what another window showed."""
        if state.trail is not None:
            self._selection.open_trail(state.trail)
        if state.place != "collection":
            self.go_to(state.place)

    def save(self) -> None:
        """Keep sizes and looks for the next start."""
        if self._settings is not None:
            self._settings.setValue("window/geometry", self.saveGeometry())
            self._settings.setValue(REACHED, int(self.stages.current == "desk"))
            self.panes.save(self._settings)
            self._settings.setValue("look/scheme", self._theme.scheme)
            self._settings.setValue("look/text_percent", self._theme.text_percent)

    def leave(self) -> None:
        """Make room for another window; nothing is ended."""
        self.hide()
        self.deleteLater()

    def _restore(self) -> None:
        self.resize(*FIRST_PX)
        if self._settings is None:
            return
        geometry = self._settings.value("window/geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)
        self.panes.restore(self._settings)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.save()
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
