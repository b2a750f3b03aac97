"""Dates as people write them -> year, month and day.

Month names in the languages of `months`; ISO 8601, figures with full stops, strokes and hyphens,
and the Chinese, Japanese and Korean way. What can be read in two ways ('05/01/2024') has both
readings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from strongroom_engine.written.figures import figure_starts, matches
from strongroom_engine.written.months import is_month, month

_NAME = r"(?P<n>[^\W\d_](?:[^\W\d_]|[\u0300-\u036f]){2,})"
_YEAR = r"(?P<y>1[0-9]\d\d|20\d\d|21\d\d)"
YEARS = range(1600, 2200)
"""Figures in the place of a year are one within these."""
_OF = r"(?:\s+(?:of|de|del|di|van))?"
_ORDINAL = r"(?:st|nd|rd|th|er|re|:?e|º|ª|°)"

_DAY_FIRST = re.compile(
    rf"(?P<d>\d\d?){_ORDINAL}?(?:\.\s*|/|{_OF}[\s-]+(?:day\s+of\s+)?|{_OF}\s+d['’])"
    rf"{_NAME}(?:(?:\.?(?:,|,?\s+(?:of|de|del))?[\s/-]+|\.){_YEAR}(?!\d)"
    r"|(?:\.?[-/]|\.?\s['’]|(?<!\w{5})\.?\s)(?P<yy>\d\d)(?!\w|[ \t]+[^\W\d_]|[.,:/%-]\d))?"
)
_AFTER_NAME = (
    re.compile(
        rf"(?P<d>\d{{1,2}}){_ORDINAL}?(?!\w)(?![.:]?\d|,\d{{1,3}}(?!\d))(?:(?:,?\s+(?:of\s+)?|,|-){_YEAR}(?!\d))?"
    ),
    re.compile(rf"{_YEAR}(?!\w)(?![.,:/-]\d)"),
    re.compile(r"['’](?P<yy>\d\d)(?!\w)"),
)
_YEAR_FIRST = re.compile(
    rf"{_YEAR}(?<![\w.,/-]\d{{4}})\.?[\s-]+{_NAME}\.?[\s-]+(?P<d>\d{{1,2}})(?!\w|[.,:/-]\d)"
)
_FIGURES = re.compile(
    r"(?P<a>\d\d{0,3})(?P<sep>[/-]|\.\s?)(?P<b>\d{1,2})(?P=sep)(?P<c>\d{1,4})(?=T\d|[\W_]|$)"
)
_EAST = re.compile(
    r"(?P<y>\d{4})\s?[年년]\s?(?P<m>\d{1,2})\s?[月월](?:\s?(?P<d>\d{1,2})\s?[日号號일])?"
)
_PACKED = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)")
_MONTH_OF_YEAR = re.compile(r"(?P<a>\d\d{0,3})(?P<sep>[./-])(?P<b>\d{2,4})(?!\w|[.,:/-]\d)")
_ALONE = re.compile(
    rf"(?<!\w)(?:in|of|late|early|mid|since|until|im|ende|anfang|mitte|seit)[\s-]+(?={_NAME}\b"
    r"(?!\.?(?:,|\s+of|\s+de)?\s+\d))",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(rf"(?<![^\W_]){_NAME}(?:\.?,?\s+(?:of|de|del))?$")
_BETWEEN = " \t\r\n\u00a0\u202f-/.,"
LONGEST_NAME = 20
LONGEST_GAP = 40
"""So many characters before a figure are looked at for a month's name, after so many of spaces."""
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Date:
    """A date as far as it is written; what is not is 0."""

    year: int
    month: int
    day: int

    def within(self, other: Date) -> bool:
        """Whether `other` says all that this one says."""
        mine = self.year, self.month, self.day
        theirs = other.year, other.month, other.day
        return all(a in (0, b) for a, b in zip(mine, theirs, strict=True))


@dataclass(frozen=True, slots=True)
class WrittenDate:
    start: int
    end: int
    readings: tuple[Date, ...]
    """The likeliest first."""


def dates(text: str) -> list[WrittenDate]:
    """The dates in a text, in order, none within another; days and months without a year, too."""
    return _apart([*_with_figures(text), *_alone(text)])


def dates_of_years(text: str) -> list[WrittenDate]:
    """Those with a year, and what is a date if it is anything: '01/2024', '20240105'."""
    if not figure_starts(text):
        return []
    found = [*_with_figures(text), *_packed(text), *_months_of_years(text)]
    read = (_of_short_year(written, text) for written in _apart(found))
    return [written for written in read if written.readings[0].year]


def _of_short_year(written: WrittenDate, text: str) -> WrittenDate:
    """'Jan-24' at the head of a column is a month, and else a day without a year."""
    date = written.readings[0]
    short = text[written.end - 3 : written.end]
    if date.year or not re.fullmatch(r"-\d\d", short):
        return written
    return replace(written, readings=(Date(_full(short[1:]), date.month, 0),))


def _apart(found: Iterable[WrittenDate]) -> list[WrittenDate]:
    kept: list[WrittenDate] = []
    for written in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or written.start >= kept[-1].end:
            kept.append(written)
    return kept


def _with_figures(text: str) -> Iterator[WrittenDate]:
    for pattern in (_DAY_FIRST, _YEAR_FIRST):
        for match in matches(pattern, text):
            if _begins(text, match.start()):
                yield from _named(match, match.start(), match["n"])
    yield from _name_first(text)
    for match in matches(_FIGURES, text):
        if _stands_alone(text, match.start(), match.end(), match["sep"]):
            yield from _written(match.start(), match.end(), _orders(match))
    for match in _EAST.finditer(text) if "年" in text or "년" in text else ():
        date = Date(int(match["y"]), int(match["m"]), int(match["d"] or 0))
        yield from _written(match.start(), match.end(), [date])


def _alone(text: str) -> Iterator[WrittenDate]:
    """'in January'; the preposition is none of it."""
    for match in _ALONE.finditer(text):
        if (number := month(match["n"])) and is_month(match["n"], day=False, year=False):
            yield WrittenDate(match.start("n"), match.end("n"), (Date(0, number, 0),))


# --- with the name of a month ----------------------------------------------------------------------


def _name_first(text: str) -> Iterator[WrittenDate]:
    """'January 5, 2024', 'January 2024': found from its figure, whose name is looked for before."""
    for start in figure_starts(text):
        at = start - (text[start - 1 : start] in ("'", "’"))
        if not (name := _name_before(text, at)):
            continue
        for pattern in _AFTER_NAME:
            if match := pattern.match(text, at):
                yield from _named(match, *name)


def _name_before(text: str, at: int) -> tuple[int, str] | None:
    """Where the word before a figure begins, and the word; a letter is looked for first."""
    if at < 4 or text[at - 1] not in _BETWEEN:
        return None
    before = text[max(at - LONGEST_GAP, 0) : at].rstrip(_BETWEEN)
    if not before[-1:].isalpha():
        return None
    first = max(len(before) - LONGEST_NAME, 0)
    name = _NAME_BEFORE.search(before, first)
    return (max(at - LONGEST_GAP, 0) + name.start(), name["n"]) if name else None


def _begins(text: str, at: int) -> bool:
    """Whether no part of a longer figure or word stands before."""
    before = text[max(at - 1, 0) : at]
    return not before.isalnum() and before not in (".", ",", "/")


def _named(match: re.Match[str], start: int, name: str) -> Iterator[WrittenDate]:
    held = match.groupdict()
    day, year = int(held.get("d") or 0), _full(held.get("y") or held.get("yy") or "0000")
    number = month(name)
    if number and is_month(name, day=bool(day), year=bool(year)):
        yield from _written(start, _end(match, year), [Date(year, number, day)])


def _end(match: re.Match[str], year: int) -> int:
    """Where a date ends; the full stop of an abbreviation belongs to it."""
    end = match.end()
    abbreviated = not year and "n" in match.re.groupindex and match.string[end : end + 1] == "."
    return end + abbreviated


# --- in figures --------------------------------------------------------------------------------------


def _stands_alone(text: str, start: int, end: int, sep: str) -> bool:
    """Whether no letter or digit clings to the figures: '1.2.3.4' and 'A-05-01-24' are no dates."""
    before, mark = text[start - 1 : start], text[end : end + 1]
    if before.isalnum() or (before in (".", ",", "/") and text[start - 2 : start - 1].isalnum()):
        return False
    if before == "-" and sep == "-" and text[start - 2 : start - 1].isdigit():
        return False
    return not (mark in (sep[0], "/", ".") and mark and text[end + 1 : end + 2].isdigit())


def _orders(match: re.Match[str]) -> Iterator[Date]:
    """Year first where it has four digits; else with full stops day first, otherwise both."""
    one, sep, two, three = match["a"], match["sep"], match["b"], match["c"]
    if len(one) == 4 and len(three) <= 2 and int(one) in YEARS:
        yield Date(int(one), int(two), int(three))
    if len(one) > 2 or len(three) not in (2, 4) or _full(three) not in YEARS:
        return
    if sep[0] != ".":
        yield Date(_full(three), int(one), int(two))
    yield Date(_full(three), int(two), int(one))
    if sep == "-" and len(one) == len(three) == 2:
        yield Date(_full(one), int(two), int(three))


def _packed(text: str) -> Iterator[WrittenDate]:
    for match in matches(_PACKED, text):
        date = Date(int(match["y"]), int(match["m"]), int(match["d"]))
        yield from _written(match.start(), match.end(), [date])


def _months_of_years(text: str) -> Iterator[WrittenDate]:
    """'01/2024', '1/2024', '01.2024', '2024-01'; '1.2024' is a fraction."""
    for match in matches(_MONTH_OF_YEAR, text):
        one, sep, two = match.groups()
        if text[match.start() - 1 : match.start()] in ("-", ":") or not _begins(
            text, match.start()
        ):
            continue
        year, number = (one, two) if len(one) == 4 else (two, one)
        whole = len(number) == 2 or (sep == "/" and number == one)
        if whole and len(year) == 4 and 1900 <= int(year) < 2100 and len(number) <= 2:
            yield from _written(*match.span(), [Date(int(year), int(number), 0)])


def _written(start: int, end: int, readings: Iterable[Date]) -> Iterator[WrittenDate]:
    possible = tuple(dict.fromkeys(filter(_is_possible, readings)))
    if possible:
        yield WrittenDate(start, end, possible)


def _is_possible(date: Date) -> bool:
    return 1 <= date.month <= 12 and date.day <= _LONGEST[date.month - 1]


def _full(year: str) -> int:
    """'24' -> 2024, '98' -> 1998."""
    number = int(year)
    return number if len(year) == 4 else number + (2000 if number < 50 else 1900)
