"""The row in which the name of a document is typed, and the figure beneath it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from strongroom_desktop.keys import takes
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.widgets import label, set_margins
from strongroom_desktop.wording import number, plural, tr


class Finder(QWidget):
    """`typed` carries what is looked for; `left` that it is to go; `entered` leads to the list."""

    typed = Signal(str)
    left = Signal()
    entered = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Name of a document"))
        self.field.setAccessibleName(tr("Name of a document"))
        self.field.installEventFilter(self)
        close = QAction(theme.icon("x"), tr("Back to the tree"), self.field)
        close.triggered.connect(self.left)
        self.field.addAction(close, QLineEdit.ActionPosition.TrailingPosition)
        self._figure = label(face="small", tone="text_3")
        layout = QVBoxLayout(self)
        set_margins(layout, 12, 4, 12, 6)
        layout.setSpacing(6)
        layout.addWidget(self.field)
        layout.addWidget(self._figure)
        self._figure.setIndent(6)
        self.field.textChanged.connect(self.typed)
        self.hide()

    def say(self, found: int, shown: int) -> None:
        """'12 documents', '1,204 documents, the first 500 are shown'."""
        if not self.field.text().strip():
            self._figure.hide()
            return
        self._figure.show()
        if not found:
            self._figure.setText(tr("No document has this name."))
        elif shown < found:
            text = tr(
                "{n} documents, the first {shown} are shown", n=number(found), shown=number(shown)
            )
            self._figure.setText(text)
        else:
            self._figure.setText(plural(found, "{n} document", "{n} documents"))

    def said(self) -> str:
        return self._figure.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.field:
            return False
        if takes(event, Qt.Key.Key_Escape):
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.entered.emit()
                return True
        return False
