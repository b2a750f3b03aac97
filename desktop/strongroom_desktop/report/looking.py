"""A look at the file on the disk, beside the window's own work: a drive may be slow, or away."""

from __future__ import annotations

import os
from contextlib import suppress

from PySide6.QtCore import QObject, QThreadPool, Signal

from strongroom_engine.types import DocumentRecord


class Look(QObject):
    """`told`: whether the file is another one now than the one that was read."""

    told = Signal(bool)

    def at(self, record: DocumentRecord) -> None:
        """Compare the file of a document with what was read of it. Nothing is told of one that is
        not there, or that lies inside another."""
        pool = QThreadPool.globalInstance()
        pool.start(lambda: self._compare(record))

    def _compare(self, record: DocumentRecord) -> None:
        with suppress(OSError, ValueError, RuntimeError):  # the last: nobody waits any more
            now = os.stat(record.path)  # noqa: PTH116 (a path of the engine)
            self.told.emit((now.st_size, now.st_mtime_ns) != (record.size, record.mtime_ns))
