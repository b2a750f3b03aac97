"""The tree itself, and the list of what was found in it: mouse and keyboard over a `NodeModel`."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QToolTip, QWidget

from strongroom_desktop.keys import row_asked_for
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.selection import Place, Selection, Trail
from strongroom_desktop.sources import words
from strongroom_desktop.sources.delegate import parts
from strongroom_desktop.sources.drops import DropTree
from strongroom_desktop.sources.node_model import NodeModel
from strongroom_desktop.sources.nodes import Node
from strongroom_desktop.text import as_tooltip
from strongroom_desktop.wording import tr

_CHOOSING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class SourcesView(DropTree):
    """A click opens: a document in the reader, a collection's page in the centre. With Ctrl or
    Shift it selects; Alt on a collection searches only that one."""

    collection_chosen = Signal(str)
    menu_wanted = Signal(object, QPoint)
    """The node under the pointer and the global position."""
    remove_wanted = Signal(object)
    rescan_wanted = Signal(object)
    paste_wanted = Signal()
    find_wanted = Signal()
    left_upwards = Signal()
    """'Up' on the first row."""

    def __init__(
        self,
        model: NodeModel,
        selection: Selection,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        flat: bool = False,
    ) -> None:
        super().__init__(model, theme, parent, flat=flat)
        self._selection = selection
        self._flat = flat
        self._pressed = QModelIndex()
        self._set_up()
        selection.opened.connect(self._mark_open)
        theme.changed.connect(self._on_theme)

    def _set_up(self) -> None:
        self.setObjectName("found_list" if self._flat else "sources_tree")
        self.setAccessibleName(tr("Documents found") if self._flat else tr("Sources"))
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
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def mark(self, path: str) -> None:
        """Give the green bar to the row of a document's path or a collection's name."""
        self._rows.open_path = path
        self.viewport().update()

    def selected(self) -> list[Node]:
        """The selected rows, from top to bottom."""
        indexes = self.selectionModel().selectedIndexes()
        return [self._nodes.node(index) for index in indexes]

    def rename(self, node: Node) -> None:
        """Let the name of a collection be typed in its row."""
        if node.kind == "collection":
            self.edit(self._nodes.index_of(node))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        several = len(self.selectionModel().selectedIndexes()) > 1
        if several != self._rows.several:
            self._rows.several = several
            self.viewport().update()

    # --- mouse -----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        index = self.indexAt(at)
        self._pressed = QModelIndex()
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            if event.button() == Qt.MouseButton.RightButton and index.isValid():
                self._choose_for_menu(index)
            return
        if self._act(index, at, event.modifiers()):
            return
        super().mousePressEvent(event)
        if not event.modifiers() & _CHOOSING:
            self._pressed = index

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, QModelIndex()
        super().mouseReleaseEvent(event)
        if pressed.isValid() and self.indexAt(event.position().toPoint()) == pressed:
            self._open(pressed)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The first of two clicks has opened the row; check boxes take both."""
        at = event.position().toPoint()
        index = self.indexAt(at)
        if index.isValid() and self._on_check_box(index, at):
            self.mousePressEvent(event)

    def _choose_for_menu(self, index: QModelIndex) -> None:
        """The menu is for what is selected, or for the row under the pointer alone."""
        if not self.selectionModel().isSelected(index):
            self._go_to(index)

    def _act(self, index: QModelIndex, at: QPoint, modifiers: Qt.KeyboardModifier) -> bool:
        """Fold, or change the scope, where the point is on a chevron or a check box."""
        node = self._nodes.node(index)
        if node.kind == "collection" and modifiers & Qt.KeyboardModifier.AltModifier:
            self._selection.set_scope([node.name])
            return True
        if self._on_check_box(index, at):
            self._toggle_scope(node)
            return True
        chevron, _lead = parts(self._theme, self.visualRect(index), node.depth)
        if self._mirrored(index, at).x() > chevron.right() + 2 or not self._nodes.hasChildren(
            index
        ):
            return False
        self.setExpanded(index, not self.isExpanded(index))
        return True

    def _on_check_box(self, index: QModelIndex, at: QPoint) -> bool:
        node = self._nodes.node(index)
        _chevron, lead = parts(self._theme, self.visualRect(index), node.depth)
        here = self._mirrored(index, at)
        return node.kind == "collection" and lead.adjusted(-2, -4, 2, 4).contains(here)

    def _mirrored(self, index: QModelIndex, at: QPoint) -> QPoint:
        if self.layoutDirection() != Qt.LayoutDirection.RightToLeft:
            return at
        rect = self.visualRect(index)
        return QPoint(rect.left() + rect.right() - at.x(), at.y())

    def _open(self, index: QModelIndex) -> None:
        node = self._nodes.node(index)
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

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.indexAt(event.pos())
            if index.isValid() and self._on_check_box(index, event.pos()):
                on = self._selection.in_scope(self._nodes.node(index).name)
                text = words.check_tooltip(in_scope=on)
                QToolTip.showText(event.globalPos(), as_tooltip(text), self.viewport())
                return True
        return super().viewportEvent(event)

    # --- keyboard --------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keys of the window that mean something of their own here come here first."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            own = event.key() == Qt.Key.Key_F5 and not event.modifiers()
            if own or event.matches(QKeySequence.StandardKey.Find):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Find):
            self.find_wanted.emit()
        elif not (self.currentIndex().isValid() and self._on_row_key(event)):
            super().keyPressEvent(event)

    def _on_row_key(self, event: QKeyEvent) -> bool:
        """What a key does with the current row; False when Qt shall have it."""
        index = self.currentIndex()
        node = self._nodes.node(index)
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._open(index)
            case Qt.Key.Key_Space if node.kind == "collection":
                self._toggle_scope(node)
            case Qt.Key.Key_Left if not self.isExpanded(index) and index.parent().isValid():
                self._go_to(index.parent())
            case Qt.Key.Key_Right if self.isExpanded(index):
                self._go_to(self._nodes.index(0, 0, index))
            case Qt.Key.Key_Up if not self.indexAbove(index).isValid():
                self.left_upwards.emit()
            case Qt.Key.Key_F2:
                self.rename(node)
            case Qt.Key.Key_F5:
                self.rescan_wanted.emit(node)
            case Qt.Key.Key_Delete:
                self.remove_wanted.emit(node)
            case _:
                return False
        return True

    def _go_to(self, index: QModelIndex) -> None:
        if index.isValid():
            self.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )

    # --- the rest --------------------------------------------------------------------------------

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index, at = row_asked_for(self, event)
        if index.isValid():
            self.menu_wanted.emit(self._nodes.node(index), at)

    def _mark_open(self, trail: Trail | None, _preview: bool) -> None:
        self.mark(trail.place.file if trail else "")

    def _on_theme(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
