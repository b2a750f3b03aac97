"""Intervals and verdicts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strongroom_engine.evaluation.estimates import Estimate, estimate, interval, mean, verdict

values = st.lists(st.floats(-10, 10), min_size=1, max_size=40)


def test_an_interval_is_as_wide_as_theory_says_and_the_same_each_time() -> None:
    halves = [0.0, 1.0] * 50
    low, high = interval(halves) or (1.0, 0.0)
    assert low < 0.5 < high
    assert 0.17 < high - low < 0.22  # 2 * 1.96 * .5 / sqrt(100) = .196
    assert interval(halves) == (low, high)


def test_nothing_has_no_figure() -> None:
    assert interval([]) is None
    assert mean([]) is None
    assert estimate([]) is None
    assert estimate([[], []]) is None


@settings(deadline=None)
@given(values)
def test_the_interval_lies_within_the_values_and_around_their_mean(
    given_values: list[float],
) -> None:
    found = estimate([given_values])
    assert found is not None
    slack = 1e-3
    assert min(given_values) - slack <= found.low <= found.mean + slack
    assert found.mean - slack <= found.high <= max(given_values) + slack
    assert found.n == len(given_values)


@settings(deadline=None)
@given(values, st.floats(-5, 5))
def test_shifting_all_values_shifts_the_interval(given_values: list[float], shift: float) -> None:
    before, after = estimate([given_values]), estimate([[v + shift for v in given_values]])
    assert before is not None
    assert after is not None
    assert after.low == pytest.approx(before.low + shift, abs=1e-3)
    assert after.high == pytest.approx(before.high + shift, abs=1e-3)


def test_95_of_100_intervals_hold_the_truth() -> None:
    dice = np.random.default_rng(1)
    held = 0
    for _ in range(200):
        low, high = interval(list(dice.normal(0.3, 1, 60))) or (0, 0)
        held += low <= 0.3 <= high
    assert 180 <= held <= 199


def test_every_set_counts_alike_in_the_mean_over_sets() -> None:
    found = estimate([[1.0] * 300, [0.0] * 3])
    assert found == Estimate(0.5, 0.5, 0.5, 303)
    assert estimate([[1.0], []]) == Estimate(1.0, 1.0, 1.0, 1)


def test_sets_are_drawn_independently() -> None:
    """Two sets of equal figures: drawn alike, their mean would spread like one of them."""
    halves = [0.0, 1.0] * 50
    one, both = estimate([halves]), estimate([halves, halves])
    assert one is not None
    assert both is not None
    assert both.high - both.low < 0.85 * (one.high - one.low)


@pytest.mark.parametrize(
    ("low", "high", "expected", "reversed_"),
    [
        (0.01, 0.03, "better", "worse"),
        (-0.03, -0.01, "worse", "better"),
        (-0.01, 0.03, "no difference shown", "no difference shown"),
        (0.0, 0.03, "no difference shown", "no difference shown"),
    ],
)
def test_a_difference_is_real_when_its_interval_leaves_out_zero(
    low: float, high: float, expected: str, reversed_: str
) -> None:
    found = Estimate((low + high) / 2, low, high, 10)
    assert verdict(found) == expected
    assert verdict(found, higher_is_better=False) == reversed_
