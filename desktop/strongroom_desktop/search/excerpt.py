"""Which part of a passage the hits show: about two lines that hold the words searched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ELLIPSIS = "\u2026 "
_LEAD = 28
"""Characters shown before the first word found."""

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a passage on one line of text, with the spans of the words found in it."""

    text: str
    marks: Spans


def excerpt(text: str, marks: Sequence[tuple[int, int]], length: int) -> Excerpt:
    """The piece of about `length` characters in which most of the marks lie."""
    flat, places = _flatten(text)
    spans = [(places[start], places[min(end, len(text))]) for start, end in sorted(marks)]
    spans = [span for span in spans if span[0] < span[1]]
    begin = _begin(flat, spans, length)
    kept = flat[begin:]
    lead = ELLIPSIS if begin else ""
    shift = len(lead) - begin
    shown = [(start + shift, end + shift) for start, end in spans if start >= begin]
    return Excerpt(lead + kept, _joined(lead + kept, shown))


def _joined(text: str, spans: Sequence[tuple[int, int]]) -> Spans:
    """Spans with nothing but a space between them become one."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and text[joined[-1][1] : start].strip() == "":
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _flatten(text: str) -> tuple[str, list[int]]:
    """Runs of white space as one space; where each character of `text` went, and the end."""
    flat: list[str] = []
    places: list[int] = []
    for letter in text:
        space = letter.isspace()
        skip = space and (not flat or flat[-1] == " ")
        places.append(max(len(flat) - 1, 0) if skip else len(flat))
        if not skip:
            flat.append(" " if space else letter)
    places.append(len(flat))
    return "".join(flat), places


def _begin(flat: str, spans: Sequence[tuple[int, int]], length: int) -> int:
    """Where the best window begins: at a word, a little before its first mark."""
    if not spans or spans[-1][1] <= length:
        return 0

    def held(start: int) -> int:
        return sum(start <= span[0] and span[1] <= start + length - _LEAD for span in spans)

    first = max((span[0] for span in spans), key=lambda start: (held(start), -start))
    if first <= _LEAD:
        return 0
    lead = max(_LEAD, length - (len(flat) - first))  # near the end, more of what goes before
    word = flat.find(" ", max(first - lead, 0), first)
    return word + 1 if word >= 0 else first
