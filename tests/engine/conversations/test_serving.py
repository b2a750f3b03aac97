"""Conversations over the wire: asked in, stopped, followed up, listed, opened, exported."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.engine.conversations.child import KEY, QUESTION
from tests.engine.fakes import Scripted, WordLengths
from tests.engine.served import served

from strongroom_engine import protocol as wire
from strongroom_engine.errors import EmptyQuestion, UnknownConversation
from strongroom_engine.library import Library
from strongroom_engine.store import LibraryKey
from strongroom_engine.types import Turn

ROOT = Path(__file__).parents[3]


@pytest.fixture
def library(tmp_path: Path, key: LibraryKey) -> Iterator[Library]:
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "barn.txt").write_text("The rent of the barn is 310 euros a month.")
    scripted = Scripted("The rent is 310 euros.", "It is 310 euros a month.", "310 euros.")
    with Library(
        tmp_path / "library", key, embedder=WordLengths(), make_generator=lambda _plan: scripted
    ) as library:
        library.add(str(notes))
        yield library


def test_a_conversation_is_asked_in_listed_opened_renamed_exported_and_removed(
    library: Library, tmp_path: Path
) -> None:
    events = served(library, wire.Ask(id=1, question=QUESTION, conversation="k1"))
    assert not any(isinstance(event, wire.Taken) for event in events)
    first = events[-1]
    assert isinstance(first, wire.Answered)
    assert first.answer is not None
    turns = (Turn(QUESTION, first.answer.text),)
    follow = wire.Ask(id=2, question="And of the mill?", conversation="k1", turns=turns)
    events = served(library, follow)
    kinds = [type(event) for event in events]
    (taken,) = (event for event in events if isinstance(event, wire.Taken))
    assert taken.standalone == "How high is the rent of the mill?"
    assert kinds.index(wire.Taken) == 0

    (listed,) = served(library, wire.ListConversations(id=3, words="BARN month"))
    assert isinstance(listed, wire.Conversations)
    (summary,) = listed.conversations
    assert (summary.key, summary.title, summary.turns) == ("k1", QUESTION, 2)

    *parts, opened = served(library, wire.GetConversation(id=4, key="k1"))
    assert opened == wire.ConversationOpened(id=4, conversation=library.conversations.find("k1"))
    kept = [
        turn for part in parts if isinstance(part, wire.ConversationTurns) for turn in part.turns
    ]
    assert [turn.asked.question for turn in kept] == [QUESTION, "And of the mill?"]
    assert kept[0].answer == first.answer
    assert kept[1].answer is not None
    assert kept[1].answer.standalone == taken.standalone

    rename = wire.RenameConversation(id=5, key="k1", title="Rents")
    assert served(library, rename) == [wire.Done(id=5)]
    file = tmp_path / "out.md"
    export = wire.ExportConversation(id=6, key="k1", file=str(file), turn=1)
    assert served(library, export) == [wire.Done(id=6)]
    assert "And of the mill?" in file.read_text("utf-8")
    assert served(library, wire.RemoveConversation(id=7, key="k1")) == [wire.Done(id=7)]
    with pytest.raises(UnknownConversation):
        served(library, wire.GetConversation(id=8, key="k1"))


def test_a_stopped_answer_is_kept_as_far_as_it_came(library: Library) -> None:
    ask = wire.Ask(id=1, question=QUESTION, conversation="k")

    def some(events: list[wire.Event]) -> bool:
        return any(isinstance(event, wire.Token) for event in events)

    served(library, ask, stop_when=some)
    (turn,) = library.conversations.get("k").turns
    assert turn.answer is not None
    assert turn.answer.stopped


def test_what_cannot_be_asked_leaves_the_question_only(library: Library) -> None:
    with pytest.raises(EmptyQuestion):
        served(library, wire.Ask(id=1, question="type:txt", conversation="k"))
    (turn,) = library.conversations.get("k").turns
    assert (turn.asked.question, turn.answer) == ("type:txt", None)


def test_without_a_conversation_nothing_is_kept(library: Library) -> None:
    served(library, wire.Ask(id=1, question=QUESTION))
    assert library.conversations.listed() == ()


def test_a_question_outlives_a_process_that_is_killed_in_mid_answer(tmp_path: Path) -> None:
    notes, folder = tmp_path / "notes", tmp_path / "library"
    notes.mkdir()
    (notes / "barn.txt").write_text("The rent of the barn is 310 euros a month.")
    with Library(folder, KEY, embedder=WordLengths()) as library:
        library.add(str(notes))
    command = [sys.executable, "-m", "tests.engine.conversations.child", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "busy\n"
        child.kill()
    with Library(folder, KEY, embedder=WordLengths()) as library:
        (kept,) = library.conversations.listed("barn")
        (turn,) = library.conversations.get("k").turns
    assert (kept.title, turn.asked.question, turn.answer) == (QUESTION, QUESTION, None)
