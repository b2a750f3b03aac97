"""Finding words in the text of one document, however they are written there.

Case, accents, ligatures, kinds of quotes and dashes and of white space do not count, nor does a
word that a hyphen breaks at the end of a line. What is found is told in the text's own positions.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

MOST_CHARACTERS = 1_000
"""Of what is looked for; the rest is left out."""

_FOLDED = (range(0x41, 0x5B), range(0x80, 0x2E80), range(0xA640, 0xAC00), range(0xFB00, 0x10000))
"""Where letters with case, accents and ligatures are; Han, Kana and Hangul stay as they are."""
_ALIKE = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u0060\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
}
_LONGEST = 4
"""Letters that one character may stand for."""
_ACCENTS = "[\u0300-\u036f]*"
_UNSEEN = "[\u0300-\u036f\u00ad\u200b-\u200d\u2060]*"
_LINE_END = r"[ \t]*\r?\n\s*"
_WITHIN_A_WORD = f"{_UNSEEN}(?:[-\u00ad]{_LINE_END})?"


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[int, str], dict[str, str]]:
    """What a character is taken for: those that stay one character, and those that become more."""
    single: dict[int, str] = {ord(sign): plain for sign, plain in _ALIKE.items()}
    several: dict[str, str] = {}
    for code in (code for part in _FOLDED for code in part if code not in single):
        sign = chr(code)
        plain = _plain(sign)
        if plain == sign or not plain:
            continue
        if len(plain) == 1:
            single[code] = plain
        elif len(plain) <= _LONGEST and plain.isalpha():
            several[sign] = plain
    return single, several


def _plain(sign: str) -> str:
    """Without case and accents, ligatures as their letters."""
    apart = unicodedata.normalize("NFKD", sign.casefold())
    return "".join(part for part in apart if not unicodedata.combining(part)).casefold()


@lru_cache(maxsize=1)
def _expanded() -> re.Pattern[str]:
    return re.compile("[" + "".join(map(re.escape, _tables()[1])) + "]")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text without what does not count, and the way back to its own positions.

    `at` are the places in `text` at which one character became several, `origins` where that one
    stands in the text it was made of, `widths` how many it became.
    """

    text: str
    at: tuple[int, ...] = ()
    origins: tuple[int, ...] = ()
    widths: tuple[int, ...] = ()

    def origin(self, place: int) -> int:
        """Where the character at `place` stands in the text it was made of."""
        index = bisect_right(self.at, place) - 1
        if index < 0:
            return place
        behind = place - self.at[index] - self.widths[index]
        return self.origins[index] + (behind + 1 if behind >= 0 else 0)


def fold(text: str) -> Folded:
    single, several = _tables()
    parts: list[str] = []
    at: list[int] = []
    origins: list[int] = []
    widths: list[int] = []
    done = length = 0
    for match in () if text.isascii() else _expanded().finditer(text):
        letters = several[match[0]]
        parts += text[done : match.start()], letters
        length += match.start() - done
        at.append(length)
        origins.append(match.start())
        widths.append(len(letters))
        length += len(letters)
        done = match.end()
    parts.append(text[done:])
    return Folded("".join(parts).translate(single), tuple(at), tuple(origins), tuple(widths))


def pattern_of(words: str) -> re.Pattern[str] | None:
    """What finds the words in a folded text; None where there is nothing to look for."""
    plain = re.sub(_UNSEEN, "", fold(words[:MOST_CHARACTERS]).text)
    parts: list[str] = []
    before = ""
    for sign in " ".join(plain.split()):
        if sign.isalnum() and before.isalnum():
            parts.append(_WITHIN_A_WORD)
        if sign == " ":
            parts.append(r"\s+")
        elif sign == "-":
            parts.append(f"-(?:{_LINE_END})?")
        else:
            parts.append(re.escape(sign))
        before = sign
    return re.compile("".join((*parts, _ACCENTS))) if parts else None


def places(
    folded: Folded, words: str, stopped: Callable[[], bool] = lambda: False
) -> Iterator[tuple[int, int]]:
    """Where the words stand, in the positions of the text that was folded."""
    pattern = pattern_of(words)
    for match in pattern.finditer(folded.text) if pattern else ():
        if stopped():
            return
        yield folded.origin(match.start()), folded.origin(match.end() - 1) + 1
