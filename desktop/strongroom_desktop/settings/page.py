"""Settings: sections at the left, rows with one control each; what is changed holds at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from strongroom_desktop.client import Engine
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.page import Page, centred
from strongroom_desktop.settings.about import About
from strongroom_desktop.settings.answers import Answers
from strongroom_desktop.settings.folders import Folders
from strongroom_desktop.settings.general import General
from strongroom_desktop.settings.indexing import Indexing
from strongroom_desktop.settings.keyboard import Keyboard
from strongroom_desktop.settings.library import LibrarySection
from strongroom_desktop.settings.section import Context, Section
from strongroom_desktop.settings.values import Values
from strongroom_desktop.shortcuts import Keys
from strongroom_desktop.widgets import Button, ElidedLabel, Glyph, bare_scroll, dress, set_margins
from strongroom_desktop.wording import tr

_SECTIONS_PX = (110, 180)
_SHARE = 0.2
_GAP_PX = 40
_BAR_PX = 20
"""Room for the scroll bar beyond the column's far edge."""


class SettingsPage(Page):
    """Signals for the window:

    * `language_chosen`: it is wanted in this language;
    * `models_wanted`: the page of models; `add_wanted`: a folder is to be chosen;
      `collection_chosen`: the page of a collection;
    * `restart_wanted`: the engine is to be started again;
    * `erased`: the library was deleted and an empty one is open.
    """

    language_chosen = Signal(str)
    models_wanted = Signal()
    add_wanted = Signal()
    collection_chosen = Signal(str)
    restart_wanted = Signal()
    erased = Signal()

    def __init__(
        self,
        engine: Engine,
        theme: Theme,
        kept: QSettings | None = None,
        keys: Keys | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._made: dict[str, Section] = {}
        self._buttons: dict[str, Button] = {}
        self._current = ""
        super().__init__(theme, tr("Settings"), parent)
        self.subtitle.set_text(tr("Changes take effect at once"))
        self.values = Values(engine, self)
        self._context = Context(engine, theme, kept, self.values, keys or Keys(kept, self))
        self.values.told.connect(self._show_waiting)
        theme.changed.connect(self._size_sections)
        self._size_sections()
        self.show_section("general")

    # --- sections --------------------------------------------------------------------------------

    def _names(self) -> dict[str, tuple[str, Callable[[Context], Section]]]:
        return {
            "general": (tr("General"), self._general),
            "folders": (tr("Folders"), self._folders),
            "indexing": (tr("Indexing"), Indexing),
            "answers": (tr("Answers"), self._answers),
            "library": (tr("Library"), self._library),
            "keyboard": (tr("Keyboard"), Keyboard),
            "about": (tr("About"), About),
        }

    def _general(self, context: Context) -> Section:
        made = General(context)
        made.language_chosen.connect(self.language_chosen)
        return made

    def _folders(self, context: Context) -> Section:
        made = Folders(context)
        made.add_wanted.connect(self.add_wanted)
        made.collection_chosen.connect(self.collection_chosen)
        return made

    def _answers(self, context: Context) -> Section:
        made = Answers(context)
        made.models_wanted.connect(self.models_wanted)
        return made

    def _library(self, context: Context) -> Section:
        made = LibrarySection(context)
        made.erased.connect(self.erased)
        return made

    def show_section(self, name: str) -> None:
        """Show a section: 'general', 'folders', 'indexing', 'answers', 'library', 'keyboard' or
        'about'; it is made when it is first wanted."""
        if name not in self._made:
            self._made[name] = self._names()[name][1](self._context)
            self.body.insertWidget(self.body.count() - 1, self._made[name])
        for each, section in self._made.items():
            section.setVisible(each == name)
        self._buttons[name].setChecked(True)
        self._scroll_bar.setValue(0)
        self._current = name
        self._made[name].entered()

    @property
    def current(self) -> str:
        """The name of the section that is shown."""
        return self._current

    def section(self, name: str) -> Section:
        """A section that was shown before."""
        return self._made[name]

    def showEvent(self, event: object) -> None:
        """What was changed elsewhere meanwhile is asked for anew."""
        super().showEvent(event)  # type: ignore[arg-type]  # it is a QShowEvent
        self.values.ask()
        self._made[self._current].entered()

    # --- laying out ------------------------------------------------------------------------------

    def _make_content(self) -> QWidget:
        content = QWidget()
        content.setLayout(self.body)
        self.body.addStretch(1)
        scroll = bare_scroll(content)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll_bar = scroll.verticalScrollBar()
        self._scroll_bar.rangeChanged.connect(self._keep_edge)
        self._keep_edge()
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP_PX)
        row.addWidget(self._make_sections(), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(scroll, 1)
        outer = QWidget()
        column = QVBoxLayout(outer)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._waiting = self._make_waiting()
        column.addWidget(self._waiting)
        column.addLayout(centred(row, _BAR_PX), 1)
        return outer

    def _keep_edge(self) -> None:
        """The rows end where the head does, whether there is a scroll bar or not."""
        bar = self._scroll_bar.sizeHint().width() if self._scroll_bar.maximum() > 0 else 0
        set_margins(self.body, 0, 24, _BAR_PX - bar, 24)

    def _make_sections(self) -> QWidget:
        self._sections = QWidget()
        self._sections.setAccessibleName(tr("Sections of the settings"))
        column = QVBoxLayout(self._sections)
        set_margins(column, 0, 24, 0, 0)
        column.setSpacing(1)
        group = QButtonGroup(self)
        for name, (title, _make) in self._names().items():
            button = Button(self.theme, title, "section")
            button.setCheckable(True)
            button.setSizePolicy(
                button.sizePolicy().Policy.Ignored, button.sizePolicy().Policy.Fixed
            )
            button.clicked.connect(lambda _on=False, name=name: self.show_section(name))
            group.addButton(button)
            column.addWidget(button)
            self._buttons[name] = button
        return self._sections

    def _make_waiting(self) -> QWidget:
        bar = QWidget()
        dress(bar, surface="warning")
        row = QHBoxLayout(bar)
        set_margins(row, 16, 6, 16, 6)
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(Glyph(self.theme, "refresh-cw", "warn"))
        said = tr("Some changes take effect when the engine is started again.")
        row.addWidget(ElidedLabel(said, "ui", "warn", Qt.TextElideMode.ElideRight))
        restart = Button(self.theme, tr("Restart the engine"))
        restart.setToolTip(tr("Nothing you typed or asked is lost."))
        restart.clicked.connect(self.restart_wanted)
        row.addWidget(restart)
        row.addStretch(1)
        bar.hide()
        return bar

    def _show_waiting(self) -> None:
        self._waiting.setVisible(bool(self.values.waiting))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._size_sections()

    def _size_sections(self) -> None:
        """A narrow page leaves the sections what their names need."""
        least, most = (self.theme.px(width) for width in _SECTIONS_PX)
        self._sections.setFixedWidth(max(least, min(most, round(self.width() * _SHARE))))
