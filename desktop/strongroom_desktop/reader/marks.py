"""Where the marks of a page stand, in device pixels, and how they are painted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from strongroom_desktop.look.tokens import tokens

Fractions = tuple[float, float, float, float]

BAR_WIDTH = 3
_BAR_AT = 0.058
"""Where the green bar stands in the page's margin, as a share of the page's width."""
_BAR_GAP = 10
SWELL = 3.0
"""By how many pixels the mark swells when one arrives at it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The rectangles of one span, as fractions of the page; `open` for the cited words."""

    rectangles: tuple[Fractions, ...]
    open: bool


def on_paper(role: str) -> QColor:
    """A colour on a page: paper is white, whatever the theme."""
    return QColor(tokens().color["light"][role])


def on_page(rectangle: Fractions, page: QRectF) -> QRectF:
    """A rectangle in fractions as one on the page that is drawn."""
    x0, y0, x1, y1 = rectangle
    return QRectF(
        page.left() + x0 * page.width(),
        page.top() + y0 * page.height(),
        (x1 - x0) * page.width(),
        (y1 - y0) * page.height(),
    )


def united(marks: Sequence[Mark]) -> Fractions | None:
    """What surrounds all open marks; None when none is on the page."""
    found = [rectangle for mark in marks if mark.open for rectangle in mark.rectangles]
    if not found:
        return None
    x0, y0, x1, y1 = zip(*found, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def paint_marks(
    painter: QPainter, marks: Sequence[Mark], page: QRectF, color: QColor, *, opened: bool,
    grow: float = 0.0,
) -> None:  # fmt: skip
    """Marks are multiplied with the page, so that the words beneath keep their black."""
    rectangles = (each for mark in marks if mark.open == opened for each in mark.rectangles)
    paint_rectangles(painter, rectangles, page, color, grow=grow, beside=1.0)


def paint_rectangles(
    painter: QPainter, rectangles: Iterable[Fractions], page: QRectF, color: QColor, *,
    grow: float = 0.0, beside: float = 0.0,
) -> None:  # fmt: skip
    painter.save()
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    painter.setPen(Qt.PenStyle.NoPen)
    for rectangle in rectangles:
        rect = on_page(rectangle, page).adjusted(-beside - grow, -grow, beside + grow, grow)
        painter.fillRect(rect.toAlignedRect(), color)
    painter.restore()


def bar_rect(marks: Sequence[Mark], page: QRectF) -> QRectF | None:
    """The green bar in the page's margin, beside the open citation."""
    around = united(marks)
    if around is None:
        return None
    rect = on_page(around, page)
    x = min(page.left() + _BAR_AT * page.width(), rect.left() - _BAR_GAP)
    x = max(x, page.left() + 2)
    return QRectF(round(x), round(rect.top()), BAR_WIDTH, max(round(rect.height()), 8))
