"""Texts of a column -> its dates, where all of them are dates.

'03/04/2024' is March here and April there: what all the texts of a column leave open is decided by
what else the file says (`columns`), or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from strongroom_engine.written.months import month

_CLOCK = r"(?:[T ,]{1,2}(?P<clock>\d{1,2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?(?P<noon> ?[AaPp][Mm])?)?"
_ISO = re.compile(rf"(\d{{4}})([-/.]?)(\d{{1,2}})\2(\d{{1,2}}){_CLOCK}(?:Z|[+-]\d{{2}}:?\d{{2}})?")
_PARTS = re.compile(rf"(\d{{1,2}})([./-])[ ]?(\d{{1,2}})\2[ ]?(\d{{4}}|\d{{2}}){_CLOCK}")
_NAMED = re.compile(
    rf"(?:(?P<day>\d{{1,2}})\.?[ -](?P<month>[^\W\d]{{3,10}})\.?|(?P<us>[^\W\d]{{3,10}})\.? "
    rf"(?P<on>\d{{1,2}})),?[ -](?P<year>\d{{4}}){_CLOCK}"
)
_COMPACT = (1900, 2100)
MIN_COMPACT = 3
MIN_DASHED = 10
"""Dates as '24-01-05' by which it can be told what varies less."""
MAX_HOUR = 24


@dataclass(frozen=True, slots=True)
class Days:
    """Dates by the order of their parts; `orders` are those that fit: 'd' day first, 'm' month
    first, '' where it is said. `separator` stands between the parts."""

    orders: str
    separator: str
    matches: tuple[re.Match[str] | None, ...]

    @property
    def is_open(self) -> bool:
        return len(self.orders) > 1

    def values(self, order: str) -> list[str | None]:
        return [_iso(match, order) if match else None for match in self.matches]


def read(texts: Sequence[str]) -> Days | None:
    """None if not all texts are dates written in one way."""
    for pattern in (_ISO, _PARTS, _NAMED):
        matches = _matches(pattern, texts)
        if matches and (found := [match for match in matches if match]):
            return _in_order(pattern, found, tuple(matches))
    return None


def _matches(pattern: re.Pattern[str], texts: Sequence[str]) -> list[re.Match[str] | None]:
    """What the texts are, empty ones None; nothing at all where one of them does not fit."""
    found: list[re.Match[str] | None] = []
    for text in texts:
        match = pattern.fullmatch(text) if text else None
        if text and match is None:
            return []
        found.append(match)
    return found


def _in_order(
    pattern: re.Pattern[str],
    found: Sequence[re.Match[str]],
    matches: tuple[re.Match[str] | None, ...],
) -> Days | None:
    separators = {match[2] for match in found}
    if pattern is _PARTS and (len(separators) > 1 or _year_may_stand_first(found)):
        return None
    orders = [
        order
        for order in ("dm" if pattern is _PARTS else "d")
        if all(_iso(match, order) for match in found)
    ]
    if pattern is _PARTS and "." in separators and "d" in orders:
        orders = ["d"]  # nobody writes the month first, and points between
    if not orders:
        return None
    if pattern is _ISO and "" in separators and not _is_compact(found):
        return None
    said = pattern is not _PARTS
    return Days("" if said else "".join(orders), "" if said else str(found[0][2]), matches)


def _is_compact(found: Sequence[re.Match[str]]) -> bool:
    """'20240105', and not any number of eight digits."""
    return len(found) >= MIN_COMPACT and all(
        match["clock"] is None
        and len(match[0]) == 8
        and _COMPACT[0] <= int(match[1]) <= _COMPACT[1]
        for match in found
    )


def _year_may_stand_first(found: Sequence[re.Match[str]]) -> bool:
    """'24-01-05' may be the 24th or of 2024, unless what would be the years varies little."""
    if found[0][2] == "." or any(len(match[4]) == 4 for match in found):
        return False
    if any(not 1 <= int(match[4]) <= 31 or int(match[3]) > 12 for match in found):
        return False
    first, last = len({match[1] for match in found}), len({match[4] for match in found})
    return last > first or (found[0][2] == "-" and len(found) < MIN_DASHED)


def _iso(match: re.Match[str], order: str) -> str | None:
    named = match.groupdict()
    if "month" in named:
        name = named["month"] or named["us"]
        day = _day(int(named["day"] or named["on"]), month(name), named["year"])
    elif match.re is _ISO:
        day = _day(int(match[4]), int(match[3]), match[1])
    else:
        first, second = int(match[1]), int(match[3])
        day = _day(*((first, second) if order == "d" else (second, first)), match[4])
    clock = _clock(named["clock"], named["noon"])
    return None if day is None or clock is None else day + clock


def _clock(said: str | None, noon: str | None) -> str | None:
    """'T17:30:00', '' for none and for midnight; None where there is no such time."""
    if not said:
        return ""
    hour, minute, *second = (int(part) for part in said.split(":"))
    if noon:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (noon.strip().lower() == "pm")
    seconds = second[0] if second else 0
    if hour >= MAX_HOUR or minute > 59 or seconds > 59:
        return None
    return f"T{hour:02}:{minute:02}:{seconds:02}" if hour or minute or seconds else ""


def _day(day: int, month: int, year: str) -> str | None:
    whole = int(year) if len(year) == 4 else 2000 + int(year) - (100 if int(year) > 68 else 0)
    try:
        return date(whole, month, day).isoformat()
    except ValueError:
        return None
