"""A word of a question that points back to an earlier turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["person", "thing", "any", "noun", "place", "time"]
Role = Literal["subject", "object", "possessive", "alone", "noun", "adverb"]


@dataclass(frozen=True, slots=True)
class Pointer:
    """Tokens [first, last] of a question that stand for something said before."""

    first: int
    last: int
    kind: Kind
    role: Role
