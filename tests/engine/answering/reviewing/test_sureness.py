from __future__ import annotations

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from strongroom_engine.answering.reviewing.sureness import Said, Signs, confidence
from strongroom_engine.types import LOW_CONFIDENCE

shares = st.floats(-1, 2)
said = st.sampled_from(get_args(Said))


@given(said, shares, shares)
def test_it_is_a_share(said: Said, support: float, found: float) -> None:
    assert 0 <= confidence(Signs(said, support, found)) <= 1


@given(said, shares, shares, shares)
def test_it_grows_with_what_supports_the_cell(
    said: Said, first: float, second: float, found: float
) -> None:
    less, more = sorted((first, second))
    assert confidence(Signs(said, less, found)) <= confidence(Signs(said, more, found))


@given(said, shares, shares, shares)
def test_what_was_found_speaks_for_an_answer_and_against_none(
    said: Said, support: float, first: float, second: float
) -> None:
    less, more = sorted((first, second))
    grown = confidence(Signs(said, support, more)) - confidence(Signs(said, support, less))
    assert grown <= 0 if said == "nothing" else grown >= 0


@given(shares)
def test_what_nothing_supports_is_to_be_checked(found: float) -> None:
    assert confidence(Signs("answered", 0, found)) < LOW_CONFIDENCE
    assert confidence(Signs("quoted", 1, found)) < LOW_CONFIDENCE
