"""A search that the question narrowed: said above the hits, undone and brought back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from strongroom_desktop.client import Engine
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.search.ask_field import AskField
from strongroom_desktop.selection import Selection

PATIENCE_MS = 10_000
QUESTION = "break notice in the lease"
ONLY = "Searched only in Lease 14 Harbour Street, executed 2019-03-28.pdf."
EVERYWHERE = "Searched everywhere, though the question says ‘lease’."


@pytest.fixture
def ask(qtbot: QtBot, engine: Engine, selection: Selection, theme: Theme) -> Iterator[AskField]:
    window = QWidget()
    window.resize(640, 700)
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    ask = AskField(engine, selection, theme)
    layout.addWidget(ask)
    layout.addStretch(1)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    ask.editor.setFocus()
    qtbot.waitUntil(ask.editor.hasFocus, timeout=PATIENCE_MS)
    yield ask
    window.close()


def search(qtbot: QtBot, ask: AskField, words: str, line: str) -> None:
    """Put words into the field and wait for what the line above their hits says."""
    ask.editor.set_text(words)
    waited(qtbot, ask, words, line)


def waited(qtbot: QtBot, ask: AskField, words: str, line: str) -> None:
    qtbot.waitUntil(
        lambda: (
            ask.panel.isVisible()
            and ask.panel.result is not None
            and (ask.panel.result.question, ask.panel.narrowed.text) == (words, line)
        ),
        timeout=PATIENCE_MS,
    )


def test_what_narrowed_the_search_is_said(qtbot: QtBot, ask: AskField) -> None:
    search(qtbot, ask, QUESTION, ONLY)
    line = ask.panel.narrowed
    assert line.isVisible()
    assert line.link.text() == line.link.accessibleName() == "Search everywhere"
    assert line.link.accessibleDescription() == ONLY
    assert [hit.page for hit in ask.panel.hits] == [14]
    assert ask.panel._ask._scope.full_text() == ""  # not 'from all collections'
    lowest = line.mapTo(ask.panel, line.rect().bottomLeft()).y()
    assert ask.panel._list.y() >= lowest


def test_nothing_is_said_of_other_searches(qtbot: QtBot, ask: AskField) -> None:
    search(qtbot, ask, QUESTION, ONLY)
    height = ask.panel.height() - ask.panel._list.height()
    search(qtbot, ask, "break notice", "")
    assert not ask.panel.narrowed.isVisible()
    assert ask.panel.height() - ask.panel._list.height() < height
    assert ask.panel._ask._scope.full_text() != ""


def test_a_click_searches_everywhere_and_another_only_there(qtbot: QtBot, ask: AskField) -> None:
    search(qtbot, ask, QUESTION, ONLY)
    QTest.mouseClick(ask.panel.narrowed.link, Qt.MouseButton.LeftButton)
    waited(qtbot, ask, QUESTION, EVERYWHERE)
    assert len(ask.panel.hits) == 5
    assert ask.editor.hasFocus()
    link = ask.panel.narrowed.link
    assert link.text() == "Search only there"
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    waited(qtbot, ask, QUESTION, ONLY)
    assert link.text() == "Search everywhere"
    assert [hit.page for hit in ask.panel.hits] == [14]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_the_keyboard_reaches_the_link(qtbot: QtBot, ask: AskField, key: Qt.Key) -> None:
    search(qtbot, ask, QUESTION, ONLY)
    QTest.keyClick(ask.editor, Qt.Key.Key_Tab)
    assert ask.panel.narrowed.link.hasFocus()
    assert ask.panel.isVisible()
    QTest.keyClick(ask.panel.narrowed.link, key)
    waited(qtbot, ask, QUESTION, EVERYWHERE)
    assert ask.editor.hasFocus()


def test_escape_on_the_link_goes_back_to_the_field(qtbot: QtBot, ask: AskField) -> None:
    search(qtbot, ask, QUESTION, ONLY)
    QTest.keyClick(ask.editor, Qt.Key.Key_Tab)
    QTest.keyClick(ask.panel.narrowed.link, Qt.Key.Key_Escape)
    assert ask.editor.hasFocus()
    assert ask.panel.isVisible()


def test_the_keyboard_that_leaves_the_link_closes_the_hits(qtbot: QtBot, ask: AskField) -> None:
    search(qtbot, ask, QUESTION, ONLY)
    for _ in range(2):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert ask._frame.task.hasFocus()
    assert not ask.panel.isVisible()


def test_enter_asks_as_was_searched(qtbot: QtBot, ask: AskField) -> None:
    search(qtbot, ask, QUESTION, ONLY)
    assert ask.panel.result is not None
    parts = ask.panel.result.understood
    with qtbot.waitSignal(ask.asked, timeout=PATIENCE_MS) as narrow:
        QTest.keyClick(ask.editor, Qt.Key.Key_Return)
    assert narrow.args == [QUESTION, (), "answer", ""]
    search(qtbot, ask, QUESTION, ONLY)
    ask.panel.narrowed.link.click()
    waited(qtbot, ask, QUESTION, EVERYWHERE)
    with qtbot.waitSignal(ask.asked, timeout=PATIENCE_MS) as wide:
        QTest.keyClick(ask.editor, Qt.Key.Key_Return)
    assert wide.args == [QUESTION, parts, "answer", ""]


def test_the_choice_holds_for_its_text_only(qtbot: QtBot, ask: AskField) -> None:
    search(qtbot, ask, QUESTION, ONLY)
    ask.panel.narrowed.link.click()
    waited(qtbot, ask, QUESTION, EVERYWHERE)
    QTest.keyClick(ask.editor, Qt.Key.Key_Escape)  # the panel is closed, the text stays
    QTest.keyClick(ask.editor, Qt.Key.Key_Down)
    waited(qtbot, ask, QUESTION, EVERYWHERE)
    search(qtbot, ask, f"{QUESTION} now", ONLY)
    search(qtbot, ask, QUESTION, ONLY)


def test_the_choice_outlives_a_change_of_scope(
    qtbot: QtBot, ask: AskField, selection: Selection
) -> None:
    selection.set_collections(("Holt, 14 Harbour Street", "Property precedents"))
    search(qtbot, ask, QUESTION, ONLY)
    ask.panel.narrowed.link.click()
    waited(qtbot, ask, QUESTION, EVERYWHERE)
    before = ask.panel.result
    selection.set_scope(("Property precedents",))
    qtbot.waitUntil(lambda: ask.panel.result is not before, timeout=PATIENCE_MS)
    assert ask.panel.narrowed.text == EVERYWHERE


def test_a_search_given_up_has_nothing_to_undo(qtbot: QtBot, ask: AskField) -> None:
    line = (
        "Searched only in Deed of variation 2021-06-15.pdf. "
        "Nothing was found there, so everything was searched."
    )
    search(qtbot, ask, "rats in the deed of ghosts", line)
    assert not ask.panel.narrowed.link.isVisible()
    assert ask.panel._ask._scope.full_text() != ""


def test_a_problem_takes_the_line_away(qtbot: QtBot, ask: AskField) -> None:
    search(qtbot, ask, QUESTION, ONLY)
    ask.editor.set_text("filter")
    qtbot.waitUntil(lambda: bool(ask.panel.message), timeout=PATIENCE_MS)
    assert not ask.panel.narrowed.isVisible()
