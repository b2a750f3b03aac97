"""What tells of changes: the system's own observer. On Linux, where every folder takes one of a
limited number of watches, no folder takes one that is left out, and those for which there was none
are known."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from errno import ENOENT, ENOSPC, ENOTDIR
from typing import Any

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileAttribEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

LeftOut = Callable[[str, str], bool]
"""Whether a change at a path of a source is nothing to anybody."""

WANTED: list[type[FileSystemEvent]] = [
    *(FileCreatedEvent, FileModifiedEvent, FileClosedEvent, FileAttribEvent),
    *(FileMovedEvent, FileDeletedEvent, DirCreatedEvent, DirMovedEvent, DirDeletedEvent),
]
"""Not that a file was opened or only read: we read ourselves."""

_GONE = (ENOENT, ENOTDIR)
CLOSES = sys.platform == "linux"
"""Whether it is told that a writer has closed a file."""

if sys.platform == "linux":
    from watchdog.observers.inotify import InotifyEmitter, InotifyObserver, InotifyWatchGroup
    from watchdog.observers.inotify_c import (
        CallbackId,
        InotifyEvent,
        InotifyFD,
        Mask,
        WatchCallback,
        WatchDescriptor,
    )

    class _Watches(InotifyFD):
        """All watches. Whoever watches a folder already may ask for it by its next name."""

        def _add_callback(
            self, path: bytes, mask: Mask, callback: WatchCallback, id_: CallbackId
        ) -> WatchDescriptor:
            watch = self._get_or_create_watch(path, mask)
            watch.callbacks[id_] = callback
            return watch.wd

        def let_go(self) -> None:
            """Keep none: the system drops all at once when this ends, and a hundred thousand one by
            one take seconds."""
            with self._lock:
                self._watch_for_wd.clear()

    @dataclass
    class _Group(InotifyWatchGroup):
        """The watches of one source. Those of the library itself take folders that are left out,
        too, and pass over in silence what they cannot watch."""

        left_out: Callable[[str], bool] = field(kw_only=True)
        unwatched: dict[str, OSError] = field(default_factory=dict, kw_only=True)
        _inodes: dict[str, int] = field(default_factory=dict, kw_only=True)

        def _add_all_callbacks(self, path: bytes) -> None:
            if self._is_idle(path):
                return
            self._add_callback(path)
            for root, folders, _ in os.walk(path) if self.is_recursive else ():
                folders[:] = [one for one in folders if not self._is_idle(_join(root, one))]
                for folder in folders:
                    self._add_callback(_join(root, folder))

        def _is_idle(self, path: bytes) -> bool:
            return path != self.path and self.left_out(os.fsdecode(path))

        def _add_callback(self, path: bytes) -> None:
            name = os.fsdecode(path)
            if self._is_watched(path, name):
                return
            try:
                descriptor = self._inotify_fd.add_callback(
                    path, self.event_mask, self._callback, self._id
                )
            except OSError as exc:
                if exc.errno not in _GONE:
                    self.unwatched[name] = exc
                return
            self.unwatched.pop(name, None)
            self._forget_former_name(descriptor, path)
            self._active_callbacks_by_path[path] = descriptor
            self._active_callbacks_by_watch[descriptor] = path

        def _forget_former_name(self, descriptor: WatchDescriptor, path: bytes) -> None:
            """What moved here before that was told is watched as what it was: whatever lies at its
            former name now is another."""
            former = self._active_callbacks_by_watch.get(descriptor, path)
            if former != path and self._active_callbacks_by_path.get(former) == descriptor:
                del self._active_callbacks_by_path[former]
                self._inodes.pop(os.fsdecode(former), None)

        def _is_watched(self, path: bytes, name: str) -> bool:
            """Whether this very folder is; what was moved away has its watch still, by its path."""
            try:
                inode = os.stat(path).st_ino  # noqa: PTH116 - bytes
            except OSError:
                return False
            before = self._active_callbacks_by_path.get(path)
            if before is not None and self._inodes.get(name) == inode:
                return True
            if before is not None:
                self._remove_callbacks([before])
            self._inodes[name] = inode
            return False

        def _remove_watch_internally(self, wd: WatchDescriptor) -> None:
            """Forget a watch, and its path if it is still its own: two may have had one path in a
            burst of renames. The thread that hears of all of them must not end over it."""
            path = self._active_callbacks_by_watch.pop(wd, None)
            if path is not None and self._active_callbacks_by_path.get(path) == wd:
                del self._active_callbacks_by_path[path]

        def _recursive_simulate(self, src_path: bytes) -> list[InotifyEvent]:
            return [] if self._is_idle(src_path) else super()._recursive_simulate(src_path)

        @property
        def watches_itself(self) -> bool:
            """Whether the folder itself is watched; not after it was removed or unmounted."""
            with self._lock:
                unwatched = os.fsdecode(self.path) in self.unwatched
                return unwatched or self.path in self._active_callbacks_by_path

        def try_again(self) -> dict[str, OSError]:
            """Watch what could not be watched, if there is room now; what cannot be watched."""
            with self._lock:
                for name in sorted(self.unwatched):
                    before = self.unwatched.pop(name)
                    if os.path.isdir(name):  # noqa: PTH112 - many, again and again
                        self._add_callback(os.fsencode(name))
                    if isinstance(self.unwatched.get(name), OSError) and before.errno == ENOSPC:
                        break  # there is still no room
                return dict(self.unwatched)

    class _Emitter(InotifyEmitter):
        """Makes such groups."""

        def __init__(self, *args: Any, left_out: LeftOut, **options: Any) -> None:
            super().__init__(*args, **options)
            self._left_out = left_out

        def on_thread_start(self) -> None:
            source = str(self.watch.path)
            self._inotify = _Group(
                self._inotify_fd,
                os.fsencode(source),
                is_recursive=self.watch.is_recursive,
                event_mask=self.get_event_mask_from_filter(),
                left_out=lambda path: self._left_out(source, path),
            )

        def unwatched(self) -> dict[str, OSError]:
            group = self._inotify
            return group.try_again() if isinstance(group, _Group) else {}

        @property
        def watches_itself(self) -> bool:
            group = self._inotify
            return isinstance(group, _Group) and group.watches_itself

    class _Observer(InotifyObserver):
        def __init__(self, left_out: LeftOut) -> None:
            self._inotify_fd: _Watches = _Watches()
            self._inotify_fd.start()
            BaseObserver.__init__(self, _Emitter, inotify_fd=self._inotify_fd, left_out=left_out)

        def on_thread_stop(self) -> None:
            self._inotify_fd.let_go()
            super().on_thread_stop()

        @property
        def hears(self) -> bool:
            return self._inotify_fd.is_alive()


def system_observer(left_out: LeftOut) -> BaseObserver:
    """What tells of changes here. Raises `OSError` where there is no room for it."""
    if sys.platform == "linux":
        return _Observer(left_out)
    return Observer()


def has_ended(observer: BaseObserver) -> bool:
    """Whether a thread has ended that all sources are heard through: an error in it ends it, and
    nothing says so."""
    if sys.platform == "linux" and isinstance(observer, _Observer) and not observer.hears:
        return True
    return not observer.is_alive()


def is_deaf(observer: BaseObserver, watch: ObservedWatch) -> bool:
    """Whether nothing is heard of one watched folder any more: its own thread has ended, or the
    system took the watch away with the folder or the file system that it was on."""
    emitter = next((one for one in list(observer.emitters) if one.watch == watch), None)
    if emitter is None or not emitter.is_alive():
        return True
    return sys.platform == "linux" and isinstance(emitter, _Emitter) and not emitter.watches_itself


def unwatched(observer: BaseObserver, path: str) -> dict[str, OSError]:
    """The folders in a watched one that cannot be watched, and why; they are tried once more."""
    found: dict[str, OSError] = {}
    if sys.platform == "linux":
        for emitter in list(observer.emitters):
            if isinstance(emitter, _Emitter) and str(emitter.watch.path) == path:
                found |= emitter.unwatched()
    return found


def _join(folder: bytes, name: bytes) -> bytes:
    return os.path.join(folder, name)  # noqa: PTH118 - bytes
