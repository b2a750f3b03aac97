"""What can be done with collections, sources, folders and documents; the engine is told of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from strongroom_desktop.client import Engine, needs_words
from strongroom_desktop.dialogs import confirm
from strongroom_desktop.files import file_name, lies_in
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.sources.node_model import sources_of
from strongroom_desktop.sources.nodes import Node, collection_of
from strongroom_desktop.wording import tr
from strongroom_engine.protocol import (
    Exclude,
    Failed,
    Include,
    Message,
    MoveSource,
    PauseIndexing,
    RemoveSource,
    RenameCollection,
    Rescan,
    RetryDocuments,
)


class Deeds(QObject):
    """`refused` says in a sentence why something was not done, `said` what was."""

    refused = Signal(str)
    said = Signal(str)

    def __init__(self, engine: Engine, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._engine = engine
        self._theme = theme
        self._widget = parent
        self._open: set[int] = set()
        engine.received.connect(self._on_event)

    # --- the index -------------------------------------------------------------------------------

    def rescan(self, node: Node) -> None:
        """Look for changes: in a collection's sources, in a source, in what holds a folder; a
        document is read again."""
        if node.kind == "document":
            self.retry([node.path])
            return
        self.rescan_paths(sources_of(node) or (enclosing(node),))

    def rescan_paths(self, paths: Iterable[str]) -> None:
        """Look for changes in these sources."""
        for path in paths:
            self._send(Rescan(path=path))

    def retry(self, paths: Sequence[str]) -> int:
        """Read documents again; the number is the request's."""
        return self._send(RetryDocuments(paths=tuple(paths)))

    def pause(self, paused: bool) -> None:
        self._send(PauseIndexing(paused=paused))

    def exclude(self, nodes: Iterable[Node]) -> None:
        """Leave folders and documents out of their source."""
        for node in nodes:
            self.exclude_path(enclosing(node), node.path)

    def exclude_path(self, source: str, path: str) -> None:
        self._send(Exclude(source=source, pattern=path))
        name = file_name(path)
        self.said.emit(
            tr("“{name}” is left out. The page of its collection takes it back.", name=name)
        )

    def include(self, source: str, pattern: str) -> None:
        self._send(Include(source=source, pattern=pattern))

    # --- collections and sources -----------------------------------------------------------------

    def rename(self, node: Node, name: str, taken: Collection[str] = ()) -> None:
        """Give a collection another name. Where one of the name is there (`taken`), the two are put
        together: that is asked before."""

        def go() -> None:
            self._send(RenameCollection(name=old, new_name=name))

        old = node.name
        if name not in taken:
            go()
            return
        text = tr(
            "There is a collection of this name already. The sources of “{old}” are put into it.",
            old=old,
        )
        confirm(
            self._widget,
            self._theme,
            name,
            text,
            action=tr("Put together"),
            then=go,
        )

    def move(self, paths: Iterable[str], collection: str) -> None:
        for path in paths:
            self._send(MoveSource(path=path, collection=collection))

    def remove(self, node: Node) -> None:
        """Ask, then take a collection or a source out of the library."""
        paths = sources_of(node)
        if paths:
            self.ask_to_remove(node.name, paths)

    def ask_to_remove(self, name: str, paths: Iterable[str]) -> None:
        confirm(
            self._widget,
            self._theme,
            name,
            tr("Remove from the library? The file itself is not touched."),
            action=tr("Remove"),
            then=lambda: self.remove_paths(paths),
        )

    def remove_paths(self, paths: Iterable[str]) -> None:
        for path in paths:
            self._send(RemoveSource(path=path))

    # --- answers ---------------------------------------------------------------------------------

    def _send(self, message: Message) -> int:
        number = self._engine.send(message)
        self._open.add(number)
        return number

    def _on_event(self, event: object) -> None:
        number = getattr(event, "id", 0)
        if number not in self._open:
            return
        if isinstance(event, Failed) and needs_words(event):
            self.refused.emit(str(event.error))
        if not self._engine.is_open(number):
            self._open.discard(number)


def enclosing(node: Node) -> str:
    """The path of the source that holds a folder or a document."""
    if node.record is not None:
        return node.record.source
    top = collection_of(node)
    inside = (
        source.path for source in (top.sources if top else ()) if lies_in(source.path, node.path)
    )
    return max(inside, key=len, default="")
