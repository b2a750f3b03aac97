"""Questions of counting and listing over a made folder: exact, and no passage question among them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from tests.engine.answering.exact.made import TODAY, Asked, file_names, job

from strongroom_engine.answering.asking import Caller, Request
from strongroom_engine.answering.exact.listing import from_index
from strongroom_engine.answering.route import route
from strongroom_engine.store import Store
from strongroom_engine.types import Answer

HERE = Path(__file__).parent
QUESTIONS: list[dict[str, Any]] = tomllib.loads(
    (HERE / "questions.toml").read_text(encoding="utf-8")
)["question"]
PASSAGES: list[str] = tomllib.loads((HERE / "passages.toml").read_text(encoding="utf-8"))[
    "questions"
]


def listed(answer: Answer) -> list[str]:
    """The files that the lines of an answer name."""
    found: set[str] = set()
    for line in answer.text.splitlines():
        _, _, group = line.partition("): ")
        single = re.split(r" \(| has ", line.removeprefix("- "), maxsplit=1)[0]
        found |= set(group.split(", ") if group else [single])
    return sorted(name for name in found if re.search(r"\.(html|pdf|docx|md|txt|csv)$", name))


def counted(answer: Answer) -> int:
    match = re.match(r"There (?:are|is) (no|\d+)", answer.text)
    assert match, answer.text
    return 0 if match[1] == "no" else int(match[1])


def test_there_are_enough_questions() -> None:
    assert len([each for each in QUESTIONS if each.get("route", "index") == "index"]) >= 50
    assert len(PASSAGES) >= 100
    assert len(set(PASSAGES)) == len(PASSAGES)


@pytest.mark.parametrize("expected", QUESTIONS, ids=lambda each: each["ask"])
def test_exact(ask: Asked, expected: dict[str, Any]) -> None:
    routed, answer = ask(expected["ask"])
    assert routed.route == expected.get("route", "index")
    if routed.route == "documents":
        assert routed.question == expected["put"]
        assert file_names(list(routed.documents)) == expected["files"]
    if answer is None:
        return
    if "files" in expected:
        assert listed(answer) == expected["files"]
    if answer.text.startswith("There"):
        assert counted(answer) == expected.get("number", len(expected.get("files", ())))
    assert expected.get("says", "") in answer.text


@pytest.mark.parametrize("question", PASSAGES)
def test_passage_questions_stay_passage_questions(ask: Asked, question: str) -> None:
    routed, _ = ask(question)
    assert routed.route == "passages", routed


@pytest.mark.parametrize("expected", QUESTIONS, ids=lambda each: each["ask"])
def test_every_quote_stands_where_it_is_said_to(
    ask: Asked, papers: Store, expected: dict[str, Any]
) -> None:
    _, answer = ask(expected["ask"])
    for citation in answer.citations if answer else ():
        starts = papers.page_starts(citation.file)
        origin = starts[citation.page - 1] if citation.page else 0
        there = papers.document_text(citation.file, origin + citation.start, origin + citation.end)
        assert citation.quote == there
        assert citation.quote.strip()


def test_each_line_cites_its_document(ask: Asked) -> None:
    _, answer = ask("Which documents mention Boeing?")
    assert answer is not None
    files = {citation.n: Path(citation.file).name for citation in answer.citations}
    for sentence in answer.sentences[1:]:
        (number,) = sentence.citations
        assert answer.text[sentence.start : sentence.end] == f"- {files[number]}"
    assert all("Boeing" in citation.quote for citation in answer.citations)
    assert [citation.n for citation in answer.citations] == [1, 2, 3, 4, 5]


def test_a_mail_is_cited_by_its_head(ask: Asked) -> None:
    _, answer = ask("Which mails from Keller in 2023?")
    assert answer is not None
    quote = answer.citations[1].quote
    assert quote.startswith("From: Anna Keller")
    assert "Mon, 3 Apr 2023" in quote
    assert "The rent" not in quote


def test_the_page_of_a_mention_is_cited(ask: Asked) -> None:
    _, answer = ask('Which documents contain "Delaware law"?')
    assert answer is not None
    (citation,) = answer.citations
    assert (citation.page, citation.quote) == (3, "Delaware law governs this lease.")


def test_it_says_how_the_question_was_read(ask: Asked) -> None:
    _, answer = ask("Which documents mention asbestos?")
    assert answer is not None
    assert "“asbestos”, in any of its forms" in answer.searched
    assert "1 file without text could not be looked into." in answer.searched
    assert (answer.route, answer.model, answer.abstained) == ("index", "", False)


def test_it_says_what_narrowed_the_list(ask: Asked) -> None:
    question = "Which mails from Keller in 2023?"
    _, answer = ask(question)
    assert answer is not None
    told = {part.kind: question[slice(*part.span)] for part in answer.understood}
    assert told == {"sender": "from Keller", "dated": "in 2023"}


def test_a_file_that_could_not_be_read_says_why(ask: Asked) -> None:
    _, answer = ask("Which files could not be read?")
    assert answer is not None
    assert "damaged" in answer.text
    assert answer.citations == ()


def test_a_chosen_collection_and_chosen_documents_are_the_scope(ask: Asked, papers: Store) -> None:
    _, answer = ask("How many PDFs are there?", collections=("Various",))
    assert answer is not None
    assert listed(answer) == ["Broken.pdf", "Manual of the guillotine.pdf"]
    paths = tuple(each.path for each in papers.documents() if "Lease" in each.path)
    _, answer = ask("How many documents mention Keller?", documents=paths)
    assert answer is not None
    assert listed(answer) == ["Lease garage.pdf"]


def test_chosen_documents_say_which_are_to_be_looked_into(ask: Asked, papers: Store) -> None:
    question = "Which documents have an indexation clause?"
    assert ask(question)[0].route == "passages"
    paths = tuple(each.path for each in papers.documents() if "Lease" in each.path)
    assert ask(question, documents=paths)[0].documents == paths


def test_what_is_asked_everywhere_or_for_a_task_goes_to_passages(ask: Asked) -> None:
    assert ask("How many PDFs are there?", everywhere=True)[0].route == "passages"
    assert ask("List the PDFs", task="summary")[0].route == "passages"
    assert ask("How many PDFs are there in:Nowhere")[0].route == "passages"


def test_a_stop_says_nothing_rather_than_a_part(papers: Store) -> None:
    request = Request("Which documents mention Boeing?")
    stopped = Caller(cancelled=lambda: True)
    answer = from_index(job(papers, request, stopped), route(papers, request, TODAY))
    assert (answer.text, answer.stopped, answer.citations) == ("", True, ())
