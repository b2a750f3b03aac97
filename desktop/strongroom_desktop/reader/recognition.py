"""The quiet line under a page that text recognition has read: what stands on it may be misread."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.report.words import CLEAR, DOUBTFUL
from strongroom_desktop.widgets import Button, ElidedLabel, Glyph, dress, set_margins
from strongroom_desktop.wording import tr
from strongroom_engine.types import Report

_HEIGHT = 30


class RecognitionNote(QWidget):
    """Hidden on pages with a text of their own. `more_wanted`: the document's report."""

    more_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._sure: dict[int, float] = {}
        self._waiting: frozenset[int] = frozenset()
        self._page: int | None = None
        self._icon = Glyph(theme, "scan-text", "text_2")
        self.said = ElidedLabel("", "small", "text_2", Qt.TextElideMode.ElideRight)
        self.more = Button(theme, tr("How it was read"), "link")
        self.more.clicked.connect(self.more_wanted)
        row = QHBoxLayout(self)
        set_margins(row, 16, 1, 12, 0)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self.said, 1)
        row.addWidget(self.more)
        dress(self, surface="canvas")
        theme.changed.connect(self._size)
        self._size()
        self.hide()

    def show_report(self, report: Report | None) -> None:
        """Which pages were read by text recognition, and which wait for it."""
        self._sure = dict(report.recognised) if report else {}
        self._waiting = frozenset(report.waiting) if report else frozenset()
        self.show_page(self._page)

    def show_page(self, page: int | None) -> None:
        """The page that is seen; None where the text is shown."""
        self._page = page
        said = self._words(page)
        unsure = page in self._sure and self._sure[page] < DOUBTFUL
        self._icon.show_icon("scan-text", "warn" if unsure else "text_2")
        self.said.set_text(said)
        self.setVisible(bool(said))

    def _words(self, page: int | None) -> str:
        if page in self._waiting:
            return tr("This page is a picture. It waits for text recognition.")
        sure = self._sure.get(page) if page is not None else None
        if sure is None:
            return ""
        if sure >= CLEAR:
            return tr("Read clearly by text recognition; may hold errors.")
        if sure >= DOUBTFUL:
            return tr("Read by text recognition; may hold errors.")
        return tr("Hard to read for text recognition; check what it says.")

    def _size(self) -> None:
        self.setFixedHeight(self._theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, self._theme.color("line"))
