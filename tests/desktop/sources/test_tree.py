"""The tree as text: what is in the library, row by row."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from strongroom_desktop.client import Engine
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.selection import Selection
from strongroom_desktop.sources.model import SourcesModel
from strongroom_desktop.sources.sidebar import Sidebar
from strongroom_desktop.sources.view import SourcesView
from strongroom_engine.protocol import Progress, Sources
from strongroom_engine.types import DocumentRecord, Source, State
from strongroom_engine.types import Progress as Counted

PATIENCE_MS = 20_000
INDEXED = State.INDEXED


def record(path: str, source: str = "/a", state: State = INDEXED, **more: str) -> DocumentRecord:
    return DocumentRecord(path, source, "A", state, **more)  # type: ignore[arg-type]  # texts only


def source(path: str = "/a", collection: str = "A", **counts: int) -> Source:
    return Source(path, collection, dict.fromkeys(State, 0) | counts)


def rows(model: SourcesModel, parent: QModelIndex | None = None, depth: int = 0) -> list[str]:
    """The tree that has been fetched, two spaces a level."""
    parent = parent or QModelIndex()
    found = []
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        found.append("  " * depth + str(index.data()))
        found += rows(model, index, depth + 1)
    return found


@pytest.fixture
def model(qtbot: QtBot, selection: Selection) -> SourcesModel:
    model = SourcesModel(selection)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    tester.setUseFetchMore(False)  # what is asked for is a matter of these tests
    tester.setParent(model)
    return model


def open_all(model: SourcesModel, parent: QModelIndex | None = None) -> None:
    parent = parent or QModelIndex()
    if model.canFetchMore(parent):
        model.fetchMore(parent)
    for row in range(model.rowCount(parent)):
        open_all(model, model.index(row, 0, parent))


def settle(model: SourcesModel, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not model._turn.isActive(), timeout=PATIENCE_MS)


def test_documents_are_asked_for_when_a_collection_is_opened(
    model: SourcesModel, qtbot: QtBot
) -> None:
    wanted: list[str] = []
    model.wanted.connect(wanted.append)
    model.set_sources([source(indexed=2), source("/b", "B", indexed=1)])
    assert rows(model) == ["A", "B"]
    assert wanted == []
    model.fetchMore(model.index(0, 0))
    assert wanted == ["/a"]
    model.set_documents("/a", (record("/a/x/two.pdf"), record("/a/one.pdf")))
    settle(model, qtbot)
    open_all(model)
    assert rows(model) == ["A", "  x", "    two", "  one", "B"]


def test_a_collection_of_two_folders_shows_both(model: SourcesModel, qtbot: QtBot) -> None:
    model.set_sources([source("/p/left", "A", indexed=1), source("/p/right", "A", indexed=1)])
    open_all(model)
    model.set_documents("/p/left", (record("/p/left/l.pdf", "/p/left"),))
    model.set_documents("/p/right", (record("/p/right/deep/er/r.pdf", "/p/right"),))
    settle(model, qtbot)
    open_all(model)
    assert rows(model) == ["A", "  left", "    l", "  right", "    deep", "      er", "        r"]


def test_figures_in_names_are_in_their_order(model: SourcesModel, qtbot: QtBot) -> None:
    model.set_sources([source(indexed=4)])
    open_all(model)
    files = ("Annex 10.pdf", "annex 2.pdf", "Annex 1.pdf", "Minutes 2023-06-14.pdf")
    model.set_documents("/a", tuple(record(f"/a/{file}") for file in files))
    settle(model, qtbot)
    assert rows(model)[1:] == ["  Annex 1", "  annex 2", "  Annex 10", "  Minutes 2023-06-14"]


def test_a_source_that_is_a_file(model: SourcesModel, qtbot: QtBot) -> None:
    model.set_sources([source("/p/only.pdf", "only.pdf", indexed=1)])
    open_all(model)
    model.set_documents("/p/only.pdf", (record("/p/only.pdf", "/p/only.pdf"),))
    settle(model, qtbot)
    assert rows(model) == ["only.pdf", "  only"]


def test_a_new_list_changes_only_what_is_different(model: SourcesModel, qtbot: QtBot) -> None:
    model.set_sources([source(indexed=3)])
    open_all(model)
    model.set_documents("/a", tuple(record(f"/a/{name}.pdf") for name in "bcd"))
    settle(model, qtbot)
    inserted: list[str] = []
    removed: list[int] = []
    model.rowsInserted.connect(lambda _p, first, last: inserted.append(f"{first}-{last}"))
    model.rowsRemoved.connect(lambda _p, first, _last: removed.append(first))
    kept = model.index(2, 0, model.index(0, 0)).internalPointer()
    model.set_documents("/a", tuple(record(f"/a/{name}.pdf") for name in "adef"))
    settle(model, qtbot)
    assert rows(model) == ["A", "  a", "  d", "  e", "  f"]
    assert removed == [0]  # two neighbours in one go
    assert inserted == ["0-0", "2-3"]
    assert model.index(1, 0, model.index(0, 0)).internalPointer() is kept


def test_a_collection_goes_with_its_source(model: SourcesModel) -> None:
    model.set_sources([source(), source("/b", "B")])
    model.set_sources([source("/b", "B")])
    assert rows(model) == ["B"]


def test_ten_thousand_documents_come_in_slices(model: SourcesModel, qtbot: QtBot) -> None:
    """The list is worked on for a slice, then the window has its turn."""
    model.set_sources([source(indexed=10_000)])
    open_all(model)
    records = tuple(record(f"/a/{number % 9}/{number:05d}.pdf") for number in range(10_000))
    model.set_documents("/a", records)
    assert model._turn.isActive()
    assert rows(model) == ["A"]
    settle(model, qtbot)
    assert model.rowCount(model.index(0, 0)) == 9
    assert model.index(0, 0, model.index(0, 0)).data() == "0"


def test_the_tooltip_tells_the_whole_name_and_the_reason(model: SourcesModel, qtbot: QtBot) -> None:
    model.set_sources([source(skipped=1)])
    open_all(model)
    locked = record(
        "/a/Licence.pdf", state=State.SKIPPED, code="needs-password", reason="It is protected."
    )
    model.set_documents("/a", (locked,))
    settle(model, qtbot)
    index = model.index(0, 0, model.index(0, 0))
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "Licence.pdf\nIt is protected."
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Licence.pdf, It is protected."


def test_the_check_box_is_the_scope(model: SourcesModel, selection: Selection) -> None:
    model.set_sources([source(), source("/b", "B")])
    selection.set_collections(["A", "B"])
    index = model.index(0, 0)
    assert index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    model.setData(index, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert selection.scope == ("B",)
    assert index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked
    model.setData(model.index(1, 0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert not selection.scope  # nothing to search would be no scope: all are


# --- with mouse and keyboard ---------------------------------------------------------------------


@pytest.fixture
def view(model: SourcesModel, selection: Selection, theme: Theme, qtbot: QtBot) -> SourcesView:
    view = SourcesView(model, selection, theme)
    qtbot.addWidget(view)
    view.resize(280, 400)
    view.show()
    model.set_sources([source(indexed=1), source("/b", "B", indexed=1)])
    selection.set_collections(["A", "B"])
    view.expand(model.index(0, 0))
    model.set_documents("/a", (record("/a/Lease of 2019.pdf"),))
    settle(model, qtbot)
    return view


def press(view: SourcesView, x: int, index: QModelIndex) -> None:
    at = QPoint(x, view.visualRect(index).center().y())
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_a_click_opens_a_document(view: SourcesView, selection: Selection) -> None:
    document = view.model().index(0, 0, view.model().index(0, 0))
    press(view, 120, document)
    assert selection.place is not None
    assert selection.place.file == "/a/Lease of 2019.pdf"


def test_a_click_on_the_chevron_folds_and_opens_nothing(
    view: SourcesView, selection: Selection
) -> None:
    first = view.model().index(0, 0)
    press(view, 18, first)
    assert not view.isExpanded(first)
    assert selection.place is None


def test_a_click_on_the_check_box_changes_the_scope(
    view: SourcesView, selection: Selection
) -> None:
    press(view, 38, view.model().index(1, 0))
    assert selection.scope == ("A",)


def test_a_click_on_a_collection_opens_its_page(view: SourcesView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.collection_chosen) as chosen:
        press(view, 120, view.model().index(1, 0))
    assert chosen.args == ["B"]
    assert view.isExpanded(view.model().index(1, 0))


def test_keys_walk_open_and_choose(view: SourcesView, selection: Selection) -> None:
    view.setCurrentIndex(view.model().index(0, 0))
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert selection.scope == ("B",)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.currentIndex().data() == "Lease of 2019"
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert selection.place is not None
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.currentIndex().data() == "A"


def test_rows_have_one_height(view: SourcesView, theme: Theme) -> None:
    first = view.model().index(0, 0)
    assert view.uniformRowHeights()
    assert view.visualRect(first).height() == theme.control("row")
    assert view.visualRect(view.model().index(0, 0, first)).height() == theme.control("row")


# --- on the engine -------------------------------------------------------------------------------


@pytest.fixture
def sidebar(engine: Engine, selection: Selection, theme: Theme, qtbot: QtBot) -> Sidebar:
    sidebar = Sidebar(engine, selection, theme)
    qtbot.addWidget(sidebar)
    sidebar.resize(280, 600)
    sidebar.show()
    qtbot.waitUntil(lambda: bool(rows(sidebar.model)), timeout=PATIENCE_MS)
    return sidebar


def test_the_sidebar_shows_the_library(
    sidebar: Sidebar, selection: Selection, qtbot: QtBot
) -> None:
    assert rows(sidebar.model) == [
        "Holt, 14 Harbour Street",
        "Property precedents",
        "Quayside litigation 2022",
    ]
    assert len(selection.collections) == 3
    assert sidebar.sources_head.searched.text() == "3 of 3 searched"
    sidebar.tree.expand(sidebar.model.index(0, 0))
    first = sidebar.model.index(0, 0)
    qtbot.waitUntil(lambda: sidebar.model.rowCount(first) == 5, timeout=PATIENCE_MS)
    assert [sidebar.model.index(row, 0, first).data() for row in range(5)] == [
        "Correspondence 2019-2025",
        "Lease and deeds",
        "Service charge",
        "Surveyor and dilapidations",
        "Notes on the break right",
    ]


def test_counts_follow_the_progress(sidebar: Sidebar, engine: Engine, qtbot: QtBot) -> None:
    """Embedding changes no list of documents; the counts are asked for all the same."""
    qtbot.waitUntil(lambda: sidebar.model.rowCount() > 0, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not sidebar._refresh.isActive(), timeout=PATIENCE_MS)
    seen: list[object] = []
    engine.received.emit(Progress(progress=Counted(1, 2, "a.pdf")))
    engine.received.connect(seen.append)
    qtbot.waitUntil(lambda: any(isinstance(event, Sources) for event in seen), timeout=PATIENCE_MS)


def test_problems_are_counted(sidebar: Sidebar, qtbot: QtBot) -> None:
    row = sidebar.destinations._rows["problems"]
    qtbot.waitUntil(lambda: row.accessibleName() == "Problems, 4", timeout=PATIENCE_MS)


def test_removing_asks_first(sidebar: Sidebar, engine: Engine, qtbot: QtBot) -> None:
    sidebar.show()
    node = sidebar.model.node(sidebar.model.index(0, 0))
    texts = [action.text() for action in sidebar.menu_for(node).actions() if action.text()]
    assert texts[-1] == "Remove from the library…"
    sidebar.tree.remove_wanted.emit(node)
    (sheet,) = [child for child in sidebar.findChildren(QDialog) if child.isVisible()]
    assert "The file itself is not touched." in _texts(sheet)
    sheet.accept()
    qtbot.waitUntil(lambda: len(rows(sidebar.model)) == 2, timeout=PATIENCE_MS)


def _texts(widget: QWidget) -> str:
    return "\n".join(child.text() for child in widget.findChildren(QLabel))
