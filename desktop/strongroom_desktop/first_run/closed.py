"""A library that does not open, and what to do about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from strongroom_desktop.first_run.sheet import Sheet
from strongroom_desktop.theme import Theme
from strongroom_desktop.widgets import Button, Paragraph, label
from strongroom_engine.errors import StrongroomError


class Closed(Sheet):
    """`again_wanted`: the user has mended it and tries again."""

    again_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._sentence = Paragraph(theme, tone="text")
        self._advice = Paragraph(theme)
        self.column.addWidget(label("The library cannot be opened", "title", wrap=True))
        self.column.addSpacing(8)
        self.column.addWidget(self._sentence)
        self.column.addWidget(self._advice)
        self.column.addSpacing(24)
        row = QHBoxLayout()
        self.again = Button(theme, "Try again", "primary")
        self.again.clicked.connect(self.again_wanted)
        row.addWidget(self.again)
        row.addStretch(1)
        self.column.addLayout(row)

    def show_error(self, error: StrongroomError) -> None:
        self._sentence.set_text(error.sentence)
        self._advice.set_text(error.advice)

    def text(self) -> str:
        return f"{self._sentence.plain_text()} {self._advice.plain_text()}".strip()
