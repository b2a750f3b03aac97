"""Documents without pages as a page of reading text, with the cited words marked.

A long text is loaded on as one scrolls; what lies far behind is let go, so that a text of any
length costs the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.reader.dividers import paint_strips
from strongroom_desktop.reader.marks import BAR_WIDTH
from strongroom_desktop.reader.text_marks import marked
from strongroom_desktop.reader.writing import Writer
from strongroom_desktop.reader.written import Span, Written, lines_of, place_of, shift_of
from strongroom_desktop.travel import Travel
from strongroom_desktop.wording import tr
from strongroom_engine.protocol import PageText

LEAST, MOST = 0.6, 3.0
"""Of the usual size of text."""
MOST_PARTS = 8
"""Parts that are in the document at once."""
_SIDE = 44
_TOP = 28
_ABOVE = 56
"""Between the upper edge and what was gone to: its strip stands there."""


class TextView(QTextEdit):
    """All spans are the document's own positions. `more_wanted`: 1 for what comes after the text
    that is here, -1 for what comes before. `menu_wanted` carries a place on the screen."""

    more_wanted = Signal(int)
    ended = Signal(int)
    zoomed = Signal()
    menu_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._file = ""
        self._parts: list[Written] = []
        self._opened: tuple[Span, ...] = ()
        self._others: tuple[Span, ...] = ()
        self._barred = True
        self._still = False
        """Whether one is at the place that was gone to: only then more is asked for."""
        self.zoom = 1.0
        self.setObjectName("readingText")
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setCursorWidth(0)  # it is read, not written
        self.setAccessibleName(tr("Document"))
        self.viewport().setAutoFillBackground(False)
        self.document().setUndoRedoEnabled(False)
        self._travel = Travel(self.verticalScrollBar(), theme)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._look_ahead())
        self.verticalScrollBar().rangeChanged.connect(lambda _least, _most: self._look_ahead())
        theme.changed.connect(self._write_anew)

    # --- what is shown ---------------------------------------------------------------------------

    def show_text(self, page: PageText) -> None:
        """Show only this part."""
        self._file = page.file
        self._still = False
        self._write((page,))

    def add_part(self, page: PageText) -> None:
        """A part that follows on what is here, or comes before it; others mean nothing."""
        if not self._parts or page.file != self._file or not page.text:
            return
        if page.offset == self.end:
            self._append(page)
            while len(self._parts) > MOST_PARTS:
                self._drop(0)
        elif page.offset + len(page.text) == self.start:
            self._prepend(page)
            while len(self._parts) > MOST_PARTS:
                self._drop(len(self._parts) - 1)
        self._show_marks()

    def show_marks(
        self, opened: tuple[Span, ...], others: tuple[Span, ...], *, barred: bool = True
    ) -> None:
        """`opened` are the cited words, with the green bar beside them where they are `barred`."""
        self._opened, self._others, self._barred = opened, others, barred
        self._show_marks()

    def covers(self, span: Span) -> bool:
        """Whether the text that is here holds the span."""
        return self.start <= span[0] and span[1] <= self.end and bool(self._parts)

    @property
    def parts(self) -> Sequence[Written]:
        """What is in Qt's document, in order."""
        return self._parts

    @property
    def start(self) -> int:
        """Where the text that is here begins in the document."""
        return self._parts[0].page.offset if self._parts else 0

    @property
    def end(self) -> int:
        return self._parts[-1].end if self._parts else 0

    @property
    def total(self) -> int:
        return self._parts[0].page.total if self._parts else 0

    def zoom_by(self, step: int) -> None:
        """Larger (1) or smaller (-1) text; 0 as everywhere."""
        self.zoom = 1.0 if step == 0 else min(max(self.zoom * 1.1**step, LEAST), MOST)
        self._write_anew()
        self.zoomed.emit()

    def restore_zoom(self, saved: str) -> None:
        """As large as last time; nonsense is passed over."""
        with suppress(ValueError):
            self.zoom = min(max(float(saved), LEAST), MOST)

    def arrive(self) -> None:
        """Bring the open mark to the middle, else the beginning; at once in a text just come."""
        bar = self.verticalScrollBar()
        around = self._around_open()
        target = 0
        if around is not None:
            middle = around.center().y() + bar.value()
            target = max(0, min(round(middle - self.viewport().height() / 2), bar.maximum()))
        self._travel.to(target, smoothly=self._still)
        self._look_on()

    def show_from(self, place: int) -> None:
        """Bring a place of the document to the upper edge."""
        bar = self.verticalScrollBar()
        top = self.cursorRect(self.cursor_of((place, place + 1))).top() + bar.value()
        self._travel.to(max(0, min(top - _ABOVE, bar.maximum())), smoothly=self._still)
        self._look_on()

    def to_end(self, *, foot: bool) -> None:
        bar = self.verticalScrollBar()
        self._travel.to(bar.maximum() if foot else 0, smoothly=False)
        self._look_on()

    # --- writing ---------------------------------------------------------------------------------

    def _write_anew(self) -> None:
        """The same text in other colours or another size, at the place where one was."""
        bar = self.verticalScrollBar()
        share = bar.value() / max(bar.maximum(), 1)
        self._write([part.page for part in self._parts])
        bar.setValue(round(share * bar.maximum()))

    def _write(self, pages: Sequence[PageText]) -> None:
        self.clear()
        self._parts = []
        document = self.document()
        document.setDocumentMargin(0)
        for page in pages:
            self._append(page)
        frame = document.rootFrame()
        room = frame.frameFormat()
        room.setLeftMargin(_SIDE)
        room.setRightMargin(_SIDE)
        room.setTopMargin(_TOP)
        room.setBottomMargin(_TOP)
        frame.setFrameFormat(room)
        self._show_marks()

    def _append(self, page: PageText) -> None:
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        self._parts.append(self._written(cursor, page))

    def _prepend(self, page: PageText) -> None:
        """What is seen stays where it is."""
        before = self.document().size().height()
        place = self.verticalScrollBar().value()
        self._parts.insert(0, self._written(QTextCursor(self.document()), page))
        added = self.document().size().height() - before
        self.verticalScrollBar().setValue(place + round(added))

    def _written(self, cursor: QTextCursor, page: PageText) -> Written:
        cursor.beginEditBlock()
        try:
            return Writer(self._theme, page, self._file, self.zoom).write(cursor)
        finally:
            cursor.endEditBlock()

    def _drop(self, index: int) -> None:
        """Let a part at one of the ends go."""
        before = self.document().size().height()
        place = self.verticalScrollBar().value()
        start = shift_of(self._parts, index)
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        keep = QTextCursor.MoveMode.KeepAnchor
        cursor.setPosition(start + self._parts[index].length, keep)
        cursor.removeSelectedText()
        del self._parts[index]
        if index == 0:
            gone = before - self.document().size().height()
            self.verticalScrollBar().setValue(max(place - round(gone), 0))

    # --- marks -----------------------------------------------------------------------------------

    def _show_marks(self) -> None:
        marks = [
            marked(self._theme, self.cursor_of(line), opened=opened)
            for spans, opened in ((self._others, False), (self._opened, True))
            for span in spans
            for line in lines_of(self._parts, span)
        ]
        self.setExtraSelections(marks)
        self.viewport().update()

    def cursor_of(self, span: Span) -> QTextCursor:
        """The span, as far as it is here, selected in Qt's document."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(place_of(self._parts, max(span[0], self.start)))
        last = max(min(span[1], self.end) - 1, span[0])
        end = min(place_of(self._parts, last) + 1, self.document().characterCount() - 1)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _around_open(self) -> QRectF | None:
        """The lines of the first open span, in the viewport."""
        span = next((each for each in self._opened if self.covers(each)), None)
        if span is None:
            return None
        cursor = self.cursor_of(span)
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        cursor.setPosition(start)
        first = self.cursorRect(cursor)
        cursor.setPosition(max(end - 1, start))
        return QRectF(first.united(self.cursorRect(cursor)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self._theme.color("canvas"))
        paint_strips(painter, self, self._theme)
        around = self._around_open() if self._barred else None
        if around is not None:
            bar = QRectF(_SIDE - 18, around.top() + 3, BAR_WIDTH, around.height() - 6)
            painter.fillRect(bar, self._theme.color("accent"))
        painter.end()
        super().paintEvent(event)

    # --- scrolling on ----------------------------------------------------------------------------

    def _look_on(self) -> None:
        """From now on one reads here."""
        self._still = True
        self._look_ahead()

    def _look_ahead(self) -> None:
        """Ask for more when less than a screen is left."""
        bar = self.verticalScrollBar()
        if not (self._parts and self._still and self.isVisible()):
            return
        if bar.value() > bar.maximum() - bar.pageStep() and self.end < self.total:
            self.more_wanted.emit(1)
        elif bar.value() < bar.pageStep() and self.start > 0:
            self.more_wanted.emit(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ends = {Qt.Key.Key_Home: -1, Qt.Key.Key_End: 1}
        key = Qt.Key(event.key())
        if key in ends and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.ended.emit(ends[key])
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())
