"""The tree behind the sidebar, without Qt: collections, folders and documents as nodes."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Literal

from strongroom_engine.types import DocumentRecord, Source, State

Kind = Literal["root", "collection", "folder", "document"]
_ORDER = {"collection": 0, "folder": 0, "document": 1}
_AT_REST = (State.INDEXED, State.SKIPPED, State.FAILED)
_SAYS_NOTHING = re.compile(
    r"(?:(?:scan|scanned|img|image|dsc|doc|document|untitled|unnamed|file|download|page|attachment"
    r"|dokument|bild|datei|unbenannt|anhang)?[\W\d_]*(?:copy|kopie)?[\W\d_]*|[0-9a-f-]{16,})",
    re.IGNORECASE,
)
"""Names that scanners, cameras and downloads give: 'Scan_0042', '2f1c9a…'."""
_LEAST_LETTERS = 3
_DIGITS = re.compile(r"\d+")
_FIGURE = 8
"""Figures are compared as if they had so many digits, at least."""


@dataclass(slots=True, eq=False)
class Node:
    """One row. `fetched` says whether its children are shown: those of a collection are asked for
    when it is opened, those of a folder are there with it."""

    kind: Kind
    name: str
    path: str = ""
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    sources: tuple[Source, ...] = ()
    record: DocumentRecord | None = None
    fetched: bool = False
    count: int = 0
    """Documents beneath."""
    row: int = 0
    shown: str = ""
    """The name that the row shows: without its ending, which the icon says."""
    key: tuple[str, str, str] = ("", "", "")
    """What it is, whatever is known of it: kind and path; of a document, what it is called, too."""
    order: tuple[int, str, str] = (0, "", "")
    """Where it stands among its siblings."""

    def __post_init__(self) -> None:
        self.call(self.name)

    def call(self, name: str) -> None:
        """Give it a name, and what follows from it."""
        self.name = name
        self.shown = shown_name(name, self.record) if self.kind == "document" else name
        titled = self.shown if self.kind == "document" else ""
        self.key = (self.kind, self.path or name, titled)
        self.order = (_ORDER.get(self.kind, 0), _sorted_as(self.shown), self.path)

    @property
    def depth(self) -> int:
        """0 for a collection."""
        depth, node = 0, self.parent
        while node is not None and node.kind != "root":
            depth, node = depth + 1, node.parent
        return depth

    def adopt(self, children: Iterable[Node]) -> None:
        """Take these as the children, in order."""
        self.children = sorted(children, key=lambda node: node.order)
        self.number()

    def number(self) -> None:
        for row, child in enumerate(self.children):
            child.parent = self
            child.row = row


def _sorted_as(name: str) -> str:
    """A name as it is compared with others: 'Annex 2' comes before 'Annex 10'."""
    return _DIGITS.sub(lambda figure: figure[0].zfill(_FIGURE), name.casefold())


def shown_name(name: str, record: DocumentRecord | None) -> str:
    """What a document is called in the tree: the stem of its file's name; its title where that
    name says nothing and the title does."""
    stem = os.path.splitext(name)[0] or name  # noqa: PTH122 (ten times PurePath's speed)
    if record is None or not record.title or _SAYS_NOTHING.fullmatch(stem) is None:
        return stem
    title = " ".join(record.title.split())
    letters = sum(letter.isalpha() for letter in title)
    if letters < _LEAST_LETTERS or _SAYS_NOTHING.fullmatch(title):
        return stem
    return "".join(letter for letter in title if letter.isprintable())


def records_beneath(node: Node) -> Iterator[DocumentRecord]:
    """The documents of a row and of what is beneath it, as far as the tree holds them."""
    if node.record is not None:
        yield node.record
    for child in node.children:
        yield from records_beneath(child)


def collection_of(node: Node) -> Node | None:
    """The collection that a row belongs to; itself where it is one."""
    found: Node | None = node
    while found is not None and found.kind != "collection":
        found = found.parent
    return found


def source_of(node: Node) -> Source | None:
    """The source that a row is the top of; None for what lies within one, and for collections."""
    top = collection_of(node)
    if top is None or node is top:
        return None
    return next((source for source in top.sources if source.path == node.path), None)


def total(source: Source) -> int:
    return sum(source.counts.values())


def share_done(sources: Sequence[Source]) -> float | None:
    """The share of documents at rest (0 to 1), or None when nothing is under way."""
    everything = sum(total(source) for source in sources)
    done = sum(source.counts.get(state, 0) for source in sources for state in _AT_REST)
    return done / everything if done < everything else None


def collections(sources: Sequence[Source]) -> list[Node]:
    """One node a collection, by name, with its sources and its count."""
    grouped: dict[str, list[Source]] = {}
    for source in sources:
        grouped.setdefault(source.collection, []).append(source)
    made = [
        Node(
            "collection",
            name,
            sources=tuple(members),
            count=sum(total(source) for source in members),
        )
        for name, members in grouped.items()
    ]
    return sorted(made, key=lambda node: node.order)


def grow(collection: Node, records: Iterable[DocumentRecord]) -> Iterator[None]:
    """Build the folders and documents of a collection beneath it; pauses after each document.

    With one source its own folder is left out: its content stands right under the collection. A
    document that holds others (an archive, a mailbox, a mail) has them beneath it, as a folder has.
    """
    forest = _Forest(collection, {record.path: record for record in records})
    yield
    for record in forest.records.values():
        forest.plant(record)
        yield
    for node, children in forest.loose.items():
        node.adopt(children)
        yield
    _count(collection)


class _Forest:
    """The nodes of a collection while they are made; `loose` are the children of each, unsorted."""

    def __init__(self, collection: Node, records: dict[str, DocumentRecord]) -> None:
        self.records = records
        self.loose: dict[Node, list[Node]] = {collection: []}
        self._collection = collection
        roots = {source.path for source in collection.sources}
        self._bare = roots if len(roots) == 1 else set()
        self._folders: dict[str, Node] = {}
        self._documents: dict[str, Node] = {}

    def plant(self, record: DocumentRecord) -> Node:
        """The node of a document; made when it is new, in the folder or document that holds it."""
        node = self._documents.get(record.path)
        if node is None:
            name = os.path.basename(record.path)  # noqa: PTH119 (ten times PurePath's speed)
            node = Node("document", name, record.path, record=record, count=1)
            self._documents[record.path] = node
            self.loose[self._around(record)].append(node)
        return node

    def _around(self, record: DocumentRecord) -> Node:
        """The node of the folder or document around a document; made, with those above it, when
        new."""
        if record.path == record.source:
            return self._collection
        here = os.path.dirname(record.path)  # noqa: PTH120 (as above)
        missing: list[str] = []
        while here not in self._folders:
            if here in self.records:
                self._hold(here)
            if here in self.records or here in self._bare:
                break
            missing.append(here)
            above = str(PurePath(here).parent)
            if here in (record.source, above):
                break
            here = above
        node = self._folders.get(here, self._collection)
        for path in reversed(missing):
            child = Node("folder", PurePath(path).name or path, path, fetched=True)
            self._folders[path] = child
            self.loose[node].append(child)
            self.loose[child] = []
            node = child
        return node

    def _hold(self, path: str) -> None:
        """From now on the document at the path holds others."""
        node = self.plant(self.records[path])
        node.fetched = True
        self._folders[path] = node
        self.loose[node] = []


def _count(node: Node) -> int:
    beneath = sum(_count(child) for child in node.children)
    node.count = beneath + (node.kind == "document")
    return node.count
