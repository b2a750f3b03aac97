"""A run -> the report: figures with intervals, per set and over the sets, as JSON-ready values.

The shapes are stable: fields are added, never renamed.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Any

from strongroom_engine.evaluation.answers import ANSWER_METRICS
from strongroom_engine.evaluation.estimates import Estimate, estimate, interval, mean
from strongroom_engine.evaluation.metrics import METRICS
from strongroom_engine.evaluation.runs import Measured, Run, SetRun

Report = dict[str, Any]


def report(run: Run) -> Report:
    """What `strongroom eval --json` prints.

    Of one set: {"set", "questions", "methods": {method: {"n", "ndcg@10", "recall@5", "mrr@10",
    "page_hit@5", "passage_hit@5", "95%", "n_each", "median_ms"}}} and, where answers were asked
    for, {"answered", "abstained", "answer_f1", …, "answers_95%", "answers_n"}. Of several:
    {"sets": [one each], "mean": {method: {metric: {"mean", "low", "high", "n"}}}}. A figure that
    a set says nothing about is None. "made" and "configuration" say what was measured.
    """
    made = {"made": run.made, "configuration": run.configuration}
    if len(run.sets) == 1:
        return set_report(run.sets[0]) | made
    return {
        "sets": [set_report(part) for part in run.sets],
        "mean": {name: means(run.sets, name) for name in shared_parts(run.sets)},
    } | made


def set_report(part: SetRun) -> Report:
    """The report of one set."""
    methods = {name: _method_report(each) for name, each in part.methods.items()}
    made: Report = {"set": part.name, "questions": len(part.questions), "methods": methods}
    if part.left_out:
        made["left_out"] = part.left_out
    return made | (_answer_report(part.answers) if part.answers else {})


def _method_report(measured: Measured) -> Report:
    values = {name: measured.of(name) for name in METRICS}
    ms = measured.of("ms")
    made: Report = {"n": len(ms)}
    made |= {name: mean(each) for name, each in values.items()}
    made["95%"] = {name: interval(each) for name, each in values.items()}
    made["n_each"] = {name: len(each) for name, each in values.items()}
    made["median_ms"] = round(statistics.median(ms), 1) if ms else None
    return made


def _answer_report(measured: Measured) -> Report:
    values = {name: measured.of(name) for name in ANSWER_METRICS}
    refused, absent = values["abstained_answerable"], values["abstained_unanswerable"]
    abstained = int(sum(refused) + sum(absent))
    made: Report = {
        "answered": len(refused) + len(absent) - abstained,
        "abstained": abstained,
        "right_abstentions": int(sum(absent)),
        "wrong_abstentions": int(sum(refused)),
        "unanswerable": len(absent),
    }
    made |= {name: mean(each) for name, each in values.items()}
    made["median_seconds"] = (
        round(statistics.median(values["seconds"]), 2) if values["seconds"] else None
    )
    made["answers_95%"] = {name: interval(each) for name, each in values.items()}
    made["answers_n"] = {name: len(each) for name, each in values.items()}
    return made


def shared_parts(sets: Sequence[SetRun]) -> list[str]:
    """The methods (and the answers) that every set was measured with, in their order."""
    return [name for name in sets[0].parts if all(name in part.parts for part in sets)]


def means(sets: Sequence[SetRun], name: str) -> dict[str, Estimate]:
    """The figures of a method over the sets, each set counting alike."""
    parts = [part.parts[name] for part in sets]
    found = {metric: estimate([part.of(metric) for part in parts]) for metric in parts[0].values}
    return {metric: each for metric, each in found.items() if each is not None}
