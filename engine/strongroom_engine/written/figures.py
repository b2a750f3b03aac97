"""Where figures begin in a text. What is looked for from there on is found quickly: most text has
few figures, and an expression that is searched for has to look at every character."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_FIGURE = re.compile(r"\d\d*")


@lru_cache(maxsize=4)
def figure_starts(text: str) -> tuple[int, ...]:
    """Where each row of digits begins; several readers ask for those of one text in a row."""
    return tuple([match.start() for match in _FIGURE.finditer(text)])


def matches(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches that begin with a row of digits, none within another."""
    after = 0
    for at in figure_starts(text):
        if at >= after and (match := pattern.match(text, at)):
            yield match
            after = match.end()
