"""The first row of the hits panel: 'Ask for an answer'."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QEnterEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from strongroom_desktop.keys import key_cap
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.text import passages, passages_read
from strongroom_desktop.widgets import ElidedLabel, Glyph, label
from strongroom_desktop.wording import number, tr


class AskRow(QWidget):
    """The first row: 'Ask for an answer', which Enter does."""

    clicked = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._current = True
        self._scope_text = ""
        self._narrowed = False
        self._read = ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("Ask for an answer"))
        self._scope = ElidedLabel("", "small", "text_2", Qt.TextElideMode.ElideRight)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 0, 18, 0)
        row.setSpacing(8)
        row.addWidget(Glyph(theme, "corner-down-left", "accent"))
        row.addWidget(label(tr("Ask for an answer"), "ui_medium"))
        row.addWidget(self._scope, 1)
        row.addWidget(key_cap(tr("Enter")))
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.setFixedHeight(self._theme.px(40))

    def set_scope(self, text: str) -> None:
        self._scope_text = text
        self._say()

    def set_narrowed(self, narrowed: bool) -> None:
        """Whether the question names what is searched: the line beneath says it then."""
        self._narrowed = narrowed
        self._say()

    def show_read(self, count: int, total: int) -> None:
        """How many of the passages that an answer would be written from have been read; `total` 0:
        nothing is known of it."""
        self._read = _how_many(count, total) if total else ""
        self.setAccessibleDescription(self._read)
        self._say()

    def _say(self) -> None:
        """Where both do not fit, what has been read: the scope stands in the field, too."""
        scope = "" if self._narrowed else self._scope_text
        both = ", ".join(filter(None, (scope, self._read)))
        fits = self._scope.fontMetrics().horizontalAdvance(both) <= self._scope.width()
        self._scope.set_text(both if fits or not self._read else self._read)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say()

    def set_current(self, current: bool) -> None:
        if current != self._current:
            self._current = current
            self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.clicked.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.underMouse():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("hover"))
            radius = self._theme.radius("row")
            painter.drawRoundedRect(self.rect().adjusted(5, 4, -5, -4), radius, radius)


def _how_many(count: int, total: int) -> str:
    """'Reading 4 passages', '3 of 4 passages read', '4 passages read'."""
    if count == 0:
        return tr("Reading {passages}", passages=passages(total))
    if count < total:
        return tr("{n} of {passages} read", n=number(count), passages=passages(total))
    return passages_read(total)
