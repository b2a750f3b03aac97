"""How the chips of a cell are drawn: 'p. 87' on green, 'check' framed in amber."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.review.words import Chip

GAP_PX = 4
"""Before each chip."""
_PADDING_PX = 6
_HEIGHT_PX = 16

_COLORS = {
    "page": ("accent_soft", "", "on_accent_soft"),
    "check": ("warn_soft", "warn_line", "warn"),
    "wrong": ("error_soft", "error_line", "error"),
    "yours": ("", "line_strong", "text_2"),
    "right": ("", "line_strong", "text_2"),
}
"""Fill, edge and text by kind."""


def chip_font(theme: Theme, chip: Chip) -> QFont:
    font = theme.font("micro")
    if chip.kind == "page":
        font.setWeight(QFont.Weight.DemiBold)
    return font


def chip_width(theme: Theme, chip: Chip) -> int:
    """Its width without the gap before it."""
    text = QFontMetricsF(chip_font(theme, chip)).horizontalAdvance(chip.text)
    return round(text) + 2 * _PADDING_PX


def chip_height(theme: Theme) -> int:
    return theme.px(_HEIGHT_PX)


def paint_chip(
    painter: QPainter, rect: QRectF, chip: Chip, theme: Theme, font: QFont, *, filled: bool = False
) -> None:
    """In the `chip_font`; `filled`: the page of the current cell."""
    fill, edge, text = _COLORS[chip.kind]
    if filled and chip.kind == "page":
        fill, text = "accent", "on_accent"
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color(edge), 1) if edge else Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(fill) if fill else Qt.BrushStyle.NoBrush)
    radius = theme.radius("chip")
    shape = rect.adjusted(0.5, 0.5, -0.5, -0.5) if edge else rect
    painter.drawRoundedRect(shape, radius, radius)
    painter.setFont(font)
    painter.setPen(theme.color(text))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, chip.text)
    painter.restore()
