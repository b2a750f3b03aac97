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
from strongroom_engine.answering.finding import Found, are_apart, find, passages_for, prompt_of
from strongroom_engine.answering.reading_ahead import Foreseen
from strongroom_engine.answering.template import Template
from strongroom_engine.answering.templates import template
from strongroom_engine.answering.writing import is_invented, shown, write
from strongroom_engine.models.generator import Generator
from strongroom_engine.types import Answer, Prompt, SearchResult

FURTHER = 4
"""Passages beyond those of an answer that are read ahead while there is nothing else to read: the
next words of a question often bring one of them to the front."""
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
    fits = _fit(job, found)
    if _is_hopeless(job, found, fits):
        return abstention(job, found.first(job.parts.settings.passages), confidence(fits))
    job.caller.on_stage("loading", 0)
    generator = job.parts.generator()
    if not generator.load(answer_template().stable, job.caller.cancelled):
        return unanswered(job, answer_template(), found, stopped=True)
    return _answered(job, found, fits, generator)


def foreseen_prompt(job: Job, typed: SearchResult | None = None) -> Foreseen | None:
    """The prompt that the model would be given now; None where the question would be refused before
    it is, where the model reads nothing ahead, or when cancelled.

    `typed` is the result of a search for just this question. Raises as `from_passages` does.
    """
    found = find(job, FURTHER, typed)
    if job.caller.cancelled() or _is_hopeless(job, found, _fit(job, found)):
        return None
    generator = job.parts.generator()
    if job.caller.cancelled() or not generator.keeps:
        return None
    generator.load(answer_template().stable)  # to its end: whoever types on needs it, too
    if not generator.keeps:  # only a loaded model can tell
        return None
    count = passages_for(job, generator)
    further, _ = prompt_of(
        job, answer_template(), found.passages[: count + FURTHER], generator, ahead=True
    )
    return Foreseen(further, count, generator) if further.passages else None


def _fit(job: Job, found: Found) -> Fit:
    best = found.passages[: job.parts.settings.passages]
    return fit(job.question, best, job.parts.embedder)


def _is_hopeless(job: Job, found: Found, fits: Fit) -> bool:
    """Whether nothing that was found can answer the question, so that no model need be asked."""
    return not found.passages or refuses(confidence(fits), job.parts.settings.strictness)


def abstention(job: Job, found: Found, answerable: float) -> Answer:
    """That the documents do not say, as surely as they are not `answerable` (0 to 1)."""
    made = unanswered(job, answer_template(), found)
    return replace(made, confidence=round(1 - answerable, 3))


def _answered(job: Job, found: Found, fits: Fit, generator: Generator) -> Answer:
    form = answer_template()
    best = found.passages[: passages_for(job, generator)]
    prompt, count = prompt_of(job, form, best, generator)
    found = found.first(count)
    _tell_reading(job, prompt, generator)
    likely = generator.weigh(prompt, job.caller.cancelled)
    apart = generator.keeps and are_apart(prompt, found.passages)
    sure = confidence(fits, likely, apart=apart)
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


def _tell_reading(job: Job, prompt: Prompt, generator: Generator) -> None:
    """Say that so many passages are read, or, where the model has read some before, how many are
    still to be, or that all have been."""
    count = len(prompt.passages)
    job.caller.on_stage("reading", count)
    if generator.keeps and count:
        left = count - sum(generator.known(prompt))
        job.caller.on_stage(*(("reading", left) if left else ("read", count)))


def _pressed(prompt: Prompt) -> Prompt:
    """The prompt with the refusal forbidden: it has been decided that the passages answer."""
    return replace(prompt, refuse=False)
