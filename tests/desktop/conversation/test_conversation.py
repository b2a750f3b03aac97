"""Questions and answers against the fake host: streaming, citing, abstaining, stopping, dying."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont, QGuiApplication, QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from strongroom_desktop.client import Engine
from strongroom_desktop.conversation.asking import Asking
from strongroom_desktop.conversation.chips import TAG
from strongroom_desktop.conversation.conversation import Conversation
from strongroom_desktop.conversation.examples import best_source
from strongroom_desktop.conversation.foot import RestsOnNothing
from strongroom_desktop.conversation.turn import Turn
from strongroom_desktop.conversation.words import does_not_say
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.selection import Selection
from strongroom_engine.errors import DocumentMoved
from strongroom_engine.protocol import AddSource, Changed, Failed, ListDocuments, RemoveSource
from strongroom_engine.types import Answer, Citation, Sentence, Source, State, Timings

from .conftest import PATIENCE_MS, Make

QUESTION = "Can Holt Textiles end the lease?"


@pytest.fixture
def answered(qtbot: QtBot, make: Make) -> Conversation:
    return asked(qtbot, make(), QUESTION)


def asked(qtbot: QtBot, conversation: Conversation, question: str) -> Conversation:
    conversation.ask(question)
    qtbot.waitUntil(lambda: not conversation.answering, timeout=PATIENCE_MS)
    return conversation


def shown(turn: Turn) -> str:
    return turn.text.toPlainText()


def char_format(turn: Turn, words: str) -> QTextCharFormat:
    at = shown(turn).index(words)
    cursor = QTextCursor(turn.text.document())
    cursor.setPosition(at + 1)
    return cursor.charFormat()


# --- streaming -----------------------------------------------------------------------------------


def test_an_answer_streams_and_ends_with_chips(qtbot: QtBot, make: Make) -> None:
    conversation = make("--delay-ms", "100")
    conversation.ask(QUESTION)
    turn = conversation.turns[0]
    assert conversation.answering
    qtbot.waitUntil(lambda: "The tenant may end" in shown(turn), timeout=PATIENCE_MS)
    assert turn.open
    assert "**" not in shown(turn)
    assert turn.text.numbers == []
    qtbot.waitUntil(lambda: not conversation.answering, timeout=PATIENCE_MS)
    assert turn.text.numbers == [1, 1, 2]
    assert turn.working.isHidden()
    assert turn.rests_on is not None
    assert [[chip.n for chip in row.chips] for row in turn.rests_on.rows] == [[1, 2]]


def test_nothing_jumps_while_an_answer_streams(qtbot: QtBot, make: Make) -> None:
    conversation = asked(qtbot, make("--delay-ms", "240"), QUESTION)
    conversation.ask(QUESTION)
    turn = conversation.turns[1]
    qtbot.waitUntil(lambda: "The tenant" in shown(turn), timeout=PATIENCE_MS)
    qtbot.wait(250)  # the way to the new question takes 180 ms
    bar = conversation.column.area.verticalScrollBar()
    top = turn.title.mapTo(conversation.column.area.viewport(), QPoint()).y()
    assert top == 12
    places = set()
    while conversation.answering:
        qtbot.wait(20)
        places.add((bar.value(), bar.maximum(), turn.title.mapTo(conversation, QPoint()).y()))
    assert len(places) == 1


@pytest.mark.parametrize("percent", [100, 150])
def test_a_long_answer_is_never_squeezed(
    qtbot: QtBot, make: Make, theme: Theme, percent: int
) -> None:
    theme.set_text_percent(percent)
    conversation = asked(qtbot, make(), "long")
    turn = conversation.turns[0]
    lines = turn.text.document().size().height()
    assert lines > conversation.height()
    qtbot.waitUntil(lambda: turn.text.height() >= lines, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: turn.height() > lines, timeout=PATIENCE_MS)
    assert turn.foot is not None
    turn.foot.disclosure.click()
    details = turn.foot.details
    assert details is not None
    qtbot.waitUntil(
        lambda: details.height() >= details.minimumSizeHint().height(), timeout=PATIENCE_MS
    )
    assert conversation.column.content.width() == conversation.column.area.viewport().width()


def test_after_a_second_it_says_what_it_does(qtbot: QtBot, make: Make) -> None:
    conversation = make("--delay-ms", "700")
    conversation.ask(QUESTION)
    turn = conversation.turns[0]
    height = turn.working.height()
    assert turn.working.text == ""
    qtbot.waitUntil(lambda: turn.working.text == "Reading 4 passages", timeout=PATIENCE_MS)
    qtbot.waitUntil(
        lambda: turn.working.text.startswith("Writing from 4 passages, "), timeout=PATIENCE_MS
    )
    assert turn.working.height() == height
    conversation.stop()


# --- what is shown -------------------------------------------------------------------------------


def test_bold_is_bold_and_what_nothing_supports_is_marked(
    answered: Conversation, theme: Theme
) -> None:
    turn = answered.turns[0]
    assert char_format(turn, "Yes, once").fontWeight() == QFont.Weight.DemiBold
    gap = char_format(turn, "Landlords often")
    assert gap.underlineStyle() == QTextCharFormat.UnderlineStyle.DotLine
    assert gap.underlineColor() == theme.color("warn_line")
    assert gap.foreground().color() == theme.color("text")
    plain = char_format(turn, "A notice sent")
    assert plain.underlineStyle() == QTextCharFormat.UnderlineStyle.NoUnderline
    cursor = QTextCursor(turn.text.document())
    cursor.setPosition(shown(turn).index("company.") + len("company.") + 2)
    assert cursor.charFormat().objectType() == TAG


def test_hostile_text_is_text(qtbot: QtBot, make: Make) -> None:
    turn = asked(qtbot, make(), "hostile").turns[0]
    assert shown(turn) == (
        "<script>alert(1)</script> <b>bold</b> &amp; <img src=x onerror=y> here esrever strong"
    )
    assert char_format(turn, "bold</b>").fontWeight() == QFont.Weight.Normal
    assert char_format(turn, "here").anchorHref() == "http://example.test"
    question = "<b>hostile</b> question"
    assert asked(qtbot, make(), question).turns[0].title.toPlainText() == question


def test_the_dark_theme_reaches_what_is_written(answered: Conversation, theme: Theme) -> None:
    theme.set_scheme("dark")
    turn = answered.turns[0]
    assert char_format(turn, "The tenant").foreground().color() == theme.color("text")
    assert turn.text.numbers == [1, 1, 2]


def test_how_it_was_answered(qtbot: QtBot, answered: Conversation, selection: Selection) -> None:
    foot = answered.turns[0].foot
    assert foot is not None
    assert foot.details is None
    foot.disclosure.click()
    assert foot.details is not None
    assert foot.details.isVisible()
    words = [label.text() for label in foot.details.findChildren(QLabel)]
    assert "Searched" in words
    assert "38 ms" in words
    assert "3 of 4 sentences rest on a quote" in words
    assert {"5 passages", "Qwen2.5 Coder 1.5B, 1,480 tokens were handed to it"} <= set(words)
    foot.details.passage_opened.emit(1)
    assert selection.place is not None
    assert selection.place.page == 3
    foot.disclosure.click()
    assert not foot.details.isVisible()


# --- chips ---------------------------------------------------------------------------------------


def test_a_click_on_a_chip_opens_its_words(
    qtbot: QtBot, answered: Conversation, selection: Selection
) -> None:
    text = answered.turns[0].text
    position, _ = text._chips[2]
    QTest.mouseClick(
        text.viewport(), Qt.MouseButton.LeftButton, pos=text._chip_rect(position).center()
    )
    place = selection.place
    assert place is not None
    assert place.file.endswith("Lease 14 Harbour Street, executed 2019-03-28.pdf")
    assert (place.page, place.number) == (14, 2)
    assert place.spans[0][0] == 300
    assert text._chip_object.open_n == 2
    selection.close()
    assert text._chip_object.open_n == 0


def test_resting_on_a_chip_shows_the_quote(qtbot: QtBot, answered: Conversation) -> None:
    text = answered.turns[0].text
    position, _ = text._chips[2]
    QTest.mouseMove(text.viewport(), QPoint(2, 2))
    QTest.mouseMove(text.viewport(), text._chip_rect(position).center())
    assert not answered.column.quote.isVisible()
    qtbot.waitUntil(answered.column.quote.isVisible, timeout=PATIENCE_MS)
    assert answered.column.quote._quote.text == (
        "\u201cA notice given under this Lease is not valid if sent by e-mail.\u201d"
    )
    assert answered.column.quote._found.text() == "Found word for word on this page"
    assert answered.column.quote.panel.width() == 372
    left = answered.turns[0].x()
    inside = answered.column.quote.geometry().adjusted(16, 0, -16, 0)
    assert left <= inside.left()
    assert inside.right() <= left + answered.turns[0].width()


def test_the_keyboard_goes_from_chip_to_chip(
    qtbot: QtBot, answered: Conversation, selection: Selection
) -> None:
    answered.activateWindow()
    answered.focus_answer()
    text = answered.turns[0].text
    qtbot.waitUntil(text.hasFocus, timeout=PATIENCE_MS)
    assert answered.column.quote.isVisible()
    QTest.keyClick(text, Qt.Key.Key_Right)
    QTest.keyClick(text, Qt.Key.Key_Right)
    QTest.keyClick(text, Qt.Key.Key_Right)  # stays on the last
    QTest.keyClick(text, Qt.Key.Key_Return)
    assert selection.place is not None
    assert selection.place.number == 2
    QTest.keyClick(text, Qt.Key.Key_Left)
    assert answered.column.quote.citation is not None
    assert answered.column.quote.citation.n == 1
    QTest.keyClick(text, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert selection.place.number == 1
    QTest.keyClick(text, Qt.Key.Key_Escape)
    assert not answered.column.quote.isVisible()


def test_a_chip_never_begins_a_line(answered: Conversation) -> None:
    text = answered.turns[0].text
    for width in range(200, 520, 8):
        text.setFixedWidth(width)
        for position, _ in text._chips:
            block = text.document().findBlock(position)
            line = block.layout().lineForTextPosition(position - block.position())
            assert line.textStart() < position - block.position()


def test_copy_carries_the_citations(qtbot: QtBot, answered: Conversation) -> None:
    answered.turns[0].copy()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith(QUESTION)
    assert "A notice sent by e-mail is not valid. [2]" in copied
    assert "wrong group company. [no source]" in copied
    assert "[2] Lease 14 Harbour Street, executed 2019-03-28.pdf, p. 14: \u201cA notice" in copied


def test_selecting_and_copying_keeps_the_citations(answered: Conversation) -> None:
    text = answered.turns[0].text
    text.selectAll()
    text.copy()
    copied = QGuiApplication.clipboard().text()
    assert "31 March 2026. [1] The tenant" in copied
    assert "wrong group company. [no source]" in copied
    assert copied.endswith("not valid. [2]")
    assert "\ufffc" not in copied


# --- abstaining ----------------------------------------------------------------------------------


def test_an_abstention_shows_what_comes_closest(
    qtbot: QtBot, make: Make, selection: Selection
) -> None:
    selection.set_collections(("Holt", "Precedents", "Litigation", "Know-how"))
    selection.set_scope(("Holt",))
    conversation = asked(qtbot, make(), "What rent was agreed?")
    turn = conversation.turns[0]
    assert turn.said is not None
    assert turn.said.text.startswith(
        f"{does_not_say()} Five passages come close, none states the answer. Searched "
    )
    assert turn.closest is not None
    assert [row.isHidden() for row in turn.closest.rows] == [False] * 4 + [True]
    QTest.mouseClick(turn.closest.rows[1], Qt.MouseButton.LeftButton)
    assert selection.place is not None
    assert selection.place.page == 3
    turn.closest.everywhere.emit()
    assert selection.scope == ()
    assert len(conversation.turns) == 2


# --- not coming to the end -----------------------------------------------------------------------


def test_stopping_keeps_the_answer_so_far(qtbot: QtBot, make: Make) -> None:
    conversation = make("--delay-ms", "300")
    conversation.ask(QUESTION)
    turn = conversation.turns[0]
    qtbot.waitUntil(lambda: "Yes, once" in shown(turn), timeout=PATIENCE_MS)
    conversation.stop()
    qtbot.waitUntil(lambda: not conversation.answering, timeout=PATIENCE_MS)
    assert turn.ended is not None
    assert turn.ended.sentence.text == "Stopped after 5.1 s. The answer so far is kept."
    assert shown(turn).startswith("Yes, once")
    assert "e-mail" not in shown(turn)


def test_a_new_question_stops_the_old_one(qtbot: QtBot, make: Make) -> None:
    conversation = make("--delay-ms", "200")
    conversation.ask(QUESTION)
    first = conversation.turns[0]
    qtbot.waitUntil(lambda: "Yes" in shown(first), timeout=PATIENCE_MS)
    asked(qtbot, conversation, "hostile")
    assert first.ended is not None
    assert not first.open
    assert "strong" in shown(conversation.turns[1])


def test_the_engine_dies_and_one_can_ask_again(qtbot: QtBot, make: Make) -> None:
    conversation = asked(qtbot, make(), "Does it die?")
    turn = conversation.turns[0]
    assert turn.ended is not None
    assert turn.ended.sentence.text == (  # it stays, when the engine is long back
        "The engine stopped while this was answered. What was written is kept."
    )
    assert shown(turn).startswith("Yes, once")
    turn.again.emit(False)
    assert len(conversation.turns) == 2
    assert conversation.turns[1].question == "Does it die?"


@pytest.mark.parametrize("question", ["Does it die?", "fail", "Can they end it?"])
def test_nothing_jumps_when_an_answer_ends(qtbot: QtBot, make: Make, question: str) -> None:
    """The question stays at the top of the column, however its answer ends."""
    conversation = asked(qtbot, make(), QUESTION)
    conversation.ask(question)
    bar = conversation.column.area.verticalScrollBar()
    turn = conversation.turns[1]
    qtbot.waitUntil(lambda: not conversation.answering, timeout=PATIENCE_MS)
    qtbot.wait(400)  # the column scrolls for a while
    top = turn.title.mapTo(conversation.column.area.viewport(), turn.title.rect().topLeft())
    assert bar.value() > 0
    assert top.y() == 12


def test_a_failure_says_what_to_do(qtbot: QtBot, make: Make) -> None:
    turn = asked(qtbot, make(), "fail").turns[0]
    assert turn.ended is not None
    assert turn.ended.sentence.text == (
        "The answer model qwen2.5-coder-1.5b is not on this computer. "
        "Bring in its file, or run the set-up again."
    )
    assert turn.text.isHidden()


# --- the beginning -------------------------------------------------------------------------------


def test_examples_come_from_the_users_titles(qtbot: QtBot, make: Make) -> None:
    conversation = make()
    qtbot.waitUntil(lambda: len(conversation.examples.buttons) == 3, timeout=PATIENCE_MS)
    first = conversation.examples.buttons[0]
    question = "What is \u201cLease 14 Harbour Street, executed 2019-03-28\u201d about?"
    assert first.accessibleName() == question
    first.click()
    assert conversation.turns[0].question == question
    assert not conversation.examples.isVisible()
    qtbot.waitUntil(lambda: not conversation.answering, timeout=PATIENCE_MS)


@pytest.mark.parametrize(("supported", "said"), [(False, 1), (True, 0)])
def test_an_answer_without_any_source_says_so(
    qtbot: QtBot, selection: Selection, theme: Theme, supported: bool, said: int
) -> None:
    citation = Citation(1, "/a.pdf", 1, 0, 4, "Blue", "A", "", 0.9)
    text = "The bicycle is blue."
    sentence = Sentence(0, len(text), supported, (1,) if supported else ())
    turn = Turn(Asking("Which colour?"), selection, theme, first=True)
    qtbot.addWidget(turn)
    cited = (citation,) if supported else ()
    turn.finish(Answer("Which colour?", text, False, (sentence,), cited, (), "m", Timings(1, 2, 3)))
    assert len(turn.findChildren(RestsOnNothing)) == said
    assert (turn.rests_on is not None) == supported


def test_an_example_is_shortened_where_its_title_is(qtbot: QtBot, make: Make, theme: Theme) -> None:
    """At 150 % and 900 pixels a long title does not fit: both ends of the question stay."""
    theme.set_text_percent(150)
    conversation = make()
    conversation.resize(420, 640)
    qtbot.waitUntil(lambda: len(conversation.examples.buttons) == 3, timeout=PATIENCE_MS)
    first = conversation.examples.buttons[0]
    qtbot.waitUntil(lambda: "\u2026" in first.text(), timeout=PATIENCE_MS)
    assert first.text().startswith("What is \u201c")
    assert first.text().endswith("about?")
    assert first.fontMetrics().horizontalAdvance(first.text()) < first.width()
    assert "Harbour Street, executed" in first.toolTip()


def test_documents_are_listed_only_where_there_are_more_examples(
    qtbot: QtBot, start_engine: Callable[..., Engine], selection: Selection, theme: Theme
) -> None:
    engine = start_engine()
    conversation = Conversation(engine, selection, theme)
    qtbot.addWidget(conversation)
    qtbot.waitUntil(lambda: conversation.examples.complete, timeout=PATIENCE_MS)
    few = Source("/few", "Few", {State.INDEXED: 2, State.PENDING: 10_000})
    assert not conversation.examples.wants_more(few)
    assert best_source([few, Source("/none", "None", {State.PENDING: 5})]) is few
    assert best_source([Source("/none", "None", {State.PENDING: 5})]) is None


def test_examples_go_with_their_source(qtbot: QtBot, make: Make) -> None:
    conversation = make()
    examples = conversation.examples
    qtbot.waitUntil(lambda: examples.complete, timeout=PATIENCE_MS)
    assert "Lease 14 Harbour Street" in examples.buttons[0].question
    conversation._engine.send(RemoveSource(path="/papers/Holt"))
    qtbot.waitUntil(
        lambda: examples.complete and "Document 0000" in examples.buttons[0].question,
        timeout=PATIENCE_MS,
    )


def test_an_empty_library_gets_a_hint(qtbot: QtBot, make: Make) -> None:
    conversation = make("--empty")
    qtbot.wait(200)
    assert conversation.examples.buttons == []
    assert "Add a folder" in conversation.examples._head.text()


def test_examples_are_made_anew_when_one_of_their_documents_is_renamed(
    qtbot: QtBot, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = make()
    engine, examples = conversation._engine, conversation.examples
    qtbot.waitUntil(lambda: examples.complete, timeout=PATIENCE_MS)
    engine.received.emit(Changed(documents=True))
    qtbot.waitUntil(lambda: len(examples._asked) == 3, timeout=PATIENCE_MS)
    sent: list[object] = []
    monkeypatch.setattr(engine, "send", sent.append)
    number = min(examples._asked)
    engine.received.emit(Failed(id=number, code=DocumentMoved.code, details={"to": "/elsewhere"}))
    assert sent == [ListDocuments(source=examples.source)]


def test_examples_come_as_soon_as_there_are_documents(
    qtbot: QtBot, start_engine: Callable[..., Engine], selection: Selection, theme: Theme
) -> None:
    engine = start_engine("--empty")
    conversation = Conversation(engine, selection, theme)
    qtbot.addWidget(conversation)
    engine.send(AddSource(path="/papers/Holt"))
    qtbot.waitUntil(lambda: conversation.examples.complete, timeout=PATIENCE_MS)


def test_the_pencil_gives_the_question_back(qtbot: QtBot, answered: Conversation) -> None:
    with qtbot.waitSignal(answered.edit_requested, timeout=PATIENCE_MS) as edit:
        answered.turns[0].pencil.click()
    assert edit.args == [QUESTION]


@pytest.mark.parametrize(("width", "column"), [(640, 512), (512, 448), (460, 396)])
def test_the_column_has_its_measure(
    answered: Conversation, qtbot: QtBot, width: int, column: int
) -> None:
    answered.resize(width, 640)
    qtbot.waitUntil(lambda: answered.turns[0].width() == column, timeout=PATIENCE_MS)
