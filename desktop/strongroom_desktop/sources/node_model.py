"""What Qt asks of rows that are `Node`s: the tree of the library and the list of what was found.

`data` never waits and never raises: a collection whose documents are on their way has none yet.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from strongroom_desktop.selection import Selection
from strongroom_desktop.sources import words
from strongroom_desktop.sources.nodes import Node, source_of
from strongroom_desktop.text import as_tooltip

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ROW = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_FLAGS = {
    "collection": _ROW
    | Qt.ItemFlag.ItemIsUserCheckable
    | Qt.ItemFlag.ItemIsEditable
    | Qt.ItemFlag.ItemIsDragEnabled,
    "folder": _ROW | Qt.ItemFlag.ItemIsDragEnabled,
    "document": _ROW | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemNeverHasChildren,
}
MOVED = "application/x-strongroom-sources"
"""The paths of sources that are dragged to another collection, one a line."""


class NodeModel(QAbstractItemModel):
    """`renamed` carries a collection's node and its new name: the engine is to be told."""

    renamed = Signal(object, str)
    looks_changed = Signal()
    """Some rows look different, and are the same."""

    def __init__(self, selection: Selection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.selection = selection
        self.root = Node("root", "", fetched=True)
        self.reading = ""
        self.paused = False

    def node(self, index: Index) -> Node:
        """The node of a row; the root for the invalid index."""
        if not index.isValid():
            return self.root
        node = index.internalPointer()
        assert isinstance(node, Node)
        return node

    def index_of(self, node: Node) -> QModelIndex:
        if node is self.root:
            return QModelIndex()
        return self.createIndex(node.row, 0, node)

    def is_being_read(self, node: Node) -> bool:
        return bool(self.reading) and self.reading in (node.path, node.name)

    # --- Qt's questions --------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        # The view asks this for every row of an opened folder at once: nothing superfluous here.
        node = parent.internalPointer() if parent.isValid() else self.root
        if column == 0 and node.fetched and 0 <= row < len(node.children):
            return self.createIndex(row, 0, node.children[row])
        return QModelIndex()

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]  # Qt has two
        node = self.node(index).parent
        return QModelIndex() if node is None else self.index_of(node)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        node = self.node(parent)
        return len(node.children) if node.fetched else 0

    def columnCount(self, _parent: Index = _NOWHERE) -> int:
        return 1

    def hasChildren(self, parent: Index = _NOWHERE) -> bool:
        node = self.node(parent)
        return bool(node.children) or (node.kind == "collection" and node.count > 0)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        node = self.node(index)
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return node.shown
            case Qt.ItemDataRole.ToolTipRole:
                return as_tooltip(words.tooltip(node, paused=self.paused))
            case Qt.ItemDataRole.AccessibleTextRole:
                return words.spoken(node, in_scope=self.selection.in_scope(node.name))
            case Qt.ItemDataRole.CheckStateRole if node.kind == "collection":
                on = self.selection.in_scope(node.name)
                return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
            case _:
                return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        node = self.node(index)
        if node.kind != "collection":
            return False
        if role == Qt.ItemDataRole.CheckStateRole:
            on = Qt.CheckState(value) == Qt.CheckState.Checked
            self.selection.set_in_scope(node.name, on)
            return True
        name = " ".join(str(value).split())
        if role == Qt.ItemDataRole.EditRole and name and name != node.name:
            self.renamed.emit(node, name)
        return role == Qt.ItemDataRole.EditRole

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        node = index.internalPointer()
        holds = node.kind == "document" and node.children
        return _FLAGS["folder" if holds else node.kind]

    # --- what is dragged -------------------------------------------------------------------------

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [MOVED]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The sources among the rows, to be dropped on another collection. Nothing of it is a file
        for other programs: moving a source moves no file."""
        paths = [path for index in indexes for path in sources_of(self.node(index))]
        data = QMimeData()
        data.setData(MOVED, "\n".join(dict.fromkeys(paths)).encode("utf-8", "surrogateescape"))
        return data


def sources_of(node: Node) -> tuple[str, ...]:
    """The paths of the sources that a row stands for: all of a collection's, or the one that it is
    the top of; none for what lies within a source."""
    if node.kind == "collection":
        return tuple(source.path for source in node.sources)
    source = source_of(node)
    return (source.path,) if source else ()
