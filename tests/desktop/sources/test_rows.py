"""What can be done with rows: menus, renaming in place, moving, dropping, finding, asking."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFontMetrics, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from strongroom_desktop.client import Engine
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.selection import Selection
from strongroom_desktop.sources.eliding import elided
from strongroom_desktop.sources.node_model import MOVED
from strongroom_desktop.sources.nodes import Node, shown_name
from strongroom_desktop.sources.sidebar import Sidebar
from strongroom_engine.protocol import (
    Exclude,
    Indexing,
    Message,
    RenameCollection,
    Rescan,
    RetryDocuments,
)
from strongroom_engine.types import DocumentRecord, State

PATIENCE_MS = 20_000
HOLT, PRECEDENTS = "/papers/Holt", "/papers/Precedents"
HOLT_NAME = "Holt, 14 Harbour Street"


@pytest.fixture
def sidebar(engine: Engine, selection: Selection, theme: Theme, qtbot: QtBot) -> Sidebar:
    """The fake library with its first collection and one folder of it open."""
    sidebar = Sidebar(engine, selection, theme)
    qtbot.addWidget(sidebar)
    sidebar.resize(280, 900)
    sidebar.show()
    qtbot.waitUntil(lambda: len(sidebar.model.collections) == 3, timeout=PATIENCE_MS)
    sidebar.tree.expand(sidebar.model.index(0, 0))
    qtbot.waitUntil(lambda: sidebar.model.rowCount(sidebar.model.index(0, 0)) == 5, timeout=9_000)
    sidebar.tree.expand(folder(sidebar))
    QApplication.processEvents()
    return sidebar


def folder(sidebar: Sidebar) -> QModelIndex:
    """'Lease and deeds'."""
    return sidebar.model.index(1, 0, sidebar.model.index(0, 0))


def names(sidebar: Sidebar) -> list[str]:
    return [node.name for node in sidebar.model.collections]


def texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


def trigger(menu: QMenu, text: str) -> None:
    (action,) = (action for action in menu.actions() if action.text() == text)
    action.trigger()


def submenu(menu: QMenu, text: str) -> QMenu:
    (action,) = (action for action in menu.actions() if action.text() == text)
    found = action.menu()
    assert isinstance(found, QMenu)
    return found


def select(sidebar: Sidebar, *rows: int) -> list[Node]:
    """Select documents of the opened folder, with Ctrl as a user does."""
    found = []
    for number, row in enumerate(rows):
        index = sidebar.model.index(row, 0, folder(sidebar))
        at = sidebar.tree.visualRect(index).center()
        keys = Qt.KeyboardModifier.ControlModifier if number else Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(sidebar.tree.viewport(), Qt.MouseButton.LeftButton, keys, at)
        found.append(sidebar.model.node(index))
    return found


@pytest.fixture
def sent(sidebar: Sidebar, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> list[Message]:
    """What is asked of the engine from now on; it reaches it, too."""
    found: list[Message] = []
    send = engine.send

    def keep(message: Message) -> int:
        found.append(message)
        return send(message)

    monkeypatch.setattr(engine, "send", keep)
    return found


# --- scope ---------------------------------------------------------------------------------------


def test_only_this_and_all_again(sidebar: Sidebar, selection: Selection) -> None:
    trigger(sidebar.menu_for(sidebar.model.collections[1]), "Search only this")
    assert selection.chosen == ("Property precedents",)
    assert sidebar.sources_head.searched.text() == "1 of 3 searched"
    assert sidebar.sources_head.all.isVisible()
    sidebar.sources_head.all.click()
    assert selection.scope == ()
    assert not sidebar.sources_head.all.isVisible()


def test_alt_click_searches_only_this(sidebar: Sidebar, selection: Selection) -> None:
    index = sidebar.model.index(2, 0)
    at = sidebar.tree.visualRect(index).center()
    alt = Qt.KeyboardModifier.AltModifier
    QTest.mouseClick(sidebar.tree.viewport(), Qt.MouseButton.LeftButton, alt, at)
    assert selection.chosen == ("Quayside litigation 2022",)


# --- renaming and moving -------------------------------------------------------------------------


def test_a_collection_is_renamed_in_its_row(
    sidebar: Sidebar, selection: Selection, qtbot: QtBot
) -> None:
    selection.set_in_scope(HOLT_NAME, False)
    sidebar.tree.setCurrentIndex(sidebar.model.index(0, 0))
    kept = sidebar.model.collections[0]
    QTest.keyClick(sidebar.tree, Qt.Key.Key_F2)
    (editor,) = sidebar.tree.findChildren(QLineEdit)
    assert editor.text() == HOLT_NAME
    editor.setText("Zebra Street")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(sidebar)[-1] == "Zebra Street", timeout=PATIENCE_MS)
    assert sidebar.model.collections[2] is kept  # it stays open
    assert sidebar.tree.isExpanded(sidebar.model.index_of(kept))
    assert sidebar.tree.isExpanded(sidebar.model.index_of(kept.children[1]))
    assert not selection.in_scope("Zebra Street")


def test_two_collections_are_put_together_only_when_one_says_so(
    sidebar: Sidebar, sent: list[Message], qtbot: QtBot
) -> None:
    sidebar.model.setData(sidebar.model.index(1, 0), HOLT_NAME)
    (sheet,) = [child for child in sidebar.findChildren(QDialog) if child.isVisible()]
    assert sent == []
    sheet.accept()
    assert sent == [RenameCollection(name="Property precedents", new_name=HOLT_NAME)]
    qtbot.waitUntil(lambda: len(names(sidebar)) == 2, timeout=PATIENCE_MS)


def test_a_source_moves_by_its_menu(sidebar: Sidebar, qtbot: QtBot) -> None:
    menu = submenu(sidebar.menu_for(sidebar.model.collections[1]), "Move to")
    assert texts(menu)[:2] == [HOLT_NAME, "Quayside litigation 2022"]
    trigger(menu, HOLT_NAME)
    qtbot.waitUntil(
        lambda: names(sidebar) == [HOLT_NAME, "Quayside litigation 2022"], timeout=PATIENCE_MS
    )
    first = sidebar.model.index(0, 0)
    qtbot.waitUntil(lambda: sidebar.model.rowCount(first) == 2, timeout=PATIENCE_MS)
    assert [sidebar.model.index(n, 0, first).data() for n in (0, 1)] == ["Holt", "Precedents"]


def drop(sidebar: Sidebar, data: QMimeData, at: QPoint) -> QDropEvent:
    """Drag over the tree to a point, and let go there."""
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at, actions, data, left, none)
    QApplication.sendEvent(sidebar.tree.viewport(), enter)
    event = QDropEvent(QPointF(at), actions, data, left, none)
    event.ignore()
    QApplication.sendEvent(sidebar.tree.viewport(), event)
    return event


def test_a_source_is_dragged_to_another_collection(sidebar: Sidebar, qtbot: QtBot) -> None:
    data = sidebar.model.mimeData([sidebar.model.index(1, 0)])
    assert bytes(data.data(MOVED).data()) == PRECEDENTS.encode()
    assert not data.hasUrls()  # moving a source moves no file
    on = sidebar.tree.visualRect(folder(sidebar)).center()  # what is beneath stands for it
    assert drop(sidebar, data, on).isAccepted()
    qtbot.waitUntil(lambda: "Property precedents" not in names(sidebar), timeout=PATIENCE_MS)


def test_nothing_moves_to_where_it_is(sidebar: Sidebar, sent: list[Message]) -> None:
    data = sidebar.model.mimeData([sidebar.model.index(0, 0)])
    assert not drop(sidebar, data, sidebar.tree.visualRect(folder(sidebar)).center()).isAccepted()
    within = sidebar.model.mimeData([sidebar.model.index(0, 0, folder(sidebar))])
    second = sidebar.tree.visualRect(sidebar.model.index(1, 0)).center()
    assert not drop(sidebar, within, second).isAccepted()  # a document is no source
    assert sent == []


def test_files_dropped_on_a_collection_go_into_it(sidebar: Sidebar, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/new/one.pdf"), QUrl.fromLocalFile("/new/two.pdf")])
    second = sidebar.tree.visualRect(sidebar.model.index(1, 0)).center()
    with qtbot.waitSignal(sidebar.paths_dropped) as dropped:
        drop(sidebar, data, second)
    assert dropped.args == [["/new/one.pdf", "/new/two.pdf"], "Property precedents"]
    with qtbot.waitSignal(sidebar.paths_dropped) as dropped:
        drop(sidebar, data, QPoint(100, 850))  # beneath the rows: a collection of its own
    assert dropped.args[1] == ""


# --- asking about, leaving out, reading again ----------------------------------------------------


def test_two_documents_can_be_compared(sidebar: Sidebar, qtbot: QtBot) -> None:
    first, second = select(sidebar, 0, 1)
    menu = sidebar.menu_for(second)
    assert texts(menu)[:3] == ["Ask about 2 documents", "Summarise", "Compare the two"]
    with qtbot.waitSignal(sidebar.ask_about) as asked:
        trigger(menu, "Compare the two")
    assert asked.args == [[first.path, second.path], "compare"]


def test_what_was_not_read_is_not_asked_about(sidebar: Sidebar, qtbot: QtBot) -> None:
    node = sidebar.model.node(folder(sidebar))
    with qtbot.waitSignal(sidebar.ask_about) as asked:
        trigger(sidebar.menu_for(node), "Ask about this folder")
    paths, task = asked.args
    assert task == "answer"
    assert len(paths) == 4  # two of its six were skipped
    locked = next(each for each in node.children if each.name.startswith("Licence"))
    assert "Ask about this document" not in texts(sidebar.menu_for(locked))


def test_leaving_out_says_how_to_take_it_back(
    sidebar: Sidebar, sent: list[Message], qtbot: QtBot
) -> None:
    node = sidebar.model.node(folder(sidebar))
    with qtbot.waitSignal(sidebar.said) as said:
        trigger(sidebar.menu_for(node), "Leave out of the library")
    assert sent == [Exclude(source=HOLT, pattern=f"{HOLT}/Lease and deeds")]
    assert said.args == ["“Lease and deeds” is left out. The page of its collection takes it back."]


def test_f5_looks_at_the_row(sidebar: Sidebar, sent: list[Message]) -> None:
    sidebar.tree.setCurrentIndex(sidebar.model.index(1, 0))
    QTest.keyClick(sidebar.tree, Qt.Key.Key_F5)
    (document,) = select(sidebar, 0)
    QTest.keyClick(sidebar.tree, Qt.Key.Key_F5)
    assert sent == [Rescan(path=PRECEDENTS), RetryDocuments(paths=(document.path,))]


def test_pausing_shows_in_the_row_and_is_said(
    sidebar: Sidebar, engine: Engine, qtbot: QtBot
) -> None:
    node = sidebar.model.collections[0]
    with qtbot.waitSignal(sidebar.resting_changed) as resting:
        trigger(sidebar.menu_for(node), "Pause indexing")
    assert resting.args == ["Indexing is paused. It goes on when you say so."]
    assert "Indexing is paused." in sidebar.model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "Go on with indexing" in texts(sidebar.menu_for(node))
    said: list[str] = []
    sidebar.resting_changed.connect(said.append)
    for event in (Indexing(paused=True, why="battery"), Indexing(why="hours"), Indexing()):
        engine.received.emit(event)
    assert said == [
        "Indexing is paused while the computer runs on its battery.",
        "Indexing goes slowly during working hours.",
        "",
    ]


def test_a_path_is_pasted_into_the_collection_of_the_row(sidebar: Sidebar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(sidebar.paste_wanted) as pasted:
        QTest.keyClick(sidebar.tree, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert pasted.args == [""]
    select(sidebar, 0)
    with qtbot.waitSignal(sidebar.paste_wanted) as pasted:
        QTest.keyClick(sidebar.tree, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert pasted.args == [HOLT_NAME]


def test_paths_are_copied(sidebar: Sidebar) -> None:
    chosen = select(sidebar, 0, 2)
    trigger(sidebar.menu_for(chosen[0]), "Copy paths")
    assert QGuiApplication.clipboard().text().split("\n") == [node.path for node in chosen]


# --- finding by name -----------------------------------------------------------------------------


def test_a_document_of_a_collection_that_was_never_opened_is_found(
    sidebar: Sidebar, selection: Selection, qtbot: QtBot
) -> None:
    sidebar.tree.setFocus()
    QTest.keyClick(sidebar.tree, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(sidebar.finder.field, "document 0042")
    qtbot.waitUntil(lambda: sidebar.found.rowCount() == 2, timeout=PATIENCE_MS)
    assert sidebar.finder.said() == "2 documents"
    QTest.keyClick(sidebar.finder.field, Qt.Key.Key_Down)
    QTest.keyClick(sidebar.found_list, Qt.Key.Key_Return)
    assert selection.place is not None
    assert selection.place.file.endswith("Document 0042.pdf")
    QTest.keyClick(sidebar.finder.field, Qt.Key.Key_Escape)
    assert not sidebar.finder.isVisible()
    assert sidebar.tree.isExpanded(folder(sidebar))


def test_a_name_that_no_document_has(sidebar: Sidebar) -> None:
    sidebar.find_document()
    QTest.keyClicks(sidebar.finder.field, "zeppelin")
    assert sidebar.finder.said() == "No document has this name."


# --- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "title", "shown"),
    [
        ("scan_0042.pdf", "Lease of 14 Harbour Street", "Lease of 14 Harbour Street"),
        ("2f1c9a0b7d3e4f56.pdf", "Deed of variation", "Deed of variation"),
        ("20230614.pdf", "Minutes of the board", "Minutes of the board"),
        ("IMG_1234.jpg", "", "IMG_1234"),
        ("Document1.docx", "Document1", "Document1"),
        ("Scan 3.pdf", "untitled", "Scan 3"),
        ("Lease 2019.pdf", "Microsoft Word - draft7_final", "Lease 2019"),
        ("scan1.pdf", "Two\nlines \x07and a bell", "Two lines and a bell"),
        (".pdf", "", ".pdf"),
    ],
)
def test_a_title_stands_for_a_name_that_says_nothing(file: str, title: str, shown: str) -> None:
    record = DocumentRecord(f"/a/{file}", "/a", "A", State.INDEXED, title=title)
    assert shown_name(file, record) == shown


def test_a_shortened_name_keeps_its_date(theme: Theme) -> None:
    metrics = QFontMetrics(theme.font("ui"))
    name = "Lease 14 Harbour Street and garages, executed 2019-03-28"
    width = metrics.horizontalAdvance("Lease 14 Harbour …2019-03-28") + 2
    shown = elided(metrics, name, width)
    assert shown.startswith("Lease 14 Harbour")
    assert shown.endswith("…2019-03-28")
    assert metrics.horizontalAdvance(shown) <= width
    assert elided(metrics, "Short", width) == "Short"
    assert metrics.horizontalAdvance(elided(metrics, "x" * 300, width)) <= width
    assert elided(metrics, name, 0) == elided(metrics, name, 0)


# --- the head ------------------------------------------------------------------------------------


def test_models_has_its_word_where_there_is_room(sidebar: Sidebar, theme: Theme) -> None:
    assert sidebar.head.models.text() == "Models"
    theme.set_text_percent(150)
    sidebar.resize(sidebar.minimumSizeHint().width(), 900)
    QApplication.processEvents()
    assert sidebar.head.models.text() == ""
    assert sidebar.head.models.accessibleName() == "Models"
    assert "Models" in sidebar.head.models.toolTip()


def test_places_are_marked_when_one_is_there(sidebar: Sidebar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(sidebar.destination_chosen) as chosen:
        sidebar.head.models.click()
    assert chosen.args == ["models"]
    assert not sidebar.head.models.isChecked()
    sidebar.show_current("models")
    assert sidebar.head.models.isChecked()
    sidebar.show_current("desk")
    assert not sidebar.head.models.isChecked()
