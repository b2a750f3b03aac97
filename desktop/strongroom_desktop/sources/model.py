"""The item model of the sidebar's tree. Documents are asked for when a collection is opened.

New lists are worked into the tree row by row, so that what is open and selected stays so; long
lists are built in slices between the window's turns.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

from PySide6.QtCore import QElapsedTimer, QModelIndex, QObject, QTimer, Signal

from strongroom_desktop.client import SLICE_MS
from strongroom_desktop.selection import Selection
from strongroom_desktop.sources.node_model import Index, NodeModel
from strongroom_desktop.sources.nodes import Node, collections, grow, share_done, total
from strongroom_engine.types import DocumentRecord, Source

ROWS_AT_ONCE = 500
"""Rows inserted in one go: the view lays out all of them at once."""


class SourcesModel(NodeModel):
    """`wanted` asks for the documents of a source, whose answer goes to `set_documents`;
    `documents_changed` says whose list is another now."""

    wanted = Signal(str)
    documents_changed = Signal(str)

    def __init__(self, selection: Selection, parent: QObject | None = None) -> None:
        super().__init__(selection, parent)
        self._records: dict[str, tuple[DocumentRecord, ...]] = {}
        self._building: dict[str, Iterator[None]] = {}
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._build_a_slice)
        selection.scope_changed.connect(self._repaint_collections)

    # --- what the engine says --------------------------------------------------------------------

    def set_sources(self, sources: Sequence[Source]) -> None:
        """The sources there are now, with their counts."""
        known = {source.path for source in sources}
        self._records = {path: kept for path, kept in self._records.items() if path in known}
        fresh = collections(sources)
        names = {node.name for node in fresh}
        self._building = {name: work for name, work in self._building.items() if name in names}
        self._rename_rows(fresh)
        before = {node.name: _paths(node) for node in self.root.children}
        for _ in self._merging(self.root, fresh):
            pass
        for node in self.root.children:
            if node.fetched and before.get(node.name) not in (None, _paths(node)):
                self._regroup(node)

    def _regroup(self, node: Node) -> None:
        """A source came to an opened collection or went from it."""
        self._start_building(node)
        for source in node.sources:
            if source.path not in self._records:
                self.wanted.emit(source.path)

    def set_documents(self, source: str, records: tuple[DocumentRecord, ...]) -> None:
        """All documents of one source; they appear within the next turns of the loop."""
        self._records[source] = records
        self.documents_changed.emit(source)
        for node in self.root.children:
            if any(member.path == source for member in node.sources):
                self._start_building(node)

    def set_reading(self, what: str) -> None:
        """The document that is being read now, by path or name; '' for none."""
        if what != self.reading:
            self.reading = what
            self.looks_changed.emit()

    def set_paused(self, paused: bool) -> None:
        if paused != self.paused:
            self.paused = paused
            self._repaint_collections()

    @property
    def collections(self) -> list[Node]:
        return self.root.children

    def records(self, source: str) -> tuple[DocumentRecord, ...] | None:
        """The documents of a source as far as they are known; None when never asked for."""
        return self._records.get(source)

    def want(self, node: Node) -> None:
        """Ask for the documents of a collection."""
        for source in node.sources:
            self.wanted.emit(source.path)

    def shown_sources(self) -> list[str]:
        """The sources whose documents have been asked for."""
        return [
            source.path for node in self.root.children if node.fetched for source in node.sources
        ]

    def shown_count(self) -> int:
        """How many documents the opened collections hold."""
        return sum(node.count for node in self.root.children if node.fetched)

    def refresh(self) -> None:
        """Ask anew for the documents of every collection that has been opened."""
        for path in self.shown_sources():
            self.wanted.emit(path)

    def busiest(self) -> str:
        """The collection with most documents under way; '' when the index is at rest."""
        waiting = {
            node.name: sum(total(source) for source in node.sources) * (1 - share)
            for node in self.root.children
            if (share := share_done(node.sources)) is not None
        }
        return max(waiting, key=lambda name: waiting[name], default="")

    # --- building in slices ----------------------------------------------------------------------

    def _start_building(self, node: Node) -> None:
        records = [r for source in node.sources for r in self._records.get(source.path, ())]
        self._building[node.name] = self._build(node, records)
        self._turn.start()

    def _build(self, node: Node, records: Sequence[DocumentRecord]) -> Iterator[None]:
        """Grow the new tree beside the shown one, then work it in; each step leaves it whole."""
        fresh = Node("collection", node.name, sources=node.sources)
        yield from grow(fresh, records)
        if node.fetched:
            yield from self._merging(node, fresh.children)

    def _build_a_slice(self) -> None:
        clock = QElapsedTimer()
        clock.start()
        while self._building and clock.elapsed() < SLICE_MS:
            name, work = next(iter(self._building.items()))
            if next(work, work) is work:  # it has come to its end
                self._building.pop(name, None)
        if not self._building:
            self._turn.stop()

    # --- renaming --------------------------------------------------------------------------------

    def _rename_rows(self, fresh: Sequence[Node]) -> None:
        """A collection with the same sources under another name is the same row: it stays open."""
        names = {node.name for node in self.root.children}
        by_paths = {_paths(node): node for node in fresh if node.name not in names}
        kept = {node.name for node in fresh}
        for node in tuple(self.root.children):
            new = by_paths.get(_paths(node))
            if new is not None and node.name not in kept:
                self._building.pop(node.name, None)
                node.call(new.name)
                self._put_in_order(node)

    def _put_in_order(self, node: Node) -> None:
        others = [other for other in self.root.children if other is not node]
        at = bisect_left(others, node.order, key=lambda other: other.order)
        if at != node.row:
            nowhere = QModelIndex()
            after = at + 1 if at > node.row else at
            self.beginMoveRows(nowhere, node.row, node.row, nowhere, after)
            self.root.children[:] = [*others[:at], node, *others[at:]]
            self.root.number()
            self.endMoveRows()

    # --- merging ---------------------------------------------------------------------------------

    def _merging(self, parent: Node, fresh: list[Node]) -> Iterator[None]:
        """Make the shown children of `parent` what `fresh` says, with the fewest changes."""
        wanted = {node.key: node for node in fresh}
        yield from self._remove_others(parent, wanted)
        yield
        known = {node.key for node in parent.children}
        new = [node for node in fresh if node.key not in known]
        added = {node.key for node in new}
        yield from self._insert_all(parent, new)
        for node in tuple(parent.children):
            if node.key not in added:
                yield from self._renew(node, wanted[node.key])
        if parent.children:
            first, last = parent.children[0], parent.children[-1]
            self.dataChanged.emit(self.index_of(first), self.index_of(last))

    def _renew(self, node: Node, fresh: Node) -> Iterator[None]:
        node.record, node.sources, node.count = fresh.record, fresh.sources, fresh.count
        if node.kind != "collection" and (node.children or fresh.children):
            node.fetched = True
            yield from self._merging(node, fresh.children)
        yield

    def _remove_others(
        self, parent: Node, wanted: Collection[tuple[str, str, str]]
    ) -> Iterator[None]:
        """Remove the rows that are not wanted, neighbours in one go, from the end."""
        last = len(parent.children) - 1
        while last >= 0:
            first = last
            while first >= 0 and parent.children[first].key not in wanted:
                first -= 1
            if first < last:
                self.beginRemoveRows(self.index_of(parent), first + 1, last)
                del parent.children[first + 1 : last + 1]
                parent.number()
                self.endRemoveRows()
                yield
            last = first - 1

    def _insert_all(self, parent: Node, new: list[Node]) -> Iterator[None]:
        """Insert nodes where their order wants them, neighbours in one go."""
        new.sort(key=lambda node: node.order)
        at = start = 0
        while start < len(new):
            at = bisect_left(parent.children, new[start].order, lo=at, key=lambda node: node.order)
            end = len(new)
            if at < len(parent.children):
                next_order = parent.children[at].order
                end = bisect_left(new, next_order, lo=start, key=lambda node: node.order)
            end = min(end, start + ROWS_AT_ONCE)
            self.beginInsertRows(self.index_of(parent), at, at + end - start - 1)
            parent.children[at:at] = new[start:end]
            parent.number()
            self.endInsertRows()
            start = end
            yield

    def _repaint_collections(self) -> None:
        if self.root.children:
            first, last = self.root.children[0], self.root.children[-1]
            self.dataChanged.emit(self.index_of(first), self.index_of(last))

    # --- Qt's questions --------------------------------------------------------------------------

    def canFetchMore(self, parent: Index) -> bool:
        node = self.node(parent)
        return node.kind == "collection" and not node.fetched

    def fetchMore(self, parent: Index) -> None:
        node = self.node(parent)
        if self.canFetchMore(parent):
            node.fetched = True
            self.want(node)


def _paths(node: Node) -> frozenset[str]:
    return frozenset(source.path for source in node.sources)
