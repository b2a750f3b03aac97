"""The memory of a device as a bar and its legend: what the model takes, what others do, what is free."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.models import words
from strongroom_desktop.text import at_edge, isolated
from strongroom_engine.types import DeviceMemory

BAR_PX = 14
GAP_PX = 2
_SWATCH_PX = 10
_BESIDE_SWATCH, _WITHIN, _BETWEEN = 6, 6, 20
_ABOVE_LEGEND, _ABOVE_BAR, _LINE_GAP = 8, 6, 4
_LEAST_PX = 3
"""A part that is there is seen, however small."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of the legend, where it stands."""

    role: str
    name: str
    size: str
    x: float
    line: int
    name_width: int


class SharedMemory(QWidget):
    """Name and size of a device, a bar of 14 pixels, and a legend that wraps."""

    def __init__(self, theme: Theme, device: DeviceMemory) -> None:
        super().__init__()
        self._theme = theme
        self._device = device
        self._parts = words.shares(device)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(words.device_name(device))
        said = ", ".join(f"{name} {words.gigabytes(size)}" for _, name, size in self._parts)
        self.setAccessibleDescription(said)
        theme.changed.connect(self.updateGeometry)

    # --- size ------------------------------------------------------------------------------------

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = max((entry.line for entry in self._entries(width)), default=0) + 1
        line = self._theme.line_height("small")
        return self._bar_top() + BAR_PX + _ABOVE_LEGEND + lines * (line + _LINE_GAP)

    def sizeHint(self) -> QSize:
        return QSize(400, self.heightForWidth(max(self.width(), 400)))

    def _bar_top(self) -> int:
        return self._theme.line_height("ui") + _ABOVE_BAR

    def _entries(self, width: int) -> Iterator[_Entry]:
        """The legend's entries, wrapped to the width."""
        plain = QFontMetrics(self._theme.font("small"))
        strong = QFontMetrics(self._theme.font("small", weight=500))
        x, line = 0.0, 0
        for role, name, size in self._parts:
            said = words.gigabytes(size)
            name_width = plain.horizontalAdvance(name)
            wide = (
                _SWATCH_PX + _BESIDE_SWATCH + name_width + _WITHIN + strong.horizontalAdvance(said)
            )
            if x and x + wide > width:
                x, line = 0.0, line + 1
            yield _Entry(role, name, said, x, line, name_width)
            x += wide + _BETWEEN

    # --- painting --------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_name(painter)
        self._paint_bar(painter)
        for entry in self._entries(self.width()):
            self._paint_entry(painter, entry)

    def _paint_name(self, painter: QPainter) -> None:
        name = words.device_name(self._device)
        font = self._theme.font("ui", weight=500)
        painter.setFont(font)
        painter.setPen(self._theme.color("text"))
        height = self._theme.line_height("ui")
        wide = QFontMetrics(font).horizontalAdvance(name) + 8
        self._text(painter, QRectF(0, 0, wide, height), name)
        painter.setFont(self._theme.font("small"))
        painter.setPen(self._theme.color("text_2"))
        total = words.gigabytes(self._device.total)
        self._text(painter, QRectF(wide, 0, self.width() - wide, height), total)

    def _paint_bar(self, painter: QPainter) -> None:
        whole = QRectF(0, self._bar_top(), self.width(), BAR_PX)
        shape = QPainterPath()
        shape.addRoundedRect(whole.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(whole, self._theme.color("canvas"))
        for rect, role in self._segments(whole):
            painter.fillRect(self._mirrored(rect), self._theme.color(role))
        painter.restore()
        painter.setPen(QPen(self._theme.color("line_strong"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(shape)

    def _segments(self, whole: QRectF) -> Iterator[tuple[QRectF, str]]:
        """The parts from the leading edge, 2 pixels between them."""
        gaps = GAP_PX * (len(self._parts) - 1)
        total = max(sum(size for *_, size in self._parts), 1)
        room = whole.width() - gaps - _LEAST_PX * len(self._parts)
        x = whole.left()
        for role, _name, size in self._parts:
            end = x + _LEAST_PX + room * size / total
            left, right = round(x), round(end)
            yield QRectF(left, whole.top(), right - left, whole.height()), role
            x = end + GAP_PX

    def _paint_entry(self, painter: QPainter, entry: _Entry) -> None:
        height = self._theme.line_height("small")
        top = self._bar_top() + BAR_PX + _ABOVE_LEGEND + entry.line * (height + _LINE_GAP)
        swatch = QRectF(entry.x, top + (height - _SWATCH_PX) / 2, _SWATCH_PX, _SWATCH_PX)
        painter.setPen(
            QPen(self._theme.color("line_strong"), 1) if _is_pale(entry.role) else Qt.PenStyle.NoPen
        )
        painter.setBrush(self._theme.color(entry.role))
        painter.drawRoundedRect(self._mirrored(swatch).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        x = entry.x + _SWATCH_PX + _BESIDE_SWATCH
        painter.setFont(self._theme.font("small"))
        painter.setPen(self._theme.color("text_2"))
        self._text(painter, QRectF(x, top, entry.name_width + 2, height), entry.name)
        painter.setFont(self._theme.font("small", weight=500))
        painter.setPen(self._theme.color("text"))
        x += entry.name_width + _WITHIN
        self._text(painter, QRectF(x, top, self.width() - x, height), entry.size)

    def _text(self, painter: QPainter, rect: QRectF, text: str) -> None:
        painter.drawText(
            self._mirrored(rect),
            int(at_edge(self._is_mirrored).value),
            isolated(text),
        )

    @property
    def _is_mirrored(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _mirrored(self, rect: QRectF) -> QRectF:
        if not self._is_mirrored:
            return rect
        return QRectF(QPointF(self.width() - rect.right(), rect.top()), rect.size())


def _is_pale(role: str) -> bool:
    return role == "bar_free"
