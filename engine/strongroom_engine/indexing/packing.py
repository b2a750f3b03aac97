"""Pieces of text, with what separates them -> spans of about the wanted size.

Two steps, so that an edit changes the chunks around it and no others:

1. `_coarse` cuts the text at its strongest places (page, heading, paragraph ...), and among equal
   ones at those whose words hash lowest, until no part holds more than a few chunks. Where a part
   ends is said by the words there and not by what comes before, so the parts on both sides of an
   edit stay as they were (content-defined chunking, as in Muthitacharoen et al., SOSP 2001).
2. `_divide` finds within each part the division that costs least: sizes near the aim, cuts at
   strong places, sections apart where they are large enough to stand alone.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate, pairwise


class Place(IntEnum):
    """How well a text can be cut at a place."""

    GLUED = 0
    """Behind a heading, a lead-in, a table's header."""
    WORD = 1
    LINE = 2
    SENTENCE = 3
    ROW = 4
    ITEM = 5
    PARAGRAPH = 6
    SECTION = 7
    """Before a heading; of two headings the one of the higher level is stronger."""
    PAGE = 8
    """Where a page begins and nothing runs over from the one before: always a cut."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What is never divided. `place` is the place before it, `rank` orders equal places (from 1,
    lower is stronger), `key` is the hash of the words around the place."""

    start: int
    end: int
    tokens: int
    place: Place
    rank: int = 1
    key: int = 0
    lead: int = 0
    """Tokens that are repeated in front when a chunk begins here."""


COARSE = 2.0
"""A part holds at most so many times the aim. With 4 chunks are 7 % larger on average and more even,
but an edit embeds up to 5 instead of up to 3."""
MIN_SHARE = 0.4
"""No part is smaller than this share of the aim, if it can be helped."""

_COST = {
    Place.GLUED: 2.5,
    Place.WORD: 1.5,
    Place.LINE: 0.5,
    Place.SENTENCE: 0.3,
    Place.ROW: 0.15,
    Place.ITEM: 0.1,
    Place.PARAGRAPH: 0.05,
    Place.SECTION: 0.0,
    Place.PAGE: 0.0,
}
"""What a cut costs beside the square of how far, in aims, each size is from the aim."""
SECTIONS_JOINED = 0.5
"""What two sections in one chunk cost: as much as two chunks of half the aim instead of one."""


def pack(pieces: Sequence[Piece], aim: int, cap: int) -> Iterator[tuple[int, int]]:
    """Spans of pieces [first, last) that become chunks; none has more than `cap` tokens unless it
    is a single piece."""
    sums = [0, *accumulate(piece.tokens for piece in pieces)]
    for part in pairwise(_coarse(pieces, sums, aim)):
        yield from _divide(pieces, sums, part, aim, cap)


def _coarse(pieces: Sequence[Piece], sums: Sequence[int], aim: int) -> list[int]:
    pages = [at for at, piece in enumerate(pieces) if at and piece.place is Place.PAGE]
    cuts = [0, *pages, len(pieces)]
    for at in sorted(range(1, len(pieces)), key=lambda at: _strength(pieces[at], at)):
        right = bisect_left(cuts, at)
        if cuts[right] == at:
            continue
        before = sums[at] - sums[cuts[right - 1]]
        after = sums[cuts[right]] - sums[at]
        if before + after > COARSE * aim and min(before, after) >= MIN_SHARE * aim:
            insort(cuts, at)
    return cuts


def _strength(piece: Piece, at: int) -> tuple[int, int, int, int]:
    # Repeated lines have one hash: the last number spreads the cuts among them.
    return -piece.place, piece.rank, piece.key, (at * 2654435761) & 0xFFFFFFFF


def _divide(
    pieces: Sequence[Piece], sums: Sequence[int], part: tuple[int, int], aim: int, cap: int
) -> list[tuple[int, int]]:
    """The cheapest division of a part, by dynamic programming from its beginning."""
    first, last = part
    best = [0.0]
    begins = [first]
    for end in range(first + 1, last + 1):
        cost, begin = float("inf"), end - 1
        sections = 0
        for at in range(end - 1, first - 1, -1):
            size = sums[end] - sums[at] + pieces[at].lead
            if size > cap and at < end - 1:
                break
            whole = best[at - first] + _size_cost(size, aim) + SECTIONS_JOINED * sections
            if at > first:
                whole += _COST[pieces[at].place]
            if whole < cost:
                cost, begin = whole, at
            sections += pieces[at].place is Place.SECTION
        best.append(cost)
        begins.append(begin)
    return _path(begins, first, last)


def _size_cost(size: int, aim: int) -> float:
    return ((aim - size) / aim) ** 2


def _path(begins: Sequence[int], first: int, last: int) -> list[tuple[int, int]]:
    spans = []
    while last > first:
        begin = begins[last - first]
        spans.append((begin, last))
        last = begin
    return spans[::-1]
