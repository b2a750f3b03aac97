"""The values of a column -> its type, decided by the column as a whole.

'1.234' is a thousand in one file and one and a bit in another, '03/04/2024' March here and April
there: one cell does not say which, a whole column mostly does. What does not agree stays text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from strongroom_engine.types import CellValue, ColumnType

_NUMBER = re.compile(
    r"(?P<before>[^\d\s.,()+-]{0,4})\s*(?P<open>\()?\s*(?P<sign>[+-]?)\s*"
    r"(?P<digits>\d[\d.,'’ \u00a0\u202f]*|[.,]\d+)\s*\)?\s*(?P<after>%|[^\d\s.,()+-]{0,4})"
)
_UNITS = frozenset(
    ["€", "$", "£", "¥", "₹", "CHF", "EUR", "USD", "GBP", "%", "kg", "km", "m", "h", "Std"]
)
_NOTHING = frozenset({"na", "n/a", "#n/a", "nan", "-", "–", "—", "k. a.", "k.a."})
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{2}:\d{2}(?::\d{2})?))?Z?")
_PARTS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})")
_TRUE, _FALSE = (
    frozenset({"true", "yes", "wahr", "ja"}),
    frozenset({"false", "no", "falsch", "nein"}),
)


def typed(values: Sequence[CellValue]) -> tuple[ColumnType, str, list[CellValue]]:
    """(type, unit, values) of a column; its texts are numbers or dates where all of them are."""
    kinds = {_kind(value) for value in values if value not in (None, "")}
    if not kinds:
        return "empty", "", [None] * len(values)
    if kinds == {"text"}:
        return _from_texts(values)
    kind: ColumnType = next(iter(kinds)) if len(kinds) == 1 else "mixed"
    return kind, "", [_plain(value) for value in values]


def _plain(value: CellValue) -> CellValue:
    """The value in a type that goes from process to process."""
    if value == "":
        return None
    return str(value) if isinstance(value, str) else value


def _kind(value: CellValue) -> ColumnType:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    return "date" if isinstance(value, IsoText) else "text"


class IsoText(str):
    """A date or time that a spreadsheet keeps as such, as ISO 8601 says it."""

    __slots__ = ()


def _from_texts(values: Sequence[CellValue]) -> tuple[ColumnType, str, list[CellValue]]:
    texts = [str(value).strip() if value is not None else "" for value in values]
    said = [text for text in texts if text]
    if all(text.casefold() in _TRUE | _FALSE for text in said) and len(set(said)) > 1:
        return "boolean", "", [text.casefold() in _TRUE if text else None for text in texts]
    if (dates := _dates(texts)) is not None:
        return "date", "", list(dates)
    if (found := _numbers(texts)) is not None:
        unit, numbers = found
        return "number", unit, list(numbers)
    return "text", "", [text or None for text in texts]


# --- numbers ---------------------------------------------------------------------------------------


def _numbers(texts: Sequence[str]) -> tuple[str, list[int | float | None]] | None:
    """The unit and the numbers, if all texts are numbers of one kind: not codes as '007'. What
    stands for nothing ('n/a') is none."""
    texts = ["" if text.casefold() in _NOTHING else text for text in texts]
    matches = [_NUMBER.fullmatch(text) if text else None for text in texts]
    found = [match for match in matches if match]
    if not found or len(found) < sum(bool(text) for text in texts):
        return None
    units = {match["before"] + match["after"] for match in found} - {""}
    if len(units) > 1 or not units <= _UNITS:
        return None
    digits = [re.sub(r"['’ \u00a0\u202f]", "", match["digits"]) for match in found]
    if any(len(each) > 1 and each[0] == "0" and each[1] not in ".," for each in digits):
        return None
    if (decimal := _decimal_sign(digits)) is None:
        return None
    values = (_number(match, decimal) if match else None for match in matches)
    return next(iter(units), ""), list(values)


def _decimal_sign(digits: Sequence[str]) -> str | None:
    """What stands before decimals in all of them; None where they do not agree."""
    fitting = [sign for sign in ".," if all(_fits(each, sign) for each in digits)]
    if len(fitting) == 2:  # '1.234': all have three digits behind the sign, or there is no sign
        sign = next((each[-4] for each in digits if len(each) > 4 and not each[-4].isdigit()), "")
        return {"": ".", ".": ".", ",": "."}[sign]
    return fitting[0] if fitting else None


def _fits(digits: str, decimal: str) -> bool:
    group = "," if decimal == "." else "."
    whole, _, part = digits.partition(decimal)
    if decimal in part or group in part:
        return False
    groups = whole.split(group)
    return len(groups) == 1 or (
        0 < len(groups[0]) <= 3 and all(len(one) == 3 for one in groups[1:])
    )


def _number(match: re.Match[str], decimal: str) -> int | float:
    digits = re.sub(r"['’ \u00a0\u202f]", "", match["digits"])
    plain = digits.replace("," if decimal == "." else ".", "").replace(decimal, ".")
    value = float(plain)
    if match["open"] or match["sign"] == "-":
        value = -value
    return int(value) if value.is_integer() and "." not in plain else value


# --- dates -----------------------------------------------------------------------------------------


def _dates(texts: Sequence[str]) -> list[str | None] | None:
    """Each as ISO 8601 says it, if all are dates and the order of day and month is plain."""
    said = [text for text in texts if text]
    if all(_ISO.fullmatch(text) for text in said):
        found = [_iso(text) if text else None for text in texts]
        return (
            found if all(one or not text for one, text in zip(found, texts, strict=True)) else None
        )
    matches = [_PARTS.fullmatch(text) for text in said]
    if not all(matches):
        return None
    parts = [match for match in matches if match]
    first = max(int(match[1]) for match in parts)
    second = max(int(match[3]) for match in parts)
    if first > 12 or (second <= 12 and all(match[2] == "." for match in parts)):
        day, month = 1, 3
    elif second > 12:
        day, month = 3, 1
    else:
        return None
    by_text = {match[0]: _day(int(match[day]), int(match[month]), match[4]) for match in parts}
    found = [by_text[text] if text else None for text in texts]
    return found if all(by_text.values()) else None


def _iso(text: str) -> str | None:
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    day = _day(int(match[3]), int(match[2]), match[1])
    return f"{day}T{match[4]}" if day and match[4] else day


def _day(day: int, month: int, year: str) -> str | None:
    whole = int(year) if len(year) == 4 else 2000 + int(year) - (100 if int(year) > 68 else 0)
    try:
        return date(whole, month, day).isoformat()
    except ValueError:
        return None
