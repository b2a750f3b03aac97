"""What stands under an answer that did not come to its end."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from strongroom_desktop.conversation.fitted import Prose
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.widgets import Button, Glyph, dress
from strongroom_desktop.wording import tr
from strongroom_engine.errors import EngineDied, StrongroomError


def quotes_said() -> str:
    """What 'Quotes only' gives."""
    return tr("The sentences of your documents that answer this, without the answer model")


def said_of(error: StrongroomError) -> str:
    """What it says under an answer, where it stays: the engine will have been started again."""
    if error.code == EngineDied.code:
        return tr("The engine stopped while this was answered. What was written is kept.")
    return str(error)


def quotes_button(theme: Theme, kind: str) -> Button:
    """The same question, answered with quotes alone."""
    button = Button(theme, tr("Quotes only"), kind)
    button.setToolTip(quotes_said())
    return button


class Ended(QWidget):
    """A sentence under what was written when an answer did not come to its end; with `quotes` the
    offer to do without the answer model."""

    again = Signal()
    quotes_wanted = Signal()

    def __init__(
        self, sentence: str, theme: Theme, *, trouble: bool = False, quotes: bool = False
    ) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.sentence = Prose(theme, sentence, "ui", "text_2")
        said, actions = QHBoxLayout(), QHBoxLayout()
        for row in (said, actions):
            row.setSpacing(8)
            column.addLayout(row)
        if trouble:
            icon = Glyph(theme, "circle-alert", "warn")
            said.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self.sentence, 1)
        self._add_buttons(actions if quotes else said, theme, quotes)
        dress(self, surface="none")

    def _add_buttons(self, row: QHBoxLayout, theme: Theme, quotes: bool) -> None:
        again = Button(theme, tr("Ask again"), "framed")
        again.clicked.connect(self.again)
        row.addWidget(again)
        self.quotes = quotes_button(theme, "framed")
        self.quotes.clicked.connect(self.quotes_wanted)
        if quotes:
            row.addWidget(self.quotes)
            row.addStretch(1)
