"""The reader's menus: what can be done with the document, and with what is selected in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QMenu, QWidget, QWidgetAction

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.widgets import label

_LINE = 22

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
            if then is None:
                made.addAction(_said(made, theme, words))
                continue
            action = made.addAction(words.replace("&", "&&"))
            if icon:
                action.setIcon(theme.icon(icon))
            action.triggered.connect(lambda _checked=False, do=then: do())
    return made


def _said(parent: QMenu, theme: Theme, words: str) -> QWidgetAction:
    """A line that only says something, in the colour of such lines: nothing is switched off."""
    line = label(words, "small", "text_2")
    line.setFixedHeight(theme.px(_LINE))
    line.setContentsMargins(theme.space(2), 0, theme.space(5), 0)
    made = QWidgetAction(parent)
    made.setText(words)
    made.setEnabled(False)
    made.setDefaultWidget(line)
    return made
