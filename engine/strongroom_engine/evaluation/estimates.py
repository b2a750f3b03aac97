"""How sure a figure is: means over questions, and over sets, with bootstrap intervals.

The interval is the percentile bootstrap's (Efron and Tibshirani 1993, chapter 13): questions are
drawn with replacement and the mean taken again, many times; 95 of 100 of these means lie within
it. Two configurations are compared on the same questions: what is drawn are their differences
(Sakai 2006, 'Evaluating evaluation metrics based on the bootstrap'), so that a question that is
hard for both does not blur what differs between them. A difference is real when its interval
leaves out zero. Of twenty comparisons of equals, one looks real by chance.

Figures over several sets are the mean of the sets' means, each set counting alike; questions are
drawn within each set. The same values always give the same interval.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import msgspec
import numpy as np

RESAMPLES = 2000
"""Bootstrap resamples; with more the bounds move in the fourth digit."""

QUESTIONS_LEAST = 8
"""From so many on a difference may be called real: eight differences of one sign come by chance
less than once in a hundred."""

Values = Sequence[float]
Interval = tuple[float, float]


class Estimate(msgspec.Struct, frozen=True):
    """A mean with its 95 % interval, over `n` questions."""

    mean: float
    low: float
    high: float
    n: int


def mean(values: Values) -> float | None:
    """The mean, to four digits; None of nothing."""
    return round(statistics.fmean(values), 4) if values else None


def interval(values: Values) -> Interval | None:
    """The 95 % bootstrap interval of the mean; None of nothing."""
    found = estimate([values])
    return (found.low, found.high) if found else None


def estimate(sets: Sequence[Values]) -> Estimate | None:
    """The mean over sets of the mean over their values; sets without values are passed over."""
    filled = [np.asarray(values, np.float64) for values in sets if len(values)]
    if not filled:
        return None
    means = np.mean([_means(values, number) for number, values in enumerate(filled)], axis=0)
    low, high = np.percentile(means, [2.5, 97.5])
    middle = float(np.mean([values.mean() for values in filled]))
    n = sum(map(len, filled))
    return Estimate(round(middle, 4), round(float(low), 4), round(float(high), 4), n)


def _means(values: np.ndarray[Any, Any], stream: int) -> np.ndarray[Any, Any]:
    """The mean of each resample, (RESAMPLES,)."""
    means: np.ndarray[Any, Any] = _draws(len(values), stream) @ values / len(values)
    return means


@lru_cache(maxsize=32)
def _draws(n: int, stream: int) -> np.ndarray[Any, Any]:
    """How often each of `n` questions is drawn, (RESAMPLES, n); each set has its own stream."""
    dice = np.random.default_rng([n, stream])
    return dice.multinomial(n, np.full(n, 1 / n), size=RESAMPLES).astype(np.float32)


def verdict(difference: Estimate, *, higher_is_better: bool = True) -> str:
    """'better', 'worse' or 'no difference shown', of whose minus the other's values these are;
    'too few questions' where a few alike would make any difference look real."""
    if difference.n < QUESTIONS_LEAST:
        return "too few questions"
    if difference.low <= 0 <= difference.high:
        return "no difference shown"
    return "better" if (difference.low > 0) is higher_is_better else "worse"
