"""Sizes that grow with the text, of widgets that have no reason to know of it otherwise."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from strongroom_desktop.look.theme import Theme


def grow(theme: Theme, owner: QWidget, size: Callable[[int], None], at_100: float) -> None:
    """Call `size` with so many pixels at 100 % text size, now and whenever the text size changes,
    as long as `owner` is there."""
    _Grown(theme, owner, size, at_100)


class _Grown(QObject):
    """Goes with its owner, and the connection with it: a plain function would be called on."""

    def __init__(
        self, theme: Theme, owner: QWidget, size: Callable[[int], None], at_100: float
    ) -> None:
        super().__init__(owner)
        self._theme, self._size, self._at_100 = theme, size, at_100
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self._size(self._theme.px(self._at_100))
