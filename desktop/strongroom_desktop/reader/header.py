"""The reader's first bar: which document is open, where it lies, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from strongroom_desktop.files import file_icon, folders_of
from strongroom_desktop.kin import container_of, name_in_container, nearest_container
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.outside import words_to_open
from strongroom_desktop.widgets import ElidedLabel, Glyph, IconButton, dress, set_margins
from strongroom_desktop.wording import tr


class ReaderHeader(QWidget):
    """`find_wanted`, `outside` and `more`: the buttons of these names."""

    find_wanted = Signal()
    outside = Signal()
    more = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._icon = Glyph(theme, "file", "text_2")
        self.name = ElidedLabel("", "ui_strong")
        self._folder = ElidedLabel("", "small", "text_2")
        self.find_button = IconButton(
            theme, "text-search", tr("Find in the document"), keys="Ctrl+F"
        )
        self.find_button.clicked.connect(self.find_wanted)
        self.open_outside = IconButton(theme, "external-link", tr("Open outside"))
        self.open_outside.clicked.connect(self.outside)
        self.more_button = IconButton(theme, "ellipsis", tr("More about the document"))
        self.more_button.clicked.connect(self.more)
        self._lay_out()
        dress(self, surface="canvas")
        theme.changed.connect(self._dress)
        self._dress()
        self.show_file("")

    def _lay_out(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addStretch(1)
        names.addWidget(self.name)
        names.addWidget(self._folder)
        names.addStretch(1)
        row = QHBoxLayout(self)
        set_margins(row, 16, 0, 12, 0)
        row.setSpacing(0)
        row.addWidget(self._icon)
        row.addSpacing(10)
        row.addLayout(names, 1)
        row.addSpacing(8)
        for button in self._buttons:
            row.addWidget(button)

    @property
    def _buttons(self) -> tuple[IconButton, ...]:
        return self.find_button, self.open_outside, self.more_button

    def show_file(self, file: str) -> None:
        self._icon.show_icon(file_icon(file), "text_2")
        self.name.set_text(name_in_container(file) if file else "")
        self._folder.set_text(folders_of(nearest_container(file) or file) if file else "")
        outside = tr("Open outside")
        self.open_outside.setToolTip(words_to_open(file) if container_of(file) else outside)
        for widget in (self._icon, self.name, self._folder, *self._buttons):
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
