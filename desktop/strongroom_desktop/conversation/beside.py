"""Two groups of controls in one row, or one below the other where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

_ACROSS = QBoxLayout.Direction.LeftToRight
_DOWN = QBoxLayout.Direction.TopToBottom


class Beside(QWidget):
    """The first takes what room the second leaves."""

    def __init__(self, first: QWidget, second: QWidget, gap: int = 0) -> None:
        super().__init__()
        self._parts = (first, second)
        self._gap = gap
        self._row = QBoxLayout(_ACROSS, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(gap)
        self._row.addWidget(first, 1)
        self._row.addWidget(second)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider of the two."""
        widest = max(part.minimumSizeHint().width() for part in self._parts)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        first, second = self._parts
        wanted = first.minimumSizeHint().width() + self._gap + second.sizeHint().width()
        direction = _ACROSS if wanted <= self.width() else _DOWN
        if direction != self._row.direction():
            self._row.setDirection(direction)
