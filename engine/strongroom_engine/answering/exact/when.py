"""Times in words: 'in March 2024', 'between 2021 and May 2023', 'seit dem 3. April 2023'."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from strongroom_engine.answering.grammar import Grammar, grammars
from strongroom_engine.answering.plain_filters import calendar_span, relative_span, span_around

Bounds = tuple[date | None, date | None]
"""The first day, and the first that is too late."""

_DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?)"
_YEAR = r"(?:(?:19|20)\d\d)"


@cache
def when_pattern(language: str) -> str:
    """An expression, without groups, for every way to say a time; also those of no day at all."""
    times = _grammar(language).exact.times
    return rf"(?:{'|'.join(_without_groups(form, language) for forms in times.values() for form in forms)})"


def _without_groups(form: str, language: str) -> str:
    moment = _moment(language)
    for place, pattern in (("one", moment), ("two", moment), ("relative", _relative(language))):
        form = form.replace(f"{{{place}}}", pattern)
    return rf"(?:{form}(?!\w))"


def read_when(text: str, language: str, today: date) -> Bounds | None:
    """The days that the words mean; None for no time, and for a day that there is not."""
    for kind, forms in _grammar(language).exact.times.items():
        for form in forms:
            if match := re.fullmatch(_with_groups(form, language), text, re.IGNORECASE):
                try:
                    return _bounds(kind, match.groupdict(), language, today)
                except ValueError:
                    return None
    return None


@cache
def _with_groups(form: str, language: str) -> str:
    for place in ("one", "two"):
        form = form.replace(f"{{{place}}}", f"(?P<{place}>{_moment(language)})")
    return form.replace("{relative}", f"(?P<relative>{_relative(language)})")


def is_relative(text: str, language: str) -> bool:
    """Whether the words say a time as seen from today: 'last week'."""
    return bool(re.search(rf"\b{_relative(language)}\b", text, re.IGNORECASE))


def _bounds(kind: str, said: dict[str, str | None], language: str, today: date) -> Bounds:
    if spoken := said.get("relative"):
        return relative_span(*_grammar(language).times.relative[spoken.lower()], today)
    first, after = read_moment(said["one"] or "", language, today)
    if second := said.get("two"):
        return first, read_moment(second, language, today)[1]
    return {
        "since": (first, None),
        "after": (after, None),
        "before": (None, first),
        "until": (None, after),
    }.get(kind, (first, after))


def read_moment(text: str, language: str, today: date) -> tuple[date, date]:
    """The day, month or year that is named, and the first day after it. Raises ValueError."""
    grammar = _grammar(language)
    months = "|".join(grammar.times.months)
    if spoken := grammar.times.relative.get(text.lower()):
        return relative_span(*spoken, today)
    if match := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text):
        day = date(int(match[3]), int(match[2]), int(match[1]))
        return day, day + timedelta(days=1)
    named = (
        rf"(?:(?P<day>\d{{1,2}})\D{{0,3}} )?(?P<month>{months})(?: (?P<day2>\d{{1,2}})\D{{0,2}},?)?"
    )
    if match := re.fullmatch(rf"{named}(?:,? (?P<year>\d{{4}}))?", text, re.IGNORECASE):
        return _named_day(match, grammar, today)
    return calendar_span({"day": text}, grammar.times.months, today)


def _named_day(match: re.Match[str], grammar: Grammar, today: date) -> tuple[date, date]:
    month = {"month": match["month"], "year": match["year"]}
    first, after = calendar_span(month, grammar.times.months, today)
    if number := match["day"] or match["day2"]:
        return span_around("day", first.replace(day=int(number)))
    return first, after


@cache
def _moment(language: str) -> str:
    months = rf"(?:{'|'.join(_grammar(language).times.months)})"
    forms = (
        r"\d{4}-\d{1,2}(?:-\d{1,2})?",
        r"\d{1,2}\.\d{1,2}\.\d{4}",
        rf"{_DAY}\.? {months}(?:,? {_YEAR})?",
        rf"{months} {_DAY}(?:,? {_YEAR})(?!\d)",
        rf"{months},? {_YEAR}",
        rf"{months}",
        _YEAR,
        _relative(language),
    )
    return rf"(?:{'|'.join(forms)})"


@cache
def _relative(language: str) -> str:
    known = sorted(_grammar(language).times.relative, key=len, reverse=True)
    return rf"(?:{'|'.join(map(re.escape, known))})"


@cache
def _grammar(language: str) -> Grammar:
    return next(each for each in grammars() if each.language == language)
