"""Finding documents of the library by their names, in a list of its own: the tree stays as it is."""

from __future__ import annotations

import os
from collections.abc import Iterable

from PySide6.QtCore import QObject

from strongroom_desktop.selection import Selection
from strongroom_desktop.sources.model import SourcesModel
from strongroom_desktop.sources.node_model import NodeModel
from strongroom_desktop.sources.nodes import Node
from strongroom_engine.types import DocumentRecord

MOST_ROWS = 500
"""Rows shown; more than one would look through."""


class FoundModel(NodeModel):
    """The documents whose name, folder or title has all the words that were typed."""

    def __init__(
        self, library: SourcesModel, selection: Selection, parent: QObject | None = None
    ) -> None:
        super().__init__(selection, parent)
        self._library = library
        self._words: tuple[str, ...] = ()
        self._texts: dict[str, list[str]] = {}
        self.found = 0
        """How many there are, shown or not."""
        library.documents_changed.connect(lambda source: self._texts.pop(source, None))

    def look_for(self, text: str) -> None:
        """Show what has these words; nothing for no words. Lists that are not known yet are asked
        for; call it again when they have come."""
        self._words = tuple(text.casefold().split())
        matches: list[DocumentRecord] = []
        for collection in self._library.collections if self._words else ():
            for source in collection.sources:
                records = self._library.records(source.path)
                if records is None:
                    self._library.wanted.emit(source.path)
                else:
                    matches += self._matching(source.path, records)
        self._show(matches)

    def _matching(
        self, source: str, records: tuple[DocumentRecord, ...]
    ) -> Iterable[DocumentRecord]:
        texts = self._texts.get(source)
        if texts is None:
            texts = self._texts[source] = [_searched(source, record) for record in records]
        words = self._words
        for record, text in zip(records, texts, strict=True):
            if all(word in text for word in words):
                yield record

    def _show(self, matches: list[DocumentRecord]) -> None:
        self.found = len(matches)
        nodes = sorted((_row(r) for r in matches[:MOST_ROWS]), key=lambda node: node.order)
        if [node.key for node in nodes] == [node.key for node in self.root.children]:
            self._renew(nodes)
            return
        self.beginResetModel()
        self.root.adopt(nodes)
        self.endResetModel()

    def _renew(self, nodes: list[Node]) -> None:
        """The same documents, of which something else is known now: what is selected stays so."""
        for node, fresh in zip(self.root.children, nodes, strict=True):
            node.record = fresh.record
        self.looks_changed.emit()


def _row(record: DocumentRecord) -> Node:
    name = os.path.basename(record.path)  # noqa: PTH119 (ten times PurePath's speed)
    return Node("document", name, record.path, record=record, count=1)


def _searched(source: str, record: DocumentRecord) -> str:
    """What words are looked for in: the path within the source, or the file's name; the title."""
    within = record.path[len(source) :] or os.path.basename(source)  # noqa: PTH119 (as above)
    return f"{within}\n{record.title}".casefold()
