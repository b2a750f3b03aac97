"""Ten thousand documents in the tree: the window has its turn all the while.

Turns are measured in the processor time of this thread, against work measured the same way in the
same run: how busy or slow the machine is does not matter.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEventLoop, QModelIndex, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from strongroom_desktop.client import Engine
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.selection import Selection
from strongroom_desktop.sources.nodes import Node, grow
from strongroom_desktop.sources.sidebar import Sidebar
from strongroom_engine.protocol import Documents
from strongroom_engine.types import DocumentRecord, Source, State

COUNT = 10_000
PART = 500
"""Documents in one event, as the engine sends them."""
PATIENCE_S = 60
FOLDERS = 9
SHARE = 0.75


def record(number: int, state: State = State.INDEXED) -> DocumentRecord:
    path = f"/a/{number % FOLDERS}/Document {number:05d}, signed 2023-06-14.pdf"
    return DocumentRecord(path, "/a", "A", state, title=f"Title of {number}", mtime_ns=number)


RECORDS = tuple(record(number) for number in range(COUNT))


class Turns:
    """Runs the event loop turn by turn and keeps what the longest took, in processor seconds."""

    def __init__(self) -> None:
        self.longest_s = 0.0

    def run(self, work: Callable[[], object]) -> None:
        """A turn in which something happens: a key, a click, an event of the engine."""
        began = time.thread_time()
        work()
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        self.longest_s = max(self.longest_s, time.thread_time() - began)

    def until(self, done: Callable[[], bool]) -> None:
        """Turn after turn, until something is so."""
        give_up = time.monotonic() + PATIENCE_S
        while not done():
            assert time.monotonic() < give_up
            self.run(lambda: None)


@pytest.fixture(autouse=True)
def only_the_window_s_own() -> Iterator[None]:
    """What the test run itself holds is not looked through for garbage in the window's turns."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


def reference_s() -> float:
    """Most of what it takes to make the tree's nodes in one go, before Qt has seen one of them. A
    turn that does a tenth of the work stays far below it, one that does all of it far above."""
    began = time.thread_time()
    for _ in grow(Node("collection", "A", sources=(Source("/a", "A", {}),)), RECORDS):
        pass
    return (time.thread_time() - began) * SHARE


@pytest.fixture
def sidebar(engine: Engine, selection: Selection, theme: Theme, qtbot: QtBot) -> Sidebar:
    """A sidebar that shows one collection of ten thousand; its engine is quiet."""
    sidebar = Sidebar(engine, selection, theme)
    qtbot.addWidget(sidebar)
    sidebar.resize(280, 900)
    sidebar.show()
    qtbot.waitUntil(lambda: bool(sidebar.model.collections), timeout=PATIENCE_S * 1_000)
    engine.received.disconnect(sidebar._on_event)
    sidebar.model.wanted.disconnect()
    sidebar.model.set_sources([Source("/a", "A", {State.INDEXED.value: COUNT})])
    selection.set_collections(["A"])
    return sidebar


def feed(sidebar: Sidebar, turns: Turns, records: tuple[DocumentRecord, ...] = RECORDS) -> None:
    """The list comes in parts, as the engine's does; then the tree builds itself."""
    for start in range(0, len(records), PART):
        more = start + PART < len(records)
        part = Documents(id=9, source="/a", documents=records[start : start + PART], more=more)
        turns.run(partial(sidebar._on_event, part))
    turns.until(lambda: not sidebar.model._turn.isActive())


def first(sidebar: Sidebar) -> QModelIndex:
    return sidebar.model.index(0, 0)


def test_ten_thousand_documents_come_without_a_stall(sidebar: Sidebar) -> None:
    reference = reference_s()
    turns = Turns()
    turns.run(lambda: sidebar.tree.expand(first(sidebar)))
    feed(sidebar, turns)
    for row in range(FOLDERS):
        folder = sidebar.model.index(row, 0, first(sidebar))
        turns.run(partial(sidebar.tree.expand, folder))
    turns.run(sidebar.tree.scrollToBottom)
    assert (
        sum(sidebar.model.rowCount(sidebar.model.index(n, 0, first(sidebar))) for n in range(9))
        == COUNT
    )
    assert turns.longest_s < reference


def test_a_new_list_keeps_what_is_open_and_selected(sidebar: Sidebar) -> None:
    turns = Turns()
    sidebar.tree.expand(first(sidebar))
    feed(sidebar, turns)
    folder = sidebar.model.index(3, 0, first(sidebar))
    sidebar.tree.expand(folder)
    chosen = sidebar.model.index(700, 0, folder)
    name = chosen.data()
    sidebar.tree.setCurrentIndex(chosen)
    reference = reference_s()
    turns = Turns()
    changed = tuple(
        record(number, State.READABLE if number % 5 else State.FAILED)
        for number in range(COUNT + 500)
        if number % 97
    )
    feed(sidebar, turns, changed)
    assert turns.longest_s < reference
    assert sidebar.tree.isExpanded(sidebar.model.index(3, 0, first(sidebar)))
    assert [node.shown for node in sidebar.tree.selected()] == [name]
    assert sidebar.tree.currentIndex().data() == name


def test_finding_selecting_and_leaving_again(sidebar: Sidebar) -> None:
    turns = Turns()
    sidebar.tree.expand(first(sidebar))
    feed(sidebar, turns)
    folder = sidebar.model.index(0, 0, first(sidebar))
    sidebar.tree.expand(folder)
    reference = reference_s()
    turns = Turns()
    sidebar.find_document()
    for letter in "document 0999":
        turns.run(partial(QTest.keyClicks, sidebar.finder.field, letter))
    assert sidebar.finder.said() == "11 documents"
    assert sidebar.found.rowCount() == 11
    turns.run(sidebar.stop_finding)
    assert sidebar.tree.isVisible()
    assert sidebar.tree.isExpanded(folder)
    turns.run(
        lambda: QTest.keySequence(sidebar.tree, QKeySequence(QKeySequence.StandardKey.SelectAll))
    )
    assert len(sidebar.tree.selected()) > COUNT // FOLDERS
    turns.run(lambda: QTest.keyClick(sidebar.tree, Qt.Key.Key_End))
    assert turns.longest_s < reference
