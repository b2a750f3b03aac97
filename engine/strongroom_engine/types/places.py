"""Where in a document something stands, in the words of its format: slide 12, sheet Budget, row 40."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

PlaceKind = Literal[
    "archive",  # name: the archive that a document lies in
    "mailbox",  # name
    "message",  # name: its subject; number: when it was sent, in milliseconds, see `Place`
    "attachment",  # name; number: which one of its message, from 1
    "slide",  # number, from 1; name: its title
    "notes",  # of the slide above it
    "sheet",  # name; number, from 1
    "row",  # number: as the spreadsheet program counts, from 1
    "line",  # number, from 1
    "chapter",  # name; number, from 1
    "cell",  # number: of a notebook, from 1
    "time",  # number: milliseconds from the beginning of what the subtitles belong to
    "event",  # name: its title; number: when it begins, likewise
    "contact",  # name
    "entry",  # name: of a part of data (a key); number: of a record, from 1
    "annotation",  # name: its author
    "form",  # name: of the field
]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something in the document begins; `start` in document coordinates.

    Places lie within each other as headings do: `level` 1 is the outermost, and a place ends where
    the next one of its level or of an outer one begins. Times are milliseconds that give in UTC the
    day and hour that the document says, whatever its zone. `counts_lines`: each line from here on is
    the next one (`number` + 1, + 2, …), so that rows and lines need no place of their own; it is
    said anew every `ANCHOR_LINES` lines, so that few have to be counted.
    """

    start: int
    level: int
    kind: PlaceKind
    name: str = ""
    number: int | None = None
    counts_lines: bool = False


ANCHOR_LINES = 50


def path_at(places: Sequence[Place], position: int) -> tuple[Place, ...]:
    """The places that `position` lies in, the outer one first; `places` in the order of the text."""
    stack: list[Place] = []
    for place in places[: bisect_right(places, position, key=lambda place: place.start)]:
        stack = [outer for outer in stack if outer.level < place.level]
        stack.append(place)
    return tuple(stack)
