"""The item model of the sidebar's tree. Documents are asked for when a collection is opened.

`data` never waits and never raises: a collection whose documents are on their way has none yet.
New lists are worked into the tree row by row, so that what is open and selected stays so; long
lists are built in slices between the window's turns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QElapsedTimer,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from strongroom_desktop.client import SLICE_MS
from strongroom_desktop.selection import Selection
from strongroom_desktop.sources import words
from strongroom_desktop.sources.nodes import Node, collections, grow, share_done, total
from strongroom_engine.types import DocumentRecord, Source

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class SourcesModel(QAbstractItemModel):
    """`wanted` asks for the documents of a source, whose answer goes to `set_documents`."""

    wanted = Signal(str)

    def __init__(self, selection: Selection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._selection = selection
        self._root = Node("root", "", fetched=True)
        self._records: dict[str, tuple[DocumentRecord, ...]] = {}
        self._reading = ""
        self._building: dict[str, tuple[Node, Iterator[None]]] = {}
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._build_a_slice)
        selection.scope_changed.connect(self._repaint_collections)

    # --- what the engine says --------------------------------------------------------------------

    def set_sources(self, sources: Sequence[Source]) -> None:
        """The sources there are now, with their counts."""
        known = {source.path for source in sources}
        self._records = {path: kept for path, kept in self._records.items() if path in known}
        self._merge(self._root, collections(sources))

    def set_documents(self, source: str, records: tuple[DocumentRecord, ...]) -> None:
        """All documents of one source; they appear within the next turns of the loop."""
        self._records[source] = records
        for node in self._root.children:
            if any(member.path == source for member in node.sources):
                self._start_building(node)

    def set_reading(self, what: str) -> None:
        """The document that is being read now, by path or name; '' for none."""
        if what != self._reading:
            self._reading = what
            self._changed_below(self._root)

    def shown_sources(self) -> list[str]:
        """The sources whose documents have been asked for."""
        return [
            source.path for node in self._root.children if node.fetched for source in node.sources
        ]

    def refresh(self) -> None:
        """Ask anew for the documents of every collection that has been opened."""
        for path in self.shown_sources():
            self.wanted.emit(path)

    def busiest(self) -> str:
        """The collection with most documents under way; '' when the index is at rest."""
        waiting = {
            node.name: sum(total(source) for source in node.sources) * (1 - share)
            for node in self._root.children
            if (share := share_done(node.sources)) is not None
        }
        return max(waiting, key=lambda name: waiting[name], default="")

    # --- building in slices ----------------------------------------------------------------------

    def _start_building(self, node: Node) -> None:
        fresh = Node("collection", node.name, sources=node.sources)
        records = [r for source in node.sources for r in self._records.get(source.path, ())]
        self._building[node.name] = (fresh, grow(fresh, records))
        self._turn.start()

    def _build_a_slice(self) -> None:
        clock = QElapsedTimer()
        clock.start()
        while self._building and clock.elapsed() < SLICE_MS:
            name, (fresh, work) = next(iter(self._building.items()))
            if _step(work):
                continue
            del self._building[name]
            self._finish(name, fresh)
        if not self._building:
            self._turn.stop()

    def _finish(self, name: str, fresh: Node) -> None:
        for node in self._root.children:
            if node.name == name and node.fetched:
                self._merge(node, fresh.children)

    # --- merging ---------------------------------------------------------------------------------

    def _merge(self, parent: Node, fresh: list[Node]) -> None:
        """Make the shown children of `parent` what `fresh` says, with the fewest changes."""
        wanted = {node.key: node for node in fresh}
        for row in range(len(parent.children) - 1, -1, -1):
            if parent.children[row].key not in wanted:
                self._remove(parent, row)
        known = {node.key for node in parent.children}
        self._insert_all(parent, [node for node in fresh if node.key not in known])
        for node in parent.children:
            self._renew(node, wanted[node.key])
        if parent.children:
            last = len(parent.children) - 1
            self.dataChanged.emit(
                self.index_of(parent.children[0]), self.index_of(parent.children[last])
            )

    def _renew(self, node: Node, fresh: Node) -> None:
        if node is fresh:
            return
        node.record, node.sources = fresh.record, fresh.sources
        if node.kind == "collection":
            node.count = fresh.count
        elif node.fetched:
            node.count = fresh.count
            self._merge(node, fresh.children)
        else:
            node.count = fresh.count
            node.adopt(fresh.children)

    def _remove(self, parent: Node, row: int) -> None:
        self.beginRemoveRows(self.index_of(parent), row, row)
        del parent.children[row]
        parent.number()
        self.endRemoveRows()

    def _insert_all(self, parent: Node, new: list[Node]) -> None:
        """Insert nodes where their order wants them, neighbours in one go."""
        new.sort(key=lambda node: node.order)
        at = 0
        while new:
            while at < len(parent.children) and parent.children[at].order < new[0].order:
                at += 1
            end = parent.children[at].order if at < len(parent.children) else None
            run = [node for node in new if end is None or node.order < end]
            self.beginInsertRows(self.index_of(parent), at, at + len(run) - 1)
            parent.children[at:at] = run
            parent.number()
            self.endInsertRows()
            new = new[len(run) :]

    def _changed_below(self, node: Node) -> None:
        if node.fetched and node.children:
            self.dataChanged.emit(self.index_of(node.children[0]), self.index_of(node.children[-1]))
            for child in node.children:
                self._changed_below(child)

    def _repaint_collections(self) -> None:
        if self._root.children:
            self.dataChanged.emit(
                self.index_of(self._root.children[0]), self.index_of(self._root.children[-1])
            )

    # --- Qt's questions --------------------------------------------------------------------------

    def node(self, index: Index) -> Node:
        """The node of a row; the root for the invalid index."""
        if not index.isValid():
            return self._root
        node = index.internalPointer()
        assert isinstance(node, Node)
        return node

    def index_of(self, node: Node) -> QModelIndex:
        if node is self._root:
            return QModelIndex()
        return self.createIndex(node.row, 0, node)

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        children = self._shown(self.node(parent))
        if column != 0 or not 0 <= row < len(children):
            return QModelIndex()
        return self.createIndex(row, 0, children[row])

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]  # Qt has two
        node = self.node(index).parent
        return QModelIndex() if node is None else self.index_of(node)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return len(self._shown(self.node(parent)))

    def columnCount(self, _parent: Index = _NOWHERE) -> int:
        return 1

    def hasChildren(self, parent: Index = _NOWHERE) -> bool:
        node = self.node(parent)
        return bool(node.children) or (node.kind == "collection" and node.count > 0)

    def canFetchMore(self, parent: Index) -> bool:
        node = self.node(parent)
        return not node.fetched and node.kind != "document"

    def fetchMore(self, parent: Index) -> None:
        node = self.node(parent)
        if node.fetched:
            return
        if node.kind == "collection":
            node.fetched = True
            for source in node.sources:
                self.wanted.emit(source.path)
        elif node.children:
            self.beginInsertRows(self.index_of(node), 0, len(node.children) - 1)
            node.fetched = True
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        node = self.node(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return words.shown_name(node)
            case Qt.ItemDataRole.ToolTipRole:
                return words.tooltip(node)
            case Qt.ItemDataRole.AccessibleTextRole:
                return words.spoken(node, in_scope=self._selection.in_scope(node.name))
            case Qt.ItemDataRole.CheckStateRole if node.kind == "collection":
                on = self._selection.in_scope(node.name)
                return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
            case _:
                return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        node = self.node(index)
        if role != Qt.ItemDataRole.CheckStateRole or node.kind != "collection":
            return False
        self._selection.set_in_scope(node.name, Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.node(index).kind == "collection":
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def is_being_read(self, node: Node) -> bool:
        return bool(self._reading) and self._reading in (node.path, node.name)

    def _shown(self, node: Node) -> list[Node]:
        return node.children if node.fetched else []


def _step(work: Iterator[None]) -> bool:
    """Let a generator make fifty steps; False when it has come to its end."""
    return all(next(work, work) is not work for _ in range(50))
