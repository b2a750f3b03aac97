"""What divides a text that has no pages: a strip where a slide, a sheet or a message begins."""

from __future__ import annotations

from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor

from strongroom_desktop.look.theme import Theme
from strongroom_desktop.placing import one_place
from strongroom_engine.protocol import PageText
from strongroom_engine.types import Place

_NAMED_BESIDE = frozenset({"slide", "message", "event"})
"""Whose number is said first, and whose name after it."""
_HEIGHT = 24
_ABOVE, _BELOW = 14, 8


def divided(page: PageText) -> dict[int, list[Place]]:
    """The places that begin in the part, by where the line with their beginning starts."""
    found: dict[int, list[Place]] = {}
    for place in page.places:
        at = min(max(place.start, 0), len(page.text))
        line = page.text.rfind("\n", 0, at) + 1
        found.setdefault(line, []).append(place)
    return found


def title(place: Place) -> str:
    """'Slide 12 · Revenue by region', 'Sheet Budget', 'Message of 2 March 2024 · Re: lease'."""
    said = one_place(place)
    name = " ".join(place.name.split()) if place.kind in _NAMED_BESIDE else ""
    text = f"{said} \u00b7 {name}" if said and name else said or name
    return text[:1].upper() + text[1:]


def write(cursor: QTextCursor, theme: Theme, place: Place, zoom: float, *, first: bool) -> None:
    """Write the strip of a place in a line of its own, before what the cursor writes next."""
    text = title(place)
    if not text:
        return
    block = QTextBlockFormat()
    block.setBackground(theme.color("sunken"))
    height = QTextBlockFormat.LineHeightTypes.FixedHeight.value
    block.setLineHeight(round(theme.px(_HEIGHT) * zoom), height)
    block.setTopMargin(0 if first else round(theme.px(_ABOVE) * zoom))
    block.setBottomMargin(round(theme.px(_BELOW) * zoom))
    block.setTextIndent(theme.space(2))
    look = QTextCharFormat()
    font = theme.font("small", weight=600)
    font.setPixelSize(max(round(font.pixelSize() * zoom), 6))
    look.setFont(font)
    look.setForeground(theme.color("text_2"))
    cursor.setBlockFormat(block)
    cursor.insertText(text, look)
    cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
