"""Questions that are with the engine, and the turns that their answers go to."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from strongroom_desktop.client import Engine
from strongroom_desktop.conversation.asking import Asking
from strongroom_desktop.conversation.turn import Turn
from strongroom_engine.protocol import Answered, Failed, Message, Stage, Taken, Token, Working


class Answering(QObject):
    """One answer is written at a time; older ones may still be ending. `changed` says whether one
    is being written, `closed` that a turn got its answer, or never will."""

    changed = Signal(bool)
    closed = Signal()

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._by_request: dict[int, Turn] = {}
        self._request = 0
        engine.received.connect(self._on_event)

    @property
    def busy(self) -> bool:
        return self._request != 0

    def put(self, asking: Asking, conversation: str, turn: Turn) -> None:
        """Ask the engine; what comes goes to the turn."""
        self._request = self._engine.send(asking.request(conversation))
        self._by_request[self._request] = turn
        self.changed.emit(True)

    def stop(self) -> None:
        """Stop the answer that is being written; what there is of it stays."""
        if self._request:
            self._by_request[self._request].working.set_stage("stopping", 0)
            self._engine.cancel(self._request)

    def leave(self) -> None:
        """Stop it, and want nothing of it here any more: the library keeps what there is."""
        self.stop()
        self._by_request.clear()
        if self._request:
            self._request = 0
            self.changed.emit(False)

    def _on_event(self, event: Message) -> None:
        turn = self._by_request.get(event.id)
        if turn is None:
            return
        match event:
            case Token():
                turn.add(event.text)
            case Stage():
                turn.working.set_stage(event.name, event.passages)
            case Taken():
                turn.take(event.standalone)
            case Working() if event.progress is not None:
                turn.working.set_progress(event.progress)
            case Answered() if event.answer is not None:
                turn.finish(event.answer)
                self._close(event.id)
            case Failed():
                turn.fail(event.error)
                self._close(event.id)
            case _:
                pass

    def _close(self, request: int) -> None:
        del self._by_request[request]
        newest = request == self._request
        if newest:
            self._request = 0
        self.closed.emit()
        if newest:
            self.changed.emit(False)
