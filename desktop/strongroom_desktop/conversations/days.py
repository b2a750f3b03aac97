"""When something was: the group that a list puts it in, and the time that its row shows."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import QDate, QLocale, QTime

from strongroom_desktop.wording import language, tr

_WEEK = 7


def group_of(ms: int, today: date) -> str:
    """'Today', 'Yesterday', 'This week', 'This month', 'October 2026'."""
    day = _moment(ms).date()
    if day >= today:
        return tr("Today")
    if day == today - timedelta(days=1):
        return tr("Yesterday")
    if day > today - timedelta(days=today.weekday() + 1):
        return tr("This week")
    if (day.year, day.month) == (today.year, today.month):
        return tr("This month")
    return f"{_locale().standaloneMonthName(day.month)} {day.year}"


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
    return locale.toString(QDate(day.year, day.month, day.day), "d MMM")


def _moment(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000).astimezone()


def _locale() -> QLocale:
    code = language()
    return QLocale(code) if code != "en" else QLocale(QLocale.Language.English, _UK)


_UK = QLocale.Country.UnitedKingdom
