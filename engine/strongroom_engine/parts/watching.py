"""Sources that are watched: whatever changes, comes back or can be written again is taken in by
itself."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Sequence
from typing import Protocol

from strongroom_engine.errors import Cancelled, NotASource, SourceMissing, StrongroomError
from strongroom_engine.indexing.looking.excluding import Rules, ruled_by
from strongroom_engine.indexing.looking.ruling import Ruling
from strongroom_engine.indexing.looking.taking_over import Arrivals, receiving_first
from strongroom_engine.indexing.watching import Watcher
from strongroom_engine.parts.recovering import Recovering
from strongroom_engine.parts.tending import Tending
from strongroom_engine.store import Store
from strongroom_engine.trees import contains


class Sync(Protocol):
    """Brings paths of a source up to date, none for all of it, but for those that change still."""

    def __call__(
        self, source: str, *, under: Collection[str], but: Collection[str], arrivals: Arrivals
    ) -> None: ...


class Watching:
    """From `start` on until `stop`; before, whatever it is asked is nothing to it. They may come from
    two threads: what is stopped before it was started never starts.

    `drop_left_out` lets go what the library has of a source and the user leaves out by now. What
    goes wrong is told (`tell`), and waited for where it passes (`recovering`).
    """

    def __init__(
        self,
        store: Store,
        ruling: Ruling,
        *,
        sync: Sync,
        drop_left_out: Callable[[str], None],
        tell: Callable[[StrongroomError], None],
    ) -> None:
        self._store, self._ruling = store, ruling
        self._sync, self._drop_left_out, self._tell = sync, drop_left_out, tell
        self.recovering = Recovering(store, self.look_at_all)
        self._watcher: Watcher | None = None
        self._tending: Tending | None = None
        self._turn = threading.Lock()
        self._ended = False

    def start(self, settle_s: float) -> None:
        """What has had no change for `settle_s` seconds is taken in."""
        paths = sorted(self._paths())
        with self._turn:
            if self._ended:
                return
            tending = self._tending = Tending(
                self._store.sources, lambda path: self.look_at(path, path)
            )
            self._watcher = Watcher(
                paths,
                self._files_changed,
                settle_s,
                left_out=self._ruling.is_left_out,
                on_trouble=self._tell,
                tend=tending.tend,
            )
        self._watcher.start()
        self.recovering.start()

    def stop(self) -> None:
        with self._turn:
            self._ended = True
        self.recovering.stop()
        if self._tending is not None:
            self._tending.stop()
        if self._watcher is not None:
            self._watcher.stop()

    # --- what is watched -------------------------------------------------------------------------

    @property
    def is_on(self) -> bool:
        return self._watcher is not None

    def add(self, source: str) -> None:
        if self._watcher is not None:
            self._watcher.add(source)

    def remove(self, source: str) -> None:
        if self._watcher is not None:
            self._watcher.remove(source)

    def anew(self, source: str) -> None:
        """Other folders of it are left out by now."""
        if self._watcher is not None:
            self._watcher.watch_anew(source)

    def look_at(self, source: str, path: str) -> None:
        """Take in a path of a source, beside what goes on."""
        if self._watcher is not None:
            self._watcher.look_at(source, path)

    def look_at_all(self) -> None:
        for path in self._paths():
            self.look_at(path, path)

    def _paths(self) -> set[str]:
        return self._store.managing.source_paths()

    # --- what has changed ------------------------------------------------------------------------

    def _files_changed(self, paths: set[str], restless: set[str]) -> None:
        self._ruling.renew()
        arrivals = Arrivals()
        for source in receiving_first(self._paths(), paths):
            rules = self._ruling.of(source)
            inside = [path for path in paths if contains(source, path)]
            if _have_changed(rules, inside):
                self.anew(source)
                self._store.managing.read_withheld()
                self._drop_left_out(source)
                inside = [source]
            under = [path for path in inside if not rules.omit_below(path)]
            if under:
                self._look_again(source, under, restless, arrivals)

    def _look_again(
        self, source: str, under: Sequence[str], but: Collection[str], arrivals: Arrivals
    ) -> None:
        places = () if source in under else under
        try:
            self._sync(source, under=places, but=but, arrivals=arrivals)
        except (SourceMissing, NotASource, Cancelled):
            pass  # its drive is away: its documents stay; or it was removed, or all is ending
        except StrongroomError as exc:
            self._tell(exc)


def _have_changed(rules: Rules, paths: Collection[str]) -> bool:
    """Whether one of the files that changed says what is left out."""
    ruled = [folder for path in paths if (folder := ruled_by(path))]
    return not all(map(rules.omit_below, ruled))
