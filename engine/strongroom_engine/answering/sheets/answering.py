"""Questions that a table answers -> the answer, with what was asked of it and the rows it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath

from strongroom_engine.answering.asking import Job
from strongroom_engine.answering.sheets.cells import cells_of
from strongroom_engine.answering.sheets.choosing import Found
from strongroom_engine.answering.sheets.known import sheet_name
from strongroom_engine.answering.sheets.saying import Sayer
from strongroom_engine.answering.sheets.telling import Teller, Told
from strongroom_engine.sentences import known as say
from strongroom_engine.store import Store
from strongroom_engine.types import Answer, Citation, Sentence, TableResult


def from_sheets(job: Job, found: Found) -> Answer:
    """The exact answer; no model is asked."""
    job.caller.on_stage("searching", 0)
    tellers = [Teller(one.reading, one.result) for one in (found, *found.beside)]
    citations = _citations(job.parts.store, (found, *found.beside))
    text, sentences = _text([_within(one, tellers) for one in tellers], citations)
    job.clock.searched()
    job.caller.on_token(text)
    return Answer(
        question=job.question,
        text=text,
        abstained=False,
        sentences=sentences,
        citations=tuple(one for some in citations for one in some),
        hits=(),
        model="",
        timings=job.clock.timings(),
        task=job.request.task,
        route="sheets",
        searched=_searched(found),
        confidence=1.0,
        tables=tuple(_table(one) for one in tellers),
    )


def _within(teller: Teller, all_: Sequence[Teller]) -> Told:
    """What is told; with the name of the table where several tell of theirs."""
    told = teller.told()
    return replace(told, lead=teller.named(told.lead)) if len(all_) > 1 else told


def _text(
    told: Sequence[Told], citations: Sequence[Sequence[Citation]]
) -> tuple[str, tuple[Sentence, ...]]:
    """The lead, the table and the remarks of each; the leads have the citations."""
    text = ""
    sentences: list[Sentence] = []
    for one, cited in zip(told, citations, strict=True):
        start = len(text := f"{text}\n\n" if text else "")
        text += one.lead
        numbers = tuple(citation.n for citation in cited)
        sentences.append(Sentence(start, len(text), supported=True, citations=numbers))
        for at, part in enumerate((one.table, *one.more)):
            if part:
                gap = "\n\n" if at < 2 and one.table else " "
                sentences.append(
                    Sentence(len(text) + len(gap), len(text) + len(gap) + len(part), supported=True)
                )
                text += gap + part
    return text, tuple(sentences)


def _citations(store: Store, found: Sequence[Found]) -> list[list[Citation]]:
    """The rows, as they stand in the text of their documents; numbered through."""
    made: list[list[Citation]] = []
    for one in found:
        first = sum(map(len, made)) + 1
        quotes = enumerate(_quotes(store, one), first)
        made.append(
            [
                Citation(n, path, None, start, start + len(quote), quote, score=1.0)
                for n, (path, start, quote) in quotes
            ]
        )
    return made


def _quotes(store: Store, found: Found) -> Iterator[tuple[str, int, str]]:
    for at, number in found.result.at:
        sheet = found.reading.relation.sheets[at]
        for row in store.sheets.rows(sheet.id, [number]):
            quote = store.document_text(sheet.path, row.start, row.end).rstrip()
            if quote:
                yield sheet.path, row.start, quote


def _table(teller: Teller) -> TableResult:
    reading, result = teller.reading, teller.result
    sheet = reading.relation.sheets[0]
    return TableResult(
        file=sheet.path,
        sheet=sheet.sheet,
        table=reading.relation.name,
        said=Sayer(reading.relation, reading.tongue).said(reading.query),
        sql=result.sql,
        cells=cells_of(reading.relation, reading.query, result),
        columns=teller.columns_told(),
        rows=result.rows,
        used=result.used,
    )


def _searched(found: Found) -> str:
    """What was asked, and of how many rows."""
    relation = found.reading.relation
    first = relation.sheets[0]
    rows = sum(sheet.rows for sheet in relation.sheets)
    if len(relation.sheets) > 1:
        return say.ASKED_TABLES(total=len(relation.sheets), n=rows)
    name = sheet_name(first)
    return say.ASKED_TABLE(name=name, file=PurePath(first.path).name, n=rows)
