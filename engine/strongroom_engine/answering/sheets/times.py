"""Times in a question over tables: 'in March 2024', 'since May', 'Q2 2023', 'before 2024-03-01'."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from strongroom_engine.answering.exact.when import Bounds, is_relative, read_when, when_pattern
from strongroom_engine.answering.sheets.words import Tongue

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ISO_DAY = re.compile(r"\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2}\.\d{1,2}\.\d{4}\b")
QUARTER_MONTHS = 3


@dataclass(frozen=True, slots=True)
class When:
    """`bounds` are the first day and the first that is too late; where no year was said they are
    `months`, '03', of any year."""

    start: int
    end: int
    bounds: Bounds
    months: tuple[str, ...] = ()

    @property
    def years(self) -> tuple[int | None, int | None] | None:
        """First and last year, where whole years are meant."""
        first, after = self.bounds
        if any(day and (day.month, day.day) != (1, 1) for day in (first, after)):
            return None
        return (first.year if first else None, after.year - 1 if after else None)


def times_at(text: str, at: int, tongue: Tongue, today: date) -> list[When]:
    """What may be a time that begins at this character; the longest first."""
    found = [*_quarters(text, at, tongue), *_spoken(text, at, tongue, today)]
    found += _bare(text, at, tongue, today)
    return sorted(found, key=lambda one: -one.end)


def _quarters(text: str, at: int, tongue: Tongue) -> list[When]:
    match = _quarter(tongue).match(text, at)
    if not match:
        return []
    word = (match["word"] or "").lower()
    number = int(match["q"] or 0) or _ordinal(word, tongue)
    months = tuple(f"{QUARTER_MONTHS * (number - 1) + m:02}" for m in (1, 2, 3))
    if not match["year"]:
        return [When(at, match.end(), (None, None), months)]
    year = int(match["year"])
    after = date(year + number // 4, QUARTER_MONTHS * number % 12 + 1, 1)
    return [When(at, match.end(), (date(year, int(months[0]), 1), after))]


def _ordinal(word: str, tongue: Tongue) -> int:
    return next(n for n, said in enumerate(tongue.values.quarters, 1) if word in said.split())


def _spoken(text: str, at: int, tongue: Tongue, today: date) -> list[When]:
    """'since May 2023', 'from 2021 to 2023', 'last month'."""
    match = _whens(tongue).match(text, at)
    if not match:
        return []
    said = match.group()
    return [made] if (made := _read(said, at, match.end(), tongue, today)) else []


def _read(said: str, at: int, end: int, tongue: Tongue, today: date) -> When | None:
    bounds = read_when(said, tongue.language, today)
    if bounds is None:
        return None
    if _YEAR.search(said) or _ISO_DAY.search(said) or is_relative(said, tongue.language):
        return When(at, end, bounds)
    month = bounds[0]
    days = (bounds[1] - month).days if month and bounds[1] else 0
    if month is None or not 28 <= days <= 31:  # 'since May', 'on 3 May': of which year?
        return None
    return When(at, end, (None, None), (f"{month.month:02}",))


def _bare(text: str, at: int, tongue: Tongue, today: date) -> list[When]:
    """'March 2024', '2024', '2024-03-01' with nothing before it; short names of months."""
    match = _bares(tongue).match(text, at)
    if not match:
        return []
    if not match["month"]:
        bounds = read_when(f"{_IN[tongue.language]} {match['iso']}", tongue.language, today)
        return [When(at, match.end(), bounds)] if bounds else []
    number = month_number(match["month"], tongue)
    if not match["year"]:
        return [When(at, match.end(), (None, None), (f"{number:02}",))]
    year = int(match["year"])
    return [
        When(
            at, match.end(), (date(year, number, 1), date(year + number // 12, number % 12 + 1, 1))
        )
    ]


_IN = {"en": "in", "de": "in"}


def month_number(word: str, tongue: Tongue) -> int:
    return next(n for n, same in enumerate(tongue.values.months, 1) if word.lower() in same)


@cache
def _compiled(language: str, pattern: str) -> re.Pattern[str]:  # noqa: ARG001  # part of the key
    return re.compile(pattern + r"(?!\w)", re.IGNORECASE)


def _quarter(tongue: Tongue) -> re.Pattern[str]:
    return _compiled(tongue.language, tongue.values.quarter)


def _whens(tongue: Tongue) -> re.Pattern[str]:
    return _compiled(tongue.language, when_pattern(tongue.language))


def _bares(tongue: Tongue) -> re.Pattern[str]:
    months = "|".join(
        sorted((word for same in tongue.values.months for word in same), key=len, reverse=True)
    )
    return _compiled(
        tongue.language,
        rf"(?:(?P<month>{months})\.?(?:,? (?P<year>(?:19|20)\d\d))?"
        r"|(?P<iso>(?:19|20)\d\d(?:-\d{1,2}){0,2}|\d{1,2}\.\d{1,2}\.\d{4}))",
    )
