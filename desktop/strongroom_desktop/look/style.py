"""Fusion with the few things drawn differently that a style sheet cannot draw from tokens."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QApplication, QProxyStyle, QStyle, QStyleOption, QWidget

from strongroom_desktop.look import icons
from strongroom_desktop.look.theme import Theme

_PRIMITIVE = QStyle.PrimitiveElement
_NOTHING = frozenset({_PRIMITIVE.PE_FrameFocusRect, _PRIMITIVE.PE_IndicatorBranch})
"""The focus ring is an overlay (`focus.py`), branches are painted by delegates."""
_CHECKS = frozenset(
    {
        _PRIMITIVE.PE_IndicatorCheckBox,
        _PRIMITIVE.PE_IndicatorItemViewItemCheck,
        _PRIMITIVE.PE_IndicatorMenuCheckMark,
    }
)


class Style(QProxyStyle):
    def __init__(self, theme: Theme) -> None:
        super().__init__("Fusion")
        self._theme = theme

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if element in _NOTHING:
            return
        if element in _CHECKS:
            on = bool(option.state & QStyle.StateFlag.State_On)
            paint_check_box(painter, QRectF(option.rect), self._theme, checked=on)
            return
        super().drawPrimitive(element, option, painter, widget)

    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        match metric:
            case (
                QStyle.PixelMetric.PM_IndicatorWidth
                | QStyle.PixelMetric.PM_IndicatorHeight
                | QStyle.PixelMetric.PM_SmallIconSize
                | QStyle.PixelMetric.PM_ButtonIconSize
            ):
                return self._theme.icon_size()
            case QStyle.PixelMetric.PM_CheckBoxLabelSpacing:
                return self._theme.space(2)
            case _:
                return super().pixelMetric(metric, option, widget)


def paint_check_box(
    painter: QPainter, rect: QRectF, theme: Theme, *, checked: bool, enabled: bool = True
) -> None:
    """A check box, 14 pixels within the icon's 16, as rows and menus show it."""
    side = min(rect.width(), rect.height()) * 14 / 16
    box = QRectF(0, 0, side, side)
    box.moveCenter(rect.center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if checked:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent" if enabled else "line_strong"))
        painter.drawRoundedRect(box, 3, 3)
        icons.paint(painter, "check", theme.color("on_accent"), box.adjusted(1, 1, -1, -1))
    else:
        painter.setPen(QPen(theme.color("control_line" if enabled else "line_strong"), 1))
        painter.setBrush(theme.color("raised"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.restore()


def dress_application(application: QApplication, theme: Theme) -> None:
    """Fusion with our drawing, then palette, font and style sheet from the tokens."""
    application.setStyle(Style(theme))
    theme.apply()
