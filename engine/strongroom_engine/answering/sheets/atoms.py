"""The smallest parts of a question and of values: runs of letters, runs of digits, some signs."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_ATOM = re.compile(r"[^\W_]+|[<>]=|[&,€$£¥%<>=≥≤#]")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Atom:
    """A part of the question; [start, end) are characters of it."""

    text: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()


def atoms(text: str) -> tuple[Atom, ...]:
    """The parts, in lower case; marks between words are passed over."""
    return tuple(Atom(m.group().casefold(), *m.span()) for m in _ATOM.finditer(text))


@lru_cache(maxsize=65_536)
def words(text: str) -> tuple[str, ...]:
    """The words of a value, in lower case."""
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))
