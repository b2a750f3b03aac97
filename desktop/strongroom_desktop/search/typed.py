"""The search while one types: a moment after the last key, the newest wins."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from strongroom_desktop.client import Engine
from strongroom_desktop.latest import Latest
from strongroom_engine.errors import EngineDied
from strongroom_engine.protocol import Failed, Hits, Ready, Search

DEBOUNCE_MS = 120
HITS_ASKED = 30


class Typed(QObject):
    """`due`: no key for a moment, or the engine is back that went away meanwhile; `found` carries a `SearchResult`, `failed` a sentence."""

    due = Signal()
    found = Signal(object)
    failed = Signal(str)

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._latest = Latest(engine)
        self._lost = False
        self._wait = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._wait.timeout.connect(self.due)
        engine.received.connect(self._on_event)

    def soon(self) -> None:
        """A key was pressed."""
        self._wait.start()

    def search(self, text: str, scope: tuple[str, ...], *, everywhere: bool) -> None:
        """Search in the collections of `scope`; with `everywhere` nothing of the text narrows it."""
        self._lost = False
        self._latest.send(
            Search(question=text, k=HITS_ASKED, collections=scope, everywhere=everywhere)
        )

    def forget(self) -> None:
        """Want nothing any more."""
        self._wait.stop()
        self._lost = False
        self._latest.forget()

    def _on_event(self, event: object) -> None:
        if isinstance(event, Hits) and self._latest.wants(event) and event.result:
            self.found.emit(event.result)
        elif isinstance(event, Failed) and self._latest.wants(event) and event.code != "cancelled":
            self._lost = event.code == EngineDied.code
            self.failed.emit(str(event.error))
        elif isinstance(event, Ready) and self._lost:
            self.due.emit()
