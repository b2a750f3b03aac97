"""Where something stands in a document, in words: 'p. 14', 'slide 12', 'sheet Budget, row 40'.

`place` is the one function for it; `spot` puts the page of a document that has pages before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QDateTime, QTimeZone

from strongroom_desktop.text import long_date, place_of
from strongroom_desktop.wording import number, tr
from strongroom_engine.types import Place, PlaceKind

_LONGEST = 48
"""Letters of a name within a place: subjects and chapters can be sentences."""
_AROUND = frozenset({"archive", "mailbox"})
"""What the name of the document says already."""


def place(places: Iterable[Place]) -> str:
    """'sheet Budget, row 40', 'message of 2 March 2024, attachment 2'; '' where there is nothing
    to say."""
    said = (one_place(each) for each in places if each.kind not in _AROUND)
    return ", ".join(part for part in said if part)


def spot(page: int | None, places: Iterable[Place] = ()) -> str:
    """The page, where there is one, and the place on it."""
    return ", ".join(part for part in (place_of(page), place(places)) if part)


def one_place(one: Place) -> str:
    """A place without those around it: 'slide 12', 'row 40', 'at 0:12:03'."""
    match one.kind:
        case "message":
            return tr("message of {day}", day=day(one.number)) if one.number else tr("message")
        case "event" if one.number is not None:
            return tr("event of {day}", day=day(one.number))
        case "time":
            return tr("at {clock}", clock=clock(one.number or 0))
        case _:
            return _numbered(one) or _named(one)


def _numbered(one: Place) -> str:
    if one.number is None:
        return ""
    if one.kind == "chapter" and one.name:
        return ""
    said = str(one.number) if one.kind in ("slide", "cell") else number(one.number)
    return {
        "slide": tr("slide {number}", number=said),
        "row": tr("row {number}", number=said),
        "line": tr("line {number}", number=said),
        "cell": tr("cell {number}", number=said),
        "attachment": tr("attachment {number}", number=said),
        "entry": tr("entry {number}", number=said),
        "chapter": tr("chapter {name}", name=said),
    }.get(one.kind, "")


def _named(one: Place) -> str:
    name = _short(one.name)
    if one.kind == "notes":
        return tr("notes")
    if not name:
        return tr("note") if one.kind == "annotation" else ""
    return {
        "sheet": tr("sheet {name}", name=name),
        "chapter": tr("chapter {name}", name=name),
        "contact": tr("contact {name}", name=name),
        "form": tr("field {name}", name=name),
        "attachment": tr("attachment {name}", name=name),
        "annotation": tr("note by {name}", name=name),
    }.get(one.kind, name)


def _short(name: str) -> str:
    name = " ".join(name.split())
    return name if len(name) <= _LONGEST else f"{name[:_LONGEST].rstrip()}\u2026"


def day(ms: int) -> str:
    """The day of a place (see `Place`), in the words of the language: '2 March 2024'."""
    return long_date(QDateTime.fromMSecsSinceEpoch(ms, QTimeZone.utc()).date())


def clock(ms: int) -> str:
    """'0:12:03', from the beginning of what is seen or heard."""
    seconds = ms // 1_000
    return f"{seconds // 3_600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


# --- several places of one document --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Many:
    """Places that differ in the number of the innermost one only."""

    around: str
    kind: PlaceKind
    numbers: tuple[int, ...]

    def said(self) -> str:
        numbers = ranges(self.numbers)
        inner = {
            "slide": tr("slides {numbers}", numbers=numbers),
            "row": tr("rows {numbers}", numbers=numbers),
            "line": tr("lines {numbers}", numbers=numbers),
            "cell": tr("cells {numbers}", numbers=numbers),
        }[self.kind]
        return ", ".join(part for part in (self.around, inner) if part)


def ranges(numbers: Sequence[int]) -> str:
    """'2–9, 12': numbers that follow each other are told by the first and the last of them."""
    runs: list[list[int]] = []
    for each in sorted(set(numbers)):
        if runs and each == runs[-1][-1] + 1:
            runs[-1].append(each)
        else:
            runs.append([each])
    return ", ".join(
        f"{number(run[0])}\u2013{number(run[-1])}"
        if len(run) > _RUN
        else ", ".join(map(number, run))
        for run in runs
    )


_RUN = 2
"""So many that follow each other are still told one by one."""
_COUNTED = frozenset({"slide", "row", "line", "cell"})


def spots(found: Sequence[tuple[int | None, Sequence[Place]]]) -> str:
    """Where several passages of one document stand: 'pp. 3, 14', 'slides 2, 12'. Two that have
    nothing in common are said one after the other; of more the first, and how many there are."""
    pages = sorted({page for page, _places in found if page is not None})
    if len(pages) > 1:
        return tr("pp. {pages}", pages=", ".join(str(page) for page in pages))
    together = _together([places for _page, places in found]) if not pages else None
    if together is not None and len(together.numbers) > 1:
        return together.said()
    said = list(dict.fromkeys(spot(page, places) for page, places in found))
    said = [each for each in said if each]
    if len(said) > 2:
        return tr("{place} and {n} more", place=said[0], n=number(len(said) - 1))
    return "; ".join(said)


def _together(found: Sequence[Sequence[Place]]) -> _Many | None:
    if not all(found):
        return None
    around = {place(places[:-1]) for places in found}
    kinds = {places[-1].kind for places in found}
    numbers = {places[-1].number for places in found}
    if len(around) > 1 or len(kinds) > 1 or None in numbers or not kinds <= _COUNTED:
        return None
    return _Many(around.pop(), kinds.pop(), tuple(sorted(each for each in numbers if each)))
