"""The report, on a searcher and an answerer whose results are given."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from strongroom_engine.errors import Cancelled
from strongroom_engine.evaluation.run import answering, evaluate, interval, mean
from strongroom_engine.evaluation.sets import Question, Relevant
from strongroom_engine.types import Answer, Citation, Hit, Method, Progress, SearchResult, Timings

ROOT = Path("/docs")
QUESTIONS = (
    Question("one", (Relevant("a.pdf", page=1),), answers=("Paris",)),
    Question("two", (Relevant("b.pdf", page=2),), answer="Rome"),
    Question("absent", ()),
)


def hit(file: str, page: int) -> Hit:
    return Hit(1, str(ROOT / file), page, 0, 4, "", 1.0, "text")


class Given:
    """Finds the right page first by words, second by meaning."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Method]] = []

    def search(
        self, question: str, k: int, collections: Iterable[str], method: Method
    ) -> SearchResult:
        self.asked.append((question, method))
        right = {"one": hit("a.pdf", 1), "two": hit("b.pdf", 2)}[question]
        hits = (right,) if method == "lexical" else (hit("z.pdf", 1), right)
        return SearchResult(question, hits, 12.0)


def answer(question: str, text: str, *cited: tuple[str, int]) -> Answer:
    citations = tuple(
        Citation(n, str(ROOT / file), page, 0, 4, "text") for n, (file, page) in enumerate(cited, 1)
    )
    return Answer(question, text, not text, (), citations, (), "m", Timings())


def test_the_report_has_the_shape_that_the_command_line_promises() -> None:
    searcher = Given()
    report = evaluate(searcher, None, QUESTIONS, ROOT, methods=("lexical", "dense"))
    assert report["questions"] == 3
    lexical, dense = report["methods"]["lexical"], report["methods"]["dense"]
    assert [lexical[name] for name in ("ndcg@10", "recall@5", "mrr@10", "page_hit@5")] == [1.0] * 4
    assert dense["mrr@10"] == 0.5
    assert dense["ndcg@10"] == pytest.approx(0.6309, abs=1e-4)
    assert dense["95%"]["mrr@10"] == (0.5, 0.5)
    assert dense["n"] == 2
    assert ("absent", "lexical") not in searcher.asked
    assert "answered" not in report


def test_answers_are_graded() -> None:
    answers = [
        answer("one", "It is Paris.", ("a.pdf", 1), ("a.pdf", 9)),
        answer("two", ""),
        answer("absent", "Madrid.", ("a.pdf", 1)),
    ]
    report = answering(QUESTIONS, answers, ROOT)
    assert (report["answered"], report["abstained"]) == (2, 1)
    # 'it is paris' against 'paris': 2 * 1 / (3 + 1) = .5; the abstention counts as 0.
    assert report["answer_f1"] == 0.25
    assert report["right"] == 0.5
    assert report["citation_page_precision"] == 0.5
    assert (report["cited"], report["cited_right"]) == (1.0, 1.0)
    assert (report["right_abstentions"], report["wrong_abstentions"]) == (0, 1)


def test_with_answers_every_question_is_asked_and_progress_reaches_the_end() -> None:
    seen: list[Progress] = []
    report = evaluate(
        Given(),
        lambda question: answer(question, "" if question == "absent" else "x"),
        QUESTIONS,
        ROOT,
        methods=("dense",),
        progress=seen.append,
    )
    assert (report["answered"], report["right_abstentions"]) == (2, 1)
    assert seen[-1].done == seen[-1].total == 6
    assert [step.done for step in seen] == sorted(step.done for step in seen)


def test_a_set_without_answerable_questions_has_no_figures() -> None:
    report = evaluate(Given(), None, QUESTIONS[2:], ROOT, methods=("dense",))
    assert report["methods"]["dense"]["ndcg@10"] is None
    assert report["methods"]["dense"]["95%"]["ndcg@10"] is None


def test_it_stops_when_cancelled() -> None:
    searcher = Given()
    with pytest.raises(Cancelled):
        evaluate(searcher, None, QUESTIONS, ROOT, cancelled=lambda: len(searcher.asked) == 1)
    assert len(searcher.asked) == 1


def test_intervals_hold_the_mean_and_are_the_same_each_time() -> None:
    values = [0.0, 1.0] * 50
    low, high = interval(values) or (1.0, 0.0)
    assert low < (mean(values) or 0) < high
    assert 0.15 < high - low < 0.25  # 2 * 1.96 * .5 / sqrt(100)
    assert interval(values) == (low, high)
    assert interval([]) is None
    assert mean([]) is None
