"""One hit as a row: name, page and collection, and two lines of the passage, words marked."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from strongroom_desktop.files import file_icon
from strongroom_desktop.look import icons
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.search.excerpt import Excerpt, excerpt
from strongroom_desktop.text import at_edge, place_of, utf16
from strongroom_engine.types import Hit

HIT = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex

_INSET = 6
_ABOVE = 7
_EDGE = 14
_BESIDE_ICON = 4
_GAP = 12
_ELLIPSIS_ROOM = 16


class HitDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: Any = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, self._theme.control("row_hit"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit = index.data(HIT)
        if not isinstance(hit, Hit):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = QRectF(option.rect).adjusted(_INSET, 0, -_INSET, 0)
        self._ground(painter, row, option.state)
        side = self._theme.icon_size()
        near = _EDGE + side + _BESIDE_ICON
        text = self._mirror(row.adjusted(near, _ABOVE, -_EDGE, 0), row, option)
        above = _ABOVE + (self._theme.line_height("ui") - side) / 2 + 1
        place = QRectF(row.left() + _EDGE - 1, row.top() + above, side, side)
        icon = self._mirror(place, row, option)
        icons.paint(painter, file_icon(hit.file), self._theme.color("text_2"), icon)
        self._head(painter, text, hit, option.direction)
        self._passage(painter, text, hit, option.direction)
        painter.restore()

    def _ground(self, painter: QPainter, row: QRectF, state: QStyle.StateFlag) -> None:
        role = "selected" if state & QStyle.StateFlag.State_Selected else ""
        role = role or ("hover" if state & QStyle.StateFlag.State_MouseOver else "")
        if role:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color(role))
            radius = self._theme.radius("row")
            painter.drawRoundedRect(row, radius, radius)

    def _head(
        self, painter: QPainter, text: QRectF, hit: Hit, direction: Qt.LayoutDirection
    ) -> None:
        """Name, and at the far edge page and collection."""
        theme = self._theme
        line = QRectF(text.left(), text.top(), text.width(), theme.line_height("ui"))
        near, far = at_edge(direction != _LTR), at_edge(direction == _LTR)
        meta = theme.font("small")
        painter.setFont(meta)
        painter.setPen(theme.color("text_2"))
        place = place_of(hit.page) or hit.heading.rpartition(" > ")[2].strip()
        facts = "    ".join(part for part in (place, hit.collection) if part)
        facts = QFontMetricsF(meta).elidedText(facts, _RIGHT_ELIDE, line.width() * 0.4)
        painter.drawText(line, far, facts)
        taken = QFontMetricsF(meta).horizontalAdvance(facts) + _GAP
        name_font = theme.font("ui", weight=500)
        painter.setFont(name_font)
        painter.setPen(theme.color("text"))
        name = QFontMetricsF(name_font).elidedText(
            PurePath(hit.file).name, Qt.TextElideMode.ElideMiddle, line.width() - taken
        )
        painter.drawText(line, near, name)

    def _passage(
        self, painter: QPainter, text: QRectF, hit: Hit, direction: Qt.LayoutDirection
    ) -> None:
        theme = self._theme
        letters = QFontMetricsF(theme.font("ui")).averageCharWidth()
        piece = excerpt(hit.text, hit.marks, max(int(2.1 * text.width() / letters), 40))
        step = theme.line_height("ui")
        painter.setPen(theme.color("text_2"))
        _draw_lines(painter, self._layout(piece, direction), text.adjusted(0, step + 1, 0, 0), step)

    def _layout(self, piece: Excerpt, direction: Qt.LayoutDirection) -> QTextLayout:
        theme = self._theme
        layout = QTextLayout(piece.text, theme.font("ui"))
        option = QTextOption()
        own = piece.text.isascii()
        option.setTextDirection(_LTR if own else Qt.LayoutDirection.LayoutDirectionAuto)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setAlignment(Qt.AlignmentFlag.AlignLeft if own and direction == _LTR else _LEADING)
        layout.setTextOption(option)
        found = QTextCharFormat()
        found.setBackground(theme.color("mark_list"))
        found.setForeground(theme.color("on_mark"))
        layout.setFormats([_range(piece.text, span, found) for span in piece.marks])
        return layout

    @staticmethod
    def _mirror(rect: QRectF, row: QRectF, option: QStyleOptionViewItem) -> QRectF:
        if option.direction == _LTR:
            return rect
        return QRectF(
            row.left() + row.right() - rect.right(), rect.y(), rect.width(), rect.height()
        )


_LTR = Qt.LayoutDirection.LeftToRight
_LEADING = Qt.AlignmentFlag.AlignLeading
_RIGHT_ELIDE = Qt.TextElideMode.ElideRight


def _range(text: str, span: tuple[int, int], look: QTextCharFormat) -> QTextLayout.FormatRange:
    piece = QTextLayout.FormatRange()
    piece.start = utf16(text, span[0])
    piece.length = utf16(text, span[1]) - piece.start
    piece.format = look
    return piece


def _draw_lines(painter: QPainter, layout: QTextLayout, box: QRectF, step: int) -> None:
    """Two lines; an ellipsis behind the second where there is more."""
    layout.beginLayout()
    line = layout.createLine()
    number, end = 0, 0
    while line.isValid() and number < 2:
        line.setLineWidth(box.width() - number * _ELLIPSIS_ROOM)
        line.setPosition(QPointF(0, number * step + (step - line.height()) / 2))
        last, end = line, line.textStart() + line.textLength()
        number += 1
        line = layout.createLine() if number < 2 else line
    layout.endLayout()
    layout.draw(painter, box.topLeft())
    if number and end < utf16(layout.text(), len(layout.text())):
        _draw_ellipsis(painter, layout, last.naturalTextRect().translated(box.topLeft()))


def _draw_ellipsis(painter: QPainter, layout: QTextLayout, line: QRectF) -> None:
    painter.setFont(layout.font())
    rtl = layout.textOption().textDirection() == Qt.LayoutDirection.RightToLeft
    x = line.left() - _ELLIPSIS_ROOM if rtl else line.right() + 2
    room = QRectF(x, line.top(), _ELLIPSIS_ROOM, line.height())
    painter.drawText(room, at_edge(False), "\u2026")
