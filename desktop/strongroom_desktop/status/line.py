"""The status line: engine, model and memory, index, and that nothing leaves this computer."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from strongroom_desktop import figures
from strongroom_desktop.absence import absence
from strongroom_desktop.client import Engine
from strongroom_desktop.latest import Latest
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.selection import Selection
from strongroom_desktop.status import words
from strongroom_desktop.status.hindrance import Hindrance
from strongroom_desktop.status.model import ModelPart
from strongroom_desktop.status.signs import MEMORY_BAR_PX, Dot
from strongroom_desktop.text import as_tooltip, isolated
from strongroom_desktop.widgets import Bar, Button, dress, label, rule, set_margins
from strongroom_desktop.wording import tr
from strongroom_engine.protocol import (
    Answered,
    Changed,
    Failed,
    GetIndexing,
    GetLibrary,
    GetStatus,
    Hello,
    Indexing,
    LibraryTold,
    Progress,
    Ready,
    Stage,
    Status,
)
from strongroom_engine.types import LibraryFacts, LibraryStatus, under_way

DEVICE_HIDES_BELOW_PX = 1000
REFRESH_MS = 700
_GAP, _EDGES = 10, 30
_DOTS = {"locked": "warn_line", "paused": "warn_line", "again": "warn_line", "starting": "text_3"}
"""The colours of the dot; 'accent' for every other state."""


class StatusLine(QWidget):
    """`index_chosen`: the user wants to see how the index stands, `models_chosen` which model
    answers, `privacy_chosen` what enforces that nothing leaves (`privacy_words`)."""

    index_chosen = Signal()
    models_chosen = Signal()
    privacy_chosen = Signal()

    def __init__(
        self, engine: Engine, _selection: Selection, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._theme = theme
        self._status = Latest(engine)
        self._answering = 0
        self._indexing = False
        self._stand = Indexing()
        self._library: LibraryFacts | None = None
        self._counted: LibraryStatus | None = None
        self._index_said = ""
        self._dot = Dot(theme)
        self._state = label("", "small", "text_2")
        self._model = ModelPart(engine, theme, self)
        self.hindrance = Hindrance(engine, self)
        self._bar = Bar(theme, MEMORY_BAR_PX[1])
        self._index = Button(theme, "", "status")
        self._privacy = Button(theme, words.privacy(), "privacy", icon="lock", role="accent")
        self._refresh = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._lay_out()
        self._connect()
        self._say("starting")
        if engine.ready is not None:
            self._on_ready()

    # --- layout ----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.setObjectName("status")
        dress(self, surface="chrome")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(rule())
        row = QHBoxLayout()
        set_margins(row, 18, 0, _EDGES - 18, 0)
        row.setSpacing(_GAP)
        self._first, self._second = _short_rule(), _short_rule()
        self._figures = (self._model.device, self._model.bar, self._model.figures)
        self._parts: tuple[QWidget, ...] = (
            self._dot, self._state, self._first, self._model.name, *self._figures,
            self._second, self._bar, self._index, self._privacy,
        )  # fmt: skip
        for widget in self._parts[:-1]:
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._privacy)
        outer.addLayout(row)
        self._bar.setFixedWidth(MEMORY_BAR_PX[0])
        for widget in (self._bar, self._first, self._second):
            widget.hide()
        self._index.setAccessibleName(tr("How the index stands"))
        self._privacy.setToolTip(words.privacy_in_short())
        self._size()

    def _size(self) -> None:
        self.setFixedHeight(self._theme.control("status"))
        self._show_what_fits()

    def _connect(self) -> None:
        self._engine.received.connect(self._on_event)
        self._engine.died.connect(self._on_death)
        self._refresh.timeout.connect(lambda: self._status.send(GetStatus()))
        self._theme.changed.connect(self._size)
        absence.changed.connect(self._say_at_rest)
        self.hindrance.changed.connect(self._say_at_rest)
        self._model.name.clicked.connect(self.models_chosen)
        self._model.changed.connect(self._show_what_fits)
        self._index.clicked.connect(self.index_chosen)
        self._privacy.clicked.connect(self.privacy_chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_what_fits()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._model.set_seen(self._is_wide)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._model.set_seen(False)

    def _show_what_fits(self) -> None:
        """Device and memory go first, then the model, then the end of how the index stands: the
        privacy is never cut."""
        self._index.setText(isolated(self._index_said))
        self._model.set_seen(self._is_wide and self.isVisible())
        for widget in self._figures:
            widget.setVisible(self._is_wide and self._model.knows_memory)
        name = self._model.name
        shown = [each for each in self._parts if not each.isHidden() and each is not name]
        wanted = sum(_width(each) + _GAP for each in (*shown, name))
        fits = wanted + _EDGES <= self.width() and bool(name.text())
        name.setVisible(fits)
        self._first.setVisible(fits)
        self._shorten(sum(_width(each) + _GAP for each in shown) + _EDGES - self.width())

    @property
    def _is_wide(self) -> bool:
        return self.width() >= self._theme.px(DEVICE_HIDES_BELOW_PX)

    def _shorten(self, over: int) -> None:
        """Take so many pixels from the words about the index; the tooltip has them all."""
        if over > 0:
            metrics = self._index.fontMetrics()
            room = max(metrics.horizontalAdvance(self._index_said) - over, 0)
            end = Qt.TextElideMode.ElideRight
            self._index.setText(isolated(metrics.elidedText(self._index_said, end, room)))
        self._index.setToolTip(as_tooltip(self._index_said) if over > 0 else "")

    # --- what it says ----------------------------------------------------------------------------

    def state(self) -> str:
        """The word beside the dot."""
        return self._state.text()

    def index_text(self) -> str:
        return self._index_said

    def model_text(self) -> str:
        return self._model.name.text()

    def privacy_words(self) -> tuple[str, str]:
        """What a click on it says: a title, and what enforces it."""
        return words.privacy(), words.enforced(self._library)

    def _on_event(self, event: object) -> None:
        match event:
            case Hello(locked=locked):
                self._say("locked" if locked else "opening")
            case Ready():
                self._on_ready()
            case LibraryTold(library=library) if library is not None:
                self._library = library
            case _:
                self._on_work(event)

    def _on_work(self, event: object) -> None:
        """What is being done now."""
        match event:
            case Stage():
                self._answering = event.id
                self._settle()
            case Answered() | Failed() if event.id == self._answering:
                self._answering = 0
                self._settle()
            case Progress():
                self._on_progress(event)
            case Indexing():
                self._stand = event
                self._settle()
                self._say_at_rest()
            case Changed() if not self._refresh.isActive():
                self._refresh.start()
            case Status() if self._status.wants(event):
                self._counted = event.status
                self._say_at_rest()
                self._settle()
            case _:
                pass

    def _on_ready(self) -> None:
        self._settle()
        self._second.show()
        self._status.send(GetStatus())
        self._engine.send(GetIndexing())
        self._engine.send(GetLibrary())

    # --- the index -------------------------------------------------------------------------------

    def _on_progress(self, event: Progress) -> None:
        was = self._indexing
        self._indexing = event.progress is not None
        self._bar.setVisible(self._indexing)
        if event.progress is not None:
            self._bar.set_share(figures.share_done(event.progress))
            self._say_index(figures.progress(event.progress))
        elif was:
            self._status.send(GetStatus())
        self._settle()

    def _say_at_rest(self) -> None:
        """How the index stands, and why it rests where it does."""
        if self._indexing and not self._stand.paused:
            return
        said = figures.at_rest(self._counted, away=absence.any, known=self._stand.why != "damage")
        why = words.paused(self._stand) or self._hindered()
        self._say_index(", ".join(part for part in (said, why) if part))

    def _hindered(self) -> str:
        """What keeps documents waiting, in a few words; '' where nothing does, or none waits."""
        waits = self._counted is not None and under_way(self._counted.documents)
        return self.hindrance.words() if waits and not self._indexing else ""

    def _on_death(self) -> None:
        self._answering = 0
        self._indexing = False
        self._bar.hide()
        self._say("again")

    def _settle(self) -> None:
        if self._engine.ready is None:
            return
        if self._answering:
            self._say("answering")
        elif self._stand.paused or self._hindered():
            self._say("paused")
        else:
            self._say("indexing" if self._indexing else "ready")

    def _say_index(self, text: str) -> None:
        self._index_said = text
        self._index.setAccessibleDescription(text)
        self._show_what_fits()

    def _say(self, state: str) -> None:
        self._state.setText(words.states()[state])
        self._dot.set_role(_DOTS.get(state, "accent"))


def _width(widget: QWidget) -> int:
    """What a widget wants; painted ones have a fixed width and no hint."""
    return max(widget.sizeHint().width(), widget.minimumWidth())


def _short_rule() -> QLabel:
    line = QLabel()
    dress(line, surface="rule")
    line.setFixedSize(1, 14)
    return line
