"""Tells when files of the sources change: once for each burst, when it has come to rest.

One observer (watchdog) watches every source; where the system cannot (too many folders for its
limit, a network drive) that source is looked over every few seconds instead.
"""

from __future__ import annotations

import logging
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from watchdog.events import (
    FileClosedNoWriteEvent,
    FileOpenedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from strongroom_engine.errors import WatchImpossible, WatchLimited
from strongroom_engine.faults import trace_without_text
from strongroom_engine.indexing.excluding import Rules
from strongroom_engine.trees import as_in

log = logging.getLogger(__name__)

PATIENCE = 10
"""A file that is written to without rest is told about after so many quiet times all the same."""
POLL_EVERY_S = 5.0
_ABSENT = ""
MAX_WAITING = 2_000
"""When more paths than this wait for one source, the source is told instead of each of them."""

OnChange = Callable[[set[str]], None]
OnTrouble = Callable[[WatchLimited], None]
LeftOut = Callable[[str, str], bool]
"""Whether a change at a path of a source is nothing to anybody."""


@dataclass(frozen=True, slots=True)
class _Watched:
    """How one source is watched."""

    observer: BaseObserver
    watch: ObservedWatch
    handler: FileSystemEventHandler


class Watcher:
    """Calls `on_change` with the files and folders that changed, from one thread of its own.

    A path is told when nothing has happened to it for `settle_s` seconds, together with all
    others that have come to rest. A renamed file is told by both its names. A source itself is
    told when it came or went, and when so much changed that it is better looked over as a whole.
    `on_trouble` hears of a source that cannot be watched as it should. `observer` makes the system's observer (tests).
    """

    def __init__(
        self,
        sources: Iterable[str],
        on_change: OnChange,
        settle_s: float = 1.0,
        *,
        on_trouble: OnTrouble = lambda _error: None,
        left_out: LeftOut = lambda source, path: Rules(source).omit_below(path),
        observer: Callable[[], BaseObserver] = Observer,
    ) -> None:
        self._on_change = on_change
        self._on_trouble = on_trouble
        self._left_out = left_out
        self._make_observer = observer
        self._gathered = _Gathered(settle_s)
        self._observers: dict[str, BaseObserver] = {}
        self._watched: dict[str, _Watched] = {}
        self._seen: dict[str, str] = dict.fromkeys(sources, _ABSENT)
        self._lock = threading.RLock()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._tell_forever, name="watch", daemon=True)
        self._losses = _Losses(self._tell_everything)

    def start(self) -> None:
        logging.getLogger("watchdog").addHandler(self._losses)
        with self._lock:
            for source in self._seen:
                self._attach(source)
        self._thread.start()

    def add(self, source: str) -> None:
        """Watch one more source; what happens to it from now on is told."""
        with self._lock:
            if source not in self._seen and not self._stopped.is_set():
                self._attach(source)

    def remove(self, source: str) -> None:
        with self._lock:
            self._detach(source)
            self._seen.pop(source, None)
            self._gathered.forget(source)

    def look_at(self, source: str, path: str) -> None:
        """Tell a path within a source as if it had changed."""
        self._gathered.add(source, path)

    def stop(self) -> None:
        """End all threads; what has not been told by now is found by the next scan."""
        self._stopped.set()
        self._gathered.wake()
        logging.getLogger("watchdog").removeHandler(self._losses)
        if self._thread.is_alive() and threading.current_thread() is not self._thread:
            self._thread.join()
        with self._lock:
            for observer in self._observers.values():
                observer.stop()
                observer.join()
            self._observers.clear()
            self._watched.clear()

    # --- one source ------------------------------------------------------------------------------

    def _attach(self, source: str) -> None:
        """Watch it, if it is there now; `_tend` sees when it comes."""
        folder, self._seen[source] = _place(source)
        if self._seen[source] == _ABSENT:
            return
        try:
            self._watch(source, folder, "native", self._make_observer)
            _check_room(self._observers["native"])
        except OSError as exc:
            self._detach(source)
            self._fall_back(source, folder, exc)

    def _watch(self, source: str, folder: str, kind: str, make: Callable[[], BaseObserver]) -> None:
        observer = self._observers.get(kind)
        if observer is None:
            observer = self._observers[kind] = make()
            observer.start()
        handler = _Handler(source, folder != source, self._gathered, self._left_out)
        watch = observer.schedule(handler, folder, recursive=folder == source)
        self._watched[source] = _Watched(observer, watch, handler)

    def _detach(self, source: str) -> None:
        found = self._watched.pop(source, None)
        if found is None:
            return
        with suppress(KeyError, OSError):
            found.observer.remove_handler_for_watch(found.handler, found.watch)
            if all(other.watch != found.watch for other in self._watched.values()):
                found.observer.unschedule(found.watch)

    def _fall_back(self, source: str, folder: str, reason: OSError) -> None:
        why = reason.strerror or type(reason).__name__
        try:
            self._watch(source, folder, "polling", lambda: PollingObserver(timeout=POLL_EVERY_S))
        except OSError:
            self._on_trouble(WatchImpossible(path=source, why=why))
        else:
            self._on_trouble(WatchLimited(path=source, why=why, seconds=f"{POLL_EVERY_S:g}"))

    # --- telling ---------------------------------------------------------------------------------

    def _tell_forever(self) -> None:
        while not self._stopped.is_set():
            paths = self._gathered.rested(POLL_EVERY_S)
            if self._stopped.is_set():
                return
            self._tend()
            if paths:
                try:
                    self._on_change(paths)
                except Exception as exc:
                    # Without its message, which may hold document text.
                    trace = trace_without_text(exc)
                    log.error("a change could not be taken in: %s", trace)  # noqa: TRY400

    def _tend(self) -> None:
        """Take up sources that came, went or were replaced: their watches went with them."""
        with self._lock:
            for source, before in list(self._seen.items()):
                if _place(source)[1] != before:
                    self._detach(source)
                    self._attach(source)
                    self._gathered.add(source, source)

    def _tell_everything(self) -> None:
        for source in list(self._seen):
            self._gathered.add(source, source)


def _place(source: str) -> tuple[str, str]:
    """The folder to watch for a source, and what tells that folder from another at its path."""
    path = Path(source)
    folder = path if path.is_dir() else path.parent
    try:
        facts = folder.stat()
    except OSError:
        return str(folder), _ABSENT
    return str(folder), f"{folder}:{facts.st_dev}:{facts.st_ino}"


def _check_room(observer: BaseObserver) -> None:
    """Raise `OSError` when the system watches no more folders.

    The observer leaves out, without a word, folders below a source for which there was no room.
    So one folder more is tried for itself.
    """
    with tempfile.TemporaryDirectory(prefix="strongroom-") as folder:
        observer.unschedule(observer.schedule(FileSystemEventHandler(), folder))


class _Losses(logging.Handler):
    """Hears from watchdog's log that the system dropped events, which it tells nowhere else."""

    def __init__(self, lost: Callable[[], None]) -> None:
        super().__init__(logging.WARNING)
        self._lost = lost

    def emit(self, record: logging.LogRecord) -> None:
        if "overflow" in record.getMessage():
            self._lost()


class _Handler(FileSystemEventHandler):
    """Takes the events of one source; runs in the observer's thread."""

    def __init__(
        self, source: str, single_file: bool, gathered: _Gathered, left_out: LeftOut
    ) -> None:
        self._source = source
        self._single_file = single_file
        self._gathered = gathered
        self._left_out = left_out

    def on_any_event(self, event: FileSystemEvent) -> None:
        if isinstance(event, (FileOpenedEvent, FileClosedNoWriteEvent)):
            return  # reading changes nothing, and we read ourselves
        if event.is_directory and event.event_type == "modified":
            return  # that something in it came or went is told by itself
        for path in (event.src_path, event.dest_path):
            if path and self._is_ours(name := as_in(self._source, os.fsdecode(path))):
                self._gathered.add(self._source, name)

    def _is_ours(self, path: str) -> bool:
        if self._single_file:
            return path == self._source
        return path == self._source or not self._left_out(self._source, path)


class _Gathered:
    """Paths that something has happened to, each with the times of its first and last event."""

    def __init__(self, settle_s: float) -> None:
        self._settle_s = settle_s
        self._waiting: dict[str, dict[str, tuple[float, float]]] = {}
        self._changed = threading.Condition()
        self._awake = False

    def add(self, source: str, path: str) -> None:
        now = time.monotonic()
        with self._changed:
            paths = self._waiting.setdefault(source, {})
            if len(paths) >= MAX_WAITING and path not in paths:
                first = min(began for began, _ in paths.values())
                paths.clear()
                paths[source] = (first, now)
            if source in paths:
                path = source
            first, _ = paths.get(path, (now, now))
            paths[path] = (first, now)
            self._changed.notify()

    def forget(self, source: str) -> None:
        with self._changed:
            self._waiting.pop(source, None)

    def wake(self) -> None:
        """Let `rested` return at once."""
        with self._changed:
            self._awake = True
            self._changed.notify()

    def rested(self, timeout_s: float) -> set[str]:
        """Wait until paths have come to rest, and take them out; empty when woken or too late."""
        end = time.monotonic() + timeout_s
        with self._changed:
            while not self._awake:
                now = time.monotonic()
                due = self._due()
                if due is not None and due <= now:
                    return self._take(now)
                if now >= end:
                    break
                self._changed.wait(min(due or end, end) - now)
            return set()

    def _due(self) -> float | None:
        """When the burst is over: when its last path has come to rest, or patience ends."""
        times = [when for paths in self._waiting.values() for when in paths.values()]
        if not times:
            return None
        last = max(last for _, last in times) + self._settle_s
        first = min(first for first, _ in times) + PATIENCE * self._settle_s
        return min(last, first)

    def _take(self, now: float) -> set[str]:
        """All that has come to rest; what is still being written stays, unless patience ends."""
        taken: set[str] = set()
        for paths in self._waiting.values():
            for path, (first, last) in list(paths.items()):
                rested = last + self._settle_s <= now
                if rested or first + PATIENCE * self._settle_s <= now:
                    taken.add(path)
                    del paths[path]
        # A folder is told when it came, went or was renamed: it stands for all that is in it.
        return {path for path in taken if not any(str(up) in taken for up in Path(path).parents)}
