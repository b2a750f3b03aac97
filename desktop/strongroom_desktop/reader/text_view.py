"""Documents without pages as a page of reading text, with the cited words marked."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import (
    QColor,
    QFont,
    QPainter,
    QPaintEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from strongroom_desktop.reader.marks import BAR_WIDTH
from strongroom_desktop.theme import Theme
from strongroom_desktop.travel import Travel
from strongroom_engine.protocol import PageText

_HEADING = re.compile(r"#{1,6} ")
_SIDE = 44
_TOP = 28
_UNSHOWN = str.maketrans({"\ufffc": "\ufffd", "\x00": "\ufffd", "\u2028": " ", "\u2029": " "})
"""What Qt would take for objects or line ends; one character for one, so that spans keep."""
_OTHER_ALPHA = 0.5

Piece = tuple[int, int, int]
"""Start, end, and the index of the span that it belongs to (-1 for none)."""


class TextView(QTextEdit):
    """`open_spans` of the text are the cited words; the others are the answer's other citations."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._page = PageText()
        self._open_spans = 0
        self._zoom = 1.0
        self._first: tuple[int, int] | None = None
        self.setObjectName("readingText")
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Document")
        self.viewport().setAutoFillBackground(False)
        self._travel = Travel(self.verticalScrollBar(), theme)
        theme.changed.connect(self._write)

    def show_text(self, page: PageText, open_spans: int) -> None:
        """The first `open_spans` of the page's spans are open."""
        self._page = page
        self._open_spans = open_spans
        self._write()
        self._arrive()

    @property
    def zoom(self) -> float:
        return self._zoom

    def zoom_by(self, step: int) -> None:
        """Larger (1) or smaller (-1) text; 0 as everywhere."""
        self._zoom = 1.0 if step == 0 else min(max(self._zoom * 1.1**step, 0.6), 3.0)
        self._write()

    def _write(self) -> None:
        page = self._page
        document = self.document()
        document.setDocumentMargin(0)
        document.setUndoRedoEnabled(False)
        self._first = None
        text = page.text.translate(_UNSHOWN)
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.removeSelectedText()
        cursor.setBlockFormat(self._block())
        for start, end, span in pieces(len(text), page.spans):
            before = cursor.position()
            self._insert(cursor, text[start:end], span)
            if 0 <= span < self._open_spans and self._first is None:
                self._first = (before, cursor.position())
        cursor.endEditBlock()
        frame = document.rootFrame()
        room = frame.frameFormat()
        room.setLeftMargin(_SIDE)
        room.setRightMargin(_SIDE)
        room.setTopMargin(_TOP)
        room.setBottomMargin(_TOP)
        frame.setFrameFormat(room)

    def _block(self) -> QTextBlockFormat:
        layout = QTextBlockFormat()
        line = round(self._theme.line_height("reading") * self._zoom)
        layout.setLineHeight(line, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        return layout

    def _insert(self, cursor: QTextCursor, text: str, span: int) -> None:
        """Headings of Markdown are strong; a line is what ends in a line feed."""
        look = self._look(span)
        if self._page.media_type != "text/markdown":
            cursor.insertText(text, look)
            return
        strong = QTextCharFormat(look)
        font = strong.font()
        font.setWeight(QFont.Weight.DemiBold)
        strong.setFont(font)
        for line in text.splitlines(keepends=True):
            cursor.insertText(line, strong if _HEADING.match(line) else look)

    def _look(self, span: int) -> QTextCharFormat:
        theme = self._theme
        look = QTextCharFormat()
        font = theme.font("reading")
        font.setPixelSize(max(round(font.pixelSize() * self._zoom), 6))
        look.setFont(font)
        look.setForeground(theme.color("text"))
        if span >= 0:
            look.setForeground(theme.color("on_mark"))
            look.setBackground(self.mark_color(opened=span < self._open_spans))
        return look

    def mark_color(self, *, opened: bool) -> QColor:
        """On a dark surface the marks of lists are used: those of pages are meant for paper."""
        if not self._theme.dark:
            return self._theme.color("mark" if opened else "mark_other")
        color = self._theme.color("mark_list")
        color.setAlphaF(1.0 if opened else _OTHER_ALPHA)
        return color

    def _arrive(self) -> None:
        bar = self.verticalScrollBar()
        target = 0
        if self._first is not None:
            around = self._around(self._first)
            middle = around.center().y() + bar.value()
            target = max(0, min(round(middle - self.viewport().height() / 2), bar.maximum()))
        self._travel.to(target)

    def _around(self, span: tuple[int, int]) -> QRectF:
        """The lines of a span, in the viewport."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(span[0])
        first = self.cursorRect(cursor)
        cursor.setPosition(max(span[1] - 1, span[0]))
        return QRectF(first.united(self.cursorRect(cursor)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self._theme.color("canvas"))
        if self._first is not None:
            around = self._around(self._first)
            bar = QRectF(_SIDE - 18, around.top() + 3, BAR_WIDTH, around.height() - 6)
            painter.fillRect(bar, self._theme.color("accent"))
        painter.end()
        super().paintEvent(event)


def pieces(length: int, spans: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """[0, length) cut at the spans' edges; where spans overlap, the first of them counts."""
    edges = {0, length} | {min(max(edge, 0), length) for span in spans for edge in span}
    ordered = sorted(edges)
    for start, end in itertools.pairwise(ordered):
        owner = next((i for i, (a, b) in enumerate(spans) if a <= start and end <= b), -1)
        yield start, end, owner
