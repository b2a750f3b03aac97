"""An answer whose question narrowed the search: said under it, and asked the other way."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from strongroom_desktop.conversation.details import PassageRow, steps
from strongroom_desktop.conversation.turn import Turn
from strongroom_desktop.conversation.words import plain_text
from strongroom_desktop.look.theme import Theme
from strongroom_engine.types import Answer, Understood

from .conftest import PATIENCE_MS, Make, last

QUESTION = "Can Holt Textiles give notice in the lease?"
ONLY = "Searched only in Lease 14 Harbour Street, executed 2019-03-28.pdf."
EVERYWHERE = "Searched everywhere, though the question says ‘lease’."


def answer(turn: Turn) -> Answer:
    assert turn.answer is not None
    return turn.answer


def test_an_answer_says_what_narrowed_its_search(qtbot: QtBot, make: Make) -> None:
    conversation = make()
    conversation.ask(QUESTION)
    turn = last(qtbot, conversation)
    assert turn.narrowed.text == ONLY
    assert turn.narrowed.link.text() == "Ask everywhere"
    assert turn.narrowed.link.accessibleDescription() == ONLY
    assert turn.rests_on is not None
    qtbot.waitUntil(turn.narrowed.isVisible, timeout=PATIENCE_MS)
    rests_on = turn.rests_on  # it is laid out at the next turn of the loop
    qtbot.waitUntil(lambda: turn.narrowed.y() < rests_on.y(), timeout=PATIENCE_MS)
    assert turn.text.geometry().bottom() < turn.narrowed.y()


def test_nothing_is_said_where_all_was_searched(qtbot: QtBot, make: Make) -> None:
    conversation = make()
    conversation.ask("Can Holt Textiles end it?")
    assert not last(qtbot, conversation).narrowed.isVisible()


def test_it_is_asked_everywhere_and_only_there_again(qtbot: QtBot, make: Make) -> None:
    conversation = make()
    conversation.ask(QUESTION)
    last(qtbot, conversation).narrowed.link.click()
    wide = last(qtbot, conversation)
    assert len(conversation.turns) == 2
    assert (wide.question, answer(wide).understood) == (QUESTION, ())
    assert (wide.narrowed.text, wide.narrowed.link.text()) == (EVERYWHERE, "Ask only there")
    wide.narrowed.link.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(wide.narrowed.link, Qt.Key.Key_Return)
    narrow = last(qtbot, conversation)
    assert len(conversation.turns) == 3
    assert narrow.narrowed.text == ONLY


def test_asking_again_keeps_the_choice(qtbot: QtBot, make: Make) -> None:
    conversation = make()
    conversation.ask(QUESTION)
    last(qtbot, conversation).narrowed.link.click()
    last(qtbot, conversation)
    QTest.keyClick(conversation, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    again = last(qtbot, conversation)
    assert len(conversation.turns) == 3
    assert again.narrowed.text == EVERYWHERE


def test_an_abstention_offers_to_ask_everywhere(qtbot: QtBot, make: Make) -> None:
    conversation = make()
    conversation.ask("What is the rent in the lease?")
    turn = last(qtbot, conversation)
    assert turn.closest is not None
    qtbot.waitUntil(turn.narrowed.isVisible, timeout=PATIENCE_MS)
    assert turn.narrowed.text == ONLY
    closest = turn.closest  # it is laid out at the next turn of the loop
    qtbot.waitUntil(lambda: turn.narrowed.y() < closest.y(), timeout=PATIENCE_MS)


def test_a_search_given_up_is_said_without_a_link(qtbot: QtBot, make: Make) -> None:
    conversation = make()
    conversation.ask("Who haunts in the deed of ghosts?")
    turn = last(qtbot, conversation)
    assert turn.narrowed.text.endswith("Nothing was found there, so everything was searched.")
    assert turn.narrowed.link.isHidden()


def test_an_answer_that_was_stopped_says_it(qtbot: QtBot, make: Make) -> None:
    conversation = make("--delay-ms", "300")
    conversation.ask(QUESTION)
    turn = conversation.turns[0]
    qtbot.waitUntil(lambda: "Yes, once" in turn.text.toPlainText(), timeout=PATIENCE_MS)
    assert turn.narrowed.isHidden()  # nothing moves while the answer grows
    conversation.stop()
    assert last(qtbot, conversation).narrowed.text == ONLY


def test_a_copy_and_the_details_say_it_too(qtbot: QtBot, make: Make) -> None:
    conversation = make()
    conversation.ask(QUESTION)
    told = answer(last(qtbot, conversation))
    assert plain_text(told).startswith(f"{QUESTION}\n\n{ONLY}\n\n**Yes, once")
    assert steps(told, "All 3 collections", 0)[0][1] == (
        "All 3 collections, only what the question names"
    )


def test_the_details_name_the_model_as_people_do(qtbot: QtBot, make: Make) -> None:
    conversation = make()
    conversation.ask(QUESTION)
    told = replace(answer(last(qtbot, conversation)), model_name="Qwen2.5 Coder 1.5B Instruct")
    said = {step: what for step, what, _time in steps(told, "", 0)}
    assert said["Model"].startswith("Qwen2.5 Coder 1.5B Instruct, ")
    said = {step: what for step, what, _time in steps(replace(told, model_name=""), "", 0)}
    assert said["Model"].startswith(told.model)


def test_the_details_grow_with_the_text(qtbot: QtBot, make: Make, theme: Theme) -> None:
    conversation = make()
    conversation.ask(QUESTION)
    turn = last(qtbot, conversation)
    assert turn.foot is not None
    turn.foot.disclosure.setChecked(True)
    row = turn.foot.findChildren(PassageRow)[0]
    before = row.height(), row._score.width()
    theme.set_text_percent(150)
    assert (row.height(), row._score.width()) == (before[0] * 3 // 2, before[1] * 3 // 2)
    theme.set_text_percent(100)


@pytest.mark.parametrize("width", [560, 900])
def test_long_names_leave_the_column_as_wide_as_it_is(qtbot: QtBot, make: Make, width: int) -> None:
    conversation = make()
    conversation.resize(width, 600)
    conversation.ask(QUESTION)
    turn = last(qtbot, conversation)
    name = "_".join(["Agreement_of_lease"] * 12)
    part = Understood("document", f"Searched only in {name}.pdf.", (0, 3))
    turn.narrowed.show_parts(QUESTION, (part,))
    qtbot.waitUntil(turn.narrowed.isVisible, timeout=PATIENCE_MS)
    right = turn.narrowed.mapTo(turn, turn.narrowed.rect().topRight()).x()
    link = turn.narrowed.link
    assert link.mapTo(turn, link.rect().topRight()).x() <= right < turn.width()
    assert turn.width() <= conversation.width()
