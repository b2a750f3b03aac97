"""Two runs compared, question by question."""

from __future__ import annotations

import pytest
from tests.engine.evaluation.made import measured, run, set_run

from strongroom_engine.errors import RunsNotComparable
from strongroom_engine.evaluation.compare import (
    ALL,
    Difference,
    compare_methods,
    compare_runs,
    shared_questions,
)
from strongroom_engine.evaluation.runs import Run, SetRun

NAMES = ("before.json", "after.json")


def only(before: Run, after: Run) -> Difference:
    (difference,) = compare_runs(before, after, NAMES).differences
    return difference


def test_what_is_better_on_nearly_every_question_is_better() -> None:
    found = only(run(set_run([0.5] * 20)), run(set_run([1.0] * 15 + [0.5] * 5)))
    assert (found.set, found.part, found.metric) == ("one", "hybrid", "mrr@10")
    assert (found.before, found.after, found.difference) == (0.5, 0.875, 0.375)
    assert 0.2 < found.low < found.high < 0.5
    assert (found.n, found.verdict) == (20, "better")


def test_pairing_finds_what_two_intervals_would_hide() -> None:
    """The questions differ widely from each other; each gains a little."""
    before = [n / 40 for n in range(30)]
    found = only(run(set_run(before)), run(set_run([value + 0.05 for value in before])))
    assert found.verdict == "better"
    assert found.low == pytest.approx(0.05, abs=1e-4)


def test_as_much_lost_as_gained_is_no_difference() -> None:
    found = only(run(set_run([1.0, 0.5] * 15)), run(set_run([0.5, 1.0] * 15)))
    assert (found.difference, found.verdict) == (0.0, "no difference shown")


def test_a_loss_is_worse_and_a_few_questions_say_nothing() -> None:
    assert only(run(set_run([1.0] * 20)), run(set_run([0.5] * 20))).verdict == "worse"
    assert only(run(set_run([1.0] * 3)), run(set_run([0.5] * 3))).verdict == "too few questions"


def test_questions_are_matched_by_key_in_any_order_and_others_left_out() -> None:
    before, after = set_run([1.0, 0.5, 0.25], first=0), set_run([0.5, 0.25, 0.1], first=1)
    found = compare_runs(run(before), run(after), NAMES)
    assert found.unshared == 2
    assert found.differences[0].n == 2
    assert found.differences[0].difference == 0.0
    ((one, other),) = shared_questions(run(before), run(after))
    assert [asked.key for asked in one.questions] == [asked.key for asked in other.questions]


def test_what_one_of_both_says_nothing_about_is_left_out() -> None:
    found = only(run(set_run([1.0, None, 0.5])), run(set_run([1.0, 1.0, None])))
    assert (found.n, found.difference) == (1, 0.0)


def test_several_sets_end_in_their_mean() -> None:
    before = run(set_run([0.5] * 10, "one"), set_run([1.0] * 30, "two"))
    after = run(set_run([1.0] * 10, "one"), set_run([0.5] * 30, "two"))
    found = compare_runs(before, after, NAMES).differences
    assert [each.set for each in found] == ["one", "two", ALL]
    assert (found[2].difference, found[2].n) == (0.0, 40)


def test_runs_without_anything_in_common_are_refused() -> None:
    with pytest.raises(RunsNotComparable, match=r"before\.json and after\.json"):
        compare_runs(run(set_run([1.0], "one")), run(set_run([1.0], "two")), NAMES)
    lexical = SetRun("one", set_run([1.0]).questions, {"lexical": measured([1.0])})
    with pytest.raises(RunsNotComparable):
        compare_runs(run(set_run([1.0])), run(lexical), NAMES)


def test_what_was_configured_differently_is_said() -> None:
    before = run(set_run([1.0]), model="small", passages="4")
    after = run(set_run([1.0]), model="large", passages="4")
    assert compare_runs(before, after, NAMES).changed == {"model": ("small", "large")}


def test_methods_of_one_run_are_compared() -> None:
    part = set_run([1.0] * 20)
    both = SetRun(
        "one", part.questions, {"rrf": measured([0.5] * 20), "hybrid": part.methods["hybrid"]}
    )
    (found,) = compare_methods(run(both), "rrf", "hybrid")
    assert (found.difference, found.verdict) == (0.5, "better")
