"""Drafting what an answer may go on with: prompt lookup decoding.

Answers copy from their sources. Where the last words of one stand in the prompt, what follows them
there is a guess that costs little to check: a few tokens more in a batch. What is written is the same
with drafts as without (Saxena 2023, "Prompt lookup decoding"; Yang et al. 2023, arXiv:2304.04487).
"""

from __future__ import annotations

from collections.abc import Iterable

_LONGEST, _SHORTEST = 3, 2
"""Tokens that have to be the same; one alone stands in too many places."""


class Lookup:
    """The tokens of a prompt and of its answer so far, by the tokens before them."""

    def __init__(self, tokens: Iterable[int]) -> None:
        self._tokens: list[int] = []
        self._places: dict[tuple[int, ...], int] = {}
        """Where it goes on after some tokens, the last time they stood there."""
        self.add(tokens)

    def add(self, tokens: Iterable[int]) -> None:
        for token in tokens:
            for ending in self._endings():
                self._places[ending] = len(self._tokens)
            self._tokens.append(token)

    def draft(self, most: int) -> list[int]:
        """At most so many tokens that may come next."""
        for ending in self._endings():
            if (place := self._places.get(ending)) is not None:
                return self._tokens[place : place + most]
        return []

    def _endings(self) -> Iterable[tuple[int, ...]]:
        """The last tokens, as they are looked up: more of them first."""
        for length in range(_LONGEST, _SHORTEST - 1, -1):
            if len(self._tokens) >= length:
                yield tuple(self._tokens[-length:])
