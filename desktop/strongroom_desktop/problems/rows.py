"""One document on the page of problems. Its remedies appear in reserved room, on hover and focus."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from strongroom_desktop.files import file_icon
from strongroom_desktop.text import as_tooltip
from strongroom_desktop.theme import Theme
from strongroom_desktop.widgets import ElidedLabel, Glyph, IconButton, dress, set_margins
from strongroom_engine.types import DocumentRecord

_COLUMNS = (5, 3, 4)
"""Name, folder, detail share the width in this proportion."""


class ProblemRow(QWidget):
    open_wanted = Signal()
    folder_wanted = Signal()

    def __init__(self, theme: Theme, record: DocumentRecord, detail: str) -> None:
        super().__init__()
        path = PurePath(record.path)
        icon = "scan" if record.code == "no-text" else file_icon(path.name)
        dress(self, surface="row")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(theme.control("row_list"))
        self.setAccessibleName(f"{path.name}: {record.reason}")
        self.setToolTip(as_tooltip(f"{record.path}\n{record.reason}\n{record.remedy}".strip()))
        row = QHBoxLayout(self)
        set_margins(row, 24, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(Glyph(theme, icon, "text_2"))
        texts = ((path.name, "ui", "text"), (path.parent.name, "small", "text_2"))
        for stretch, (text, face, tone) in zip(
            _COLUMNS, (*texts, (detail, "small", "text_2")), strict=True
        ):
            row.addWidget(_text(text, face, tone), stretch)
        self._folder = IconButton(theme, "folder-open", "Show in its folder")
        self._folder.clicked.connect(self.folder_wanted)
        policy = self._folder.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._folder.setSizePolicy(policy)
        self._folder.hide()
        row.addWidget(self._folder)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._folder.show()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._folder.hide()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.open_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_wanted.emit()
        else:
            super().keyPressEvent(event)


def _text(text: str, face: str, tone: str) -> ElidedLabel:
    mode = Qt.TextElideMode.ElideMiddle if face == "ui" else Qt.TextElideMode.ElideRight
    return ElidedLabel(text, face, tone, mode)
