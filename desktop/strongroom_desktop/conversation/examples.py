"""What an empty conversation shows: three questions made from the user's own titles."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.text import as_tooltip
from strongroom_desktop.widgets import Button, label
from strongroom_desktop.wording import tr
from strongroom_engine.types import DocumentRecord, Source, State

_QUESTIONS = 3
_PADDING_PX = 13
"""Beside the text of an example: its padding, its edge and a pixel for rounding."""
_ANSWERABLE = (State.INDEXED, State.READABLE)


class Examples(QWidget):
    """`chosen` carries a question to ask."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._head = label(_hint(), "ui", "text_2", wrap=True)
        self.buttons: list[ExampleButton] = []
        self.source = ""
        self.files: tuple[str, ...] = ()
        """The documents that the questions are about, and the source they are in."""
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 24, 0, 0)
        self._layout.setSpacing(8)
        self._layout.addWidget(self._head)
        self._layout.addStretch(1)
        self._head.hide()  # until it is known whether there are documents

    @property
    def complete(self) -> bool:
        """Whether there are as many questions as there will be."""
        return len(self.buttons) == _QUESTIONS

    def wants_more(self, source: Source) -> bool:
        """Whether this source has documents for more questions than there are."""
        return _questions_from(source) > len(self.buttons)

    def keep(self, sources: Sequence[Source]) -> None:
        """Drop the questions about a source that is not among these any more."""
        if self.buttons and all(source.path != self.source for source in sources):
            self.show_documents(())

    def show_documents(self, documents: Sequence[DocumentRecord], source: str = "") -> None:
        self.source = source
        titles = example_titles(documents)
        self.files = tuple(titles.values())
        self._head.setText(tr("You could ask") if titles else _hint())
        self._head.show()
        for button in self.buttons:
            button.deleteLater()
        self.buttons = [
            self._button(question, title)
            for question, title in zip(_patterns(), titles, strict=False)
        ]
        for index, button in enumerate(self.buttons, start=1):
            self._layout.insertWidget(index, button)

    def _button(self, question: str, title: str) -> ExampleButton:
        button = ExampleButton(self._theme, question, title)
        button.clicked.connect(lambda: self.chosen.emit(button.question))
        return button


class ExampleButton(Button):
    """A question on a button; the title in it is shortened to the room there is."""

    def __init__(self, theme: Theme, pattern: str, title: str) -> None:
        super().__init__(theme, "", "example")
        self._pattern = pattern
        self._title = title
        self.question = pattern.format_map({"title": title})
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.question)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        metrics = self.fontMetrics()
        around = metrics.horizontalAdvance(self._pattern.format_map({"title": ""}))
        room = max(self.width() - 2 * _PADDING_PX - around, 0)
        title = metrics.elidedText(self._title, Qt.TextElideMode.ElideMiddle, room)
        self.setText(self._pattern.format_map({"title": title}).replace("&", "&&"))
        self.setToolTip(as_tooltip(self.question) if title != self._title else "")


def _hint() -> str:
    return tr("Add a folder or drop one anywhere, then ask about what is in it.")


def _patterns() -> tuple[str, ...]:
    """Questions with a place for a title."""
    return (
        tr("What is \u201c{title}\u201d about?"),
        tr("Which dates and periods does \u201c{title}\u201d name?"),
        tr("Which amounts does \u201c{title}\u201d state?"),
    )


def best_source(sources: Sequence[Source]) -> Source | None:
    """The first source with documents for all the questions, or with most; None without any."""
    best = max(sources, key=_questions_from, default=None)
    return best if best is not None and _questions_from(best) else None


def _questions_from(source: Source) -> int:
    ready = sum(source.counts.get(state, 0) for state in _ANSWERABLE)
    return min(ready, _QUESTIONS)


def example_titles(documents: Sequence[DocumentRecord]) -> dict[str, str]:
    """The titles of up to three documents that can be searched already, with their paths."""
    titles: dict[str, str] = {}
    for record in documents:
        title = PurePath(record.path).stem.strip()
        if record.state in _ANSWERABLE and title:
            titles.setdefault(title, record.path)
        if len(titles) == _QUESTIONS:
            break
    return titles
