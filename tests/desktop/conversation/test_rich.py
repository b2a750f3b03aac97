"""Answers with tables, code and links, hostile ones among them; and what tasks give besides."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QDesktopServices,
    QGuiApplication,
    QTextCursor,
    QTextTable,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QMenu
from pytestqt.qtbot import QtBot

from strongroom_desktop.conversation.answer_text import AnswerText
from strongroom_desktop.conversation.links import ask_to_open
from strongroom_desktop.conversation.words import plain_text
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.selection import Selection
from strongroom_engine.types import Answer, Doubt, Sentence, Timings

from .conftest import Make, last

HOSTILE = [
    "<img src='http://evil.test/x.png'><iframe src=file:///etc/passwd></iframe>",
    "![x](http://evil.test/x.png) [y](javascript:alert(1)) [z](file:///etc/passwd)",
    "| <b>a</b> | [b](javascript:x) |\n|---|---|\n| ![c](http://evil.test/c.png) | d |",
    "\u202eevil\u202c \u2066x\u2069 \u200f",
    "w" * 10_000,
    "| " + "w" * 10_000 + " | x |",
    "|" * 3_000,
    "[" * 2_000 + "](" * 2_000,
    "**" * 2_000,
    "```\n" + "x" * 5_000,
]


def text_of(theme: Theme, text: str, width: int = 500) -> AnswerText:
    shown = AnswerText(theme)
    shown.resize(width, 10)
    shown.finish(text)
    return shown


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_in_an_answer_loads_runs_or_breaks_the_column(
    qtbot: QtBot, theme: Theme, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[object] = []
    monkeypatch.setattr(AnswerText, "loadResource", lambda *what: loaded.append(what[1:]))
    shown = text_of(theme, text)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.wait(20)
    assert loaded == []
    assert shown.document().size().width() <= shown.width() + 1
    said = shown.toPlainText()
    assert "\u202e" not in said
    cursor = QTextCursor(shown.document())
    while not cursor.atEnd():
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
        look = cursor.charFormat()
        assert not look.isImageFormat()
        assert look.anchorHref().partition(":")[0] in ("", "http")
        if cursor.position() > 500:
            break


def test_a_streamed_table_ends_as_one_that_came_at_once(qtbot: QtBot, theme: Theme) -> None:
    text = "Before\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n```\n\nAfter | it\n\n- item"
    streamed, whole = AnswerText(theme), text_of(theme, text)
    qtbot.addWidget(streamed)
    qtbot.addWidget(whole)
    streamed.resize(500, 10)
    for letter in text:
        streamed.append(letter)
        streamed._draw_stream()
    assert streamed.toPlainText() == whole.toPlainText()
    streamed.finish(text)
    assert streamed.toPlainText() == whole.toPlainText()
    tables = whole.document().rootFrame().childFrames()
    assert [isinstance(one, QTextTable) for one in tables] == [True, True]
    assert round(streamed.document().size().height()) == round(whole.document().size().height())


def test_chips_stand_in_the_cells_of_a_table(qtbot: QtBot, theme: Theme) -> None:
    text = "| A |\n|---|\n| The rent is 5. |"
    at = text.index("The rent")
    shown = AnswerText(theme)
    qtbot.addWidget(shown)
    shown.resize(400, 10)
    shown.finish(text, [Sentence(at, at + 14, True, (3,))])
    assert shown.numbers == [3]


def test_a_link_says_where_it_goes_and_asks(
    qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    shown = text_of(theme, "[https://bank.test](https://evil.test/path)")
    qtbot.addWidget(shown)
    shown.show()
    chosen: list[str] = []
    shown.link_chosen.connect(chosen.append)
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    assert chosen == ["https://evil.test/path"]
    assert opened == []
    cursor = QTextCursor(shown.document())
    cursor.setPosition(3)
    assert cursor.charFormat().toolTip() == "https://evil.test/path"
    sheet = ask_to_open(shown, theme, chosen[0])
    assert isinstance(sheet, QDialog)
    assert opened == []
    sheet.accept()
    assert opened == ["https://evil.test/path"]


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "x"]
)
def test_other_addresses_are_never_opened(qtbot: QtBot, theme: Theme, href: str) -> None:
    shown = text_of(theme, "x")
    qtbot.addWidget(shown)
    assert ask_to_open(shown, theme, href) is None


def test_copied_text_marks_doubts_in_words() -> None:
    text = "The rent is 84,000. It rose."
    sentences = (Sentence(0, 19, True, ()), Sentence(20, 28, False))
    answer = Answer(
        "How much?",
        text,
        False,
        sentences,
        (),
        (),
        "m",
        Timings(),
        doubts=(Doubt(12, 18, "amount"),),
    )
    copied = plain_text(answer)
    assert "84,000 [Not found in the sources]. It rose. [no source]" in copied


def test_what_each_document_says_opens_its_page(
    qtbot: QtBot, make: Make, selection: Selection
) -> None:
    conversation = make()
    conversation.ask("Does every document name a guarantor?")
    results = last(qtbot, conversation).results
    assert results is not None
    assert results.coverage.full_text() == "Looked into 29 of 30 documents."
    assert len(results.each.rows) == 8
    assert results.each.more.text() == "22 more documents"
    results.each.more.click()
    assert len(results.each.rows) == 30
    assert not results.each.more.isVisibleTo(results)
    QTest.mouseClick(results.each.rows[0], Qt.MouseButton.LeftButton)
    assert selection.place is not None
    assert selection.place.page == 14


def test_structured_values_can_be_copied(qtbot: QtBot, make: Make) -> None:
    conversation = make()
    conversation.ask("Who is the tenant?", (), "structured", "tenant, year")
    turn = last(qtbot, conversation)
    assert turn.asking.schema == "tenant, year"
    assert turn.text.numbers == [1]
    assert turn.results is not None
    turn.results.copy.click()
    assert QGuiApplication.clipboard().text() == '{"tenant": "Holt Textiles", "year": 2031}'


def test_a_task_says_how_far_it_is(qtbot: QtBot, make: Make) -> None:
    conversation = make("--delay-ms", "1500")
    conversation.ask("Which dates?", (), "timeline")
    working = conversation.turns[0].working
    qtbot.waitUntil(
        lambda: working.text.startswith("Reading part 40 of 312, Lease 14"), timeout=20_000
    )
    conversation.stop()
    last(qtbot, conversation)


def test_the_keyboard_reaches_links(qtbot: QtBot, theme: Theme) -> None:
    shown = text_of(theme, "See [a](https://one.test/?a=1&b=2) and https://two.test")
    qtbot.addWidget(shown)
    shown.show()
    chosen: list[str] = []
    shown.link_chosen.connect(chosen.append)
    here = QPoint(5, 5)
    reason = QContextMenuEvent.Reason.Keyboard
    shown.contextMenuEvent(QContextMenuEvent(reason, here, shown.mapToGlobal(here)))
    qtbot.wait(50)
    (menu,) = shown.findChildren(QMenu)
    actions = {action.text(): action for action in menu.actions()}
    actions["Open https://one.test/?a=1&&b=2…"].trigger()
    assert chosen == ["https://one.test/?a=1&b=2"]
    assert "Open https://two.test…" in actions
    actions.clear()
    menu.close()
    qtbot.wait(50)
