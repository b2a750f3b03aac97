"""The sidebar: name, destinations, the tree of the library, and how to add to it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from strongroom_desktop.client import Engine
from strongroom_desktop.dialogs import confirm
from strongroom_desktop.latest import Latest
from strongroom_desktop.selection import Selection
from strongroom_desktop.sources.destinations import Destinations
from strongroom_desktop.sources.model import SourcesModel
from strongroom_desktop.sources.nodes import Node
from strongroom_desktop.sources.view import SourcesView
from strongroom_desktop.theme import Theme
from strongroom_desktop.widgets import Button, IconButton, dress, label, rule, set_margins
from strongroom_engine.protocol import (
    Changed,
    Documents,
    GetStatus,
    ListDocuments,
    ListSources,
    Progress,
    Ready,
    RemoveSource,
    Rescan,
    Sources,
    Status,
)
from strongroom_engine.types import DocumentRecord

PROGRESS_MS = 1_000
REFRESH_MS = 400
"""While the index changes, lists are asked for at most this often."""


ROWS_A_MS = 5
"""Long lists are asked for less often: a millisecond more for so many shown documents."""


class Sidebar(QWidget):
    """`destination_chosen` carries a key of `DESTINATIONS`, `collection_chosen` a name."""

    destination_chosen = Signal(str)
    collection_chosen = Signal(str)
    add_wanted = Signal()
    hide_wanted = Signal()

    def __init__(
        self, engine: Engine, selection: Selection, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._selection = selection
        self._theme = theme
        self._sources = Latest(engine)
        self._status = Latest(engine)
        self.model = SourcesModel(selection, self)
        self.tree = SourcesView(self.model, selection, theme)
        self.destinations = Destinations(theme)
        self._searched = label(face="small", tone="text_3")
        self._stale_documents = False
        self._parts: dict[int, list[DocumentRecord]] = {}
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._lay_out()
        self._connect()
        if engine.ready is not None:
            self.refresh()

    def show_current(self, key: str, collection: str = "") -> None:
        """Mark where one is: a destination, or the page of a collection."""
        self.destinations.show_current(key)
        place = self._selection.place
        self.tree.mark(collection or (place.file if place else ""))

    def refresh(self) -> None:
        """Ask for sources and counts anew."""
        self._sources.send(ListSources())
        self._status.send(GetStatus())

    def retranslate_searched(self) -> None:
        """'2 of 4 searched'."""
        every = len(self._selection.collections)
        chosen = len(self._selection.chosen)
        self._searched.setText(f"{chosen} of {every} searched" if every else "")

    # --- layout ----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.setObjectName("sidebar")
        dress(self, surface="chrome")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._make_head())
        layout.addWidget(self.destinations)
        layout.addSpacing(4)
        layout.addWidget(rule())
        layout.addWidget(self._make_sources_head())
        layout.addWidget(self.tree, 1)
        layout.addWidget(self._make_foot())

    def _make_head(self) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        set_margins(row, 18, 0, 8, 0)
        row.addWidget(label("Strongroom", "ui_strong"))
        row.addStretch(1)
        hide = IconButton(self._theme, "panel-left", "Hide the sidebar", keys="Ctrl+B")
        hide.clicked.connect(self.hide_wanted)
        row.addWidget(hide)
        self._theme.changed.connect(lambda: head.setFixedHeight(self._theme.control("header")))
        head.setFixedHeight(self._theme.control("header"))
        return head

    def _make_sources_head(self) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        set_margins(row, 18, 6, 8, 2)
        row.setSpacing(2)
        row.addWidget(label("Sources", "small_strong", "text_2"))
        row.addStretch(1)
        row.addWidget(self._searched)
        add = IconButton(self._theme, "plus", "Add a folder", keys="Ctrl+O")
        add.clicked.connect(self.add_wanted)
        row.addWidget(add)
        return head

    def _make_foot(self) -> QWidget:
        foot = QWidget()
        row = QHBoxLayout(foot)
        set_margins(row, 6, 4, 8, 4)
        hint = Button(
            self._theme, "Drop files or folders anywhere", "hint", icon="file-input", role="text_3"
        )
        hint.setToolTip("Or choose a folder: Ctrl+O")
        hint.clicked.connect(self.add_wanted)
        row.addWidget(hint)
        row.addStretch(1)
        return foot

    # --- connections -----------------------------------------------------------------------------

    def _connect(self) -> None:
        self._engine.received.connect(self._on_event)
        self._engine.died.connect(self._parts.clear)
        self._refresh.timeout.connect(self._on_refresh)
        self._selection.scope_changed.connect(self.retranslate_searched)
        self.model.wanted.connect(lambda path: self._engine.send(ListDocuments(source=path)))
        self.destinations.chosen.connect(self.destination_chosen)
        self.tree.collection_chosen.connect(self.collection_chosen)
        self.tree.menu_wanted.connect(self._show_menu)
        self.tree.remove_wanted.connect(self._remove)

    def _on_event(self, event: object) -> None:
        match event:
            case Ready():
                self.refresh()
                self.model.refresh()
            case Changed():
                self._stale_documents |= event.documents
                if not self._refresh.isActive():
                    self._refresh.start(REFRESH_MS + self.model.shown_count() // ROWS_A_MS)
            case Sources() if self._sources.wants(event):
                self.model.set_sources(event.sources)
                names = sorted({source.collection for source in event.sources}, key=str.casefold)
                self._selection.set_collections(names)
            case Documents() if event.source:
                self._on_documents(event)
            case Status() if self._status.wants(event) and event.status is not None:
                self.destinations.set_count("problems", len(event.status.problems))
            case Progress():
                self.model.set_reading(event.progress.what if event.progress else "")
                if not self._refresh.isActive():  # the counts go on without a change, too
                    self._refresh.start(PROGRESS_MS)
            case _:
                pass

    def _on_documents(self, event: Documents) -> None:
        """Long lists come in parts; the last one of them makes the list whole."""
        self._parts.setdefault(event.id, []).extend(event.documents)
        if not event.more:
            self.model.set_documents(event.source, tuple(self._parts.pop(event.id)))

    def _on_refresh(self) -> None:
        self.refresh()
        if self._stale_documents:
            self._stale_documents = False
            self.model.refresh()

    # --- what can be done with a row -------------------------------------------------------------

    def menu_for(self, node: Node) -> QMenu:
        """The context menu of a row."""
        menu = QMenu(self)
        if node.kind == "collection":
            self._add_action(menu, "Show progress", lambda: self.collection_chosen.emit(node.name))
        if node.kind in ("collection", "folder"):
            self._add_action(menu, "Look for changes", lambda: self._rescan(node))
        removable = self._removable(node)
        if removable:
            menu.addSeparator()
            self._add_action(menu, "Remove from the library…", lambda: self._remove(node))
        return menu

    def _add_action(self, menu: QMenu, text: str, then: object) -> None:
        action = QAction(text, menu)
        action.triggered.connect(then)
        menu.addAction(action)

    def _show_menu(self, node: Node, at: QPoint) -> None:
        menu = self.menu_for(node)
        if not menu.isEmpty():
            menu.popup(at)

    def _rescan(self, node: Node) -> None:
        for path in [source.path for source in node.sources] or [node.path]:
            self._engine.send(Rescan(path=path))

    def _removable(self, node: Node) -> list[str]:
        """The sources that removing this row would remove."""
        if node.kind == "collection":
            return [source.path for source in node.sources]
        top = node.parent
        while top is not None and top.kind not in ("collection", "root"):
            top = top.parent
        sources = top.sources if top else ()
        return [source.path for source in sources if source.path == node.path]

    def _remove(self, node: Node) -> None:
        paths = self._removable(node)
        if paths:
            confirm(
                self,
                self._theme,
                node.name,
                "Remove from the library? The file itself is not touched.",
                action="Remove",
                then=lambda: self._send_remove(paths),
            )

    def _send_remove(self, paths: list[str]) -> None:
        for path in paths:
            self._engine.send(RemoveSource(path=path))
