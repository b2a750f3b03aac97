"""A prompt -> what the answer model wrote, passed on while it grows, cleaned and grounded.

What every task does that lets the model write.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from strongroom_engine.answering.asking import Job
from strongroom_engine.answering.cleaning import AnswerStream, cleaned, is_abstention
from strongroom_engine.answering.grounding.ground import Grounded, ground
from strongroom_engine.answering.guarding.outgoing import safe_output
from strongroom_engine.answering.stopwords import same_language
from strongroom_engine.answering.template import Template
from strongroom_engine.models.generator import Generator
from strongroom_engine.store import StoredChunk
from strongroom_engine.types import Generation, Prompt


@dataclass(frozen=True, slots=True)
class Written:
    """What the model wrote, without its own marks, and what each sentence rests on.

    `refused`: it says that the sources do not hold the answer; `text` is empty then.
    """

    text: str
    refused: bool
    grounded: Grounded
    generation: Generation
    finish: Callable[[str], None]
    """Passes on what is still missing of the final text."""


def write(
    job: Job,
    generator: Generator,
    template: Template,
    prompt: Prompt,
    read: Sequence[StoredChunk],
) -> Written:
    """Let the model write; `read` are the passages of which the prompt was made, in the order they
    stand there."""
    sources = [passage.text for passage in read]
    stream = AnswerStream(
        job.caller.on_token, template.abstention, lambda text: safe_output(text, sources)
    )

    def receive(text: str) -> None:
        if job.clock.first_token():
            job.caller.on_stage("writing", len(prompt.passages or read))
        stream.feed(text)

    generation = generator.generate(prompt, receive, job.caller.cancelled)
    text, marks = cleaned(generation.text)
    if not generation.stopped and is_abstention(text, template.abstention):
        return Written("", True, Grounded(), generation, stream.finish)
    text = safe_output(text, sources)
    grounded = ground(text, job.question, read, job.parts.embedder, marks)
    return Written(text, False, grounded, generation, stream.finish)


def is_invented(written: Written, read: Sequence[StoredChunk]) -> bool:
    """Whether nothing of what was written has any ground in the passages, as far as its words can
    be compared: in another language than theirs they cannot. A bare 'Yes, there is.' is none."""
    if not written.grounded.invented:
        return False
    return same_language(written.text, " ".join(passage.text for passage in read))


def shown(prompt: Prompt) -> str:
    """The prompt as a person can read it."""
    return "\n\n".join(f"{message.role}: {message.content}" for message in prompt.messages)
