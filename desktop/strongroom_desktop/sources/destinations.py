"""The rows that say where one is: Desk, Problems, with their counts."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from strongroom_desktop.look import icons
from strongroom_desktop.look.theme import Theme
from strongroom_desktop.text import at_edge
from strongroom_desktop.wording import number, tr


def destinations() -> tuple[tuple[str, str, str, str], ...]:
    """Key, name, icon, keys, in the order of Ctrl+1 …"""
    return (
        ("desk", tr("Desk"), "book-open", "Ctrl+1"),
        ("reviews", tr("Review grids"), "table-2", "Ctrl+2"),
        ("conversations", tr("Conversations"), "messages-square", "Ctrl+3"),
        ("problems", tr("Problems"), "triangle-alert", "Ctrl+4"),
        ("quality", tr("Quality"), "target", "Ctrl+5"),
    )


class Destinations(QWidget):
    """`chosen` carries a key of `destinations()`."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, _Row] = {}
        group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 0, 8, 8)
        layout.setSpacing(1)
        for key, name, icon, keys in destinations():
            row = _Row(theme, name, icon)
            row.setToolTip(f"{name}  {keys}")
            row.clicked.connect(lambda _on=False, key=key: self.chosen.emit(key))
            group.addButton(row)
            layout.addWidget(row)
            self._rows[key] = row
        self.show_current("desk")

    def show_current(self, key: str) -> None:
        """Mark where one is; a key that is no destination marks none."""
        for name, row in self._rows.items():
            row.group().setExclusive(False)
            row.setChecked(name == key)
            row.group().setExclusive(True)

    def set_count(self, key: str, count: int) -> None:
        self._rows[key].set_count(count)


class _Row(QAbstractButton):
    def __init__(self, theme: Theme, name: str, icon: str) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._count = 0
        self.setText(name)
        self.setAccessibleName(name)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.updateGeometry)

    def set_count(self, count: int) -> None:
        if count != self._count:
            self._count = count
            self.setAccessibleName(f"{self.text()}, {number(count)}" if count else self.text())
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, self._theme.control("row"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_fill(painter)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = self._theme.icon_size()
        height, width = self.height(), self.width()
        at = width - 9 - side if rtl else 9
        box = QRectF(at, (height - side) / 2, side, side)
        role = "text" if self.isChecked() else "text_2"
        icons.paint(painter, self._icon, self._theme.color(role), box)
        painter.setFont(self._theme.font("ui_strong" if self.isChecked() else "ui"))
        painter.setPen(self._theme.color("text"))
        lead = 9 + side + 9
        room = width - lead - self._count_width() - 8
        text = QRectF(width - lead - room if rtl else lead, 0, room, height)
        shown = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, round(room)
        )
        painter.drawText(text, at_edge(rtl), shown)
        self._paint_count(painter, rtl)

    def _paint_fill(self, painter: QPainter) -> None:
        role = "selected" if self.isChecked() else "hover" if self.underMouse() else ""
        if role:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color(role))
            radius = self._theme.radius("row")
            painter.drawRoundedRect(self.rect(), radius, radius)

    def _count_width(self) -> int:
        if not self._count:
            return 0
        metrics = QFontMetrics(self._theme.font("small"))
        return metrics.horizontalAdvance(number(self._count)) + 8

    def _paint_count(self, painter: QPainter, rtl: bool) -> None:
        if not self._count:
            return
        painter.setFont(self._theme.font("small"))
        painter.setPen(self._theme.color("text_2" if self.isChecked() else "text_3"))
        room = QRectF(self.rect()).adjusted(8, 0, -8, 0)
        flags = at_edge(not rtl)
        painter.drawText(room, flags, number(self._count))
