"""Dropping files and folders anywhere in the window: what is shown while they hover over it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QMainWindow, QWidget

from strongroom_desktop import icons
from strongroom_desktop.intake import local_paths
from strongroom_desktop.theme import Theme

_WASH = 0.97
"""How much of the window the drop sheet covers."""


class DropWindow(QMainWindow):
    """A window that takes files and folders; `dropped` carries their paths."""

    dropped = Signal(list)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self._drop_sheet = _DropSheet(theme, self)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        paths = local_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self._drop_sheet.show_for(len(paths))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._drop_sheet.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self._drop_sheet.hide()
        paths = local_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._drop_sheet.setGeometry(self.rect())


class _DropSheet(QWidget):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._count = 1
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_for(self, count: int) -> None:
        self._count = count
        self.setGeometry(self.window().rect())
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wash = self._theme.color("accent_soft")
        wash.setAlphaF(_WASH)
        painter.fillRect(self.rect(), wash)
        edge = QRectF(self.rect()).adjusted(12, 12, -12, -12)
        painter.setPen(QPen(self._theme.color("accent"), 2))
        painter.drawRoundedRect(edge, 8, 8)
        middle = edge.center()
        sign = QRectF(middle.x() - 12, middle.y() - 40, 24, 24)
        icons.paint(painter, "file-input", self._theme.color("on_accent_soft"), sign)
        painter.setPen(self._theme.color("on_accent_soft"))
        painter.setFont(self._theme.font("question"))
        what = "it" if self._count == 1 else f"these {self._count}"
        top = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        line = QRectF(edge.left(), middle.y() - 6, edge.width(), 30)
        painter.drawText(line, top, f"Add {what} to the library")
        painter.setFont(self._theme.font("ui"))
        line.translate(0, 30)
        painter.drawText(line, top, "The files stay where they are.")
