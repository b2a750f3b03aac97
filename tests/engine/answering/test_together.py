"""Pieces of work side by side: their order, what one that fails costs, and that nothing is left over."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from strongroom_engine.answering.together import AHEAD, Piece, Stop, together
from strongroom_engine.errors import AnswerWorkerDied, Bug, Cancelled

LIMIT_S = 10.0
"""A test that waits for longer has failed."""


def piece(work: Callable[[Stop], str]) -> Piece[str]:
    return Piece(work, lambda error: f"died: {error.sentence}")


def said(text: str) -> Piece[str]:
    return piece(lambda _stopped: text)


def until_stopped(stopped: Stop) -> str:
    """As a long answer, that ends when it is to."""
    limit = time.monotonic() + LIMIT_S
    while time.monotonic() < limit:
        if stopped():
            raise Cancelled
        time.sleep(0.01)
    return "never stopped"


def threads() -> list[str]:
    return [each.name for each in threading.enumerate() if each.name.startswith("together")]


def test_results_come_in_their_order_whichever_is_done_first() -> None:
    second_done = threading.Event()

    def first(_stopped: Stop) -> str:
        return "first" if second_done.wait(LIMIT_S) else "late"

    def second(_stopped: Stop) -> str:
        second_done.set()
        return "second"

    assert list(together([piece(first), piece(second)])) == ["first", "second"]
    assert threads() == []


@pytest.mark.parametrize("most", [2, 4])
def test_as_many_are_at_work_as_may_be_and_no_more(most: int) -> None:
    all_there = threading.Barrier(most)
    counting, at_work, seen = threading.Lock(), 0, []

    def work(_stopped: Stop) -> str:
        nonlocal at_work
        with counting:
            at_work += 1
            seen.append(at_work)
        all_there.wait(LIMIT_S)
        with counting:
            at_work -= 1
        return ""

    assert len(list(together([piece(work)] * 2 * most, most=most))) == 2 * most
    assert max(seen) == most


def test_one_at_a_time_begins_when_the_one_before_is_told() -> None:
    begun: list[int] = []

    def pieces() -> Iterator[Piece[str]]:
        for number in range(3):
            begun.append(number)
            yield said(str(number))

    results = together(pieces(), most=1)
    assert next(results) == "0"
    assert begun == [0]
    assert list(results) == ["1", "2"]


def test_what_waits_for_a_slow_one_has_an_end() -> None:
    begun, go_on = 0, threading.Event()

    def pieces() -> Iterator[Piece[str]]:
        nonlocal begun
        yield piece(lambda _stopped: str(go_on.wait(LIMIT_S)))
        for _ in range(3 * AHEAD):
            begun += 1
            if begun == AHEAD:
                go_on.set()  # one more than may wait
            yield said("")

    results = together(pieces())
    threading.Timer(0.5, go_on.set).start()
    assert next(results) == "True"
    assert begun == AHEAD - 1
    assert len(list(results)) == 3 * AHEAD


@pytest.mark.parametrize("most", [1, 4])
def test_cancelled_it_gives_what_is_done_and_ends_at_once(most: int) -> None:
    cancelled = threading.Event()
    waiting = [piece(until_stopped)] * 5
    results = together([said("done"), *waiting], cancelled.is_set, most)
    assert next(results) == "done"
    threading.Timer(0.2, cancelled.set).start()
    begun = time.monotonic()
    assert list(results) == []
    assert time.monotonic() - begun < 1.5
    assert threads() == []


def test_cancelled_it_gives_what_is_done_behind_one_that_is_not() -> None:
    cancelled = threading.Event()

    def second(_stopped: Stop) -> str:
        cancelled.set()
        return "second"

    assert list(together([piece(until_stopped), piece(second)], cancelled.is_set)) == ["second"]


def test_nothing_begins_when_it_is_cancelled_from_the_start() -> None:
    assert list(together(iter([said("no")]), lambda: True)) == []
    assert list(together(iter([said("no")]), lambda: True, 1)) == []


def test_one_that_is_stopped_by_itself_ends_all() -> None:
    def closing(_stopped: Stop) -> str:
        raise Cancelled  # as where the library is being closed

    begun = time.monotonic()
    assert list(together([piece(closing), piece(until_stopped)])) == []
    assert time.monotonic() - begun < LIMIT_S / 2


def test_who_wants_no_more_leaves_no_thread_behind() -> None:
    results = together([said("first"), piece(until_stopped)])
    assert next(results) == "first"
    results.close()
    assert threads() == []


def test_what_one_raises_is_raised_and_the_others_end() -> None:
    def fails(_stopped: Stop) -> str:
        raise Bug("no")

    begun = time.monotonic()
    with pytest.raises(Bug):
        list(together([piece(fails), piece(until_stopped)]))
    assert time.monotonic() - begun < LIMIT_S / 2
    assert threads() == []


def test_a_worker_that_dies_costs_only_the_one_it_dies_of() -> None:
    """Whichever kills it, all that are asked at the time hear that it is dead."""
    both_there = threading.Barrier(2)
    alone: list[str] = []
    tries: dict[str, int] = {}

    def work(name: str) -> Callable[[Stop], str]:
        def working(_stopped: Stop) -> str:
            tries[name] = tries.get(name, 0) + 1
            if tries[name] == 1:
                both_there.wait(LIMIT_S)
                raise AnswerWorkerDied(why="it was killed")
            alone.append(name)
            if name == "deadly":
                raise AnswerWorkerDied(why="it was killed")
            return name

        return working

    pieces = [piece(work("deadly")), piece(work("innocent")), said("third"), said("fourth")]
    results = list(together(pieces, most=2))
    assert results == [
        "died: The answer model stopped: it was killed.", "innocent", "third", "fourth",
    ]  # fmt: skip
    assert alone == ["deadly", "innocent"]


@pytest.mark.parametrize("most", [1, 4])
def test_one_that_was_alone_is_not_done_again(most: int) -> None:
    tries = 0

    def work(_stopped: Stop) -> str:
        nonlocal tries
        tries += 1
        raise AnswerWorkerDied(why="it was killed")

    assert list(together([piece(work)], most=most)) == [
        "died: The answer model stopped: it was killed."
    ]
    assert tries == 1


def test_done_again_nothing_else_is_at_work() -> None:
    counting, at_work, tries = threading.Lock(), 0, 0

    def other(_stopped: Stop) -> str:
        nonlocal at_work
        with counting:
            at_work += 1
        time.sleep(0.05)
        with counting:
            at_work -= 1
        return "other"

    def dies_once(_stopped: Stop) -> str:
        nonlocal tries
        tries += 1
        if tries == 1:
            time.sleep(0.02)
            raise AnswerWorkerDied(why="it was killed")
        return f"beside {at_work}"

    pieces = [piece(other), piece(dies_once), *[piece(other)] * 6]
    assert list(together(pieces)) == ["other", "beside 0", *["other"] * 6]
