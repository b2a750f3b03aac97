"""The user's own set, measured over time: a run's figures in a form that people read.

Each figure counts questions, so that it can be said in words: 'for 12 of 15 questions a right page
was among the first five passages'. What a run made of each question is kept with it, encrypted as
all of the library is.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Protocol

from strongroom_engine.evaluation.runs import Measured, Run, SetRun
from strongroom_engine.judging import Figure, Outcome, QualityRun
from strongroom_engine.store.quality_runs import QualityRuns
from strongroom_engine.types import Method, Progress

METHOD: Method = "hybrid"
"""The one that searches and answers use."""
_PLACES = ("page_hit@5", "passage_hit@5", "recall@5")
"""What says whether a right place was found, the closest first: by page, by passage, by document."""


class Evaluate(Protocol):
    """`Library.evaluate`, as far as it is used here."""

    def __call__(
        self,
        *,
        own: bool,
        methods: Sequence[Method],
        answers: bool,
        on_progress: Callable[[Progress], None],
        cancelled: Callable[[], bool],
    ) -> Run: ...


class LibraryQuality:
    """Runs over one library's own set; `run` needs a writable library. Thread-safe."""

    def __init__(self, runs: QualityRuns, evaluate: Evaluate) -> None:
        self._runs, self._evaluate = runs, evaluate

    def run(
        self,
        *,
        answers: bool = False,
        on_progress: Callable[[Progress], None] = lambda _progress: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> QualityRun:
        """Measure the set now, and keep the figures. `answers`: every question is answered, too,
        which takes as long as that takes. Raises `NothingJudged`, `Cancelled`, `ModelError`s."""
        measured = self._evaluate(
            own=True,
            methods=(METHOD,),
            answers=answers,
            on_progress=on_progress,
            cancelled=cancelled,
        )
        return self._runs.add(summed_up(measured, time.time()))

    def runs(self) -> tuple[QualityRun, ...]:
        """Every run that is kept, oldest first."""
        return self._runs.listed()


def summed_up(run: Run, when: float) -> QualityRun:
    """The figures of a run over the user's own set."""
    (own,) = run.sets
    found = _found(own.methods[METHOD])
    figures = [_figure("found", found)]
    if own.answers is not None:
        figures += _answered(own.answers)
    return QualityRun(
        when=when,
        questions=len(own.questions),
        left_out=own.left_out,
        figures=tuple(figure for figure in figures if figure.of),
        outcomes=_outcomes(own, found),
        embedding_model=run.configuration.get("Embedding model", ""),
        answer_model=run.configuration.get("Answer model", ""),
    )


def _found(searched: Measured) -> list[float | None]:
    """For each question whether a right place is among the first five passages."""
    rows = zip(*(searched.values[name] for name in _PLACES), strict=True)
    return [next((float(value > 0) for value in row if value is not None), None) for row in rows]


def _answered(answers: Measured) -> list[Figure]:
    values = answers.values
    kept = [None if each is None else 1 - each for each in values["abstained_answerable"]]
    supported = [None if each is None else 1 - each for each in values["unsupported_sentences"]]
    return [
        _figure("kept", kept),
        _figure("cited", values["cited_right"]),
        _figure("said", values["right"]),
        _figure("refused", values["abstained_unanswerable"]),
        _figure("supported", supported),
        _figure("seconds", values["seconds"]),
    ]


def _figure(name: str, values: Sequence[float | None]) -> Figure:
    there = [value for value in values if value is not None]
    return Figure(name, round(sum(there), 4), len(there))


def _outcomes(own: SetRun, found: Sequence[float | None]) -> tuple[Outcome, ...]:
    made = []
    for row, asked in enumerate(own.questions):
        cited, refused = None, None
        if own.answers is not None:
            values = own.answers.values
            cited = values["cited_right"][row]
            kind = "abstained_answerable" if asked.wanted else "abstained_unanswerable"
            refused = values[kind][row]
        made.append(
            Outcome(
                question=asked.question,
                found=_truth(found[row]),
                cited=_truth(cited),
                answered=None if refused is None else not refused,
            )
        )
    return tuple(made)


def _truth(value: float | None) -> bool | None:
    return None if value is None else value > 0
