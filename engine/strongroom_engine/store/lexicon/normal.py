"""Dates, amounts and reference numbers in one spelling each, as words of the full-text index.

'5 January 2024', '2024-01-05' and '05.01.24' give d20240105; '1,234.50 €' and 'EUR 1.234,50' give
n1234c5; '$1.2 million' gives 1200000, which other texts hold as it stands; 'INV-2024/00123' gives
inv202400123. What can be read in two ways gives both. A currency is not said: with it the index of
companies' filings grew by 9 % in place of 5 %.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal

from strongroom_engine.written.dates import Date, WrittenDate, dates_of_years
from strongroom_engine.written.numbers import MONEY, Amount, amounts
from strongroom_engine.written.references import references

Spelling = tuple[int, int, str]
"""A span of a text, and a word for what stands there."""

CENTS = 2
UNITS = MONEY | {"%"}
GROUPED = 1000
"""Fractions with so many places, or of so much, are amounts, whatever stands beside them."""
LONGEST = 18
"""Amounts with more digits are none."""

_DIGIT = re.compile(r"\d")


def normal_forms(text: str, *, asked: bool) -> Iterator[Spelling]:
    """The words for what a text holds, or, where it is `asked`, for what is looked for.

    A passage's day is also found by its month; who asks for a day does not want the month.
    """
    if not _DIGIT.search(text):
        return
    dated = dates_of_years(text)
    for date in dated:
        for word in _of_date(date.readings, asked=asked):
            yield date.start, date.end, word
    for amount in amounts(text):
        if amount.values and not _within(amount.start, amount.end, dated):
            for word in _of_amount(amount):
                yield amount.start, amount.end, word
    for start, end, word in references(text):
        if not _within(start, end, dated):
            yield start, end, word


def _within(start: int, end: int, dated: Sequence[WrittenDate]) -> bool:
    """Whether that is part of one of the dates, which stand in order."""
    at = bisect_right(dated, start, key=lambda date: date.start) - 1
    return at >= 0 and end <= dated[at].end


def _of_date(readings: Sequence[Date], *, asked: bool) -> Iterator[str]:
    for date in readings:
        month = f"d{date.year:04}{date.month:02}"
        if date.day:
            yield f"{month}{date.day:02}"
    if not asked or not readings[0].day:
        yield from dict.fromkeys(f"d{date.year:04}{date.month:02}" for date in readings)


def _of_amount(amount: Amount) -> Iterator[str]:
    """The amount where its digits do not say it.

    '1,200' and '1.200' are taken for 1200: as fractions they would be found by their digits.
    """
    for value in amount.values if amount.scaled else (max(amount.values),):
        word = _number(value)
        sayable = word[0] == "n" and (amount.unit in UNITS or _is_sum(value))
        if len(word) <= LONGEST and (amount.scaled or sayable):
            yield word


def _is_sum(value: Decimal) -> bool:
    return value >= GROUPED or value.as_tuple().exponent == -CENTS


def _number(value: Decimal) -> str:
    """1200 -> '1200', 1234.50 -> 'n1234c5'."""
    whole, _, rest = f"{value:f}".partition(".")
    rest = rest.rstrip("0")
    return f"n{whole}c{rest}" if rest else whole
