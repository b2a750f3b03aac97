"""Passages that say the same are shown once before they are shown again.

Versions of one contract, a quoted mail, a standard clause: without this the first hits of a
library may be one paragraph ten times. Two passages are near-duplicates when the runs of
`RUN` words that they hold agree to `ALIKE` (Broder's resemblance, 1997).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from strongroom_engine.answering.query import tokens

RUN = 4
ALIKE = 0.8
WORDS_LEAST = 8
"""Shorter passages (headlines, signatures) are alike by nature, and each may be meant."""


def repeated(order: Sequence[int], texts: Mapping[int, str]) -> dict[int, int]:
    """Those of the passages, in their order, that nearly repeat an earlier one, with that one."""
    kept: dict[int, frozenset[int]] = {}
    again: dict[int, int] = {}
    for row in order:
        runs = _runs(texts.get(row, ""))
        better = (other for other, held in kept.items() if _resemblance(runs, held) >= ALIKE)
        if runs and (first := next(better, None)) is not None:
            again[row] = first
        elif runs:
            kept[row] = runs
    return again


@lru_cache(maxsize=256)  # while a question is typed the passages are mostly the same
def _runs(text: str) -> frozenset[int]:
    words = tokens(text.lower())
    if len(words) < WORDS_LEAST:
        return frozenset()
    return frozenset(map(hash, zip(*(words[at:] for at in range(RUN)), strict=False)))


def _resemblance(one: frozenset[int], other: frozenset[int]) -> float:
    smaller, larger = sorted((len(one), len(other)))
    if smaller < ALIKE * larger:  # they cannot be alike
        return 0.0
    common = len(one & other)
    return common / (smaller + larger - common)
