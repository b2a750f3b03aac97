"""Citation chips and the tag 'no source': objects that flow, wrap and select with the text."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QPainter,
    QPen,
    QPyTextObject,
    QTextCharFormat,
    QTextDocument,
    QTextFormat,
)

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.wording import tr

CHIP = int(QTextFormat.ObjectTypes.UserObject) + 1
TAG = CHIP + 1
NUMBER = int(QTextFormat.Property.UserProperty) + 1

WORD_JOINER = "\u2060"
"""Ties a chip to the word before it, so that a chip never begins a line."""
OBJECT = "\ufffc"

CHIP_WIDTH, CHIP_HEIGHT = 17, 16
_FIGURE = 7
"""By how much a chip is wider for each figure after the first."""
_GAP = 3.0
_DROP = 3.0
"""How far below the baseline a chip reaches, which centres it on the line."""


def no_source() -> str:
    """The words of the tag behind a sentence that nothing supports."""
    return tr("no source")


def unsupported() -> str:
    """What the tag says when one rests on it."""
    return tr("No passage that was read supports this sentence. Check it before you use it.")


def not_found() -> str:
    """What a number or name says that stands in none of its sources."""
    return tr("Not found in the sources")


def chip_size(n: int, theme: Theme) -> QSizeF:
    """17 x 16, wider by a figure from 10 on; it grows with the text."""
    width = CHIP_WIDTH + _FIGURE * (len(str(n)) - 1)
    return QSizeF(theme.px(width), theme.px(CHIP_HEIGHT))


def paint_chip(painter: QPainter, rect: QRectF, n: int, theme: Theme, filled: bool) -> None:
    """A chip with its figure; `filled` when hovered or open."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("accent" if filled else "accent_soft"))
    painter.drawRoundedRect(rect, 4, 4)
    font = theme.font("micro")
    font.setWeight(font.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(theme.color("on_accent" if filled else "on_accent_soft"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(n))
    painter.restore()


class ChipObject(QPyTextObject):
    """Draws the chips of one document. `filled` holds what is drawn filled: positions of the
    hovered or focused chip, and `open_n`, the number of the citation open in the reader."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self.filled: int = -1
        self.open_n: int = 0

    def intrinsicSize(
        self, _doc: QTextDocument, _position: int, text_format: QTextFormat
    ) -> QSizeF:
        size = chip_size(text_format.intProperty(NUMBER), self._theme)
        return QSizeF(size.width() + 2 * _GAP - 1, size.height() - self._theme.px(_DROP))

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        _doc: QTextDocument,
        position: int,
        text_format: QTextFormat,
    ) -> None:
        n = text_format.intProperty(NUMBER)
        filled = position == self.filled or n == self.open_n
        paint_chip(painter, chip_rect(QRectF(rect), n, self._theme), n, self._theme, filled)


def chip_rect(rect: QRectF, n: int, theme: Theme) -> QRectF:
    """Where the chip stands in the room that its object takes, on whole pixels."""
    place = QPointF(round(rect.left() + _GAP), round(rect.top()))
    return QRectF(place, chip_size(n, theme))


class TagObject(QPyTextObject):
    """Draws 'no source' behind a sentence that nothing supports."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def intrinsicSize(
        self, _doc: QTextDocument, _position: int, _text_format: QTextFormat
    ) -> QSizeF:
        metrics = QFontMetricsF(self._theme.font("micro"))
        width = round(metrics.horizontalAdvance(no_source())) + 17
        return QSizeF(width, self._theme.px(CHIP_HEIGHT) - self._theme.px(_DROP))

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        _doc: QTextDocument,
        _position: int,
        _text_format: QTextFormat,
    ) -> None:
        theme = self._theme
        box = QRectF(
            round(rect.x()) + 3.5,
            round(rect.y()) + 0.5,
            rect.width() - 5,
            theme.px(CHIP_HEIGHT) - 1,
        )
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("warn_line"), 1))
        painter.setBrush(theme.color("warn_soft"))
        painter.drawRoundedRect(box, 4, 4)
        painter.setFont(theme.font("micro"))
        painter.setPen(theme.color("warn"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, no_source())
        painter.restore()


def chip_format(n: int) -> QTextCharFormat:
    text_format = QTextCharFormat()
    text_format.setObjectType(CHIP)
    text_format.setProperty(NUMBER, n)
    return text_format


def tag_format() -> QTextCharFormat:
    text_format = QTextCharFormat()
    text_format.setObjectType(TAG)
    text_format.setToolTip(unsupported())
    return text_format
