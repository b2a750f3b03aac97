"""Looks at the sources that never hang, and never take a drive that is away for an empty one."""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from strongroom_engine.errors import (
    Cancelled,
    DocumentProblem,
    NotASource,
    NotDownloaded,
    ParserTimedOut,
    SourceFailing,
    SourceMissing,
    SourceReplaced,
    SourceSilent,
    Unreadable,
)
from strongroom_engine.indexing.looking import presence
from strongroom_engine.indexing.looking.away import Standing, hold_back, is_left, stand
from strongroom_engine.indexing.looking.presence import (
    ANSWER_S,
    CLOUDS_TELL,
    LOST,
    Silent,
    ask,
    is_placeholder,
)
from strongroom_engine.indexing.looking.scan import Changes
from strongroom_engine.store import Store
from strongroom_engine.trees import contains, within
from strongroom_engine.types import Away, FileFacts

T = TypeVar("T")

PATIENCE_S = 300.0
"""So long may a look find nothing though the drive answers."""
FAILURES = 3
"""So many files in a row that a drive does not give are not to be blamed on the files."""
_BATCH = 200
_BLOCK = 1 << 20
_WAKE_S = 0.2

_WHY = {
    SourceReplaced.code: Away.REPLACED,
    SourceSilent.code: Away.SILENT,
    SourceFailing.code: Away.FAILING,
}


class Drives:
    """What is known of the drives of a library's sources. `on_change` is called when one goes."""

    def __init__(
        self,
        store: Store,
        on_change: Callable[[], None],
        stopping: threading.Event | None = None,
    ) -> None:
        self._store = store
        self._stopping = stopping or threading.Event()
        self._wanted: set[str] = set()
        """Files that are to be downloaded from their cloud: nothing else is."""
        self._on_change = on_change
        self._stood: dict[str, Standing] = {}
        self._failed: dict[str, list[tuple[FileFacts, DocumentProblem]]] = {}
        self._in_a_row: dict[str, int] = {}
        self._lock = threading.Lock()

    @contextmanager
    def noting(self, source: str) -> Iterator[None]:
        """Note that the source is away where that is met in the block; it is raised on."""
        try:
            yield
        except SourceMissing as exc:
            why = _WHY.get(exc.code, Away.MISSING)
            if self._store.managing.note_away(source, why, _now_ms()):
                self._on_change()
            raise
        finally:
            self._in_a_row.pop(source, None)

    def look(self, source: str, under: Collection[str]) -> Look:
        """Begin a look at a source, or at the paths `under` it. Raises `SourceMissing`."""
        standing = self._stood[source] = stand(source)
        return Look(self._store, standing, under, self._wanted)

    def listen(
        self, source: str, find: Callable[[], Iterator[T]], ended: Callable[[], bool]
    ) -> Iterator[T]:
        """What is found in a source, as `Look.listen` does. Raises `SourceMissing`, too."""
        return _Listening(self._stood.get(source) or stand(source)).run(find, ended)

    def is_plainly_here(self, source: str) -> bool:
        """Whether all of a source is on the drives that it was on, so that what is not there is
        gone."""
        try:
            standing = stand(source)
        except SourceMissing:
            return False
        return not standing.silent and not standing.doubtful(self._store.managing.drives(source))

    def want(self, paths: Collection[str]) -> None:
        """Let files that are in a cloud be downloaded when they are read next: the user asks."""
        self._wanted |= set(paths)

    def away_in(self, source: str) -> set[str]:
        """The places inside a source whose drives are away."""
        found = (one.places_away for one in self._store.sources() if one.path == source)
        return set(next(found, ()))

    # --- files that cannot be read ---------------------------------------------------------------

    def may_read(self, source: str, path: str) -> bool:
        """Whether a file may be opened: not where that would download it, unless it is wanted; then
        it is, and here when this returns.

        Raises `SourceSilent` if a file on a share does not answer, before anybody touches it.
        """
        standing = self._stood.get(source)
        remote = standing and any(one.remote for one in (standing.on, *standing.inside))
        if not (remote or CLOUDS_TELL):
            return True
        try:
            facts = ask(path, os.stat)
        except Silent as exc:
            raise SourceSilent(path=source) from exc
        except (OSError, ValueError):
            return True  # lies inside another, or says why it cannot be read
        if not is_placeholder(facts):
            return True
        if path not in self._wanted:
            return False
        self._wanted.discard(path)
        return self._downloaded(path)

    def _downloaded(self, path: str) -> bool:
        """Open and read a file, which downloads it; False where all ends meanwhile."""
        done = threading.Event()
        threading.Thread(target=_read_through, args=(path, done), daemon=True).start()
        while not done.wait(_WAKE_S):
            if self._stopping.is_set():
                return False
        return True

    def keeps_from(self, source: str, facts: FileFacts, outcome: object) -> bool:
        """Whether a document was not read for its drive's sake, as far as can be told: it waits.

        Raises `SourceMissing` when it is certain.
        """
        if not isinstance(outcome, DocumentProblem):
            self._in_a_row.pop(source, None)
            return False
        if isinstance(outcome, ParserTimedOut):
            _first_byte(source, facts.path)
        if self._has_changed(source):
            return True
        if not is_lost(outcome):
            return False
        with self._lock:
            count = self._in_a_row[source] = self._in_a_row.get(source, 0) + 1
            self._failed.setdefault(source, []).append((facts, outcome))
        if count >= FAILURES:
            self._failed.pop(source, None)
            raise SourceFailing(path=source, why=outcome.details.get("why", ""))
        return True

    def blamed(self, source: str) -> list[tuple[FileFacts, DocumentProblem]]:
        """Files that their drive did not give though it gave others; they are told once."""
        with self._lock:
            return self._failed.pop(source, [])

    def _has_changed(self, source: str) -> bool:
        """Whether something was mounted or unmounted in it since the look; raises `SourceMissing`
        where it is not itself any more."""
        before = self._stood.get(source)
        if before is None:
            return False
        now = stand(source)
        if (now.seen, now.on) != (before.seen, before.on):
            raise SourceReplaced(path=source)
        return now.inside != before.inside


class Look:
    """One look at a source: `under` are the paths to look at, none for all of it."""

    def __init__(
        self, store: Store, before: Standing, under: Collection[str], wanted: Collection[str]
    ) -> None:
        self._store, self._wanted = store, wanted
        self._before = before
        self._source = before.source
        self._known = store.managing.drives(before.source)
        self._doubtful = before.doubtful(self._known)
        touched = any(contains(p, u) or contains(u, p) for p in self._doubtful for u in under)
        # How much of a place is there is seen by the whole of it.
        self.under: Collection[str] = () if touched else under

    @property
    def silent(self) -> set[str]:
        """Places inside it that do not answer, and are not to be looked into."""
        return set(self._before.silent)

    def listen(self, find: Callable[[], Iterator[T]], ended: Callable[[], bool]) -> Iterator[T]:
        """What is found, by a thread that is left behind when it gets no answer any more.

        Raises what it raises, `SourceSilent`, and `Cancelled` when the look has `ended`.
        """
        return _Listening(self._before).run(find, ended)

    def settle(self, changes: Changes, known: Mapping[str, FileFacts]) -> None:
        """Leave what is away out of the changes, and keep how the source stands.

        Raises `SourceMissing` when it turns out to be away: nothing of the changes holds then.
        """
        after = stand(self._source)
        if after.seen != self._before.seen:
            raise SourceReplaced(path=self._source)
        away = {*self._before.silent, *after.silent}
        away |= set(after.doubtful(self._known)) - set(self._doubtful)  # since it began
        if not self.under:
            away |= {place for place in self._doubtful if is_left(changes, known, place)}
        if self._source in away:
            raise SourceReplaced(path=self._source)
        _drop_lost(self._source, changes, known)
        _take_up(changes, self._wanted)
        hold_back(changes, away)
        if not self.under:
            self._note(after, away)

    def _note(self, after: Standing, away: Collection[str]) -> None:
        drives = {**after.drives, **{place: self._known.get(place, "") for place in away}}
        told = next((one for one in self._store.sources() if one.path == self._source), None)
        if told is None:
            raise NotASource(path=self._source)
        if (drives, sorted(away), True) != (self._known, [*told.places_away], told.present):
            self._store.managing.note_here(self._source, drives, away, _now_ms())


def _drop_lost(source: str, changes: Changes, known: Mapping[str, FileFacts]) -> None:
    """What could not be looked at for its drive's sake stays as it is known. Raises
    `SourceFailing` when that is most of what there is."""
    lost = [(facts, problem) for facts, problem in changes.problems if is_lost(problem)]
    if not lost:
        return
    seen = len(changes.new) + len(changes.changed) + len(changes.same) + len(changes.renumbered)
    if len(lost) >= FAILURES and len(lost) > seen:
        raise SourceFailing(path=source, why=lost[0][1].details.get("why", ""))
    changes.problems[:] = [
        one for one in changes.problems if not (is_lost(one[1]) and one[0].path in known)
    ]


def _take_up(changes: Changes, wanted: Collection[str]) -> None:
    """Let what is in a cloud and wanted be read."""
    for found in list(changes.problems) if wanted else ():
        if isinstance(found[1], NotDownloaded) and found[0].path in wanted:
            changes.problems.remove(found)
            changes.changed.append(found[0])


def is_lost(problem: DocumentProblem) -> bool:
    """Whether the system said what it says of a drive that has gone."""
    return isinstance(problem, Unreadable) and int(problem.details.get("number", "0")) in LOST


def _first_byte(source: str, path: str) -> None:
    """Raise `SourceSilent` if a file of the source does not answer."""
    try:
        ask(path, _read_one)
    except Silent as exc:
        raise SourceSilent(path=source) from exc
    except (OSError, ValueError):
        pass  # lies inside another, or says why it cannot be read


def _read_one(path: str) -> None:
    with Path(path).open("rb") as file:
        file.read(1)


def _read_through(path: str, done: threading.Event) -> None:
    try:
        with Path(path).open("rb") as file:
            while file.read(_BLOCK):
                pass
    except OSError:
        pass  # whoever reads it says why it cannot be read
    finally:
        done.set()


def _now_ms() -> int:
    return int(time.time() * 1000)


class _Listening:
    """Lets a thread of its own look, and hands on what it finds."""

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        self._heard: queue.Queue[list[object] | BaseException | None] = queue.Queue(8)
        self._left = threading.Event()

    def run(self, find: Callable[[], Iterator[T]], ended: Callable[[], bool]) -> Iterator[T]:
        threading.Thread(target=self._look, args=(find,), name="scan", daemon=True).start()
        try:
            while (heard := self._next(ended)) is not None:
                if isinstance(heard, BaseException):
                    raise heard
                yield from heard  # type: ignore[misc] # what was found
        finally:
            self._left.set()

    def _look(self, find: Callable[[], Iterator[object]]) -> None:
        batch: list[object] = []
        try:
            for one in find():
                batch.append(one)
                if len(batch) >= _BATCH:
                    self._tell(batch)
                    batch = []
            self._tell(batch)
            self._tell(None)
        except Exception as exc:
            with suppress(Cancelled):
                self._tell(exc)

    def _tell(self, heard: list[object] | BaseException | None) -> None:
        while not self._left.is_set():
            try:
                return self._heard.put(heard, timeout=_WAKE_S)
            except queue.Full:
                continue
        raise Cancelled

    def _next(self, ended: Callable[[], bool]) -> list[object] | BaseException | None:
        began = checked = time.monotonic()
        while True:
            try:
                return self._heard.get(timeout=_WAKE_S)
            except queue.Empty:
                now = time.monotonic()
            if ended():
                raise Cancelled
            if now - began > PATIENCE_S:
                raise SourceSilent(path=self._standing.source)
            if now - checked > ANSWER_S:
                self._ask_all()
                checked = time.monotonic()

    def _ask_all(self) -> None:
        """Whether all drives of the source still answer."""
        standing = self._standing
        places = [one.place for one in standing.inside if one.remote]
        for place in (standing.source, *(p for p in places if not within(standing.silent, p))):
            try:
                ask(place, presence.seen)
            except Silent as exc:
                raise SourceSilent(path=standing.source) from exc
            except (OSError, ValueError):
                continue  # the look itself says it
