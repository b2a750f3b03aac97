"""What the reader says when it shows no page."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from strongroom_desktop.theme import Theme
from strongroom_desktop.widgets import Button, dress, label
from strongroom_engine.errors import StrongroomError

EMPTY = "Open a citation or a document."
_WIDTH = 320


class Notice(QWidget):
    outside = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._sentence = label("", "ui", "text_2", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence.setMaximumWidth(theme.px(_WIDTH))
        self.button = Button(theme, "Open outside", "framed", icon="external-link")
        self.button.clicked.connect(self.outside)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addStretch(2)
        layout.addWidget(self._sentence, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        dress(self, surface="well")
        self.show_empty()

    @property
    def text(self) -> str:
        return self._sentence.text()

    def show_empty(self) -> None:
        self._say(EMPTY)
        self.button.hide()

    def show_problem(self, error: StrongroomError) -> None:
        """What happened and what to do; the file can be opened in its own program."""
        self._say(str(error))
        self.button.show()

    def _say(self, sentence: str) -> None:
        self._sentence.setText(sentence)
        self._sentence.setMinimumWidth(self._sentence.maximumWidth())
