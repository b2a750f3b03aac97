"""How often an event repeats, in words: 'every second week on Monday and Friday, 10 times'."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from strongroom_engine.indexing.parse.mail import headers

_UNITS = {
    "SECONDLY": "second",
    "MINUTELY": "minute",
    "HOURLY": "hour",
    "DAILY": "day",
    "WEEKLY": "week",
    "MONTHLY": "month",
    "YEARLY": "year",
}
_DAYS = {
    "MO": "Monday",
    "TU": "Tuesday",
    "WE": "Wednesday",
    "TH": "Thursday",
    "FR": "Friday",
    "SA": "Saturday",
    "SU": "Sunday",
}
_PLACES = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}
_DAY = re.compile(r"([+-]?\d+)?([A-Z]{2})")


def repeats(rule: Any) -> str:
    """The words for a recurrence rule of the icalendar library; '' for one that says nothing."""
    unit = _UNITS.get(str(_first(rule, "FREQ") or "").upper(), "")
    if not unit:
        return ""
    said = _every(unit, _number(_first(rule, "INTERVAL"), 1))
    if days := _listed(_day(str(one)) for one in _all(rule, "BYDAY")):
        said += f" on {_position(rule)}{days}"
    if days := _listed(_ordinal(_number(one, 0)) for one in _all(rule, "BYMONTHDAY")):
        said += f" on the {days}"
    if months := _listed(headers.month(_number(one, 0)) for one in _all(rule, "BYMONTH")):
        said += f" in {months}"
    return said + _end(rule)


def _every(unit: str, interval: int) -> str:
    if interval <= 1:
        return f"every {unit}"
    return f"every second {unit}" if interval == 2 else f"every {interval} {unit}s"


def _end(rule: Any) -> str:
    if count := _number(_first(rule, "COUNT"), 0):
        return f", {count} time{'' if count == 1 else 's'}"
    until = _first(rule, "UNTIL")
    return f" until {headers.day(until)}" if isinstance(until, date) else ""


def _position(rule: Any) -> str:
    """'the last ' of the days named."""
    places = [_number(one, 0) for one in _all(rule, "BYSETPOS")]
    said = _listed(_PLACES.get(one, _ordinal(one)) for one in places)
    return f"the {said} " if said else ""


def _day(written: str) -> str:
    match = _DAY.fullmatch(written.upper())
    if match is None or match[2] not in _DAYS:
        return ""
    number = int(match[1] or 0)
    place = f"the {_PLACES.get(number, _ordinal(number))} " if number else ""
    return place + _DAYS[match[2]]


def _ordinal(number: int) -> str:
    if number == 0:
        return ""
    if number < 0:
        return "last day" if number == -1 else f"{_ordinal(-number)} day from the end"
    ending = {1: "st", 2: "nd", 3: "rd"}.get(0 if 10 < number % 100 < 14 else number % 10, "th")
    return f"{number}{ending}"


def _all(rule: Any, name: str) -> list[Any]:
    value = rule.get(name, [])
    return list(value) if isinstance(value, list | tuple) else [value]


def _first(rule: Any, name: str) -> Any:
    return next(iter(_all(rule, name)), None)


def _number(value: object, otherwise: int) -> int:
    try:
        return int(str(value))
    except ValueError:
        return otherwise


def _listed(words: Iterable[str]) -> str:
    """'Monday, Tuesday and Friday'."""
    found = [one for one in words if one]
    return " and ".join([", ".join(found[:-1]), found[-1]]) if len(found) > 1 else "".join(found)
