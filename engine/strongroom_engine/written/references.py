"""Reference numbers as people write them -> letters and digits joined, in small letters.

'INV-2024-00123', 'INV 2024/00123' and 'INV202400123' are one; so are an IBAN with and without
spaces, '12 O 345/23' and '12O345/23', and '+49 (0)30 123456' and '030 123456' (a telephone number
is its digits without the country's and the leading zeros). What is one word as it stands is not
given.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from strongroom_engine.written.figures import figure_starts, matches
from strongroom_engine.written.numbers import MONEY

Reference = tuple[int, int, str]
"""Start, end, and the number in its normal form."""

LEAST_CHARACTERS = 4
LEAST_DIGITS = 2
"""'10-K' and 'A-1' are names of their own."""
SURE_DIGITS = 5
"""With so many, small letters make no words of it ('mid-2023', '30-day')."""
MOST_CHARACTERS = 34
LONGEST_LETTERS = 6
"""Longer runs of letters are words: paths, addresses, names of files."""

_HOT = re.compile(r"\d(?:(?<=[A-Za-z]\d)|(?<=[A-Za-z][-/_.:]\d)|\d*+(?:[-/_.]?[A-Za-z]|[-/_]\d))")
"""A digit beside a letter or a separator."""
_BEFORE = re.compile(r"(?:[A-Za-z0-9]+[-/._:])*[A-Za-z0-9]*\Z")
_REST = re.compile(r"[A-Za-z0-9]*(?:[-/._:][A-Za-z0-9]+)*")
_LETTERS = re.compile(r"[A-Za-z]+")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*[A-Za-z]{0,4}|\d+(?:[:.]\d+)+(?:[-/]\d+(?:[:.]\d+)+)?")
_BLANK = "[ \u00a0\u202f]"
_IBAN = re.compile(
    rf"\d\d(?<=[A-Za-z]{{2}}\d\d)(?:{_BLANK}[A-Za-z0-9]{{4}}){{2,7}}"
    rf"(?:{_BLANK}[A-Za-z0-9]{{1,3}})?(?![A-Za-z0-9])"
)
_DOCKET = re.compile(
    rf"\d\d{{0,2}}{_BLANK}[A-Z][A-Za-z]{{0,4}}{_BLANK}\d{{1,5}}/\d{{2}}(?:\d\d)?(?!\w)"
)
_PREFIXED = re.compile(
    rf"\d(?<=[A-Z]{_BLANK}\d)(?:\d{{2}}(?:{_BLANK}\d{{3}}){{1,3}}|\d*(?:[-/.]\d+)*)(?![\w])"
)
_PREFIX = re.compile(rf"(?<![^\W_])[A-Z]{{2,6}}{_BLANK}\Z")
_CARD = re.compile(
    rf"\d(?:\d{{3}}(?:{_BLANK}\d{{4}}){{2,4}}|(?<=9)7[89](?:{_BLANK}\d{{1,7}}){{3}}{_BLANK}\d)(?!\d)"
)
"""The number of a card, or an ISBN."""
_TELEPHONE = re.compile(
    rf"\d(?:(?:(?<=\+\d)|(?<=0)0[1-9])(?:{_BLANK}?[\d()/.-]){{6,18}}(?<=\d)(?!\w)"
    rf"|(?<=0)\d{{1,5}}\)?(?:{_BLANK}?[/-]{_BLANK}?|{_BLANK})\d(?:[ -]?\d){{4,9}}(?!\w)"
    r"|(?<=0)[1-9]\d{6,10}(?!\w)"
    rf"|(?<=\d)\d\d(?:\){_BLANK}?|[-. ])\d{{3}}[-.]\d{{4}}(?!\w))"
)
_COUNTRY = re.compile(
    r"(?:1|7|20|27|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|[2-9]\d\d)(?=\d)"
)
"""The calling codes of the ITU: those of two digits, and three for all others."""


def references(text: str) -> list[Reference]:
    """The reference numbers in a text that have another spelling, in order, none within another;
    one with letters before it ('ISBN 978-3-16-148410-0') with and without these."""
    found: list[Reference] = []
    for reference in sorted(_all(text), key=lambda each: (each[0], -each[1])):
        if not found or reference[0] >= found[-1][1]:
            found.append(reference)
    starts = [start for start, _, _ in found]
    for reference in _prefixed(text):
        at = bisect_right(starts, reference[0]) - 1
        if at < 0 or found[at][1] < reference[1]:
            found.append(reference)
    return sorted(found)


def _all(text: str) -> Iterator[Reference]:
    yield from _telephones(text)
    yield from _compact(text)
    for pattern in (_DOCKET, _CARD):
        for match in matches(pattern, text):
            if not _clings(text, match.start()):
                yield *match.span(), _joined(match.group())
    for match in matches(_IBAN, text):
        start = match.start() - 2
        if not _clings(text, start) and _is_iban(number := _joined(text[start : match.end()])):
            yield start, match.end(), number


def _joined(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]", "", text).lower()


def _clings(text: str, at: int) -> bool:
    return text[max(at - 1, 0) : at].isalnum()


# --- without spaces ---------------------------------------------------------------------------------


def _compact(text: str) -> Iterator[Reference]:
    at = 0
    for figure in figure_starts(text):
        if figure < at or not (hot := _HOT.match(text, figure)):
            continue
        before = _BEFORE.search(text, max(figure - MOST_CHARACTERS, at), figure)
        start = before.start() if before else figure
        rest = _REST.match(text, figure)
        at = max(rest.end() if rest else 0, hot.end())
        if _is_reference(text[start:at]) and not _in_address(text, start, at):
            yield start, at, _joined(text[start:at])


def _is_reference(written: str) -> bool:
    number = _joined(written)
    if len(number) == len(written) or not LEAST_CHARACTERS <= len(number) <= MOST_CHARACTERS:
        return False
    if _FIGURE.fullmatch(written):
        return False
    letters = _LETTERS.findall(written)
    digits = sum(map(str.isdigit, number))
    if not letters:
        return _is_of_digits(re.split(r"\D", written))
    sure = digits >= SURE_DIGITS or any(map(str.isupper, letters))
    return sure and digits >= LEAST_DIGITS and max(map(len, letters)) <= LONGEST_LETTERS


def _is_of_digits(parts: list[str]) -> bool:
    """'2024/00123' and '12-345-678', but no years, dates or ranges."""
    if sum(map(len, parts)) < 7:
        return False
    return len(parts) > 2 if len(parts) != 2 else parts[1].startswith("0") and len(parts[1]) > 2


def _in_address(text: str, start: int, end: int) -> bool:
    return text[max(start - 1, 0) : start] in ("@", "/", "\\") or text[end : end + 1] == "@"


# --- with spaces -------------------------------------------------------------------------------------


def _prefixed(text: str) -> Iterator[Reference]:
    """'INV 2024/00123', 'DE 123 456 789', 'ISO 27001', but no 'USD 12000' and no 'FY 2024'."""
    for match in matches(_PREFIXED, text):
        prefix = _PREFIX.search(text, max(match.start() - LONGEST_LETTERS - 2, 0), match.start())
        if prefix is None or prefix.group()[:-1] in MONEY:
            continue
        digits = sum(map(str.isdigit, match.group()))
        if digits >= SURE_DIGITS or (digits == 4 and match.group()[:2] not in ("19", "20")):
            yield prefix.start(), match.end(), _joined(text[prefix.start() : match.end()])


def _is_iban(number: str) -> bool:
    """Whether its check digits are right (ISO 7064, mod 97-10)."""
    turned = number[4:] + number[:4]
    return int("".join(str(int(char, 36)) for char in turned)) % 97 == 1


def _telephones(text: str) -> Iterator[Reference]:
    for match in matches(_TELEPHONE, text):
        start = match.start() - (text[match.start() - 1 : match.start()] == "+")
        written, before = text[start : match.end()], text[max(start - 2, 0) : start]
        if before[-1:].isalnum() or (before[-1:] in tuple(".,-/+") and before[:1].isdigit()):
            continue
        digits = _national(written)
        if 6 <= len(digits) <= 12:
            yield start - (before[-1:] == "(" and ")" in written), match.end(), digits


def _national(written: str) -> str:
    """The digits without the country's code and without leading zeros."""
    digits = re.sub(r"\D", "", written.replace("(0)", ""))
    if written.startswith(("+", "00")):
        digits = digits if written[0] == "+" else digits[2:]
        code = _COUNTRY.match(digits)
        digits = digits[code.end() :] if code else digits
    return digits.lstrip("0")
