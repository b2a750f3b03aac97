"""The menu bar: everything the window can do, by name, with its keys.

On macOS it is the system's; elsewhere it comes with Alt or F10 and goes again, as in browsers.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QMenuBar

from strongroom_desktop.shortcuts import Keys, shortcuts
from strongroom_desktop.wording import tr

Commands = Mapping[str, Callable[[], object]]
"""What a shortcut's key does."""


def _menus() -> Sequence[tuple[str, Sequence[str]]]:
    """The menus with the keys of their shortcuts; '' stands for a line between them."""
    return (
        (tr("&Documents"), ("add", "rescan", "", "problems", "models", "settings", "", "quit")),
        (tr("&Conversation"), ("new", "edit_last", "again", "copy", "export", "", "conversations")),
        (tr("&Ask"), ("ask", "scope", "", "desk", "reviews", "quality")),
        (
            tr("&Reader"),
            ("next_citation", "last_citation", "", "find", "report"),
        ),
        (tr("&View"), ("sidebar", "reader", "", "larger", "smaller", "usual")),
        (tr("&Help"), ("shortcuts", "privacy", "about")),
    )


class MenuBar(QObject):
    """The menus of a window. `commands` may lack some: those are left out."""

    def __init__(self, window: QMainWindow, keys: Keys, commands: Commands) -> None:
        super().__init__(window)
        self._window, self._keys, self._commands = window, keys, commands
        self._bar = QMenuBar(window)
        self._alone = False
        window.setMenuBar(self._bar)
        self._fill()
        keys.changed.connect(self._fill)
        if sys.platform != "darwin":
            self._bar.hide()
            window.installEventFilter(self)

    @property
    def bar(self) -> QMenuBar:
        return self._bar

    def toggle(self) -> None:
        """Show the menu bar with its first menu open, or take it away."""
        if self._bar.isVisible():
            self._leave()
            return
        self._bar.show()
        self._bar.setActiveAction(self._bar.actions()[0])

    def _leave(self) -> None:
        if (open_menu := QApplication.activePopupWidget()) is not None:
            open_menu.close()
        self._bar.hide()

    def _leave_when_unused(self) -> None:
        """A menu was closed: by going to the one beside it, or because one is done."""
        if sys.platform != "darwin" and QApplication.activePopupWidget() is None:
            self._bar.hide()

    def _fill(self) -> None:
        self._bar.clear()
        known = {shortcut.key: shortcut for shortcut in shortcuts()}
        extra = {
            "shortcuts": tr("Keyboard"),
            "privacy": tr("What keeps your documents here"),
            "about": tr("About Strongroom"),
        }
        for title, keys in _menus():
            menu = self._bar.addMenu(title)
            menu.aboutToHide.connect(lambda: QTimer.singleShot(0, self, self._leave_when_unused))
            for key in keys:
                if not key:
                    menu.addSeparator()
                elif key in self._commands:
                    text = known[key].text if key in known else extra[key]
                    self._add(menu, key, text, has_key=key in known)

    def _add(self, menu: QMenu, key: str, text: str, *, has_key: bool) -> None:
        then = self._commands[key]
        action = menu.addAction(text)
        action.triggered.connect(lambda _checked=False: then())
        if has_key:  # shown only: the window or a region binds it
            action.setShortcut(QKeySequence(self._keys.sequence(key)))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)

    # --- Alt and F10 -----------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys are taken where they come in, at the window's handle: not every event of every
        widget passes here."""
        if watched is self._window:
            if event.type() == QEvent.Type.Show and (handle := self._window.windowHandle()):
                handle.installEventFilter(self)
        elif isinstance(event, QKeyEvent):
            return self._on_key(event)
        elif isinstance(event, QMouseEvent):
            self._alone = False
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        """F10, or Alt pressed and let go by itself."""
        pressed = event.type() == QEvent.Type.KeyPress
        if pressed:
            self._alone = event.key() == Qt.Key.Key_Alt
            if event.key() == Qt.Key.Key_F10 and not event.modifiers():
                self.toggle()
                return True
        elif (
            event.type() == QEvent.Type.KeyRelease and event.key() == Qt.Key.Key_Alt and self._alone
        ):
            self._alone = False
            self.toggle()
            return True
        return False
