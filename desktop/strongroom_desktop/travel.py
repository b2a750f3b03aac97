"""Going to a place in a scrolled region: quickly, smoothly, or at once where motion is unwanted."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPropertyAnimation
from PySide6.QtWidgets import QScrollBar

from strongroom_desktop.look.theme import Theme


class Travel:
    """Moves one scroll bar."""

    def __init__(self, bar: QScrollBar, theme: Theme) -> None:
        self._bar = bar
        self._theme = theme
        self._motion = QPropertyAnimation(bar, b"value", bar)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)

    def to(self, value: int, *, smoothly: bool = True) -> None:
        """Go to `value`; what is under way ends."""
        self._motion.stop()
        duration = self._theme.motion("scroll_to_ms")
        if not (smoothly and duration and self._bar.window().isVisible()):
            self._bar.setValue(value)
            return
        self._motion.setDuration(duration)
        self._motion.setEndValue(value)
        self._motion.start()

    @property
    def under_way(self) -> bool:
        return self._motion.state() == QPropertyAnimation.State.Running
