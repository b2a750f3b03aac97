"""A document -> its dated statements. Exact, without a model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from strongroom_engine.answering.grounding.evidence import Evidence, evidence
from strongroom_engine.answering.tasks.body import Body, Unit
from strongroom_engine.answering.tasks.citing import quoted
from strongroom_engine.answering.text import Span
from strongroom_engine.written.dates import Date, WrittenDate, dates

EVENT_CHARACTERS = 260
"""Of a longer sentence the part around its date is shown."""
ALIKE = 0.7
"""Statements of one date are one event when the one with fewer terms shares so many of them;"""
LEAST_TERMS = 3
"""and has so many."""

_STREET = (
    r"(?:[A-Z][\w.]*\s+){1,3}(?:Road|Rd|Street|St|Avenue|Ave|Drive|Lane|Boulevard|Blvd|Suite)\b"
)
_YEAR = re.compile(
    r"(?i:\b(?:in|since|until|till|during|by|before|after|circa|years?|jahre?|seit|bis|nach|vor)\s+)"
    rf"(?P<year>1[5-9]\d\d|20\d\d)(?!\w|[.,:/-]\d|\s*%)(?!\s+{_STREET})"
)
_SLASHED = re.compile(r"(?<![\w/])(\d{1,2})/(\d{1,2})/(?:\d{4}|\d\d)(?![\w/])")


@dataclass(frozen=True, slots=True)
class Event:
    """A statement with a date. `quote` is its span in the document, what is cited."""

    date: Date
    written: str
    body: Body
    quote: Span
    terms: Evidence
    again: tuple[Event, ...] = ()
    """Further mentions of it."""
    ambiguous: bool = False
    """Whether day and month might be the other way round."""

    @property
    def text(self) -> str:
        return " ".join(self.body.flow[slice(*self.quote)].split())

    @property
    def day(self) -> str:
        """The date as ISO 8601 writes it, as far as it is known: '2003-03-01', '2003-03', '2003'."""
        parts = [f"{self.date.year:04}"]
        if self.date.month:
            parts.append(f"{self.date.month:02}")
            if self.date.day:
                parts.append(f"{self.date.day:02}")
        return "-".join(parts)


def events(body: Body, within: Sequence[Span] | None = None) -> list[Event]:
    """The document's events, in its order; only those `within` some spans of it where given.

    A date needs a year. In 05/01/2003 the month comes first, unless the document writes a date so
    that can only be read day first.
    """
    day_first = _writes_day_first(body.flow)
    return [
        event
        for unit in body.units
        if within is None or any(a < unit.end and unit.start < b for a, b in within)
        for event in _of_unit(body, unit, day_first)
    ]


def _of_unit(body: Body, unit: Unit, day_first: bool) -> Iterable[Event]:
    text = body.flow[unit.start : unit.end]
    seen: set[Date] = set()
    for written in _written(text):
        date = _read(written, day_first)
        start = unit.start + written.start
        if date.year == 0 or date in seen:
            continue
        seen.add(date)
        words = [
            index
            for index, token in enumerate(unit.tokens)
            if token.end > start and token.start < unit.start + written.end
        ] or [0]
        quote = quoted(body, [unit], (words[0], words[-1] + 1), EVENT_CHARACTERS)
        yield Event(
            date=date,
            written=" ".join(text[written.start : written.end].split()),
            body=body,
            quote=quote,
            terms=evidence(body.flow[slice(*quote)]),
            ambiguous=len(written.readings) > 1 and not day_first,
        )


def _written(text: str) -> list[WrittenDate]:
    """Dates, and years that stand for themselves."""
    found = dates(text)
    years = [
        WrittenDate(*match.span("year"), (Date(int(match["year"]), 0, 0),))
        for match in _YEAR.finditer(text)
        if not any(one.start < match.end() and match.start("year") < one.end for one in found)
    ]
    return sorted([*found, *years], key=lambda one: one.start)


def _read(written: WrittenDate, day_first: bool) -> Date:
    return written.readings[-1 if day_first else 0]


def _writes_day_first(text: str) -> bool:
    found = [(int(match[1]), int(match[2])) for match in _SLASHED.finditer(text)]
    return any(one > 12 for one, _ in found) and not any(other > 12 for _, other in found)


# --- the same event again --------------------------------------------------------------------------


def merged(found: Iterable[Event]) -> list[Event]:
    """By date, and what says the same of one date as one event with further mentions."""
    kept: list[Event] = []
    ordered = sorted(found, key=lambda one: (one.date.year, one.date.month, one.date.day))
    first = 0
    for event in ordered:
        while first < len(kept) and kept[first].date != event.date:
            first += 1
        same = next((at for at in range(first, len(kept)) if _is_same(kept[at], event)), None)
        if same is None:
            kept.append(event)
        else:
            kept[same] = replace(kept[same], again=(*kept[same].again, event))
    return kept


def _is_same(one: Event, other: Event) -> bool:
    shared, fewer = len(one.terms & other.terms), min(len(one.terms), len(other.terms))
    return fewer >= LEAST_TERMS and shared >= ALIKE * fewer
