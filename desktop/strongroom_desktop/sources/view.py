"""The tree itself: mouse and keyboard over `SourcesModel`."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTreeView, QWidget

from strongroom_desktop.selection import Place, Selection, Trail
from strongroom_desktop.sources.delegate import RowDelegate, parts
from strongroom_desktop.sources.model import SourcesModel
from strongroom_desktop.sources.nodes import Node
from strongroom_desktop.theme import Theme


class SourcesView(QTreeView):
    """A click opens: a document in the reader, a collection's page in the centre."""

    collection_chosen = Signal(str)
    menu_wanted = Signal(object, QPoint)
    """The node under the pointer and the global position."""
    remove_wanted = Signal(object)

    def __init__(
        self,
        model: SourcesModel,
        selection: Selection,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._selection = selection
        self._theme = theme
        self._rows = RowDelegate(theme, self)
        self.setModel(model)
        self.setItemDelegate(self._rows)
        self._set_up()
        selection.opened.connect(self._mark_open)
        theme.changed.connect(self._on_theme)

    def _set_up(self) -> None:
        self.setObjectName("sources_tree")
        self.setAccessibleName("Sources")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)

    def mark(self, path: str) -> None:
        """Give the green bar to the row of a document's path or a collection's name."""
        self._rows.open_path = path
        self.viewport().update()

    # --- mouse -----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        self._act(index, event.position().toPoint())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def _act(self, index: QModelIndex, at: QPoint) -> None:
        node = self._model.node(index)
        rect = self.visualRect(index)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            at = QPoint(rect.left() + rect.right() - at.x(), at.y())
        chevron, lead = parts(self._theme, rect, node.depth)
        if node.kind == "collection" and lead.adjusted(-2, -4, 2, 4).contains(at):
            self._toggle_scope(node)
        elif at.x() <= chevron.right() + 2 and self._model.hasChildren(index):
            self.setExpanded(index, not self.isExpanded(index))
        else:
            self._open(index)

    def _open(self, index: QModelIndex) -> None:
        node = self._model.node(index)
        match node.kind:
            case "document":
                self._selection.open(Place(node.path, title=node.name))
            case "folder":
                self.setExpanded(index, not self.isExpanded(index))
            case _:
                self.setExpanded(index, True)
                self.collection_chosen.emit(node.name)

    def _toggle_scope(self, node: Node) -> None:
        self._selection.set_in_scope(node.name, not self._selection.in_scope(node.name))

    # --- keyboard --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if not index.isValid():
            super().keyPressEvent(event)
            return
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._open(index)
            case Qt.Key.Key_Space if self._model.node(index).kind == "collection":
                self._toggle_scope(self._model.node(index))
            case Qt.Key.Key_Left if not self.isExpanded(index) and index.parent().isValid():
                self._go_to(index.parent())
            case Qt.Key.Key_Right if self.isExpanded(index):
                self._go_to(self._model.index(0, 0, index))
            case Qt.Key.Key_Delete:
                self.remove_wanted.emit(self._model.node(index))
            case _:
                super().keyPressEvent(event)

    def _go_to(self, index: QModelIndex) -> None:
        if index.isValid():
            self.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )

    # --- the rest --------------------------------------------------------------------------------

    def _on_menu(self, at: QPoint) -> None:
        index = self.indexAt(at)
        if index.isValid():
            self.menu_wanted.emit(self._model.node(index), self.viewport().mapToGlobal(at))

    def _mark_open(self, trail: Trail | None, _preview: bool) -> None:
        self.mark(trail.place.file if trail else "")

    def _on_theme(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
