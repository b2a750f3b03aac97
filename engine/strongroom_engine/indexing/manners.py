"""When indexing rests, goes slowly, or lets a question go first.

It is asked before each document and each few passages: what is in hand is always finished.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import psutil

from strongroom_engine.settings import Settings

Why = Literal["", "user", "battery", "hours", "damage"]

LOOK_EVERY_S = 5.0
"""How often it is looked at the battery and the clock."""
TYPING_S = 1.0
"""So long after a search while typing the next key is waited for."""
TYPING_MOST_S = 5.0
"""Who types on and on holds indexing back for so long in a row …"""
TURN_S = 2.0
"""… and then indexing has its turn: what is searched for may be what it is about to read."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Whether indexing rests, and why; 'hours' without `paused`: it goes on slowly."""

    paused: bool = False
    why: Why = ""


def on_battery() -> bool:
    """Whether the computer draws from its battery now."""
    try:
        battery = psutil.sensors_battery()
    except (AttributeError, OSError, RuntimeError):  # a system that tells nothing of it
        return False
    return battery is not None and battery.power_plugged is False


def _minutes_now() -> int:
    now = datetime.now().astimezone()
    return now.hour * 60 + now.minute


class Manners:
    """Thread-safe. `on_change` hears of another stand, from any thread, if need be `LOOK_EVERY_S`
    later when `follow` was called. `battery` and `minutes` (since midnight) replace what the
    computer says of itself (tests)."""

    def __init__(
        self,
        settings: Settings,
        *,
        paused: bool = False,
        battery: Callable[[], bool] = on_battery,
        minutes: Callable[[], int] = _minutes_now,
    ) -> None:
        self._settings = settings
        self._paused = paused
        self.on_change: Callable[[Stand], None] = lambda _stand: None
        self._battery, self._minutes = battery, minutes
        self._damaged = False
        self._overruled: Why = ""
        self._questions = 0
        self._typed_since_s = self._typed_until_s = 0.0
        self._looked_s = -LOOK_EVERY_S
        self._outer = Stand()
        self._changed = threading.Condition(threading.RLock())
        self._telling = threading.RLock()  # so that nothing old is told after what is new
        self._told = self.stand
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None

    # --- what holds ------------------------------------------------------------------------------

    @property
    def stand(self) -> Stand:
        """What holds now."""
        with self._changed:
            if self._damaged:
                return Stand(True, "damage")
            if self._paused:
                return Stand(True, "user")
            now = time.monotonic()
            if now - self._looked_s >= LOOK_EVERY_S:
                self._looked_s, self._outer = now, self._look()
            if self._outer.why != self._overruled:
                self._overruled = ""
            return Stand() if self._overruled else self._outer

    def _look(self) -> Stand:
        settings = self._settings
        if not settings.index_on_battery and self._battery():
            return Stand(True, "battery")
        if settings.during_quiet != "full" and self._in_quiet_hours():
            return Stand(settings.during_quiet == "pause", "hours")
        return Stand()

    def _in_quiet_hours(self) -> bool:
        since, until = (
            _minutes(time) for time in (self._settings.quiet_from, self._settings.quiet_until)
        )
        if since is None or until is None:
            return False
        now = self._minutes()
        if since <= until:
            return since <= now < until
        return now >= since or now < until  # over midnight

    @property
    def spares(self) -> bool:
        """Whether the battery is to be spared now: what nobody waits for is not done."""
        return not self._settings.index_on_battery and self._battery()

    @property
    def rests(self) -> Why:
        """Why nothing more is to be read or embedded; '' when something may be."""
        stand = self.stand
        return stand.why if stand.paused else ""

    def slots(self, parallel: int) -> int:
        """How many documents may be read at once now, of `parallel`."""
        stand = self.stand
        if stand.paused or self._held():
            return 0
        return 1 if stand.why else parallel

    @property
    def is_asked(self) -> bool:
        """Whether a question is being answered or typed now."""
        return self._held()

    def _held(self) -> bool:
        """Whether a question goes first now."""
        return self._questions > 0 or time.monotonic() < self._typed_until_s

    def breathe(self, worked_s: float, ended: Callable[[], bool]) -> None:
        """Wait while a question is being asked or answered, and, where indexing goes slowly, as long
        as was worked. It ends when all has ended or rests."""
        until = time.monotonic() + (worked_s if self.stand.why == "hours" else 0.0)
        while not ended() and not self.rests:
            left = until - time.monotonic()
            with self._changed:
                held = self._held()
                if not held and left <= 0:
                    return
                self._changed.wait(0.1 if held else min(left, 0.1))

    def wait(self, timeout_s: float) -> None:
        """Until something may be different."""
        with self._changed:
            self._changed.wait(timeout_s)

    # --- what changes it -------------------------------------------------------------------------

    @contextmanager
    def answering(self) -> Iterator[None]:
        """A question is answered during the block: indexing holds back."""
        with self._changed:
            self._questions += 1
        try:
            yield
        finally:
            with self._changed:
                self._questions -= 1
                self._changed.notify_all()

    def typed(self) -> None:
        """Something is searched while it is typed: indexing holds back for a moment, though not
        for ever."""
        with self._changed:
            now, until = time.monotonic(), self._typed_until_s
            if now >= until:
                held_long = until >= self._typed_since_s + TYPING_MOST_S
                if held_long and now < until + TURN_S:
                    return
                self._typed_since_s = now
            self._typed_until_s = min(now + TYPING_S, self._typed_since_s + TYPING_MOST_S)

    def pause(self, paused: bool) -> None:
        """The user pauses, or goes on; then also where something else holds indexing back, until
        that has passed."""
        with self._changed:
            self._paused = paused
            outer = self._look()
            self._overruled = outer.why if outer.paused and not paused else ""
            self._outer, self._looked_s = outer, time.monotonic()
            self._changed.notify_all()
        self.tell()

    def halt(self) -> None:
        """The library is damaged: nobody goes on with this one."""
        with self._changed:
            self._damaged = True
            self._changed.notify_all()
        self.tell()

    def use(self, settings: Settings) -> None:
        """Go by other settings from now on."""
        with self._changed:
            self._settings = settings
            self._looked_s = -LOOK_EVERY_S
            self._changed.notify_all()
        self.tell()

    def tell(self) -> None:
        """Tell what holds now, if that is something else than was told last."""
        with self._telling:
            stand = self.stand
            if stand == self._told:
                return
            self._told = stand
            self.on_change(stand)

    def follow(self) -> None:
        """Look at battery and clock from now on, until `stop`; after it, nothing is begun."""
        with self._changed:  # `stop` may come from another thread at the same time
            if self._thread is None and not self._ending.is_set():
                self._thread = threading.Thread(target=self._follow, name="manners", daemon=True)
                self._thread.start()

    def _follow(self) -> None:
        while not self._ending.wait(LOOK_EVERY_S):
            self.tell()

    def stop(self) -> None:
        with self._changed:
            self._ending.set()
            self._changed.notify_all()
            thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join()


def _minutes(time_of_day: str) -> int | None:
    """'HH:MM' -> minutes since midnight; None for ''."""
    if not time_of_day:
        return None
    hours, _, minutes = time_of_day.partition(":")
    return int(hours) * 60 + int(minutes)
