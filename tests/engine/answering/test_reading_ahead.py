"""What is read before a question is asked: whose passages, in which order, and what goes first."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from tests.engine.fakes import Scripted, made_plan

from strongroom_engine.answering.asking import Job, Parts, Request
from strongroom_engine.answering.pipeline import answer, foreseen
from strongroom_engine.answering.reading_ahead import Foreseen, ReadingAhead, best
from strongroom_engine.answering.search import Searcher
from strongroom_engine.models.embedder import OnnxEmbedder
from strongroom_engine.settings import Settings
from strongroom_engine.store import Store
from strongroom_engine.types import Message, Prompt, Turn

from .conftest import AddDocument

LEASE = "The Tenant pays a rent of 1,200 euros.\n\nThe Landlord keeps the roof in repair."
RENT = "How high is the rent of the Tenant?"
WAIT_S = 20.0
KEEPING = replace(made_plan(), block_bytes=1 << 20)
"""The plan of a model that keeps what it has read."""


# --- what would be read --------------------------------------------------------------------------


@pytest.fixture
def library(store: Store, add: AddDocument) -> Store:
    add("lease.txt", "Terms of the lease.\n", LEASE)
    add("letter.txt", "Dear Ms Keller, the roof of the barn leaks.", collection="Letters")
    for number in range(4):
        add(f"other{number}.txt", f"Report {number} on trees, rivers and the weather of the year.")
    return store


def job_of(
    store: Store, embedder: OnnxEmbedder, request: Request, *answers: str
) -> tuple[Job, Scripted]:
    generator = Scripted(*answers, plan=KEEPING)
    searcher = Searcher(store, embedder)
    return Job(request, Parts(store, searcher, embedder, lambda: generator, Settings())), generator


@pytest.mark.parametrize(
    "request_",
    [
        Request(RENT),
        Request(RENT, collections=("Papers",)),
        Request(RENT, everywhere=True),
        Request("And who keeps the roof?", turns=(Turn(RENT, "1,200 euros."),)),
        Request("Is it paid by the Tenant?", turns=(Turn("How high is the rent?", "1,200"),)),
    ],
    ids=["plain", "collection", "everywhere", "and", "it"],
)
def test_what_is_foreseen_is_what_is_asked(
    library: Store, embedder: OnnxEmbedder, request_: Request
) -> None:
    job, generator = job_of(library, embedder, request_, "1,200 euros.")
    found = foreseen(job)
    assert found is not None
    generator.read(found.prompt)
    answer(job)
    assert [found.prompt] == generator.weighed
    assert found.prompt.passages
    assert found.generator is generator


def test_it_is_read_within_the_documents_that_are_chosen(
    library: Store, embedder: OnnxEmbedder, add: AddDocument
) -> None:
    other = add("other lease.txt", "The Tenant of the barn pays a rent of 300 euros.")
    job, generator = job_of(library, embedder, Request(RENT, documents=(str(other),)), "300")
    found = foreseen(job)
    assert found is not None
    generator.read(found.prompt)
    answer(job)
    assert [found.prompt] == generator.weighed
    assert "1,200" not in str(found.prompt.passages)


@pytest.mark.parametrize(
    "request_",
    [
        Request("rent"),
        Request("How many documents are there?"),
        Request("Which volcanoes of Iceland erupted before the Romans came?"),
        Request(RENT, task="summary"),
        Request("Shorter, please.", turns=(Turn(RENT, "The rent is 1,200 euros."),)),
    ],
    ids=["begun", "index", "refused", "task", "previous"],
)
def test_nothing_is_foreseen_where_no_passage_would_be_read(
    library: Store, embedder: OnnxEmbedder, request_: Request
) -> None:
    job, _ = job_of(library, embedder, request_)
    assert foreseen(job) is None


def test_nothing_is_foreseen_for_a_model_that_keeps_nothing(
    library: Store, embedder: OnnxEmbedder
) -> None:
    job, generator = job_of(library, embedder, Request(RENT))
    generator.plan = made_plan()
    assert foreseen(job) is None


def test_a_model_that_turns_out_to_keep_nothing_reads_nothing_ahead(
    library: Store, embedder: OnnxEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    job, generator = job_of(library, embedder, Request(RENT))

    def load(*_: object) -> bool:
        generator.can_keep = False
        return True

    monkeypatch.setattr(generator, "load", load)
    assert generator.keeps
    assert foreseen(job) is None


def test_the_search_that_was_made_serves(
    library: Store, embedder: OnnxEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    job, generator = job_of(library, embedder, Request(RENT), "1,200 euros.")
    typed = job.parts.searcher.search(RENT, 30, typing=True)
    with monkeypatch.context() as patched:
        patched.setattr(Searcher, "search", lambda *_a, **_k: pytest.fail("searched again"))
        found = foreseen(job, typed)
    assert found is not None
    generator.read(found.prompt)
    answer(job)
    assert [found.prompt] == generator.weighed


@pytest.mark.parametrize(
    ("known", "count", "stage"),
    [(0, 1, ("reading", 1)), (1, 1, ("read", 1)), (2, 2, ("read", 2))],
)
def test_an_answer_says_how_much_is_still_to_be_read(
    library: Store, embedder: OnnxEmbedder, known: int, count: int, stage: tuple[str, int]
) -> None:
    job, generator = job_of(library, embedder, Request(RENT), "1,200 euros.")
    stages: list[tuple[str, int]] = []
    parts = replace(job.parts, settings=Settings(passages=2))
    caller = replace(job.caller, on_stage=lambda *how: stages.append(how))
    job = replace(job, parts=parts, caller=caller)
    found = foreseen(job)
    assert found is not None
    generator.read(best(found.prompt, known) if known else replace(found.prompt, passages=()))
    stages.clear()
    answer(job)
    # The second has no sentence that is near to the question.
    assert stages[2:] == [("reading", count), stage, ("writing", count)]


def test_a_model_that_keeps_nothing_reads_all(library: Store, embedder: OnnxEmbedder) -> None:
    job, generator = job_of(library, embedder, Request(RENT), "1,200 euros.")
    generator.plan = made_plan()
    stages: list[tuple[str, int]] = []
    answer(replace(job, caller=replace(job.caller, on_stage=lambda *how: stages.append(how))))
    assert [name for name, _ in stages] == ["searching", "loading", "reading", "writing"]


# --- reading it ----------------------------------------------------------------------------------


class Slow(Scripted):
    """Reads a passage for as long as it is told to, or until it is cancelled."""

    def __init__(self) -> None:
        super().__init__(plan=KEEPING)
        self.begun: list[str] = []
        self.let_go: list[str] = []
        self.going_on = threading.Event()

    def read(self, prompt: Prompt, cancelled: Callable[[], bool] = lambda: False) -> int:
        wanted = prompt.passages[0]
        self.begun.append(wanted)
        while wanted not in self.have_read and not self.going_on.wait(0.005):
            if cancelled():
                self.let_go.append(wanted)
                break
        return super().read(prompt, cancelled)


def prompt(*passages: str) -> Prompt:
    """One with these, the best last."""
    asked = Message("user", "\n\n".join((*passages, "What now?")))
    documents = tuple(f"/papers/{passage}.txt" for passage in passages)
    return Prompt((asked,), 0, 0.0, 8, passages=passages, documents=documents)


class Reader:
    """What is read ahead of prompts, each in a thread of its own, and what was told of it."""

    def __init__(self) -> None:
        self.slow = Slow()
        self.ahead = ReadingAhead()
        self.stopped = threading.Event()
        self._threads: list[threading.Thread] = []

    def begin(
        self, wanted: Prompt | None, count: int = 4
    ) -> tuple[threading.Thread, list[tuple[int, int]]]:
        told: list[tuple[int, int]] = []

        def foresee(_ended: Callable[[], bool]) -> Foreseen | None:
            return Foreseen(wanted, count, self.slow) if wanted else None

        def read() -> None:
            self.ahead.read(foresee, self.stopped.is_set, lambda *how: told.append(how))

        thread = threading.Thread(target=read)
        self._threads.append(thread)
        thread.start()
        return thread, told

    def end(self) -> None:
        self.stopped.set()
        for thread in self._threads:
            thread.join(WAIT_S)
            assert not thread.is_alive()


def until(holds: Callable[[], object]) -> None:
    limit = time.monotonic() + WAIT_S
    while not holds():
        assert time.monotonic() < limit
        time.sleep(0.002)


@pytest.fixture
def reader() -> Iterator[Reader]:
    made = Reader()
    yield made
    made.end()


def test_the_best_is_read_first_and_each_is_told(reader: Reader) -> None:
    reader.slow.going_on.set()
    thread, told = reader.begin(prompt("worst", "good", "best"))
    thread.join(WAIT_S)
    assert reader.slow.begun == ["best", "good", "worst"]
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_when_all_are_read_the_question_so_far_is_too_and_then_the_next_ones(
    reader: Reader,
) -> None:
    read_by_then: list[set[str]] = []
    weigh = reader.slow.weigh

    def noting(*args: Any, **how: Any) -> float:
        read_by_then.append(set(reader.slow.have_read))
        return weigh(*args, **how)

    reader.slow.weigh = noting  # type: ignore[method-assign]
    reader.slow.going_on.set()
    thread, _ = reader.begin(prompt("next", "worst", "best"), count=2)
    thread.join(WAIT_S)
    assert reader.slow.weighed_ahead == [prompt("worst", "best")]
    assert read_by_then == [{"worst", "best"}]
    assert reader.slow.have_read == {"worst", "best", "next"}
    assert reader.slow.weighed == []


def test_a_question_ends_the_reading_of_the_question_so_far(reader: Reader) -> None:
    ended = threading.Event()

    def weigh(_prompt: Prompt, cancelled: Callable[[], bool], *, ahead: bool) -> float:
        assert ahead
        until(cancelled)
        ended.set()
        return 0.0

    reader.slow.weigh = weigh  # type: ignore[method-assign,assignment]
    reader.slow.going_on.set()
    thread, _ = reader.begin(prompt("best"))
    time.sleep(0.1)
    assert not ended.is_set()
    with reader.ahead.answering():
        assert ended.wait(WAIT_S)
    thread.join(WAIT_S)


def test_the_next_ones_are_read_too_and_not_told(reader: Reader) -> None:
    reader.slow.going_on.set()
    thread, told = reader.begin(prompt("next", "worst", "best"), count=2)
    thread.join(WAIT_S)
    assert reader.slow.begun == ["best", "worst", "next"]
    assert told == [(0, 2), (1, 2), (2, 2)]


def test_the_best_stand_with_their_documents_behind_what_all_stand_behind() -> None:
    made = best(prompt("worst", "good", "best"), 2)
    assert made.documents == ("/papers/good.txt", "/papers/best.txt")
    assert made.passages == ("good", "best")
    assert made.messages[-1].content == "good\n\nbest\n\nWhat now?"


def test_of_an_older_text_no_further_passage_is_read(reader: Reader) -> None:
    """The one in hand is the worker's affair, which knows whether the newer text has it."""
    old, told_of_old = reader.begin(prompt("b", "a"))
    until(lambda: reader.slow.begun == ["a"])
    _, told = reader.begin(prompt("a", "c"))
    until(lambda: reader.slow.begun == ["a", "c"])
    assert reader.slow.let_go == []
    reader.slow.going_on.set()
    until(lambda: told == [(0, 2), (1, 2), (2, 2)])
    old.join(WAIT_S)
    assert reader.slow.begun == ["a", "c", "a"]
    assert told_of_old[-1] == (1, 2)


def test_a_text_with_nothing_to_read_ends_the_older_one(reader: Reader) -> None:
    old, _ = reader.begin(prompt("b", "a"))
    until(lambda: reader.slow.begun == ["a"])
    reader.begin(None)
    old.join(WAIT_S)
    assert reader.slow.let_go == ["a"]


def test_it_ends_when_it_is_stopped(reader: Reader) -> None:
    thread, told = reader.begin(prompt("b", "a"))
    until(lambda: reader.slow.begun == ["a"])
    reader.stopped.set()
    thread.join(WAIT_S)
    assert (reader.slow.begun, told) == (["a"], [(0, 2)])


def test_a_question_ends_it_and_what_it_has_no_use_for_is_let_go(reader: Reader) -> None:
    thread, _ = reader.begin(prompt("b", "a"))
    until(lambda: reader.slow.begun == ["a"])
    with reader.ahead.answering():
        time.sleep(0.1)
        assert reader.slow.let_go == []  # the question may need it
    thread.join(WAIT_S)
    assert (reader.slow.begun, reader.slow.let_go) == (["a"], ["a"])


def test_a_question_does_not_wait_for_what_it_needs_no_more_than_a_sentence_of(
    reader: Reader,
) -> None:
    reader.slow.have_read.add("a")
    thread, _ = reader.begin(prompt("b", "a"))
    until(lambda: reader.slow.begun == ["a", "b"])
    with reader.ahead.answering():
        until(lambda: reader.slow.let_go == ["b"])
    thread.join(WAIT_S)


def test_what_is_typed_while_a_question_is_answered_waits(reader: Reader) -> None:
    reader.slow.going_on.set()
    with reader.ahead.answering():
        thread, told = reader.begin(prompt("a"))
        time.sleep(0.2)
        assert reader.slow.begun == []
    thread.join(WAIT_S)
    assert told == [(0, 1), (1, 1)]


def test_of_texts_that_come_quickly_only_the_newest_is_looked_up() -> None:
    ahead, looked, going_on = ReadingAhead(), list[str](), threading.Event()

    def read(name: str) -> threading.Thread:
        def foresee(_ended: Callable[[], bool]) -> None:
            looked.append(name)
            going_on.wait(WAIT_S)

        thread = threading.Thread(
            target=ahead.read, args=(foresee, lambda: False, lambda *_how: None)
        )
        thread.start()
        return thread

    threads = [read("first")]
    until(lambda: looked == ["first"])
    threads += [read("second"), read("third")]
    until(lambda: ahead._newest == 3)
    going_on.set()
    for thread in threads:
        thread.join(WAIT_S)
    assert looked == ["first", "third"]
