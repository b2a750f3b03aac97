"""What was written, or was not -> the `Answer`, whichever task it is for."""

from __future__ import annotations

from strongroom_engine.answering.asking import Job
from strongroom_engine.answering.finding import Found
from strongroom_engine.answering.grounding.ground import Grounded
from strongroom_engine.answering.guarding.suspicion import suspicions
from strongroom_engine.answering.template import Template
from strongroom_engine.answering.writing import Written, shown
from strongroom_engine.models.generator import Generator
from strongroom_engine.types import Answer, Prompt


def answered(
    job: Job,
    form: Template,
    found: Found,
    prompt: Prompt,
    written: Written,
    *,
    generator: Generator,
    refused: bool,
) -> Answer:
    """The answer that the model wrote from what was `found`, of which the prompt was made; where it
    is `refused`, an abstention in the template's words. The rest of its text is passed on."""
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
        task=job.request.task,
        searched=found.searched,
        doubts=grounded.doubts,
        suspicions=suspicions(found.passages),
    )


def unanswered(job: Job, form: Template, found: Found, *, stopped: bool = False) -> Answer:
    """An abstention in the template's words with the nearest passages; or nothing, where it was
    `stopped` before anything was written."""
    text = "" if stopped else form.abstention_shown
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
        model="",
        timings=job.clock.timings(),
        stopped=stopped,
        task=job.request.task,
        searched=found.searched,
        suspicions=() if stopped else suspicions(found.passages),
    )
