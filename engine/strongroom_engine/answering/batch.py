"""The questions of a file, answered several at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from strongroom_engine.answering.together import Piece, Results, Stop, together
from strongroom_engine.errors import AnswerWorkerDied, Cancelled, QuestionError
from strongroom_engine.types import Answer

Failure = QuestionError | AnswerWorkerDied
"""What costs one question and not the others."""
Ask = Callable[[str, Stop], Answer]
"""Answers a question, from any thread; an answer that was cut short is marked as stopped."""


def ask_each(
    questions: Iterable[str], ask: Ask, cancelled: Stop, most: int = 0
) -> Results[tuple[str, Answer | Failure]]:
    """What each question is answered, or why it is not, in their order, as soon as it is known.

    Ends early when cancelled, within a second, and leaves out what was not answered to its end.
    Raises what no question can be answered for: `ModelError`s, `LibraryError`s.
    """
    pieces = (
        Piece(partial(_answered, question, ask), partial(_died, question)) for question in questions
    )
    return together(pieces, cancelled, most)


def _answered(question: str, ask: Ask, stopped: Stop) -> tuple[str, Answer | Failure]:
    try:
        answer = ask(question, stopped)
    except QuestionError as exc:
        return question, exc
    if answer.stopped:
        raise Cancelled
    return question, answer


def _died(question: str, error: AnswerWorkerDied) -> tuple[str, Answer | Failure]:
    return question, error
