"""Passages that are read once, prompts that share what they begin with, answers written together:
with the real model."""

from __future__ import annotations

import itertools
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from typing import TypeVar, cast

import llama_cpp
import psutil
import pytest

from strongroom_engine.errors import Cancelled
from strongroom_engine.models import messages as say
from strongroom_engine.models.context import SLOTS, TOGETHER, Context, Entry
from strongroom_engine.models.drafting import Drafting
from strongroom_engine.models.generator import WorkerGenerator
from strongroom_engine.models.llama import LlamaModel
from strongroom_engine.models.slots import Slot
from strongroom_engine.models.worker import Worker
from strongroom_engine.types import Generation, Message, ModelPlan, Prompt

from .conftest import plan_for

T = TypeVar("T")

STABLE = (Message("system", "Answer from the sources alone, in a few words."),)
RENT = "Lease, Rent\nThe rent of the mill is 1,200 euros, and is paid on the first of each month."
TERM = "Lease, Term\nThe lease begins on 1 April 2021 and ends on 31 March 2027."
PETS = "Lease, Animals\nDogs may not be kept in the mill. Cats may, two of them at most."
LONG = "\n".join(f"Item {number}: the tenant keeps part {number} clean." for number in range(64))


def asking(
    question: str,
    passages: Sequence[str],
    max_tokens: int = 24,
    documents: Sequence[str] = (),
    **changes: object,
) -> Prompt:
    text = "\n\n".join(["Sources:", *passages, f"Question: {question}"])
    made = Prompt((*STABLE, Message("user", text)), 1, 0.0, max_tokens)
    made = replace(made, passages=tuple(passages), documents=tuple(documents))
    return replace(made, **changes)  # type: ignore[arg-type]  # the tests name real fields


def ignore(_text: str) -> None:
    pass


def never() -> bool:
    return False


def write(generator: WorkerGenerator, prompt: Prompt) -> Generation:
    return generator.generate(prompt, ignore, never)


def result(steps: Generator[None, None, T]) -> T:
    """What they return when all are done."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return cast(T, end.value)


def fresh(plan: ModelPlan) -> Iterator[WorkerGenerator]:
    generator = WorkerGenerator(plan)
    generator.load(STABLE)
    yield generator
    generator.close()


@pytest.fixture(autouse=True)
def freed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Models in this process do not stay in its memory."""
    made: list[Context] = []
    init = Context.__init__

    def noting(self: Context, plan: ModelPlan) -> None:
        init(self, plan)
        made.append(self)

    monkeypatch.setattr(Context, "__init__", noting)
    yield
    for context in made:
        llama_cpp.llama_free(context.ctx)
        llama_cpp.llama_model_free(context.model)


@pytest.fixture(scope="module")
def small() -> Iterator[WorkerGenerator]:
    """The 0.5B, which answers simple questions."""
    yield from fresh(replace(plan_for("small", 2048), block_bytes=64 << 20, cells=4096))


@pytest.fixture
def tiny() -> Iterator[WorkerGenerator]:
    yield from fresh(replace(plan_for("test", 2048), block_bytes=64 << 20, cells=4096))


def evaluated(generation: Generation) -> int:
    return generation.prompt_tokens - generation.reused_tokens


# --- passages ----------------------------------------------------------------------------------------


def test_a_passage_is_read_once_in_whatever_company(small: WorkerGenerator) -> None:
    first = write(small, asking("What is the rent?", [PETS, TERM, RENT]))
    second = write(small, asking("When does the lease end?", [RENT, PETS, TERM]))
    third = write(small, asking("May dogs be kept?", [PETS]))
    assert "1,200" in first.text
    assert "2027" in second.text
    assert third.text
    assert evaluated(first) > 60
    assert evaluated(second) < 25
    assert evaluated(third) < 25


def test_joined_blocks_answer_as_the_whole_prompt_does(small: WorkerGenerator) -> None:
    for question, found in (("What is the rent?", "1,200"), ("When does it begin?", "2021")):
        joined = asking(question, [PETS, RENT, TERM])
        assert found in write(small, joined).text
        assert found in write(small, replace(joined, passages=())).text


def test_what_was_read_ahead_need_not_be_read(small: WorkerGenerator) -> None:
    passages = [f"Annex {n}\nThe key of {n} is blue." for n in range(3)] + [TERM + " So it is."]
    asked = asking("When does the lease end?", passages)
    assert small.read(asked) == 4
    answer = write(small, asked)
    assert evaluated(answer) < 25
    assert "2027" in answer.text


def test_a_changed_document_drops_its_blocks_and_no_others(small: WorkerGenerator) -> None:
    documents = ["/a.txt", "/b.txt"]
    prompt = asking("What is the rent?", [PETS + " So it is.", RENT + " So it is."], 8, documents)
    write(small, prompt)
    small.forget(["/b.txt"])
    again = write(small, prompt)
    known = evaluated(
        write(small, replace(prompt, messages=asking("When?", prompt.passages).messages))
    )
    assert known < 25
    assert 25 < evaluated(again) < 70


def test_no_block_survives_its_budget(small: WorkerGenerator) -> None:
    generator = WorkerGenerator(replace(small.plan, block_bytes=1 << 20))  # for some 85 tokens
    try:
        passages = [f"{number}\n{PETS}" for number in range(6)]
        assert 0 < generator.read(asking("?", passages)) < len(passages)
        assert generator.read(asking("?", [LONG])) == 0
        assert evaluated(write(generator, asking("What is item 3?", [LONG], 4))) > 600
    finally:
        generator.close()


def test_of_a_model_that_cannot_shift_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = replace(plan_for("test", 1024), block_bytes=64 << 20, threads=1)
    assert LlamaModel(plan).reading.joins
    monkeypatch.setattr(Context, "shifts", False)
    assert not LlamaModel(plan).reading.joins


def test_what_the_worker_says_of_keeping_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    generator = WorkerGenerator(replace(plan_for("test", 1024), block_bytes=64 << 20))
    assert generator.keeps  # as planned
    monkeypatch.setattr(
        generator,
        "_exchange",
        lambda _worker, command, _cancelled: say.Loaded(command.id, 1, False),
    )
    generator.load(STABLE)
    assert not generator.keeps
    generator.close()


def test_without_a_budget_the_prompt_is_read_as_it_is(small: WorkerGenerator) -> None:
    generator = WorkerGenerator(replace(small.plan, block_bytes=0))
    try:
        asked = asking("What is the rent?", [PETS, RENT])
        assert generator.read(asked) == 0
        plain = write(generator, replace(asked, passages=()))
        assert write(generator, asked).text == plain.text
        assert "1,200" in plain.text
    finally:
        generator.close()


# --- reading ahead gives way -----------------------------------------------------------------------------


def reading(generator: WorkerGenerator, prompt: Prompt) -> tuple[threading.Thread, list[int]]:
    """Read ahead in a thread of its own; it has begun."""
    found: list[int] = []
    thread = threading.Thread(target=lambda: found.append(generator.read(prompt)))
    thread.start()
    time.sleep(0.3)
    return thread, found


def test_a_question_does_not_wait_for_what_is_read_ahead(small: WorkerGenerator) -> None:
    thread, found = reading(small, asking("?", [f"Part 1\n{LONG}"]))
    assert thread.is_alive()
    assert small.count_tokens("one two") == 2
    answer = write(small, asking("What is the rent?", [RENT]))
    assert "1,200" in answer.text
    assert thread.is_alive()  # it goes on afterwards
    thread.join(120)
    assert found == [1]


def test_a_later_reading_takes_the_place_of_the_one_before(small: WorkerGenerator) -> None:
    thread, found = reading(small, asking("?", [f"One\n{LONG}"]))
    assert small.read(asking("?", [TERM])) == 1
    thread.join(5)
    assert not thread.is_alive()
    assert found == [0]


def test_reading_ahead_can_be_cancelled_and_keeps_what_it_has(small: WorkerGenerator) -> None:
    assert small._worker is not None
    worker = psutil.Process(small._worker.child.pid)
    began = worker.cpu_times().user  # which goes on only while it reads
    passages = [f"Two\n{LONG}", "Three\nThe gate is locked at ten."]
    read = small.read(asking("?", passages), lambda: worker.cpu_times().user > began + 1.0)
    assert read == 1  # the last one, which is the best
    assert small.read(asking("?", passages[1:])) == 1


def test_what_is_known_is_told_at_once(small: WorkerGenerator) -> None:
    passages = [f"Five\n{LONG}", "Six\nThe key is under the mat."]
    assert small.read(asking("?", passages[1:])) == 1
    assert small.read(asking("?", passages), lambda: True) == 1
    assert small.read(asking("?", [LONG + LONG]), lambda: True) == 0  # more than there is room for
    assert small.count_tokens("one") == 1


def test_a_passage_that_was_begun_is_gone_on_with(
    small: WorkerGenerator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a model in this process: half of the best passage is read ahead, then it is asked."""
    model = LlamaModel(replace(small.plan, threads=1))
    decode, read = model.context.decode, list[int]()

    def counted(entries: Sequence[Entry]) -> None:
        read.append(len(entries))
        decode(entries)

    monkeypatch.setattr(model.context, "decode", counted)
    prompt = asking("What is item 3?", [PETS, TERM, LONG], 8)
    pieces = model.pieces(prompt)
    slot = model.take_before(pieces)
    assert slot is not None
    begun = model.reading.read(slot, pieces, 2)
    next(begun)
    next(begun)
    assert model.known(prompt) == [False, False, False]
    while not model.known(prompt)[-1]:  # as soon as less is missing than has been read
        next(begun)
    assert 0.5 <= (sum(read) - len(pieces.before)) / len(pieces.passages[-1]) < 0.8
    assert model.reading.which(pieces) == [False, False, False]
    begun.close()
    model.give_back(slot)
    asked = model.take(pieces, 8)
    assert asked is not None
    deque(model.evaluate(asked, pieces, ""), maxlen=0)
    assert sum(read) == len(pieces.tokens)


@pytest.mark.parametrize("disturbed", ["", "forgets", "stops"])
def test_passages_that_are_unread_are_read_at_once(
    small: WorkerGenerator, monkeypatch: pytest.MonkeyPatch, disturbed: str
) -> None:
    """What comes in between costs time, and changes nothing."""
    model = LlamaModel(replace(small.plan, threads=1))
    decode, read = model.context.decode, list[int]()

    def counted(entries: Sequence[Entry]) -> None:
        read.append(len({sequence for _, _, sequence, _ in entries}))
        decode(entries)

    monkeypatch.setattr(model.context, "decode", counted)
    prompt = asking("Who keeps item 3 clean?", [PETS, LONG, RENT], refusal="Not stated.")
    pieces = model.pieces(prompt)
    slot = model.take(pieces)
    assert slot is not None
    steps = model.evaluate(slot, pieces, prompt.refusal)
    next(steps)
    assert read == [1, 2]  # what all begin with; then the first passage and a part of the second
    if disturbed == "forgets":
        model.reading.forget([])
    elif disturbed == "stops":
        steps.close()
        steps = model.evaluate(slot, pieces, prompt.refusal)
    together = result(steps)
    model.give_back(slot)
    assert model.known(prompt) == [True] * 3
    alone = LlamaModel(replace(small.plan, threads=1))
    slot = alone.take(pieces)
    assert slot is not None
    for index in range(3):
        deque(alone.reading.read(slot, pieces, index), maxlen=0)
    assert result(alone.evaluate(slot, pieces, prompt.refusal)) == pytest.approx(together, rel=0.2)


def test_a_prompt_that_is_asked_again_is_weighed_once(
    small: WorkerGenerator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when it has been answered: what a single token gives is rounded otherwise."""
    model = LlamaModel(replace(small.plan, threads=1))
    prompt = asking("What is the rent?", [PETS, RENT], refusal="Not stated.")
    pieces = model.pieces(prompt)

    def weighed() -> tuple[Slot, float]:
        slot = model.take(pieces, 8)
        assert slot is not None
        return slot, result(model.evaluate(slot, pieces, prompt.refusal))

    slot, likely = weighed()
    writing = model.begin(slot, prompt)
    first = model.first(writing)
    model.go_on([writing])
    model.go_on([writing])
    writing.close()
    model.give_back(slot)
    monkeypatch.setattr(model.context, "decode", lambda _: pytest.fail("evaluated again"))
    other, again = weighed()
    assert again == likely
    assert model.first(model.begin(other, prompt)) == first


def test_more_passages_than_are_read_at_once(small: WorkerGenerator) -> None:
    passages = [f"{number}\n{PETS}" for number in range(2 * TOGETHER)] + [RENT + " So be it."]
    assert evaluated(write(small, asking("What is the rent?", passages))) > 200
    assert small.known(asking("?", passages)) == (True,) * len(passages)


# --- the question ahead ------------------------------------------------------------------------------

SO_FAR = "Dear reader of all of the sources above, on which date does the lease of the mill"


def test_of_a_question_that_was_read_ahead_only_the_rest_is_read(small: WorkerGenerator) -> None:
    passages = [f"{each} Written in Ulm." for each in (PETS, TERM)]
    small.read(asking("?", passages))
    small.weigh(asking(SO_FAR, passages), ahead=True)
    answer = write(small, asking(f"{SO_FAR} end?", passages))
    assert evaluated(answer) < 10
    assert "2027" in answer.text


def test_what_was_weighed_ahead_is_weighed_when_it_is_asked(small: WorkerGenerator) -> None:
    asked = asking(f"{SO_FAR} begin?", [PETS, TERM], refusal="Not stated.")
    ahead = small.weigh(asked, ahead=True)
    assert 0 < small.weigh(asked) == ahead


def test_a_question_read_ahead_takes_the_place_of_the_one_before_it_only(
    small: WorkerGenerator,
) -> None:
    kept = asking("Who signed the lease of the mill, and when was that?", [PETS, RENT], 2)
    write(small, kept)
    for number in range(2 * SLOTS):
        typed = asking(f"{number}. When does the lease of the mill end?", [PETS, TERM])
        small.read(typed)
        small.weigh(typed, ahead=True)
    assert evaluated(write(small, kept)) < 5


def test_a_question_does_not_wait_for_another_one_that_is_read_ahead(
    small: WorkerGenerator,
) -> None:
    found: list[float] = []
    ahead = asking("What is item 3?", [f"Part 2\n{LONG}"], refusal="Not stated.")
    thread = threading.Thread(target=lambda: found.append(small.weigh(ahead, ahead=True)))
    thread.start()
    time.sleep(0.3)
    assert "1,200" in write(small, asking("What is the rent?", [RENT])).text
    assert thread.is_alive()  # it goes on afterwards
    thread.join(120)
    assert 0 < found[0] < 1


def test_where_there_is_no_room_no_question_is_read_ahead(
    small: WorkerGenerator, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[say.Event] = []
    worker = Worker(BytesIO())
    monkeypatch.setattr(worker, "_send", events.append)
    model = worker._model = LlamaModel(replace(small.plan, threads=1))
    monkeypatch.setattr(model, "take", lambda *_, **__: None)
    worker._begin(say.Weigh(7, asking("What is the rent?", [RENT], refusal="No."), ahead=True))
    worker._go_on()
    assert events == [say.Weighed(7, 0.0)]


@pytest.mark.parametrize("operations", [4, 20, 40])
def test_blocks_that_were_being_moved_when_it_was_stopped_are_put_in_place_anew(
    small: WorkerGenerator, operations: int
) -> None:
    """llama.cpp moves them layer by layer, and would move those of the first layers twice."""
    model = LlamaModel(replace(small.plan, threads=1))
    prompt = asking("What is the rent?", [PETS, TERM, RENT], refusal="Not stated.")
    pieces = model.pieces(prompt)

    def weighed(stops: Callable[[], bool]) -> float:
        slot = model.take(pieces)
        assert slot is not None
        try:
            with model.context.abortable(stops):
                return result(model.evaluate(slot, pieces, prompt.refusal))
        finally:
            model.give_back(slot)

    def begin_anew() -> None:
        """The next one puts the passages in place before it evaluates anything."""
        for slot in model._slots._slots:
            model._slots.cut(slot, len(pieces.before))

    weighed(never)  # reads the passages
    begin_anew()
    right = weighed(never)
    begin_anew()
    asked = itertools.count()
    with pytest.raises(Cancelled):
        weighed(lambda: next(asked) > operations)
    assert weighed(never) == pytest.approx(right, rel=1e-3)


# --- together --------------------------------------------------------------------------------------------


def together(generator: WorkerGenerator, prompts: Sequence[Prompt]) -> list[Generation]:
    found: dict[int, Generation] = {}

    def ask(number: int) -> None:
        found[number] = write(generator, prompts[number])

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(len(prompts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return [found[number] for number in range(len(prompts))]


QUESTIONS = [
    "What is the rent?",
    "When does the lease end?",
    "When is it paid?",
    "May cats be kept?",
]


def test_answers_are_as_right_together_as_alone(small: WorkerGenerator) -> None:
    """To the letter they need not be the same: a batch rounds otherwise than a token alone."""
    facts = ["1,200", "2027", "first", "ats"]
    prompts = [asking(question, [PETS, TERM, RENT]) for question in QUESTIONS]
    for answers in ([write(small, prompt) for prompt in prompts], together(small, prompts)):
        assert all(fact in each.text for fact, each in zip(facts, answers, strict=True))


def test_more_questions_than_there_is_room_for_wait(tiny: WorkerGenerator) -> None:
    tiny.close()
    generator = WorkerGenerator(replace(tiny.plan, context=1024, cells=1024))
    try:
        prompts = [asking(f"{number}?", [f"{number}\n{LONG[:1000]}"], 12) for number in range(6)]
        assert all(each.text for each in together(generator, prompts))
    finally:
        generator.close()


def test_questions_on_the_same_passages_read_them_once(small: WorkerGenerator) -> None:
    passages = [f"{each} Signed in Ulm." for each in (PETS, TERM, RENT)]
    found = together(small, [asking(question, passages, 8) for question in QUESTIONS])
    costs = sorted(evaluated(each) for each in found)
    assert costs[-2] < 25 < costs[-1]  # whoever came first read them


def test_an_answer_goes_on_while_another_prompt_is_read(small: WorkerGenerator) -> None:
    told: list[float] = []
    story = replace(asking("Tell a long story of a mill.", [PETS], 60), stop=())
    thread = threading.Thread(
        target=lambda: small.generate(story, lambda _text: told.append(time.monotonic()), never)
    )
    thread.start()
    while not told:
        time.sleep(0.01)
    begun = time.monotonic()
    write(small, asking("What is item 3?", [f"Four\n{LONG}"], 2))
    ended = time.monotonic()
    thread.join(120)
    assert sum(begun < at < ended for at in told) > 3


def test_a_cancelled_answer_leaves_the_others_alone(small: WorkerGenerator) -> None:
    stories = [asking(f"Tell the story of mill {n}.", [PETS], 40) for n in range(3)]
    found: list[Generation] = []
    others = threading.Thread(target=lambda: found.extend(together(small, stories[1:])))
    others.start()
    texts: list[str] = []
    stopped = small.generate(stories[0], texts.append, lambda: len(texts) >= 4)
    others.join(120)
    assert stopped.stopped
    assert stopped.tokens < 40
    assert [each.stopped for each in found] == [False, False]
    assert all(len(each.text) > 40 for each in found)


def test_drafts_change_no_answer_and_spare_evaluations(
    small: WorkerGenerator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A model in this process, with drafts and without."""
    steps: dict[bool, int] = {}
    texts: dict[bool, str] = {}
    model = LlamaModel(replace(small.plan, threads=1))
    prompt = asking("Say all of the source again, word for word.", [f"{PETS} {TERM} {RENT}"], 80)
    for drafts in (True, False):
        if not drafts:
            monkeypatch.setattr(Drafting, "guess", lambda _self: [])
        pieces = model.pieces(prompt)
        slot = model.take(pieces, prompt.max_tokens)
        assert slot is not None
        deque(model.evaluate(slot, pieces, ""), maxlen=0)
        writing = model.begin(slot, prompt)
        texts[drafts], steps[drafts] = model.first(writing), 0
        while not writing.done:
            texts[drafts] += model.go_on([writing])[0]
            steps[drafts] += 1
        writing.close()
        model.give_back(slot)
    assert texts[True] == texts[False]
    assert len(texts[True]) > 100
    assert steps[True] < 0.8 * steps[False]
