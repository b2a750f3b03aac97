"""The text column of the centre: the ask field and the conversation share its edges."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.widgets import dress

MARGIN = 46
"""Least room at the leading edge: the button that brings the sidebar back stands in it."""
_FAR_MARGIN = 18


def column(width: int, theme: Theme) -> tuple[int, int]:
    """Leading margin and width of the text column in a centre of `width` pixels.

    The column is centred while both margins are wide enough for the button, and shrinks then.
    """
    wanted = theme.measure()
    if width >= wanted + 2 * MARGIN:
        return (width - wanted) // 2, wanted
    return MARGIN, max(min(wanted, width - MARGIN - _FAR_MARGIN), 1)


def column_rect(rect: QRect, theme: Theme, direction: Qt.LayoutDirection) -> QRect:
    """The column within `rect`, mirrored in right-to-left layouts."""
    margin, width = column(rect.width(), theme)
    left = rect.left() + margin
    if direction == Qt.LayoutDirection.RightToLeft:
        left = rect.right() + 1 - margin - width
    return QRect(left, rect.top(), width, rect.height())


def scrolling_column() -> tuple[QScrollArea, QWidget, QVBoxLayout]:
    """What scrolls up and down only: the area, its content and the content's layout."""
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    content = QWidget()
    content.setMinimumWidth(1)  # it has the viewport's width, whatever stands in it
    dress(content, surface="none")
    layout = QVBoxLayout(content)
    layout.setSpacing(0)
    scroll.setWidget(content)
    return scroll, content, layout
