"""Where something stands in a document, in words: 'sheet Budget', 'row 40'. Every text here is
translated."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

from strongroom_engine.sentences.saying import Saying
from strongroom_engine.types import Place, PlaceKind

_place = partial(Saying, within=frozenset({"placed"}))

PAGE = _place("p. {page}")
AT_TIME = _place("at {clock}")
BARE: dict[PlaceKind, Saying] = {
    "message": _place("message"),
    "notes": _place("notes"),
    "annotation": _place("note"),
    "attachment": _place("attachment"),
}
DATED: dict[PlaceKind, Saying] = {
    "message": _place("message of {day}"),
    "event": _place("event of {day}"),
}
NUMBERED: dict[PlaceKind, Saying] = {
    "slide": _place("slide {number}"),
    "row": _place("row {number}"),
    "line": _place("line {number}"),
    "cell": _place("cell {number}"),
    "attachment": _place("attachment {number}"),
}
NAMED: dict[PlaceKind, Saying] = {
    "sheet": _place("sheet {name}"),
    "chapter": _place("chapter {name}"),
    "contact": _place("contact {name}"),
    "event": _place("event {name}"),
    "annotation": _place("note by {name}"),
    "form": _place("field {name}"),
}


def placed(places: Sequence[Place], page: int | None = None) -> tuple[str, ...]:
    """The places in English, the outer one first, with the page where there is one.

    Archives and mailboxes are left out, which the path names already, and keys of data.
    """
    said = [text for place in places if (text := _said(place))]
    return (*said, PAGE(page=str(page))) if page is not None else tuple(said)


def _said(place: Place) -> str:
    number, kind = place.number, place.kind
    if number and kind in DATED:
        return DATED[kind](day=_day(number))
    if kind == "time":
        return AT_TIME(clock=_clock(number or 0))
    if number is not None and kind in NUMBERED:
        return NUMBERED[kind](number=str(number))
    if place.name and kind in NAMED:
        return NAMED[kind](name=place.name)
    return BARE[kind]() if kind in BARE else ""


def _day(ms: int) -> str:
    return f"{datetime.fromtimestamp(ms / 1000, UTC):%Y-%m-%d}"


def _clock(ms: int) -> str:
    seconds = ms // 1000
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
