"""What an empty conversation shows: three questions made from the user's own titles."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from strongroom_desktop.theme import Theme
from strongroom_desktop.widgets import Button, label
from strongroom_engine.types import DocumentRecord, State

HINT = "Add a folder or drop one anywhere, then ask about what is in it."
_QUESTIONS = (
    "What is \u201c{title}\u201d about?",
    "Which dates and periods does \u201c{title}\u201d name?",
    "Which amounts does \u201c{title}\u201d state?",
)
_LONG = 44
_ANSWERABLE = (State.INDEXED, State.READABLE)


class Examples(QWidget):
    """`chosen` carries a question to ask."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._head = label(HINT, "ui", "text_2", wrap=True)
        self.buttons: list[Button] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 24, 0, 0)
        self._layout.setSpacing(8)
        self._layout.addWidget(self._head)
        self._layout.addStretch(1)

    @property
    def complete(self) -> bool:
        """Whether there are as many questions as there will be."""
        return len(self.buttons) == len(_QUESTIONS)

    def show_documents(self, documents: Sequence[DocumentRecord]) -> None:
        questions = example_questions(documents)
        self._head.setText("You could ask" if questions else HINT)
        for button in self.buttons:
            button.deleteLater()
        self.buttons = [self._button(question) for question in questions]
        for index, button in enumerate(self.buttons, start=1):
            self._layout.insertWidget(index, button)

    def _button(self, question: str) -> Button:
        button = Button(self._theme, question.replace("&", "&&"), "example")
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.setAccessibleName(question)
        button.clicked.connect(lambda: self.chosen.emit(question))
        return button


def example_questions(documents: Sequence[DocumentRecord]) -> list[str]:
    """A question for each of up to three documents that can be searched already."""
    titles: dict[str, None] = {}
    for record in documents:
        title = PurePath(record.path).stem.strip()
        if record.state in _ANSWERABLE and title:
            titles.setdefault(title if len(title) <= _LONG else title[:_LONG].rstrip() + "\u2026")
        if len(titles) == len(_QUESTIONS):
            break
    return [
        question.format_map({"title": title})
        for question, title in zip(_QUESTIONS, titles, strict=False)
    ]
