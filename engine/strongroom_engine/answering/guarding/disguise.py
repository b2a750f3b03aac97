"""Characters that cannot be seen: text written in them, or other text broken up by them.

A few are part of ordinary writing (joiners in Persian, Indic scripts and emoji, marks of direction
in Arabic and Hebrew, soft hyphens) and are no reason for suspicion. Letters of Unicode's tag block,
rows of zero-width characters or of variation selectors, and overrides of direction are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

Span = tuple[int, int]

_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff"
)
_ANY_UNSEEN = re.compile(f"[{_UNSEEN}]")
_SUSPECT = re.compile(
    "(?<!\U0001f3f4)[\U000e0000-\U000e007f]{2,}"  # behind a black flag they name a region
    "|[\u200b-\u200d\u2060-\u2064\ufeff]{4,}"
    "|[\ufe00-\ufe0f\U000e0100-\U000e01ef]{3,}"
    "|[\u202d\u202e]"
    r"|(?<=[A-Za-z])[\u200b\u2060-\u2064\ufeff](?=[a-z])(?:\w+[\u200b\u2060-\u2064\ufeff](?=[a-z])){2,}"
)
_KEPT = "\u200c\u200d\ufe0f"
"""Without these some words and emoji are others."""
_STRIPPED = re.compile(f"(?!(?<=[^\\W\\d_a-zA-Z])[{_KEPT}]|(?<=[^\\w\\s])[{_KEPT}])[{_UNSEEN}]")
_DISGUISED = re.compile(
    "[\u2000-\u200a\u202f\u205f\u2100-\u214f\u2460-\u24ff\uff01-\uff5e\U0001d400-\U0001d7ff]"
)
_TAGS = 0xE0000
_TAG = chr(_TAGS)


@dataclass(frozen=True, slots=True)
class Spelled:
    """A text as it reads once nothing is disguised, and where each character of it stood."""

    text: str
    places: tuple[int, ...] | None
    """None where the text is as it was."""

    def span(self, start: int, end: int) -> Span:
        """[start, end) of the spelled text, which is not empty, in the text that was given."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1


def spelled(text: str) -> Spelled:
    """The text without unseen characters, letters in fancy alphabets as plain ones, and what is
    written in tag characters written out."""
    if text.isascii() or not (_ANY_UNSEEN.search(text) or _DISGUISED.search(text)):
        return Spelled(text, None)
    parts: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        plain = _plain(character)
        if plain and (character >= _TAG) != (place > 0 and text[place - 1] >= _TAG):
            plain = "\n\n" + plain  # what is written in tags is a text of its own
        parts.append(plain)
        places += [place] * len(plain)
    return Spelled("".join(parts), tuple(places))


def _plain(character: str) -> str:
    if _ANY_UNSEEN.match(character):
        code = ord(character) - _TAGS
        return chr(code) if 0x20 <= code < 0x7F else ""
    return unicodedata.normalize("NFKC", character) if _DISGUISED.match(character) else character


def unseen(text: str) -> Iterator[Span]:
    """Where the text holds characters that hide something."""
    if not text.isascii():
        for match in _SUSPECT.finditer(text):
            yield match.span()


def without_unseen(text: str) -> str:
    """The text without characters that cannot be seen, but those that its writing needs."""
    return text if text.isascii() else _STRIPPED.sub("", text)
