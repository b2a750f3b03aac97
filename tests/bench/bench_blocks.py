"""What answers lose where passages are read apart from each other, and what whole passages gain.

    python tests/bench/bench_blocks.py FOLDER --keep DIR [--each 40] [--kinds KINDS] [--arms ARMS]
        [--model NAME] [--report]

FOLDER holds question sets (`question_sets.py`). Every question is asked in every arm, at
temperature 0, by the pipeline that answers users:

* whole: passages are read whole, within their prompt, each after those before it. The reference;
* before: as it was without blocks: numbered sources, of all but the best only the sentences that are
  nearest to the question;
* blocks: whole passages, each read by itself: as where all have been read before;
* near: likewise, but of the best only what is nearest to the question, and of all others the
  sentences that are about as near: as where nothing has been read before;
* best whole: likewise, but the best is read whole: as where nothing but that has been read before;
* best in place: likewise, but the best is read in its place, after the others.

Printed is each figure of each arm, and how much it differs from the first arm's over the questions
that both say something about, with the interval of the paired bootstrap. Then how likely the model
finds a refusal: the log-odds, over the questions that are put to it in all arms.

Answers are kept in DIR/answers.jsonl as they come: a run that was ended, or with a larger --each,
goes on there. With --report nothing is asked.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import msgspec
import numpy as np
from msgspec import structs
from tests.bench.question_sets import library_of, plans

from strongroom_engine.answering import passages
from strongroom_engine.answering.asking import Job, Request
from strongroom_engine.answering.pipeline import answer
from strongroom_engine.answering.template import Template
from strongroom_engine.evaluation.answers import ANSWER_METRICS
from strongroom_engine.evaluation.definitions import higher_is_better
from strongroom_engine.evaluation.estimates import Estimate, estimate, verdict
from strongroom_engine.evaluation.sets import Question
from strongroom_engine.library import Library
from strongroom_engine.models.generator import WorkerGenerator
from strongroom_engine.types import Answer, Generation, ModelPlan, Prompt

UNANSWERABLE = ("absent", "near miss")
FIGURES = (
    "answer_f1",
    "right",
    "exact_match",
    "cited",
    "cited_right",
    "citation_page_precision",
    "abstained_answerable",
    "abstained_unanswerable",
)


@dataclass(frozen=True)
class Arm:
    """How passages are read."""

    near: bool = False
    """Only the sentences that are near to the question."""
    best: bool = False
    """Of the best all the same all."""
    numbered: bool = False
    apart: Callable[[Sequence[str]], Sequence[str]] = lambda _passages: ()
    """Which of the passages are read by themselves."""


ARMS = {
    "whole": Arm(),
    "before": Arm(numbered=True),
    "blocks": Arm(apart=lambda passages: passages),
    "near": Arm(near=True, apart=lambda passages: passages),
    "best whole": Arm(near=True, best=True, apart=lambda passages: passages),
    "best in place": Arm(apart=lambda passages: passages[:-1]),
}


class Row(msgspec.Struct, frozen=True):
    """What an arm made of a question."""

    kind: str
    docs: str
    key: str
    arm: str
    text: str
    figures: dict[str, float | None]
    refusal: float | None
    """How likely the model found a refusal; None where it was not asked."""
    sources_tokens: int
    """Of the sources and the question."""
    seconds: float

    @property
    def place(self) -> tuple[str, str, str]:
        return self.kind, self.docs, self.key


class Reading:
    """A `Generator` that reads passages as an arm does, and keeps what it was asked last."""

    def __init__(self, worker: WorkerGenerator, arm: Arm) -> None:
        self._worker, self._arm = worker, arm
        self.plan = replace(worker.plan, block_bytes=0) if arm.numbered else worker.plan
        self.refusal: float | None = None
        self.asked: Prompt | None = None

    @property
    def keeps(self) -> bool:
        return self.plan.block_bytes > 0

    def known(self, prompt: Prompt) -> tuple[bool, ...]:
        """What is known is read whole."""
        known = (not self._arm.near,) * len(prompt.passages)
        return known and (*known[:-1], known[-1] or self._arm.best)

    def weigh(self, prompt: Prompt, *rest: Any, **how: Any) -> float:
        self.asked = self._of_arm(prompt)
        self.refusal = self._worker.weigh(self.asked, *rest, **how)
        return self.refusal

    def generate(self, prompt: Prompt, *rest: Any) -> Generation:
        return self._worker.generate(self._of_arm(prompt), *rest)

    def _of_arm(self, prompt: Prompt) -> Prompt:
        return replace(prompt, passages=tuple(self._arm.apart(prompt.passages)))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._worker, name)


class Bench:
    """The libraries, and the answer workers: one for each form of the prompt, as each keeps what
    all prompts of a form begin with."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options
        self._closing = ExitStack()
        self._libraries: dict[str, Library] = {}
        self._workers: dict[bool, WorkerGenerator] = {}
        shipped = passages.answer_template()
        numbered = structs.replace(shipped, source="[{number}] " + shipped.source.lstrip())
        self._forms: dict[bool, Template] = {False: shipped, True: numbered}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.close()

    def row(self, kind: str, docs: str, question: Question, name: str) -> Row:
        arm, library = ARMS[name], self._library(docs)
        reading = Reading(self._worker(library.answers.plan(self._options.model), arm), arm)
        parts = replace(library.answers.parts(), generator=lambda: reading)
        started = time.perf_counter()
        form = self._forms[arm.numbered]
        with mock.patch.object(passages, "answer_template", return_value=form):
            given = answer(Job(Request(question.question), parts))
        passed = time.perf_counter() - started
        read = reading.asked.messages[-1].content if reading.asked else ""
        return Row(
            kind,
            docs,
            question.key,
            name,
            given.text,
            _figures(kind, given, question, self._docs(docs)),
            reading.refusal,
            reading.count_tokens(read) if read else 0,
            round(passed, 3),
        )

    def _docs(self, name: str) -> Path:
        return Path(self._options.folder / name / "docs")

    def _library(self, name: str) -> Library:
        if name not in self._libraries:
            made = library_of(self._options.keep / name, self._docs(name))
            self._libraries[name] = self._closing.enter_context(made)
        return self._libraries[name]

    def _worker(self, plan: ModelPlan, arm: Arm) -> WorkerGenerator:
        if arm.numbered not in self._workers:
            self._workers[arm.numbered] = made = WorkerGenerator(plan)
            self._closing.callback(made.close)
        return self._workers[arm.numbered]


def _figures(kind: str, given: Answer, question: Question, root: Path) -> dict[str, float | None]:
    if kind in UNANSWERABLE:  # whatever its own documents say
        question = structs.replace(question, relevant=())
    return {name: ANSWER_METRICS[name](given, question, root) for name in FIGURES}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--keep", type=Path, required=True, help="libraries and answers")
    parser.add_argument("--each", type=int, default=40, help="questions of each kind")
    parser.add_argument("--kinds", default="squad,cuad,absent,near miss", help="by comma")
    parser.add_argument("--arms", default="whole,blocks,near", help="by comma")
    parser.add_argument("--model", default="")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--report", action="store_true", help="of what was kept; ask nothing")
    options = parser.parse_args()
    file = options.keep / "answers.jsonl"
    if not options.report:
        options.keep.mkdir(parents=True, exist_ok=True)
        _ask(options, file)
    _report(_kept(file), options.arms.split(","))


def _ask(options: argparse.Namespace, file: Path) -> None:
    known = {(row.place, row.arm) for row in _kept(file)}
    with Bench(options) as bench, file.open("ab") as out:
        for kind, docs, question in _in_turn(options):
            for arm in options.arms.split(","):
                if ((kind, docs, question.key), arm) not in known:
                    row = bench.row(kind, docs, question, arm)
                    out.write(msgspec.json.encode(row) + b"\n")
                    out.flush()


def _in_turn(options: argparse.Namespace) -> Iterator[tuple[str, str, Question]]:
    """Of all kinds at the same pace, so that a run that is ended says something of each."""
    asked = [
        ((number + 0.5) / len(plan.questions), plan.kind, plan.docs, question)
        for plan in plans(options.folder, options.each, options.seed, options.kinds)
        for number, question in enumerate(plan.questions)
    ]
    return ((kind, docs, one) for _, kind, docs, one in sorted(asked, key=lambda each: each[0]))


def _kept(file: Path) -> list[Row]:
    lines = file.read_bytes().splitlines() if file.exists() else []
    return [msgspec.json.decode(line, type=Row) for line in lines]


# --- tables --------------------------------------------------------------------------------------

Places = Mapping[tuple[str, str, str], Row]


def _report(rows: Sequence[Row], arms: Sequence[str]) -> None:
    of: dict[str, dict[tuple[str, str, str], Row]] = {arm: {} for arm in arms}
    for row in rows:
        if row.arm in of:
            of[row.arm][row.place] = row
    places = [place for place in of[arms[0]] if all(place in one for one in of.values())]
    kinds = list(dict.fromkeys(kind for kind, _, _ in places))
    kinds_of = {kind: [kind] for kind in kinds}
    if {"squad", "cuad"} <= set(kinds):
        kinds_of["squad and cuad"] = ["squad", "cuad"]
    print(f"\n| figure | {' | '.join(arms)} | n |\n| --- |{' --- |' * (len(arms) + 1)}")
    for name, members in kinds_of.items():
        for figure in FIGURES:
            sets = [[place for place in places if place[0] == kind] for kind in members]
            _line(f"{name}: {figure}", figure, sets, [of[arm] for arm in arms])
    for kind in kinds:
        for what in ("sources_tokens", "seconds"):
            _cost(f"{kind}: {what}", what, [p for p in places if p[0] == kind], list(of.values()))
    print("\nLog-odds of a refusal, where every arm asked the model: quartiles; less those of the")
    print("first arm.")
    print(f"\n| kind | {' | '.join(arms)} | n |\n| --- |{' --- |' * (len(arms) + 1)}")
    for kind in kinds:
        _odds(kind, [place for place in places if place[0] == kind], list(of.values()))


def _line(
    name: str, figure: str, sets: Sequence[Sequence[tuple[str, str, str]]], arms: Sequence[Places]
) -> None:
    def values(arm: Places) -> list[list[float | None]]:
        return [[arm[place].figures[figure] for place in places] for places in sets]

    first, *others = map(values, arms)
    own = estimate([_numbers(one) for one in first])
    if own is None:
        return
    told = [f"{own.mean:.3f} ({own.low:.2f} to {own.high:.2f})"]
    for other in others:
        mean = estimate([_numbers(one) for one in other])
        gained = estimate([_differences(a, b) for a, b in zip(first, other, strict=True)])
        told.append(_told(mean, gained, higher=higher_is_better(figure)))
    print(f"| {name} | {' | '.join(told)} | {own.n} |")


def _told(mean: Estimate | None, gained: Estimate | None, *, higher: bool) -> str:
    if mean is None or gained is None:
        return "-"
    judged = verdict(gained, higher_is_better=higher)
    real = f" {judged}" if judged in ("better", "worse") else ""
    return f"{mean.mean:.3f}: {gained.mean:+.3f} ({gained.low:+.2f} to {gained.high:+.2f}){real}"


def _numbers(values: Iterable[float | None]) -> list[float]:
    return [value for value in values if value is not None]


def _differences(first: Sequence[float | None], other: Sequence[float | None]) -> list[float]:
    pairs = zip(first, other, strict=True)
    return [b - a for a, b in pairs if a is not None and b is not None]


def _cost(
    name: str, what: str, places: Sequence[tuple[str, str, str]], arms: Sequence[Places]
) -> None:
    """The medians over the questions that the model was asked."""
    asked = [place for place in places if all(arm[place].refusal is not None for arm in arms)]
    if asked:
        medians = [float(np.median([getattr(arm[place], what) for place in asked])) for arm in arms]
        print(f"| {name} | {' | '.join(f'{one:.1f}' for one in medians)} | {len(asked)} |")


def _odds(kind: str, places: Sequence[tuple[str, str, str]], arms: Sequence[Places]) -> None:
    asked = [place for place in places if all(arm[place].refusal is not None for arm in arms)]
    if not asked:
        return
    first, *others = [[_log_odds(arm[place].refusal or 0.0) for place in asked] for arm in arms]
    told = [_quartiles(first)]
    for other in others:
        gained = estimate([[b - a for a, b in zip(first, other, strict=True)]])
        assert gained
        told.append(
            f"{_quartiles(other)}: {gained.mean:+.2f} ({gained.low:+.2f} to {gained.high:+.2f})"
        )
    print(f"| {kind} | {' | '.join(told)} | {len(asked)} |")


def _quartiles(values: Sequence[float]) -> str:
    return " ".join(f"{one:.1f}" for one in np.percentile(values, [25, 50, 75]))


def _log_odds(share: float) -> float:
    kept = min(max(share, 1e-9), 1 - 1e-9)
    return math.log(kept / (1 - kept))


if __name__ == "__main__":
    main()
