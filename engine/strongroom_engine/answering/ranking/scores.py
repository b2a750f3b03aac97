"""Scores of passages, and what is done with any of them. Larger is better; a passage is its row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

Ranked = Sequence[tuple[int, float]]
"""(passage, score), best first."""
Scores = dict[int, float]

_SPREAD_LEAST = 1e-9


def best_first(scores: Mapping[int, float]) -> list[int]:
    """The passages, best first; of equals the older one."""
    return sorted(scores, key=lambda row: (-scores[row], row))


def standardised(scores: Mapping[int, float], others: Sequence[float] = ()) -> Scores:
    """The same scores with mean 0 and deviation 1. `others` count too, and are not returned."""
    if not scores:
        return {}
    values = np.array([*scores.values(), *others])
    mean, spread = values.mean(), max(values.std(), _SPREAD_LEAST)
    return {row: float((score - mean) / spread) for row, score in scores.items()}


def added(scores: Scores, gains: Mapping[int, float], weight: float) -> Scores:
    """`scores` with weighted gains; a passage without one gains what the least of them does."""
    least = min(gains.values(), default=0.0)
    return {row: score + weight * gains.get(row, least) for row, score in scores.items()}


def above(first: Scores, scores: Scores) -> Scores:
    """`first`, and then whatever else is in `scores`, in its order, with lower scores."""
    rest = {row: score for row, score in scores.items() if row not in first}
    if not first or not rest:
        return first or rest
    shift = max(0.0, max(rest.values()) - min(first.values()))
    return rest | {row: score + shift + 1e-6 for row, score in first.items()}
