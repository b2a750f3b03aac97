"""A page of the centre: a head of 56 pixels and a body, 960 wide at most, edges shared."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.widgets import ElidedLabel, bare_scroll, dress, label, rule, set_margins

COLUMN_PX = 960
EDGE_PX = 46
"""Least margin: the button that brings the sidebar back stands in it."""


class Page(QWidget):
    """`head_row` takes controls at its far end, `body` the content."""

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.title = label(title, "title")
        self.subtitle = ElidedLabel("", "ui", "text_2", Qt.TextElideMode.ElideRight)
        self.head_row = QHBoxLayout()
        self.body = QVBoxLayout()
        self._head = QWidget()
        self._lay_out()
        theme.changed.connect(self._size)

    def _lay_out(self) -> None:
        dress(self, surface="canvas")
        self.setMinimumWidth(1)  # a page that is not shown may not hold the centre wide
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.head_row.setSpacing(12)
        self.head_row.setContentsMargins(0, 0, 0, 0)
        self.head_row.addWidget(self.title)
        self.head_row.addWidget(self.subtitle, 1)
        self._head_margins = centred(self.head_row)
        self._head.setLayout(self._head_margins)
        outer.addWidget(self._head)
        outer.addWidget(rule())
        self.body.setContentsMargins(0, 24, 0, 24)
        self.body.setSpacing(0)
        outer.addWidget(self._make_content(), 1)
        self._size()

    def _make_content(self) -> QWidget:
        """What stands under the head; a page may put something beside what scrolls."""
        content = QWidget()
        content.setLayout(centred(self.body))
        scroll = bare_scroll(content)
        self.follow_scroll_bar(scroll)
        return scroll

    def follow_scroll_bar(self, scroll: QScrollArea) -> None:
        """Keep the head's edges those of the body while its scroll bar comes and goes."""
        self._viewport = scroll.viewport()
        self._scroll_bar = scroll.verticalScrollBar()
        self._viewport.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The scroll bar comes and goes: the head keeps the edges of the body."""
        if watched is self._viewport and event.type() == QEvent.Type.Resize:
            bar = self._scroll_bar.width() if self._scroll_bar.isVisible() else 0
            set_margins(self._head_margins, EDGE_PX, 0, EDGE_PX + bar, 0)
        return False

    def _size(self) -> None:
        self._head.setFixedHeight(self.theme.control("header"))


def centred(inner: QLayout, beyond_px: int = 0) -> QHBoxLayout:
    """A column at most `COLUMN_PX` wide, in the middle; `beyond_px` stand out at its far edge."""
    column = QWidget()
    column.setLayout(inner)
    column.setMaximumWidth(COLUMN_PX + beyond_px)
    row = QHBoxLayout()
    set_margins(row, EDGE_PX, 0, EDGE_PX - beyond_px, 0)
    row.addStretch(1)
    row.addWidget(column, 1_000)
    row.addStretch(1)
    return row
