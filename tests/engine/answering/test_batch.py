"""The questions of a file: their order, what one that fails costs, and what a stop leaves."""

from __future__ import annotations

import threading
import time

from strongroom_engine.answering.batch import ask_each
from strongroom_engine.answering.together import Stop
from strongroom_engine.errors import AnswerWorkerDied, EmptyQuestion
from strongroom_engine.types import Answer, Timings


def answered(question: str, *, stopped: bool = False) -> Answer:
    return Answer(
        question, f"To {question}.", abstained=False, sentences=(), citations=(), hits=(), model="m",
        timings=Timings(0.0, None, 0.0), stopped=stopped,
    )  # fmt: skip


def never() -> bool:
    return False


def test_answers_come_in_the_order_of_the_questions_several_at_a_time() -> None:
    last_begun = threading.Event()

    def ask(question: str, _stopped: Stop) -> Answer:
        if question == "d":
            last_begun.set()
        assert last_begun.wait(10)
        return answered(question)

    assert list(ask_each("abcd", ask, never)) == [(each, answered(each)) for each in "abcd"]


def test_a_question_that_fails_costs_itself() -> None:
    dead = AnswerWorkerDied(why="it was killed")

    def ask(question: str, _stopped: Stop) -> Answer:
        if question == "b":
            raise EmptyQuestion
        if question == "c":
            raise dead
        return answered(question)

    made = list(ask_each("abcd", ask, never))
    assert [question for question, _ in made] == ["a", "b", "c", "d"]
    assert [made[0][1], made[2][1], made[3][1]] == [answered("a"), dead, answered("d")]
    assert isinstance(made[1][1], EmptyQuestion)


def test_stopped_what_is_cut_short_is_left_out() -> None:
    cancelled = threading.Event()

    def ask(question: str, stopped: Stop) -> Answer:
        if question == "a":
            return answered(question)
        cancelled.set()
        limit = time.monotonic() + 10
        while not stopped() and time.monotonic() < limit:
            time.sleep(0.01)
        return answered(question, stopped=True)

    assert list(ask_each("abc", ask, cancelled.is_set)) == [("a", answered("a"))]
