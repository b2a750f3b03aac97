"""When something was: the group that a list puts it in, and the time that its row shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QDate, QLocale, QTime

from strongroom_desktop.wording import language, tr

_WEEK = 7


@dataclass(frozen=True, slots=True)
class Group:
    """A group of days: its name, and when it begins, in milliseconds since 1970."""

    name: str
    start_ms: int


def group_of(ms: int, today: date) -> Group:
    """'Today', 'Yesterday', 'This week', 'This month', 'October 2026'."""
    day = _moment(ms).date()
    week = today - timedelta(days=today.weekday())
    named = (
        (today, tr("Today")),
        (today - timedelta(days=1), tr("Yesterday")),
        (week, tr("This week")),
        (today.replace(day=1), tr("This month")),
    )
    for start, name in named:
        if day >= start:
            return Group(name, _ms(start))
    month = f"{_locale().standaloneMonthName(day.month)} {day.year}"
    return Group(month, _ms(day.replace(day=1)))


def time_of(ms: int, today: date) -> str:
    """'14:05' within the last two days, 'Mon 14:05' within a week, '12 Nov' before."""
    moment = _moment(ms)
    day = moment.date()
    locale = _locale()
    hour = locale.toString(QTime(moment.hour, moment.minute), "HH:mm")
    if day >= today - timedelta(days=1):
        return hour
    if day > today - timedelta(days=_WEEK):
        weekday = locale.standaloneDayName(day.isoweekday(), QLocale.FormatType.ShortFormat)
        return f"{weekday} {hour}"
    return locale.toString(QDate(day.year, day.month, day.day), tr("d MMM"))


def _ms(day: date) -> int:
    """When a day begins here."""
    return int(datetime.combine(day, time.min).timestamp() * 1000)


def _moment(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000).astimezone()


def _locale() -> QLocale:
    code = language()
    return QLocale(code) if code != "en" else QLocale(QLocale.Language.English, _UK)


_UK = QLocale.Country.UnitedKingdom
