"""How marked words look in a text."""

from __future__ import annotations

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from strongroom_desktop.look.theme import Theme

_OTHER_ALPHA = 0.5


def marked(theme: Theme, words: QTextCursor, *, opened: bool) -> QTextEdit.ExtraSelection:
    """The words that a cursor has selected, as a mark over the text."""
    look = QTextCharFormat()
    look.setForeground(theme.color("on_mark"))
    look.setBackground(mark_color(theme, opened=opened))
    mark = QTextEdit.ExtraSelection()
    mark.cursor = words
    mark.format = look
    return mark


def mark_color(theme: Theme, *, opened: bool) -> QColor:
    """On a dark surface the marks of lists are used: those of pages are meant for paper."""
    if not theme.dark:
        return theme.color("mark" if opened else "mark_other")
    color = theme.color("mark_list")
    color.setAlphaF(1.0 if opened else _OTHER_ALPHA)
    return color
