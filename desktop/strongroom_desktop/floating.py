"""Panels that float over the window: raised, framed, with a painted shadow."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from strongroom_desktop.look.theme import Theme

SHADOW = 16
"""Pixels around the panel that its shadow needs."""
_DROP = 4


class Floating(QWidget):
    """The base of floating panels. Children stand inside `SHADOW`; place with `set_panel`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setContentsMargins(SHADOW, SHADOW, SHADOW, SHADOW)
        self._drawn: QPixmap | None = None
        theme.changed.connect(self._on_theme)
        self.hide()

    @property
    def panel(self) -> QRect:
        """The visible panel in this widget's coordinates."""
        return self.rect().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)

    def set_panel(self, panel: QRect) -> None:
        """Place the visible panel at a rectangle of the parent."""
        self.setGeometry(panel.adjusted(-SHADOW, -SHADOW, SHADOW, SHADOW))

    def paintEvent(self, event: QPaintEvent) -> None:
        """What stands on it is painted often (a caret blinks, a list moves): the soft shadow below
        it is drawn once for a size."""
        ratio = self.devicePixelRatio()
        size = self.size() * ratio
        if self._drawn is None or self._drawn.size() != size:
            self._drawn = QPixmap(size)
            self._drawn.setDevicePixelRatio(ratio)
            self._drawn.fill(Qt.GlobalColor.transparent)
            on_pixmap = QPainter(self._drawn)
            paint_panel(on_pixmap, QRectF(self.panel), self.theme)
            on_pixmap.end()
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        painter.drawPixmap(0, 0, self._drawn)

    def _on_theme(self) -> None:
        self._drawn = None
        self.update()


def paint_panel(painter: QPainter, panel: QRectF, theme: Theme) -> None:
    """A soft shadow, then the panel. The shadow is painted: an effect would blur the text."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    radius = float(theme.radius("panel"))
    painter.setPen(Qt.PenStyle.NoPen)
    shadow = theme.color("shadow")
    strength = 0.030 if theme.dark else 0.011
    for spread in range(SHADOW - _DROP, -1, -1):
        painter.setBrush(_faded(shadow, strength))
        around = panel.translated(0, _DROP).adjusted(-spread, -spread, spread, spread)
        painter.drawRoundedRect(around, radius + spread, radius + spread)
    painter.setPen(QPen(theme.color("line_strong"), 1))
    painter.setBrush(theme.color("raised"))
    painter.drawRoundedRect(panel.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.restore()


def _faded(color: QColor, alpha: float) -> QColor:
    faded = QColor(color)
    faded.setAlphaF(alpha)
    return faded
