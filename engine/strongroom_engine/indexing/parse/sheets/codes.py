"""Number formats of spreadsheet programs -> what a number is, its unit, and how it is shown.

'#,##0.00 "€"' makes 1234.5 an amount in euros, '0.0%' shows 0.125 as 12.5%, 'dd.mm.yyyy' makes a
date of 45296. Of formats that are not understood the number is shown as it is.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal

from strongroom_engine.indexing.parse.sheets.cells import AnyCell, Cell

Kind = Literal["number", "date", "moment", "time", "duration"]
"""A 'date' is shown without its time, a 'moment' with it."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|[_*].|\[\$(?P<currency>[^\]-]*)[^\]]*\]'
    r"|\[(?P<elapsed>h+|m+|s+)\]|\[(?P<condition>[<>=][^\]]*)\]|\[[^\]]*\]"
    r"|(?P<general>General|Standard)|(?P<noon>AM/PM|A/P)|(?P<odd>[0#?.,]+E[+-][0#?]+|[0#?]+/[0#?\d]+)"
    r"|(?P<digits>[0#?](?:[0#?,]*[0#?])?(?:\.[0#?]*)?(?P<scale>,*)|\.[0#?]+)|(?P<percent>%)"
    r"|(?P<date>[ymdhsgeb]+)|(?P<literal>.)",
    re.IGNORECASE | re.DOTALL,
)
_SECTION = re.compile(r'((?:"[^"]*"?|\\.|\[[^\]]*\]|[^;"\\\[])*)(?:;|$)', re.DOTALL)
_UNIT = re.compile(r"[^\d]*[^\W\d][^\d]*[23]?|[€$£¥₹°µ%]")
MAX_UNIT = 12
MAX_DECIMALS = 30
_1900, _1904 = date(1899, 12, 30), date(1904, 1, 1)
_LAST_DAY = 2_958_466
_FEBRUARY_29 = 60
"""Of 1900, which spreadsheet programs think there was: days before it are counted one further."""
_DAY_SECONDS = 86_400
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm",
    **dict.fromkeys((*range(27, 32), 34, 35, 36, *range(50, 59)), "yyyy-mm-dd"),
    32: "h:mm", 33: "h:mm:ss", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00",
    41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss.0", 48: "0.0E+0", 49: "@",
}  # fmt: skip
"""Formats that files name by a number. Those for money show that of the reader's own country,
which the file does not say: they give no unit."""


@dataclass(frozen=True, slots=True)
class Look:
    """How numbers of a format are shown: with `before` and `after`, from `least` to `most`
    decimals and `digits` before the point; `most` below 0: as they are."""

    kind: Kind = "number"
    unit: str = ""
    before: str = ""
    after: str = ""
    least: int = 0
    most: int = -1
    digits: int = 1
    scale: int = 0

    @property
    def is_plain(self) -> bool:
        return self.kind == "number" and self.most < 0 and not (self.before or self.after)


PLAIN = Look()


@lru_cache(maxsize=4096)
def look(code: str) -> Look:
    """What a format code says of the numbers shown with it."""
    sections = [match[1] for match in _SECTION.finditer(code)]
    tokens = list(_TOKEN.finditer(sections[0] if sections else ""))
    if any(match["condition"] or match["odd"] for match in tokens):
        return PLAIN
    if (found := _time(tokens)) is not None:
        return found
    return _number(tokens)


def _time(tokens: list[re.Match[str]]) -> Look | None:
    """The look of dates and times; None where the code is for numbers."""
    if any(match["elapsed"] for match in tokens):
        return Look("duration")
    letters = "".join((match["date"] or "") for match in tokens).lower()
    if not letters or any(match["general"] or match["percent"] for match in tokens):
        return None
    if any(match["digits"] and not match["digits"].startswith(".") for match in tokens):
        return None
    has_clock = "h" in letters or "s" in letters
    has_day = any(sign in letters for sign in "ydge") or ("m" in letters and not has_clock)
    if not has_clock and not has_day:  # 'b' alone
        return None
    return Look(("moment" if has_clock else "date") if has_day else "time")


def _number(tokens: list[re.Match[str]]) -> Look:
    before = after = ""
    digits: str | None = None
    scale = 0
    for match in tokens:
        said = match["quoted"] or match["escaped"] or match["currency"] or match["literal"] or ""
        said = match["percent"] or match["date"] or said
        if match["digits"] or match["general"]:
            if digits is not None:
                return PLAIN  # '000-00-0000'
            digits, scale = match["digits"] or "", len(match["scale"] or "")
        elif digits is None:
            before += said
        else:
            after += said
    if digits is None:
        return PLAIN
    before, after = before.lstrip(" -+(").rstrip("-+("), after.rstrip(" -+)")
    return _with_digits(digits.rstrip(",").replace(",", ""), scale, before, after)


def _with_digits(digits: str, scale: int, before: str, after: str) -> Look:
    whole, _, part = digits.partition(".")
    percent = "%" in before + after
    unit = "%" if percent else _unit(before, after)
    least, most = (part.count("0"), len(part)) if digits else (0, -1)
    return Look(
        "number", "" if scale else unit, before, after, least, most, whole.count("0"), scale
    )


def _unit(before: str, after: str) -> str:
    """What stands with the number, if it is one thing that measures."""
    said = [text.strip() for text in (before, after) if text.strip()]
    if len(said) != 1 or len(said[0]) > MAX_UNIT or not _UNIT.fullmatch(said[0]):
        return ""
    return said[0]


# --- numbers as they are shown -------------------------------------------------------------------


def cell(number: float, look: Look, *, since_1904: bool = False) -> AnyCell:
    """The cell of a number that is saved, in its look."""
    if look.kind == "number":
        whole = int(number) if float(number).is_integer() and abs(number) < 2**53 else number
        if look.is_plain or not math.isfinite(number):
            return whole
        text = _written(number, look)
        return whole if text == str(whole) else Cell(whole, text, "number", look.unit)
    return _of_time(float(number), look.kind, since_1904=since_1904)


def _written(number: float, look: Look) -> str:
    exact = Decimal(repr(number)).scaleb(2 * (look.unit == "%") - 3 * look.scale)
    sign = "-" if exact < 0 else ""
    digits = _rounded(abs(exact), look)
    if not digits.strip("0."):
        sign = ""
    return f"{sign}{look.before}{digits}{look.after}".strip()


def _rounded(exact: Decimal, look: Look) -> str:
    if look.most < 0 or look.most > MAX_DECIMALS or exact.adjusted() > MAX_DECIMALS:
        return f"{float(exact):.15g}"
    text = f"{exact.quantize(Decimal(1).scaleb(-look.most), ROUND_HALF_UP):f}"
    whole, _, part = text.partition(".")
    part = part[: look.least] + part[look.least :].rstrip("0")
    whole = whole.rjust(look.digits, "0")
    return f"{whole}.{part}" if part else whole


def _of_time(number: float, kind: Kind, *, since_1904: bool) -> AnyCell:
    """Days since the beginning of time as a date, a time of day or, in hours, a duration."""
    if not (-_LAST_DAY if kind == "duration" else 0) <= number < _LAST_DAY:
        return Cell(None, f"{number:.15g}", "empty")
    if kind == "duration":
        return duration(timedelta(days=number))
    seconds = int(number) * _DAY_SECONDS if kind == "date" else round(number * _DAY_SECONDS)
    days, clock = divmod(seconds, _DAY_SECONDS)
    if kind == "time" or (days == 0 and clock and not since_1904):
        return time_of_day(clock)
    if days == 0 and not since_1904:  # an empty cell that a formula repeats
        return Cell(None, "1900-01-00", "empty")
    start = _1904 if since_1904 else _1900
    if not since_1904 and days < _FEBRUARY_29:
        days += 1
    return moment(datetime.combine(start, time()) + timedelta(days=days, seconds=clock))


def time_of_day(seconds: int) -> Cell:
    minutes, second = divmod(seconds, 60)
    text = f"{minutes // 60:02}:{minutes % 60:02}:{second:02}"
    return Cell(text, text, "time")


def moment(when: datetime) -> Cell:
    """A date, with its time where it has one."""
    at_midnight = when.time() == time()
    text = when.date().isoformat() if at_midnight else when.isoformat(timespec="seconds")
    return Cell(text, text.replace("T", " "), "date")


def duration(time: timedelta) -> Cell:
    """A length of time: a number of hours, which can be added up, shown as hours and minutes."""
    seconds = time.total_seconds()
    minutes, second = divmod(abs(round(seconds)), 60)
    text = f"{'-' if seconds < 0 else ''}{minutes // 60}:{minutes % 60:02}"
    hours = round(seconds / 3600, 9)
    value = int(hours) if hours.is_integer() else hours
    return Cell(value, f"{text}:{second:02}" if second else text, "number", "h")
