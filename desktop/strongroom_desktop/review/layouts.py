"""The text of a cell broken into three lines at most, its chips after the last word.

The text gives way, never a chip: where both do not fit, the text is shortened before the chip, and
a chip never begins a line without the word before it. Laid out once for each text and width: a
scroll only paints.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.review.chips import GAP_PX, chip_font, chip_height, chip_width, paint_chip
from strongroom_desktop.review.words import Chip

MOST_LINES = 3
CACHED = 6_000
"""Cells that are kept: several screens of the widest grid."""
_ROOM = 100_000.0
_LINE_SEPARATOR = "\u2028"
_ELLIPSIS_PX = 24
"""So much of the text stays beside chips in the narrowest column."""


@dataclass(slots=True)
class Laid:
    """A cell's text and chips, in coordinates of the cell's content."""

    text: QTextLayout
    chips: tuple[tuple[QRectF, Chip, QFont], ...]
    lines: tuple[str, ...]


class Layouts:
    """What cells look like, kept by text, chips and width."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._kept: dict[tuple[object, ...], Laid] = {}
        self.made = 0
        """How many were laid out: a scroll back makes none."""
        theme.changed.connect(self._kept.clear)

    def get(
        self,
        text: str,
        chips: tuple[Chip, ...],
        width: int,
        *,
        dotted: bool = False,
        mirrored: bool = False,
        role: str = "ui",
    ) -> Laid:
        """`dotted`: underlined as doubtful; `mirrored`: lines begin at the right edge."""
        key = (text, chips, width, dotted, mirrored, role)
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= CACHED:
                self._kept.clear()
            found = self._kept[key] = _lay_out(
                self._theme, text, chips, width, dotted=dotted, mirrored=mirrored, role=role
            )
            self.made += 1
        return found

    def paint(
        self, painter: QPainter, laid: Laid, at: QPointF, color: QColor, *, filled: bool = False
    ) -> None:
        painter.setPen(color)
        laid.text.draw(painter, at)
        for rect, chip, font in laid.chips:
            paint_chip(painter, rect.translated(at), chip, self._theme, font, filled=filled)


def _lay_out(
    theme: Theme,
    text: str,
    chips: tuple[Chip, ...],
    width: int,
    *,
    dotted: bool,
    mirrored: bool,
    role: str,
) -> Laid:
    font = theme.font(role)
    widths = [chip_width(theme, chip) for chip in chips]
    room = sum(widths) + GAP_PX * len(widths)
    lines = broken(text, font, width, room)
    backwards = begins_right_to_left(text)
    layout = _text_layout(lines, font, dotted=dotted, backwards=backwards, theme=theme)
    gap = GAP_PX if lines[-1] else 0
    room -= 0 if lines[-1] or not room else GAP_PX
    end = _place(
        layout, theme.line_height(role), width, room, mirrored=mirrored, backwards=backwards
    )
    placed = []
    for chip, wide in zip(chips, widths, strict=True):
        left = end.x() - gap - wide if backwards else end.x() + gap
        top = round(end.y() + (theme.line_height(role) - chip_height(theme)) / 2)
        box = QRectF(round(left), top, wide, chip_height(theme))
        placed.append((box, chip, chip_font(theme, chip)))
        end.setX(left if backwards else left + wide)
        gap = GAP_PX
    return Laid(layout, tuple(placed), tuple(lines))


def broken(text: str, font: QFont, width: int, room: int) -> list[str]:
    """At most three lines; behind the last one there are `room` pixels for the chips."""
    metrics = QFontMetricsF(font)
    found = _wrapped(text, font, width)
    lines = [line.rstrip() for line, _ in found]
    free = max(width - room, _ELLIPSIS_PX)
    if len(lines) > MOST_LINES:
        rest = _from_utf16(text, found[MOST_LINES - 1][1])
        return [*lines[: MOST_LINES - 1], _shortened(rest, metrics, free)]
    if metrics.horizontalAdvance(lines[-1]) <= free:
        return lines
    if len(lines) == MOST_LINES:
        return [*lines[:-1], _shortened(lines[-1], metrics, free)]
    before, _, word = lines[-1].rpartition(" ")
    if before and metrics.horizontalAdvance(word) <= free:
        return [*lines[:-1], before, word]
    return [*lines, ""] if room else lines


def _wrapped(text: str, font: QFont, width: int) -> list[tuple[str, int]]:
    """The first lines, one more than are shown, each with where it begins (UTF-16)."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    lines: list[tuple[str, int]] = []
    layout.beginLayout()
    while len(lines) <= MOST_LINES and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        start, length = line.textStart(), line.textLength()
        lines.append((_from_utf16(text, start, start + length), start))
    layout.endLayout()
    return lines or [("", 0)]


def _shortened(text: str, metrics: QFontMetricsF, width: float) -> str:
    if metrics.horizontalAdvance(text) <= width:
        return text
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


def _text_layout(
    lines: Sequence[str], font: QFont, *, dotted: bool, backwards: bool, theme: Theme
) -> QTextLayout:
    """In its own direction, whatever the window's is."""
    text = _LINE_SEPARATOR.join(lines)
    layout = QTextLayout(text, font)
    option = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    option.setWrapMode(QTextOption.WrapMode.ManualWrap)
    right = Qt.LayoutDirection.RightToLeft
    option.setTextDirection(right if backwards else Qt.LayoutDirection.LeftToRight)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    if dotted and text:
        layout.setFormats([_dotted(len(text.encode("utf-16-le")) // 2, theme)])
    return layout


def _dotted(length: int, theme: Theme) -> QTextLayout.FormatRange:
    marked = QTextLayout.FormatRange()
    marked.start, marked.length = 0, length
    style = QTextCharFormat()
    style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
    style.setUnderlineColor(theme.color("warn_line"))
    marked.format = style
    return marked


def _place(
    layout: QTextLayout, height: int, width: int, room: int, *, mirrored: bool, backwards: bool
) -> QPointF:
    """Put the lines at the leading edge; where the last one ends in its reading direction."""
    layout.beginLayout()
    lines = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(_ROOM)
        lines.append(line)
    layout.endLayout()
    end = QPointF(width if mirrored else 0, 0)
    for number, line in enumerate(lines):
        natural = line.naturalTextWidth()
        taken = natural + (room if number == len(lines) - 1 else 0)
        left = width - taken if mirrored else 0.0
        if backwards:
            left += taken - natural
        top = number * height + (height - line.height()) / 2
        line.setPosition(QPointF(left - line.naturalTextRect().x() + line.x(), top))
        end = QPointF(left if backwards else left + natural, number * height)
    return end


def begins_right_to_left(text: str) -> bool:
    """Whether the text reads from right to left: by its first letter that tells."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False


def _from_utf16(text: str, start: int, end: int | None = None) -> str:
    """A slice by UTF-16 units, as Qt counts them."""
    if text.isascii():
        return text[start:end]
    units = text.encode("utf-16-le", "surrogatepass")
    part: Sequence[int] = units[2 * start : None if end is None else 2 * end]
    return bytes(part).decode("utf-16-le", "surrogatepass")
