"""One hit as a row: name, page and collection, and two lines of the passage, words marked."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from strongroom_desktop import elsewhere
from strongroom_desktop.absence import absence
from strongroom_desktop.files import file_icon
from strongroom_desktop.kin import name_in_container
from strongroom_desktop.look import icons
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.placing import spot
from strongroom_desktop.search.excerpt import Excerpt, excerpt
from strongroom_desktop.text import at_edge, utf16
from strongroom_engine.types import Hit

HIT = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex

_INSET = 6
_ABOVE = 7
_EDGE = 14
_BESIDE_ICON = 4
_GAP = 12
_ELLIPSIS_ROOM = 16
_FACTS_SHARE = 0.4
_LEAST_NAME = 170
_LEAST_COLLECTION = 60


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
        drawn = "unplug" if absence.of(hit.file) else file_icon(hit.file)
        icons.paint(painter, drawn, self._theme.color("text_2"), icon)
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
        """Name and where else it stands, and at the far edge place and collection."""
        theme = self._theme
        line = QRectF(text.left(), text.top(), text.width(), theme.line_height("ui"))
        near, far = at_edge(direction != _LTR), at_edge(direction == _LTR)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text_2"))
        painter.drawText(line, far, self._facts(hit, line.width()))
        name, width, kin = self._near(hit, line.width())
        painter.setFont(theme.font("ui", weight=500))
        painter.setPen(theme.color("text"))
        painter.drawText(line, near, name)
        if kin:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("accent"))
            lead = width + _GAP
            after = (
                line.adjusted(lead, 0, 0, 0) if direction == _LTR else line.adjusted(0, 0, -lead, 0)
            )
            painter.drawText(after, near, kin)

    def _facts(self, hit: Hit, width: float) -> str:
        place = spot(hit.page, hit.places) or hit.heading.rpartition(" > ")[2].strip()
        metrics, room = QFontMetricsF(self._theme.font("small")), width * _FACTS_SHARE
        facts = "    ".join(part for part in (place, hit.collection) if part)
        left = room - metrics.horizontalAdvance(place)
        if place and (elsewhere.words(hit.copies, hit.versions) or left < _LEAST_COLLECTION):
            facts = place  # the collection is the first that one can do without
        return metrics.elidedText(facts, _RIGHT_ELIDE, room)

    def _near(self, hit: Hit, width: float) -> tuple[str, float, str]:
        """The name as far as there is room, its width, and where else the passage stands."""
        small = QFontMetricsF(self._theme.font("small"))
        room = width - small.horizontalAdvance(self._facts(hit, width)) - _GAP
        kin = elsewhere.words(hit.copies, hit.versions)
        taken = small.horizontalAdvance(kin) + _GAP if kin else 0.0
        metrics = QFontMetricsF(self._theme.font("ui", weight=500))
        name = metrics.elidedText(
            name_in_container(hit.file),
            Qt.TextElideMode.ElideMiddle,
            max(room - taken, _LEAST_NAME),
        )
        advance = metrics.horizontalAdvance(name)
        left = room - advance - _GAP
        return name, advance, small.elidedText(kin, _RIGHT_ELIDE, left) if left > 0 else ""

    def kin_rect(self, rect: QRect, hit: Hit, direction: Qt.LayoutDirection) -> QRect:
        """Where a row at `rect` says where else its passage stands; empty where it does not."""
        row = QRectF(rect).adjusted(_INSET, 0, -_INSET, 0)
        near = _EDGE + self._theme.icon_size() + _BESIDE_ICON
        text = row.adjusted(near, _ABOVE, -_EDGE, 0)
        _name, width, kin = self._near(hit, text.width())
        if not kin:
            return QRect()
        advance = QFontMetricsF(self._theme.font("small")).horizontalAdvance(kin)
        left, height = text.left() + width + _GAP, self._theme.line_height("ui")
        box = QRectF(left, text.top(), advance, height)
        if direction != _LTR:
            box.moveRight(row.left() + row.right() - box.left())
        return box.toAlignedRect()

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
