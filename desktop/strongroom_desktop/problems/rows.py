"""The rows of a group: painted, so that thousands cost nothing. Their remedies appear in reserved
room at the far edge, under the pointer and on the current row."""

from __future__ import annotations

import os
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from strongroom_desktop.files import file_icon
from strongroom_desktop.keys import row_asked_for, takes
from strongroom_desktop.kin import name_in_container, nearest_container
from strongroom_desktop.look import icons
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.passwords import NEEDS_PASSWORD
from strongroom_desktop.problems.model import Index, ProblemModel, Row
from strongroom_desktop.wording import tr

_LEAD_PX = 24
_GAP_PX = 8
_COLUMNS = (5, 3, 4)
"""Name, folder, detail share the width in this proportion."""
_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute | Qt.TextFlag.TextSingleLine


@dataclass(frozen=True, slots=True)
class Deed:
    """What can be done with a row: a key, an icon, and what it is called."""

    key: str
    icon: str
    name: str


def deeds(row: Row) -> tuple[Deed, ...]:
    """What the icons of a row do, from the near to the far edge."""
    found = [
        Deed("outside", "external-link", tr("Open in its own application")),
        Deed("folder", "folder-open", tr("Show in folder")),
        Deed("report", "info", tr("How it was read")),
        Deed("retry", "rotate-cw", tr("Read again")),
    ]
    if row.record.code == NEEDS_PASSWORD:
        found[-1] = Deed("password", "key-round", tr("Enter password…"))
    if row.record.path != row.record.source:
        found.append(Deed("exclude", "circle-minus", tr("Leave out of the library")))
    return tuple(found)


class ProblemList(QListView):
    """As high as its rows: the page scrolls. `wanted` carries what is to be done ('open' or a
    `Deed`'s key) and a record; `left` that the keyboard goes on to the list above or below."""

    wanted = Signal(str, object)
    menu_wanted = Signal(object, QPoint)
    left = Signal(int)
    row_reached = Signal(QRect)

    def __init__(self, model: ProblemModel, theme: Theme, name: str) -> None:
        super().__init__()
        self._rows = model
        self._theme = theme
        self.setModel(model)
        self._delegate = _Delegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setObjectName("problem_list")
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for changed in (model.rowsInserted, model.rowsRemoved, model.modelReset, theme.changed):
            changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(self._rows.rowCount() * self._theme.control("row_list"))
        self.scheduleDelayedItemsLayout()

    # --- mouse -----------------------------------------------------------------------------------

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            deed = self.deed_at(index, at)
            self.wanted.emit(deed.key if deed else "open", self._rows.row(index).record)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._delegate.pointer = event.position().toPoint()
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._delegate.pointer = QPoint(-1, -1)
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page scrolls

    def deed_at(self, index: QModelIndex, at: QPoint) -> Deed | None:
        """The deed whose icon is at a point of the viewport."""
        for deed, box in self._delegate.boxes(self.visualRect(index), self._rows.row(index)):
            if box.contains(at):
                return deed
        return None

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.indexAt(event.pos())
            deed = self.deed_at(index, event.pos()) if index.isValid() else None
            if deed:
                QToolTip.showText(event.globalPos(), deed.name, self.viewport())
                return True
        return super().viewportEvent(event)

    # --- keyboard --------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self._rows.index(0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        last = self._rows.rowCount() - 1
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if index.isValid():
                self.wanted.emit("open", self._rows.row(index).record)
            case Qt.Key.Key_F5 if index.isValid():
                self.wanted.emit("retry", self._rows.row(index).record)
            case Qt.Key.Key_Down if index.row() == last:
                self.left.emit(1)
            case Qt.Key.Key_Up if index.row() <= 0:
                self.left.emit(-1)
            case _:
                super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """F5 is for the row here, not for the whole library."""
        return takes(event, Qt.Key.Key_F5) or super().event(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if self.hasFocus() and current.isValid():
            self.row_reached.emit(self.visualRect(current))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index, at = row_asked_for(self, event)
        if index.isValid():
            self.setCurrentIndex(index)
            self.menu_wanted.emit(self._rows.row(index).record, at)


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, view: QWidget) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self.pointer = QPoint(-1, -1)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, self._theme.control("row_list"))

    def boxes(self, rect: QRect, row: Row) -> list[tuple[Deed, QRect]]:
        """Where the icons of a row are, as they are seen."""
        side = self._theme.px(28)
        found = deeds(row)
        left = rect.right() + 1 - 4 - side * len(found)
        top = rect.top() + (rect.height() - side) // 2
        boxes = [QRect(left + side * n, top, side, side) for n in range(len(found))]
        return list(zip(found, (self._mirror(box, rect) for box in boxes), strict=True))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, ProblemModel)
        row = model.row(index)
        rect: QRect = option.rect
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        current = self._view.hasFocus() and bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 1), self._theme.color("line"))
        if hovered or current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("selected" if current else "hover"))
            radius = self._theme.radius("row")
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, 0), radius, radius)
            self._paint_deeds(painter, rect, row)
        self._paint_texts(painter, rect, row, again=row.record.path in model.again)
        painter.restore()

    def _paint_deeds(self, painter: QPainter, rect: QRect, row: Row) -> None:
        side = self._theme.icon_size()
        for deed, box in self.boxes(rect, row):
            if box.contains(self.pointer):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._theme.color("pressed"))
                radius = self._theme.radius("control")
                painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)
            sign = QRectF(0, 0, side, side)
            sign.moveCenter(QRectF(box).center())
            icons.paint(painter, deed.icon, self._theme.color("text_2"), sign)

    def _paint_texts(self, painter: QPainter, rect: QRect, row: Row, *, again: bool) -> None:
        record = row.record
        side = self._theme.icon_size()
        sign = QRect(rect.left() + _LEAD_PX, rect.top() + (rect.height() - side) // 2, side, side)
        icon = "scan" if record.code == "no-text" else file_icon(record.path)
        box = QRectF(self._mirror(sign, rect))
        icons.paint(painter, icon, self._theme.color("text_2"), box)
        left = sign.right() + 1 + _GAP_PX
        room = rect.right() - 4 - self._theme.px(28) * len(deeds(row)) - _GAP_PX - left
        folder = os.path.dirname(nearest_container(record.path) or record.path)  # noqa: PTH120 (per paint)
        detail = tr("Being read again") if again else row.detail
        texts = (name_in_container(record.path), os.path.basename(folder), detail)  # noqa: PTH119
        for number, (text, share) in enumerate(zip(texts, _COLUMNS, strict=True)):
            width = room * share // sum(_COLUMNS)
            place = QRect(left, rect.top(), width - _GAP_PX, rect.height())
            self._paint_text(painter, self._mirror(place, rect), text, is_name=number == 0)
            left += width

    def _paint_text(self, painter: QPainter, place: QRect, text: str, *, is_name: bool) -> None:
        painter.setFont(self._theme.font("ui" if is_name else "small"))
        painter.setPen(self._theme.color("text" if is_name else "text_2"))
        mode = Qt.TextElideMode.ElideMiddle if is_name else Qt.TextElideMode.ElideRight
        shown = painter.fontMetrics().elidedText(text, mode, place.width())
        side = Qt.AlignmentFlag.AlignRight if self._rtl else Qt.AlignmentFlag.AlignLeft
        painter.drawText(place, _LINE | side, shown)

    @property
    def _rtl(self) -> bool:
        return self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _mirror(self, box: QRect, rect: QRect) -> QRect:
        if not self._rtl:
            return box
        mirrored = QRect(box)
        mirrored.moveRight(rect.left() + rect.right() - box.left())
        return mirrored
