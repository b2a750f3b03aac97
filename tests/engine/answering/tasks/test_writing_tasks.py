"""Explain and draft: real search and grounding, scripted texts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.engine.answering.conftest import AddDocument
from tests.engine.fakes import Scripted

from strongroom_engine.answering.asking import Caller, Job, Parts, Request
from strongroom_engine.answering.search import Searcher
from strongroom_engine.answering.tasks.draft import draft
from strongroom_engine.answering.tasks.explain import explain
from strongroom_engine.answering.template import Template
from strongroom_engine.answering.templates import template
from strongroom_engine.models.embedder import OnnxEmbedder
from strongroom_engine.settings import Settings
from strongroom_engine.store import Store
from strongroom_engine.types import Answer, Task

LEASE = (
    "The Tenant pays a rent of 1,450 euros on the first day of each month. "
    "The Tenant shall indemnify the Landlord against all claims of third parties."
)
RUN: dict[Task, Callable[[Job], Answer]] = {"explain": explain, "draft": draft}


@pytest.fixture
def lease(add: AddDocument) -> Path:
    add("trees.txt", "The old pear tree was felled in 1987 after a storm.")
    return add("lease.txt", LEASE)


def ask(
    store: Store,
    embedder: OnnxEmbedder,
    task: Task,
    question: str,
    *answers: str,
    documents: tuple[str, ...] = (),
) -> tuple[Answer, str, Scripted]:
    scripted, said = Scripted(*answers), list[str]()
    parts = Parts(store, Searcher(store, embedder), embedder, lambda: scripted, Settings())
    request = Request(question, task=task, documents=documents)
    answer = RUN[task](Job(request, parts, Caller(on_token=said.append)))
    return answer, "".join(said), scripted


def test_a_draft_marks_what_has_no_source_and_leaves_formulas_alone(
    store: Store, embedder: OnnxEmbedder, lease: Path
) -> None:
    text = (
        "Dear Ms Okafor,\n\nThe rent is 1,450 euros on the first day of each month. "
        "We will send you three elephants on Friday.\n\nYours sincerely,\nThe owners"
    )
    answer, said, scripted = ask(
        store, embedder, "draft", "Write a letter about the rent", text, documents=(str(lease),)
    )
    assert (answer.text, said, answer.task) == (text, text, "draft")
    marked = [(text[s.start : s.end], s.supported) for s in answer.sentences]
    assert marked == [
        ("The rent is 1,450 euros on the first day of each month.", True),
        ("We will send you three elephants on Friday.", False),
    ]
    (citation,) = answer.citations
    assert LEASE[citation.start : citation.end] == citation.quote
    assert {hit.file for hit in answer.hits} == {str(lease)}
    assert "[to be filled in]" in scripted.prompts[0].messages[0].content


def test_an_explanation_in_other_words_shows_what_it_explains(
    store: Store, embedder: OnnxEmbedder, lease: Path
) -> None:
    plain = "Whoever lives there has to bear it when strangers want money because of it."
    answer, said, _ = ask(store, embedder, "explain", "What does indemnify mean?", plain)
    assert answer.text.startswith(plain)
    assert said == answer.text
    assert [sentence.supported for sentence in answer.sentences] == [False, True]
    (citation,) = answer.citations
    assert citation.quote in LEASE
    assert "indemnify" in citation.quote
    assert citation.quote in answer.text


def test_an_explanation_that_rests_on_its_source_is_left_as_it_is(
    store: Store, embedder: OnnxEmbedder, lease: Path
) -> None:
    near = "The Tenant pays a rent of 1,450 euros each month."
    answer, _, _ = ask(store, embedder, "explain", "What is the rent?", near)
    assert answer.text == near
    assert [sentence.supported for sentence in answer.sentences] == [True]


@pytest.mark.parametrize("task", ["explain", "draft"])
def test_what_the_sources_do_not_hold_is_said(
    store: Store, embedder: OnnxEmbedder, lease: Path, task: Task
) -> None:
    form: Template = template(task)
    answer, said, _ = ask(store, embedder, task, "convertible bonds", form.abstention)
    assert (answer.text, answer.abstained, said) == (
        form.abstention_shown,
        True,
        form.abstention_shown,
    )
    assert not answer.citations
    assert answer.hits


@pytest.mark.parametrize("task", ["explain", "draft"])
def test_an_empty_library_needs_no_model(store: Store, embedder: OnnxEmbedder, task: Task) -> None:
    answer, said, scripted = ask(store, embedder, task, "convertible bonds")
    assert (answer.abstained, said) == (True, answer.text)
    assert not scripted.prompts
