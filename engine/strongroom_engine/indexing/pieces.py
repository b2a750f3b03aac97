"""The places of a text -> pieces with their sizes in tokens. Each stretch is tokenized once."""

from __future__ import annotations

import re
import zlib
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from strongroom_engine.indexing.marks import Marks
from strongroom_engine.indexing.packing import Piece, Place

TokenOffsets = Callable[[str], list[tuple[int, int]]]

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+|(?<=[。！？])")
_LINE_END = re.compile(r"\n+")
_SCAN_CHARACTERS = 200_000
"""Stretches longer than this are cut before they are tokenized, so that memory stays bounded."""
_HASHED = 60
"""Characters behind a place that say how strong it is among equals. (With those before it too, an
edit moves two places.)"""
_LOOKED_AT = 5 * _HASHED
"""Where a page ends in between, they stand farther behind."""
_SENTENCE_SHARE = 0.5
"""A sentence larger than this share of the aim may be divided between its lines."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """In tokens: the aim for a chunk, the most of one made of several pieces, and the most of
    what stays whole."""

    aim: int
    cap: int
    whole: int


def pieces(text: str, marks: Marks, token_offsets: TokenOffsets, sizes: Sizes) -> list[Piece]:
    """The pieces, which tile the text."""
    found = [
        replace(piece, key=_key(marks.read, piece.start))
        for piece in _cut_all(text, marks, token_offsets, sizes)
    ]
    return _with_leads(_merged(found, marks, sizes), marks, text, token_offsets)


def _key(read: str, at: int) -> int:
    """Of the words behind a place; white space does not count, nor the end of a page."""
    words = " ".join(read[at : at + _LOOKED_AT].split())[:_HASHED]
    return zlib.crc32(words.encode("utf-8", "replace"))


def _cut_all(text: str, marks: Marks, token_offsets: TokenOffsets, sizes: Sizes) -> Iterator[Piece]:
    for start, end in pairwise([0, *sorted(marks.places), len(text)]):
        place, rank = marks.places.get(start, (Place.PARAGRAPH, 1))
        for left in range(start, end, _SCAN_CHARACTERS):
            right = min(left + _SCAN_CHARACTERS, end)
            starts = [span[0] for span in token_offsets(marks.read[left:right])]
            for piece in _cut(marks.read[left:right], left, starts, sizes):
                yield replace(piece, place=place, rank=rank) if piece.start == start else piece


def _cut(read: str, origin: int, tokens: Sequence[int], sizes: Sizes) -> Iterator[Piece]:
    """A stretch whole if it is short enough, else in sentences, long ones in lines and words."""
    spans = [(0, len(read), Place.PARAGRAPH)]
    if len(tokens) > sizes.cap:
        spans = list(_at(_SENTENCE_END, Place.SENTENCE, read, spans[0]))
        lines = (
            _at(_LINE_END, Place.LINE, read, span)
            if _count(tokens, *span[:2]) > _SENTENCE_SHARE * sizes.aim
            else (span,)
            for span in spans
        )
        spans = [part for parts in lines for part in parts]
    for start, end, place in spans:
        for left, right, count in _words(read, start, end, tokens, sizes.cap):
            here = place if left == start else Place.WORD
            # Nothing is free: what has no token still has its place.
            yield Piece(origin + left, origin + right, max(count, 1), here)


def _at(
    ends: re.Pattern[str], place: Place, read: str, span: tuple[int, int, Place]
) -> Iterator[tuple[int, int, Place]]:
    start, end, before = span
    cuts = [match.end() for match in ends.finditer(read, start, end)]
    for left, right in pairwise([start, *(cut for cut in cuts if start < cut < end), end]):
        yield left, right, before if left == start else place


def _count(tokens: Sequence[int], start: int, end: int) -> int:
    return bisect_left(tokens, end) - bisect_left(tokens, start)


def _words(
    read: str, start: int, end: int, tokens: Sequence[int], most: int
) -> Iterator[tuple[int, int, int]]:
    """Even pieces of at most `most` tokens, cut where a word begins: (start, end, tokens)."""
    first, last = bisect_left(tokens, start), bisect_left(tokens, end)
    while (left := last - first) > most:
        ideal = tokens[first + left // -(-left // most)]
        cut = _word_start(read, ideal, start + 1)
        after = bisect_left(tokens, cut)
        yield start, cut, after - first
        start, first = cut, after
    yield start, end, last - first


def _word_start(text: str, position: int, least: int) -> int:
    """The start of the word that `position` is in, or `position` in a word without a start."""
    space = max(text.rfind(" ", least, position), text.rfind("\n", least, position))
    return space + 1 if space >= 0 and position - space < 100 else max(position, least)


# --- what stays together -------------------------------------------------------------------------


def _merged(found: Sequence[Piece], marks: Marks, sizes: Sizes) -> list[Piece]:
    """With each whole that fits as one piece, and each heading in one with what follows."""
    starts = [piece.start for piece in found]
    whole: dict[int, int] = {}
    for one in marks.wholes:
        first, last = bisect_left(starts, one.start), bisect_left(starts, one.end)
        if sum(piece.tokens for piece in found[first:last]) <= sizes.whole:
            whole[first] = last
    merged: list[Piece] = []
    at = 0
    while at < len(found):
        last = whole.get(at, at + 1)
        merged.append(_one(found[at:last]))
        at = last
    return _headed(merged, sizes)


def _headed(found: Sequence[Piece], sizes: Sizes) -> list[Piece]:
    out: list[Piece] = []
    for piece in reversed(found):
        if out and out[-1].place is Place.GLUED and piece.tokens + out[-1].tokens <= sizes.whole:
            out[-1] = _one([piece, out[-1]])
        else:
            out.append(piece)
    return out[::-1]


def _one(parts: Sequence[Piece]) -> Piece:
    tokens = sum(part.tokens for part in parts)
    return replace(parts[0], end=parts[-1].end, tokens=tokens)


def _with_leads(
    found: list[Piece], marks: Marks, text: str, token_offsets: TokenOffsets
) -> list[Piece]:
    sizes: dict[tuple[tuple[int, int], ...], int] = {}
    out = []
    for piece in found:
        lead = marks.lead(piece.start)
        if lead and lead not in sizes:
            sizes[lead] = sum(len(token_offsets(text[start:end])) for start, end in lead)
        out.append(replace(piece, lead=sizes[lead]) if lead else piece)
    return out
