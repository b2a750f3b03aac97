"""The sidebar: name, destinations, the tree of the library, and how to add to it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from strongroom_desktop.absence import absence
from strongroom_desktop.client import Engine
from strongroom_desktop.files import is_photo
from strongroom_desktop.latest import Latest
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.selection import Selection
from strongroom_desktop.sources import words
from strongroom_desktop.sources.deeds import Deeds
from strongroom_desktop.sources.destinations import Destinations
from strongroom_desktop.sources.finder import Finder
from strongroom_desktop.sources.found import FoundModel
from strongroom_desktop.sources.heads import DropHint, ProgramHead, SourcesHead
from strongroom_desktop.sources.model import SourcesModel
from strongroom_desktop.sources.nodes import Node, collection_of
from strongroom_desktop.sources.row_menu import RowMenus
from strongroom_desktop.sources.view import SourcesView
from strongroom_desktop.widgets import dress, rule
from strongroom_engine.protocol import (
    Changed,
    Documents,
    GetIndexing,
    GetStatus,
    Indexing,
    ListDocuments,
    ListSources,
    Progress,
    Ready,
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
    """`destination_chosen` carries a key of `destinations()`, 'models' or 'settings'."""

    destination_chosen = Signal(str)
    collection_chosen = Signal(str)
    """The name of the collection whose page is wanted."""
    hide_wanted = Signal()
    add_wanted = Signal()
    choose_wanted = Signal(str, str)
    """'folder' or 'files' are to be chosen; the collection they go to, '' for one of their own."""
    paste_wanted = Signal(str)
    """The path on the clipboard is to be added; to this collection, or to one of its own."""
    paths_dropped = Signal(list, str)
    """Files and folders from outside, and the collection that they were dropped on, or ''."""
    ask_about = Signal(list, str)
    """Paths of documents, and the engine's `Task` for them."""
    resting_changed = Signal(str)
    """Why indexing rests or goes slowly, in a sentence; '' when it does neither."""
    report_wanted = Signal(str)
    password_wanted = Signal(tuple, tuple)
    refused = Signal(str)
    said = Signal(str)

    def __init__(
        self, engine: Engine, selection: Selection, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._selection = selection
        self._theme = theme
        self._sources = Latest(engine)
        self._status = Latest(engine)
        self._indexing = Latest(engine)
        self.head = ProgramHead(theme)
        self.destinations = Destinations(theme)
        self.sources_head = SourcesHead(selection, theme)
        self.finder = Finder(theme)
        self.hint = DropHint(theme)
        self.model = SourcesModel(selection, self)
        self.tree = SourcesView(self.model, selection, theme)
        self.found = FoundModel(self.model, selection, self)
        self.found_list = SourcesView(self.found, selection, theme, flat=True)
        self.deeds = Deeds(engine, theme, self)
        self.menus = RowMenus(self.model, selection, self.deeds, self)
        self._stale_documents = False
        self._parts: dict[int, list[DocumentRecord]] = {}
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._lay_out()
        self._connect()
        if engine.ready is not None:
            self.refresh()

    def show_current(self, key: str, collection: str = "") -> None:
        """Mark where one is: a destination, Models, Settings, or the page of a collection."""
        self.destinations.show_current(key)
        self.head.show_current(key)
        place = self._selection.place
        for view in (self.tree, self.found_list):
            view.mark(collection or (place.file if place else ""))

    @property
    def shown_list(self) -> SourcesView:
        """The tree, or the list of what was found in it."""
        shown = self._lists.currentWidget()
        return self.found_list if shown is self.found_list else self.tree

    def set_count(self, key: str, count: int) -> None:
        """The figure beside a destination; none for 0."""
        self.destinations.set_count(key, count)

    def refresh(self) -> None:
        """Ask for sources, counts and whether indexing rests."""
        self._sources.send(ListSources())
        self._status.send(GetStatus())
        self._indexing.send(GetIndexing())

    # --- layout ----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.setObjectName("sidebar")
        dress(self, surface="chrome")
        self._lists = QStackedWidget()
        self._lists.addWidget(self.tree)
        self._lists.addWidget(self.found_list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self.destinations)
        layout.addSpacing(4)
        layout.addWidget(rule())
        layout.addWidget(self.sources_head)
        layout.addWidget(self.finder)
        layout.addWidget(self._lists, 1)
        layout.addWidget(self.hint)

    # --- connections -----------------------------------------------------------------------------

    def _connect(self) -> None:
        self._engine.received.connect(self._on_event)
        self._engine.died.connect(self._parts.clear)
        self._refresh.timeout.connect(self._on_refresh)
        self.model.wanted.connect(lambda path: self._engine.send(ListDocuments(source=path)))
        self.model.documents_changed.connect(lambda _path: self._look())
        self.model.renamed.connect(self._rename)
        self.head.chosen.connect(self.destination_chosen)
        self.head.hide_wanted.connect(self.hide_wanted)
        self.destinations.chosen.connect(self.destination_chosen)
        self.sources_head.find_wanted.connect(self.find_document)
        self.sources_head.choose_wanted.connect(lambda kind: self.choose_wanted.emit(kind, ""))
        self.sources_head.paste_wanted.connect(lambda: self.paste_wanted.emit(""))
        self.hint.add_wanted.connect(self.add_wanted)
        self.finder.typed.connect(self._look)
        self.finder.left.connect(self.stop_finding)
        self.finder.entered.connect(self._enter_found)
        self.menus.ask_about.connect(self.ask_about)
        self.menus.page_wanted.connect(self.collection_chosen)
        self.menus.rename_wanted.connect(self.tree.rename)
        self.menus.choose_wanted.connect(self.choose_wanted)
        self.menus.report_wanted.connect(self.report_wanted)
        self.menus.password_wanted.connect(self.password_wanted)
        self.deeds.refused.connect(self.refused)
        self.deeds.said.connect(self.said)
        self.found_list.left_upwards.connect(self.finder.field.setFocus)
        for view in (self.tree, self.found_list):
            self._connect_view(view)

    def _connect_view(self, view: SourcesView) -> None:
        view.collection_chosen.connect(self.collection_chosen)
        view.menu_wanted.connect(lambda node, at: self._show_menu(view, node, at))
        view.remove_wanted.connect(self.deeds.remove)
        view.rescan_wanted.connect(self.deeds.rescan)
        view.find_wanted.connect(self.find_document)
        view.paste_wanted.connect(lambda: self.paste_wanted.emit(self._current_collection()))
        view.paths_dropped.connect(self.paths_dropped)
        view.sources_moved.connect(self.deeds.move)

    def _rename(self, node: Node, name: str) -> None:
        self.deeds.rename(node, name, self._selection.collections)

    def _current_collection(self) -> str:
        """The collection of the tree's current row, where a path that is pasted goes; '' where no
        row is selected."""
        selected = self.tree.selected()
        top = collection_of(selected[0]) if selected else None
        return top.name if top else ""

    def _show_menu(self, view: SourcesView, node: Node, at: QPoint) -> None:
        menu = self.menu_for(node, view)
        if not menu.isEmpty():
            menu.popup(at)

    def menu_for(self, node: Node, view: SourcesView | None = None) -> QMenu:
        """The context menu of a row."""
        return self.menus.menu_for(node, (view or self.tree).selected())

    # --- what the engine says --------------------------------------------------------------------

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
                self._on_sources(event)
            case Documents() if event.source:
                self._on_documents(event)
            case Status() if self._status.wants(event) and event.status is not None:
                wrong = sum(not is_photo(problem) for problem in event.status.problems)
                self.destinations.set_count("problems", wrong)
            case Indexing() if event.id == 0 or self._indexing.wants(event):
                self.model.set_paused(event.paused)
                self.resting_changed.emit(
                    words.resting_sentence(paused=event.paused, why=event.why)
                )
            case Progress():
                self.model.set_reading(event.progress.what if event.progress else "")
                if not self._refresh.isActive():  # the counts go on without a change, too
                    self._refresh.start(PROGRESS_MS)
            case _:
                pass

    def _on_sources(self, event: Sources) -> None:
        """A collection that was renamed stays searched, or not, as it was."""
        rows = {node: node.name for node in self.model.collections}
        out = {name for name in rows.values() if not self._selection.in_scope(name)}
        self.model.set_sources(event.sources)
        absence.note(event.sources)
        names = sorted({source.collection for source in event.sources}, key=str.casefold)
        renamed = [n.name for n, old in rows.items() if n.name != old and old in out]
        self._selection.set_collections(names)
        for name in renamed:
            self._selection.set_in_scope(name, False)

    def _on_documents(self, event: Documents) -> None:
        """Long lists come in parts; the last one of them makes the list whole."""
        self._parts.setdefault(event.id, []).extend(event.documents)
        if not event.more:
            self.model.set_documents(event.source, tuple(self._parts.pop(event.id)))

    def _on_refresh(self) -> None:
        self._sources.send(ListSources())
        self._status.send(GetStatus())
        if self._stale_documents:
            self._stale_documents = False
            self.model.refresh()

    # --- finding by name -------------------------------------------------------------------------

    def find_document(self) -> None:
        """Let the name of a document be typed."""
        self.finder.show()
        self.finder.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.finder.field.selectAll()
        self._look()

    def stop_finding(self) -> None:
        """Back to the tree, as it was left."""
        self.finder.field.clear()
        self.finder.hide()
        self._lists.setCurrentWidget(self.tree)
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look(self) -> None:
        text = self.finder.field.text() if self.finder.isVisibleTo(self) else ""
        if text.strip() or self.found.found:
            self.found.look_for(text)
        self.finder.say(self.found.found, self.found.rowCount())
        self._lists.setCurrentWidget(self.found_list if text.strip() else self.tree)

    def _enter_found(self) -> None:
        view = self.shown_list
        view.setFocus(Qt.FocusReason.OtherFocusReason)
        view.setCurrentIndex(view.model().index(0, 0))
