"""A question set -> the report: how good retrieval and answers are on it."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from strongroom_engine.errors import Cancelled
from strongroom_engine.evaluation.metrics import (
    METRICS,
    answer_f1,
    citation_is_right,
    contains_answer,
)
from strongroom_engine.evaluation.sets import Question
from strongroom_engine.types import Answer, Method, Progress, SearchResult

METHODS: tuple[Method, ...] = ("hybrid", "lexical", "dense", "rrf")

DEPTH = 100
"""Passages looked at for each question, so that ten documents are among them."""
RESAMPLES = 1000
"""Bootstrap resamples for the 95 % intervals."""

Report = dict[str, Any]


class Searching(Protocol):
    def search(
        self, question: str, k: int, collections: Iterable[str], method: Method
    ) -> SearchResult: ...


def evaluate(
    searcher: Searching,
    ask: Callable[[str], Answer] | None,
    questions: Sequence[Question],
    root: Path,
    *,
    methods: Sequence[Method] = METHODS,
    collections: Sequence[str] = (),
    progress: Callable[[Progress], None] = lambda _progress: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Report:
    """The report on `questions`, whose files are relative to `root` (absolute).

    {"questions", "methods": {method: {"ndcg@10", "recall@5", "mrr@10", "page_hit@5", …}}} and,
    where `ask` is given, {"answered", "abstained", "answer_f1", "citation_page_precision", …}.
    Retrieval is measured on the questions that have an answer in the documents. A figure that
    the set says nothing about is None. Raises `Cancelled`.
    """
    steps = len(questions) * (len(methods) + (ask is not None))
    counter = _Counter(steps, progress, cancelled)
    report: Report = {"questions": len(questions), "methods": {}}
    answerable = [question for question in questions if question.relevant]
    for method in methods:
        results = [
            searcher.search(question.question, DEPTH, collections, method)
            for question in counter.each(answerable, f"searching ({method})")
        ]
        report["methods"][method] = _retrieval(answerable, results, root)
        counter.skip(len(questions) - len(answerable))
    if ask is not None:
        answers = [ask(question.question) for question in counter.each(questions, "answering")]
        report |= answering(questions, answers, root)
    return report


def _retrieval(
    questions: Sequence[Question], results: Sequence[SearchResult], root: Path
) -> Report:
    report: Report = {"n": len(questions)}
    intervals: Report = {}
    for name, measure in METRICS.items():
        values = [
            value
            for question, result in zip(questions, results, strict=True)
            if (value := measure(result.hits, question, root)) is not None
        ]
        report[name], intervals[name] = mean(values), interval(values)
    report["95%"] = intervals
    report["median_ms"] = round(statistics.median(r.ms for r in results), 1) if results else None
    return report


def answering(questions: Sequence[Question], answers: Sequence[Answer], root: Path) -> Report:
    """What the answers are worth.

    "answer_f1" and "right" are means over the questions with accepted answers, where abstaining
    counts as wrong. "citation_page_precision" is the share of right ones among all citations of
    answered questions that have an answer; "cited_right" the share of these with a right one.
    """
    pairs = list(zip(questions, answers, strict=True))
    given = [(q, a) for q, a in pairs if q.relevant and not a.abstained]
    graded = [(q, a) for q, a in pairs if q.relevant and q.accepted]
    f1 = [0.0 if a.abstained else answer_f1(a.text, q.accepted) for q, a in graded]
    right = [not a.abstained and contains_answer(a.text, q.accepted) for q, a in graded]
    cited = [[citation_is_right(c, q.relevant, root) for c in a.citations] for q, a in given]
    return {
        "answered": sum(not answer.abstained for answer in answers),
        "abstained": sum(answer.abstained for answer in answers),
        "answer_f1": mean(f1),
        "citation_page_precision": mean([float(is_right) for each in cited for is_right in each]),
        "right": mean([float(is_right) for is_right in right]),
        "cited": mean([float(bool(each)) for each in cited]),
        "cited_right": mean([float(any(each)) for each in cited]),
        "right_abstentions": sum(a.abstained for q, a in pairs if not q.relevant),
        "wrong_abstentions": sum(a.abstained for q, a in pairs if q.relevant),
        "unanswerable": sum(not q.relevant for q, _ in pairs),
        "answers_95%": {
            "answer_f1": interval(f1),
            "right": interval([float(is_right) for is_right in right]),
        },
    }


def mean(values: Sequence[float]) -> float | None:
    return round(statistics.fmean(values), 4) if values else None


def interval(values: Sequence[float]) -> tuple[float, float] | None:
    """The 95 % bootstrap interval of the mean (percentiles), the same for the same values."""
    if not values:
        return None
    picked = np.random.default_rng(0).integers(len(values), size=(RESAMPLES, len(values)))
    means = np.asarray(values, dtype=np.float64)[picked].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return round(float(low), 4), round(float(high), 4)


class _Counter:
    """Reports each step of the work, and ends it when it is cancelled."""

    def __init__(
        self, total: int, progress: Callable[[Progress], None], cancelled: Callable[[], bool]
    ) -> None:
        self._done, self._total = 0, total
        self._progress, self._cancelled = progress, cancelled

    def each(self, questions: Sequence[Question], what: str) -> Iterable[Question]:
        for question in questions:
            if self._cancelled():
                raise Cancelled
            self._progress(Progress(self._done, self._total, what))
            yield question
            self.skip(1)

    def skip(self, steps: int) -> None:
        self._done += steps
        self._progress(Progress(self._done, self._total, ""))
