"""The answer before is rewritten, and tied to its sources again."""

from __future__ import annotations

import pytest
from tests.engine.answering.conftest import AddDocument
from tests.engine.fakes import Scripted

from strongroom_engine.answering.asking import Caller, Job, Parts, Request
from strongroom_engine.answering.conversation.rewriting import from_previous
from strongroom_engine.answering.search import Searcher
from strongroom_engine.models.embedder import OnnxEmbedder
from strongroom_engine.settings import Settings
from strongroom_engine.store import Store
from strongroom_engine.types import Turn

LEASE = (
    "The rent is 1,200 euros and due on the first day of each month. "
    "A payment more than ten days late bears interest of 5 % a year."
)
TURNS = (
    Turn(
        "When is it due?",
        "The rent is due on the first day of each month. It is 1,200 euros.",
        "When is the rent due?",
    ),
)


@pytest.fixture
def searcher(store: Store, add: AddDocument, embedder: OnnxEmbedder) -> Searcher:
    add("lease.txt", LEASE)
    add("mill.txt", "The mill burned down in 1871 and was rebuilt in stone.")
    return Searcher(store, embedder)


def job(
    store: Store,
    searcher: Searcher,
    generator: Scripted,
    question: str,
    turns: tuple[Turn, ...] = TURNS,
    *,
    caller: Caller | None = None,
) -> Job:
    parts = Parts(store, searcher, None, lambda: generator, Settings())
    return Job(Request(question, turns=turns), parts, caller or Caller())


def test_the_answer_before_is_rewritten_from_its_sources(store: Store, searcher: Searcher) -> None:
    generator = Scripted("The rent is due on the first day of each month.")

    answer = from_previous(job(store, searcher, generator, "shorter please"))

    asked = generator.prompts[0].messages[-1].content
    assert "Answer: The rent is due on the first day of each month. It is 1,200 euros." in asked
    assert "Question: When is the rent due?" in asked
    assert "Rewrite the answer: shorter please" in asked
    assert answer.text == "The rent is due on the first day of each month."
    assert not answer.abstained
    assert [citation.quote for citation in answer.citations] == [LEASE[: LEASE.index(". ") + 1]]
    assert all(LEASE[c.start : c.end] == c.quote for c in answer.citations)


def test_a_list_is_cited_point_by_point(store: Store, searcher: Searcher) -> None:
    generator = Scripted("- The rent is 1,200 euros.\n- It is due on the first day of each month.")

    answer = from_previous(job(store, searcher, generator, "as a list"))

    assert len([sentence for sentence in answer.sentences if sentence.supported]) == 2


def test_a_rewritten_answer_is_rewritten_further(store: Store, searcher: Searcher) -> None:
    turns = (*TURNS, Turn("shorter please", "On the first day."))
    generator = Scripted("Am ersten Tag.")

    from_previous(job(store, searcher, generator, "in German", turns))

    asked = generator.prompts[0].messages[-1].content
    assert "Question: When is the rent due?\nAnswer: On the first day." in asked


@pytest.mark.parametrize("turns", [(), (Turn("When is the rent due?"),)])
def test_without_an_answer_there_is_nothing_to_rewrite(
    store: Store, searcher: Searcher, turns: tuple[Turn, ...]
) -> None:
    shown: list[str] = []
    generator = Scripted()

    answer = from_previous(
        job(store, searcher, generator, "shorter", turns, caller=Caller(on_token=shown.append))
    )

    assert answer.abstained
    assert "".join(shown) == answer.text != ""
    assert generator.prompts == []


def test_a_refusal_is_told(store: Store, searcher: Searcher) -> None:
    answer = from_previous(
        job(store, searcher, Scripted("That cannot be done."), "Translate that to Klingon")
    )

    assert answer.abstained
    assert answer.text == "That cannot be done with the answer before."


def test_it_can_be_cancelled(store: Store, searcher: Searcher) -> None:
    answer = from_previous(
        job(store, searcher, Scripted(), "shorter", caller=Caller(cancelled=lambda: True))
    )

    assert (answer.text, answer.stopped, answer.abstained) == ("", True, False)
