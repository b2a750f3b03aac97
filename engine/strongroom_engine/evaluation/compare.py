"""Two configurations on the same questions: what differs, by how much, and whether it is real."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import msgspec

from strongroom_engine.errors import RunsNotComparable
from strongroom_engine.evaluation.definitions import higher_is_better
from strongroom_engine.evaluation.estimates import estimate, verdict
from strongroom_engine.evaluation.runs import Measured, Run, SetRun

_T = TypeVar("_T")

ALL = "mean over the sets"


class Difference(msgspec.Struct, frozen=True):
    """The second's figure minus the first's, over the questions that both have a value for."""

    set: str
    part: str
    """The method, or 'answers'."""
    metric: str
    before: float
    after: float
    difference: float
    low: float
    high: float
    n: int
    verdict: str
    """'better', 'worse', 'no difference shown' or 'too few questions', of the second."""


class Comparison(msgspec.Struct, frozen=True):
    first: str
    second: str
    differences: tuple[Difference, ...]
    changed: dict[str, tuple[str, str]] = {}
    """What was configured differently, with both values."""
    unshared: int = 0
    """Questions that only one of the two has; they are left out."""


Pair = tuple[SetRun, SetRun]
"""The same questions of one set, in the same order, as each of the two measured them."""


def compare_runs(first: Run, second: Run, names: tuple[str, str]) -> Comparison:
    """What `second` changes, for every method of both. Raises `RunsNotComparable`."""
    pairs = shared_questions(first, second)
    parts = dict.fromkeys(name for one, other in pairs for name in one.parts if name in other.parts)
    found = tuple(each for name in parts for each in _differences(pairs, name, name, name))
    if not found:
        why = "they have no question and method in common"
        raise RunsNotComparable(first=names[0], second=names[1], why=why)
    both = sum(len(one.questions) for one, _ in pairs)
    unshared = sum(len(part.questions) for part in (*first.sets, *second.sets)) - 2 * both
    return Comparison(*names, found, _changed(first, second), unshared)


def compare_methods(run: Run, first: str, second: str) -> tuple[Difference, ...]:
    """What the method `second` changes against `first`, within one run."""
    pairs = [(part, part) for part in run.sets]
    return _differences(pairs, first, second, f"{second} against {first}")


def shared_questions(first: Run, second: Run) -> list[Pair]:
    """The sets of both, each with the questions that both have."""
    others = {part.name: part for part in second.sets}
    return [_shared(part, others[part.name]) for part in first.sets if part.name in others]


def _shared(one: SetRun, other: SetRun) -> Pair:
    theirs = {asked.key for asked in other.questions}
    keys = list(dict.fromkeys(asked.key for asked in one.questions if asked.key in theirs))
    return _only(one, keys), _only(other, keys)


def _only(part: SetRun, keys: Sequence[str]) -> SetRun:
    """The set with these questions, in this order."""
    rows = {asked.key: row for row, asked in enumerate(part.questions)}

    def taken(values: Sequence[_T]) -> tuple[_T, ...]:
        return tuple(values[rows[key]] for key in keys) if values else ()

    def of(measured: Measured) -> Measured:
        values = {metric: taken(each) for metric, each in measured.values.items()}
        return Measured(values, taken(measured.ranks), taken(measured.found))

    methods = {name: of(measured) for name, measured in part.methods.items()}
    answers = of(part.answers) if part.answers else None
    return SetRun(part.name, taken(part.questions), methods, answers)


def _differences(
    pairs: Sequence[Pair], first: str, second: str, name: str
) -> tuple[Difference, ...]:
    """Every metric, set by set and then over the sets."""
    measured = [
        (one.name, one.parts[first], other.parts[second])
        for one, other in pairs
        if first in one.parts and second in other.parts
    ]
    metrics = dict.fromkeys(metric for _, before, _ in measured for metric in before.values)
    found = []
    for metric in metrics:
        both = {each: _both(before, after, metric) for each, before, after in measured}
        filled = {each: values for each, values in both.items() if values[0]}
        found += [_difference(each, name, metric, [values]) for each, values in filled.items()]
        if len(filled) > 1:
            found.append(_difference(ALL, name, metric, list(filled.values())))
    return tuple(found)


Both = tuple[list[float], list[float]]


def _both(before: Measured, after: Measured, metric: str) -> Both:
    """The values of the questions that both say something about."""
    values = zip(before.values[metric], after.values.get(metric, ()), strict=False)
    there = [(one, other) for one, other in values if one is not None and other is not None]
    return [one for one, _ in there], [other for _, other in there]


def _difference(each: str, part: str, metric: str, sets: Sequence[Both]) -> Difference:
    before, after = (estimate([values[side] for values in sets]) for side in (0, 1))
    gained = estimate([[b - a for a, b in zip(*values, strict=True)] for values in sets])
    assert before
    assert after
    assert gained
    return Difference(
        each,
        part,
        metric,
        before.mean,
        after.mean,
        gained.mean,
        gained.low,
        gained.high,
        gained.n,
        verdict(gained, higher_is_better=higher_is_better(metric)),
    )


def _changed(first: Run, second: Run) -> dict[str, tuple[str, str]]:
    names = dict.fromkeys([*first.configuration, *second.configuration])
    both = {
        name: (first.configuration.get(name, ""), second.configuration.get(name, ""))
        for name in names
    }
    return {name: values for name, values in both.items() if values[0] != values[1]}
