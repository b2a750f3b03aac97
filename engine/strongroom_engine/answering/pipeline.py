"""The only module that knows the order of the answering stages.

    question -> search -> excerpt -> prompt -> generate -> ground -> Answer

The answer model is made and loaded only after the search, and not at all when nothing was found.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from strongroom_engine.answering.asking import Job
from strongroom_engine.answering.excerpt import excerpts
from strongroom_engine.answering.ground import Grounded
from strongroom_engine.answering.prompt import Source, build_prompt, label
from strongroom_engine.answering.stopwords import same_language
from strongroom_engine.answering.template import Template, load_template
from strongroom_engine.answering.writing import Written, shown, write
from strongroom_engine.models.generator import Generator
from strongroom_engine.settings import assets_folder
from strongroom_engine.store import StoredChunk
from strongroom_engine.types import Answer, SearchResult


@cache
def answer_template() -> Template:
    """The prompt template that is shipped."""
    return load_template(assets_folder() / "prompts" / "answer.toml")


def warm(generator: Generator) -> None:
    """Load the model and evaluate what all prompts share, ahead of a question."""
    generator.load(answer_template().stable)


def answer(job: Job) -> Answer:
    """Answer what was asked, in the way that its task and its wording call for.

    Raises `QuestionError`s and `ModelError`s. When cancelled, the text so far is kept.
    """
    return from_passages(job)


def from_passages(job: Job) -> Answer:
    """Search, let the model write, check what it wrote."""
    request, settings = job.request, job.parts.settings
    job.caller.on_stage("searching", 0)
    most = max(settings.passages, settings.passages_gpu)
    found = job.parts.searcher.search(
        request.question, most, request.collections, everywhere=request.everywhere
    )
    job.clock.searched()
    if not found.hits or job.caller.cancelled():
        return _without_model(job, found)
    job.caller.on_stage("loading", 0)
    generator = job.parts.generator()
    if not generator.load(answer_template().stable, job.caller.cancelled):
        return _without_model(job, found)
    return _written(job, found, generator)


def _written(job: Job, found: SearchResult, generator: Generator) -> Answer:
    template, settings = answer_template(), job.parts.settings
    on_gpu = generator.plan.gpu_layers > 0
    most = settings.passages_gpu if on_gpu else settings.passages
    passages = job.parts.searcher.passages(found.hits[:most])
    texts = excerpts(job.question, passages, job.parts.embedder)
    sources = [Source(label(passage), text) for passage, text in zip(passages, texts, strict=True)]
    prompt, count = build_prompt(
        template, job.question, sources, generator.count_tokens, generator.plan.context
    )
    read = passages[:count]
    job.caller.on_stage("reading", count)
    # Numbered as in the prompt: the best passage is the last.
    written = write(job, generator, template, prompt, read[::-1])
    refused = written.refused or _is_invented(written, read)
    text = template.abstention_shown if refused else written.text
    written.finish(text)
    grounded = Grounded() if refused else written.grounded
    rows = {passage.id for passage in read}
    return Answer(
        question=job.question,
        text=text,
        abstained=refused,
        sentences=grounded.sentences,
        citations=grounded.citations,
        hits=tuple(hit for hit in found.hits if hit.chunk in rows),
        understood=found.understood,
        model=generator.plan.model,
        timings=job.clock.timings(),
        prompt=shown(prompt),
        prompt_tokens=written.generation.prompt_tokens,
        stopped=written.generation.stopped,
    )


def _is_invented(written: Written, read: Sequence[StoredChunk]) -> bool:
    """Whether an answer is better refused: nothing of it has any ground in the sources.

    A bare 'Yes, there is.' is shown, marked; so is an answer in another language than its
    sources', which cannot be compared word by word.
    """
    if written.generation.stopped or not written.grounded.invented:
        return False
    return same_language(written.text, " ".join(passage.text for passage in read))


def _without_model(job: Job, found: SearchResult) -> Answer:
    """Nothing was found: the documents do not say. Or it was cancelled: then nothing is said."""
    stopped = bool(found.hits)
    text = "" if stopped else answer_template().abstention_shown
    if text:
        job.caller.on_token(text)
    return Answer(
        job.question,
        text,
        not stopped,
        sentences=(),
        citations=(),
        hits=(),
        model="",
        timings=job.clock.timings(),
        stopped=stopped,
        understood=found.understood,
    )
