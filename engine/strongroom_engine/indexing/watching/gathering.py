"""What has changed, until it has come to rest: bursts become one telling, and nothing that goes on
and on holds up the rest."""

from __future__ import annotations

import os
import threading
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from strongroom_engine.trees import within

OPEN = 2.2
"""Quiet times for a file that its writer has not closed: a slow copy pauses, too."""
PATIENCE = 10
OPEN_PATIENCE = 30
"""A path without rest is told after so many quiet times all the same, an open file later."""
GATHER = 0.5
"""Quiet times that what has come to rest waits for the others of its burst."""
FEW = 20
"""Where no more than these changed, they are told although much else is being read."""
MAX_WAITING = 2_000
"""When more paths than this wait for one source, the folder of most of them is told instead."""
CALLS_AT_ONCE = 6
"""A path that changes as soon as it was told is told so often before it has to wait longer."""
SOON_S = 5.0
MOST_S = 60.0
"""So long does a path wait at most for changing all the time."""
COST = 5
"""So many times as long as its reading took does such a path wait before it is read again."""
TICK = 0.1


@dataclass(slots=True)
class _Change:
    """What happened to a path, or to both names of one that was renamed."""

    first: float
    last: float
    open: bool = False


@dataclass(slots=True)
class _Told:
    """A path that was told: when, how often in a row, and how long it is not told again."""

    at: float
    times: int = 0
    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class Telling:
    """Paths that have come to rest, and those inside them that have not."""

    paths: frozenset[str]
    restless: frozenset[str] = frozenset()


class Gathered:
    """Paths of sources that something has happened to; usable from any thread."""

    def __init__(self, settle_s: float) -> None:
        self._settle_s = settle_s
        self._waiting: dict[str, dict[str, _Change]] = {}
        self._whole: dict[str, set[str]] = {}
        """Folders that stand for all that changed in them, by their source."""
        self._told: dict[str, _Told] = {}
        self._changed = threading.Condition()
        self._awake = False

    def add(self, source: str, *paths: str, open_: bool | None = None) -> None:
        """Something happened to a path, or to both names of a file. `open_` says that its writer
        has it open, or has closed it."""
        now = time.monotonic()
        with self._changed:
            waiting = self._waiting.setdefault(source, {})
            asleep = not waiting
            names = [self._standing_for(source, path) for path in paths]
            change = next((waiting[name] for name in names if name in waiting), None)
            change = change or _Change(now, now)
            change.last = now
            if open_ is not None:
                change.open = open_
            waiting.update(dict.fromkeys(names, change))
            if len(waiting) > MAX_WAITING:
                self._merge(source, waiting)
            if asleep:  # else whoever waits looks by itself
                self._changed.notify()

    def _standing_for(self, source: str, path: str) -> str:
        whole = self._whole.get(source)
        if not whole:
            return path
        place = path
        while place not in whole:
            parent = os.path.dirname(place)  # noqa: PTH120 - for each event
            if parent == place:
                return path
            place = parent
        return place

    def _merge(self, source: str, waiting: dict[str, _Change]) -> None:
        """Let the folder that most of the paths lie in stand for them."""
        crowds = Counter(_crowd(source, path) for path in waiting)
        crowd, _ = crowds.most_common(1)[0]
        inside = [path for path in waiting if _crowd(source, path) == crowd]
        folder = os.path.commonpath(inside) if crowd != source else source
        if crowd == source:
            inside = list(waiting)
        changes = [waiting.pop(path) for path in inside]
        first, last = min(one.first for one in changes), max(one.last for one in changes)
        waiting[folder] = _Change(first, last)
        self._whole.setdefault(source, set()).add(folder)

    def forget(self, source: str) -> None:
        with self._changed:
            self._waiting.pop(source, None)
            self._whole.pop(source, None)

    def wake(self) -> None:
        """Let `rested` return at once."""
        with self._changed:
            self._awake = True
            self._changed.notify()

    def cost(self, paths: Collection[str], took_s: float) -> None:
        """Telling these took so long; what changes all the time is told the more seldom for it."""
        with self._changed:
            for path in paths:
                told = self._told.get(path)
                if told is not None and told.times > 1:
                    told.wait = min(max(told.wait, COST * took_s / len(paths)), MOST_S)

    # --- taking ----------------------------------------------------------------------------------

    def rested(self, timeout_s: float, *, few: bool = False) -> Telling | None:
        """Wait until paths have come to rest, and take them out; None when woken or too late.

        `few` takes only what is not part of much that changed.
        """
        end = time.monotonic() + timeout_s
        with self._changed:
            while not self._awake:
                now = time.monotonic()
                if telling := self._take(now, few=few):
                    return telling
                if now >= end:
                    break
                busy = any(self._waiting.values())
                self._changed.wait(min(TICK * self._settle_s if busy else end - now, end - now))
            return None

    def _take(self, now: float, *, few: bool) -> Telling | None:
        rests = {
            (source, path): self._rest_at(path, change) for source, path, change in self._all()
        }
        rested = [place for place, at in rests.items() if at <= now]
        if few:
            rested = self._uncrowded(rested)
        if not rested:
            return None
        if len(rested) < len(rests) and now < min(map(rests.__getitem__, rested)) + self._gather:
            return None
        return self._tell(now, rested)

    @property
    def _gather(self) -> float:
        return GATHER * self._settle_s

    def _all(self) -> Iterator[tuple[str, str, _Change]]:
        for source, paths in self._waiting.items():
            for path, change in paths.items():
                yield source, path, change

    def _rest_at(self, path: str, change: _Change) -> float:
        """When the path is to be told, if nothing more happens to it."""
        quiet, patience = (OPEN, OPEN_PATIENCE) if change.open else (1.0, PATIENCE)
        at = min(change.last + quiet * self._settle_s, change.first + patience * self._settle_s)
        told = self._told.get(path)
        return at if told is None else max(at, told.at + told.wait)

    def _uncrowded(self, rested: list[tuple[str, str]]) -> list[tuple[str, str]]:
        crowds = Counter((source, _crowd(source, path)) for source, path, _ in self._all())
        return [
            (source, path)
            for source, path in rested
            if crowds[source, _crowd(source, path)] <= FEW
            and path not in self._whole.get(source, ())
        ]

    def _tell(self, now: float, rested: list[tuple[str, str]]) -> Telling:
        for source, path in rested:
            change = self._waiting[source].pop(path)
            self._whole.get(source, set()).discard(path)
            self._note(path, change, now)
        self._clear_up(now)
        # A folder is told when it came, went or was renamed: it stands for all that is in it, but
        # for sources of their own.
        outer = frozenset[str]().union(*map(tops, _by_source(rested).values()))
        restless = (path for _, path, _ in self._all())
        return Telling(outer, frozenset(path for path in restless if within(outer, path)))

    def _note(self, path: str, change: _Change, now: float) -> None:
        """Count how often in a row it was told; what has rested longer begins anew."""
        told = self._told.setdefault(path, _Told(now))
        again = told.at < now and change.first - told.at < SOON_S
        told.times = told.times + 1 if again else 0
        over = told.times - CALLS_AT_ONCE
        told.wait = min(self._settle_s * 2**over, MOST_S) if over > 0 else 0.0
        told.at = now

    def _clear_up(self, now: float) -> None:
        waiting = {path for _, path, _ in self._all()}
        for path, told in list(self._told.items()):
            if path not in waiting and told.at + told.wait + SOON_S < now:
                del self._told[path]


def _crowd(source: str, path: str) -> str:
    """The folder directly in the source that the path lies in; the source for what lies there."""
    below = path[len(source) :].lstrip(os.sep).partition(os.sep)
    return os.path.join(source, below[0]) if below[2] else source  # noqa: PTH118 - for each event


def _by_source(places: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for source, path in places:
        found.setdefault(source, []).append(path)
    return found


def tops(paths: Iterable[str]) -> frozenset[str]:
    """Those of the paths that lie in no other."""
    every = set(paths)
    return frozenset(path for path in every if not within(every, os.path.dirname(path)))  # noqa: PTH120
