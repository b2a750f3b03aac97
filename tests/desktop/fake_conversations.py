"""How the fake engine host keeps conversations: in memory, with the lines of the real one."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import made  # type: ignore[import-not-found]  # it lies beside this script

from strongroom_engine import protocol as p
from strongroom_engine.conversations.titles import best_line, title_of, words_of
from strongroom_engine.errors import ReportUnwritable, UnknownConversation
from strongroom_engine.trees import folded
from strongroom_engine.types import Answer, Asked, ConversationSummary, KeptTurn

if TYPE_CHECKING:
    from collections.abc import Callable

PART = 3
"""Turns in one event."""
HOUR_MS = 3_600_000
QUESTIONS = (
    "When can the tenant end the Harbour Street lease early, and what does it cost?",
    "Which leases have a break right before 2026?",
    "Who signed the deed of variation?",
    "What did the parties agree about the service charge in the meeting of 12 June?",
    "Summarise the dilapidations report",
    "How high is the rent of the Mill Yard workshop?",
    "Is VAT payable on the rent, and since when?",
    "List every document that names a guarantor",
)


class Conversing:
    """Mixed into the host. A file named 'unwritable' cannot be written."""

    say: Callable[[p.Message], None]

    def start_conversing(self, count: int) -> None:
        self.conversations: dict[str, ConversationSummary] = {}
        self.turns: dict[str, list[KeptTurn]] = {}
        now, chance = int(time.time() * 1000), random.Random(7)
        for number in range(count):
            question = QUESTIONS[number % len(QUESTIONS)]
            if number >= len(QUESTIONS):
                question = f"{number}. {question}"
            at = now - 60_000 - int(number * chance.uniform(5, 9) * HOUR_MS)
            answer = made.answer(question)
            kept = KeptTurn(Asked(question), at, answer)
            key = f"made-{number}"
            turns = 1 + number * 7 % 5
            self.conversations[key] = ConversationSummary(key, title_of(question), at, at, turns)
            self.turns[key] = [kept] * turns

    def keep_question(self, request: p.Ask) -> None:
        key = request.conversation
        if not key:
            return
        now = int(time.time() * 1000)
        fresh = ConversationSummary(key, title_of(request.question), now, now, 0)
        known = self.conversations.get(key, fresh)
        self.conversations[key] = replace(known, changed_ms=now, turns=known.turns + 1)
        asked = Asked(
            request.question,
            request.task,
            request.collections,
            request.documents,
            request.model,
            request.everywhere,
            request.schema,
        )
        self.turns.setdefault(key, []).append(KeptTurn(asked, now))

    def keep_answer(self, request: p.Ask, answer: Answer) -> None:
        if request.conversation in self.turns:
            turns = self.turns[request.conversation]
            turns[-1] = replace(turns[-1], answer=answer)

    def _conversation(self, key: str) -> ConversationSummary:
        if key not in self.conversations:
            raise UnknownConversation(name=f"‘{key}’")
        return self.conversations[key]

    def on_listconversations(self, request: p.ListConversations) -> None:
        words = words_of(request.words)
        found = (self._searched(each, words) for each in self.conversations.values())
        listed = sorted((each for each in found if each), key=lambda each: -each.changed_ms)
        self.say(p.Conversations(id=request.id, conversations=tuple(listed)))

    def _searched(
        self, one: ConversationSummary, words: tuple[str, ...]
    ) -> ConversationSummary | None:
        if not words:
            return one
        texts = [
            f"{turn.asked.question}\n{turn.answer.text if turn.answer else ''}"
            for turn in self.turns[one.key]
        ]
        everything = folded("\n".join([one.title, *texts]))
        if not all(word in everything for word in words):
            return None
        pairs = [(text, folded(text)) for text in texts]
        return replace(one, found=best_line(pairs, words, one.title))

    def on_getconversation(self, request: p.GetConversation) -> None:
        found = self._conversation(request.key)
        turns = self.turns[request.key]
        for start in range(0, len(turns), PART):
            part = tuple(turns[start : start + PART])
            self.say(p.ConversationTurns(id=request.id, key=request.key, turns=part))
        self.say(p.ConversationOpened(id=request.id, conversation=found))

    def on_renameconversation(self, request: p.RenameConversation) -> None:
        found = self._conversation(request.key)
        title = title_of(request.title) or title_of(self.turns[request.key][0].asked.question)
        self.conversations[request.key] = replace(found, title=title)
        self.say(p.Done(id=request.id))

    def on_removeconversation(self, request: p.RemoveConversation) -> None:
        self._conversation(request.key)
        del self.conversations[request.key], self.turns[request.key]
        self.say(p.Done(id=request.id))

    def on_exportconversation(self, request: p.ExportConversation) -> None:
        found = self._conversation(request.key)
        if "unwritable" in request.file:
            raise ReportUnwritable(file=request.file, why="Permission denied")
        said = f"{found.title} {request.turn} {request.words.sources}\n"
        Path(request.file).write_text(said, encoding="utf-8")
        self.say(p.Done(id=request.id))
