"""Dates as people write them -> year, month and day.

Month names in English, German, French, Spanish, Italian, Portuguese and Dutch; ISO 8601, dotted
and slashed figures. What can be read in two ways ('05/01/2024') has both readings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NAMES = (
    "january jan januar janvier enero ene gennaio janeiro januari jänner",
    "february feb februar février févr fevrier febrero febbraio fevereiro februari",
    "march mar märz maerz mars marzo março maart",
    "april apr avril abril abr aprile",
    "may mai mayo maggio maio mei",
    "june jun juni juin junio giugno junho",
    "july jul juli juillet julio luglio julho",
    "august aug août aout agosto augustus",
    "september sep sept septembre septiembre settembre setembro",
    "october oct oktober okt octobre octubre ottobre outubro",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre decembre diciembre dic dicembre dezembro",
)
_MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
MONTH_NAMES = tuple(names.split()[0] for names in _NAMES)
"""In English, January first."""

_ALSO_WORDS = frozenset({"may", "march", "mar", "mars"})
"""Months only with a capital letter: 'you may 30 days later'."""

_MONTH = "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True))
_YEAR = r"(?P<y>1[0-9]\d\d|20\d\d|21\d\d)"
_DAY = r"(?P<d>3[01]|[12]\d|0?[1-9])"
_OF = r"(?:\s+(?:day\s+)?(?:of|de|del|di|van))?"
_TEXTUAL_DAY = (
    rf"{_DAY}(?:st|nd|rd|th|er|\.|º|°)?{_OF}[\s-]+(?P<n>{_MONTH})\b\.?"
    rf"(?:(?:,|,?\s+(?:of|de|del))?[\s-]+{_YEAR})?"
)
_PATTERNS = (
    rf"{_YEAR}-(?P<m>1[0-2]|0[1-9])-(?P<d>3[01]|[12]\d|0[1-9])",
    _TEXTUAL_DAY,
    rf"(?P<n>{_MONTH})\b\.?\s+{_DAY}(?:st|nd|rd|th)?\b(?![.,:]?\d)(?:,?\s+{_YEAR})?",
    (
        rf"(?:in|of|late|early|mid|since|until|im|ende|anfang|mitte|seit)[\s-]+(?P<n>{_MONTH})\b"
        r"(?!\.?(?:,|\s+of|\s+de)?\s+\d)"
    ),
    rf"(?P<n>{_MONTH})\b\.?(?:,|\s+(?:of|de|del))?\s+{_YEAR}",
    r"(?P<d>\d{1,2})(?P<sep>[./])(?P<m>\d{1,2})(?P=sep)(?P<y>(?:1[6-9]|2[01])\d\d|\d\d)",
)
_DATES = tuple(
    re.compile(rf"(?<![\w.,/-])(?:{pattern})(?!\w)(?![./-]\d)", re.IGNORECASE)
    for pattern in _PATTERNS
)


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
    """The dates in a text, in order, none within another."""
    found: list[WrittenDate] = []
    for written in sorted(_all(text), key=lambda each: (each.start, -each.end)):
        if not found or written.start >= found[-1].end:
            found.append(written)
    return found


def _all(text: str) -> Iterator[WrittenDate]:
    for pattern in _DATES:
        for match in pattern.finditer(text):
            readings = tuple(_readings(match))
            if readings:
                yield WrittenDate(_start(match), match.end(), readings)


def _start(match: re.Match[str]) -> int:
    """Where the date begins; 'in' in front of a month alone is none of it."""
    alone = match.groupdict().keys() == {"n"}
    return match.start("n") if alone else match.start()


def _readings(match: re.Match[str]) -> Iterator[Date]:
    parts = match.groupdict()
    day, year = int(parts.get("d") or 0), parts.get("y") or "0"
    if name := parts.get("n"):
        if name[0].isupper() or (name.lower() not in _ALSO_WORDS and (day or int(year))):
            yield Date(int(year), _MONTHS[name.lower()], day)
        return
    one, other = day, int(parts["m"])
    slashed = parts.get("sep") == "/"
    orders = ((other, one), (one, other)) if not slashed else ((one, other), (other, one))
    for month, of_month in orders if parts.get("sep") else orders[:1]:
        if 1 <= month <= 12 and 1 <= of_month <= 31:
            yield Date(_full(year), month, of_month)
            if not slashed:
                return


def _full(year: str) -> int:
    """'24' -> 2024, '98' -> 1998."""
    number = int(year)
    return number if len(year) == 4 else number + (2000 if number < 50 else 1900)
