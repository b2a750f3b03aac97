"""Typing, hits, and asking, against the fake host."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from strongroom_desktop.client import Engine
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.search.ask_field import AskField
from strongroom_desktop.search.hits_panel import how_many, nothing
from strongroom_desktop.search.scope import ScopeMenu
from strongroom_desktop.selection import Selection, Trail
from strongroom_engine.errors import EngineDied
from strongroom_engine.protocol import Ready, Search, failed
from strongroom_engine.types import Hit, SearchResult

PATIENCE_MS = 10_000
COLLECTIONS = ("Holt, 14 Harbour Street", "Property precedents", "Quayside litigation 2022")


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


def search(qtbot: QtBot, ask: AskField, words: str) -> None:
    QTest.keyClicks(ask.editor, words)
    qtbot.waitUntil(ask.panel.isVisible, timeout=PATIENCE_MS)


def test_typing_shows_hits(qtbot: QtBot, ask: AskField) -> None:
    search(qtbot, ask, "break notice six months")
    assert [hit.page for hit in ask.panel.hits] == [14, 3, None, 1, 6]
    assert ask.panel.message == ""
    assert ask.panel._foot._figures.full_text() == "5 of 63 passages in 17 documents, 9 ms"
    assert ask.panel.panel.width() == ask._frame.width()


def test_the_words_found_are_marked(qtbot: QtBot, ask: AskField, theme: Theme) -> None:
    search(qtbot, ask, "break notice")
    image = ask.panel.grab().toImage()
    wanted = theme.color("mark_list").rgb()
    marked = sum(
        image.pixel(x, y) == wanted
        for x in range(image.width())
        for y in range(0, image.height(), 3)
    )
    assert marked > 200


def test_the_newest_search_wins(qtbot: QtBot, ask: AskField) -> None:
    QTest.keyClicks(ask.editor, "slow")
    qtbot.wait(200)  # it is under way, and takes 300 ms
    ask.editor.set_text("break notice")
    qtbot.waitUntil(ask.panel.isVisible, timeout=PATIENCE_MS)
    assert ask.panel._result is not None
    assert ask.panel._result.question == "break notice"


def test_arrows_preview_and_ctrl_enter_opens(
    qtbot: QtBot, ask: AskField, selection: Selection
) -> None:
    search(qtbot, ask, "break notice")
    opened: list[tuple[Trail, bool]] = []
    selection.opened.connect(lambda trail, preview: opened.append((trail, preview)))
    QTest.keyClick(ask.editor, Qt.Key.Key_Down)
    QTest.keyClick(ask.editor, Qt.Key.Key_Down)
    QTest.keyClick(ask.editor, Qt.Key.Key_Up)
    assert [(trail.index, preview) for trail, preview in opened] == [
        (0, True),
        (1, True),
        (0, True),
    ]
    assert ask.panel.isVisible()
    QTest.keyClick(ask.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert opened[-1][1] is False
    assert not ask.panel.isVisible()
    place = selection.place
    assert place is not None
    assert (place.file.rpartition("/")[2][:5], place.page) == ("Lease", 14)
    QTest.keyClick(ask.editor, Qt.Key.Key_F3)
    assert selection.place is not None
    assert selection.place.page == 3


def test_the_words_are_marked_in_page_coordinates(
    qtbot: QtBot, ask: AskField, selection: Selection
) -> None:
    search(qtbot, ask, "essence")
    QTest.keyClick(ask.editor, Qt.Key.Key_Down)
    assert selection.place is not None
    (span,) = selection.place.spans
    assert ask.panel.hits[0].text[slice(*span)] == "essence"


def test_escape_goes_back_a_step_a_press(qtbot: QtBot, ask: AskField) -> None:
    search(qtbot, ask, "break")
    QTest.keyClick(ask.editor, Qt.Key.Key_Escape)
    assert not ask.panel.isVisible()
    assert ask.editor.toPlainText() == "break"
    QTest.keyClick(ask.editor, Qt.Key.Key_Escape)
    assert ask.editor.toPlainText() == ""
    with qtbot.waitSignal(ask.left, timeout=PATIENCE_MS):
        QTest.keyClick(ask.editor, Qt.Key.Key_Escape)


def test_the_window_does_not_take_escape_from_the_field(qtbot: QtBot, ask: AskField) -> None:
    taken: list[bool] = []
    QShortcut(QKeySequence("Esc"), ask.window()).activated.connect(lambda: taken.append(True))
    search(qtbot, ask, "break")
    QTest.keyClick(ask.editor, Qt.Key.Key_Escape)
    assert not ask.panel.isVisible()
    assert taken == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("nothing", nothing()),
        ("filter", "The filter after:yesterday cannot be understood."),
    ],
)
def test_one_line_says_why_there_are_no_hits(
    qtbot: QtBot, ask: AskField, words: str, sentence: str
) -> None:
    search(qtbot, ask, words)
    assert ask.panel.hits == ()
    assert ask.panel.message.startswith(sentence)


def test_the_search_is_made_again_when_the_engine_is_back(
    qtbot: QtBot, ask: AskField, engine: Engine
) -> None:
    search(qtbot, ask, "break notice six months")
    sent = ask._typed._latest.send(Search(question="break notice six months", k=5))
    engine.received.emit(failed(sent, EngineDied()))
    assert ask.panel.message == str(EngineDied())
    engine.received.emit(Ready())
    qtbot.waitUntil(lambda: len(ask.panel.hits) == 5, timeout=PATIENCE_MS)
    assert ask.panel.message == ""


def test_enter_asks_and_up_brings_the_question_back(qtbot: QtBot, ask: AskField) -> None:
    search(qtbot, ask, "When can it end?")
    with qtbot.waitSignal(ask.asked, timeout=PATIENCE_MS) as asked:
        QTest.keyClick(ask.editor, Qt.Key.Key_Return)
    assert asked.args == ["When can it end?", (), "answer", ""]
    assert not ask.panel.isVisible()
    assert ask.editor.toPlainText() == ""
    QTest.keyClick(ask.editor, Qt.Key.Key_Up)
    assert ask.editor.toPlainText() == "When can it end?"


def test_enter_in_the_fields_leads_to_the_question_that_is_missing(
    qtbot: QtBot, ask: AskField
) -> None:
    ask.set_task("structured")
    ask.about.schema.setFocus()
    QTest.keyClicks(ask.about.schema, "author, year")
    QTest.keyClick(ask.about.schema, Qt.Key.Key_Return)
    qtbot.waitUntil(ask.editor.hasFocus, timeout=PATIENCE_MS)


def test_an_empty_question_is_not_asked(qtbot: QtBot, ask: AskField) -> None:
    QTest.keyClicks(ask.editor, "   ")
    with qtbot.assertNotEmitted(ask.asked, wait=50):
        QTest.keyClick(ask.editor, Qt.Key.Key_Return)


def test_the_field_grows_to_five_lines(qtbot: QtBot, ask: AskField, theme: Theme) -> None:
    assert ask.height() == theme.control("header")
    line = ask.editor.fontMetrics().lineSpacing()
    for count in range(1, 8):
        QTest.keyClick(ask.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        assert ask.height() == theme.control("header") + min(count, 4) * line
    assert ask.editor.toPlainText() == "\n" * 7


@pytest.mark.parametrize("percent", [90, 100, 115, 130, 150])
def test_no_line_is_scrolled_away_while_there_is_room(
    ask: AskField, theme: Theme, percent: int
) -> None:
    theme.set_text_percent(percent)
    ask.editor.set_text("one\ntwo\nthree")
    assert (
        ask.editor.height()
        >= ask.editor.blockBoundingRect(ask.editor.document().firstBlock()).height() * 3
    )
    assert ask.editor.verticalScrollBar().value() == 0


def test_while_an_answer_is_written_the_button_stops_it(qtbot: QtBot, ask: AskField) -> None:
    ask.set_answering(True)
    button = ask._frame.action
    assert button.accessibleName() == "Stop"
    with qtbot.waitSignal(ask.stop_requested, timeout=PATIENCE_MS):
        button.click()
    with qtbot.waitSignal(ask.stop_requested, timeout=PATIENCE_MS):
        QTest.keyClick(ask.editor, Qt.Key.Key_Escape)
    ask.set_answering(False)
    assert button.accessibleName() == "Ask"
    assert not button.isEnabled()


def test_the_scope_is_said_and_changed(ask: AskField, selection: Selection) -> None:
    selection.set_collections(COLLECTIONS)
    assert "All collections" in ask._frame.scope.text()
    ask.open_scope_menu()
    menu = ask._frame.scope.findChild(ScopeMenu)
    assert menu is not None
    menu._boxes[COLLECTIONS[0]].click()
    assert "2 of 3 collections" in ask._frame.scope.text()
    assert selection.scope == COLLECTIONS[1:]
    assert not menu._all.isChecked()
    menu._all.click()
    assert selection.chosen == COLLECTIONS
    menu.close()


def test_the_panel_keeps_to_the_field_when_the_window_grows(qtbot: QtBot, ask: AskField) -> None:
    search(qtbot, ask, "break")
    ask.window().resize(900, 700)
    frame = ask._frame
    qtbot.waitUntil(
        lambda: (
            ask.panel.x() + ask.panel.panel.x()
            == frame.mapTo(ask.window(), frame.rect().topLeft()).x()
        ),
        timeout=PATIENCE_MS,
    )
    assert ask.panel.panel.width() == frame.width() == 512


def test_the_figures_have_their_room_before_the_keys(qtbot: QtBot, ask: AskField) -> None:
    hit = Hit(1, "/a.pdf", 1, 0, 4, "", 1.0, "Rent")
    search(qtbot, ask, "break")
    foot = ask.panel._foot
    assert foot._hints.isVisible()
    ask.panel.show_result(SearchResult("rent", (hit,) * 30, 1_250.0, 12, 11))
    said = "12 passages have these words, in 11 documents, 1.3 s"
    assert foot._figures.full_text() == said
    qtbot.waitUntil(lambda: foot._figures.text() == said, timeout=PATIENCE_MS)
    assert not foot._hints.isVisible()


@pytest.mark.parametrize(
    ("passages", "documents", "text"),
    [
        (412, 9, "5 of 412 passages in 9 documents"),
        (3, 2, "3 passages have these words, in 2 documents"),
        (1, 1, "1 passage has these words, in 1 document"),
        (0, 0, "5 of 6 passages"),
    ],
)
def test_the_figures_tell_words_from_meaning(passages: int, documents: int, text: str) -> None:
    """Hits go on by meaning where the words end: those are not counted as having them."""
    hit = Hit(1, "/a.pdf", 1, 0, 4, "", 1.0, "Rent")
    assert how_many(SearchResult("rent", (hit,) * 6, 9.0, passages, documents), 5) == text


def test_of_very_many_passages_it_is_said_that_there_are_more() -> None:
    hit = Hit(1, "/a.pdf", 1, 0, 4, "", 1.0, "Rent")
    result = SearchResult("rent", (hit,) * 6, 9.0, 10_000, more=True)
    assert how_many(result, 5) == "5 of more than 10,000 passages"


def test_what_the_field_is_for_is_said_in_words_that_fit(ask: AskField) -> None:
    ask.editor.resize(600, 20)
    assert ask.editor.placeholderText() == "Ask or search your documents"
    ask.editor.resize(140, 20)
    assert ask.editor.placeholderText() == "Ask or search"
