"""The well: one page drawn device pixel for device pixel, with its marks, to be read and copied."""

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
from PySide6.QtGui import (
    QContextMenuEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.reader.letters import Letters
from strongroom_desktop.reader.marks import SWELL, Mark, on_page, united
from strongroom_desktop.reader.pointer import Pointer
from strongroom_desktop.reader.pull import Pull
from strongroom_desktop.reader.sheet import Sheet
from strongroom_desktop.reader.zoom import PAGE, Zoom
from strongroom_desktop.travel import Travel
from strongroom_desktop.wording import tr

MARGIN = 20
"""Of the well, around the page."""
SETTLE_MS = 90
"""A page is asked for anew when the width has kept still for so long."""
MAX_WIDTH_PX = 4_000
"""More is not asked of the engine: memory grows with the square."""


class PageView(QAbstractScrollArea):
    """`wanted` carries a width in device pixels: that is what the page should be drawn at.
    `turned` wants the next (1) or previous (-1) page, and whether its foot is to be seen first;
    `ended` wants the first (-1) or last (1) page.
    `copy_wanted`: what is selected; `menu_wanted` carries a place on the screen."""

    wanted = Signal(int)
    turned = Signal(int, bool)
    ended = Signal(int)
    zoomed = Signal()
    copy_wanted = Signal()
    menu_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("pageView")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Page"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.viewport().setMouseTracking(True)
        self.sheet = Sheet(theme)
        self.zoom = Zoom()
        self.pointer = Pointer(self, self.page_rect)
        self.pointer.changed.connect(self.viewport().update)
        self._asked = 0
        self._pull = Pull(self.verticalScrollBar())
        self._pull.over.connect(lambda by: self.turned.emit(by, by < 0))
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._ask)
        self._travel = Travel(self.verticalScrollBar(), theme)
        self._swell = QVariantAnimation(self)
        self._swell.valueChanged.connect(self.viewport().update)
        theme.changed.connect(self.viewport().update)

    # --- what is shown ---------------------------------------------------------------------------

    def show_page(
        self, image: QImage | None, marks: tuple[Mark, ...] = (), *, arrived: bool = False
    ) -> None:
        """The page as it was drawn, or an empty one in the size of the last; `arrived` brings its
        open mark to the middle."""
        self.sheet.show_image(image)
        self.show_marks(marks)
        self._lay_out()
        if arrived:
            self.arrive()

    def show_marks(self, marks: tuple[Mark, ...]) -> None:
        self.sheet.marks = marks
        self._swell.stop()
        self.viewport().update()

    def to_end(self, *, foot: bool) -> None:
        """To the head of the page, or to its foot, at once."""
        bar = self.verticalScrollBar()
        self._travel.to(bar.maximum() if foot else 0, smoothly=False)

    def set_letters(self, letters: Letters | None) -> None:
        """The letters of the page, to be selected and to be read out; None while not known."""
        self.pointer.set_letters(letters)
        self.setAccessibleDescription(letters.text if letters else "")

    @property
    def width_px(self) -> int:
        """The page's width in device pixels, as it is wanted now."""
        return min(max(round(self._page_width() * self.devicePixelRatioF()), 1), MAX_WIDTH_PX)

    @property
    def factor(self) -> float:
        """1 is as wide as the well."""
        return self._page_width() / self._room()

    def zoom_by(self, step: int) -> None:
        """To the next wider (1) or narrower (-1) step; 0 fits the width."""
        self.zoom.step(step, self.factor)
        self._rescale()

    def toggle_fit(self) -> None:
        self.zoom.toggle_fit()
        self._rescale()

    def _rescale(self) -> None:
        self._lay_out()
        self._settle.start()
        self.zoomed.emit()

    # --- sizes -----------------------------------------------------------------------------------

    def _room(self) -> float:
        width = self.width() - 2 * MARGIN - self.verticalScrollBar().sizeHint().width()
        return float(max(width, 80))

    def _page_width(self) -> float:
        if self.zoom.fit == PAGE:
            height = max(self.height() - 2 * MARGIN, 80)
            return min(self._room(), height / self.sheet.ratio)
        return self._room() * self.zoom.factor

    def page_rect(self) -> QRectF:
        """Where the page stands in the viewport, on whole device pixels."""
        ratio = self.devicePixelRatioF()
        width = self.width_px / ratio
        size = QSizeF(width, round(width * self.sheet.ratio * ratio) / ratio)
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

    def arrive(self) -> None:
        """Bring the open mark to the middle, and let it swell once."""
        around = united(self.sheet.marks)
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
        self._swell.setKeyValueAt(0.35, SWELL)
        self._swell.setEndValue(0.0)
        self._swell.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._swell.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self._theme.color("well"))
        image = self.sheet.image
        swells = self._swell.state() == QVariantAnimation.State.Running
        grow = float(self._swell.currentValue() or 0.0) if swells else 0.0
        self.sheet.paint(
            painter,
            self.page_rect(),
            exact=image is not None and image.width() == self.width_px,
            grow=grow,
            selected=self.pointer.rectangles,
        )

    # --- keys, wheel and mouse -------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.pointer.select_all()
        elif key in _TURNS and not event.modifiers():
            self.turned.emit(_TURNS[key], False)
        elif key in _ENDS:
            self.ended.emit(_ENDS[key])
        elif key == Qt.Key.Key_Space:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._read_on(-1 if back else 1)
        else:
            super().keyPressEvent(event)

    def _read_on(self, step: int) -> None:
        """A screen further, or to the next page at the end of this one."""
        bar = self.verticalScrollBar()
        if bar.value() == (bar.maximum() if step > 0 else 0):
            self.turned.emit(step, step < 0)
        else:
            self._travel.to(
                max(0, min(bar.value() + step * round(bar.pageStep() * 0.9), bar.maximum()))
            )

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if turn:
                self.zoom_by(1 if turn > 0 else -1)
            event.accept()
        elif turn and self._pull.pulls(turn):
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.pointer.press(event.position(), extend=extend)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.pointer.move(event.position())
            return
        over = self.pointer.is_on_text(event.position())
        shape = Qt.CursorShape.IBeamCursor if over else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.pointer.release()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())


_TURNS = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
_ENDS = {Qt.Key.Key_Home: -1, Qt.Key.Key_End: 1}
