"""What is quietly said about an answer: who wrote it, and what was not followed in its passages."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from strongroom_desktop.link_line import LinkLine
from strongroom_desktop.theme import Theme
from strongroom_engine.types import Answer

ONLY_QUOTES = "Quotes only, no answer model was asked."
_GAP = 8


class Remarks(QWidget):
    """Hidden where there is nothing to say. `model_wanted`: the answer model shall be asked."""

    model_wanted = Signal()

    def __init__(self, answer: Answer, theme: Theme) -> None:
        super().__init__()
        self.quotes = LinkLine(theme, "book-open")
        self.quotes.linked.connect(self.model_wanted)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(_GAP)
        self._column.addWidget(self.quotes)
        if answer.task == "quotes":
            self.quotes.say(ONLY_QUOTES, "Ask the model")
        self.setVisible(answer.task == "quotes")
