"""How a cell is painted: the answer on three lines with its chips, or what there is instead."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from strongroom_desktop.look import icons
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.review.layouts import Layouts
from strongroom_desktop.review.model import CELL, READING
from strongroom_desktop.review.words import chips_of, shown_text, state_of, to_check
from strongroom_desktop.text import at_edge
from strongroom_desktop.wording import tr
from strongroom_engine.types import Cell

SIDE_PX = 12
ABOVE_PX = 9
FRAME_PX = 2
_ICON_GAP_PX = 8

_TONES = {"waiting": "text_3", "failed": "error", "nothing": "text_2", "answer": "text"}


class CellDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, view: QTableView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self.layouts = Layouts(theme)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        cell = index.data(CELL)
        assert cell is None or isinstance(cell, Cell)
        rect: QRect = option.rect
        current = index == self._view.currentIndex()
        painter.save()
        self._fill(painter, rect, option.state, current=current)
        if index.data(READING):
            self._sign(painter, rect, option.direction, tr("Reading"), "text_2", ring=True)
        elif state_of(cell) == "failed":
            self._sign(painter, rect, option.direction, shown_text(cell), "error")
        else:
            self._answer(painter, rect, option.direction, cell, current=current)
        self._edges(painter, rect, option.direction, current=current)
        painter.restore()

    def _fill(
        self, painter: QPainter, rect: QRect, state: QStyle.StateFlag, *, current: bool
    ) -> None:
        if current:
            painter.fillRect(rect, self._theme.color("accent_soft"))
        elif state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.color("selected"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._theme.color("hover"))

    def _edges(
        self, painter: QPainter, rect: QRect, direction: Qt.LayoutDirection, *, current: bool
    ) -> None:
        line = self._theme.color("line")
        far = rect.left() if direction == Qt.LayoutDirection.RightToLeft else rect.right()
        painter.fillRect(far, rect.top(), 1, rect.height(), line)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, line)
        if current:
            painter.setPen(QPen(self._theme.color("accent"), FRAME_PX))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            half = FRAME_PX / 2
            frame = QRectF(rect).adjusted(half, half, -half, -half)
            painter.drawRect(frame)

    def _answer(
        self,
        painter: QPainter,
        rect: QRect,
        direction: Qt.LayoutDirection,
        cell: Cell | None,
        *,
        current: bool,
    ) -> None:
        state = state_of(cell)
        laid = self.layouts.get(
            shown_text(cell),
            chips_of(cell),
            rect.width() - 2 * SIDE_PX,
            dotted=state == "answer" and to_check(cell),
            mirrored=direction == Qt.LayoutDirection.RightToLeft,
        )
        at = QPointF(rect.left() + SIDE_PX, rect.top() + self._theme.px(ABOVE_PX))
        tone = self._theme.color(_TONES[state])
        painter.setClipRect(rect)
        self.layouts.paint(painter, laid, at, tone, filled=current)
        painter.setClipping(False)

    def _sign(
        self,
        painter: QPainter,
        rect: QRect,
        direction: Qt.LayoutDirection,
        text: str,
        tone: str,
        *,
        ring: bool = False,
    ) -> None:
        """A ring or the glyph of a failure, and a word."""
        theme, rtl = self._theme, direction == Qt.LayoutDirection.RightToLeft
        height, side = theme.line_height("ui"), theme.icon_size()
        top = rect.top() + theme.px(ABOVE_PX)
        left = rect.right() + 1 - SIDE_PX - side if rtl else rect.left() + SIDE_PX
        box = QRectF(left, top + (height - side) / 2, side, side)
        if ring:
            paint_ring(painter, box, theme)
        else:
            icons.paint(painter, "circle-alert", theme.color(tone), box)
        near = SIDE_PX + side + _ICON_GAP_PX
        room = QRectF(rect).adjusted(SIDE_PX if rtl else near, 0, -near if rtl else -SIDE_PX, 0)
        room.setTop(top)
        room.setHeight(height)
        painter.setFont(theme.font("ui"))
        painter.setPen(theme.color(tone))
        shown = painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, int(room.width())
        )
        painter.drawText(room, at_edge(rtl), shown)


def paint_ring(painter: QPainter, box: QRectF, theme: Theme) -> None:
    """Work under way, as in the tree of the sources."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ring = box.adjusted(2, 2, -2, -2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("line_strong"), 2))
    painter.drawEllipse(ring)
    painter.setPen(QPen(theme.color("accent"), 2))
    painter.drawArc(ring, 90 * 16, -150 * 16)
    painter.restore()
