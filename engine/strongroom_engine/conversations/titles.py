"""What a conversation is called, and which line of it shows the words that were looked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from strongroom_engine.trees import folded

TITLE_CHARACTERS = 90
"""Of a title that is made from a question."""
LINE_CHARACTERS = 240
"""Of a line that is shown where words were found."""
LEAD_CHARACTERS = 40
"""Shown before the first word found."""
MOST_WORDS = 16
"""Words that are looked for; more narrow nothing any further."""

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffc]+")
_MARKS = re.compile(r"^(?:\s*(?:[-*+>]|#{1,6}|\d{1,3}[.)])\s+)+|\*\*|__|`+|^\s*\||\|\s*$")
_RULE = re.compile(r"[\s|:=*_-]*")


def title_of(question: str) -> str:
    """A question as a title: on one line, not longer than a row of a list can show."""
    flat = " ".join(_UNSEEN.sub(" ", question).split())
    return shortened(flat, TITLE_CHARACTERS)


def shortened(text: str, most: int) -> str:
    """The text cut at a word, with an ellipsis where something was left out."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    word = cut.rpartition(" ")[0]
    return (word if len(word) > most // 2 else cut).rstrip(" ,;:–-") + "…"


def words_of(query: str) -> tuple[str, ...]:
    """What is looked for: each word once."""
    return tuple(dict.fromkeys(folded(query).split()))[:MOST_WORDS]


def best_line(texts: Sequence[tuple[str, str]], words: Sequence[str], title: str) -> str:
    """The line with most of the words, the earliest of several; the title's own is passed over.

    `texts` are (text, the same folded) of the turns, which correspond line by line.
    """
    best, most = "", 0
    for text, lower in texts:
        for line, small in zip(text.split("\n"), lower.split("\n"), strict=True):
            held = sum(word in small for word in words)
            if held > most and (shown := _plain(line)) and title_of(shown) != title:
                best, most = shown, held
    return _around(best, words)


def _plain(line: str) -> str:
    """The line without marks of formatting."""
    if _RULE.fullmatch(line):
        return ""
    return " ".join(_UNSEEN.sub(" ", _MARKS.sub("", line)).split())


def _around(line: str, words: Sequence[str]) -> str:
    """The piece of the line that begins a little before the first word found, so that a narrow
    list shows it, too."""
    small = line.casefold()
    found = [at for word in words if (at := small.find(word)) >= 0]
    first = min(found, default=0)  # folding may shift it a little; it is a place to cut at
    begin = 0
    if first > 2 * LEAD_CHARACTERS:
        begin = line.find(" ", first - LEAD_CHARACTERS) + 1
        begin = begin if 0 < begin <= first else first
    lead = "… " if begin else ""
    return lead + shortened(line[begin:], LINE_CHARACTERS)
