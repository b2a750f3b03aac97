"""Documents -> what happened when: every dated statement, in the order of the dates, cited.

Found by rules, without a model. The documents are those chosen, those that the question names, the
passages that were found where it asks about something ('timeline of the merger'), or all in scope.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from strongroom_engine.answering.asking import Job
from strongroom_engine.answering.query import clean_question, without_filters
from strongroom_engine.answering.stopwords import ALL
from strongroom_engine.answering.tasks.body import Body, coverage, read_bodies
from strongroom_engine.answering.tasks.chosen import chosen_or_named, in_scope
from strongroom_engine.answering.tasks.citing import Writer
from strongroom_engine.answering.tasks.events import Event, events, merged
from strongroom_engine.answering.text import WORD, Span
from strongroom_engine.sentences import known as say
from strongroom_engine.store import index_words
from strongroom_engine.types import Answer, Progress

PASSAGES = 40
"""Passages that are read for a timeline about something."""
MOST_EVENTS = 300
"""More events than this are counted, not listed; `data` has them all."""
MENTIONS = 3
"""An event is cited at most so many times."""

_ASKING = re.compile(
    r"\b(?:time\s?lines?|chronolog\w*|chronicle|dates?|dated|events?|history|milestones?|deadlines?|"
    r"make|create|draw|give|show|list|write|order|happened|zeitleiste\w*|zeitstrahl\w*|zeittafel\w*|"
    r"chronik|verlauf|termine?|daten|ereignisse?|erstelle?|mache?|zeige?|documents?|files?|"
    r"contracts?|agreements?|all|every|dokumente?\w*|dateien|vertr[aä]ge?\w*|alle[rn]?)\b",
    re.IGNORECASE,
)

NONE_FOUND = "No dated event was found."


def timeline(job: Job) -> Answer:
    """Every dated statement in the documents, by date, each cited.

    Raises `NotSearchable` for a chosen document that cannot be read, and `QuestionError`s.
    """
    job.caller.on_stage("searching", 0)
    spans = _places(job)
    job.clock.searched()
    bodies: list[Body] = []
    found: list[Event] = []
    for done, (path, within) in enumerate(spans.items()):
        if job.caller.cancelled():
            break
        job.caller.on_progress(Progress(done, len(spans), path))
        bodies += read_bodies(job.parts.store, [path])
        found += events(bodies[-1], within)
    stopped = len(bodies) < len(spans)
    job.caller.on_progress(Progress(len(bodies), len(spans), ""))
    ordered = merged(found)
    writer = Writer()
    cited = _write(writer, ordered, several=len(bodies) > 1)
    job.caller.on_token(writer.text)
    whole = all(within is None for within in spans.values())
    return Answer(
        question=job.question,
        text=writer.text,
        abstained=not ordered,
        sentences=tuple(writer.sentences),
        citations=tuple(writer.citations),
        hits=(),
        model="",
        timings=job.clock.timings(),
        stopped=stopped,
        task="timeline",
        route="documents" if whole else "passages",
        searched=_searched(bodies, whole=whole),
        coverage=coverage(bodies) if whole and not stopped else "",
        confidence=1.0 if ordered else 0.0,
        data=_data(ordered, cited),
    )


def _places(job: Job) -> dict[str, list[Span] | None]:
    """The documents to read, each with the spans of it that count; None for all of it."""
    if chosen := chosen_or_named(job):
        return dict.fromkeys(chosen)
    if not _has_topic(job.question):
        return dict.fromkeys(in_scope(job))
    request = job.request
    result = job.parts.searcher.search(
        request.question, PASSAGES, request.collections, everywhere=request.everywhere
    )
    places: dict[str, list[Span] | None] = {}
    for passage in job.parts.searcher.passages(result.hits):
        spans = places.setdefault(passage.path, [])
        if spans is not None:
            spans.append((passage.start, passage.end))
    return places


def _has_topic(question: str) -> bool:
    """Whether a timeline of something is asked for, or with filters: not one of everything."""
    asked = clean_question(question)
    text = without_filters(asked)
    if text.split() != asked.split():
        return True
    words = {index_words(word).strip().lower() for word in WORD.findall(_ASKING.sub(" ", text))}
    return any(word.isalpha() for word in words.difference(*ALL))


def _searched(bodies: Sequence[Body], *, whole: bool) -> str:
    if not bodies:
        return say.READ_NOTHING()
    names = [PurePath(body.path).name for body in bodies]
    said = names[0] if len(names) == 1 else say.DOCUMENTS(n=len(names))
    return (say.READ_THROUGH if whole else say.READ_NEAREST_OF)(names=said)


# --- the lines -----------------------------------------------------------------------------------


def _write(writer: Writer, ordered: Sequence[Event], *, several: bool) -> list[list[int]]:
    """A line for each event, and the citations of each."""
    if not ordered:
        writer.line(NONE_FOUND)
        return []
    cited = []
    for number, event in enumerate(ordered):
        mentions = (event, *event.again)
        numbers = [writer.cite(one.body, *one.quote) for one in mentions[:MENTIONS]]
        cited.append(numbers)
        if number < MOST_EVENTS:
            writer.line(_line(event, several=several), numbers, mark="- ")
    if len(ordered) > MOST_EVENTS:
        writer.line(f"{len(ordered) - MOST_EVENTS} more events are not listed here.")
    return cited


def _line(event: Event, *, several: bool) -> str:
    start, end = event.quote
    units = [unit for unit in event.body.units if unit.start < end and start < unit.end]
    before = "… " if units and units[0].start < start else ""
    behind = " …" if units and units[-1].end > end else ""
    names = dict.fromkeys(PurePath(one.body.path).name for one in (event, *event.again))
    where = f" ({', '.join(names)})" if several else ""
    written = f" (written {event.written})" if event.ambiguous else ""
    return f"{event.day}{written}: {before}{event.text}{behind}{where}"


def _data(ordered: Sequence[Event], cited: Sequence[Sequence[int]]) -> str:
    return json.dumps(list(_records(ordered, cited)), ensure_ascii=False)


def _records(
    ordered: Sequence[Event], cited: Sequence[Sequence[int]]
) -> Iterable[dict[str, object]]:
    for event, numbers in zip(ordered, cited, strict=True):
        yield {
            "date": event.day,
            "written": event.written,
            "text": event.text,
            "file": event.body.path,
            "page": event.body.page(event.quote[0]),
            "citations": list(numbers),
        }
