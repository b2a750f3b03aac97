"""A kept conversation coming back, in slices: the window answers meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from strongroom_desktop.client import Engine
from strongroom_engine.protocol import (
    ConversationOpened,
    ConversationTurns,
    Failed,
    GetConversation,
)
from strongroom_engine.types import ConversationSummary, KeptTurn

SLICE_MS = 8
"""So long turns are made before the event loop has its turn again; one is always made."""


class Restoring(QObject):
    """Fetches the turns of one conversation and hands them out newest first, each with its number
    from 0. `opened` carries the summary, when all have come and before the first is handed out;
    `ended`: all have been handed out; `failed` an error."""

    opened = Signal(object)
    turn = Signal(object, int)
    ended = Signal()
    failed = Signal(object)

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._request = 0
        self._kept: list[KeptTurn] = []
        self._more = QTimer(self, singleShot=True, interval=0)
        self._more.timeout.connect(self._hand_out)
        engine.received.connect(self._on_event)

    @property
    def fetching(self) -> bool:
        """Whether the turns are still on their way."""
        return self._request != 0

    @property
    def left(self) -> Sequence[KeptTurn]:
        """The turns that were not handed out yet, oldest first."""
        return self._kept

    def start(self, key: str) -> None:
        """Fetch a conversation; what is under way ends."""
        self.stop()
        self._request = self._engine.send(GetConversation(key=key))

    def stop(self) -> None:
        if self._request:
            self._engine.cancel(self._request)
        self._request = 0
        self._kept = []
        self._more.stop()

    def _on_event(self, event: object) -> None:
        match event:
            case ConversationTurns() if event.id == self._request:
                self._kept.extend(event.turns)
            case ConversationOpened() if event.id == self._request:
                self._request = 0
                self.opened.emit(event.conversation or ConversationSummary("", "", 0, 0, 0))
                self._hand_out()
            case Failed() if event.id == self._request:
                self.stop()
                self.failed.emit(event.error)
            case _:
                pass

    def _hand_out(self) -> None:
        clock = QElapsedTimer()
        clock.start()
        while self._kept:
            kept = self._kept.pop()
            self.turn.emit(kept, len(self._kept))
            if clock.elapsed() >= SLICE_MS:
                break
        if self._kept:
            self._more.start()
        else:
            self.ended.emit()
