"""What divides a text that has no pages: a strip where a slide, a sheet or a message begins."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextFormat
from PySide6.QtWidgets import QTextEdit

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.placing import one_place
from strongroom_engine.protocol import PageText
from strongroom_engine.types import Place

_STRIP = int(QTextFormat.Property.UserProperty) + 7
"""The property of a block that is a strip."""
_NAMED_BESIDE = frozenset({"slide", "message", "event"})
"""Whose number is said first, and whose name after it."""
_ABOVE, _BELOW = 22, 14
_EDGE, _BESIDE = 5, 10
"""By how much a strip is higher and wider than its words."""


def divided(page: PageText) -> dict[int, list[Place]]:
    """The places that begin in the part, by where the line with their beginning starts."""
    found: dict[int, list[Place]] = {}
    for place in page.places:
        at = min(max(place.start, 0), len(page.text))
        line = page.text.rfind("\n", 0, at) + 1
        found.setdefault(line, []).append(place)
    return found


def title(place: Place, line: str = "") -> str:
    """'Slide 12 · Revenue by region', 'Sheet Budget', 'Message of 2 March 2024 · Re: lease'; without
    the name where the `line` below says it."""
    said = one_place(place)
    name = " ".join(place.name.split()) if place.kind in _NAMED_BESIDE else ""
    name = "" if said and name == " ".join(line.split()) else name
    text = f"{said} \u00b7 {name}" if said and name else said or name
    return text[:1].upper() + text[1:]


def write(cursor: QTextCursor, theme: Theme, text: str, zoom: float) -> None:
    """Write a strip with these words in a line of its own, before what the cursor writes next."""
    first = cursor.position() == 0
    if not text:
        return
    block = QTextBlockFormat()
    block.setProperty(_STRIP, True)
    block.setTopMargin(round(theme.px(_EDGE if first else _ABOVE) * zoom))
    block.setBottomMargin(round(theme.px(_BELOW) * zoom))
    look = QTextCharFormat()
    font = theme.font("small", weight=600)
    font.setPixelSize(max(round(font.pixelSize() * zoom), 6))
    look.setFont(font)
    look.setForeground(theme.color("text_2"))
    cursor.setBlockFormat(block)
    cursor.insertText(text, look)
    cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())


def paint_strips(painter: QPainter, view: QTextEdit, theme: Theme) -> None:
    """Paint what lies behind the words of the strips that are seen: Qt fills a line only as far as
    its letters reach."""
    layout = view.document().documentLayout()
    scrolled = QPointF(0, view.verticalScrollBar().value())
    block = view.cursorForPosition(view.viewport().rect().topLeft()).block()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("sunken"))
    while block.isValid():
        place = layout.blockBoundingRect(block).translated(-scrolled)
        if place.top() > view.viewport().height():
            break
        if block.blockFormat().property(_STRIP):
            painter.drawRoundedRect(_around(place, theme), theme.radius("row"), theme.radius("row"))
        block = block.next()


def _around(words: QRectF, theme: Theme) -> QRectF:
    edge, beside = theme.px(_EDGE), theme.px(_BESIDE)
    return words.adjusted(-beside, -edge, beside, edge)
