"""Questions that go on from earlier ones: what goes with them, and how they were understood."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtWidgets import QAbstractSlider, QWidget
from pytestqt.qtbot import QtBot

from strongroom_desktop.conversation.asking import MOST_TURNS, earlier
from strongroom_desktop.conversation.conversation import Conversation
from strongroom_desktop.conversation.turn import Turn
from strongroom_desktop.conversation.words import plain_text
from strongroom_desktop.link_line import FewLines
from strongroom_desktop.look.theme import Theme
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


# --- heights and places --------------------------------------------------------------------------


def test_every_turn_has_its_height_in_a_narrow_column(
    qtbot: QtBot, make: Make, theme: Theme
) -> None:
    """A layout takes the height for the least width of a widget where the column is narrower."""
    theme.set_text_percent(150)
    conversation = make()
    asked(qtbot, conversation, "Which hidden words in the lease?", "fail", QUESTION)

    def short() -> list[tuple[int, int]]:
        turns = [(turn.height(), turn.heightForWidth(turn.width())) for turn in conversation.turns]
        return [(height, wanted) for height, wanted in turns if height < wanted]

    def apart() -> bool:
        for turn in conversation.turns:
            parts = [each for each in turn.children() if isinstance(each, QWidget)]
            places = sorted(
                (each.y(), each.geometry().bottom()) for each in parts if each.isVisible()
            )
            if any(end >= top for (_, end), (top, _) in pairwise(places)):
                return False
        return True

    for width in (900, 470, 560):
        conversation.resize(width, 640)
        qtbot.waitUntil(lambda: short() == [] and apart(), timeout=PATIENCE_MS)


def test_the_question_stays_on_top_when_the_window_changes(qtbot: QtBot, make: Make) -> None:
    conversation = make()
    turn = asked(qtbot, conversation, QUESTION, FOLLOW_UP)
    area = conversation.column.area

    def top() -> int:
        return turn.title.mapTo(area.viewport(), turn.title.rect().topLeft()).y()

    qtbot.waitUntil(lambda: top() == 12, timeout=PATIENCE_MS)
    conversation.resize(440, 500)
    qtbot.waitUntil(lambda: top() == 12, timeout=PATIENCE_MS)
    area.verticalScrollBar().triggerAction(QAbstractSlider.SliderAction.SliderToMinimum)
    conversation.resize(640, 600)
    qtbot.wait(100)
    assert area.verticalScrollBar().value() == 0
