"""A question -> the passages to answer it from, and what the model reads of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from msgspec import structs

from strongroom_engine.answering.asking import Job
from strongroom_engine.answering.excerpt import WHOLE, excerpts, nearest, whole
from strongroom_engine.answering.guarding.suspicion import neutral
from strongroom_engine.answering.hits import make_hit
from strongroom_engine.answering.prompt import Source, build_prompt, label
from strongroom_engine.answering.query import parse_query
from strongroom_engine.answering.template import Template
from strongroom_engine.answering.terms import wanted_forms
from strongroom_engine.models.generator import Generator
from strongroom_engine.sentences import known as say
from strongroom_engine.settings import Settings
from strongroom_engine.store import StoredChunk
from strongroom_engine.types import Hit, Prompt, SearchResult, State, Understood

SEARCHABLE = (State.READABLE, State.INDEXED)


@dataclass(frozen=True, slots=True)
class Found:
    """The passages to answer from, best first, whole and as they are shown.

    `searched` says in a sentence what was searched.
    """

    passages: Sequence[StoredChunk] = ()
    hits: tuple[Hit, ...] = ()
    understood: tuple[Understood, ...] = ()
    searched: str = ""

    def first(self, count: int) -> Found:
        """The best of them."""
        rows = {passage.id for passage in self.passages[:count]}
        hits = tuple(hit for hit in self.hits if hit.chunk in rows)
        return replace(self, passages=self.passages[:count], hits=hits)


def find(job: Job, more: int = 0, typed: SearchResult | None = None) -> Found:
    """Search in the request's documents, or in its collections. `more` passages than for an
    answer may be read. With the result of a search for just this question (`typed`) none is made.
    Raises `QuestionError`s."""
    settings, request, searcher = job.parts.settings, job.request, job.parts.searcher
    job.caller.on_stage("searching", 0)
    most = max(settings.passages, settings.passages_gpu) + more
    if request.documents:
        chunks = searcher.within(job.question, request.documents, most)
        found = Found(chunks, _hits(job, chunks), searched=_in_documents(len(request.documents)))
    else:
        result = typed or searcher.search(
            job.question, most, request.collections, everywhere=request.everywhere
        )
        hits = result.hits[:most]
        told = _searched(job, result.understood)
        found = Found(searcher.passages(hits), hits, result.understood, told)
    job.clock.searched()
    return found


def _hits(job: Job, chunks: Sequence[StoredChunk]) -> tuple[Hit, ...]:
    known = job.parts.store.collections()
    query = parse_query(job.question, job.parts.settings.max_question_characters, known)
    wanted = wanted_forms(job.question, query.words)
    return tuple(make_hit(chunk, rank, 0.0, wanted) for rank, chunk in enumerate(chunks, 1))


def _in_documents(number: int) -> str:
    return say.SEARCHED(n=number)


def _searched(job: Job, understood: Sequence[Understood]) -> str:
    """What was searched, in a sentence; what narrowed the search says it best."""
    if understood:
        return " ".join(part.text for part in understood)
    chosen = job.request.collections
    sources = [s for s in job.parts.store.sources() if not chosen or s.collection in chosen]
    documents = sum(source.counts.get(state, 0) for source in sources for state in SEARCHABLE)
    if not chosen:
        return say.SEARCHED_ALL(n=documents)
    return say.SEARCHED_IN(n=documents, collections=" and ".join(chosen))


def passages_for(job: Job, generator: Generator, more: int = 0) -> int:
    """How many passages the model reads on this machine."""
    settings = job.parts.settings
    return more + (settings.passages_gpu if generator.plan.gpu_layers > 0 else settings.passages)


def prompt_of(
    job: Job,
    form: Template,
    passages: Sequence[StoredChunk],
    generator: Generator,
    *,
    ahead: bool = False,
) -> tuple[Prompt, int]:
    """The prompt, and of how many of the passages (best first) it was made; the best stands last.

    Where passages are read once, those that have been are in it whole, and with `ahead` all: they
    shall be. Of the others a processor reads what answers the question, as nobody likes to wait.
    """
    form = _tuned(form, job.parts.settings)
    safe = [neutral(passage) for passage in passages]
    if not form.reads_sources_once:
        return _built(job, form, safe, excerpts(job.question, safe, job.parts.embedder), generator)
    on_gpu = generator.plan.gpu_layers == generator.plan.layers
    known: Sequence[bool] = (on_gpu,) * WHOLE
    if generator.keeps:
        prompt, count = _built(job, form, safe, whole(safe), generator)
        if ahead or on_gpu:
            return prompt, count
        known = generator.known(prompt)[::-1]
        if all(known):
            return prompt, count
    texts = nearest(job.question, safe, job.parts.embedder, known)
    return _built(job, form, safe, texts, generator)


def are_apart(prompt: Prompt, passages: Sequence[StoredChunk]) -> bool:
    """Whether the model reads several passages, and all of them (best first) whole, each without
    the others. Of such that are cut to a sentence or two it reads the best as if it were alone."""
    read, texts = prompt.passages[::-1], whole([neutral(passage) for passage in passages])
    return 1 < len(read) == len(texts) and all(map(str.__contains__, read, texts))


def _built(
    job: Job,
    form: Template,
    passages: Sequence[StoredChunk],
    texts: Sequence[str],
    generator: Generator,
) -> tuple[Prompt, int]:
    """The prompt of these texts of the passages, without the empty ones, and of how many passages
    it was made."""
    sources = [
        Source(label(passage), text, passage.path)
        for passage, text in zip(passages, texts, strict=True)
    ]
    told = [source for source in sources if source.text]
    prompt, count = build_prompt(
        form, job.question, told, generator.count_tokens, generator.plan.context
    )
    made_of = len(sources) if count == len(told) else sources.index(told[count])
    return replace(prompt, refusal=form.abstention), made_of


def _tuned(form: Template, settings: Settings) -> Template:
    """The template with the temperature and the length that the user has set, where one is."""
    own = {"temperature": settings.temperature, "max_tokens": settings.answer_tokens}
    return structs.replace(
        form, **{name: value for name, value in own.items() if value is not None}
    )
