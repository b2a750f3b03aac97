"""What would change with twice the context, or with a larger model."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from strongroom_desktop.look.grown import grow
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.models import words
from strongroom_desktop.widgets import Button, label, rule, set_margins
from strongroom_desktop.wording import tr
from strongroom_engine.types import ModelsReport

NAME_PX, ACTION_PX = 200, 96
"""Widths at 100 % text size; the sentence takes what is left."""
MOST_SHARE = 0.28
"""Of a narrow row."""
_BESIDE_LINK_PX = 2
"""So much lower stands a text beside a link, which is higher than a line."""
_TOP = Qt.AlignmentFlag.AlignTop


class Changes(QWidget):
    """`longer_wanted` carries the tokens of context, `larger_wanted` the model file."""

    longer_wanted = Signal(int)
    larger_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._report: ModelsReport | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(label(tr("What would change"), "ui_strong"))
        column.addSpacing(6)
        self.longer = _Row(theme, tr("Twice the context"), tr("Use"))
        self.larger = _Row(theme, tr("A larger model"), tr("How to get it"))
        self._between = rule()
        for widget in (self.longer, self._between, self.larger):
            column.addWidget(widget)
        self.longer.link.clicked.connect(self._on_longer)
        self.larger.link.clicked.connect(self._on_larger)

    def show_report(self, report: ModelsReport) -> None:
        self._report = report
        fits = report.longer is not None and report.longer.fits
        self.longer.say(words.longer(report), linked=fits)
        self.longer.setVisible(report.longer is not None)
        self._between.setVisible(report.longer is not None)
        better = words.model_of(report, report.larger)
        self.larger.link.setText(tr("Use") if better and better.here else tr("How to get it"))
        self.larger.say(words.larger(report), linked=better is not None)

    def _on_longer(self) -> None:
        if self._report is not None and self._report.longer is not None:
            self.longer_wanted.emit(self._report.longer.tokens)

    def _on_larger(self) -> None:
        if self._report is not None:
            self.larger_wanted.emit(self._report.larger)


class _Row(QWidget):
    def __init__(self, theme: Theme, name: str, action: str) -> None:
        super().__init__()
        self._name = name
        row = QHBoxLayout(self)
        set_margins(row, 0, 9, 0, 9)
        row.setSpacing(theme.space(4))
        self._theme = theme
        self._head = label(name, "ui_medium", wrap=True)
        row.addWidget(self._head, 0, _TOP)
        self._said = label("", "ui", "text_2", wrap=True)
        row.addWidget(self._said, 1, _TOP)
        for text in (self._head, self._said):
            text.setContentsMargins(0, _BESIDE_LINK_PX, 0, 0)
        self.link = Button(theme, action, "link")
        actions = QWidget()
        grow(theme, actions, actions.setFixedWidth, ACTION_PX)
        end = QHBoxLayout(actions)
        end.setContentsMargins(0, 0, 0, 0)
        end.addStretch(1)
        end.addWidget(self.link)
        row.addWidget(actions, 0, _TOP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._head.setFixedWidth(name_width(self._theme, self.width()))

    def say(self, text: str, *, linked: bool) -> None:
        self._said.setText(text)
        self.link.setVisible(linked)
        self.link.setAccessibleName(f"{self.link.text()}: {self._name}")
        self.link.setAccessibleDescription(text)

    def text(self) -> str:
        return self._said.text()


def name_width(theme: Theme, row: int) -> int:
    """The width of the first column, in a row of so many pixels."""
    return min(theme.px(NAME_PX), round(row * MOST_SHARE))
