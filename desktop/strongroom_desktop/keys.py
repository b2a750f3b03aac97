"""Keys: how they are drawn in hints, and how a region takes one before the window does."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

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


def key_cap(keys: str) -> QLabel:
    cap = label(keys)
    cap.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    cap.setAlignment(Qt.AlignmentFlag.AlignCenter)
    dress(cap, kind="key")
    return cap
