"""A question and a schema -> data in its form, each value with the place where it stands.

    schema -> passages -> groups of them -> one constrained answer each -> fitted -> merged -> cited

Of chosen documents a short one is read whole where a list is wanted; otherwise what is nearest to
the question. A group is of one document, so that what belongs together stays together.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from strongroom_engine.answering.asking import Job
from strongroom_engine.answering.guarding.outgoing import safe_output
from strongroom_engine.answering.guarding.suspicion import neutral, suspicions
from strongroom_engine.answering.hits import make_hit
from strongroom_engine.answering.prompt import Source, build_prompt, label
from strongroom_engine.answering.structuring.fitting import (
    distinct_places,
    fitted,
    leaves,
    merged,
    satisfying,
    whole,
    with_texts,
    without,
)
from strongroom_engine.answering.structuring.schemas import Node, Schema, problems, read_schema
from strongroom_engine.answering.structuring.showing import shown_data
from strongroom_engine.answering.structuring.values import Citing, is_judged
from strongroom_engine.answering.tasks.chosen import chosen_or_named
from strongroom_engine.answering.template import Template, fill
from strongroom_engine.answering.templates import template
from strongroom_engine.answering.writing import shown as shown_prompt
from strongroom_engine.errors import AnswerCut, AnswerUnfit, NotSearchable
from strongroom_engine.models.generator import Generator
from strongroom_engine.sentences import known as say
from strongroom_engine.store import StoredChunk
from strongroom_engine.types import Answer, Generation, Progress, Prompt, Value

WHOLE = 12
"""A chosen document of so many passages at most is read whole where a list is wanted;"""
PER_DOCUMENT = 6
"""of any other so many are read;"""
PASSAGES = 6
"""and so many where none is chosen."""
MOST_PASSAGES = 36
"""Passages that are read at most: each takes a processor some seconds."""
MOST_SEARCHES = 8
"""In a long document: for the question, and for each of so many fields."""
GROUP_TOKENS, GROUP_TOKENS_OF_ONE = 700, 1600
"""Tokens of passages that are read at once for a list, of which small models otherwise leave out
what stands first; and for one object, whose fields they otherwise guess from the first passages:
seen on three contracts only, where the governing law was right in one when read in parts."""


class StructuredTemplate(Template, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """See `assets/prompts/structured.toml`. `asked` puts the form behind the question."""

    required: ClassVar[Mapping[str, frozenset[str]]] = {
        **Template.required,
        "asked": frozenset({"question", "form"}),
    }
    asked: str


@dataclass(slots=True)
class _Reading:
    """What was read so far, what was written, and what it took.

    `found` has one entry for each part of the data: an item where the data is a list, otherwise
    the data; with the numbers of the passages that it was written from.
    """

    passages: list[StoredChunk] = field(default_factory=list)
    found: list[tuple[Any, Sequence[int]]] = field(default_factory=list)
    prompt: str = ""
    prompt_tokens: int = 0
    model: str = ""
    stopped: bool = False
    cut: bool = False
    unfit: AnswerUnfit | None = None


def structured(job: Job) -> Answer:
    """Fill the request's schema; `data` is JSON that satisfies it, `values` says where each stands.

    `abstained` when the documents hold nothing of it; `data` is then the least that satisfies the
    schema, or '' where it requires something. Raises `SchemaUnusable` at once, `AnswerCut` and
    `AnswerUnfit` where nothing of what the model wrote can be used, `NotSearchable` for a chosen
    document that cannot be read, and `ModelError`s. When cancelled, what is there is kept.
    """
    schema = read_schema(job.request.schema)
    job.caller.on_stage("searching", 0)
    passages = _passages(job, schema)
    job.clock.searched()
    form = template("structured", StructuredTemplate)
    reading = _Reading(stopped=job.caller.cancelled())
    if passages and not reading.stopped:
        job.caller.on_stage("loading", 0)
        generator = job.parts.generator()
        reading.model = generator.plan.model
        if generator.load(form.stable, job.caller.cancelled):
            job.caller.on_stage("reading", len(passages))
            _Reader(job, schema, form, generator, reading).read(passages)
        else:
            reading.stopped = True
    return _answer(job, schema, form, reading)


# --- what is read --------------------------------------------------------------------------------


def _passages(job: Job, schema: Schema) -> list[StoredChunk]:
    """The passages to read, in the order of the documents."""
    documents = chosen_or_named(job)
    found = [chunk for path in documents for chunk in _of_document(job, path, schema)]
    if not documents:
        request, searcher = job.request, job.parts.searcher
        result = searcher.search(
            request.question, PASSAGES, request.collections, everywhere=request.everywhere
        )
        found = searcher.passages(result.hits)
    order = {path: at for at, path in enumerate(dict.fromkeys(chunk.path for chunk in found))}
    return sorted(found[:MOST_PASSAGES], key=lambda chunk: (order[chunk.path], chunk.start))


def _of_document(job: Job, path: str, schema: Schema) -> list[StoredChunk]:
    """All of a short document; of a long one the opening, which says who and when, and what is
    nearest to the question and to each field."""
    chunks = job.parts.store.chunks_of(path)
    if not chunks:
        raise NotSearchable(file=path)
    if len(chunks) <= (WHOLE if schema.collects else PER_DOCUMENT):
        return chunks
    chosen = {chunks[0].id: chunks[0]}
    asked = [job.question, *schema.subjects][:MOST_SEARCHES]
    nearest = [job.parts.searcher.within(one, [path], PER_DOCUMENT) for one in asked]
    for rank in range(PER_DOCUMENT):
        for found in nearest:
            if rank < len(found) and len(chosen) < PER_DOCUMENT:
                chosen.setdefault(found[rank].id, found[rank])
    return list(chosen.values())


@dataclass(frozen=True, slots=True)
class _Reader:
    """Lets the model read one group of passages after the other."""

    job: Job
    schema: Schema
    form: StructuredTemplate
    generator: Generator
    reading: _Reading

    def read(self, passages: Sequence[StoredChunk]) -> None:
        caller = self.job.caller
        for group in self._groups(passages):
            done = len(self.reading.passages)
            caller.on_progress(Progress(done, len(passages), group[0].path))
            if caller.cancelled():
                self.reading.stopped = True
            if self.reading.stopped:
                return
            self.reading.passages += group
            self._read_group(group, range(done, done + len(group)))
        caller.on_progress(Progress(len(passages), len(passages), ""))

    def _groups(self, passages: Sequence[StoredChunk]) -> Iterator[list[StoredChunk]]:
        most = GROUP_TOKENS if "items" in self.schema.wanted else GROUP_TOKENS_OF_ONE
        group: list[StoredChunk] = []
        tokens = 0
        for passage in passages:
            cost = self.generator.count_tokens(passage.text)
            if group and (group[-1].path != passage.path or tokens + cost > most):
                yield group
                group, tokens = [], 0
            group.append(passage)
            tokens += cost
        if group:
            yield group

    def _read_group(self, group: Sequence[StoredChunk], places: Sequence[int]) -> None:
        """What does not fit into one prompt, or one answer, is asked for by halves."""
        prompt, fitting = self._prompt(group)
        if fitting < len(group) > 1:
            self._read_halves(group, places)
            return
        written = self._written(prompt)
        if written.cut and len(group) > 1:
            self._read_halves(group, places)
            return
        self.reading.stopped |= written.stopped
        self.reading.cut |= written.cut
        texts = [passage.text for passage in group]
        self.reading.found += [(item, places) for item in self._items(written.text, texts)]

    def _read_halves(self, group: Sequence[StoredChunk], places: Sequence[int]) -> None:
        middle = len(group) // 2
        self._read_group(group[:middle], places[:middle])
        if not self.reading.stopped:
            self._read_group(group[middle:], places[middle:])

    def _prompt(self, group: Sequence[StoredChunk]) -> tuple[Prompt, int]:
        """The prompt for a group, which is read in the order of the document, and how many of its
        passages are in it."""
        safe = [neutral(passage) for passage in reversed(group)]
        sources = [Source(label(passage), passage.text.strip()) for passage in safe]
        asked = fill(self.form.asked, question=self.job.question, form=self.schema.outline)
        generator = self.generator
        prompt, count = build_prompt(
            self.form, asked.strip(), sources, generator.count_tokens, generator.plan.context
        )
        return replace(prompt, schema=self.schema.asked), count

    def _written(self, prompt: Prompt) -> Generation:
        written = self.generator.generate(prompt, self._begun, self.job.caller.cancelled)
        self._note(prompt, written)
        return written

    def _begun(self, _text: str) -> None:
        """The data is shown when all of it is there and checked."""
        if self.job.clock.first_token():
            self.job.caller.on_stage("writing", 0)

    def _note(self, prompt: Prompt, written: Generation) -> None:
        self.reading.prompt = self.reading.prompt or shown_prompt(prompt)
        self.reading.prompt_tokens += written.prompt_tokens

    def _items(self, text: str, sources: Sequence[str]) -> Iterator[Any]:
        """The items of what the model wrote that satisfy the schema, as far as it is whole."""
        wanted = self.schema.wanted
        is_list = "items" in wanted
        part = wanted["items"] if is_list else wanted
        for value in whole(text):
            safe = with_texts(value, lambda each: _safe(each, sources))
            if is_list != isinstance(safe, list):
                continue
            items = safe if is_list else [safe]
            kept = [one for item in items if (one := self._fitting(item, part)) is not None]
            if kept or not items:
                yield from kept
                return

    def _fitting(self, item: Any, part: dict[str, Any]) -> Any:
        try:
            return satisfying(fitted(item, part), part)
        except AnswerUnfit as exc:
            self.reading.unfit = exc
            return None


def _safe(text: str, sources: Sequence[str]) -> str:
    """A text of the data as it may be shown; half characters are taken out."""
    return safe_output(text.encode("utf-8", "ignore").decode(), sources)


# --- the data ------------------------------------------------------------------------------------


def _answer(job: Job, schema: Schema, form: StructuredTemplate, reading: _Reading) -> Answer:
    data, values, citing = _data(schema, reading)
    if not values and not reading.stopped:
        _refuse_unusable(form, reading)
    told = shown_data(data, values)
    nothing = not values and not reading.stopped
    text = form.abstention_shown if nothing else told.text
    job.caller.on_token(text)
    return Answer(
        question=job.question,
        text=text,
        abstained=nothing,
        sentences=() if nothing else told.sentences,
        citations=tuple(citing.citations),
        hits=tuple(
            make_hit(c, rank, 0.0, frozenset()) for rank, c in enumerate(reading.passages, 1)
        ),
        model=reading.model,
        timings=job.clock.timings(),
        prompt=reading.prompt,
        prompt_tokens=reading.prompt_tokens,
        stopped=reading.stopped,
        task="structured",
        searched=_searched(reading),
        confidence=_supported(values),
        doubts=() if nothing else told.doubts,
        suspicions=suspicions(reading.passages),
        data=_json(data) if values else _least(schema),
        values=values,
    )


def _data(schema: Schema, reading: _Reading) -> tuple[Any, tuple[Value, ...], Citing]:
    """The data, its values with their citations, and what numbered these."""
    if "items" in schema.wanted:
        return _list(schema, reading)
    data, first = None, list[int]()
    trial = Citing(reading.passages)
    for item, places in reading.found:
        judged = trial.values(item, schema.wanted, "", places)
        data = merged(data, without(item, _standing_nowhere(judged, schema.wanted)))
        first += places
    citing = Citing(reading.passages)
    if data is not None:
        data = satisfying(fitted(data, schema.wanted), schema.wanted)
    return data, tuple(citing.values(data, schema.wanted, "", first)), citing


def _standing_nowhere(values: Sequence[Value], wanted: Node) -> set[str]:
    """The pointers of a list's texts that stand in no source: they are left out, as whole items
    of a list are."""
    return {
        value.pointer
        for value in values
        if not value.supported
        and value.pointer.rpartition("/")[2].isdigit()
        and not is_judged(value.text, wanted, value.pointer)
    }


def _list(schema: Schema, reading: _Reading) -> tuple[Any, tuple[Value, ...], Citing]:
    """A list, without items that stand nowhere at all and those that say what another one does."""
    part, trial = schema.wanted["items"], Citing(reading.passages)
    borne = [
        (item, places)
        for item, places in reading.found
        if any(value.supported for value in trial.values(item, part, "", places))
        or all(is_judged(value, part, at) for at, value in leaves(item))
    ]
    kept = [borne[at] for at in distinct_places([item for item, _ in borne])]
    data = satisfying([item for item, _ in kept], schema.wanted) if kept else []
    citing = Citing(reading.passages)
    values = [
        value
        for at, (item, (_, places)) in enumerate(zip(data, kept, strict=False))
        for value in citing.values(item, part, f"/{at}", places)
    ]
    return data, tuple(values), citing


def _refuse_unusable(form: StructuredTemplate, reading: _Reading) -> None:
    """Nothing was found because nothing of what was written can be used: that is said."""
    if reading.cut:
        raise AnswerCut(tokens=form.max_tokens)
    if reading.unfit is not None:
        raise reading.unfit


def _least(schema: Schema) -> str:
    nulls = dict.fromkeys(schema.wanted.get("required", ()))
    tried: tuple[Any, ...] = ([], {}, nulls, None)
    least = (each for each in tried if not any(problems(each, schema.wanted)))
    return next(map(_json, least), "")


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False)


def _supported(values: Sequence[Value]) -> float:
    """The share of the values that stand in a source."""
    return sum(value.supported for value in values) / len(values) if values else 0.0


def _searched(reading: _Reading) -> str:
    documents = len({passage.path for passage in reading.passages})
    many = say.DOCUMENTS(n=documents)
    said = say.READ_PASSAGES(n=len(reading.passages), documents=many)
    return f"{said} {say.CUT_OFF()}" if reading.cut else said
