"""A quiet line with an icon, a sentence and, mostly, a link that does something about it."""

from __future__ import annotations

import html

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.text import as_tooltip
from strongroom_desktop.widgets import Button, Glyph, dress

MOST_LINES = 2
_GAP = 8
_LONG_WORD = 20
"""Letters of a word, mostly of a file's name, from which on it may be broken anywhere."""
_MAY_BREAK = "\u200b"
_TALL = 10_000
_LETTERS_LOWER = 2
"""Where a line has a fixed height, its letters stand below the middle."""


class LinkLine(QWidget):
    """Hidden while there is nothing to say. `linked`: the link was clicked."""

    linked = Signal()

    def __init__(
        self,
        theme: Theme,
        icon: str,
        role: str = "text_2",
        *,
        most_lines: int = MOST_LINES,
        parent: QWidget | None = None,
    ) -> None:
        """`icon` in the colour role `role`; what needs more than `most_lines` is shortened."""
        super().__init__(parent)
        self._sentence = FewLines(theme, "ui", "text_2", most_lines)
        self.link = _Link(theme, "", "link")
        self.link.clicked.connect(self.linked)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_GAP)
        glyph = Glyph(theme, icon, role)
        self._row.addLayout(self._lowered(theme, glyph, theme.icon_size()))
        self._row.addWidget(self._sentence, 1)
        self._row.addSpacing(_GAP)
        self._row.addLayout(self._lowered(theme, self.link, theme.px(20)))
        self.hide()

    @staticmethod
    def _lowered(theme: Theme, widget: QWidget, height: int) -> QVBoxLayout:
        """A widget of `height` beside the middle of the sentence's first line."""
        column = QVBoxLayout()
        drop = (theme.line_height("ui") - height) // 2 + theme.px(_LETTERS_LOWER)
        column.setContentsMargins(0, drop, 0, 0)
        column.addWidget(widget)
        column.addStretch(1)
        return column

    @property
    def text(self) -> str:
        return self._sentence.full_text() if not self.isHidden() else ""

    def say(self, text: str, action: str = "") -> None:
        """Show a sentence (nothing: hide), and the link's words where there is one."""
        self._sentence.set_text(text)
        self.link.setText(action)
        self.link.setAccessibleName(action)
        self.link.setAccessibleDescription(text)
        self.link.setVisible(bool(action))
        self.setVisible(bool(text))

    def keep_above(self, gap: int) -> None:
        """Keep `gap` pixels free above it, while it is shown."""
        self._row.setContentsMargins(0, gap, 0, 0)


class _Link(Button):
    """A button that Enter presses, too, as it does links everywhere."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class FewLines(QLabel):
    """A sentence on as many lines as it needs, at most `most`; shortened in its middle beyond that:
    there stand the names, and what they end in tells them apart."""

    def __init__(self, theme: Theme, face: str, tone: str, most: int = MOST_LINES) -> None:
        super().__init__()
        self._theme = theme
        self._most = most
        self._face = face
        self._text = self._shown = ""
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        dress(self, face=face, tone=tone)
        theme.changed.connect(self._on_theme)

    def set_text(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self._show()
        self.updateGeometry()

    def full_text(self) -> str:
        return self._text

    @property
    def shown_text(self) -> str:
        """The text as far as it is shown."""
        return self._shown.replace(_MAY_BREAK, "")

    def sizeHint(self) -> QSize:
        wanted = self.fontMetrics().horizontalAdvance(self._text) + 2
        return QSize(wanted, self._theme.line_height(self._face))

    def minimumSizeHint(self) -> QSize:
        least = self.fontMetrics().averageCharWidth() * 6
        return QSize(least, self._theme.line_height(self._face))

    def heightForWidth(self, width: int) -> int:
        lines = self._lines(self._fitting(width), width)
        return lines * self._theme.line_height(self._face)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    def _on_theme(self) -> None:
        self._shown = ""
        self._show()
        self.updateGeometry()

    def _show(self) -> None:
        shown = self._fitting(self.width())
        if shown != self._shown:
            self._shown = shown
            style = f"line-height: {self._theme.line_height(self._face)}px; margin: 0"
            mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            near = "right" if mirrored else "left"
            self.setText(f'<p align="{near}" style="{style}">{html.escape(shown)}</p>')
        self.setToolTip("" if self.shown_text == self._text else as_tooltip(self._text))

    def _fitting(self, width: int) -> str:
        """The text, or as much of its two ends as the lines hold."""
        metrics = self.fontMetrics()
        shown, budget = _breakable(self._text), self._most * width
        while budget > 0 and self._lines(shown, width) > self._most:
            budget -= metrics.averageCharWidth()
            middle = Qt.TextElideMode.ElideMiddle
            shown = _breakable(metrics.elidedText(self._text, middle, budget))
        return shown

    def _lines(self, text: str, width: int) -> int:
        room = QRect(0, 0, max(width, 1), _TALL)
        metrics, flags = self.fontMetrics(), int(Qt.TextFlag.TextWordWrap.value)
        return round(metrics.boundingRect(room, flags, text).height() / metrics.lineSpacing())


def _breakable(text: str) -> str:
    """Long words with places to break them at: names of files have no spaces, often."""
    return " ".join(
        _MAY_BREAK.join(word) if len(word) >= _LONG_WORD else word for word in text.split(" ")
    )
