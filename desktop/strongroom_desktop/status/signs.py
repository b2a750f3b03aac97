"""What the status line paints: the dot of the engine's state, and the bar of the memory."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from strongroom_desktop.theme import Theme

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
    """What the model needs (green), what else is in use (grey), what is free (the track)."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._model = self._used = 0.0
        self.setFixedSize(*MEMORY_BAR_PX)
        self.hide()
        theme.changed.connect(self.update)

    def set_shares(self, model: float, used: float) -> None:
        self._model, self._used = min(model, 1.0), min(used, 1.0)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        other = min(self._model + self._used, 1.0)
        for share, role in ((1.0, "bar_free"), (other, "bar_other"), (self._model, "bar_weights")):
            painter.setBrush(self._theme.color(role))
            painter.drawRoundedRect(QRectF(0, 0, whole.width() * share, whole.height()), 2, 2)
