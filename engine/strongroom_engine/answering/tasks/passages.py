"""Tasks that let the model write from the passages that were found: explain, draft."""

from __future__ import annotations

from strongroom_engine.answering.answered import answered, unanswered
from strongroom_engine.answering.asking import Job
from strongroom_engine.answering.finding import Found, find, passages_for, prompt_of
from strongroom_engine.answering.template import Template
from strongroom_engine.answering.templates import template
from strongroom_engine.answering.writing import write
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
        return unanswered(job, form, found, stopped=bool(found.passages))
    job.caller.on_stage("loading", 0)
    generator = job.parts.generator()
    if not generator.load(form.stable, job.caller.cancelled):
        return unanswered(job, form, found, stopped=True)
    return _written(job, form, found.first(passages_for(job, generator, more)), generator)


def _written(job: Job, form: Template, found: Found, generator: Generator) -> Answer:
    prompt, count = prompt_of(job, form, found.passages, generator)
    found = found.first(count)
    job.caller.on_stage("reading", count)
    # Numbered as in the prompt: the best passage is the last.
    written = write(job, generator, form, prompt, found.passages[::-1])
    return answered(job, form, found, prompt, written, generator=generator, refused=written.refused)
