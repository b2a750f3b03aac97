"""What an empty conversation shows: three questions made from the user's own titles."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from strongroom_desktop.text import as_tooltip
from strongroom_desktop.theme import Theme
from strongroom_desktop.widgets import Button, label
from strongroom_engine.types import DocumentRecord, Source, State

HINT = "Add a folder or drop one anywhere, then ask about what is in it."
_QUESTIONS = (
    "What is \u201c{title}\u201d about?",
    "Which dates and periods does \u201c{title}\u201d name?",
    "Which amounts does \u201c{title}\u201d state?",
)
_LONG = 44
_PADDING_PX = 13
"""Beside the text of an example: its padding, its edge and a pixel for rounding."""
_ANSWERABLE = (State.INDEXED, State.READABLE)


class Examples(QWidget):
    """`chosen` carries a question to ask."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._head = label(HINT, "ui", "text_2", wrap=True)
        self.buttons: list[ExampleButton] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 24, 0, 0)
        self._layout.setSpacing(8)
        self._layout.addWidget(self._head)
        self._layout.addStretch(1)

    @property
    def complete(self) -> bool:
        """Whether there are as many questions as there will be."""
        return len(self.buttons) == len(_QUESTIONS)

    def wants_more(self, source: Source) -> bool:
        """Whether this source has documents for more questions than there are."""
        return _questions_from(source) > len(self.buttons)

    def show_documents(self, documents: Sequence[DocumentRecord]) -> None:
        questions = example_questions(documents)
        self._head.setText("You could ask" if questions else HINT)
        for button in self.buttons:
            button.deleteLater()
        self.buttons = [self._button(question) for question in questions]
        for index, button in enumerate(self.buttons, start=1):
            self._layout.insertWidget(index, button)

    def _button(self, question: str) -> ExampleButton:
        button = ExampleButton(self._theme, question)
        button.clicked.connect(lambda: self.chosen.emit(question))
        return button


class ExampleButton(Button):
    """A question on a button, shortened in the middle, where its title is, to the room there is."""

    def __init__(self, theme: Theme, question: str) -> None:
        super().__init__(theme, "", "example")
        self._question = question
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(question)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - 2 * _PADDING_PX
        shown = self.fontMetrics().elidedText(
            self._question, Qt.TextElideMode.ElideMiddle, max(room, 0)
        )
        self.setText(shown.replace("&", "&&"))
        self.setToolTip(as_tooltip(self._question) if shown != self._question else "")


def best_source(sources: Sequence[Source]) -> Source | None:
    """The first source with documents for all the questions, or with most; None without any."""
    best = max(sources, key=_questions_from, default=None)
    return best if best is not None and _questions_from(best) else None


def _questions_from(source: Source) -> int:
    ready = sum(source.counts.get(state, 0) for state in _ANSWERABLE)
    return min(ready, len(_QUESTIONS))


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
