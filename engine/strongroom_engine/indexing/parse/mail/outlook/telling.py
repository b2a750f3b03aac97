"""What an appointment, a contact, a task of Outlook says, in the words in which calendars (ICS) and
contacts (VCF) say it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from strongroom_engine.indexing.parse.clean import one_line
from strongroom_engine.indexing.parse.mail import headers
from strongroom_engine.indexing.parse.mail.outlook.properties import CLASS, Name, Properties

_START, _END, _WHERE, _ALL_DAY, _ZONE = 0x820D, 0x820E, 0x8208, 0x8215, 0x825E
_PATTERN, _INVITED, _CATEGORIES, _COMPANIES = 0x8232, 0x8238, "keywords", 0x8539
_DUE, _COMPLETED, _BEGINS, _STATUS, _PART, _OWNER = 0x8105, 0x810F, 0x8104, 0x8101, 0x8102, 0x811F
_MEMBERS = 0x8054
_APPOINTMENTS = ("ipm.appointment", "ipm.ole.class.{00061055")
"""Also one of a series that is held at another time, which lies in the series."""
_WORLD = "urn:content-classes:"
_TASK_STATUS = ("not started", "in progress", "completed", "waiting", "deferred")

_CONTACT: tuple[tuple[str, tuple[Name, ...]], ...] = (
    ("Nickname", (0x3A4F,)),
    ("Organisation", (0x3A16,)),
    ("Department", (0x3A18,)),
    ("Position", (0x3A17,)),
    ("Profession", (0x3A46,)),
    ("Office", (0x3A19,)),
    ("Phone (work)", (0x3A08,)),
    ("Phone (work)", (0x3A1B,)),
    ("Phone (mobile)", (0x3A1C,)),
    ("Phone (home)", (0x3A09,)),
    ("Phone (home)", (0x3A2F,)),
    ("Phone (other)", (0x3A1F,)),
    ("Phone (assistant)", (0x3A2E,)),
    ("Phone (company)", (0x3A57,)),
    ("Phone (work, fax)", (0x3A24,)),
    ("Phone (home, fax)", (0x3A25,)),
    ("Email", (0x8083, 0x8084)),
    ("Email", (0x8093, 0x8094)),
    ("Email", (0x80A3, 0x80A4)),
    ("Messenger", (0x8062,)),
    ("Address (work)", (0x801B, 0x3A15)),
    ("Address (home)", (0x801A,)),
    ("Address (other)", (0x801C,)),
    ("Website", (0x3A51, 0x802B)),
    ("Website (home)", (0x3A50,)),
    ("Spouse", (0x3A48,)),
    ("Manager", (0x3A4E,)),
    ("Assistant", (0x3A30,)),
)
_DAYS: tuple[tuple[str, int], ...] = (("Birthday", 0x3A42), ("Anniversary", 0x3A41))


@dataclass(frozen=True, slots=True)
class Told:
    """`content_class` says what it is, '' for a message; `moment` when it begins or is due."""

    content_class: str = ""
    lines: tuple[str, ...] = ()
    moment: datetime | None = None
    title: str = ""


def told(properties: Properties, *, has_people: bool) -> Told:
    """`has_people`: those who are invited are told with the message itself."""
    kind = properties.text(CLASS).lower()
    if kind.startswith(_APPOINTMENTS):
        return _appointment(properties, has_people)
    if kind.startswith("ipm.schedule.meeting"):
        return Told(lines=tuple(_lines(_meeting(properties, has_people))))
    if kind.startswith(("ipm.contact", "ipm.distlist")):
        return _contact(properties)
    if kind.startswith("ipm.task"):
        return _task(properties)
    if kind.startswith(("ipm.stickynote", "ipm.activity")):
        return Told(f"{_WORLD}note", moment=properties.moment(0x3007, 0x3008))
    return Told()


def _lines(said: Iterator[tuple[str, str]]) -> Iterator[str]:
    for name, text in said:
        if text := one_line(text, 10_000):
            yield f"{name}: {text}"


# --- appointments and tasks ------------------------------------------------------------------------


def _appointment(properties: Properties, has_people: bool) -> Told:
    start = properties.moment(_START, 0x8516, 0x0060)
    if start and properties.number(_ALL_DAY):
        start = _nearest_midnight(start)
    elif start:
        start = start.astimezone(_zone(properties))
    lines = [*_lines(_meeting(properties, has_people))]
    if organiser := one_line(properties.text(0x0042, 0x0C1A)):
        lines.append(f"Organiser: {organiser}")
    return Told(f"{_WORLD}appointment", tuple(lines), start)


def _meeting(properties: Properties, has_people: bool) -> Iterator[tuple[str, str]]:
    yield "When", _when(properties)
    yield "Repeats", properties.text(_PATTERN)
    yield "Where", properties.text(_WHERE)
    yield "People", "" if has_people else properties.text(_INVITED).replace(";", ",")
    yield "Categories", ", ".join(properties.texts(_CATEGORIES))


def _when(properties: Properties) -> str:
    start = properties.moment(_START, 0x8516, 0x0060)
    end = properties.moment(_END, 0x8517, 0x0061)
    if start is None:
        return ""
    if properties.number(_ALL_DAY):
        return _days(start, end)
    zone = _zone(properties)
    start, end = start.astimezone(zone), end.astimezone(zone) if end else None
    named = f" ({zone})"
    if end is None or end <= start:
        return f"{_day(start)} {start:%H:%M}{named}"
    until = f"{end:%H:%M}" if end.date() == start.date() else f"{_day(end)} {end:%H:%M}"
    return f"{_day(start)} {start:%H:%M} to {until}{named}"


def _days(start: datetime, end: datetime | None) -> str:
    first = _nearest_midnight(start)
    last = _nearest_midnight(end) - timedelta(1) if end else first
    until = f" to {_day(last)}" if last > first else ""
    return f"{_day(first)}{until}, all day"


def _day(moment: datetime) -> str:
    return f"{headers.weekday(moment)}, {headers.day(moment)}"


def _nearest_midnight(moment: datetime) -> datetime:
    """The day that a midnight somewhere in the world begins, of which only UTC is kept."""
    shifted = moment + timedelta(hours=12)
    return datetime.combine(shifted.date(), time(), UTC)


def _zone(properties: Properties) -> tzinfo:
    """The zone in which the appointment was made; its name stands in the description of it."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    data = properties.data(_ZONE)
    try:
        (count,) = struct.unpack_from("<H", data, 6)
        name = data[8 : 8 + 2 * count].decode("utf-16-le")
        return ZoneInfo(WINDOWS_TO_OLSON[name])
    except (struct.error, UnicodeDecodeError, LookupError, ZoneInfoNotFoundError, ValueError):
        return UTC


def _task(properties: Properties) -> Told:
    due = properties.moment(_DUE, 0x8517)
    return Told(
        f"{_WORLD}task",
        tuple(_lines(_of_task(properties))),
        _nearest_midnight(due) if due else None,
    )


def _of_task(properties: Properties) -> Iterator[tuple[str, str]]:
    for name, wanted in (("When", _BEGINS), ("Due", _DUE), ("Completed", _COMPLETED)):
        moment = properties.moment(wanted)
        yield name, _day(_nearest_midnight(moment)) if moment else ""
    status = properties.number(_STATUS)
    yield "Status", _TASK_STATUS[status] if 0 <= status < len(_TASK_STATUS) else ""
    done = properties.share(_PART)
    yield "Done", f"{done:.0%}" if 0 < done < 1 else ""
    yield "Owner", properties.text(_OWNER)
    yield "Categories", ", ".join(properties.texts(_CATEGORIES))


# --- contacts --------------------------------------------------------------------------------------


def _contact(properties: Properties) -> Told:
    name = properties.text(0x3001, 0x0037, 0x8005)
    return Told(f"{_WORLD}person", tuple(_lines(_of_contact(properties))), title=one_line(name))


def _of_contact(properties: Properties) -> Iterator[tuple[str, str]]:
    for label, wanted in _CONTACT:
        yield label, ", ".join(properties.text(*wanted).splitlines())
    for label, number in _DAYS:
        moment = properties.moment(number)
        yield label, headers.day(_nearest_midnight(moment)) if moment else ""
    yield "Companies", ", ".join(properties.texts(_COMPANIES))
    yield "Categories", ", ".join(properties.texts(_CATEGORIES))
    yield "Members", ", ".join(filter(None, map(_member, properties.all_data(_MEMBERS))))


def _member(data: bytes) -> str:
    """'Ana Keller <ana@example.org>' of what a list keeps of one in it."""
    if len(data) < 24:
        return ""
    is_wide = data[23] & 0x80
    said = data[24:].decode("utf-16-le" if is_wide else "cp1252", "replace").split("\0")
    name, _, address = (*said, "", "")[:3]
    return headers.person(name, address)
