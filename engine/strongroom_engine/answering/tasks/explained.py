"""What a model wrote about differences -> the sentences of it that the differences bear out.

A sentence about a difference rests on two documents at once: it is held against what stood before
and what stands after together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from strongroom_engine.answering.grounding.evidence import Evidence, evidence, is_number, names
from strongroom_engine.answering.tasks.citing import Writer
from strongroom_engine.answering.text import sentences
from strongroom_engine.store import StoredChunk
from strongroom_engine.types import Answer, Citation, locate

SHARED = 0.6
"""A sentence is borne out by a difference that holds this share of its words,"""
_SAYING = evidence(
    "now new before after was is were are changed change replaced removed added instead previously"
    " longer from to jetzt neu vorher nachher war ist wurde geändert ersetzt entfernt hinzugefügt"
)
"""and all its numbers and names. These words say that something changed, and not what."""

Sides = Sequence[StoredChunk]
"""A difference: what stands after, what stood before; one of them for what is new or gone."""


def with_explanation(answer: Answer, heading: str, text: str, found: Sequence[Sides]) -> Answer:
    """The answer with what was written about the differences, under a heading, as far as they bear
    it out: what stands there without is exact, and a wrong explanation is worse than none."""
    writer = Writer(answer.text, answer.sentences, answer.citations)
    held = [_evidence(sides) for sides in found]
    said = [text[start:end] for start, end in sentences(text, lines=True)]
    borne = [(one, at) for one in said if (at := _borne_out(one, held)) is not None]
    if not borne:
        return answer
    writer.line("")
    writer.line(heading)
    for one, at in borne:
        writer.line(one, [writer.keep(_citation(side)) for side in reversed(found[at])], mark="- ")
    return replace(
        answer,
        text=writer.text,
        sentences=tuple(writer.sentences),
        citations=tuple(writer.citations),
    )


def _evidence(sides: Sides) -> Evidence:
    return frozenset().union(*(evidence(f"{side.heading}\n{side.text}") for side in sides))


def _borne_out(sentence: str, held: Sequence[Evidence]) -> int | None:
    """Which difference bears a sentence out; None for none."""
    terms = evidence(sentence) - _SAYING
    facts = (frozenset(filter(is_number, terms)) | names(sentence)) - _SAYING
    fitting = [
        (len(terms & one) / len(terms), -at)
        for at, one in enumerate(held)
        if terms and facts <= one
    ]
    share, at = max(fitting, default=(0.0, 0))
    return -at if share >= SHARED else None


def _citation(side: StoredChunk) -> Citation:
    place = locate(side.start, side.end, side.page_starts, side.paged)
    return Citation(
        n=0,
        file=side.path,
        page=place.page,
        start=place.start,
        end=place.end,
        quote=side.text[: place.end - place.start],
        title=side.title,
        score=1.0,
    )
