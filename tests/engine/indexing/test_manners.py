"""When indexing rests or holds back: the user, the battery, the hour, a question."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import msgspec
import pytest

from strongroom_engine.indexing import manners as module
from strongroom_engine.indexing.manners import Manners, Stand
from strongroom_engine.settings import Settings

RESTS_ON_BATTERY = Settings(index_on_battery=False)
OFFICE = Settings(quiet_from="09:00", quiet_until="17:30")


class Computer:
    """What the computer says of itself."""

    def __init__(self) -> None:
        self.battery = False
        self.minutes = 0

    def at(self, time_of_day: str) -> None:
        hours, minutes = time_of_day.split(":")
        self.minutes = int(hours) * 60 + int(minutes)


@pytest.fixture
def computer(monkeypatch: pytest.MonkeyPatch) -> Computer:
    monkeypatch.setattr(module, "LOOK_EVERY_S", 0.0)
    return Computer()


def made(computer: Computer, settings: Settings, *, paused: bool = False) -> Manners:
    return Manners(
        settings,
        paused=paused,
        battery=lambda: computer.battery,
        minutes=lambda: computer.minutes,
    )


def test_by_default_nothing_holds_indexing_back(computer: Computer) -> None:
    computer.battery = True
    manners = made(computer, Settings())
    assert manners.stand == Stand()
    assert (manners.rests, manners.slots(4)) == ("", 4)


def test_it_rests_on_battery_where_the_user_wants_that(computer: Computer) -> None:
    manners = made(computer, RESTS_ON_BATTERY)
    assert manners.rests == ""
    computer.battery = True
    assert manners.stand == Stand(True, "battery")
    assert manners.slots(4) == 0
    computer.battery = False
    assert manners.slots(4) == 4


def test_this_computer_is_asked_itself() -> None:
    assert isinstance(module.on_battery(), bool)
    assert 0 <= module._minutes_now() < 24 * 60


@pytest.mark.parametrize(
    ("time_of_day", "slow"),
    [("08:59", False), ("09:00", True), ("17:29", True), ("17:30", False), ("00:00", False)],
)
def test_in_working_hours_it_goes_slowly(computer: Computer, time_of_day: str, slow: bool) -> None:
    computer.at(time_of_day)
    manners = made(computer, OFFICE)
    assert manners.stand == Stand(False, "hours" if slow else "")
    assert manners.slots(4) == (1 if slow else 4)
    assert manners.rests == ""


@pytest.mark.parametrize(
    ("time_of_day", "rests"), [("23:00", True), ("05:59", True), ("06:00", False)]
)
def test_hours_may_go_over_midnight_and_pause_it(
    computer: Computer, time_of_day: str, rests: bool
) -> None:
    computer.at(time_of_day)
    night = Settings(quiet_from="22:00", quiet_until="06:00", during_quiet="pause")
    assert made(computer, night).stand == (Stand(True, "hours") if rests else Stand())


def test_hours_do_not_matter_where_full_work_is_wanted(computer: Computer) -> None:
    computer.at("12:00")
    full = msgspec.structs.replace(OFFICE, during_quiet="full")
    assert made(computer, full).stand == Stand()
    assert made(computer, msgspec.structs.replace(OFFICE, quiet_until="")).stand == Stand()


def test_the_user_comes_first_and_going_on_overrules_the_rest_until_it_has_passed(
    computer: Computer,
) -> None:
    computer.battery = True
    manners = made(computer, RESTS_ON_BATTERY, paused=True)
    told: list[Stand] = []
    manners.on_change = told.append
    assert manners.stand == Stand(True, "user")
    manners.pause(False)
    assert manners.stand == Stand()
    computer.battery = False
    assert manners.stand == Stand()
    computer.battery = True
    assert manners.stand == Stand(True, "battery"), "the next time is another one"
    manners.tell()
    manners.pause(True)
    manners.pause(True)
    assert told == [Stand(), Stand(True, "battery"), Stand(True, "user")]


def test_nobody_goes_on_with_a_damaged_library(computer: Computer) -> None:
    manners = made(computer, Settings())
    manners.halt()
    manners.pause(False)
    assert manners.stand == Stand(True, "damage")
    assert manners.slots(4) == 0


def test_other_settings_take_effect_at_once(computer: Computer) -> None:
    computer.battery = True
    manners = made(computer, Settings())
    told: list[Stand] = []
    manners.on_change = told.append
    manners.use(RESTS_ON_BATTERY)
    assert told == [Stand(True, "battery")]


def test_battery_and_clock_are_followed(
    computer: Computer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOK_EVERY_S", 0.02)
    manners = made(computer, RESTS_ON_BATTERY)
    heard = threading.Event()
    manners.on_change = lambda _stand: heard.set()
    manners.follow()
    computer.battery = True
    assert heard.wait(5)
    manners.stop()
    assert manners.rests == "battery"


def test_a_question_goes_first(computer: Computer) -> None:
    manners = made(computer, Settings())
    with ThreadPoolExecutor(1) as threads:
        with manners.answering():
            with manners.answering():
                assert manners.slots(4) == 0
            breathing = threads.submit(manners.breathe, 0.0, lambda: False)
            time.sleep(0.2)
            assert not breathing.done()
            assert manners.rests == ""
        breathing.result(timeout=30)
    assert manners.slots(4) == 4


def test_who_types_goes_first_for_a_moment(
    computer: Computer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "TYPING_S", 0.3)
    manners = made(computer, Settings())
    began = time.monotonic()
    manners.typed()
    assert manners.slots(4) == 0
    manners.breathe(0.0, lambda: False)
    assert time.monotonic() - began >= 0.3
    assert manners.slots(4) == 4


def test_working_slowly_it_rests_as_long_as_it_worked(computer: Computer) -> None:
    computer.at("12:00")
    began = time.monotonic()
    made(computer, OFFICE).breathe(0.3, lambda: False)
    assert time.monotonic() - began >= 0.3
    began = time.monotonic()
    made(computer, Settings()).breathe(60.0, lambda: False)
    made(computer, OFFICE).breathe(60.0, lambda: True)
    assert time.monotonic() - began < 30


@pytest.mark.parametrize("wrong", ["25:00", "9:00", "noon"])
def test_a_time_of_day_is_checked(wrong: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"quiet_from": wrong}, Settings)


def test_who_types_on_and_on_holds_nothing_back_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: now))
    manners = Manners(Settings())
    slots = []
    for _ in range(140):  # a search every tenth of a second, for 14 seconds
        manners.typed()
        slots.append(manners.slots(2))
        now += 0.1
    held = sum(not free for free in slots)
    assert 0 not in slots[51:69]  # after five seconds indexing has its turn, for two
    assert slots[:49] == [0] * 49
    assert 0 < 140 - held < 60
    manners.typed()
    now += 5
    assert manners.slots(2) == 2


def test_it_can_be_stopped_while_it_begins_to_follow(
    computer: Computer, monkeypatch: pytest.MonkeyPatch
) -> None:
    begins, stops = threading.Event(), threading.Event()

    class Slow(threading.Thread):
        def start(self) -> None:
            begins.set()
            stops.wait(0.2)  # as where another thread has its turn now
            super().start()

    manners = made(computer, Settings())
    slow = SimpleNamespace(**vars(threading) | {"Thread": Slow})
    monkeypatch.setattr(module, "threading", slow)
    with ThreadPoolExecutor(1) as pool:
        following = pool.submit(manners.follow)
        assert begins.wait(10)
        manners.stop()
        stops.set()
        following.result(10)
    assert not any(thread.name == "manners" for thread in threading.enumerate())


def test_after_the_end_nothing_is_followed(computer: Computer) -> None:
    manners = made(computer, Settings())
    manners.stop()
    manners.follow()
    assert not any(thread.name == "manners" for thread in threading.enumerate())
