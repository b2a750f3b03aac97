"""The only module that knows the ways of answering, and which of them a question takes.

    question -> within its conversation -> task, or route -> Answer

What needs no model is answered without one; where no model fits, quotes stand in for its answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from strongroom_engine.answering.asking import Job
from strongroom_engine.answering.cited_versions import with_versions
from strongroom_engine.answering.conversation.followup import standalone
from strongroom_engine.answering.conversation.rewriting import from_previous
from strongroom_engine.answering.every import every_document
from strongroom_engine.answering.exact.listing import from_index
from strongroom_engine.answering.guarding.suspicion import suspicions, touching
from strongroom_engine.answering.headings import in_their_places
from strongroom_engine.answering.passages import answer_template, foreseen_prompt, from_passages
from strongroom_engine.answering.query import tokens
from strongroom_engine.answering.quotes import quotes
from strongroom_engine.answering.reading_ahead import Foreseen
from strongroom_engine.answering.route import route
from strongroom_engine.answering.sheets.answering import from_sheets
from strongroom_engine.answering.structuring.structured import structured
from strongroom_engine.answering.tasks.compare import compare
from strongroom_engine.answering.tasks.draft import draft
from strongroom_engine.answering.tasks.explain import explain
from strongroom_engine.answering.tasks.summary import summarise
from strongroom_engine.answering.tasks.table import extract_table
from strongroom_engine.answering.tasks.timeline import timeline
from strongroom_engine.errors import ModelMissing, NoModelFits
from strongroom_engine.models.generator import Generator
from strongroom_engine.store import StoredChunk
from strongroom_engine.types import Answer, Citation, SearchResult, Task

TASKS: dict[Task, Callable[[Job], Answer]] = {
    "compare": compare,
    "draft": draft,
    "explain": explain,
    "structured": structured,
    "summary": summarise,
    "table": extract_table,
    "timeline": timeline,
}
"""What is always done in the same way."""
QUOTE_START = 30
"""So many characters of a quote tell in which chunk it begins."""
BEGUN_WORDS = 2
"""With fewer words a question that is being typed has only begun."""


def warm(generator: Generator, cancelled: Callable[[], bool] = lambda: False) -> None:
    """Load the model and evaluate what all prompts share, ahead of a question."""
    generator.load(answer_template().stable, cancelled)


def answer(job: Job) -> Answer:
    """Answer what was asked, in the way that its task and its wording call for.

    Raises `QuestionError`s and `ModelError`s. When cancelled, the text so far is kept.
    """
    alone = standalone(job.question, job.request.turns)
    if alone.kind == "previous":
        return _checked(job, from_previous(job))
    if not alone.changed:
        return _checked(job, _of_task(job))
    job.caller.on_taken(alone.text)
    made = _checked(job, _of_task(_asking(job, alone.text)))
    return replace(made, question=job.question, standalone=alone.text)


def foreseen(job: Job, typed: SearchResult | None = None) -> Foreseen | None:
    """What the job's question would be answered from, asked as it stands, and the model that would
    read it; None where no model would be asked to answer from passages, or the
    question has only begun.

    `typed` is the result of a search for just this question. Raises what `answer` raises.
    """
    alone = standalone(job.question, job.request.turns)
    whole = _asking(job, alone.text) if alone.changed else job
    if alone.kind == "previous" or len(tokens(whole.question)) < BEGUN_WORDS:
        return None
    if job.request.task != "answer" or route(job.parts.store, whole.request).route != "passages":
        return None
    return foreseen_prompt(whole, None if alone.changed else typed)


def _asking(job: Job, question: str) -> Job:
    return replace(job, request=replace(job.request, question=question))


def _checked(job: Job, made: Answer) -> Answer:
    """The answer with the heading above each quote, where it stands, and every suspicion about what it cites,
    whichever way it was made. Lists from the index are left out: they may cite every document, and
    say nothing of what it says."""
    if made.route == "index":
        return made
    cited = in_their_places(job.parts.store, made.citations)
    if made.task != "compare":  # which tells what differs
        cited = with_versions(job.parts.store, cited)
    return _suspected(job, replace(made, citations=cited))


def _suspected(job: Job, made: Answer) -> Answer:
    files: dict[str, list[Citation]] = {}
    for citation in made.citations:
        files.setdefault(citation.file, []).append(citation)
    found = [
        one
        for file, cited in files.items()
        for one in suspicions(_holding(job.parts.store.chunks_of(file), cited))
        if any(touching(citation, [one]) for citation in cited)
    ]
    return replace(made, suspicions=tuple(dict.fromkeys((*made.suspicions, *found))))


def _holding(chunks: Iterable[StoredChunk], cited: Sequence[Citation]) -> Iterator[StoredChunk]:
    """The chunks in which the quotes begin."""
    starts = [citation.quote[:QUOTE_START] for citation in cited]
    return (chunk for chunk in chunks if any(start in chunk.text for start in starts))


def _of_task(job: Job) -> Answer:
    if job.request.task in TASKS:
        return TASKS[job.request.task](job)
    routed = route(job.parts.store, job.request)
    if routed.route == "index":
        return from_index(job, routed)
    if routed.found:
        return from_sheets(job, routed.found)
    if routed.route == "documents":
        return every_document(job, routed)
    return quotes(job) if job.request.task == "quotes" else _answered(job)


def _answered(job: Job) -> Answer:
    try:
        return from_passages(job)
    except (NoModelFits, ModelMissing):
        return quotes(job)
