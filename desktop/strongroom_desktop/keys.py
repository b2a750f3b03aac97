"""A key as it is drawn in hints: framed, as large as its name."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from strongroom_desktop.widgets import dress, label


def key_cap(keys: str) -> QLabel:
    cap = label(keys)
    cap.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    cap.setAlignment(Qt.AlignmentFlag.AlignCenter)
    dress(cap, kind="key")
    return cap
