"""Documents -> a table of what the question asks for, each cell word for word from its source.

The columns are those that the question names, or the model's choice. The model reads one passage
after the other and writes rows; what of a row does not stand in the passage is left empty.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import ClassVar

from strongroom_engine.answering.asking import Job
from strongroom_engine.answering.guarding.suspicion import neutral
from strongroom_engine.answering.prompt import Source as Read
from strongroom_engine.answering.prompt import build_prompt, label
from strongroom_engine.answering.tasks.body import Body, read_body
from strongroom_engine.answering.tasks.cells import (
    Source,
    columns_schema,
    parsed_columns,
    parsed_rows,
    schema,
    shown_cell,
)
from strongroom_engine.answering.tasks.chosen import chosen_or_named
from strongroom_engine.answering.tasks.citing import Writer, quoted
from strongroom_engine.answering.tasks.columns import named_columns
from strongroom_engine.answering.template import Template, fill
from strongroom_engine.answering.templates import template
from strongroom_engine.answering.text import Span
from strongroom_engine.answering.writing import shown as shown_prompt
from strongroom_engine.errors import NotSearchable
from strongroom_engine.models.generator import Generator
from strongroom_engine.sentences import known as say
from strongroom_engine.store import StoredChunk
from strongroom_engine.types import Answer, Generation, Progress, Prompt

PER_DOCUMENT = 3
"""Passages that are read of each document, where documents are chosen or named;"""
WHOLE = 5
"""one of so many passages at most is read whole."""
PASSAGES = 6
"""Passages that are read where none is."""
MOST_PASSAGES = 24
"""Passages that are read at most: each takes a processor some seconds."""
MOST_ROWS = 12
"""Rows of one passage."""
MOST_CHOSEN = 5
"""Columns that the model may choose."""


class TableTemplate(Template, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """See `assets/prompts/table.toml`. `asked` puts the columns to the question; `choosing` asks
    for columns."""

    required: ClassVar[Mapping[str, frozenset[str]]] = {
        **Template.required,
        "asked": frozenset({"question", "columns"}),
        "choosing": frozenset({"question"}),
    }
    asked: str
    choosing: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: each cell's text, and the spans of its document that it was taken from."""

    body: Body
    cells: tuple[str, ...]
    spans: tuple[Span, ...]


def extract_table(job: Job) -> Answer:
    """A Markdown table, each row cited; `data` has it as {"columns": […], "rows": [[…]]}.

    Raises `ModelError`s, `QuestionError`s, and `NotSearchable` for a chosen document that cannot be
    read. When cancelled, the rows so far are kept.
    """
    job.caller.on_stage("searching", 0)
    columns = named_columns(job.question)
    passages, documents = _passages(job, columns)
    job.clock.searched()
    form = template("table", TableTemplate)
    if not passages or job.caller.cancelled():
        return _answer(job, form, columns, [], _Reading(documents=documents))
    job.caller.on_stage("loading", 0)
    generator = job.parts.generator()
    if not generator.load(form.stable, job.caller.cancelled):
        return _answer(job, form, columns, [], _Reading(documents=documents))
    job.caller.on_stage("reading", len(passages))
    reader = _Reader(job, form, generator)
    columns = columns or reader.columns(passages[0])
    reading = _Reading(documents=documents, of=len(passages), model=generator.plan.model)
    rows = _distinct(list(reader.rows(columns, passages, reading)))
    return _answer(job, form, columns, rows, reading)


@dataclass(slots=True)
class _Reading:
    """What was read so far, and what it took."""

    documents: int = 0
    of: int = 0
    passages: int = 0
    prompt: str = ""
    prompt_tokens: int = 0
    model: str = ""

    def note(self, prompt: Prompt, written: Generation) -> None:
        """One more passage was read."""
        self.passages += 1
        self.prompt = self.prompt or shown_prompt(prompt)
        self.prompt_tokens += written.prompt_tokens


# --- what is read --------------------------------------------------------------------------------


def _passages(job: Job, columns: Sequence[str]) -> tuple[list[StoredChunk], int]:
    """The passages to read, in the order of the documents, and of how many documents they are."""
    searcher, store = job.parts.searcher, job.parts.store
    wanted = f"{job.question} {' '.join(columns)}"
    if documents := chosen_or_named(job):
        found: list[StoredChunk] = []
        for path in documents:
            chunks = store.chunks_of(path)
            if not chunks:
                raise NotSearchable(file=path)
            found += chunks if len(chunks) <= WHOLE else _opening_and_nearest(job, chunks, wanted)
    else:
        request = job.request
        result = searcher.search(
            request.question, PASSAGES, request.collections, everywhere=request.everywhere
        )
        found = searcher.passages(result.hits)
    order = {path: at for at, path in enumerate(dict.fromkeys(chunk.path for chunk in found))}
    found = sorted(found[:MOST_PASSAGES], key=lambda chunk: (order[chunk.path], chunk.start))
    return found, len({chunk.path for chunk in found})


def _opening_and_nearest(job: Job, chunks: Sequence[StoredChunk], wanted: str) -> list[StoredChunk]:
    """The document's opening, which says who and when, and what is nearest to the question."""
    nearest = job.parts.searcher.within(wanted, [chunks[0].path], PER_DOCUMENT)
    others = [chunk for chunk in nearest if chunk.id != chunks[0].id]
    return [chunks[0], *others[: PER_DOCUMENT - 1]]


@dataclass(frozen=True, slots=True)
class _Reader:
    """Lets the model read one passage after the other."""

    job: Job
    form: TableTemplate
    generator: Generator

    def columns(self, passage: StoredChunk) -> tuple[str, ...]:
        """The columns that the model would give the table, judging by a passage."""
        asked = fill(self.form.choosing, question=self.job.question).strip()
        prompt = self._prompt(asked, passage, columns_schema(MOST_CHOSEN))
        written = self.generator.generate(prompt, _unseen, self.job.caller.cancelled)
        return tuple(dict.fromkeys(parsed_columns(written.text, MOST_CHOSEN)))

    def rows(
        self, columns: Sequence[str], passages: Sequence[StoredChunk], reading: _Reading
    ) -> Iterator[Row]:
        """The rows of each passage; ends when it is cancelled."""
        caller, bodies = self.job.caller, dict[str, Body | None]()
        asked = fill(self.form.asked, question=self.job.question, columns=", ".join(columns))
        for done, passage in enumerate(passages):
            if not columns or caller.cancelled():
                return
            caller.on_progress(Progress(done, len(passages), passage.path))
            prompt = self._prompt(asked.strip(), passage, schema(columns, MOST_ROWS))
            written = self.generator.generate(prompt, _unseen, caller.cancelled)
            if written.stopped:
                return
            reading.note(prompt, written)
            if passage.path not in bodies:
                bodies[passage.path] = read_body(self.job.parts.store, passage.path)
            if (body := bodies[passage.path]) is not None:
                yield from _borne_out(body, passage, parsed_rows(written.text, columns))
        caller.on_progress(Progress(len(passages), len(passages), ""))

    def _prompt(self, asked: str, passage: StoredChunk, schema: str) -> Prompt:
        generator = self.generator
        safe = neutral(passage)
        source = Read(label(safe), safe.text.strip())
        prompt, _ = build_prompt(
            self.form, asked, [source], generator.count_tokens, generator.plan.context
        )
        return replace(prompt, schema=schema)


def _unseen(_text: str) -> None:
    """Rows are shown when all of them are there and checked."""


# --- what of it stands there ---------------------------------------------------------------------


def _borne_out(body: Body, passage: StoredChunk, rows: Sequence[Sequence[str]]) -> Iterator[Row]:
    """The rows with what stands in the passage; without those of which nothing does."""
    source = Source(passage.text)
    for row in rows:
        longest = max(row, key=len)
        anchor = source.find(longest)
        near = anchor[0][0] if anchor else 0
        found = [source.find(cell, near) if cell else () for cell in row]
        if any(found):
            cells = tuple(shown_cell(passage.text, spans) for spans in found)
            spans = [
                (passage.start + start, passage.start + end)
                for spans in found
                for start, end in spans
            ]
            yield Row(body, cells, tuple(dict.fromkeys(spans)))


def _distinct(rows: Sequence[Row]) -> list[Row]:
    """Without rows that say nothing beyond another one of the same document."""
    kept: list[Row] = []
    for row in sorted(rows, key=lambda row: -sum(map(bool, row.cells))):
        if not any(_says(other, row) for other in kept):
            kept.append(row)
    return [row for row in rows if any(row is one for one in kept)]


def _says(row: Row, other: Row) -> bool:
    """Whether `row` holds all that `other` does."""
    pairs = zip(row.cells, other.cells, strict=True)
    return row.body.path == other.body.path and all(
        not theirs or theirs.casefold() == mine.casefold() for mine, theirs in pairs
    )


# --- the table -----------------------------------------------------------------------------------


def _answer(
    job: Job, form: Template, columns: Sequence[str], rows: Sequence[Row], reading: _Reading
) -> Answer:
    stopped = job.caller.cancelled()
    writer = Writer()
    several = len({row.body.path for row in rows}) > 1
    heads = (*(("Document",) if several else ()), *columns)
    cells = [((_name(row),) if several else ()) + row.cells for row in rows]
    if rows:
        writer.line(_line(heads))
        writer.line(_line(["---"] * len(heads)))
        for row, shown in zip(rows, cells, strict=True):
            writer.line(_line(shown), _cited(writer, row))
    elif not stopped:
        writer.line(form.abstention_shown)
    job.caller.on_token(writer.text)
    return Answer(
        question=job.question,
        text=writer.text,
        abstained=not rows and not stopped,
        sentences=tuple(writer.sentences),
        citations=tuple(writer.citations),
        hits=(),
        model=reading.model,
        timings=job.clock.timings(),
        prompt=reading.prompt,
        prompt_tokens=reading.prompt_tokens,
        stopped=stopped,
        task="table",
        searched=_searched(reading),
        confidence=_filled(rows),
        data=json.dumps({"columns": list(heads), "rows": [list(row) for row in cells]}),
    )


def _searched(reading: _Reading) -> str:
    many = say.DOCUMENTS(n=reading.documents)
    return say.READ_NEAREST(done=reading.passages, total=reading.of, documents=many)


def _filled(rows: Sequence[Row]) -> float:
    """The share of the cells that hold anything."""
    cells = [bool(cell) for row in rows for cell in row.cells]
    return sum(cells) / len(cells) if cells else 0.0


def _name(row: Row) -> str:
    return PurePath(row.body.path).name


def _line(cells: Sequence[str]) -> str:
    """A row of a Markdown table."""
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"


def _cited(writer: Writer, row: Row) -> list[int]:
    """Citations of the sentences that the row's cells were taken from."""
    numbers = []
    for start, end in row.spans:
        unit = next((one for one in row.body.units if one.start < end and start < one.end), None)
        words = [
            at
            for at, token in enumerate(unit.tokens if unit else ())
            if token.end > start and token.start < end
        ]
        span = quoted(row.body, [unit], (words[0], words[-1] + 1)) if unit and words else None
        numbers.append(writer.cite(row.body, *(span or (start, end))))
    return numbers
