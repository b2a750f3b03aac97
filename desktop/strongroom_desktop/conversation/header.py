"""The second bar of the centre."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from strongroom_desktop.text import counted
from strongroom_desktop.theme import Theme
from strongroom_desktop.widgets import ElidedLabel, IconButton, label


class ConversationHeader(QWidget):
    """The second bar of the centre: what the conversation is about, how long it is."""

    copied = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._title = ElidedLabel("", "small_strong", "text_2", Qt.TextElideMode.ElideRight)
        self._count = label("", "small", "text_3")
        copy = IconButton(theme, "copy", "Copy the whole conversation")
        copy.clicked.connect(self.copied)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(10)
        self._row.addWidget(self._title)
        self._row.addWidget(self._count)
        self._row.addStretch(1)
        self._row.addWidget(copy)
        theme.changed.connect(lambda: self.setFixedHeight(theme.control("bar")))
        self.setFixedHeight(theme.control("bar"))
        self.hide()

    def show_turns(self, title: str, count: int) -> None:
        self._title.set_text(" ".join(title.split()))
        self._title.setVisible(count > 1)
        self._count.setText(counted(count, "question"))
        self.show()

    def set_margins(self, leading: int, trailing: int) -> None:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left, right = (trailing, leading) if mirrored else (leading, trailing)
        self._row.setContentsMargins(left, 0, right, 0)
