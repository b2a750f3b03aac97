"""The bar above everything: the engine is being started again, something was refused, or it only
says what will be."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from strongroom_desktop.client import Engine
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.widgets import (
    Button,
    Glyph,
    IconButton,
    dress,
    label,
    set_margins,
)
from strongroom_desktop.wording import number, tr
from strongroom_engine.errors import EngineDied

TICK_MS = 250
MENTION_MS = 8_000
"""How long something is shown that need not be closed."""
_EDGE_PX = 6


class NoticeBar(QWidget):
    """40 pixels, more where the sentence needs them, on `warn_soft` where it tells of trouble. What
    the engine says about itself goes by itself, and so does what is no trouble."""

    details_wanted = Signal(str)

    def __init__(self, engine: Engine, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._theme = theme
        self._about_engine = False
        self._glyph = Glyph(theme, "unplug", "warn")
        self._sentence = label(face="ui_medium", wrap=True)
        self._seconds = label(face="small", tone="text_2")
        self._details = Button(theme, tr("Details"))
        self._remedy = Button(theme, "")
        self._act: Callable[[], None] = self.hide
        self._close = IconButton(theme, "x", tr("Close this notice"))
        self._gone = QTimer(self, singleShot=True, interval=MENTION_MS)
        self._gone.timeout.connect(self.hide)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.setObjectName("notice")
        dress(self, surface="warning")
        row = QHBoxLayout(self)
        set_margins(row, 16, _EDGE_PX - 1, 12, _EDGE_PX)
        row.setSpacing(10)
        row.addWidget(self._glyph)
        row.addWidget(self._sentence, 1)
        row.addWidget(self._seconds)
        row.addSpacing(8)
        row.addWidget(self._details)
        row.addWidget(self._remedy)
        row.addWidget(self._close)
        self.hide()
        self._size()

    def _size(self) -> None:
        self.setMinimumHeight(self._theme.control("bar"))

    def _connect(self) -> None:
        self._theme.changed.connect(self._size)
        self._engine.died.connect(self._on_death)
        self._engine.started.connect(self._on_start)
        self._engine.trouble.connect(self.say)
        self._tick.timeout.connect(self._count_down)
        self._close.clicked.connect(self.hide)
        self._remedy.clicked.connect(self._on_remedy)
        self._details.clicked.connect(lambda: self.details_wanted.emit(self._sentence.text()))

    def text(self) -> str:
        return self._sentence.text()

    def say(self, sentence: str) -> None:
        """Say something that stays until it is closed."""
        self._about_engine = False
        self._show(sentence)

    def offer(
        self,
        sentence: str,
        remedy: str = "",
        act: Callable[[], None] | None = None,
        more: str = "",
    ) -> None:
        """Say something that stays, with a button for what can be done about it, and `more` of it in
        the tooltip."""
        self.say(sentence)
        self.setToolTip(more)
        self._act = act or self.hide
        self._remedy.setText(remedy)
        self._remedy.setVisible(bool(remedy))

    def calm(self) -> None:
        """What is said now is no trouble, though it stays."""
        dress(self, surface="mention")
        self._glyph.show_icon("clock", "text_2")

    def _on_remedy(self) -> None:
        self._act()

    def mention(self, sentence: str) -> None:
        """Say something that is no trouble; it goes by itself."""
        self.say(sentence)
        self.calm()
        self._gone.start()

    def take_back(self, sentence: str) -> None:
        """What was mentioned has come: nobody needs to read it any more."""
        if self._gone.isActive() and self.text() == sentence:
            self._gone.stop()
            self.hide()

    def lift(self, sentence: str) -> None:
        """What was said has passed."""
        if self.text() == sentence:
            self.hide()

    def _show(self, sentence: str) -> None:
        self._gone.stop()
        dress(self, surface="warning")
        self._sentence.setText(sentence)
        self.setToolTip("")
        self._glyph.show_icon("unplug" if self._about_engine else "triangle-alert", "warn")
        self._close.setVisible(not self._about_engine)
        self._details.setVisible(self._about_engine)
        self._remedy.hide()
        self._seconds.setText("")
        self.show()

    def _on_death(self) -> None:
        self._about_engine = True
        self._show(str(EngineDied()))
        self._tick.start()

    def _on_start(self) -> None:
        self._tick.stop()
        if self._about_engine:
            self._about_engine = False
            self.hide()

    def _count_down(self) -> None:
        seconds = round(self._engine.restart_in_ms / 1_000)
        self._seconds.setText(tr("{n} s", n=number(seconds)) if seconds else "")
