from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from strongroom_engine.answering.ranking.scores import above, added, best_first, standardised

SCORES = st.dictionaries(st.integers(0, 30), st.integers(-50, 50).map(float), max_size=20)


def test_standardised_scores_have_mean_0_and_deviation_1() -> None:
    assert standardised({1: 1.0, 2: 3.0}) == {1: -1.0, 2: 1.0}
    assert standardised({1: 5.0}) == {1: 0.0}
    assert standardised({1: 1.0}, [3.0]) == {1: -1.0}, "the others count and are left out"
    assert standardised({}) == {}


def test_a_passage_without_a_gain_gains_what_the_least_does() -> None:
    assert added({1: 1.0, 2: 1.0, 3: 1.0}, {1: 2.0, 2: -1.0}, 0.5) == {1: 2.0, 2: 0.5, 3: 0.5}
    assert added({1: 1.0}, {}, 0.5) == {1: 1.0}


@given(SCORES, SCORES)
def test_above_keeps_both_orders(first: dict[int, float], scores: dict[int, float]) -> None:
    order = best_first(above(first, scores))
    assert order[: len(first)] == best_first(first)
    assert order[len(first) :] == best_first({k: v for k, v in scores.items() if k not in first})
