"""'Shorter, please', 'as a list', 'translate that': the answer before, done otherwise.

The passages that the answer before came from are found again by its question, so that what is
written now is tied to them as the answer before was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from strongroom_engine.answering.asking import Job
from strongroom_engine.answering.conversation.followup import last_question, understood
from strongroom_engine.answering.excerpt import excerpts
from strongroom_engine.answering.grounding.ground import Grounded
from strongroom_engine.answering.guarding.suspicion import neutral, suspicions
from strongroom_engine.answering.prompt import Source, build_prompt, label
from strongroom_engine.answering.template import Template, fill
from strongroom_engine.answering.templates import template
from strongroom_engine.answering.writing import Written, shown, write
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
    form = template("previous", PreviousTemplate)
    before = last_question(job.request.turns)
    said = _last_answer(job.request.turns)
    if before is None or not said:
        return _nothing(job, form)
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
        return _nothing(job, form, stopped=True)
    return _rewritten(job, form, replace(before, answer=said), found, generator)


def _last_answer(turns: Sequence[Turn]) -> str:
    """The newest answer: one that was rewritten already is rewritten further."""
    return next((turn.answer for turn in reversed(turns) if turn.answer), "")


def _rewritten(
    job: Job, form: PreviousTemplate, before: Turn, found: SearchResult, generator: Generator
) -> Answer:
    settings = job.parts.settings
    most = settings.passages_gpu if generator.plan.gpu_layers > 0 else settings.passages
    passages = job.parts.searcher.passages(found.hits[:most])
    prompt, read = _prompt(job, form, before, passages, generator)
    job.caller.on_stage("reading", len(read))
    # What is written is about the earlier question: 'shorter' is no word of it.
    about = replace(job, request=replace(job.request, question=understood(before)))
    written = write(about, generator, form, prompt, read[::-1])
    return _answer(job, form, found, (written, prompt, read), generator)


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
    sources = [Source(label(passage), text) for passage, text in zip(safe, texts, strict=True)]
    turn = fill(
        form.turn, asked=understood(before), answer=before.answer, instruction=job.question
    ).strip()
    prompt, count = build_prompt(
        form, turn, sources, generator.count_tokens, generator.plan.context
    )
    return prompt, passages[:count]


def _answer(
    job: Job,
    form: Template,
    found: SearchResult,
    made: tuple[Written, Prompt, Sequence[StoredChunk]],
    generator: Generator,
) -> Answer:
    written, prompt, read = made
    text = form.abstention_shown if written.refused else written.text
    written.finish(text)
    grounded = Grounded() if written.refused else written.grounded
    rows = {passage.id for passage in read}
    return Answer(
        question=job.question,
        text=text,
        abstained=written.refused,
        sentences=grounded.sentences,
        citations=grounded.citations,
        hits=tuple(hit for hit in found.hits if hit.chunk in rows),
        model=generator.plan.model,
        timings=job.clock.timings(),
        prompt=shown(prompt),
        prompt_tokens=written.generation.prompt_tokens,
        stopped=written.generation.stopped,
        doubts=grounded.doubts,
        suspicions=suspicions(read),
    )


def _nothing(job: Job, form: Template, *, stopped: bool = False) -> Answer:
    """There is nothing to rewrite; or it was cancelled: then nothing is said."""
    text = "" if stopped else form.abstention_shown
    if text:
        job.caller.on_token(text)
    return Answer(
        job.question,
        text,
        not stopped,
        sentences=(),
        citations=(),
        hits=(),
        model="",
        timings=job.clock.timings(),
        stopped=stopped,
    )
