"""The page 'Conversations' on the fake host."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMenu,
    QToolTip,
)
from pytestqt.qtbot import QtBot

from strongroom_desktop import exporting
from strongroom_desktop.client import Engine
from strongroom_desktop.conversations import ConversationsPage
from strongroom_desktop.conversations.model import ConversationsModel
from strongroom_desktop.look.theme import Theme
from strongroom_engine.protocol import Ask
from strongroom_engine.types import ExportWords

PATIENCE_MS = 20_000
StartEngine = Callable[..., Engine]
OpenPage = Callable[..., ConversationsPage]
FIRST = "When can the tenant end the Harbour Street lease early, and what does it cost?"


@pytest.fixture
def open_page(qtbot: QtBot, start_engine: StartEngine, theme: Theme) -> Iterator[OpenPage]:
    """The shown page with so many made conversations."""
    pages: list[ConversationsPage] = []

    def opened(count: int) -> ConversationsPage:
        engine = start_engine("--conversations", str(count))
        page = ConversationsPage(engine, theme)
        pages.append(page)
        page.resize(1000, 700)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(lambda: page.kept.every is not None, timeout=PATIENCE_MS)
        return page

    yield opened
    for page in pages:
        page.close()
        page.deleteLater()
    QApplication.processEvents()


def titles(page: ConversationsPage) -> list[str]:
    model: ConversationsModel = page.model
    rows = (model.conversation(model.index(row)) for row in range(model.rowCount()))
    return [found.title for found in rows if found is not None]


def row_at(page: ConversationsPage, title: str) -> QPoint:
    row = next(row for row in range(page.model.rowCount()) if page.model.index(row).data() == title)
    return page.list.visualRect(page.model.index(row)).center()


def click(page: ConversationsPage, at: QPoint) -> None:
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=at)


def press(page: ConversationsPage, button: str) -> None:
    """Press a button of the sheet that asks."""
    (sheet,) = (each for each in page.window().findChildren(QDialog) if each.isVisible())
    (found,) = (each for each in sheet.findChildren(QAbstractButton) if each.text() == button)
    found.click()


def test_what_is_kept_is_listed_counted_and_opened(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page(12)
    assert len(titles(page)) == 12
    assert page.subtitle.full_text() == "12 conversations"
    assert page.model.index(0).data() in ("Today", "Yesterday")  # midnight may just be over
    with qtbot.waitSignal(page.opened) as opened:
        click(page, row_at(page, FIRST))
    assert opened.args == ["made-0"]
    page.list.enter()
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.opened) as opened:
        QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert opened.args == [page.list.current_key]


def test_none_kept_is_said_and_leads_to_the_desk(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page(0)
    assert page.empty.text.startswith("No conversation yet")
    assert not page.field.isVisible()
    assert not page.list.isVisible()
    (ask,) = (
        each for each in page.empty.findChildren(QAbstractButton) if each.text() == "Ask a question"
    )
    with qtbot.waitSignal(page.ask_wanted):
        ask.click()


def test_a_question_that_is_asked_comes_into_the_list(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page(0)
    with qtbot.waitSignal(page.counted, timeout=PATIENCE_MS) as counted:
        page.kept._engine.send(Ask(question="How high is the rent?", conversation="new"))
    assert counted.args == [1]
    assert titles(page) == ["How high is the rent?"]
    assert page.list.isVisible()


def test_searching_lists_what_holds_the_words_and_shows_the_line(
    open_page: OpenPage, qtbot: QtBot
) -> None:
    page = open_page(12)
    low = page.list.visualRect(page.model.index(1)).height()
    page.field.setFocus()
    QTest.keyClicks(page.field, "LEASE break")
    qtbot.waitUntil(lambda: page.model.words == ("lease", "break"), timeout=PATIENCE_MS)
    found = page.model.conversation(page.model.index(1))
    assert found is not None
    assert "lease" in found.found
    assert page.subtitle.full_text() == f"{len(titles(page))} of 12 found"
    assert page.list.visualRect(page.model.index(1)).height() > low
    with qtbot.waitSignal(page.opened) as opened:
        QTest.keyClick(page.field, Qt.Key.Key_Return)
    assert opened.args == [found.key]
    QTest.keyClick(page.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(titles(page)) == 12, timeout=PATIENCE_MS)

    QTest.keyClicks(page.field, "unheard")
    qtbot.waitUntil(page.empty.isVisible, timeout=PATIENCE_MS)
    assert "No conversation has all these words." in page.empty.text
    page.empty.all_wanted.emit()
    assert len(titles(page)) == 12
    assert page.field.text() == ""


def test_the_keyboard_goes_from_the_field_to_the_list_and_back(
    open_page: OpenPage, qtbot: QtBot
) -> None:
    page = open_page(5)
    page.field.setFocus()
    qtbot.waitUntil(page.field.hasFocus, timeout=PATIENCE_MS)
    QTest.keyClick(page.field, Qt.Key.Key_Down)
    assert page.list.hasFocus()
    assert page.list.currentIndex().row() == 1  # above it stands the group's name
    QTest.keyClick(page.list, Qt.Key.Key_Up)
    assert page.field.hasFocus()
    QTest.keyClick(page.field, Qt.Key.Key_Down)
    QTest.keyClicks(page.list, "x")
    assert page.field.hasFocus()
    assert page.field.text() == "x"


def test_f2_renames_in_place(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page(5)
    page.list.enter()
    key = page.list.current_key
    QTest.keyClick(page.list, Qt.Key.Key_F2)
    (editor,) = page.list.findChildren(QLineEdit)
    assert editor.text() == FIRST
    page.kept.refresh()  # a list that comes meanwhile does not take the editor away
    qtbot.wait(300)
    assert page.list.editing
    editor.selectAll()
    QTest.keyClicks(editor, "My {lease} <b>")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "My {lease} <b>" in titles(page), timeout=PATIENCE_MS)
    assert page.list.current_key == key


def test_delete_removes_after_asking(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page(5)
    page.list.enter()
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    press(page, "Cancel")
    assert len(titles(page)) == 5
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    with qtbot.waitSignals([page.removed, page.counted], timeout=PATIENCE_MS):
        press(page, "Remove")
    assert FIRST not in titles(page)
    assert page.subtitle.full_text() == "4 conversations"
    assert page.list.current_key == "made-1"


def test_the_menu_exports_with_the_words_of_the_window(
    open_page: OpenPage, qtbot: QtBot, tmp_path: Path
) -> None:
    page = open_page(3)
    QApplication.instance().setProperty(exporting.FOLDER, str(tmp_path))  # type: ignore[union-attr]
    menu = page.menu_for("made-1")
    names = [action.text() for action in menu.actions() if action.text()]
    assert names == ["Open", "Rename", "Export", "Remove…"]
    (formats,) = menu.findChildren(QMenu)
    formats.actions()[-1].trigger()
    (dialog,) = page.window().findChildren(QFileDialog)
    dialog.accept()
    qtbot.waitUntil(lambda: page.notice.text != "", timeout=PATIENCE_MS)
    assert page.notice.text == "Exported to Which leases have a break right before 2026.md."
    (file,) = tmp_path.iterdir()
    assert file.read_text("utf-8") == "Which leases have a break right before 2026? None Sources\n"
    page.kept.export("made-1", str(tmp_path / "unwritable.md"))
    qtbot.waitUntil(lambda: "cannot be written" in page.notice.text, timeout=PATIENCE_MS)
    menu.deleteLater()


def test_the_desk_hears_of_another_title(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page(3)
    page.show_open("made-1")
    with qtbot.waitSignal(page.retitled, timeout=PATIENCE_MS) as retitled:
        page.kept.rename("made-0", "Another")
        page.kept.rename("made-1", "Mine")
    assert retitled.args == ["made-1", "Mine"]


def test_a_title_that_is_shortened_is_told_whole(open_page: OpenPage, theme: Theme) -> None:
    page = open_page(3)
    for width, told in ((1000, ""), (420, FIRST)):
        page.resize(width, 500)
        QApplication.processEvents()
        at = row_at(page, FIRST)
        event = QHelpEvent(QHelpEvent.Type.ToolTip, at, page.list.viewport().mapToGlobal(at))
        QApplication.sendEvent(page.list.viewport(), event)
        assert QToolTip.text() == told
    QToolTip.hideText()


def test_what_is_gone_is_said(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page(3)
    page.kept.rename("gone", "x")
    qtbot.waitUntil(lambda: "There is no conversation" in page.notice.text, timeout=PATIENCE_MS)


def test_the_sign_in_a_row_opens_its_menu_and_not_the_conversation(
    open_page: OpenPage, qtbot: QtBot
) -> None:
    page = open_page(3)
    rect = page.list.visualRect(page.model.index(1))
    opened: list[str] = []
    page.opened.connect(opened.append)
    with qtbot.waitSignal(page.list.menu_wanted) as wanted:
        click(page, page.list.rows.menu_rect(rect, mirrored=False).center())
    assert wanted.args is not None
    assert wanted.args[0] == "made-0"
    assert opened == []
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.close()


def test_a_host_that_dies_and_comes_back_lists_again(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page(3)
    page.kept.every = ()
    page.kept._engine.restart()
    qtbot.waitUntil(lambda: len(page.kept.every or ()) == 3, timeout=PATIENCE_MS)


def test_the_words_of_an_export_are_those_of_the_engine_in_english(qapp: QApplication) -> None:
    assert exporting.export_words() == ExportWords()
