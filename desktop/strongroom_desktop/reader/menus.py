"""The reader's menus: what can be done with the document, and with what is selected in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QMenu, QWidget

from strongroom_desktop.theme import Theme

Entry = tuple[str, str, Callable[[], object] | None]
"""Icon ('' for none), words, and what it does; None for a line that only says something."""


def menu(parent: QWidget, theme: Theme, groups: Sequence[Sequence[Entry]]) -> QMenu:
    """A menu of groups with rules between them; it is gone when it closes."""
    made = QMenu(parent)
    made.aboutToHide.connect(made.deleteLater)
    for group in groups:
        if made.actions() and group:
            made.addSeparator()
        for icon, words, then in group:
            action = made.addAction(words.replace("&", "&&"))
            if icon:
                action.setIcon(theme.icon(icon))
            if then is None:
                action.setEnabled(False)
            else:
                action.triggered.connect(lambda _checked=False, do=then: do())
    return made
