"""Where the words that were looked for stand in a line."""

from __future__ import annotations

from collections.abc import Sequence

LEAD = 12
"""Characters that are shown before the first word, where a line does not fit."""

Spans = tuple[tuple[int, int], ...]


def words_of(query: str) -> tuple[str, ...]:
    """What is looked for, folded."""
    return tuple(dict.fromkeys(query.casefold().split()))


def spans_of(line: str, words: Sequence[str]) -> Spans:
    """[start, end) of every word in the line, whatever the case; those that meet become one."""
    folded = [letter.casefold() for letter in line]
    places = [place for place, letters in enumerate(folded) for _ in letters]
    text = "".join(folded)
    found: list[tuple[int, int]] = []
    for word in words:
        at = text.find(word)
        while word and at >= 0:
            found.append((places[at], places[at + len(word) - 1] + 1))
            at = text.find(word, at + len(word))
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def piece_of(line: str, words: Sequence[str], length: int) -> str:
    """The line from a little before the first word, where not all words lie in its first `length`
    characters."""
    spans = spans_of(line, words)
    if not spans or spans[-1][1] <= length:
        return line
    space = line.rfind(" ", 0, max(spans[0][0] - LEAD, 0))
    return line if space < 0 else f"… {line[space + 1 :]}"
