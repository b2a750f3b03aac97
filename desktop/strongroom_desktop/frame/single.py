"""One window a library: a second start raises the window that is there, and ends.

Without a socket, as everywhere in Strongroom: a lock file says who is first, and whoever comes
later writes into a file that the first one watches.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QDateTime, QFileSystemWatcher, QLockFile, QObject, Signal


class SingleInstance(QObject):
    """`raised`: another start wanted the window of this library."""

    raised = Signal()

    def __init__(self, folder: Path, library: Path, parent: QObject | None = None) -> None:
        """`folder` is where the two files lie: the user's own configuration."""
        super().__init__(parent)
        with suppress(OSError):  # without it every start is the first one
            folder.mkdir(parents=True, exist_ok=True)
        name = hashlib.sha256(str(library.absolute()).encode("utf-8", "replace")).hexdigest()[:12]
        self._call = folder / f"window-{name}.call"
        self._lock = QLockFile(str(folder / f"window-{name}.lock"))
        self._lock.setStaleLockTime(0)  # only a process that is gone leaves a stale one
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._on_call)

    def take(self) -> bool:
        """Be the one window of this library; False where another process is. A folder that cannot
        be written keeps nobody out."""
        if not self._lock.tryLock(0) and self._lock.error() == QLockFile.LockError.LockFailedError:
            return False
        with suppress(OSError):
            self._call.touch()
            self._watcher.addPath(str(self._call))
        return True

    def call(self) -> None:
        """Ask the process that has the window to show it."""
        with suppress(OSError):
            now = QDateTime.currentMSecsSinceEpoch()
            self._call.write_text(str(now), encoding="ascii")

    def release(self) -> None:
        """Let another start be the first one."""
        self._lock.unlock()

    def _on_call(self, file: str) -> None:
        if file not in self._watcher.files() and Path(file).exists():
            self._watcher.addPath(file)  # some systems drop a file that was written anew
        self.raised.emit()
