"""How a row of the tree is painted: 28 pixels, whatever it holds."""

from __future__ import annotations

import os

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from strongroom_desktop.look import icons
from strongroom_desktop.look.style import paint_check_box
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.sources import words
from strongroom_desktop.sources.eliding import elided
from strongroom_desktop.sources.node_model import NodeModel
from strongroom_desktop.sources.nodes import Node, share_done
from strongroom_desktop.text import at_edge
from strongroom_desktop.widgets import paint_bar
from strongroom_desktop.wording import tr

Index = QModelIndex | QPersistentModelIndex

EDGE_PX = 8
"""From the pane's edge to a row's fill."""
FIRST_PX = 12
INDENT_PX = 14
CHEVRON_COLUMN_PX = 18
BAR_PX = 3
_LEAST_FOLDER = 10
"""Letters of a folder's name that are worth showing."""
FAR_PX = 16
"""From the figures to the pane's edge."""


class RowDelegate(QStyledItemDelegate):
    """Paints rows of a `NodeModel`. `open_path` bears the green bar; `several` says that more rows
    than one are selected; `target` is the collection that what is dragged would go to."""

    def __init__(self, theme: Theme, parent: QWidget, *, flat: bool = False) -> None:
        super().__init__(parent)
        self._theme = theme
        self._flat = flat
        self.open_path = ""
        self.several = False
        self.target = ""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, self._theme.control("row"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, NodeModel)
        row = _Row(self._theme, painter, option, model.node(index), flat=self._flat)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_open = bool(self.open_path) and row.node.key[1] == self.open_path
        row.fill(is_open=is_open, several=self.several)
        if self.target and row.node.kind == "collection" and row.node.name == self.target:
            row.ring_as_target()
        row.chevron(shown=model.hasChildren(index))
        searched = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        row.lead(checked=searched)
        row.far(reading=model.is_being_read(row.node), paused=model.paused)
        row.name(quiet=row.node.kind == "collection" and not searched)
        painter.restore()

    # --- renaming in place -----------------------------------------------------------------------

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index
    ) -> QWidget:
        editor = QLineEdit(parent)
        editor.setObjectName("rename")
        editor.setAccessibleName(tr("Name of the collection"))
        return editor

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        rect: QRect = option.rect
        _chevron, lead = parts(self._theme, rect, 0)
        place = rect.adjusted(lead.right() + 3, 1, -EDGE_PX, -1)
        if option.direction == Qt.LayoutDirection.RightToLeft:
            place.moveRight(rect.left() + rect.right() - place.left())
        editor.setGeometry(place)


def parts(theme: Theme, rect: QRect, depth: int) -> tuple[QRect, QRect]:
    """Where chevron and check box or icon of a row are, before mirroring."""
    x = rect.left() + FIRST_PX + depth * theme.px(INDENT_PX)
    small, side = theme.icon_size("small"), theme.icon_size()
    chevron = QRect(x, rect.top() + (rect.height() - small) // 2, small, small)
    left = x + theme.px(CHEVRON_COLUMN_PX)
    return chevron, QRect(left, rect.top() + (rect.height() - side) // 2, side, side)


class _Row:
    """One row while it is painted; `_left` and `_right` close in on the room for its name."""

    def __init__(
        self,
        theme: Theme,
        painter: QPainter,
        option: QStyleOptionViewItem,
        node: Node,
        *,
        flat: bool,
    ) -> None:
        self.node = node
        self._flat = flat
        self._theme = theme
        self._painter = painter
        self._rect: QRect = option.rect
        self._state: QStyle.StateFlag = option.state
        self._rtl = option.direction == Qt.LayoutDirection.RightToLeft
        self._chevron, self._lead = parts(theme, self._rect, node.depth)
        if flat:  # a list has no chevrons
            self._lead.moveLeft(self._chevron.left() + 2)
        self._left = self._lead.right() + 1 + (8 if node.kind == "collection" else 6)
        self._right = self._rect.right() + 1 - FAR_PX

    def fill(self, *, is_open: bool, several: bool) -> None:
        role = self._fill_role(is_open, several)
        area = QRectF(self._rect).adjusted(EDGE_PX, 1, -EDGE_PX, -1)
        if role:
            self._painter.setPen(Qt.PenStyle.NoPen)
            self._painter.setBrush(self._theme.color(role))
            radius = self._theme.radius("row")
            self._painter.drawRoundedRect(area, radius, radius)
        if is_open:
            bar = QRectF(area.left(), area.top() + 4, BAR_PX, area.height() - 8)
            self._painter.setBrush(self._theme.color("accent"))
            self._painter.drawRoundedRect(self._mirror(bar), 1.5, 1.5)

    def _fill_role(self, is_open: bool, several: bool) -> str:
        if self._state & QStyle.StateFlag.State_Selected and (several or not is_open):
            return "selected"
        hovered = self._state & QStyle.StateFlag.State_MouseOver
        return "hover" if hovered or is_open else ""

    def ring_as_target(self) -> None:
        """What is dragged would go here."""
        area = QRectF(self._rect).adjusted(EDGE_PX + 1, 1, -EDGE_PX - 1, -1)
        self._painter.setPen(QPen(self._theme.color("accent"), 2))
        self._painter.setBrush(self._theme.color("accent_soft"))
        radius = self._theme.radius("row")
        self._painter.drawRoundedRect(area, radius, radius)

    def chevron(self, *, shown: bool) -> None:
        if shown:
            is_open = bool(self._state & QStyle.StateFlag.State_Open)
            name = "chevron-down" if is_open else "chevron-right"
            self._icon(name, "text_2", self._chevron, mirrored=self._rtl and not is_open)

    def lead(self, *, checked: bool) -> None:
        if self.node.kind == "collection":
            paint_check_box(
                self._painter, self._mirror(QRectF(self._lead)), self._theme, checked=checked
            )
            return
        is_open = bool(self._state & QStyle.StateFlag.State_Open)
        role = "text_3" if self._waits else "text_2"
        self._icon(words.icon(self.node, open_=is_open), role, self._lead)

    def far(self, *, reading: bool, paused: bool) -> None:
        """A ring, a glyph or a figure at the far edge, and the bar while indexing."""
        name, role = words.glyph(self.node, paused=paused)
        side = self._theme.icon_size()
        self._figure(words.figure(self.node))
        box = QRect(self._right - side, self._lead.top(), side, side)
        if reading:
            self._ring(box)
        elif name:
            self._icon(name, role, box.adjusted(1, 1, -1, -1))
        if reading or name:
            self._right = box.left() - 6

    def _figure(self, text: str) -> None:
        if not text:
            return
        self._painter.setFont(self._theme.font("small"))
        self._painter.setPen(self._theme.color("text_3"))
        width = self._painter.fontMetrics().horizontalAdvance(text)
        box = QRectF(self._right - width, self._rect.top(), width, self._rect.height())
        self._painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._painter.drawText(self._mirror(box), Qt.AlignmentFlag.AlignVCenter, text)
        share = share_done(self.node.sources)
        if share is not None and self.node.kind == "collection":
            bar = QRectF(self._left, self._rect.bottom() - 2, self._right - self._left, 2)
            direction = (
                Qt.LayoutDirection.RightToLeft if self._rtl else Qt.LayoutDirection.LeftToRight
            )
            paint_bar(self._painter, self._mirror(bar), self._theme, share, direction)
        self._right = int(box.left()) - 8

    def name(self, *, quiet: bool) -> None:
        strong = self.node.kind == "collection"
        self._painter.setFont(self._theme.font("ui_strong" if strong else "ui"))
        role = "text_3" if self._waits else "text_2" if quiet else "text"
        self._painter.setPen(self._theme.color(role))
        room = QRectF(self._left, self._rect.top(), self._right - self._left, self._rect.height())
        text = elided(self._painter.fontMetrics(), self.node.shown, int(room.width()))
        line = at_edge(self._rtl) | Qt.TextFlag.TextSingleLine
        self._painter.drawText(self._mirror(room), line, text)
        if self._flat:
            self._folder(room, self._painter.fontMetrics().horizontalAdvance(text) + 8)

    def _folder(self, room: QRectF, taken: int) -> None:
        """Where a found document lies, in what room its name leaves."""
        left = room.width() - taken
        self._painter.setFont(self._theme.font("small"))
        metrics = self._painter.fontMetrics()
        if left < metrics.averageCharWidth() * _LEAST_FOLDER:
            return
        self._painter.setPen(self._theme.color("text_3"))
        where = os.path.basename(os.path.dirname(self.node.path))  # noqa: PTH119, PTH120 (per paint)
        text = metrics.elidedText(where, Qt.TextElideMode.ElideRight, int(left))
        line = at_edge(not self._rtl) | Qt.TextFlag.TextSingleLine
        self._painter.drawText(self._mirror(room), line, text)

    @property
    def _waits(self) -> bool:
        return words.glyph(self.node)[0] == "circle-dashed"

    def _ring(self, box: QRect) -> None:
        ring = self._mirror(QRectF(box)).adjusted(3, 3, -3, -3)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(self._theme.color("line_strong"), 2))
        self._painter.drawEllipse(ring)
        self._painter.setPen(QPen(self._theme.color("accent"), 2))
        self._painter.drawArc(ring, 90 * 16, -150 * 16)

    def _icon(self, name: str, role: str, box: QRect, *, mirrored: bool = False) -> None:
        color = self._theme.color(role)
        icons.paint(self._painter, name, color, self._mirror(QRectF(box)), mirrored=mirrored)

    def _mirror(self, box: QRectF) -> QRectF:
        """The same box seen from the other side, in a right-to-left layout."""
        if not self._rtl:
            return box
        mirrored = QRectF(box)
        mirrored.moveRight(self._rect.left() + self._rect.right() + 1 - box.left())
        return mirrored
