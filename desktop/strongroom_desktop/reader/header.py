"""The reader's first bar: which document is open, where it lies, open outside, close."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from strongroom_desktop.files import file_icon, file_name, folders_of
from strongroom_desktop.theme import Theme
from strongroom_desktop.widgets import ElidedLabel, Glyph, IconButton, dress


class ReaderHeader(QWidget):
    outside = Signal()
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._icon = Glyph(theme, "file", "text_2")
        self.name = ElidedLabel("", "ui_strong")
        self._folder = ElidedLabel("", "small", "text_2")
        self.open_outside = IconButton(theme, "external-link", "Open outside")
        self.open_outside.clicked.connect(self.outside)
        self.close_button = IconButton(theme, "x", "Close the document")
        self.close_button.clicked.connect(self.closed)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addStretch(1)
        names.addWidget(self.name)
        names.addWidget(self._folder)
        names.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(0)
        row.addWidget(self._icon)
        row.addSpacing(10)
        row.addLayout(names, 1)
        row.addSpacing(8)
        row.addWidget(self.open_outside)
        row.addWidget(self.close_button)
        dress(self, surface="canvas")
        theme.changed.connect(self._dress)
        self._dress()
        self.show_file("")

    def show_file(self, file: str) -> None:
        self._icon.show_icon(file_icon(file), "text_2")
        self.name.set_text(file_name(file))
        self._folder.set_text(folders_of(file) if file else "")
        for widget in (self._icon, self.name, self._folder, self.open_outside, self.close_button):
            widget.setVisible(bool(file))

    def _dress(self) -> None:
        self.setFixedHeight(self._theme.control("header"))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        bottom_rule(self, self._theme)


def bottom_rule(widget: QWidget, theme: Theme) -> None:
    """The hairline at the foot of a bar."""
    painter = QPainter(widget)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillRect(0, widget.height() - 1, widget.width(), 1, theme.color("line"))
