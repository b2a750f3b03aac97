"""A figure over time: a small line with a dot a run, the last one filled."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from strongroom_desktop.look.theme import Theme

WIDTH_PX, HEIGHT_PX = 132, 26
MOST = 24
"""Runs that are shown; older ones are left out."""
_EDGE, _DOT, _LAST = 4.0, 1.75, 3.25


class Trend(QWidget):
    """`values` oldest first; `top` is what the upper edge stands for, 0 for the largest value."""

    def __init__(self, theme: Theme, values: Sequence[float], top: float, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._values = tuple(values)[-MOST:]
        self._top = top or max(self._values, default=1.0) or 1.0
        self.setFixedSize(WIDTH_PX, HEIGHT_PX)
        self.setAccessibleName(name)
        theme.changed.connect(self.update)

    def points(self) -> list[QPointF]:
        """Where the dots stand, from the leading edge."""
        room = self.width() - 2 * _EDGE
        step = room / max(len(self._values) - 1, 1)
        alone = len(self._values) == 1
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        made = []
        for n, value in enumerate(self._values):
            x = self.width() - _EDGE if alone else _EDGE + n * step
            share = min(max(value / self._top, 0.0), 1.0)
            y = self.height() - _EDGE - share * (self.height() - 2 * _EDGE)
            made.append(QPointF(self.width() - x if mirrored else x, y))
        return made

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        points = self.points()
        if not points:
            return
        painter.setPen(QPen(self._theme.color("line"), 1))
        for y in (_EDGE, self.height() - _EDGE):
            painter.drawLine(QPointF(0, round(y) + 0.5), QPointF(self.width(), round(y) + 0.5))
        painter.setPen(QPen(self._theme.color("bar_other"), 1.5))
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("bar_other"))
        for point in points[:-1]:
            painter.drawEllipse(point, _DOT, _DOT)
        painter.setBrush(self._theme.color("accent"))
        painter.drawEllipse(points[-1], _LAST, _LAST)
