"""Tasks that let the model write from the passages that were found: explain, draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from strongroom_engine.answering.asking import Job
from strongroom_engine.answering.excerpt import excerpts
from strongroom_engine.answering.ground import Grounded
from strongroom_engine.answering.hits import make_hit
from strongroom_engine.answering.prompt import Source, build_prompt, label
from strongroom_engine.answering.query import Query, parse_query
from strongroom_engine.answering.suspicion import neutral, suspicions
from strongroom_engine.answering.template import Template
from strongroom_engine.answering.templates import template
from strongroom_engine.answering.terms import wanted_forms
from strongroom_engine.answering.writing import shown, write
from strongroom_engine.models.generator import Generator
from strongroom_engine.store import StoredChunk
from strongroom_engine.types import Answer, Hit, Understood


@dataclass(frozen=True, slots=True)
class Found:
    """The passages to write from, best first, as they are read and as they are shown."""

    passages: Sequence[StoredChunk] = ()
    hits: tuple[Hit, ...] = ()
    understood: tuple[Understood, ...] = ()


def write_from_passages(job: Job, more: int = 0) -> Answer:
    """Search, let the model write as the template of the job's task says, check what it wrote.

    `more` passages are read than for an answer. Sentences without a source are kept, marked: the
    user sees the whole text. Raises `QuestionError`s and `ModelError`s.
    """
    form: Template = template(job.request.task)
    job.caller.on_stage("searching", 0)
    most = max(job.parts.settings.passages, job.parts.settings.passages_gpu) + more
    found = _found(job, most)
    job.clock.searched()
    if not found.passages or job.caller.cancelled():
        return _unwritten(job, form, found)
    job.caller.on_stage("loading", 0)
    generator = job.parts.generator()
    if not generator.load(form.stable, job.caller.cancelled):
        return _unwritten(job, form, found)
    return _written(job, form, found, generator, more)


def _found(job: Job, most: int) -> Found:
    request, searcher = job.request, job.parts.searcher
    if request.documents:
        wanted = wanted_forms(job.question, _query(job).words)
        chunks = searcher.within(job.question, request.documents, most)
        hits = (make_hit(chunk, rank, 0.0, wanted) for rank, chunk in enumerate(chunks, 1))
        return Found(chunks, tuple(hits))
    result = searcher.search(job.question, most, request.collections, everywhere=request.everywhere)
    return Found(searcher.passages(result.hits), result.hits, result.understood)


def _query(job: Job) -> Query:
    known = job.parts.store.collections()
    return parse_query(job.question, job.parts.settings.max_question_characters, known)


def _written(job: Job, form: Template, found: Found, generator: Generator, more: int) -> Answer:
    settings = job.parts.settings
    most = settings.passages_gpu if generator.plan.gpu_layers > 0 else settings.passages
    passages = found.passages[: most + more]
    safe = [neutral(passage) for passage in passages]
    texts = excerpts(job.question, safe, job.parts.embedder)
    sources = [Source(label(passage), text) for passage, text in zip(safe, texts, strict=True)]
    prompt, count = build_prompt(
        form, job.question, sources, generator.count_tokens, generator.plan.context
    )
    read = passages[:count]
    job.caller.on_stage("reading", count)
    written = write(job, generator, form, prompt, read[::-1])
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
        understood=found.understood,
        model=generator.plan.model,
        timings=job.clock.timings(),
        prompt=shown(prompt),
        prompt_tokens=written.generation.prompt_tokens,
        stopped=written.generation.stopped,
        task=job.request.task,
        suspicions=suspicions(read),
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
    )
