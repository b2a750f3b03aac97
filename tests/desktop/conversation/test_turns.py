"""Questions that go on from earlier ones: what goes with them, and how they were understood."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from strongroom_desktop.conversation.asking import MOST_TURNS, earlier
from strongroom_desktop.conversation.conversation import Conversation
from strongroom_desktop.conversation.turn import Turn
from strongroom_desktop.conversation.words import plain_text
from strongroom_desktop.link_line import FewLines
from strongroom_desktop.theme import Theme
from strongroom_engine.types import Answer, Timings
from strongroom_engine.types import Turn as Told

from .conftest import PATIENCE_MS, Make, last

QUESTION = "Can Holt Textiles end the lease?"
FOLLOW_UP = "And by e-mail?"
WHOLE = f"And by e-mail, given that: {QUESTION}"


def asked(qtbot: QtBot, conversation: Conversation, *questions: str) -> Turn:
    for question in questions:
        conversation.ask(question)
        last(qtbot, conversation)
    return conversation.turns[-1]


def made_answer(question: str, text: str = "Yes.", *, stopped: bool = False) -> Answer:
    return Answer(question, text, False, (), (), (), "m", Timings(), stopped=stopped)


# --- what goes with a question -------------------------------------------------------------------


def test_earlier_turns_go_with_a_question(qtbot: QtBot, make: Make) -> None:
    turn = asked(qtbot, make(), QUESTION, FOLLOW_UP, "recall")
    told = f"{QUESTION} = **Yes, on\n\n{FOLLOW_UP} = {WHOLE}"
    assert turn.answer is not None
    assert turn.answer.text == told


def test_a_first_question_goes_alone(qtbot: QtBot, make: Make) -> None:
    turn = asked(qtbot, make(), "recall")
    assert turn.answer is not None
    assert turn.answer.text == ""


def test_only_the_last_turns_that_were_answered_go_with_it() -> None:
    answers = [made_answer(f"Question {n}?") for n in range(8)]
    lost = [None, made_answer("Stopped?", "Ye", stopped=True)]
    told = earlier([*answers, *lost])
    assert [turn.question for turn in told] == [f"Question {n}?" for n in range(2, 8)]
    assert len(told) == MOST_TURNS


def test_of_a_question_asked_again_the_latest_answer_goes_with_it() -> None:
    told = earlier([made_answer("A?", "Old."), made_answer("B?"), made_answer("A?", "New.")])
    assert told == (Told("B?", "Yes."), Told("A?", "New."))


def test_asked_again_a_question_keeps_its_own_conversation(qtbot: QtBot, make: Make) -> None:
    conversation = make()
    asked(qtbot, conversation, QUESTION, FOLLOW_UP, "What else?")
    conversation.turns[1].again.emit(False)
    again = last(qtbot, conversation)
    assert len(conversation.turns) == 4
    assert again.answer is not None
    assert again.answer.standalone == WHOLE


# --- how it was understood -----------------------------------------------------------------------


def test_a_follow_up_says_how_it_was_understood(qtbot: QtBot, make: Make) -> None:
    conversation = make()
    turn = asked(qtbot, conversation, QUESTION, FOLLOW_UP)
    assert turn.understood.text == f"Understood as: {WHOLE}"
    qtbot.waitUntil(turn.understood.isVisible, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: turn.understood.y() < turn.text.y(), timeout=PATIENCE_MS)
    assert turn.title.geometry().bottom() < turn.understood.y()
    with qtbot.waitSignal(conversation.edit_requested, timeout=PATIENCE_MS) as edit:
        turn.understood.link.click()
    assert edit.args == [WHOLE]


def test_a_question_that_stands_alone_says_nothing(qtbot: QtBot, make: Make) -> None:
    turn = asked(qtbot, make(), QUESTION, "What else?")
    assert turn.understood.text == ""
    assert turn.understood.isHidden()


def test_copied_it_says_how_it_was_understood(qtbot: QtBot, make: Make) -> None:
    turn = asked(qtbot, make(), QUESTION, FOLLOW_UP)
    assert turn.answer is not None
    assert plain_text(turn.answer).startswith(f"{FOLLOW_UP}\n\nUnderstood as: {WHOLE}\n\n")


def test_a_long_question_is_shown_whole(qtbot: QtBot, make: Make, theme: Theme) -> None:
    """It is there to be checked: at 150 % in a narrow column, too."""
    theme.set_text_percent(150)
    conversation = make()
    conversation.resize(480, 640)
    asked(qtbot, conversation, f"{QUESTION[:-1]} before {'the break date and ' * 3}so on?")
    turn = asked(qtbot, conversation, FOLLOW_UP)
    words = turn.understood.findChild(FewLines)
    assert words is not None
    qtbot.waitUntil(turn.understood.isVisible, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: words.height() > 2 * theme.line_height("ui"), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: words.shown_text == turn.understood.text, timeout=PATIENCE_MS)
