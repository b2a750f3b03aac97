"""Tasks and chosen documents in the ask field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from strongroom_desktop.client import Engine
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.search.ask_field import AskField
from strongroom_desktop.search.tasks import can_be_asked, question_for, task_choices, wanting
from strongroom_desktop.selection import Selection

PATIENCE_MS = 10_000
TWO = ("/a/Lease.pdf", "/a/Deed.pdf")


@pytest.fixture
def ask(qtbot: QtBot, engine: Engine, selection: Selection, theme: Theme) -> AskField:
    field = AskField(engine, selection, theme)
    field.resize(640, field.height())
    qtbot.addWidget(field)
    field.show()
    return field


def test_a_task_stands_under_the_field_until_it_was_asked(qtbot: QtBot, ask: AskField) -> None:
    height = ask.height()
    assert not ask.about.isVisible()
    ask.set_task("table")
    assert ask.about.task.words == "Table"
    assert ask.height() > height
    ask.editor.set_text("All rents")
    with qtbot.waitSignal(ask.asked, timeout=PATIENCE_MS) as asked:
        QTest.keyClick(ask.editor, Qt.Key.Key_Return)
    assert asked.args == ["All rents", (), "table", ""]
    assert ask.task == "answer"
    assert ask.height() == height


def test_chosen_documents_can_be_taken_away(ask: AskField, selection: Selection) -> None:
    selection.set_documents(TWO)
    assert ask.about.documents.words == "About 2 documents"
    assert ask.about.documents.toolTip() == "Lease.pdf\nDeed.pdf"
    selection.set_documents(TWO[:1])
    assert ask.about.documents.words == "About Lease.pdf"
    QTest.keyClick(ask.about.documents, Qt.Key.Key_Delete)
    assert selection.documents == ()
    assert ask.about.isHidden()


def test_a_comparison_needs_two_documents(
    qtbot: QtBot, ask: AskField, selection: Selection
) -> None:
    ask.set_task("compare")
    assert "two documents" in ask.about.hint.full_text()
    assert not ask._frame.action.isEnabled()
    selection.set_documents(TWO)
    assert ask.about.hint.full_text() == ""
    assert ask._frame.action.isEnabled()
    with qtbot.waitSignal(ask.asked, timeout=PATIENCE_MS) as asked:
        QTest.keyClick(ask.editor, Qt.Key.Key_Return)
    assert asked.args == ["Compare: Lease.pdf, Deed.pdf", (), "compare", ""]
    assert selection.documents == TWO


def test_fields_are_written_under_the_field(qtbot: QtBot, ask: AskField) -> None:
    ask.activateWindow()
    ask.set_task("structured")
    qtbot.waitUntil(ask.about.schema.hasFocus, timeout=PATIENCE_MS)
    ask.editor.set_text("Who wrote it?")
    assert not ask._frame.action.isEnabled()
    QTest.keyClicks(ask.about.schema, "author, year")
    assert ask._frame.action.isEnabled()
    with qtbot.waitSignal(ask.asked, timeout=PATIENCE_MS) as asked:
        QTest.keyClick(ask.about.schema, Qt.Key.Key_Return)
    assert asked.args == ["Who wrote it?", (), "structured", "author, year"]


def test_every_task_can_be_reached_by_the_keyboard(ask: AskField) -> None:
    menu = ask._frame.task.open_menu()
    words = [action.text().partition("\t")[0] for action in menu.actions()]
    assert words == [choice.name for choice in task_choices()]
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert ask.task == "summary"


def test_what_a_task_needs() -> None:
    assert wanting("compare", 3)
    assert not can_be_asked("compare", 3, "x", "")
    assert can_be_asked("compare", 0, "Compare Lease.pdf and Deed.pdf", "")
    assert wanting("summary", 0)
    assert not can_be_asked("answer", 2, " ", "")
    assert question_for("summary", [*TWO, "/a/c.pdf"]) == "Summary: Lease.pdf, Deed.pdf, 1 more"
