"""The conversations of an open library: asked in, listed, searched, renamed, exported, removed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from strongroom_engine.conversations.titles import best_line, title_of, words_of
from strongroom_engine.errors import StrongroomError, UnknownConversation, UnknownTurn
from strongroom_engine.store import Store
from strongroom_engine.types import (
    Answer,
    Asked,
    Conversation,
    ConversationSummary,
    ExportWords,
    KeptTurn,
    Turn,
)

PART_CHARACTERS = 256 * 1024
"""Turns are given in parts of about so much JSON: an answer over whole documents may be long."""
MOST_EARLIER = 6
"""Earlier turns that a follow-up may point back to."""


class LibraryConversations:
    """Every method may be called from any thread; what writes needs a writable library."""

    def __init__(self, store: Store, tell: Callable[[StrongroomError], None]) -> None:
        """`tell` hears of an answer that could not be kept; it is given all the same."""
        self._kept, self._tell = store.conversations, tell

    # --- asking ----------------------------------------------------------------------------------

    def keep(self, key: str, asked: Asked, ask: Callable[[], Answer]) -> Answer:
        """What `ask` answers, with question and answer kept in the conversation of this key.

        The question is written first: whatever ends the asking, it is there. Without a key, and
        for a question without any words, nothing is kept.
        """
        if not key or not asked.question.strip():
            return ask()
        row = self._kept.put_question(key, asked, title_of(asked.question))
        answer = ask()
        try:
            self._kept.put_answer(row, answer)
        except StrongroomError as exc:  # the disk is full, perhaps
            self._tell(exc)
        return answer

    def earlier(self, key: str) -> tuple[Turn, ...]:
        """What a follow-up in this conversation may point back to, oldest first; stopped answers
        and those that were asked again are left out."""
        latest: dict[str, Answer] = {}
        for turn in self._turns(key):
            if (answer := turn.answer) is not None and not answer.stopped:
                latest.pop(answer.question, None)
                latest[answer.question] = answer
        kept = list(latest.values())[-MOST_EARLIER:]
        return tuple(Turn(each.question, each.text, each.standalone) for each in kept)

    # --- finding ---------------------------------------------------------------------------------

    def listed(self, query: str = "") -> tuple[ConversationSummary, ...]:
        """Those that hold all words of the query, each with the line that shows them, or all of
        them; the one changed last first."""
        words = words_of(query)
        found = self._kept.listed(words)
        return tuple(self._with_line(each, words) for each in found) if words else found

    def _with_line(self, found: ConversationSummary, words: tuple[str, ...]) -> ConversationSummary:
        line = best_line(self._kept.texts(found.key), words, found.title)
        return replace(found, found=line)

    def find(self, name: str) -> ConversationSummary:
        """The conversation with this key or title (of several the one changed last), or the only
        one whose title begins like this, whatever the case. Raises `UnknownConversation`."""
        if found := self._kept.find(name):
            return found
        wanted = " ".join(name.casefold().split())
        every = self._kept.listed()
        same = [each for each in every if each.title.casefold() == wanted]
        begun = [each for each in every if wanted and each.title.casefold().startswith(wanted)]
        if same or len(begun) == 1:
            return (same or begun)[0]
        raise UnknownConversation(name=f"‘{name}’")

    # --- one conversation ------------------------------------------------------------------------

    def parts(self, key: str) -> Iterator[tuple[KeptTurn, ...]]:
        """Its turns, oldest first, a few at a time; raises `UnknownConversation`."""
        self._summary(key)
        number = 0
        while part := self._kept.turns(key, number, PART_CHARACTERS):
            number += len(part)
            yield part

    def get(self, key: str) -> Conversation:
        """The whole conversation; raises `UnknownConversation`."""
        return Conversation(self._summary(key), tuple(self._turns(key)))

    def rename(self, key: str, title: str) -> ConversationSummary:
        """Give it another title, or with an empty one its first question; what it is then.

        Raises `UnknownConversation`.
        """
        self._summary(key)
        first = self._kept.turns(key, 0, 1)
        self._kept.rename(key, title_of(title) or title_of(first[0].asked.question))
        return self._summary(key)

    def remove(self, key: str) -> None:
        """Forget it with all that was asked and answered in it; raises `UnknownConversation`."""
        self._summary(key)
        self._kept.remove(key)

    def export(
        self, key: str, file: Path, turn: int | None = None, words: ExportWords | None = None
    ) -> None:
        """Write it, or the turn with this number (from 0), with its citations to a file, in the
        format of its ending.

        Raises `UnknownConversation`, `UnknownTurn` and `ReportUnwritable`.
        """
        from strongroom_engine.conversations.export import refuse_unknown_format, write

        refuse_unknown_format(file)
        whole = self.get(key)
        if turn is not None:
            if not 0 <= turn < len(whole.turns):
                raise UnknownTurn(number=turn + 1, turns=_questions(len(whole.turns)))
            whole = replace(whole, turns=(whole.turns[turn],))
        write(whole, file, words or ExportWords())

    def _turns(self, key: str) -> Iterator[KeptTurn]:
        return (turn for part in self.parts(key) for turn in part)

    def _summary(self, key: str) -> ConversationSummary:
        found = self._kept.find(key)
        if found is None:
            raise UnknownConversation(name=f"‘{key}’")
        return found


def _questions(count: int) -> str:
    return f"{count:,} question{'' if count == 1 else 's'}"
