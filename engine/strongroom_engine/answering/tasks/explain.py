"""A passage, a term or a rule of the documents -> what it means, in plain words."""

from __future__ import annotations

from dataclasses import replace

from strongroom_engine.answering.asking import Job
from strongroom_engine.answering.nearest import nearest_sentence
from strongroom_engine.answering.tasks.passages import write_from_passages
from strongroom_engine.types import Answer, Sentence


def explain(job: Job) -> Answer:
    """Explain to a layperson what the question quotes or asks about, from what was found.

    Plain words are seldom those of the source: where no sentence can be tied to it, the sentence
    that was explained is quoted below, so that the reader can compare. Raises `QuestionError`s
    and `ModelError`s. When cancelled, the text so far is kept.
    """
    answer = write_from_passages(job)
    if answer.abstained or answer.citations or answer.stopped:
        return answer
    return _with_quote(job, answer)


def _with_quote(job: Job, answer: Answer) -> Answer:
    read = job.parts.searcher.passages(answer.hits[:1])
    said = f"{job.question} {answer.text}"
    quote = nearest_sentence(said, read, job.parts.embedder)
    if quote is None:
        return answer
    more = f"\n\n“{' '.join(quote.quote.split())}”"
    job.caller.on_token(more)
    start, text = len(answer.text) + 2, answer.text + more
    shown = Sentence(start, len(text), supported=True, citations=(1,))
    return replace(
        answer,
        text=text,
        sentences=(*answer.sentences, shown),
        citations=(replace(quote, n=1),),
    )
