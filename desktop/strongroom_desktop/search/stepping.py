"""F3 and Shift+F3: from hit to hit, wherever the keyboard is."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from strongroom_desktop.selection import Selection


def step_through_hits(widget: QWidget, selection: Selection) -> None:
    """Bind the keys in the window of `widget`; without an open hit they do nothing."""

    def step(by: int) -> None:
        if selection.trail is not None and selection.trail.kind == "hit":
            selection.step(by)

    for keys, by in (("F3", 1), ("Shift+F3", -1)):
        shortcut = QShortcut(QKeySequence(keys), widget)
        shortcut.activated.connect(lambda by=by: step(by))
