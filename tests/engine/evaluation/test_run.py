"""A run and its report, on a searcher and an answerer whose results are given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from strongroom_engine.errors import Cancelled
from strongroom_engine.evaluation.report import report
from strongroom_engine.evaluation.run import evaluate
from strongroom_engine.evaluation.sets import Question, QuestionSet, Relevant
from strongroom_engine.types import (
    Answer,
    Citation,
    Hit,
    Method,
    Progress,
    SearchResult,
    Sentence,
    Timings,
)

ROOT = Path("/docs")
QUESTIONS = (
    Question("one", (Relevant("a.pdf", page=1),), answers=("Paris",)),
    Question("two", (Relevant("b.pdf", page=2),), answer="Rome"),
    Question("absent", ()),
)
SET = QuestionSet("cities", QUESTIONS, ROOT, ("Travel",))


def hit(file: str, page: int) -> Hit:
    return Hit(1, str(ROOT / file), page, 0, 4, "", 1.0, "text")


class Given:
    """Finds the right page first by words, second by meaning."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Method]] = []
        self.scopes: list[tuple[str, ...]] = []

    def search(
        self, question: str, k: int, collections: Iterable[str], method: Method
    ) -> SearchResult:
        self.asked.append((question, method))
        self.scopes.append(tuple(collections))
        right = {"one": hit("a.pdf", 1), "two": hit("b.pdf", 2)}[question]
        hits = (right,) if method == "lexical" else (hit("z.pdf", 1), right)
        return SearchResult(question, hits, 12.0)


def answer(question: str, text: str, *cited: tuple[str, int]) -> Answer:
    citations = tuple(
        Citation(n, str(ROOT / file), page, 0, 4, "text") for n, (file, page) in enumerate(cited, 1)
    )
    sentences = (Sentence(0, len(text), supported=bool(cited)),) if text else ()
    timings = Timings(total_ms=1500.0)
    return Answer(question, text, not text, sentences, citations, (), "m", timings)


ANSWERS = {
    "one": answer("one", "It is Paris.", ("a.pdf", 1), ("a.pdf", 9)),
    "two": answer("two", ""),
    "absent": answer("absent", "Madrid."),
}


def ask(question: str, _collections: Sequence[str]) -> Answer:
    return ANSWERS[question]


def reported(*sets: QuestionSet, **how: Any) -> dict[str, Any]:
    return report(evaluate(Given(), sets or (SET,), **how))


def test_the_report_has_the_shape_that_the_command_line_promises() -> None:
    searcher = Given()
    made = report(evaluate(searcher, [SET], methods=("lexical", "dense")))
    assert (made["set"], made["questions"]) == ("cities", 3)
    lexical, dense = made["methods"]["lexical"], made["methods"]["dense"]
    assert [lexical[name] for name in ("ndcg@10", "recall@5", "mrr@10", "page_hit@5")] == [1.0] * 4
    assert dense["mrr@10"] == 0.5
    assert dense["ndcg@10"] == pytest.approx(0.6309, abs=1e-4)
    assert dense["95%"]["mrr@10"] == (0.5, 0.5)
    assert (dense["n"], dense["n_each"]["mrr@10"], dense["n_each"]["passage_hit@5"]) == (2, 2, 0)
    assert dense["passage_hit@5"] is None
    assert dense["median_ms"] == 12.0
    assert ("absent", "lexical") not in searcher.asked
    assert set(searcher.scopes) == {("Travel",)}
    assert "answered" not in made


def test_answers_are_graded() -> None:
    made = reported(ask=ask, methods=())
    assert (made["answered"], made["abstained"]) == (2, 1)
    # 'it is paris' against 'paris': 2 * 1 / (3 + 1) = .5; the abstention counts as 0.
    assert (made["exact_match"], made["answer_f1"], made["right"]) == (0.0, 0.25, 0.5)
    assert (made["citation_page_precision"], made["citation_page_recall"]) == (0.5, 1.0)
    assert (made["cited"], made["cited_right"]) == (1.0, 1.0)
    assert (made["right_abstentions"], made["wrong_abstentions"], made["unanswerable"]) == (0, 1, 1)
    assert (made["abstained_answerable"], made["abstained_unanswerable"]) == (0.5, 0.0)
    assert made["unsupported_sentences"] == 0.5  # Madrid, which cites nothing
    assert (made["seconds"], made["median_seconds"]) == (1.5, 1.5)
    assert made["answers_n"]["citation_page_precision"] == 1
    assert made["answers_95%"]["right"] == (0.0, 1.0)


def test_with_answers_every_question_is_asked_and_progress_reaches_the_end() -> None:
    seen: list[Progress] = []
    made = reported(ask=ask, methods=("dense",), progress=seen.append)
    assert made["answered"] == 2
    assert seen[-1].done == seen[-1].total == 6
    assert [step.done for step in seen] == sorted(step.done for step in seen)


def test_several_sets_have_a_report_each_and_a_mean_that_counts_them_alike() -> None:
    short = QuestionSet("short", QUESTIONS[:1], Path("/elsewhere"))  # nothing is found there
    made = reported(SET, short, methods=("lexical",))
    assert [part["set"] for part in made["sets"]] == ["cities", "short"]
    found = made["mean"]["lexical"]["ndcg@10"]
    assert (found.mean, found.n) == (0.5, 3)
    assert "passage_hit@5" not in made["mean"]["lexical"]


def test_a_set_without_answerable_questions_has_no_figures() -> None:
    made = reported(QuestionSet("absent", QUESTIONS[2:], ROOT), methods=("dense",))
    assert made["methods"]["dense"]["ndcg@10"] is None
    assert made["methods"]["dense"]["95%"]["ndcg@10"] is None
    assert made["methods"]["dense"]["median_ms"] is None


def test_it_stops_when_cancelled() -> None:
    searcher = Given()
    with pytest.raises(Cancelled):
        evaluate(searcher, [SET], cancelled=lambda: len(searcher.asked) == 1)
    assert len(searcher.asked) == 1


def test_a_run_keeps_ranks_and_what_was_found_first() -> None:
    part = evaluate(Given(), [SET], methods=("dense",)).sets[0]
    assert part.methods["dense"].ranks == (2, 2, None)
    first = part.methods["dense"].found[0]
    assert first is not None
    assert (first.file, first.page, first.text) == (str(ROOT / "z.pdf"), 1, "text")
    assert [asked.wanted and asked.wanted.page for asked in part.questions] == [1, 2, None]
