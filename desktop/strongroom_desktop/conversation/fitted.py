"""Text that is as high as its lines: it can be selected and copied, and never scrolls by itself."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from strongroom_desktop.look.theme import Theme

_SCROLLING = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
)


class FittedText(QTextEdit):
    """The base of everything written in the column."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setReadOnly(True)
        self.setObjectName("fittedText")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self.fit)
        self.setFixedHeight(theme.line_height("reading"))

    def fit_to(self, width: int) -> None:
        """Take a width, and the height that the text has then, before it is ever shown."""
        self.setFixedWidth(width)
        self.document().setTextWidth(width)
        self.fit()

    def fit(self) -> None:
        """Take the height of the text at the width there is."""
        height = max(round(self.document().size().height()), 1)
        if height != self.height():
            self.setFixedHeight(height)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.measure(), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the column scrolls, not the text in it

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _SCROLLING and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)


class Prose(FittedText):
    """Plain text in one type role and tone; its beginning may be strong."""

    def __init__(
        self, theme: Theme, text: str = "", face: str = "reading", tone: str = "text"
    ) -> None:
        super().__init__(theme)
        self._face = face
        self._tone = tone
        self._parts = ("", text)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        theme.changed.connect(self._write)
        self._write()

    @property
    def text(self) -> str:
        return " ".join(part for part in self._parts if part)

    def set_text(self, text: str, strong: str = "") -> None:
        """Show `text`, after `strong` in a heavier weight."""
        self._parts = (strong, text)
        self._write()

    def _write(self) -> None:
        strong, plain = self._parts
        self.setAccessibleName(self.text)
        layout = QTextBlockFormat()
        layout.setLineHeight(
            self.theme.line_height(self._face), QTextBlockFormat.LineHeightTypes.FixedHeight.value
        )
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.removeSelectedText()
        cursor.setBlockFormat(layout)
        cursor.insertText(strong + (" " if strong and plain else ""), self._format(strong=True))
        cursor.insertText(plain, self._format(strong=False))
        cursor.endEditBlock()
        self.fit()

    def _format(self, *, strong: bool) -> QTextCharFormat:
        look = QTextCharFormat()
        font = self.theme.font(self._face)
        if strong:
            font.setWeight(QFont.Weight.DemiBold)
        look.setFont(font)
        look.setForeground(self.theme.color(self._tone))
        return look
