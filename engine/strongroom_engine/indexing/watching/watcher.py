"""Tells when files of the sources change: what has come to rest, a burst at once.

One observer (watchdog) watches every source. What the system cannot watch (too many folders for
its limit) or tells nothing of (a network drive) is looked over again and again instead, the more
seldom the longer a look takes.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from errno import EIO
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers.api import BaseObserver, ObservedWatch

from strongroom_engine.errors import WatchLimited
from strongroom_engine.faults import trace_without_text
from strongroom_engine.indexing.looking.excluding import Rules
from strongroom_engine.indexing.looking.presence import Silent, ask, needs_polling, polled_below
from strongroom_engine.indexing.watching import observing
from strongroom_engine.indexing.watching.gathering import Gathered, Telling, tops
from strongroom_engine.indexing.watching.observing import LeftOut
from strongroom_engine.indexing.watching.polling import Rounds
from strongroom_engine.trees import as_in, contains

log = logging.getLogger(__name__)

TEND_EVERY_S = 5.0
"""So often it is seen whether sources came or went, and whether there is room for more watches."""
BULK_EVERY_S = 3.0
"""While something is being told, much that has changed is told so often at most."""
MOST_AT_ONCE = 16
MOST_ANEW = 4
"""A source that was watched anew so often, since nothing was heard of it, is looked over instead."""
_ABSENT = ""

OnChange = Callable[[set[str], set[str]], None]
"""Called with what has changed, and with what in it has not come to rest."""
OnTrouble = Callable[[WatchLimited], None]


@dataclass(frozen=True, slots=True)
class _Watched:
    """How one source is watched."""

    folder: str
    watch: ObservedWatch
    handler: FileSystemEventHandler


class Watcher:
    """Calls `on_change` with the files and folders that changed, from threads of its own, also
    while earlier calls go on: what changed last need not wait for all that changed before.

    A path is told when nothing has happened to it for `settle_s` seconds, together with the others
    of its burst. A renamed file is told by both its names. A source itself is told when it came or
    went, and a folder when so much changed in it that it is better looked over as a whole.
    `on_trouble` hears once of a source that cannot be watched as it should. `tend` is called at the
    start, and whenever all sources are asked after, every few seconds. `observer` makes the
    system's observer (tests).
    """

    def __init__(
        self,
        sources: Iterable[str],
        on_change: OnChange,
        settle_s: float = 1.0,
        *,
        on_trouble: OnTrouble = lambda _error: None,
        left_out: LeftOut = lambda source, path: Rules(source).omit_below(path),
        tend: Callable[[], None] = lambda: None,
        observer: Callable[[LeftOut], BaseObserver] = observing.system_observer,
    ) -> None:
        self._on_change = on_change
        self._on_trouble = on_trouble
        self._left_out = left_out
        self._tend_more = tend
        self._make_observer = observer
        self._observer: BaseObserver | None = None
        self._anew: Counter[str] = Counter()
        self._gathered = Gathered(settle_s)
        self._rounds = Rounds(self._gathered.add)
        self._watched: dict[str, _Watched] = {}
        self._limited: set[str] = set()
        self._seen: dict[str, str] = dict.fromkeys(sources, _ABSENT)
        self._lock = threading.RLock()
        self._stopped = threading.Event()
        self._telling: list[threading.Thread] = []
        self._bulk_at = float("-inf")
        self._thread = threading.Thread(target=self._tell_forever, name="watch", daemon=True)
        self._losses = _Losses(self._tell_everything)

    def start(self) -> None:
        logging.getLogger("watchdog").addHandler(self._losses)
        with self._lock:
            for source in self._seen:
                if not self._stopped.is_set():
                    self._attach(source)
            if not self._stopped.is_set():
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
            self._limited.discard(source)
            del self._anew[source]
            self._gathered.forget(source)

    def watch_anew(self, source: str) -> None:
        """Watch it anew, since other folders of it are left out by now. What happens meanwhile is
        not told: whoever calls this looks the source over."""
        with self._lock:
            if source in self._seen and not self._stopped.is_set():
                self._detach(source)
                self._attach(source)

    def look_at(self, source: str, path: str) -> None:
        """Tell a path within a source as if it had changed."""
        self._gathered.add(source, path)

    def stop(self) -> None:
        """End all threads; what has not been told by now is found by the next scan."""
        self._stopped.set()
        self._gathered.wake()
        with self._lock:  # when it has started, or never will
            started = self._thread.is_alive()
        logging.getLogger("watchdog").removeHandler(self._losses)
        if started:
            self._thread.join()
        for thread in self._telling:
            if threading.current_thread() is not thread:
                thread.join()
        with self._lock:
            if self._observer is not None:
                _end(self._observer)
                self._observer = None
            self._watched.clear()

    # --- one source ------------------------------------------------------------------------------

    def _attach(self, source: str) -> None:
        """Watch it, if it is there now; `_tend` sees when it comes."""
        folder, self._seen[source] = self._place(source)
        if self._seen[source] == _ABSENT:
            return
        if needs_polling(source):
            self._rounds.begin(source, {source})
            return
        try:
            self._watch(source, folder)
        except OSError as exc:
            self._detach(source)
            self._fall_back(source, {source}, exc)
        else:
            self._watch_more(source)

    def _watch(self, source: str, folder: str) -> None:
        if self._anew[source] > MOST_ANEW:
            raise OSError(EIO, os.strerror(EIO))
        if self._observer is None:
            self._observer = self._make_observer(self._is_idle)
            self._observer.start()
        handler = _Handler(source, folder != source, self._gathered, self._left_out)
        watch = self._observer.schedule(
            handler, folder, recursive=folder == source, event_filter=observing.WANTED
        )
        self._watched[source] = _Watched(folder, watch, handler)

    def _is_idle(self, source: str, path: str) -> bool:
        """Whether nothing is to be heard of it: when all ends, of what is not watched yet."""
        return self._stopped.is_set() or self._left_out(source, path)

    def _watch_more(self, source: str) -> None:
        """Watch what there was no room for before, and look over what there is none for now."""
        if self._observer is None or source not in self._watched:
            return
        missing = observing.unwatched(self._observer, self._watched[source].folder)
        missing = {path: why for path, why in missing.items() if contains(source, path)}
        untold = tops([*missing, *polled_below(os.path.realpath(source))])
        if missing:
            self._fall_back(source, untold, next(iter(missing.values())))
        elif untold:
            self._rounds.begin(source, untold)
        else:
            self._rounds.end(source)

    def _fall_back(self, source: str, places: Iterable[str], reason: OSError) -> None:
        self._rounds.begin(source, places)
        if source not in self._limited:
            self._limited.add(source)
            why = reason.strerror or type(reason).__name__
            self._on_trouble(WatchLimited(path=source, why=why))

    def _detach(self, source: str) -> None:
        self._rounds.end(source)
        found = self._watched.pop(source, None)
        if found is None or self._observer is None:
            return
        with suppress(KeyError, OSError):
            self._observer.remove_handler_for_watch(found.handler, found.watch)
            if all(other.watch != found.watch for other in self._watched.values()):
                self._observer.unschedule(found.watch)

    def _place(self, source: str) -> tuple[str, str]:
        """The folder to watch for a source, and what tells it from another at its path."""
        try:
            return ask(source, place)
        except Silent:
            return source, self._seen.get(source, _ABSENT)

    # --- telling ---------------------------------------------------------------------------------

    def _tell_forever(self) -> None:
        self._safely(self._tend_more)
        tended = time.monotonic()
        while not self._stopped.is_set():
            self._telling = [thread for thread in self._telling if thread.is_alive()]
            if len(self._telling) >= MOST_AT_ONCE:
                self._stopped.wait(0.1)
                continue
            few = bool(self._telling) and time.monotonic() < self._bulk_at + BULK_EVERY_S
            telling = self._gathered.rested(min(1.0, TEND_EVERY_S), few=few)
            if self._stopped.is_set():
                return
            if time.monotonic() > tended + TEND_EVERY_S:
                self._safely(self._tend)
                self._safely(self._tend_more)
                tended = time.monotonic()
            elif telling:
                self._safely(self._tend)
            if telling:
                self._begin(telling, few=few)

    def _begin(self, telling: Telling, *, few: bool) -> None:
        if not few:
            self._bulk_at = time.monotonic()
        thread = threading.Thread(target=self._tell, args=(telling,), name="told", daemon=True)
        self._telling.append(thread)
        thread.start()

    def _tell(self, telling: Telling) -> None:
        began = time.monotonic()
        try:
            self._on_change(set(telling.paths), set(telling.restless))
        except Exception as exc:
            # Without its message, which may hold document text.
            trace = trace_without_text(exc)
            log.error("a change could not be taken in: %s", trace)  # noqa: TRY400
        took = time.monotonic() - began
        self._gathered.cost(telling.paths, took)
        self._rounds.took(telling.paths, took)

    def _safely(self, tend: Callable[[], None]) -> None:
        try:
            tend()
        except Exception as exc:
            # Whatever it is, what changes has to be told all the same.
            log.error("the watches could not be tended: %s", trace_without_text(exc))  # noqa: TRY400 - a message may hold names

    def _tend(self) -> None:
        """Take up sources that came, went or were replaced: their watches went with them; and those
        of which nothing is heard any more for another reason."""
        with self._lock:
            deaf = self._deaf()
            for source, before in list(self._seen.items()):
                came_or_went = self._place(source)[1] != before
                if source in deaf and not came_or_went:
                    log.error("nothing was heard any more of a source; it is watched anew")
                    self._anew[source] += 1
                if came_or_went or source in deaf:
                    self._detach(source)
                    self._attach(source)
                    self._gathered.add(source, source)
                else:
                    self._watch_more(source)
        self._rounds.go()

    def _deaf(self) -> set[str]:
        """The sources that are watched, and of which nothing is heard any more. The observer goes
        if that is what has ended."""
        observer, watched = self._observer, dict(self._watched)
        if observer is None:
            return set()
        if observing.has_ended(observer):
            self._observer = None
            self._watched.clear()
            _end(observer)
            return set(watched)
        return {source for source, one in watched.items() if observing.is_deaf(observer, one.watch)}

    def _tell_everything(self) -> None:
        for source in list(self._seen):
            self._gathered.add(source, source)


def _end(observer: BaseObserver) -> None:
    observer.stop()
    observer.join()


def place(source: str) -> tuple[str, str]:
    """The folder to watch for a source, and what tells that folder from another at its path."""
    path = Path(source)
    folder = path if path.is_dir() else path.parent
    try:
        facts = folder.stat()
    except OSError:
        return str(folder), _ABSENT
    return str(folder), f"{folder}:{facts.st_dev}:{facts.st_ino}"


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
        self, source: str, single_file: bool, gathered: Gathered, left_out: LeftOut
    ) -> None:
        self._source = source
        self._single_file = single_file
        self._gathered = gathered
        self._left_out = left_out

    def on_any_event(self, event: FileSystemEvent) -> None:
        kind = event.event_type
        if kind in ("opened", "closed_no_write"):
            return  # reading changes nothing, and we read ourselves
        if event.is_directory and kind == "modified":
            return  # that something in it came or went is told by itself
        if event.is_synthetic:
            return  # what is in a folder that came or was renamed; the folder stands for it
        names = [os.fsdecode(path) for path in (event.src_path, event.dest_path) if path]
        ours = [name for name in (as_in(self._source, one) for one in names) if self._is_ours(name)]
        if ours:
            self._gathered.add(self._source, *ours, open_=self._is_open(kind))

    def _is_open(self, kind: str) -> bool | None:
        if kind == "closed":
            return False
        return True if kind == "modified" and observing.CLOSES else None

    def _is_ours(self, path: str) -> bool:
        if self._single_file:
            return path == self._source
        return path == self._source or not self._left_out(self._source, path)
