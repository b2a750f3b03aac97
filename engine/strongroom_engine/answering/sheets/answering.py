"""Questions that a table answers -> the answer, with what was asked of it and the rows it rests on."""

from __future__ import annotations

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
    teller = Teller(found.reading, found.result)
    told = teller.told()
    citations = _citations(job.parts.store, found)
    text, sentences = _text(told, tuple(one.n for one in citations))
    job.clock.searched()
    job.caller.on_token(text)
    return Answer(
        question=job.question,
        text=text,
        abstained=False,
        sentences=sentences,
        citations=citations,
        hits=(),
        model="",
        timings=job.clock.timings(),
        task=job.request.task,
        route="sheets",
        searched=_searched(found),
        confidence=1.0,
        tables=(_table(found, teller),),
    )


def _text(told: Told, numbers: tuple[int, ...]) -> tuple[str, tuple[Sentence, ...]]:
    """The lead, the table and the remarks; the lead has the citations."""
    text = told.lead
    sentences = [Sentence(0, len(text), supported=True, citations=numbers)]
    for at, part in enumerate((told.table, *told.more)):
        if part:
            start = len(text) + (2 if at < 2 and told.table else 1)
            text = f"{text}{chr(10) * 2 if at < 2 and told.table else ' '}{part}"
            sentences.append(Sentence(start, len(text), supported=True))
    return text, tuple(sentences)


def _citations(store: Store, found: Found) -> tuple[Citation, ...]:
    """The rows, as they stand in the text of their documents."""
    relation = found.reading.relation
    made: list[Citation] = []
    for at, number in found.result.at:
        sheet = relation.sheets[at]
        for row in store.sheets.rows(sheet.id, [number]):
            quote = store.document_text(sheet.path, row.start, row.end)
            end = row.start + len(quote.rstrip())
            quote = quote.rstrip()
            if quote:
                made.append(
                    Citation(len(made) + 1, sheet.path, None, row.start, end, quote, score=1.0)
                )
    return tuple(made)


def _table(found: Found, teller: Teller) -> TableResult:
    reading, result = found.reading, found.result
    sheet = reading.relation.sheets[0]
    return TableResult(
        file=sheet.path,
        sheet=sheet.sheet,
        table=reading.relation.name,
        said=Sayer(reading.relation, reading.tongue).said(reading.query),
        sql=result.statement.shown,
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
