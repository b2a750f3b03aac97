"""What is dropped on the tree: sources that move to another collection, and files from outside."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from strongroom_desktop.intake import local_paths
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.sources.delegate import RowDelegate
from strongroom_desktop.sources.node_model import MOVED, NodeModel, sources_of
from strongroom_desktop.sources.nodes import collection_of

_EDGE_PX = 8


class DropTree(QTreeView):
    """A tree whose collections take what is dropped on them or on what is beneath them."""

    sources_moved = Signal(list, str)
    """Paths of sources, and the collection that they go to."""
    paths_dropped = Signal(list, str)
    """Paths of files and folders from outside; '' stands for collections of their own."""

    def __init__(
        self, model: NodeModel, theme: Theme, parent: QWidget | None = None, *, flat: bool = False
    ) -> None:
        super().__init__(parent)
        self._nodes = model
        self._theme = theme
        self._rows = RowDelegate(theme, self, flat=flat)
        self._over_nothing = False
        self.setModel(model)
        self.setItemDelegate(self._rows)
        model.looks_changed.connect(self.viewport().update)
        self.setProperty("takes_drops", True)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setAutoExpandDelay(700)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Only sources can go elsewhere; other rows stay where they are."""
        rows = self.selectionModel().selectedIndexes()
        if any(sources_of(self._nodes.node(index)) for index in rows):
            super().startDrag(actions)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.dragMoveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)  # scrolls at the edges and opens rows
        target = self._target(event.position().toPoint())
        if self._takes(event.mimeData(), target):
            self._show_target(target, over_nothing=not target)
            event.setDropAction(_action(event.mimeData()))
            event.accept()
        else:
            self._show_target("", over_nothing=False)
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._show_target("", over_nothing=False)

    def dropEvent(self, event: QDropEvent) -> None:
        target = self._target(event.position().toPoint())
        self._show_target("", over_nothing=False)
        self.setState(QAbstractItemView.State.NoState)
        data = event.mimeData()
        if not self._takes(data, target):
            event.ignore()
            return
        event.setDropAction(_action(data))
        event.accept()
        if data.hasFormat(MOVED):
            self.sources_moved.emit(_moved(data), target)
        else:
            self.paths_dropped.emit(local_paths(data), target)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._over_nothing:
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.color("accent"), 2))
            area = QRectF(self.viewport().rect()).adjusted(_EDGE_PX, 2, -_EDGE_PX, -2)
            radius = self._theme.radius("control")
            painter.drawRoundedRect(area, radius, radius)

    def _target(self, at: QPoint) -> str:
        """The collection at a point of the viewport; '' where there is none."""
        index: QModelIndex = self.indexAt(at)
        found = collection_of(self._nodes.node(index)) if index.isValid() else None
        return found.name if found else ""

    def _takes(self, data: QMimeData, target: str) -> bool:
        if not data.hasFormat(MOVED):
            return bool(local_paths(data))
        moved = set(_moved(data))
        there = {
            source.path
            for node in self._nodes.root.children
            if node.name == target
            for source in node.sources
        }
        return bool(target and moved and not moved <= there)

    def _show_target(self, target: str, *, over_nothing: bool) -> None:
        if (target, over_nothing) != (self._rows.target, self._over_nothing):
            self._rows.target, self._over_nothing = target, over_nothing
            self.viewport().update()


def _moved(data: QMimeData) -> list[str]:
    raw = bytes(data.data(MOVED).data()).decode("utf-8", "surrogateescape")
    return [path for path in raw.split("\n") if path]


def _action(data: QMimeData) -> Qt.DropAction:
    return Qt.DropAction.MoveAction if data.hasFormat(MOVED) else Qt.DropAction.CopyAction
