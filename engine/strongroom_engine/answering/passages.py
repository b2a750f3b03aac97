"""A question that passages can answer: search, decide, let the model write, check what it wrote.

    question -> find -> fit -> prompt -> weigh -> decide -> generate -> ground -> Answer

The answer model is made and loaded only after the search, and not at all when nothing that was
found can answer the question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from strongroom_engine.answering.asking import Job
from strongroom_engine.answering.deciding import Fit, confidence, fit, refuses
from strongroom_engine.answering.finding import Found, find, passages_for, prompt_of
from strongroom_engine.answering.grounding.ground import Grounded
from strongroom_engine.answering.guarding.suspicion import suspicions
from strongroom_engine.answering.stopwords import same_language
from strongroom_engine.answering.template import Template
from strongroom_engine.answering.templates import template
from strongroom_engine.answering.writing import Written, shown, write
from strongroom_engine.models.generator import Generator
from strongroom_engine.store import StoredChunk
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
        return unanswered(job, found, stopped=True)
    settings = job.parts.settings
    fits = fit(job.question, found.passages[: settings.passages], job.parts.embedder)
    if not found.passages or refuses(confidence(fits), settings.strictness):
        return unanswered(job, found.first(settings.passages), sure=1 - confidence(fits))
    job.caller.on_stage("loading", 0)
    generator = job.parts.generator()
    if not generator.load(answer_template().stable, job.caller.cancelled):
        return unanswered(job, found, stopped=True)
    return _answered(job, found.first(passages_for(job, generator)), fits, generator)


def _answered(job: Job, found: Found, fits: Fit, generator: Generator) -> Answer:
    form = answer_template()
    prompt, count = prompt_of(job, form, found.passages, generator)
    found = found.first(count)
    job.caller.on_stage("reading", count)
    sure = confidence(fits, generator.weigh(prompt, job.caller.cancelled))
    if job.caller.cancelled():
        return unanswered(job, found, stopped=True)
    if refuses(sure, job.parts.settings.strictness):
        return unanswered(job, found, 1 - sure, generator, prompt)
    # Numbered as in the prompt: the best passage is the last.
    written = write(job, generator, form, _pressed(prompt), found.passages[::-1])
    doubted = sure < SURE or bool(written.grounded.doubts)
    refused = written.refused or (doubted and _is_invented(written, found.passages))
    text = form.abstention_shown if refused else written.text
    written.finish(text)
    grounded = Grounded() if refused else written.grounded
    return Answer(
        question=job.question,
        text=text,
        abstained=refused,
        sentences=grounded.sentences,
        citations=grounded.citations,
        hits=found.hits,
        understood=found.understood,
        model=generator.plan.model,
        timings=job.clock.timings(),
        prompt=shown(prompt),
        prompt_tokens=written.generation.prompt_tokens,
        stopped=written.generation.stopped,
        searched=found.searched,
        confidence=round(1 - written.grounded.score if refused else sure, 3),
        doubts=grounded.doubts,
        suspicions=suspicions(found.passages),
    )


def _pressed(prompt: Prompt) -> Prompt:
    """The prompt with the refusal forbidden: it has been decided that the passages answer."""
    return replace(prompt, refuse=False)


def _is_invented(written: Written, read: Sequence[StoredChunk]) -> bool:
    """Whether an answer is better refused: nothing of it has any ground in the sources.

    A bare 'Yes, there is.' is shown, marked; so is an answer in another language than its
    sources', which cannot be compared word by word.
    """
    if written.generation.stopped or not written.grounded.invented:
        return False
    return same_language(written.text, " ".join(passage.text for passage in read))


def unanswered(
    job: Job,
    found: Found,
    sure: float = 1.0,
    generator: Generator | None = None,
    prompt: Prompt | None = None,
    *,
    stopped: bool = False,
) -> Answer:
    """An abstention with the nearest passages, or nothing where it was `stopped`."""
    text = "" if stopped else answer_template().abstention_shown
    if text:
        job.caller.on_token(text)
    return Answer(
        question=job.question,
        text=text,
        abstained=not stopped,
        sentences=(),
        citations=(),
        hits=() if stopped else found.hits,
        understood=found.understood,
        model=generator.plan.model if generator else "",
        timings=job.clock.timings(),
        prompt=shown(prompt) if prompt else "",
        stopped=stopped,
        searched=found.searched,
        confidence=0.0 if stopped else round(sure, 3),
        suspicions=suspicions(found.passages),
    )
