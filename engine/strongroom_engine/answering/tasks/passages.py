"""Tasks that let the model write from the passages that were found: explain, draft."""

from __future__ import annotations

from strongroom_engine.answering.asking import Job
from strongroom_engine.answering.finding import Found, find, passages_for, prompt_of
from strongroom_engine.answering.grounding.ground import Grounded
from strongroom_engine.answering.guarding.suspicion import suspicions
from strongroom_engine.answering.template import Template
from strongroom_engine.answering.templates import template
from strongroom_engine.answering.writing import shown, write
from strongroom_engine.models.generator import Generator
from strongroom_engine.types import Answer


def write_from_passages(job: Job, more: int = 0) -> Answer:
    """Search, let the model write as the template of the job's task says, check what it wrote.

    `more` passages are read than for an answer. Sentences without a source are kept, marked: the
    user sees the whole text. Raises `QuestionError`s and `ModelError`s.
    """
    form: Template = template(job.request.task)
    found = find(job, more)
    if not found.passages or job.caller.cancelled():
        return _unwritten(job, form, found)
    job.caller.on_stage("loading", 0)
    generator = job.parts.generator()
    if not generator.load(form.stable, job.caller.cancelled):
        return _unwritten(job, form, found)
    return _written(job, form, found.first(passages_for(job, generator, more)), generator)


def _written(job: Job, form: Template, found: Found, generator: Generator) -> Answer:
    prompt, count = prompt_of(job, form, found.passages, generator)
    found = found.first(count)
    job.caller.on_stage("reading", count)
    # Numbered as in the prompt: the best passage is the last.
    written = write(job, generator, form, prompt, found.passages[::-1])
    text = form.abstention_shown if written.refused else written.text
    written.finish(text)
    grounded = Grounded() if written.refused else written.grounded
    return Answer(
        question=job.question,
        text=text,
        abstained=written.refused,
        sentences=grounded.sentences,
        citations=grounded.citations,
        hits=found.hits,
        understood=found.understood,
        model=generator.plan.model,
        timings=job.clock.timings(),
        prompt=shown(prompt),
        prompt_tokens=written.generation.prompt_tokens,
        stopped=written.generation.stopped,
        task=job.request.task,
        searched=found.searched,
        doubts=grounded.doubts,
        suspicions=suspicions(found.passages),
    )


def _unwritten(job: Job, form: Template, found: Found) -> Answer:
    """Nothing was found: the documents do not say. Or it was cancelled: then nothing is said."""
    stopped = bool(found.passages)
    text = "" if stopped else form.abstention_shown
    if text:
        job.caller.on_token(text)
    return Answer(
        question=job.question,
        text=text,
        abstained=not stopped,
        sentences=(),
        citations=(),
        hits=(),
        understood=found.understood,
        model="",
        timings=job.clock.timings(),
        stopped=stopped,
        task=job.request.task,
        searched=found.searched,
    )
