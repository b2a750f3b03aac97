"""Dropping files and folders anywhere in the window: what is shown while they hover over it.

Widgets that take drops themselves have the property `takes_drops`: the sheet leaves them free, so
that one can aim at a row of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QMainWindow, QWidget

from strongroom_desktop.intake import is_model, local_paths
from strongroom_desktop.look import icons
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.wording import plural, tr

_WASH = 0.985
"""How much of the window the drop sheet covers."""
_INSET_PX = 12
_SIGN_PX = 28
_DASH = (4.0, 3.0)


class DropWindow(QMainWindow):
    """A window that takes files and folders; `dropped` carries their paths."""

    dropped = Signal(list)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self._drop_sheet = DropSheet(theme, self)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        paths = local_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self._drop_sheet.show_for(paths)

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


class DropSheet(QWidget):
    """Lies over the window and says what letting go does."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._count = 1
        self._models = False
        self._free: list[QRect] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_for(self, paths: Sequence[str]) -> None:
        """Cover all but what takes drops itself, for these files and folders."""
        self._count = len(paths)
        self._models = bool(paths) and all(map(is_model, paths))
        self.setGeometry(self.window().rect())
        self._free = [] if self._models else self._takers()
        self.show()
        self.raise_()

    def text(self) -> str:
        """What the sheet says."""
        if self._models:
            bring_in = plural(self._count, "Bring in the model", "Bring in the {n} models")
            return f"{bring_in}\n{tr('It is checked first. The file stays where it is.')}"
        add = tr("Add it to the library")
        if self._count > 1:
            add = plural(self._count, "Add it to the library", "Add these {n} to the library")
        return f"{add}\n{self._hint()}"

    def _hint(self) -> str:
        if self._free:
            return tr(
                "Or let go over a collection to add to that one. The files stay where they are."
            )
        return tr("The files stay where they are.")

    def _takers(self) -> list[QRect]:
        """Where the widgets are that take drops themselves."""
        window = self.window()
        return [
            QRect(widget.mapTo(window, QPoint()), widget.size())
            for widget in window.findChildren(QWidget)
            if widget.property("takes_drops") and widget.isVisible()
        ]

    # --- painting --------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wash = self._theme.color("accent_soft")
        wash.setAlphaF(_WASH)
        covered = QRegion(self.rect())
        for free in self._free:
            covered = covered.subtracted(QRegion(free))
        painter.setClipRegion(covered)
        painter.fillRect(self.rect(), wash)
        painter.setClipping(False)
        self._paint_edge(painter, self._room())
        self._paint_words(painter, self._room())

    def _room(self) -> QRectF:
        """The part of the window for edge and words: beside what is left free."""
        room = QRectF(self.rect())
        for free in self._free:
            beside = (
                QRectF(free.right() + 1, 0, self.width() - free.right() - 1, self.height()),
                QRectF(0, 0, free.left(), self.height()),
            )
            room = max((room.intersected(side) for side in beside), key=QRectF.width)
        return room.adjusted(_INSET_PX, _INSET_PX, -_INSET_PX, -_INSET_PX)

    def _paint_edge(self, painter: QPainter, room: QRectF) -> None:
        pen = QPen(self._theme.color("accent"), 2, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern(_DASH)
        painter.setPen(pen)
        radius = self._theme.radius("panel")
        painter.drawRoundedRect(room, radius, radius)

    def _paint_words(self, painter: QPainter, room: QRectF) -> None:
        side = self._theme.px(_SIGN_PX)
        middle = room.center()
        sign = QRectF(middle.x() - side / 2, middle.y() - side - self._theme.px(14), side, side)
        ink = self._theme.color("on_accent_soft")
        icons.paint(painter, "file-input", ink, sign)
        painter.setPen(ink)
        top = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        height = self._theme.line_height("question")
        line = QRectF(room.left() + 24, middle.y(), room.width() - 48, height)
        add, hint = self.text().split("\n")
        painter.setFont(self._theme.font("question"))
        painter.drawText(line, top, add)
        painter.setFont(self._theme.font("ui"))
        painter.drawText(line.translated(0, height + 4).adjusted(0, 0, 0, height * 2), top, hint)
