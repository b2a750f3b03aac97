"""Selecting text on a page's image: drag, a double click for a word, a triple for a line."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QPointF, QRectF, QTimer, Signal
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

from strongroom_desktop.reader.letters import Letters
from strongroom_desktop.reader.marks import Fractions

_DRAG_PX = 3
_SCROLL_MS = 30
_SCROLL_SHARE = 0.25
"""Of the distance beyond the edge, a step of scrolling while one drags."""

Span = tuple[int, int]


class Pointer(QObject):
    """Holds what is selected; `changed` when that is another. `page_rect` says where the page is
    in the area's viewport."""

    changed = Signal()

    def __init__(self, area: QAbstractScrollArea, page_rect: Callable[[], QRectF]) -> None:
        super().__init__(area)
        self._area = area
        self._page_rect = page_rect
        self._letters: Letters | None = None
        self._span: Span = (0, 0)
        self._anchor: Span | None = None
        self._pressed_at = QPoint()
        self._last = QPointF()
        self._clicks = 0
        self._since = QTimer(self, singleShot=True)
        self._scroll = QTimer(self, interval=_SCROLL_MS)
        self._scroll.timeout.connect(self._scroll_on)

    # --- what is selected ------------------------------------------------------------------------

    def set_letters(self, letters: Letters | None) -> None:
        """The letters of the page that is shown; None while they are not known. What is selected
        stays so where they are those of the same text."""
        if letters is self._letters:
            return
        before, self._letters = self._letters, letters
        if before is None or letters is None or before.text != letters.text:
            self._anchor = None
            self._set((0, 0))

    @property
    def text(self) -> str:
        start, end = self._span
        return self._letters.text[start:end] if self._letters else ""

    @property
    def rectangles(self) -> tuple[Fractions, ...]:
        start, end = self._span
        return self._letters.rectangles(start, end) if self._letters and start < end else ()

    def select_all(self) -> None:
        if self._letters is not None:
            self._set((0, len(self._letters.text)))

    def clear(self) -> None:
        self._set((0, 0))

    def _set(self, span: Span) -> None:
        if span != self._span:
            self._span = span
            self.changed.emit()

    # --- the mouse -------------------------------------------------------------------------------

    def press(self, at: QPointF, *, extend: bool) -> None:
        """The left button went down: the first, second or third time at this place."""
        near = (at.toPoint() - self._pressed_at).manhattanLength() <= _DRAG_PX
        again = self._since.isActive() and near
        self._clicks = self._clicks % 3 + 1 if again else 1
        self._since.start(QApplication.doubleClickInterval())
        self._pressed_at = at.toPoint()
        place = self._place(at)
        if self._letters is None or place is None:
            return
        if extend and self._span[0] < self._span[1]:
            self._anchor = self._span
            self.move(at)
            return
        self._anchor = self._whole(place)
        self._set(self._anchor)

    def move(self, at: QPointF) -> None:
        """The pointer moved with the button down."""
        self._last = at
        place = self._place(at)
        if self._anchor is None or place is None:
            return
        start, end = self._whole(place)
        self._set((min(start, self._anchor[0]), max(end, self._anchor[1])))
        if self._beyond(at):
            self._scroll.start()
        else:
            self._scroll.stop()

    def release(self) -> None:
        self._anchor = None
        self._scroll.stop()

    def is_on_text(self, at: QPointF) -> bool:
        return self._letters is not None and self._letters.is_on_text(*self._fractions(at))

    def _whole(self, place: int) -> Span:
        """The place itself, its word or its line, by the number of clicks."""
        if self._letters is None or self._clicks == 1:
            return place, place
        return self._letters.word(place) if self._clicks == 2 else self._letters.line(place)

    def _place(self, at: QPointF) -> int | None:
        if self._letters is None:
            return None
        page = self._page_rect()
        return self._letters.under(*self._fractions(at), page.height() / max(page.width(), 1.0))

    def _fractions(self, at: QPointF) -> tuple[float, float]:
        page = self._page_rect()
        x = (at.x() - page.left()) / max(page.width(), 1.0)
        return x, (at.y() - page.top()) / max(page.height(), 1.0)

    def _beyond(self, at: QPointF) -> float:
        """How far above (below zero) or below the viewport the pointer is."""
        height = self._area.viewport().height()
        return min(at.y(), 0.0) + max(at.y() - height, 0.0)

    def _scroll_on(self) -> None:
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.value() + round(self._beyond(self._last) * _SCROLL_SHARE))
        self.move(self._last)
