"""Small pieces of wording that several regions share, and positions as Qt counts them."""

from __future__ import annotations

import html

from PySide6.QtGui import Qt

_WORDS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]


ISOLATES = "\u2068\u2069"


def utf16(text: str, place: int) -> int:
    """A position in code points as Qt counts it, in UTF-16 units."""
    if text.isascii():
        return place
    return place + sum(letter > "\uffff" for letter in text[:place])


def isolated(text: str) -> str:
    """The text with its own direction, whatever the layout's: figures before words stay there."""
    return f"{ISOLATES[0]}{text}{ISOLATES[1]}"


def as_tooltip(text: str) -> str:
    """Names and reasons for a tooltip, which has no plain text format: '<img>' stays '<img>'."""
    if not Qt.mightBeRichText(text):
        return text
    return f'<p style="white-space: pre-wrap; margin: 0">{html.escape(text)}</p>'


def counted(count: int, one: str, many: str = "") -> str:
    """'1 passage', '1,204 passages'."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def in_words(count: int) -> str:
    """'four' for 4; figures above twelve."""
    return _WORDS[count] if 0 <= count < len(_WORDS) else f"{count:,}"


def place_of(page: int | None) -> str:
    """'p. 14', or nothing for a document without pages."""
    return "" if page is None else f"p. {page}"


def duration(ms: float) -> str:
    """'9 ms', '8.1 s', '2 min 5 s'."""
    if ms < 1_000:
        return f"{ms:.0f} ms"
    if ms < 60_000:
        return f"{ms / 1_000:.1f} s"
    minutes, seconds = divmod(round(ms / 1_000), 60)
    return f"{minutes} min {seconds} s"
