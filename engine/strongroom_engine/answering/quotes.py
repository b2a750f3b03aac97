"""An answer made of verbatim sentences, without the answer model, in well under a second.

What one gets where no model fits, and whenever one asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from strongroom_engine.answering.answered import unanswered
from strongroom_engine.answering.asking import Job
from strongroom_engine.answering.clauses import question_proper
from strongroom_engine.answering.deciding import confidence, fit, refuses
from strongroom_engine.answering.finding import find
from strongroom_engine.answering.guarding.suspicion import suspicions, touching
from strongroom_engine.answering.nearest import by_nearness
from strongroom_engine.answering.passages import abstention, answer_template
from strongroom_engine.types import Answer, Citation, Sentence

MOST = 4
"""Sentences quoted at most."""
NEAR_THE_BEST = 0.75
"""The first sentence is quoted, and others that are nearly as near to the question."""
LEAST_CHARACTERS = 20
"""Shorter ones are headings and crumbs that say nothing by themselves."""


def quotes(job: Job) -> Answer:
    """The sentences that are nearest to the question, each with its place; or an abstention.

    Raises `QuestionError`s.
    """
    found = find(job).first(job.parts.settings.passages)
    if job.caller.cancelled():
        return unanswered(job, answer_template(), found, stopped=True)
    sure = confidence(fit(job.question, found.passages, job.parts.embedder))
    asked = question_proper(job.question) or job.question
    suspected = suspicions(found.passages)
    nearest = by_nearness(asked, found.passages, job.parts.embedder)
    chosen = list(_chosen([one for one in nearest if not touching(one, suspected)]))
    if not chosen or refuses(sure, job.parts.settings.strictness):
        return abstention(job, found, sure)
    said = _lines(chosen)
    job.caller.on_token(said.text)
    return Answer(
        question=job.question,
        text=said.text,
        abstained=False,
        sentences=said.sentences,
        citations=tuple(chosen),
        hits=found.hits,
        understood=found.understood,
        model="",
        timings=job.clock.timings(),
        task="quotes",
        searched=found.searched,
        confidence=round(sure, 3),
        suspicions=suspected,
    )


def _chosen(nearest: Sequence[Citation]) -> Iterator[Citation]:
    told = [one for one in nearest if len(one.quote.strip()) >= LEAST_CHARACTERS]
    seen: set[str] = set()
    for one in told[: 2 * MOST]:
        words = " ".join(one.quote.split()).lower()
        if one.score < NEAR_THE_BEST * told[0].score or words in seen or len(seen) == MOST:
            continue
        seen.add(words)
        yield replace(one, n=len(seen))


@dataclass(frozen=True, slots=True)
class _Lines:
    text: str
    sentences: tuple[Sentence, ...]


def _lines(chosen: Sequence[Citation]) -> _Lines:
    """The quotes, a paragraph each, without the line breaks of their layout."""
    text, spans = "", []
    for one in chosen:
        start = len(text) + (2 if text else 0)
        text += ("\n\n" if text else "") + f"“{' '.join(one.quote.split())}”"
        spans.append(Sentence(start, len(text), supported=True, citations=(one.n,)))
    return _Lines(text, tuple(spans))
