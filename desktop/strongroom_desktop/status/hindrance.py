"""What keeps the index from going on though nobody told it to rest: no room, no way to write."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from strongroom_desktop.client import Engine
from strongroom_desktop.wording import tr
from strongroom_engine.errors import DiskFull, LibraryLocked, LibraryReadOnly, StrongroomError
from strongroom_engine.protocol import Failed, Progress, Ready

_PASSING = (DiskFull, LibraryLocked)
"""The engine waits for the end of these, and goes on by itself."""


class Hindrance(QObject):
    """Hears of it and of its end. `changed` when either comes; `lifted` carries the sentence that was
    said of what has passed."""

    changed = Signal()
    lifted = Signal(str)

    def __init__(self, engine: Engine, parent: QObject) -> None:
        super().__init__(parent)
        self._error: StrongroomError | None = None
        self._at_rest = True
        self._was_at_rest = False
        engine.received.connect(self._on_event)
        engine.died.connect(lambda: self._set(None))

    def words(self) -> str:
        """In a few words; '' while there is none."""
        match self._error:
            case DiskFull():
                return tr("the disk is full")
            case LibraryLocked():
                return tr("another program holds the library")
            case LibraryReadOnly():
                return tr("the library cannot be written")
            case _:
                return ""

    def _on_event(self, event: object) -> None:
        match event:
            case Ready():
                self._set(None)
            case Failed() if isinstance(event.error, (*_PASSING, LibraryReadOnly)):
                self._was_at_rest = self._at_rest
                self._set(event.error)
            case Progress():
                self._on_progress(at_rest=event.progress is None)
            case _:
                pass

    def _on_progress(self, *, at_rest: bool) -> None:
        """Work that was under way is said to go on until its end; what is begun after it goes on."""
        self._at_rest = at_rest
        self._was_at_rest = self._was_at_rest or at_rest
        if isinstance(self._error, _PASSING) and self._was_at_rest and not at_rest:
            sentence = str(self._error)
            self._set(None)
            self.lifted.emit(sentence)

    def _set(self, error: StrongroomError | None) -> None:
        self._error = error
        self.changed.emit()
