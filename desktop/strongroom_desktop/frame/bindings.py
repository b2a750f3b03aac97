"""The window's keys bound to what they do, and bound anew when the user changes one."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QWidget

from strongroom_desktop.frame.menus import Commands
from strongroom_desktop.shortcuts import Keys, shortcuts


class Bindings(QObject):
    """Binds the shortcuts that reach everywhere; a region's own keys are bound by the region."""

    def __init__(self, window: QWidget, keys: Keys, commands: Commands) -> None:
        super().__init__(window)
        self._window, self._keys, self._commands = window, keys, commands
        self._bound: list[QShortcut] = []
        self._bind()
        keys.changed.connect(self._bind)

    def _bind(self) -> None:
        for shortcut in self._bound:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        reaching = [each.key for each in shortcuts() if each.everywhere]
        self._bound = [
            QShortcut(self._keys.sequence(key), self._window, self._commands[key])
            for key in reaching
            if key in self._commands
        ]
