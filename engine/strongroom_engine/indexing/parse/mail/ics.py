"""Calendars (ICS): every event, task and journal entry, with when, where and who in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from strongroom_engine.errors import DamagedDocument, NoText, UnsupportedFormat
from strongroom_engine.indexing.parse.clean import TextBuilder, clean, one_line
from strongroom_engine.indexing.parse.decode import NotText, decode
from strongroom_engine.indexing.parse.mail import headers
from strongroom_engine.indexing.parse.mail.recurrence import repeats
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.sentences import left_out as say
from strongroom_engine.types import Document, LeftOut, Page, Place

MEDIA_TYPE = "text/calendar"
_KINDS = {"VEVENT": "event", "VTODO": "task", "VJOURNAL": "journal entry"}
_PART = re.compile(
    r"^BEGIN:(VEVENT|VTODO|VJOURNAL)\b.*?^END:\1\b[^\n]*\n?", re.MULTILINE | re.DOTALL
)
_ZONE = re.compile(r"^BEGIN:VTIMEZONE\b.*?^END:VTIMEZONE\b[^\n]*\n?", re.MULTILINE | re.DOTALL)
_MAX_DATES = 20

Component = Any
"""A component of the icalendar library, whose values have no useful types."""


def parse(file: OpenFile) -> Document:
    import icalendar

    try:
        source = decode(file.read())
    except NotText as exc:
        raise UnsupportedFormat(kind="data without text") from exc
    calendars, damaged = _calendars(source)
    builder, places, files = TextBuilder(), [], 0
    for component in _components(calendars):
        title = _text(component, "SUMMARY") or f"Untitled {_KINDS[component.name]}"
        start = builder.next_start()
        builder.add(title, level=1)
        places.append(Place(start, 1, "event", one_line(title), _began(component)))
        for line in _lines(component):
            builder.add(line, gap="\n")
        for said in _long(component):
            builder.add(said)
        files += _files(component)
    if not places:
        if damaged:
            raise DamagedDocument(why="it is cut off or broken, and nothing in it can be read")
        raise NoText
    left_out = ((say.DAMAGED_PARTS(), damaged), (say.EMBEDDED_FILES(), files))
    return Document(
        title=_title(calendars, places, file.stem),
        media_type=MEDIA_TYPE,
        pages=(Page(1, builder.text),),
        paged=False,
        headings=builder.headings,
        places=tuple(places),
        parser=f"icalendar {icalendar.__version__}",
        left_out=tuple(LeftOut(what, count) for what, count in left_out if count),
    )


def _calendars(source: str) -> tuple[list[Component], int]:
    """What the file holds, and how many parts of it are too damaged to be read."""
    from icalendar import Calendar

    source = clean(source.replace("\r\n", "\n").replace("\r", "\n"))
    with suppress(ValueError, IndexError, KeyError, TypeError, AttributeError, RecursionError):
        return list(Calendar.from_ical(source.encode(), multiple=True)), 0
    zones = "".join(match.group() for match in _ZONE.finditer(source))
    found, damaged = [], 0
    for match in _PART.finditer(source):
        for around in (zones, ""):
            alone = f"BEGIN:VCALENDAR\n{around}{match.group()}\nEND:VCALENDAR\n"
            with suppress(ValueError, IndexError, KeyError, TypeError, AttributeError):
                found.append(Calendar.from_ical(alone.encode()))
                break
        else:
            damaged += 1
    return found, damaged + (not found and not damaged)


def _components(calendars: Iterable[Component]) -> Iterator[Component]:
    for calendar in calendars:
        for component in calendar.walk():
            if component.name in _KINDS:
                yield component


def _title(calendars: list[Component], places: list[Place], stem: str) -> str:
    named = next((_text(one, "X-WR-CALNAME") for one in calendars if "X-WR-CALNAME" in one), "")
    return one_line(named or (places[0].name if len(places) == 1 else "") or stem)


# --- what an event says ----------------------------------------------------------------------------


def _lines(component: Component) -> Iterator[str]:
    said = (
        ("When", _when(component)),
        ("Due", _moment(_value(component, "DUE"))),
        ("Completed", _moment(_value(component, "COMPLETED"))),
        ("Repeats", "; ".join(_repeats(rule) for rule in _all(component, "RRULE"))),
        ("Not on", _dates(component, "EXDATE")),
        ("Also on", _dates(component, "RDATE")),
        ("In place of", _moment(_value(component, "RECURRENCE-ID"))),
        ("Where", _text(component, "LOCATION")),
        ("Organiser", headers.listed(map(_person, _all(component, "ORGANIZER")))),
        ("People", headers.listed(map(_invited, _all(component, "ATTENDEE")))),
        ("Status", _status(component)),
        ("Categories", _categories(component)),
        ("Link", _text(component, "URL")),
    )
    for name, text in said:
        if text:
            yield f"{name}: {one_line(text, 10_000)}"


def _long(component: Component) -> Iterator[str]:
    for name in ("DESCRIPTION", "COMMENT"):
        for said in _all(component, name):
            if text := str(said).strip():
                yield text


def _all(component: Component, name: str) -> list[Any]:
    value = component.get(name)
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def _text(component: Component, name: str) -> str:
    return next((str(one).strip() for one in _all(component, name)), "")


def _value(component: Component, name: str) -> date | datetime | timedelta | None:
    """A date or a moment; None where there is none or none that can be read."""
    return _date_of(next(iter(_all(component, name)), None))


def _date_of(value: Any) -> date | datetime | timedelta | None:
    found = _part(value, "dt", None)
    return found if isinstance(found, date | timedelta) else None


def _several(value: Any) -> list[Any]:
    """The dates of a property with a list of them; none of one that is broken."""
    return list(_part(value, "dts", ()))


def _part(value: Any, name: str, otherwise: Any) -> Any:
    """What a property has by this name; `otherwise` where it has none, or is broken."""
    from icalendar.error import BrokenCalendarProperty

    try:
        return getattr(value, name, otherwise)
    except BrokenCalendarProperty:
        return otherwise


def _repeats(rule: Any) -> str:
    """How often, in words; of a rule that is broken as it is written."""
    return repeats(rule) if _part(rule, "get", None) else str(rule)


def _began(component: Component) -> int | None:
    start = _value(component, "DTSTART")
    if isinstance(start, datetime):
        return headers.as_written(start)
    if isinstance(start, date):
        return headers.milliseconds(datetime.combine(start, time(), UTC))
    return None


def _when(component: Component) -> str:
    start, end = _value(component, "DTSTART"), _value(component, "DTEND")
    length = _value(component, "DURATION")
    if isinstance(start, timedelta) or start is None:
        return ""
    if end is None and isinstance(length, timedelta):
        with suppress(OverflowError):
            end = start + length
    if not isinstance(start, datetime):
        return _days(start, end)
    if not isinstance(end, datetime) or end == start:
        return _moment(start)
    same_day = end.date() == start.date() and end.utcoffset() == start.utcoffset()
    until = (
        f"{end:%H:%M}" if same_day else f"{headers.weekday(end)}, {headers.day(end)} {end:%H:%M}"
    )
    return f"{headers.weekday(start)}, {headers.day(start)} {start:%H:%M} to {until}{_zone(start)}"


def _days(start: date, end: object) -> str:
    """Whole days; the file says the day after the last one."""
    first = f"{headers.weekday(start)}, {headers.day(start)}"
    if isinstance(end, date) and not isinstance(end, datetime) and end - start > timedelta(1):
        last = end - timedelta(1)
        return f"{first} to {headers.weekday(last)}, {headers.day(last)}, all day"
    return f"{first}, all day"


def _moment(moment: object) -> str:
    if isinstance(moment, datetime):
        day = f"{headers.weekday(moment)}, {headers.day(moment)}"
        return f"{day} {moment:%H:%M}{_zone(moment)}"
    if isinstance(moment, date):
        return f"{headers.weekday(moment)}, {headers.day(moment)}"
    return ""


def _zone(moment: datetime) -> str:
    """' (Europe/Berlin)', ' (UTC)'; nothing where the time is that of whoever looks at it."""
    if moment.tzinfo is None:
        return ""
    name = getattr(moment.tzinfo, "key", "") or str(moment.tzname() or "")
    return f" ({name or moment.strftime('%z')})"


def _dates(component: Component, name: str) -> str:
    found = []
    for one in _all(component, name):
        found += [_moment(_date_of(each)) for each in _several(one)]
    found = [one for one in found if one]
    more = f" and {len(found) - _MAX_DATES} more" if len(found) > _MAX_DATES else ""
    return "; ".join(found[:_MAX_DATES]) + more


def _person(value: Any) -> str:
    name = str(getattr(value, "params", {}).get("CN", ""))
    address = re.sub(r"^mailto:", "", str(value), flags=re.IGNORECASE)
    return headers.person(name, "" if address.startswith(("invalid:", "urn:")) else address)


def _invited(value: Any) -> str:
    answer = str(getattr(value, "params", {}).get("PARTSTAT", "")).lower()
    known = answer in ("accepted", "declined", "tentative", "delegated", "completed")
    return f"{_person(value)} ({answer})" if known else _person(value)


def _status(component: Component) -> str:
    status = _text(component, "STATUS").lower().replace("-", " ")
    return "" if status == "confirmed" else status


def _categories(component: Component) -> str:
    found: list[str] = []
    for one in _all(component, "CATEGORIES"):
        found += [str(each) for each in _part(one, "cats", [one])]
    return ", ".join(found)


def _files(component: Component) -> int:
    """How many files the event holds in itself."""
    values = _all(component, "ATTACH")
    return sum(getattr(one, "params", {}).get("VALUE", "") == "BINARY" for one in values)
