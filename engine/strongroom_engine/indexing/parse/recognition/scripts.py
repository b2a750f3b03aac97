"""Whether what was read is text at all: the reader knows some scripts and guesses at all others.

It reads Latin letters with all marks of European languages, Greek letters, Chinese and Japanese.
Of Cyrillic, Arabic, Hebrew, Devanagari, Thai or Hangul it makes Latin letters, accents and Chinese
characters that look alike, and is less sure of them.
"""

from __future__ import annotations

from collections.abc import Sequence

LEGIBLE = 0.8
"""A page of which the characters are less sure than this on average is not text that can be read."""
SURE = 0.85
SHARE_SURE = 0.5
"""So much of the text has to be in lines that are at least `SURE`."""


def is_legible(lines: Sequence[tuple[str, float]]) -> bool:
    """Whether the lines, each with how sure it is, are text in a script that is read."""
    total = sum(len(text) for text, _ in lines)
    if not total:
        return False
    mean = sum(sure * len(text) for text, sure in lines) / total
    surely = sum(len(text) for text, sure in lines if sure >= SURE)
    return mean >= LEGIBLE and surely >= SHARE_SURE * total
