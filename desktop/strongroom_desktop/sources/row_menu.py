"""The context menu of the tree: of one row, or of several documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from strongroom_desktop.outside import copy_paths, show_in_folder, words_to_show
from strongroom_desktop.passwords import NEEDS_PASSWORD
from strongroom_desktop.selection import Place, Selection
from strongroom_desktop.sources.deeds import Deeds
from strongroom_desktop.sources.node_model import NodeModel, sources_of
from strongroom_desktop.sources.nodes import Node, collection_of, records_beneath, share_done
from strongroom_desktop.sources.words import away
from strongroom_desktop.wording import plural, tr
from strongroom_engine.types import State

Then = Callable[[], object]
_READ = (State.INDEXED, State.READABLE)
_UNREAD = (State.SKIPPED, State.FAILED)


class RowMenus(QObject):
    """Makes the menus. `ask_about` carries paths of documents and what is to be done with them: a
    `Task` of the engine."""

    ask_about = Signal(list, str)
    page_wanted = Signal(str)
    rename_wanted = Signal(object)
    report_wanted = Signal(str)
    password_wanted = Signal(tuple, tuple)
    choose_wanted = Signal(str, str)
    """'folder' or 'files', and the collection that they go to."""

    def __init__(
        self, model: NodeModel, selection: Selection, deeds: Deeds, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._widget = parent
        self._model = model
        self._selection = selection
        self._deeds = deeds

    def menu_for(self, node: Node, selected: Sequence[Node] = ()) -> QMenu:
        """The menu of a row, or of all selected rows where it is one of several."""
        menu = QMenu(self._widget)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if len(selected) > 1 and node in selected:
            self._fill_several(menu, selected)
        elif node.kind == "collection":
            self._fill_collection(menu, node)
        else:
            self._fill_one(menu, node)
        return menu

    # --- the three kinds -------------------------------------------------------------------------

    def _fill_collection(self, menu: QMenu, node: Node) -> None:
        add = self._add
        add(menu, tr("Open"), lambda: self.page_wanted.emit(node.name), "Return")
        menu.addSeparator()
        add(menu, tr("Search only this"), lambda: self._selection.set_scope([node.name]))
        all_ = add(menu, tr("Search all collections"), lambda: self._selection.set_scope(()))
        all_.setEnabled(bool(self._selection.scope))
        menu.addSeparator()
        add(menu, tr("Add a folder…"), lambda: self.choose_wanted.emit("folder", node.name))
        add(menu, tr("Add files…"), lambda: self.choose_wanted.emit("files", node.name))
        menu.addSeparator()
        add(menu, tr("Look for changes"), lambda: self._deeds.rescan(node), "F5")
        if share_done(node.sources) is not None:
            self._add_pause(menu)
        add(menu, tr("Rename"), lambda: self.rename_wanted.emit(node), "F2")
        self._add_moves(menu, node)
        self._add_remove(menu, node)

    def _fill_one(self, menu: QMenu, node: Node) -> None:
        add = self._add
        if node.record is not None:
            place = Place(node.path, title=node.name)
            add(menu, tr("Open"), lambda: self._selection.open(place), "Return")
            add(menu, tr("How it was read"), lambda: self.report_wanted.emit(node.path), "Ctrl+I")
        self._add_password(menu, [node])
        self._add_questions(menu, [node])
        menu.addSeparator()
        again = tr("Read again") if node.kind == "document" else tr("Look for changes")
        if sources_of(node) and away(node):
            again = tr("Look again")
        add(menu, again, lambda: self._deeds.rescan(node), "F5")
        add(menu, words_to_show(node.path), lambda: show_in_folder(node.path))
        add(menu, tr("Copy path"), lambda: copy_paths([node.path]))
        menu.addSeparator()
        if sources_of(node):
            self._add_moves(menu, node)
            self._add_remove(menu, node)
        else:
            add(menu, tr("Leave out of the library"), lambda: self._deeds.exclude([node]))

    def _fill_several(self, menu: QMenu, nodes: Sequence[Node]) -> None:
        add = self._add
        self._add_questions(menu, nodes)
        menu.addSeparator()
        unread = [
            record.path for node in nodes for record in records_beneath(node)
            if record.state in _UNREAD
        ]  # fmt: skip
        if unread:
            text = plural(len(unread), "Read {n} document again", "Read {n} documents again")
            add(menu, text, lambda: self._deeds.retry(unread))
        paths = [path for node in nodes for path in sources_of(node) or (node.path,)]
        add(menu, tr("Copy paths"), lambda: copy_paths(paths))
        within = [node for node in nodes if not sources_of(node)]
        if len(within) == len(nodes):
            add(menu, tr("Leave out of the library"), lambda: self._deeds.exclude(within))

    def _add_password(self, menu: QMenu, nodes: Sequence[Node]) -> None:
        """Where something in these rows needs one."""
        locked = tuple(
            record for node in nodes for record in records_beneath(node)
            if record.code == NEEDS_PASSWORD
        )  # fmt: skip
        if locked:
            wanted = self.password_wanted
            self._add(menu, tr("Enter password…"), lambda: wanted.emit(locked, locked))

    # --- their parts -----------------------------------------------------------------------------

    def _add_questions(self, menu: QMenu, nodes: Sequence[Node]) -> None:
        """Ask about, summarise, compare: what was read of these rows."""
        read = [
            record.path for node in nodes for record in records_beneath(node)
            if record.state in _READ
        ]  # fmt: skip
        if not read:
            return
        menu.addSeparator()
        ask, one = self.ask_about.emit, len(nodes) == 1
        if one and nodes[0].kind == "folder":
            about = tr("Ask about this folder")
        elif one and nodes[0].children:
            about = tr("Ask about it and all in it")
        elif one:
            about = tr("Ask about this document")
        else:
            about = plural(len(read), "Ask about {n} document", "Ask about {n} documents")
        self._add(menu, about, lambda: ask(read, "answer"))
        self._add(menu, tr("Summarise"), lambda: ask(read, "summary"))
        if len(read) == 2 and not one:
            self._add(menu, tr("Compare the two"), lambda: ask(read, "compare"))

    def _add_pause(self, menu: QMenu) -> None:
        paused = self._model.paused
        text = tr("Go on with indexing") if paused else tr("Pause indexing")
        self._add(menu, text, lambda: self._deeds.pause(not paused))

    def _add_moves(self, menu: QMenu, node: Node) -> None:
        """'Move to': the other collections, and a new one."""
        paths = list(sources_of(node))
        top = collection_of(node)
        targets = QMenu(tr("Move to"), menu)
        for name in self._selection.collections:
            if top is None or name != top.name:
                self._add(targets, _text(name), partial(self._deeds.move, paths, name))
        targets.addSeparator()
        name = _new_name(node.name, self._selection.collections)
        new = self._add(targets, tr("New collection"), lambda: self._deeds.move(paths, name))
        new.setEnabled(top is not None and len(paths) < len(top.sources))
        menu.addMenu(targets)

    def _add_remove(self, menu: QMenu, node: Node) -> None:
        menu.addSeparator()
        self._add(menu, tr("Remove from the library…"), lambda: self._deeds.remove(node), "Del")

    def _add(self, menu: QMenu, text: str, then: Then, keys: str = "") -> QAction:
        action = menu.addAction(text)
        action.triggered.connect(lambda _on=False: then())
        if keys:  # shown only: the tree has them
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.setShortcutVisibleInContextMenu(True)
        return action


def _new_name(name: str, taken: Sequence[str]) -> str:
    """The name for a collection of its own: the source's, with a figure where there is one."""
    made, figure = name, 2
    while made in taken:
        made, figure = f"{name} {figure}", figure + 1
    return made


def _text(name: str) -> str:
    """A name as a menu shows it: '&' is no key."""
    return name.replace("&", "&&")
