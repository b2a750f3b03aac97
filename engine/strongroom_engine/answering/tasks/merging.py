"""An answer made by code, and what a model wrote about it, as one."""

from __future__ import annotations

from dataclasses import replace

from strongroom_engine.answering.ground import Grounded
from strongroom_engine.types import Answer

APART = "\n\n"


def added(answer: Answer, text: str, grounded: Grounded) -> Answer:
    """The answer with the model's text behind it; its citations are numbered on, and those that
    are there already keep their number."""
    if not text:
        return answer
    offset = len(answer.text) + len(APART)
    known = {(one.file, one.page, one.start, one.end): one.n for one in answer.citations}
    numbers: dict[int, int] = {}
    citations = list(answer.citations)
    for one in grounded.citations:
        key = one.file, one.page, one.start, one.end
        if key not in known:
            known[key] = len(citations) + 1
            citations.append(replace(one, n=known[key]))
        numbers[one.n] = known[key]
    sentences = tuple(
        replace(
            one,
            start=one.start + offset,
            end=one.end + offset,
            citations=tuple(numbers[number] for number in one.citations),
        )
        for one in grounded.sentences
    )
    return replace(
        answer,
        text=f"{answer.text}{APART}{text}",
        sentences=(*answer.sentences, *sentences),
        citations=tuple(citations),
    )
