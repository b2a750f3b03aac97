"""The window: it arranges the regions, connects them, and decides what the keyboard reaches."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from strongroom_desktop.client import Engine
from strongroom_desktop.conversation.conversation import Conversation
from strongroom_desktop.dialogs import tell
from strongroom_desktop.first_run import Closed, Unlock, Welcome
from strongroom_desktop.focus import FocusRing, focus_next
from strongroom_desktop.frame import remembering
from strongroom_desktop.frame.bindings import Bindings
from strongroom_desktop.frame.commands import commands_of
from strongroom_desktop.frame.counts import Counts
from strongroom_desktop.frame.dropping import DropWindow
from strongroom_desktop.frame.menus import MenuBar
from strongroom_desktop.frame.pages import Pages
from strongroom_desktop.frame.panes import Panes
from strongroom_desktop.frame.sheets import DocumentSheets
from strongroom_desktop.frame.stages import Stages
from strongroom_desktop.frame.wiring import wire
from strongroom_desktop.intake import Intake, choose_model, has_samples, is_model
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.narrowed import Parts
from strongroom_desktop.reader.reader import Reader
from strongroom_desktop.search.ask_field import AskField
from strongroom_desktop.selection import Selection, Trail
from strongroom_desktop.shortcuts import Keys
from strongroom_desktop.sources import Sidebar
from strongroom_desktop.status import NoticeBar, StatusLine
from strongroom_desktop.wording import tr
from strongroom_engine.protocol import Ready

LEAST_PX = (560, 420)


@dataclass(frozen=True, slots=True)
class WindowState:
    """What one would miss in a window that takes the place of another."""

    place: str
    trail: Trail | None
    conversation: str
    written: str


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
        self.engine, self.selection, self.theme = engine, selection, theme
        self._settings = settings
        self._log_folder = log_folder
        self.intake = Intake(engine, self)
        self.notice = NoticeBar(engine, theme)
        self.sidebar = Sidebar(engine, selection, theme)
        self.ask = AskField(engine, selection, theme)
        self.conversation = Conversation(engine, selection, theme)
        self.reader = Reader(engine, selection, theme, settings=settings)
        self.pages = Pages(engine, selection, theme, settings=settings, keys=self._keys)
        self.counts = Counts(engine, self)
        self.status = StatusLine(engine, selection, theme)
        self.welcome = Welcome(engine, theme, samples=has_samples())
        self.unlock = Unlock(engine, theme)
        self.closed_sheet = Closed(theme)
        self._arrange()
        self.stages = Stages(
            engine, self._root, self._sheets(), expected=remembering.expects_desk(settings)
        )
        self._ring = FocusRing(theme, self)
        wire(self)
        self.document_sheets = DocumentSheets(self)
        commands = commands_of(self)
        self._bindings = Bindings(self, self._keys, commands)
        self.menus = MenuBar(self, self._keys, commands)
        self.conversation.changed.connect(self._on_conversation)
        engine.received.connect(self._on_event)
        remembering.restore(self, settings)

    # --- arranging -------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self.setWindowTitle("Strongroom")
        self.setMinimumSize(*LEAST_PX)
        self.centre = self.pages.centre
        self.centre.add("desk", _column(self.ask, self.conversation), reader=True)
        self.pages.fill()
        self.panes = Panes(self.theme, self.sidebar, self.centre, self.reader)
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

    # --- going somewhere -------------------------------------------------------------------------

    def go_to(self, place: str) -> None:
        """Show a place in the centre: 'desk', 'reviews', 'problems' …"""
        self.centre.show_place(place)
        self.sidebar.show_current(place)

    def show_collection(self, name: str) -> None:
        """Show the page of a collection in the centre."""
        self.pages.collection.show_collection(name)
        self.centre.show_place("collection")
        self.sidebar.show_current("", name)

    @property
    def place(self) -> str:
        """What the centre shows: 'desk', 'problems', 'collection' …"""
        return self.centre.place

    def show_index(self) -> None:
        busy = self.sidebar.model.busiest()
        if busy:
            self.show_collection(busy)
        else:
            self.go_to("problems")

    def put_question(self, question: str, undone: Parts, task: str, schema: str) -> None:
        """Ask what was written in the field."""
        self.go_to("desk")
        self.conversation.ask(question, undone, task, schema)

    def show_opened(self, trail: Trail | None, preview: bool) -> None:
        if trail is not None and not preview:
            if not self.centre.has_reader(self.place):
                self.go_to("desk")
            self.panes.show_reader()

    def show_settings(self, section: str) -> None:
        self.go_to("settings")
        self.pages.settings.show_section(section)

    def choose_model(self) -> None:
        """Let the user choose a model's file to bring in."""
        choose_model(self, self.bring_in)

    def bring_in(self, model: str) -> None:
        """Bring in a model, and show how far that is."""
        self.stages.enter()
        self.pages.bring_in(model)

    def show_models(self) -> None:
        """Show the models, in the first run too."""
        self.stages.enter()
        self.go_to("models")

    def begin_conversation(self) -> None:
        self.conversation.new()
        self.focus_ask()

    def choose(self, kind: str = "folder", collection: str = "") -> None:
        self.intake.choose(self, kind, collection)

    def take(self, paths: list[str], collection: str = "") -> None:
        """Models go to the models, everything else into the library."""
        models = [path for path in paths if is_model(path)]
        for model in models:
            self.bring_in(model)
        self.intake.add([path for path in paths if path not in models], collection)

    def ask_about(self, documents: list[str], task: str = "") -> None:
        """Ask about these documents from now on."""
        self.selection.set_documents(documents)
        if task:
            self.ask.set_task(task)
        self.focus_ask()

    def ask_with(self, quote: str) -> None:
        self.ask.set_question(quote)
        self.focus_ask()

    def focus_ask(self) -> None:
        self.go_to("desk")
        self.panes.show_reader(False)
        self.ask.focus_field()

    def leave_field(self) -> None:
        if not self.panes.step_back():
            self.conversation.setFocus(Qt.FocusReason.OtherFocusReason)

    def step_back(self) -> None:
        if not self.panes.step_back():
            self.focus_ask()

    def go_round(self, by: int) -> None:
        """Give the focus to the next region that is shown."""
        regions = (self.sidebar.shown_list, self.ask, self.conversation, self.reader)
        focus_next([region for region in regions if region.isVisible()], self.focusWidget(), by)

    # --- saying ----------------------------------------------------------------------------------

    def tell_details(self, sentence: str) -> None:
        if self._log_folder:
            where = tr("Its messages are in {folder}.", folder=self._log_folder)
            sentence = f"{sentence}\n\n{where}"
        tell(self, self.theme, tr("The engine stopped"), sentence)

    def tell_privacy(self) -> None:
        tell(self, self.theme, *self.status.privacy_words())

    # --- remembering -----------------------------------------------------------------------------

    def state(self) -> WindowState:
        """What the window that takes its place shall show."""
        return WindowState(
            self.place, self.selection.trail, self.conversation.key, self.ask.editor.toPlainText()
        )

    def restore_state(self, state: WindowState) -> None:
        """Show what another window showed."""
        if state.trail is not None:
            self.selection.open_trail(state.trail)
        if state.conversation:
            self.conversation.open(state.conversation)
        self.ask.set_question(state.written)
        if state.place != "collection":
            self.go_to(state.place)

    def open_conversation(self, key: str) -> None:
        """Go on with a conversation that is kept."""
        self.go_to("desk")
        self.conversation.open(key)

    def forget_conversation(self, key: str) -> None:
        """It was removed: the desk shows it no longer."""
        if key == self.conversation.key:
            self.conversation.new()

    def _on_event(self, event: object) -> None:
        """The library is open, or open again: show the conversation of last time."""
        last = self.conversation.key or remembering.kept_conversation(self._settings)
        if isinstance(event, Ready) and last and not self.conversation.turns:
            self.conversation.open(last)

    def _on_conversation(self) -> None:
        remembering.keep_conversation(self._settings, self.conversation.key)
        self.pages.show_open_conversation(self.conversation.key)

    def save(self) -> None:
        """Keep sizes and looks for the next start."""
        remembering.keep(self, self._settings)

    def leave(self) -> None:
        """Make room for another window; nothing is ended."""
        self.hide()
        self.deleteLater()

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
