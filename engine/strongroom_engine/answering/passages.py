"""A question that passages can answer: search, decide, let the model write, check what it wrote.

    question -> find -> fit -> prompt -> weigh -> decide -> generate -> ground -> Answer

The answer model is made and loaded only after the search, and not at all when nothing that was
found can answer the question.
"""

from __future__ import annotations

from dataclasses import replace

from strongroom_engine.answering.answered import answered, unanswered
from strongroom_engine.answering.asking import Job
from strongroom_engine.answering.deciding import Fit, confidence, fit, refuses
from strongroom_engine.answering.finding import Found, find, passages_for, prompt_of
from strongroom_engine.answering.template import Template
from strongroom_engine.answering.templates import template
from strongroom_engine.answering.writing import is_invented, shown, write
from strongroom_engine.models.generator import Generator
from strongroom_engine.types import Answer, Prompt

SURE = 0.9
"""A question that the passages answer so surely is answered even where no sentence of theirs can
be tied to the answer, which is shown marked then; unless it states facts that none of them has."""


def answer_template() -> Template:
    """The template of answers with citations."""
    return template("answer")


def from_passages(job: Job) -> Answer:
    """Answer from the passages that fit best, or say that the documents do not.

    Raises `QuestionError`s and `ModelError`s. When cancelled, the text so far is kept.
    """
    found = find(job)
    if job.caller.cancelled():
        return unanswered(job, answer_template(), found, stopped=True)
    settings = job.parts.settings
    fits = fit(job.question, found.passages[: settings.passages], job.parts.embedder)
    if not found.passages or refuses(confidence(fits), settings.strictness):
        return abstention(job, found.first(settings.passages), confidence(fits))
    job.caller.on_stage("loading", 0)
    generator = job.parts.generator()
    if not generator.load(answer_template().stable, job.caller.cancelled):
        return unanswered(job, answer_template(), found, stopped=True)
    return _answered(job, found.first(passages_for(job, generator)), fits, generator)


def abstention(job: Job, found: Found, answerable: float) -> Answer:
    """That the documents do not say, as surely as they are not `answerable` (0 to 1)."""
    made = unanswered(job, answer_template(), found)
    return replace(made, confidence=round(1 - answerable, 3))


def _answered(job: Job, found: Found, fits: Fit, generator: Generator) -> Answer:
    form = answer_template()
    prompt, count = prompt_of(job, form, found.passages, generator)
    found = found.first(count)
    job.caller.on_stage("reading", count)
    sure = confidence(fits, generator.weigh(prompt, job.caller.cancelled))
    if job.caller.cancelled():
        return unanswered(job, form, found, stopped=True)
    if refuses(sure, job.parts.settings.strictness):
        weighed = replace(abstention(job, found, sure), prompt=shown(prompt))
        return replace(weighed, model=generator.plan.model)
    # Numbered as in the prompt: the best passage is the last.
    written = write(job, generator, form, _pressed(prompt), found.passages[::-1])
    doubted = sure < SURE or bool(written.grounded.doubts)
    invented = not written.generation.stopped and is_invented(written, found.passages)
    refused = written.refused or (doubted and invented)
    made = answered(job, form, found, prompt, written, generator=generator, refused=refused)
    return replace(made, confidence=round(1 - written.grounded.score if refused else sure, 3))


def _pressed(prompt: Prompt) -> Prompt:
    """The prompt with the refusal forbidden: it has been decided that the passages answer."""
    return replace(prompt, refuse=False)
