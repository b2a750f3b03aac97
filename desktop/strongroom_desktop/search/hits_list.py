"""The list of hits: a click opens one, or shows where else it stands."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QMenu, QToolTip, QWidget

from strongroom_desktop import elsewhere
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.search.hit_delegate import HIT, HitDelegate, Index
from strongroom_desktop.search.hits_model import HitsModel, place_of_hit
from strongroom_desktop.text import as_tooltip
from strongroom_desktop.wording import tr
from strongroom_engine.types import Hit, Version


class HitsList(QListView):
    """`opened` carries a row, `place_chosen` the `Place` of a hit in another file."""

    opened = Signal(int)
    place_chosen = Signal(object)

    def __init__(self, theme: Theme, model: HitsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pressed = -1
        self._rows = HitDelegate(theme, self)
        self.setObjectName("hits")
        self.setAccessibleName(tr("Hits"))
        self.setModel(model)
        self.setItemDelegate(self._rows)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def kin_rect(self, index: Index) -> QRect:
        """Where a row says that it stands elsewhere, too."""
        return self._rows.kin_rect(self.visualRect(index), _hit(index), self.layoutDirection())

    def kin_menu(self, index: Index) -> QMenu:
        """The other places of a hit."""
        hit = _hit(index)

        def go(to: str | Version) -> None:
            if isinstance(to, Version):
                self.place_chosen.emit(elsewhere.place_in(to, hit.title))
            else:  # a copy has the passage at the same place
                self.place_chosen.emit(place_of_hit(hit, to))

        return elsewhere.menu(self, self._theme, hit.copies, hit.versions, go)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        index = self.indexAt(at)
        if event.button() == Qt.MouseButton.LeftButton and self._on_kin(index, at):
            self._pressed = -1
            return
        self._pressed = index.row()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        index = self.indexAt(at)
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            super().mouseReleaseEvent(event)
        elif self._on_kin(index, at):
            below = self.kin_rect(index).bottomLeft() + QPoint(0, 2)
            self.kin_menu(index).popup(self.viewport().mapToGlobal(below))
        elif index.row() == self._pressed:
            super().mouseReleaseEvent(event)
            self.opened.emit(index.row())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        at = event.position().toPoint()
        on = self._on_kin(self.indexAt(at), at)
        shape = Qt.CursorShape.PointingHandCursor if on else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if index.isValid() and elsewhere.words(_hit(index).copies, _hit(index).versions):
            self.kin_menu(index).popup(event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.indexAt(event.pos())
            if self._on_kin(index, event.pos()):
                hit = _hit(index)
                text = "\n".join((*hit.copies[:8], *(one.file for one in hit.versions[:8])))
                QToolTip.showText(event.globalPos(), as_tooltip(text), self.viewport())
                return True
        return super().viewportEvent(event)

    def _on_kin(self, index: Index, at: QPoint) -> bool:
        return index.isValid() and self.kin_rect(index).contains(at)


def _hit(index: Index) -> Hit:
    hit = index.data(HIT)
    assert isinstance(hit, Hit)
    return hit
