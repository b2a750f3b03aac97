"""Whose prompt is read: one at a time, and none of a review's while a question goes first."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from strongroom_engine.answering.reviewing.turns import Turns
from strongroom_engine.errors import Cancelled


def never() -> bool:
    return False


def test_the_next_has_its_turn_when_the_answer_before_it_begins() -> None:
    turns, reading, writing = Turns(never), threading.Barrier(2), threading.Event()
    seen: list[str] = []

    def first() -> None:
        with turns.taken(never) as begun:
            reading.wait(10)
            time.sleep(0.2)
            seen.append("first begins")
            begun()
            begun()  # every token says so
            assert writing.wait(10)
        seen.append("first ends")

    def second() -> None:
        reading.wait(10)
        with turns.taken(never):
            seen.append("second is read")
            writing.set()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(first), pool.submit(second)]:
            done.result()
    assert seen[:2] == ["first begins", "second is read"]


def test_one_that_fails_gives_its_turn_on() -> None:
    turns = Turns(never)
    with pytest.raises(ZeroDivisionError), turns.taken(never):
        _ = 1 / 0
    with turns.taken(never):
        pass


def test_while_held_none_has_its_turn_and_all_can_be_stopped() -> None:
    held, stopped = threading.Event(), threading.Event()
    held.set()
    turns = Turns(held.is_set)

    def waits() -> str:
        try:
            with turns.taken(stopped.is_set):
                return "read"
        except Cancelled:
            return "stopped"

    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(waits), pool.submit(waits)]
        time.sleep(0.2)
        assert not any(one.done() for one in both)
        stopped.set()
        assert [one.result(1) for one in both] == ["stopped", "stopped"]
        stopped.clear()
        again = pool.submit(waits)
        time.sleep(0.2)
        assert not again.done()
        held.clear()
        assert again.result(1) == "read"
