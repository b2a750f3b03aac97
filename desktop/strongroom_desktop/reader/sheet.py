"""The sheet of paper: a page's image with its marks and what is selected, painted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.reader.marks import (
    Fractions,
    Mark,
    bar_rect,
    on_paper,
    paint_marks,
    paint_rectangles,
)

A4 = 1.4142


class Sheet:
    """In the dark theme the paper is dimmed, unless the user wants it white; it is never inverted."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.image: QImage | None = None
        self.marks: tuple[Mark, ...] = ()
        self.ratio = A4
        """Height to width, of the last page while the next is not drawn yet."""
        self.barred = True
        """Whether the open mark has the green bar beside it: citations have."""

    def show_image(self, image: QImage | None) -> None:
        self.image = image
        if image is not None:
            self.ratio = image.height() / max(image.width(), 1)

    def paint(
        self,
        painter: QPainter,
        page: QRectF,
        *,
        exact: bool,
        grow: float,
        selected: Sequence[Fractions],
    ) -> None:
        """Paint into `page`; `exact` where the image has just as many pixels, `grow` is by how
        much the open mark swells."""
        theme = self._theme
        painter.save()
        painter.fillRect(page, Qt.GlobalColor.white)
        if self.image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not exact)
            painter.drawImage(page, self.image)
        paint_marks(painter, self.marks, page, theme.color("mark_other"), opened=False)
        paint_marks(painter, self.marks, page, theme.color("mark"), opened=True, grow=grow)
        paint_rectangles(painter, selected, page, on_paper("bar_context"))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.fillRect(page, theme.color("page_dim"))
        painter.restore()
        bar = bar_rect(self.marks, page) if self.barred else None
        if bar is not None:
            painter.fillRect(bar, on_paper("accent"))
        painter.setPen(QPen(theme.color("line_strong"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(page.adjusted(-0.5, -0.5, 0.5, 0.5))
