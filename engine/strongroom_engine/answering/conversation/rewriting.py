"""'Shorter, please', 'as a list', 'translate that': the answer before, done otherwise.

The passages that the answer before came from are found again by its question, so that what is
written now is tied to them as the answer before was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from strongroom_engine.answering.answered import answered, unanswered
from strongroom_engine.answering.asking import Job
from strongroom_engine.answering.conversation.followup import last_question, understood
from strongroom_engine.answering.excerpt import excerpts
from strongroom_engine.answering.finding import Found, passages_for
from strongroom_engine.answering.guarding.suspicion import neutral
from strongroom_engine.answering.prompt import Source, build_prompt, label
from strongroom_engine.answering.template import Template, fill
from strongroom_engine.answering.templates import template
from strongroom_engine.answering.writing import write
from strongroom_engine.models.generator import Generator
from strongroom_engine.store import StoredChunk
from strongroom_engine.types import Answer, Prompt, SearchResult, Turn


class PreviousTemplate(Template, frozen=True, forbid_unknown_fields=True):
    """With the form of what is to be rewritten; see `assets/prompts/previous.toml`."""

    required: ClassVar[Mapping[str, frozenset[str]]] = {
        **Template.required,
        "turn": frozenset({"asked", "answer", "instruction"}),
    }
    turn: str = ""


def from_previous(job: Job) -> Answer:
    """Rewrite the last answer of the job's conversation as its question says.

    Where there is no answer to rewrite, it says so. Raises `ModelError`s.
    """
    job = replace(job, request=replace(job.request, task="answer"))  # it is one, whatever it was
    form = template("previous", PreviousTemplate)
    before = last_question(job.request.turns)
    said = _last_answer(job.request.turns)
    if before is None or not said:
        return unanswered(job, form, Found())
    job.caller.on_stage("searching", 0)
    found = job.parts.searcher.search(
        understood(before),
        max(job.parts.settings.passages, job.parts.settings.passages_gpu),
        job.request.collections,
        everywhere=job.request.everywhere,
    )
    job.clock.searched()
    job.caller.on_stage("loading", 0)
    generator = job.parts.generator()
    if job.caller.cancelled() or not generator.load(form.stable, job.caller.cancelled):
        return unanswered(job, form, Found(), stopped=True)
    return _rewritten(job, form, replace(before, answer=said), found, generator)


def _last_answer(turns: Sequence[Turn]) -> str:
    """The newest answer: one that was rewritten already is rewritten further."""
    return next((turn.answer for turn in reversed(turns) if turn.answer), "")


def _rewritten(
    job: Job, form: PreviousTemplate, before: Turn, found: SearchResult, generator: Generator
) -> Answer:
    passages = job.parts.searcher.passages(found.hits[: passages_for(job, generator)])
    prompt, read = _prompt(job, form, before, passages, generator)
    job.caller.on_stage("reading", len(read))
    # What is written is about the earlier question: 'shorter' is no word of it.
    about = replace(job, request=replace(job.request, question=understood(before)))
    written = write(about, generator, form, prompt, read[::-1])
    rows = {passage.id for passage in read}
    of = Found(read, tuple(hit for hit in found.hits if hit.chunk in rows))
    return answered(job, form, of, prompt, written, generator=generator, refused=written.refused)


def _prompt(
    job: Job,
    form: PreviousTemplate,
    before: Turn,
    passages: Sequence[StoredChunk],
    generator: Generator,
) -> tuple[Prompt, Sequence[StoredChunk]]:
    """The prompt, and the passages that are in it, best first."""
    safe = [neutral(passage) for passage in passages]
    texts = excerpts(understood(before), safe, job.parts.embedder)
    sources = [
        Source(label(passage), text, passage.path)
        for passage, text in zip(safe, texts, strict=True)
    ]
    turn = fill(
        form.turn, asked=understood(before), answer=before.answer, instruction=job.question
    ).strip()
    prompt, count = build_prompt(
        form, turn, sources, generator.count_tokens, generator.plan.context
    )
    return prompt, passages[:count]
