"""A question put to every document: what is listed, what is shown, and what a stop keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.engine.answering.exact.made import TODAY, job
from tests.engine.fakes import Scripted

from strongroom_engine.answering.asking import Caller, Job, Request
from strongroom_engine.answering.every import every_document, says
from strongroom_engine.answering.exact.reading import Kind, Reading
from strongroom_engine.answering.route import Routed, route
from strongroom_engine.store import Store
from strongroom_engine.types import Cell, Citation, Progress

pytestmark = pytest.mark.usefixtures("one_at_a_time")

ASKED = "Which leases have an indexation clause?"
YES = "Yes. The rent follows the index of prices [1]."


def routed(papers: Store, question: str = ASKED) -> Routed:
    return route(papers, Request(question), TODAY)


def scripted(papers: Store, *answers: str, caller: Caller | None = None) -> Job:
    made = job(papers, Request(ASKED), caller)
    generator = Scripted(*answers)
    return replace(made, parts=replace(made.parts, generator=lambda: generator))


def names(text: str) -> list[str]:
    return [line.removeprefix("- ") for line in text.splitlines() if line.startswith("- ")]


def test_the_documents_that_answer_yes_are_listed_with_what_shows_it(papers: Store) -> None:
    answer = every_document(scripted(papers, YES, "No.", "No."), routed(papers))
    assert names(answer.text) == ["Lease Mill Yard.pdf"]
    assert answer.text.startswith("1 of 3 leases")
    assert [says(cell) for cell in answer.cells] == ["Yes", "No", "No"]
    (citation,) = answer.citations
    assert citation.quote == "The rent follows the index of prices."
    assert citation.page == 2
    assert answer.sentences[1].citations == (citation.n,)
    assert answer.coverage == "Looked into 3 of 3 documents."
    assert "“Does it have an indexation clause?”" in answer.searched
    assert (answer.route, answer.model, answer.stopped) == ("documents", "scripted", False)


def test_those_without_it_are_listed_where_they_are_asked_for(papers: Store) -> None:
    asked = routed(papers, "Which leases do not have an indexation clause?")
    answer = every_document(scripted(papers, YES, "No.", "The document does not say."), asked)
    assert names(answer.text) == ["Lease garage.pdf", "Mietvertrag Halle.pdf"]


def test_without_an_answer_model_nothing_is_claimed(papers: Store) -> None:
    answer = every_document(job(papers, Request(ASKED)), routed(papers))
    assert answer.text.startswith("0 of 3 leases")
    assert "Not clear in 3:" in answer.text
    assert answer.model == ""


def test_progress_is_told(papers: Store) -> None:
    told: list[Progress] = []
    caller = Caller(on_progress=told.append)
    every_document(scripted(papers, YES, "No.", "No.", caller=caller), routed(papers))
    assert (told[-1].done, told[-1].total) == (3, 3)


def test_a_stop_keeps_what_there_is_and_says_so(papers: Store) -> None:
    done: list[int] = []
    caller = Caller(
        on_progress=lambda progress: done.append(progress.done), cancelled=lambda: 2 in done
    )
    answer = every_document(scripted(papers, YES, "No.", "No.", caller=caller), routed(papers))
    assert answer.stopped
    assert len(answer.cells) == 2
    assert answer.text.startswith("Stopped early. 1 of 2 leases")
    assert answer.coverage == "Looked into 2 of 3 documents."


def cells(*made: Cell) -> Callable[[Job, str, Iterable[str]], Iterable[Cell]]:
    return lambda _job, _question, _documents: made


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (Cell("a", "q", "Yes", model="m"), "Yes"),
        (Cell("a", "q", "No", model="m"), "No"),
        (Cell("a", "q", abstained=True, model="m"), "No"),
        (Cell("a", "q", abstained=True), ""),
        (Cell("a", "q", "Perhaps.", model="m"), ""),
        (Cell("a", "q", "Yes", model="m", problem="It broke."), ""),
    ],
)
def test_what_a_cell_says(cell: Cell, said: str) -> None:
    assert says(cell) == said


def test_citations_are_numbered_through_and_problems_named(papers: Store) -> None:
    quote = Citation(1, "/a.pdf", 1, 0, 3, "one")
    made = cells(
        Cell("/a.pdf", "q", "Yes", model="m", citations=(quote, replace(quote, n=2))),
        Cell("/b.pdf", "q", "Yes", model="m", citations=(replace(quote, file="/b.pdf"),)),
        Cell("/c.pdf", "q", problem="It could not be read."),
        Cell("/d.pdf", "q", "Yes", model="m"),
    )
    asked = Routed(
        "documents",
        Reading("list", Kind("genre", "leases", ("lease",))),
        question="q?",
        documents=("/a.pdf", "/b.pdf", "/c.pdf", "/d.pdf"),
    )
    answer = every_document(job(papers, Request("q")), asked, made)
    assert [each.n for each in answer.citations] == [1, 2, 3]
    listed = {answer.text[each.start : each.end]: each for each in answer.sentences}
    assert listed["- a.pdf"].citations == (1, 2)
    assert listed["- b.pdf"].citations == (3,)
    assert not listed["- d.pdf"].supported
    assert "- c.pdf: It could not be read." in answer.text
    assert answer.coverage == "Looked into 3 of 4 documents."
    assert Path(answer.cells[3].document).name == "d.pdf"
