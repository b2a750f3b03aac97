"""Turning the wheel at a page's end turns the page: not at once, so that one stops there first."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QScrollBar

_FAR = 240
"""Two notches of a wheel."""
_PAUSE_MS = 500


class Pull(QObject):
    """`over` carries 1 or -1: the wheel was turned far enough beyond the end of a bar's range."""

    over = Signal(int)

    def __init__(self, bar: QScrollBar) -> None:
        super().__init__(bar)
        self._bar = bar
        self._far = 0
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._rest)

    def pulls(self, turn: int) -> bool:
        """Whether turning the wheel by `turn` (below zero: on) cannot scroll any more."""
        if self._bar.value() != (self._bar.maximum() if turn < 0 else self._bar.minimum()):
            self._rest()
            return False
        self._far = self._far + turn if self._far * turn > 0 else turn
        self._pause.start()
        if abs(self._far) >= _FAR:
            self._rest()
            self.over.emit(1 if turn < 0 else -1)
        return True

    def _rest(self) -> None:
        self._far = 0
