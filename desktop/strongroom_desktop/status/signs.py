"""What the status line paints: the dot of the engine's state, and the bar of the memory."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from strongroom_desktop.look.theme import Theme

MEMORY_BAR_PX = (56, 4)


class Dot(QWidget):
    """The engine's state as a colour, beside the word for it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._role = "text_3"
        self.setFixedSize(8, 8)
        theme.changed.connect(self.update)

    def set_role(self, role: str) -> None:
        self._role = role
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(self._role))
        painter.drawEllipse(QRectF(self.rect()))


class MemoryBar(QWidget):
    """What Strongroom takes (green), what others do (grey), what is free (the track)."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._own = self._used = 0.0
        self.setFixedSize(*MEMORY_BAR_PX)
        self.hide()
        theme.changed.connect(self.update)

    def set_shares(self, own: float, used: float) -> None:
        """The shares of all memory that are Strongroom's, and that are in use."""
        self._own, self._used = min(own, 1.0), min(max(own, used), 1.0)
        self.update()

    @property
    def shares(self) -> tuple[float, float]:
        return self._own, self._used

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for share, role in (
            (1.0, "bar_free"),
            (self._used, "bar_other"),
            (self._own, "bar_weights"),
        ):
            part = QRectF(0, 0, self.width() * share, self.height())
            if mirrored:
                part.moveRight(self.width())
            painter.setBrush(self._theme.color(role))
            painter.drawRoundedRect(part, 2, 2)
