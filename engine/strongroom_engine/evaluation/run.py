"""Question sets -> a run: every question searched with each method, and answered if wanted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from strongroom_engine.errors import Cancelled
from strongroom_engine.evaluation.answers import ANSWER_METRICS
from strongroom_engine.evaluation.metrics import METRICS, first_rank, in_wanted_files, right_hits
from strongroom_engine.evaluation.runs import FORMAT, Asked, Measured, Run, SetRun, Shown
from strongroom_engine.evaluation.sets import Question, QuestionSet
from strongroom_engine.types import Answer, Method, Progress, SearchResult

METHODS: tuple[Method, ...] = ("hybrid", "lexical", "dense", "rrf")

DEPTH = 100
"""Passages looked at for each question, so that ten documents are among them."""
SHOWN = 240
"""Characters of a passage that are kept to be shown."""

Ask = Callable[[str, Sequence[str]], Answer]
"""A question and the collections it is asked in -> its answer."""


class Searching(Protocol):
    def search(
        self, question: str, k: int, collections: Iterable[str], method: Method
    ) -> SearchResult: ...


def evaluate(
    searcher: Searching,
    sets: Sequence[QuestionSet],
    *,
    ask: Ask | None = None,
    methods: Sequence[Method] = METHODS,
    configuration: dict[str, str] | None = None,
    progress: Callable[[Progress], None] = lambda _progress: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Run:
    """The run over `sets`. Searches are measured on the questions that the documents answer, and
    with `ask` answers on all. Raises `Cancelled`."""
    questions = sum(len(each.questions) for each in sets)
    counter = _Counter(questions * (len(methods) + (ask is not None)), progress, cancelled)
    measured = tuple(_measure(searcher, each, ask, methods, counter) for each in sets)
    return new_run(measured, configuration or {})


def new_run(sets: Sequence[SetRun], configuration: dict[str, str]) -> Run:
    """A run that was made now."""
    now = dt.datetime.now().astimezone().isoformat(timespec="seconds")
    return Run(FORMAT, now, configuration, tuple(sets))


def _measure(
    searcher: Searching,
    asked: QuestionSet,
    ask: Ask | None,
    methods: Sequence[Method],
    counter: _Counter,
) -> SetRun:
    searched: dict[str, Measured] = {
        method: _search(searcher, asked, method, counter) for method in methods
    }
    answers = _answer(ask, asked, counter) if ask is not None else None
    return set_run(asked, searched, answers)


def set_run(
    asked: QuestionSet, methods: Mapping[str, Measured], answers: Measured | None = None
) -> SetRun:
    """What was measured of a set, with its questions."""
    questions = tuple(map(_asked, asked.questions))
    return SetRun(asked.name, questions, dict(methods), answers, asked.left_out)


def _search(searcher: Searching, asked: QuestionSet, method: Method, counter: _Counter) -> Measured:
    results = [
        searcher.search(question.question, DEPTH, asked.collections, method)
        if question.relevant
        else None
        for question in counter.each(asked.questions, f"searching ({method})")
    ]
    return measured_search(asked, results)


def measured_search(asked: QuestionSet, results: Sequence[SearchResult | None]) -> Measured:
    """The figures of one result for each question; None where it was not searched."""
    pairs = [
        (q, r and replace(r, hits=in_wanted_files(r.hits, q, asked.root)))
        for q, r in zip(asked.questions, results, strict=True)
    ]
    values = {
        name: tuple(None if r is None else measure(r.hits, q, asked.root) for q, r in pairs)
        for name, measure in METRICS.items()
    }
    values["ms"] = tuple(None if r is None else round(r.ms, 2) for _, r in pairs)
    ranks = tuple(None if r is None else _rank(r, q, asked.root) for q, r in pairs)
    return Measured(values, ranks, tuple(map(_found, results)))


def _rank(result: SearchResult, question: Question, root: Path) -> int:
    return first_rank(right_hits(result.hits, question, root)) or 0


def _found(result: SearchResult | None) -> Shown | None:
    if result is None or not result.hits:
        return None
    hit = result.hits[0]
    return Shown(hit.file, hit.page, hit.text[:SHOWN])


def _answer(ask: Ask, asked: QuestionSet, counter: _Counter) -> Measured:
    answers = [
        ask(question.question, asked.collections)
        for question in counter.each(asked.questions, "answering")
    ]
    return measured_answers(asked, answers)


def measured_answers(asked: QuestionSet, answers: Sequence[Answer]) -> Measured:
    """The figures of one answer for each question."""
    pairs = list(zip(asked.questions, answers, strict=True))
    values = {
        name: tuple(measure(a, q, asked.root) for q, a in pairs)
        for name, measure in ANSWER_METRICS.items()
    }
    return Measured(values, (), tuple(map(_given, answers)))


def _given(answer: Answer) -> Shown:
    cited = answer.citations[0] if answer.citations else None
    text = answer.text[:SHOWN]
    return Shown(cited.file, cited.page, text) if cited else Shown("", None, text)


def _asked(question: Question) -> Asked:
    if not question.relevant:
        return Asked(question.key, question.question)
    place = question.relevant[0]
    page = min(place.all_pages, default=None)
    wanted = Shown(place.file, page, (place.quote or "")[:SHOWN])
    return Asked(question.key, question.question, wanted)


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
            self._done += 1
        self._progress(Progress(self._done, self._total, what))
