"""The engine process's answers, without a process around them."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from strongroom_engine import protocol as wire
from strongroom_engine.judging import Place
from strongroom_engine.library import Library
from strongroom_engine.serving import HANDLERS, Call, Handler
from strongroom_engine.serving.indexing import DOCUMENTS_A_PART
from strongroom_engine.store import LibraryKey
from strongroom_engine.types import DocumentRecord, State
from tests.engine.fakes import WordLengths
from tests.engine.served import served
from tests.engine.talking import Talk


class Listed(Library):
    """A library that only lists so many documents."""

    def __init__(self, count: int) -> None:
        self._count = count

    def documents(self, source: str = "") -> tuple[DocumentRecord, ...]:
        return tuple(
            DocumentRecord(f"{source}/{number}.pdf", source, "A", State.INDEXED)
            for number in range(self._count)
        )


@pytest.mark.parametrize("extra", [0, 1, -1])
@pytest.mark.parametrize("parts", [0, 1, 3])
def test_a_long_list_comes_in_parts(parts: int, extra: int) -> None:
    count = max(parts * DOCUMENTS_A_PART + extra, 0)
    events = served(Listed(count), wire.ListDocuments(id=7, source="/a"))
    lists = [event for event in events if isinstance(event, wire.Documents)]
    assert len(lists) == len(events) == max(-(-count // DOCUMENTS_A_PART), 1)
    assert [event.more for event in lists] == [True] * (len(lists) - 1) + [False]
    assert {(event.id, event.source) for event in lists} == {(7, "/a")}
    paths = [record.path for event in lists for record in event.documents]
    assert paths == [f"/a/{number}.pdf" for number in range(count)]


def test_the_own_set_is_judged_listed_exported_and_forgotten(
    tmp_path: Path, key: LibraryKey
) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "boat.txt").write_text("The boat is moored at Leith.", encoding="utf-8")
    with Library(tmp_path / "library", key, embedder=WordLengths()) as library:
        library.add(str(notes))
        place = Place(str(notes / "boat.txt"), quote="at Leith")
        judge = wire.Judge(id=1, question="Where is it?", right=(place,), wrong_answer="Oslo")
        judged = answered(library, judge)
        assert isinstance(judged, wire.Judged)
        assert judged.judgement is not None
        assert judged.judgement.places[0].span == (19, 27)

        listed = answered(library, wire.ListJudgements(id=2))
        assert isinstance(listed, wire.Judgements)
        assert (listed.id, listed.judgements) == (2, (judged.judgement,))

        file = tmp_path / "own.jsonl"
        export = wire.ExportJudgements(id=3, file=str(file), root=str(notes))
        assert answered(library, export) == wire.Done(id=3)
        assert '"file":"boat.txt"' in file.read_text(encoding="utf-8")

        forget = wire.ForgetJudgement(id=4, question="Where is it?")
        assert answered(library, forget) == wire.Done(id=4)
        assert library.own.judgements() == ()


def answered(library: Library, request: wire.Request) -> wire.Event:
    """The one event that answers it."""
    (event,) = served(library, request)
    return event


def test_a_question_does_not_wait_for_the_end_of_the_one_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both_there = threading.Barrier(2)

    def serve(_call: Call, _request: wire.Ask) -> wire.Message:
        both_there.wait(20)
        return wire.Answered()

    asking: type[wire.Message] = wire.Ask
    monkeypatch.setitem(HANDLERS, asking, Handler(HANDLERS[asking].pool, serve))
    talk = Talk(tmp_path / "library", tmp_path / "key")
    try:
        talk.hear(wire.Ready)
        talk.say(wire.Ask(id=1, question="Which is the first?"))
        talk.say(wire.Ask(id=2, question="Which is the second?"))
        talk.hear(wire.Answered, 1)  # since the other one is there, too
    finally:
        talk.end()
