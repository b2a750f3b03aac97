"""What is said about an answer: quotes only, doubts, what was searched, what was not followed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QTextCharFormat, QTextCursor
from pytestqt.qtbot import QtBot

from strongroom_desktop.conversation.chips import not_found, unsupported
from strongroom_desktop.conversation.conversation import Conversation
from strongroom_desktop.conversation.remarks import not_followed
from strongroom_desktop.conversation.turn import Turn
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.look.tokens import Scheme
from strongroom_engine.types import Answer, Suspicion, Timings

from .conftest import PATIENCE_MS, Make, last

QUESTION = "Can Holt Textiles end the lease?"


def asked(qtbot: QtBot, conversation: Conversation, question: str) -> Turn:
    conversation.ask(question)
    return last(qtbot, conversation)


# --- quotes only ---------------------------------------------------------------------------------


def test_quotes_only_is_one_click_away_and_back(qtbot: QtBot, make: Make) -> None:
    conversation = make()
    turn = asked(qtbot, conversation, QUESTION)
    assert turn.foot is not None
    assert turn.remarks is None
    turn.foot.quotes.click()
    quoted = last(qtbot, conversation)
    assert (quoted.question, len(conversation.turns)) == (QUESTION, 2)
    assert quoted.text.toPlainText().startswith("“The Tenant may terminate")
    assert quoted.text.numbers == [1, 2]
    assert quoted.remarks is not None
    assert quoted.remarks.quotes.text == "Quotes only, no answer model was asked."
    assert quoted.foot is not None
    assert not quoted.foot.quotes.isVisible()
    quoted.remarks.quotes.link.click()
    back = last(qtbot, conversation)
    assert back.answer is not None
    assert (back.answer.task, back.text.numbers) == ("answer", [1, 1, 2])


def test_asked_again_quotes_stay_quotes(qtbot: QtBot, make: Make) -> None:
    conversation = make()
    turn = asked(qtbot, conversation, QUESTION)
    turn.task_wanted.emit("quotes")
    last(qtbot, conversation).again.emit(False)
    again = last(qtbot, conversation)
    assert len(conversation.turns) == 3
    assert again.answer is not None
    assert again.answer.task == "quotes"


def test_where_the_model_fails_quotes_are_offered(qtbot: QtBot, make: Make) -> None:
    conversation = make()
    turn = asked(qtbot, conversation, "fail")
    assert turn.ended is not None
    qtbot.waitUntil(turn.ended.quotes.isVisible, timeout=PATIENCE_MS)
    turn.ended.quotes.click()
    quoted = last(qtbot, conversation)
    assert quoted.asking.task == "quotes"
    assert quoted.remarks is not None
    assert quoted.remarks.quotes.text == "Quotes only, no answer model was asked."


# --- doubts --------------------------------------------------------------------------------------


def char_format(turn: Turn, words: str, into: int = 1) -> QTextCharFormat:
    cursor = QTextCursor(turn.text.document())
    cursor.setPosition(turn.text.toPlainText().index(words) + into)
    return cursor.charFormat()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_stands_in_no_source_is_marked(
    qtbot: QtBot, make: Make, theme: Theme, scheme: Scheme
) -> None:
    turn = asked(qtbot, make(), "Is there doubt?")
    theme.set_scheme(scheme)
    for words in ("31 March 2026", "wrong group"):
        for place in (1, len(words)):
            look = char_format(turn, words, place)
            assert look.underlineStyle() == QTextCharFormat.UnderlineStyle.DotLine
            assert look.underlineColor() == theme.color("warn")
            assert look.toolTip() == not_found()
    before, after = char_format(turn, "once: on"), char_format(turn, "The tenant")
    assert before.toolTip() == after.toolTip() == ""
    assert before.underlineStyle() == QTextCharFormat.UnderlineStyle.NoUnderline
    assert char_format(turn, "Landlords often").toolTip() == unsupported()
    assert turn.text.numbers == [1, 1, 2]


# --- abstaining ----------------------------------------------------------------------------------


def test_an_abstention_says_what_was_searched(qtbot: QtBot, make: Make) -> None:
    turn = asked(qtbot, make(), "What rent was agreed?")
    assert turn.said is not None
    assert turn.said.text.endswith(
        "none states the answer. Searched 1,311 documents in all collections."
    )


def test_what_narrowed_the_search_is_not_said_twice(qtbot: QtBot, make: Make) -> None:
    turn = asked(qtbot, make(), "What is the rent in the lease?")
    assert turn.said is not None
    assert turn.said.text.endswith("none states the answer.")
    assert turn.narrowed.text.startswith("Searched only in Lease")


# --- suspicions ----------------------------------------------------------------------------------


def test_what_was_not_followed_is_said_under_the_answer(qtbot: QtBot, make: Make) -> None:
    turn = asked(qtbot, make(), "What is hidden?")
    assert turn.remarks is not None
    line = turn.remarks.suspicions
    assert line.text == "Two passages hold text meant for a machine; it was not followed."
    lease = "Lease 14 Harbour Street, executed 2019-03-28.pdf, p. 14"
    assert line.toolTip().splitlines() == [
        f"{lease}: It cannot be seen in the document.",
        "Deed of variation 2021-06-15.pdf, p. 3: It reads like an instruction to a machine.",
    ]
    assert line.accessibleDescription() == line.toolTip()
    assert turn.rests_on is not None
    remarks, rests_on = turn.remarks, turn.rests_on
    qtbot.waitUntil(line.isVisible, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: turn.text.geometry().bottom() < remarks.y(), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: remarks.geometry().bottom() < rests_on.y(), timeout=PATIENCE_MS)


def test_it_is_said_under_an_abstention_too(qtbot: QtBot, make: Make) -> None:
    turn = asked(qtbot, make(), "Which rent is hidden?")
    assert turn.closest is not None
    assert turn.remarks is not None
    assert turn.remarks.suspicions.text.startswith("Two passages hold")


def test_one_passage_is_one() -> None:
    suspicion = Suspicion("/a.pdf", 1, 0, 9, "Ignore it.", "It cannot be seen in the document.")
    answer = Answer("Q?", "Yes.", False, (), (), (), "m", Timings(), suspicions=(suspicion,))
    assert not_followed(answer) == (
        "One passage holds text meant for a machine; it was not followed."
    )
    assert not_followed(replace(answer, suspicions=())) == ""


def test_a_quote_with_suspected_words_says_so(qtbot: QtBot, make: Make) -> None:
    conversation = make()
    conversation.ask("Which hidden words?")
    turn = last(qtbot, conversation)
    assert turn.answer is not None
    first, second = turn.answer.citations
    panel = conversation.column.quote
    conversation.column._show_quote(turn, first, QRect(10, 10, 17, 16))
    assert panel._found.text() == "Holds words meant for a machine"
    conversation.column._show_quote(turn, second, QRect(10, 10, 17, 16))
    assert panel._found.text() == "Found word for word on this page"
