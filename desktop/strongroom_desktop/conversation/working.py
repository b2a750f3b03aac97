"""The line beneath an answer that is being written: where it stands, and how to stop it."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from strongroom_desktop.keys import key_cap
from strongroom_desktop.text import counted
from strongroom_desktop.theme import Theme
from strongroom_desktop.widgets import ElidedLabel, label

SILENT_MS = 1_000
"""Nothing is said before."""
_TICK_MS = 100


class Working(QWidget):
    """Its height is kept while it says nothing."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._stage = "searching"
        self._passages = 0
        self._clock = QElapsedTimer()
        self._clock.start()
        self._text = ElidedLabel("", "ui", "text_3", Qt.TextElideMode.ElideRight)
        self._esc = key_cap("Esc")
        self._stops = label("stops", "ui", "text_3")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._text, 1)
        row.addWidget(self._esc)
        row.addWidget(self._stops)
        self.setFixedHeight(theme.control("row_list"))
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self._say)
        self._tick.start()
        self._say()

    @property
    def elapsed_ms(self) -> int:
        """Time since the question was asked."""
        return self._clock.elapsed()

    @property
    def text(self) -> str:
        return self._text.full_text()

    def set_stage(self, name: str, passages: int) -> None:
        self._stage = name
        self._passages = passages or self._passages
        self._say()

    def end(self) -> None:
        self._tick.stop()
        self.hide()

    def _say(self) -> None:
        silent = self.elapsed_ms < SILENT_MS
        self._text.set_text("" if silent else self._sentence())
        self._esc.setVisible(not silent and self._stage != "stopping")
        self._stops.setVisible(self._esc.isVisibleTo(self))

    def _sentence(self) -> str:
        passages = counted(self._passages, "passage")
        match self._stage:
            case "writing":
                return f"Writing from {passages}, {self.elapsed_ms / 1000:.1f} s"
            case "reading":
                return f"Reading {passages}"
            case "loading":
                return "Loading the answer model"
            case "stopping":
                return "Stopping"
            case _:
                return "Searching"
