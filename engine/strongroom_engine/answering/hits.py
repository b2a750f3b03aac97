"""A chunk of the store -> a hit: its page, its text on that page, and the words to mark."""

from __future__ import annotations

from collections.abc import Iterable

from strongroom_engine.answering.terms import marked
from strongroom_engine.answering.text import Span, trimmed
from strongroom_engine.store import StoredChunk
from strongroom_engine.types import PAGE_BREAK, Hit, locate


def make_hit(chunk: StoredChunk, rank: int, score: float, wanted: frozenset[str]) -> Hit:
    """The hit for a chunk. `wanted` is what its words are compared with (`terms.wanted_forms`).

    A chunk may go on over the end of a page: the hit is then the part on the page that holds
    most of the words, so that its text is exactly what stands between `start` and `end` there.
    """
    parts = _parts(chunk)
    start, end = parts[0]
    if len(parts) > 1:  # most have one, which is not to be looked through twice
        start, end = max(parts, key=lambda part: _weight(chunk, part, wanted))
    text = chunk.text[start - chunk.start : end - chunk.start]
    place = locate(start, end, chunk.page_starts, chunk.paged)
    return Hit(
        rank=rank,
        file=chunk.path,
        page=place.page,
        start=place.start,
        end=place.end,
        heading=chunk.heading,
        score=round(score, 6),
        text=text,
        title=chunk.title,
        collection=chunk.collection,
        chunk=chunk.id,
        offset=start,
        marks=tuple(marks(text, wanted)),
    )


def marks(text: str, wanted: frozenset[str]) -> Iterable[Span]:
    """The spans of wanted words, those that touch or overlap joined."""
    last: Span | None = None
    for start, end in marked(text, wanted):
        if last and start <= last[1]:
            last = last[0], max(end, last[1])
            continue
        if last:
            yield last
        last = start, end
    if last:
        yield last


def _parts(chunk: StoredChunk) -> list[Span]:
    """The chunk's spans on each of its pages, in document coordinates, without outer space."""
    turns = [start for start in chunk.page_starts if chunk.start < start < chunk.end]
    starts = [chunk.start, *turns]
    ends = [*(turn - len(PAGE_BREAK) for turn in turns), chunk.end]
    return [_trimmed(chunk, start, end) for start, end in zip(starts, ends, strict=True)]


def _trimmed(chunk: StoredChunk, start: int, end: int) -> Span:
    left, right = trimmed(chunk.text, start - chunk.start, max(end, start) - chunk.start)
    return chunk.start + left, chunk.start + right


def _weight(chunk: StoredChunk, part: Span, wanted: frozenset[str]) -> tuple[int, int]:
    text = chunk.text[part[0] - chunk.start : part[1] - chunk.start]
    found = {text[start:end].lower() for start, end in marked(text, wanted)}
    return len(found), part[1] - part[0]
