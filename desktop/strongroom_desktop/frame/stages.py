"""Which sheet fills the window: opening, locked, closed, the first run, or the desk."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from strongroom_desktop.client import Engine
from strongroom_engine.errors import ModelError, WatchLimited
from strongroom_engine.protocol import Failed, Hello, Ready, Sources
from strongroom_engine.types import Source, State

_LEGIBLE = (State.READABLE, State.INDEXED)


class Stages(QObject):
    """Follows the engine's events. `closed_with` carries the error that keeps a library closed,
    `said` a sentence for the notice bar, `mentioned` one that is no trouble, `reached_desk` comes
    when the desk is first shown.

    Where the desk is `expected` (it was there last time) it is shown at once: one can write while
    the library opens, and what is asked is answered when it is open."""

    closed_with = Signal(object)
    said = Signal(str)
    mentioned = Signal(str)
    reached_desk = Signal()

    def __init__(
        self,
        engine: Engine,
        stack: QStackedWidget,
        sheets: dict[str, QWidget],
        *,
        expected: bool = False,
    ) -> None:
        super().__init__(stack)
        self._stack = stack
        self._sheets = sheets
        self._sure = False
        self._open = engine.ready is not None
        engine.received.connect(self._on_event)
        if expected:
            self._show("desk")
            QTimer.singleShot(0, self, self.reached_desk.emit)

    @property
    def current(self) -> str:
        """The key of the sheet that is shown."""
        shown = self._stack.currentWidget()
        return next(key for key, sheet in self._sheets.items() if sheet is shown)

    def enter(self) -> None:
        """Show the desk though nothing can be asked yet: the user wants something there."""
        self._sure = True
        self._show("desk")

    def _on_event(self, event: object) -> None:
        match event:
            case Hello():
                self._open = self._sure = False
                if event.locked:
                    self._show("unlock")
            case Ready():
                self._open = True
            case Sources():
                self._on_sources(event.sources)
            case Failed(id=0):
                self._on_failure(event)
            case _:
                pass

    def _on_sources(self, sources: tuple[Source, ...]) -> None:
        """The desk, once there is something to ask about or nothing is being read any more."""
        if self.current == "desk" and self._sure:
            return
        counts = [source.counts for source in sources]
        legible = sum(count.get(state, 0) for count in counts for state in _LEGIBLE)
        settled = any(sum(count.values()) and not count.get(State.PENDING) for count in counts)
        if legible or settled:
            self._sure = True
            if self.current != "desk":
                self._show("desk")
                self.reached_desk.emit()
        else:
            self._show("welcome")

    def _on_failure(self, event: Failed) -> None:
        if not self._open:
            self._sure = False
            self._show("closed")
            self.closed_with.emit(event.error)
        elif isinstance(event.error, WatchLimited):
            self.mentioned.emit(str(event.error))
        elif not isinstance(event.error, ModelError) and event.code != "cancelled":
            self.said.emit(str(event.error))

    def _show(self, key: str) -> None:
        self._stack.setCurrentWidget(self._sheets[key])
