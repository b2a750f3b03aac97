"""Keys: how they are drawn in hints, how a region takes one before the window does, and where the
one for menus asks."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QSizePolicy

from strongroom_desktop.widgets import dress, label


def claims(event: QEvent, *keys: Qt.Key) -> bool:
    """Whether the event asks if one of these keys, alone, is wanted before the window's shortcuts.
    The one who answers True to it accepts the event."""
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and event.key() in keys
        and not event.modifiers()
    )


def takes(event: QEvent, *keys: Qt.Key) -> bool:
    """Whether the event asks so, and was told that they are wanted."""
    if not claims(event, *keys):
        return False
    event.accept()
    return True


def row_asked_for(view: QAbstractItemView, event: QContextMenuEvent) -> tuple[QModelIndex, QPoint]:
    """Whose menu is wanted, and where on the screen: at the pointer, or on the current row where
    the keyboard asked."""
    if event.reason() != QContextMenuEvent.Reason.Keyboard:
        return view.indexAt(event.pos()), event.globalPos()
    index = view.currentIndex()
    return index, view.viewport().mapToGlobal(view.visualRect(index).center())


def key_cap(keys: str) -> QLabel:
    cap = label(keys)
    cap.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    cap.setAlignment(Qt.AlignmentFlag.AlignCenter)
    dress(cap, kind="key")
    return cap
