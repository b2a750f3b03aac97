"""The text of the ask field: one line that grows to five, with the keys of a search field."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetricsF, QKeyEvent, QResizeEvent, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from strongroom_desktop.keys import takes
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.wording import tr

MAX_LINES = 5
_TEXT_PX = 14
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier


class AskEditor(QPlainTextEdit):
    """`moved` asks for the next (1) or previous (-1) hit and is emitted at the first and last
    line only; `escaped` is one step back; `recalled` wants the last question again."""

    entered = Signal()
    opened = Signal()
    moved = Signal(int)
    escaped = Signal()
    recalled = Signal()
    focus_changed = Signal(bool)
    grown = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines = 1
        self.setObjectName("askEditor")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("Ask or search your documents"))
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        font = QFont(self._theme.font("ui"))
        font.setPixelSize(self._theme.px(_TEXT_PX))
        self.setFont(font)
        self.viewport().setFont(font)  # the placeholder is painted in this one
        self._fit()
        self._invite()

    def _invite(self) -> None:
        """Say what the field is for in the words that it has room for; more would be wrapped, and
        cut off after a word."""
        room = self.viewport().width()
        metrics = QFontMetricsF(self.font())
        texts = (tr("Ask or search your documents"), tr("Ask or search"))
        text = next((text for text in texts if metrics.horizontalAdvance(text) < room), texts[-1])
        self.setPlaceholderText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, room))

    @property
    def line_px(self) -> int:
        """The height of a line as the editor lays it out, in whole pixels: what the document says
        of its first one, since fonts may lay out higher than their spacing; a field lower than its
        lines would scroll the first one away."""
        spacing = QFontMetricsF(self.font()).lineSpacing()
        first = self.document().firstBlock().layout()
        laid = first.lineAt(0).height() if first.lineCount() else 0.0
        return ceil(max(spacing, laid))

    def _fit(self) -> None:
        """As high as its lines, at most five; more of them scroll."""
        lines = max(round(self.document().size().height()), 1)
        shown = min(lines, MAX_LINES)
        self.setFixedHeight(shown * self.line_px)
        if shown != self._lines:
            self._lines = shown
            self.grown.emit()
        if lines <= MAX_LINES:
            self.verticalScrollBar().setValue(0)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.height())

    def set_text(self, text: str) -> None:
        """Replace the text, with the caret behind it."""
        self.setPlainText(text)
        cursor = self.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.setTextCursor(cursor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._invite()

    def event(self, event: QEvent) -> bool:
        return takes(event, Qt.Key.Key_Escape) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._own_key(event):
            super().keyPressEvent(event)

    def _own_key(self, event: QKeyEvent) -> bool:
        key, modifiers = event.key(), event.modifiers()
        if key in _ENTER and modifiers & _CONTROL:
            self.opened.emit()
        elif key in _ENTER and not modifiers & _SHIFT:
            self.entered.emit()
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif key == Qt.Key.Key_Up and not self.toPlainText():
            self.recalled.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._at_edge(key):
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        else:
            return False
        return True

    def _at_edge(self, key: int) -> bool:
        """Whether the caret cannot go further up or down within the text."""
        cursor = self.textCursor()
        up = key == Qt.Key.Key_Up
        return not cursor.movePosition(cursor.MoveOperation.Up if up else cursor.MoveOperation.Down)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        ):
            self.focus_changed.emit(False)
