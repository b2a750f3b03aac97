"""A library that does not open, and what to do about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from strongroom_desktop.first_run.sheet import Sheet
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.widgets import Button, Paragraph, label
from strongroom_desktop.wording import tr
from strongroom_engine.errors import StrongroomError


class Closed(Sheet):
    """`again_wanted`: the user has mended it and tries again. `folder_wanted`: the library's folder
    is to be shown."""

    again_wanted = Signal()
    folder_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._sentence = Paragraph(theme, tone="text")
        self.column.addWidget(label(tr("The library cannot be opened"), "display", wrap=True))
        self.column.addSpacing(8)
        self.column.addWidget(self._sentence)
        self.column.addSpacing(24)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.again = Button(theme, tr("Try again"), "primary")
        self.again.clicked.connect(self.again_wanted)
        row.addWidget(self.again)
        folder = Button(theme, tr("Show the library's folder"))
        folder.clicked.connect(self.folder_wanted)
        row.addWidget(folder)
        row.addStretch(1)
        self.column.addLayout(row)

    def show_error(self, error: StrongroomError) -> None:
        self._sentence.set_text(str(error))

    def text(self) -> str:
        return self._sentence.plain_text()
