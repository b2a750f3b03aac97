"""The well: one page drawn device pixel for device pixel, with its marks."""

from __future__ import annotations

from PySide6.QtCore import (
    QEasingCurve,
    QEvent,
    QPointF,
    QRectF,
    QSizeF,
    Qt,
    QTimer,
    QVariantAnimation,
    Signal,
)
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from strongroom_desktop.reader.marks import Mark, bar_rect, on_page, paint_marks, united
from strongroom_desktop.theme import Theme
from strongroom_desktop.travel import Travel

MARGIN = 20
"""Of the well, around the page."""
A4 = 1.4142
SETTLE_MS = 90
"""A page is asked for anew when the width has kept still for so long."""
MAX_WIDTH_PX = 4_000
"""More is not asked of the engine: memory grows with the square."""
ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
"""Of the width that fits."""


class PageView(QAbstractScrollArea):
    """`wanted` carries a width in device pixels: that is what the page should be drawn at.
    `turned` wants the next (1) or previous (-1) page."""

    wanted = Signal(int)
    turned = Signal(int)
    zoomed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("pageView")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Page")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._image: QImage | None = None
        self._marks: tuple[Mark, ...] = ()
        self._ratio = A4
        self._zoom = 1.0
        self._asked = 0
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._ask)
        self._travel = Travel(self.verticalScrollBar(), theme)
        self._swell = QVariantAnimation(self)
        self._swell.valueChanged.connect(self.viewport().update)
        theme.changed.connect(self.viewport().update)

    # --- what is shown ---------------------------------------------------------------------------

    def show_blank(self) -> None:
        """A page that was not seen yet: an empty one in the size of the last."""
        self._image = None
        self._marks = ()
        self._swell.stop()
        self._lay_out()

    def show_page(self, image: QImage, marks: tuple[Mark, ...], *, arrived: bool) -> None:
        """The page as it was drawn; `arrived` brings its open mark to the middle."""
        self._image = image
        self._marks = marks
        self._ratio = image.height() / max(image.width(), 1)
        self._lay_out()
        if arrived:
            self._arrive()

    @property
    def width_px(self) -> int:
        """The page's width in device pixels, as it is wanted now."""
        return min(max(round(self._page_width() * self.devicePixelRatioF()), 1), MAX_WIDTH_PX)

    @property
    def zoom(self) -> float:
        """1 is as wide as the well."""
        return self._zoom

    def zoom_by(self, step: int) -> None:
        """To the next wider (1) or narrower (-1) step; 0 fits the width."""
        wider = [zoom for zoom in ZOOMS if zoom > self._zoom]
        narrower = [zoom for zoom in ZOOMS if zoom < self._zoom]
        steps = {1: (wider or [self._zoom])[0], -1: (narrower or [self._zoom])[-1]}
        self._zoom = steps.get(step, 1.0)
        self._lay_out()
        self._settle.start()
        self.zoomed.emit()

    # --- sizes -----------------------------------------------------------------------------------

    def _page_width(self) -> float:
        room = self.width() - 2 * MARGIN - self.verticalScrollBar().sizeHint().width()
        return max(room, 80) * self._zoom

    def page_rect(self) -> QRectF:
        """Where the page stands in the viewport, on whole device pixels."""
        ratio = self.devicePixelRatioF()
        width = self.width_px / ratio
        size = QSizeF(width, round(width * self._ratio * ratio) / ratio)
        shift = self.horizontalScrollBar().value()
        left = max((self.viewport().width() - size.width()) / 2, MARGIN - shift)
        left = left if size.width() + 2 * MARGIN <= self.viewport().width() else MARGIN - shift
        top = MARGIN - self.verticalScrollBar().value()
        return QRectF(QPointF(round(left * ratio) / ratio, round(top * ratio) / ratio), size)

    def _lay_out(self) -> None:
        """Give the scroll bars the page's size."""
        size = self.page_rect().size()
        view = self.viewport().size()
        for bar, page, room in (
            (self.verticalScrollBar(), size.height(), view.height()),
            (self.horizontalScrollBar(), size.width(), view.width()),
        ):
            bar.setRange(0, max(round(page + 2 * MARGIN - room), 0))
            bar.setPageStep(room)
            bar.setSingleStep(40)
        self.viewport().update()

    def _ask(self) -> None:
        if self.width_px != self._asked and self.isVisible():
            self._asked = self.width_px
            self.wanted.emit(self._asked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()
        self._settle.start()

    def event(self, event: QEvent) -> bool:
        kinds = (QEvent.Type.DevicePixelRatioChange, QEvent.Type.Show)
        if event.type() in kinds:
            self._settle.start()
        return super().event(event)

    # --- arriving --------------------------------------------------------------------------------

    def _arrive(self) -> None:
        """Bring the open mark to the middle, and let it swell once."""
        around = united(self._marks)
        bar = self.verticalScrollBar()
        page = self.page_rect().translated(0, bar.value())
        middle = on_page(around, page).center().y() if around else 0.0
        target = max(0, min(round(middle - self.viewport().height() / 2), bar.maximum()))
        self._travel.to(target)
        if around and self._theme.motion("mark_pulse_ms"):
            self._start_swell()

    def _start_swell(self) -> None:
        self._swell.stop()
        self._swell.setDuration(self._theme.motion("mark_pulse_ms"))
        self._swell.setStartValue(0.0)
        self._swell.setKeyValueAt(0.35, 3.0)
        self._swell.setEndValue(0.0)
        self._swell.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._swell.start()

    # --- drawing ---------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        theme = self._theme
        painter.fillRect(self.viewport().rect(), theme.color("well"))
        page = self.page_rect()
        self._paint_sheet(painter, page)
        painter.setPen(QPen(theme.color("line_strong"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(page.adjusted(-0.5, -0.5, 0.5, 0.5))

    def _paint_sheet(self, painter: QPainter, page: QRectF) -> None:
        """The page, then multiplied with it the dimming of the dark theme and the marks."""
        theme = self._theme
        painter.save()
        painter.fillRect(page, Qt.GlobalColor.white)
        if self._image is not None:
            exact = self._image.width() == self.width_px
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not exact)
            painter.drawImage(page, self._image)
        grow = self._swell.currentValue() if self._swell.state() == _RUNNING else 0.0
        paint_marks(painter, self._marks, page, theme.color("mark_other"), opened=False)
        paint_marks(
            painter, self._marks, page, theme.color("mark"), opened=True, grow=float(grow or 0.0)
        )
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.fillRect(page, theme.color("page_dim"))
        painter.restore()
        bar = bar_rect(self._marks, page)
        if bar is not None:
            painter.fillRect(
                bar, theme.color("accent_soft" if theme.dark else "accent")
            )  # on paper

    # --- keys and wheel --------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        turns = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        step = turns.get(Qt.Key(event.key()), 0)
        if step and not event.modifiers():
            self.turned.emit(step)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)


_RUNNING = QVariantAnimation.State.Running
