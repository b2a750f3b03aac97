"""A conversation as a row: title, count and time, and beneath it the line that was found."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from strongroom_desktop.conversations.days import time_of
from strongroom_desktop.conversations.found import piece_of, spans_of
from strongroom_desktop.conversations.model import ROW, ConversationsModel, Row, questions
from strongroom_desktop.look import icons
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.text import as_tooltip, at_edge, isolated, utf16
from strongroom_desktop.wording import tr

Index = QModelIndex | QPersistentModelIndex
_EDGE = 12
_GAP = 16
_BAR = 3
_FOUND_ROW_PX = 60
_FIT = 0.9
"""Of the average letters that a line could hold: a little less than fit for certain."""


class ConversationDelegate(QStyledItemDelegate):
    """Paints rows of one height; `open_key` is the conversation that has the green bar."""

    def __init__(self, theme: Theme, parent: Any = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.open_key = ""

    def row_height(self, *, found: bool) -> int:
        """Rows are higher while they show the line that was found."""
        return self._theme.px(_FOUND_ROW_PX) if found else self._theme.control("row_table")

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self.row_height(found=bool(_words(index))))

    def menu_rect(self, rect: QRect, *, mirrored: bool) -> QRect:
        """Where the sign for the row's menu stands."""
        side = self._theme.control("normal")
        left = rect.left() + 4 if mirrored else rect.right() - side - 3
        return QRect(left, rect.top() + (rect.height() - side) // 2, side, side)

    # --- painting --------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        if not isinstance(row, Row):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        if row.conversation is None:
            self._group(painter, QRectF(option.rect), row.group, mirrored=mirrored)
        else:
            self._ground(painter, option, row)
            self._content(painter, option.rect, row, index, mirrored=mirrored)
            if option.state & (_HOVERED | _SELECTED):
                box = QRectF(self.menu_rect(option.rect, mirrored=mirrored))
                side = self._theme.icon_size()
                spare = (box.width() - side) / 2
                place = box.adjusted(spare, spare, -spare, -spare)
                icons.paint(painter, "ellipsis", self._theme.color("text_2"), place)
        painter.restore()

    def _group(self, painter: QPainter, rect: QRectF, name: str, *, mirrored: bool) -> None:
        line = rect.adjusted(_EDGE, rect.height() - self._theme.px(28), -_EDGE, -self._theme.px(4))
        painter.setFont(self._theme.font("small", weight=600))
        painter.setPen(self._theme.color("text_2"))
        painter.drawText(line, _side(far=mirrored), name)

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        role = "selected" if option.state & _SELECTED else ""
        role = role or ("hover" if option.state & _HOVERED else "")
        rect = QRectF(option.rect)
        painter.setPen(Qt.PenStyle.NoPen)
        if role:
            painter.setBrush(self._theme.color(role))
            radius = self._theme.radius("row")
            painter.drawRoundedRect(rect, radius, radius)
        if row.conversation is not None and row.conversation.key == self.open_key:
            painter.setBrush(self._theme.color("accent"))
            bar = QRectF(rect.left(), rect.top() + 8, _BAR, rect.height() - 16)
            if option.direction == Qt.LayoutDirection.RightToLeft:
                bar.moveRight(rect.right())
            painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)

    def _content(
        self, painter: QPainter, rect: QRect, row: Row, index: Index, *, mirrored: bool
    ) -> None:
        one, model = row.conversation, index.model()
        assert one is not None
        assert isinstance(model, ConversationsModel)
        theme, words = self._theme, model.words
        line = self._title_line(rect, found=_has_line(index), mirrored=mirrored)
        facts = time_of(one.changed_ms, model.today), questions(one.turns)
        self._facts(painter, line, facts, mirrored=mirrored)
        room = self._title_room(line, mirrored=mirrored)
        title = theme.font("ui", weight=500)
        self._marked(painter, room, one.title, words, (title, "text"), mirrored=mirrored)
        if _has_line(index):
            step = line.height()
            beneath = QRectF(line.left(), line.bottom() + 2, line.width(), step)
            look = (theme.font("ui"), "text_2")
            letters = QFontMetricsF(look[0]).averageCharWidth()
            found = piece_of(one.found, words, int(line.width() / letters * _FIT))
            self._marked(painter, beneath, found, words, look, mirrored=mirrored)

    def _title_line(self, rect: QRect, *, found: bool, mirrored: bool) -> QRectF:
        """The line of title, count and time; the sign of the menu keeps its place free."""
        step = self._theme.line_height("ui")
        spare = (rect.height() - (2 * step + 2 if found else step)) / 2
        menu = self._theme.control("normal") + 8
        near, far = (menu, _EDGE) if mirrored else (_EDGE, menu)
        width = rect.width() - near - far
        return QRectF(rect.left() + near, rect.top() + spare, width, step)

    def _widths(self, line: QRectF) -> tuple[float, float]:
        """Of the columns of time and count; a narrow window leaves the count out (0)."""
        metrics = QFontMetricsF(self._theme.font("small"))
        count = metrics.horizontalAdvance(questions(8_888))
        wide = line.width() >= 5 * count
        return metrics.horizontalAdvance("Wed 00:00"), count if wide else 0

    def _title_room(self, line: QRectF, *, mirrored: bool) -> QRectF:
        """What the columns leave to the title."""
        taken = sum(width + _GAP for width in self._widths(line) if width)
        return line.adjusted(taken, 0, 0, 0) if mirrored else line.adjusted(0, 0, -taken, 0)

    def _facts(
        self, painter: QPainter, line: QRectF, facts: tuple[str, str], *, mirrored: bool
    ) -> None:
        """Time and count at the far edge, in columns."""
        painter.setFont(self._theme.font("small"))
        painter.setPen(self._theme.color("text_3"))
        away = 0.0
        for width, text in zip(self._widths(line), facts, strict=True):
            left = line.left() + away if mirrored else line.right() - away - width
            if width:
                box = QRectF(left, line.top(), width, line.height())
                painter.drawText(box, _side(far=not mirrored), isolated(text))
            away += width + _GAP

    def _marked(
        self,
        painter: QPainter,
        room: QRectF,
        text: str,
        words: tuple[str, ...],
        look: tuple[QFont, str],
        *,
        mirrored: bool,
    ) -> None:
        """One line of text in a font and colour role, shortened at its end, with the words found
        on `mark_list`."""
        font, role = look
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        layout = QTextLayout(shown, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setAlignment(_side(far=mirrored))
        layout.setTextOption(option)
        layout.setFormats([self._mark(shown, span) for span in spans_of(shown, words)])
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(room.width())
        line.setPosition(QPointF(0, (room.height() - line.height()) / 2))
        layout.endLayout()
        painter.setPen(self._theme.color(role))
        layout.draw(painter, room.topLeft())

    def _mark(self, text: str, span: tuple[int, int]) -> QTextLayout.FormatRange:
        look = QTextCharFormat()
        look.setBackground(self._theme.color("mark_list"))
        look.setForeground(self._theme.color("on_mark"))
        piece = QTextLayout.FormatRange()
        piece.start = utf16(text, span[0])
        piece.length = utf16(text, span[1]) - piece.start
        piece.format = look
        return piece

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """The whole title, where it is shortened."""
        row = index.data(ROW)
        title = row.conversation.title if isinstance(row, Row) and row.conversation else ""
        line = self._title_line(option.rect, found=_has_line(index), mirrored=False)
        room = self._title_room(line, mirrored=False).width()
        wanted = QFontMetricsF(self._theme.font("ui", weight=500)).horizontalAdvance(title)
        QToolTip.showText(event.globalPos(), as_tooltip(title) if wanted > room else "", view)
        return True

    # --- renaming --------------------------------------------------------------------------------

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index
    ) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAccessibleName(tr("Title of the conversation"))
        return editor

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Over the title, with its words where they were."""
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        line = self._title_line(option.rect, found=_has_line(index), mirrored=mirrored)
        box = line.adjusted(-9, -4, 9, 4).toRect()
        editor.setGeometry(box)


_SELECTED = QStyle.StateFlag.State_Selected
_HOVERED = QStyle.StateFlag.State_MouseOver


def _side(*, far: bool) -> Qt.AlignmentFlag:
    """Left, or right where it is the far side."""
    return at_edge(far)


def _has_line(index: Index) -> bool:
    """Whether a line that was found stands beneath the title."""
    row = index.data(ROW)
    return bool(isinstance(row, Row) and row.conversation and row.conversation.found)


def _words(index: Index) -> tuple[str, ...]:
    model = index.model()
    return model.words if isinstance(model, ConversationsModel) else ()
