"""What one turn asks, and what of the conversation before it goes with the question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from strongroom_desktop.narrowed import Parts
from strongroom_engine.protocol import Ask, ReadAhead
from strongroom_engine.types import Answer, Asked, Task, Turn

MOST_TURNS = 6
"""Earlier turns sent with a question: what a follow-up points back to lies in the last few."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A question as it is put; asked again it keeps the conversation that it was asked in.

    `undone` is what of the question the user will not have narrow the search; `everywhere` says
    that of a question of which these parts are not known any more. `collections` empty: all.
    """

    question: str
    undone: Parts = ()
    task: Task = "answer"
    earlier: tuple[Turn, ...] = ()
    collections: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    schema: str = ""
    everywhere: bool = False

    def request(self, conversation: str) -> Ask:
        """What is sent, to be kept in the conversation with this key."""
        return Ask(
            question=self.question,
            collections=self.collections,
            everywhere=self._anywhere,
            task=self.task,
            documents=self.documents,
            turns=self.earlier,
            schema=self.schema,
            conversation=conversation,
        )

    def ahead(self) -> ReadAhead:
        """What is sent while it is being typed."""
        return ReadAhead(
            question=self.question,
            collections=self.collections,
            everywhere=self._anywhere,
            documents=self.documents,
            turns=self.earlier,
        )

    @property
    def _anywhere(self) -> bool:
        return self.everywhere or bool(self.undone)


def asking_of(asked: Asked, earlier: tuple[Turn, ...]) -> Asking:
    """A question that was kept, with the turns before it."""
    return Asking(
        question=asked.question,
        task=asked.task,
        earlier=earlier,
        collections=asked.collections,
        documents=asked.documents,
        schema=asked.schema,
        everywhere=asked.everywhere,
    )


def earlier(answers: Iterable[Answer | None]) -> tuple[Turn, ...]:
    """The last turns of a conversation, oldest first, from its answers in their order.

    Without those that never came (None) or were stopped; of a question that was asked again,
    the latest answer only.
    """
    latest: dict[str, Answer] = {}
    for answer in answers:
        if answer is not None and not answer.stopped:
            latest.pop(answer.question, None)
            latest[answer.question] = answer
    kept = list(latest.values())[-MOST_TURNS:]
    return tuple(Turn(each.question, each.text, each.standalone) for each in kept)
