"""Rows of a form: a label, a line that explains, and the control at the far edge."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.widgets import label, rule

_WORDS_PX = 170
"""Least room for the words beside a control."""
_FAR = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing
_NEAR = Qt.AlignmentFlag.AlignLeading


class Row(QWidget):
    """`title`, under it one line of explanation, `controls` at the far edge. `say` tells beneath
    why a value was refused; it is gone with the next `say`. `dense` for long tables."""

    def __init__(
        self, theme: Theme, title: str, line: str, *controls: QWidget, dense: bool = False
    ) -> None:
        super().__init__()
        self._theme, self._dense = theme, dense
        self.title = label(title, "ui", wrap=True)
        self.line = label(line, "small", "text_2", wrap=True)
        self.line.setVisible(bool(line))
        self._wrong = label("", "small", "error", wrap=True)
        self._wrong.hide()
        edge = 3 if dense else 8
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, edge, 0, edge)
        self._row.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(2)
        for one in (self.title, self.line, self._wrong):
            words.addWidget(one)
        self._row.addLayout(words, 1)
        self._controls = QWidget()
        row = QHBoxLayout(self._controls)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for control in controls:
            row.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._controls, 0, _FAR)
        self._controls.setVisible(bool(controls))
        self.setMinimumWidth(1)  # where it is too narrow for both, the controls stand beneath
        theme.changed.connect(self._size)
        self._size()

    def say(self, sentence: str) -> None:
        """Tell why it stays as it was; '' when nothing is wrong."""
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))

    @property
    def wrong(self) -> str:
        return self._wrong.text()

    def explain(self, line: str) -> None:
        """Show another line of explanation."""
        self.line.setText(line)
        self.line.setVisible(bool(line))

    def resizeEvent(self, event: QResizeEvent) -> None:
        beside = self._controls.sizeHint().width() + self._theme.px(_WORDS_PX) <= self.width()
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != way:
            self._row.setDirection(way)
            self._row.setAlignment(self._controls, _FAR if beside else _NEAR)
            self._row.setSpacing(16 if beside else 6)
        super().resizeEvent(event)

    def _size(self) -> None:
        self.setMinimumHeight(self._theme.px(35 if self._dense else 43))


class Group(QWidget):
    """A title in bold, and rows with hairlines between them."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._members: list[QWidget] = []
        self._lines: list[tuple[QWidget, QWidget]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._before = 1 if title else 0
        if title:
            head = label(title, "ui_strong")
            head.setContentsMargins(0, 0, 0, 4)
            self._column.addWidget(head)

    def add(self, widget: QWidget) -> None:
        """Add a row."""
        if self._members:
            line = rule()
            self._lines.append((line, widget))
            self._column.addWidget(line)
        self._members.append(widget)
        self._column.addWidget(widget)

    def show_only(self, rows: Sequence[QWidget]) -> None:
        """Show these of its rows and hide the others; all of it when none is left."""
        for row in self._members:
            row.setVisible(row in rows)
        for line, row in self._lines:
            line.setVisible(row in rows and row is not rows[0])
        self.setVisible(bool(rows))

    def clear(self) -> None:
        """Take every row out; the title stays."""
        while (item := self._column.takeAt(self._before)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._members.clear()
        self._lines.clear()
