"""Texts of a column -> its numbers, where all of them are numbers of one kind.

'1.234' is a thousand in one file and one and a bit in another: what all the texts of the column
leave open is not decided here, but by what else the file says (`columns`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

_SPACES = " \u00a0\u202f\u2009"
_NUMBER = re.compile(
    rf"(?P<open>\()?(?P<minus>[+\-−]?)[{_SPACES}]?(?P<before>[^\d\s.,()+\-−]{{0,4}})[{_SPACES}]?"
    rf"(?P<sign>[+\-−]?)(?P<digits>\d[\d.,'’{_SPACES}]*|[.,]\d+)(?P<power>[eE][+-]?\d{{1,3}})?"
    rf"[{_SPACES}]?(?P<end>-?)(?P<after>[^\d\s.,()+\-−]{{0,4}})\)?"
)
_GROUPED = re.compile(rf"\d{{1,3}}(?:['’{_SPACES}]\d{{3}})+(?:[.,]\d+)?")
_GROUP_SIGNS = re.compile(rf"['’{_SPACES}]")
_INDIAN = re.compile(r"\d{1,2}(?:,\d\d)+,\d{3}")
_KNOWN_UNITS = (
    "€ $ £ ¥ ₹ CHF EUR USD GBP US$ Fr. SFr. JPY CNY INR AUD CAD SEK NOK DKK PLN CZK kr kr. zł Kč Ft Rs"
    " R$ ₽ ₺ ₩ % kg g mg t km m cm mm m² m2 m³ m3 km² ha l ml °C °F ° kWh MWh kW MW KB MB GB TB h Std"
    " Std. min s ms d hrs Stk Stk. pcs lb lbs oz ft"
)
UNITS = frozenset(_KNOWN_UNITS.split())
_NOTHING = frozenset({"na", "n/a", "#n/a", "nan", "-", "–", "—", "k. a.", "k.a.", "n.a.", "./."})
MAX_DIGITS = 15
"""Of a number; what has more tells things apart, and would lose its end as a number."""
PHONE_DIGITS = 9
MAX_CHARACTERS = 60


def is_nothing(text: str) -> bool:
    """Whether the text stands for no value ('n/a')."""
    return text.casefold() in _NOTHING


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of texts. `signs` are what may stand before their decimals, one or both: where
    no text `has_sign`, it makes no difference."""

    unit: str
    signs: str
    has_sign: bool
    unit_stands_first: bool
    matches: tuple[re.Match[str] | None, ...]

    @property
    def decimal(self) -> str | None:
        """The sign before decimals; None where the texts leave it open. Of '1.234' and '1234' it
        is the point, which does not part groups there."""
        if len(self.signs) == 1 or not self.has_sign:
            return self.signs[0]
        digits = [_digits(match) for match in self.matches if match]
        if any(each.isdigit() and len(each) > 3 for each in digits):
            return next(each[-4] for each in digits if not each.isdigit())
        return None

    def values(self, decimal: str) -> list[int | float | None]:
        return [_value(match, decimal, self.unit) if match else None for match in self.matches]


def read(texts: Sequence[str]) -> Figures | None:
    """None if not all texts are numbers of one kind: codes as '007' are none. What stands for
    nothing is none of them."""
    matches: list[re.Match[str] | None] = []
    for text in texts:
        match = _match(text) if text else None
        if match is None and text and not is_nothing(text):
            return None
        matches.append(match)
    found = [match for match in matches if match]
    if not found:
        return None
    units = {_unit(match) for match in found if _unit(match) or match["digits"].strip("0.,")}
    unit = next((one for one in units if one), "")
    if len(units - {""}) > 1 or (unit == "%" and "" in units) or not units - {""} <= UNITS:
        return None
    digits = [_digits(match) for match in found]
    signs = "".join(sign for sign in ".," if all(_fits(each, sign) for each in digits))
    if not signs or _is_code(found, digits):
        return None
    return Figures(
        unit,
        signs,
        any(not each.isdigit() for each in digits),
        any(match["before"] for match in found),
        tuple(matches),
    )


def one(text: str, decimal: str, unit: str) -> int | float | None:
    """The number that a text is, its decimals behind that sign; None where it is none."""
    match = _match(text)
    if match is None or not _fits(_digits(match), decimal) or _unit(match) not in ("", unit):
        return None
    return _value(match, decimal, unit)


def _match(text: str) -> re.Match[str] | None:
    match = _NUMBER.fullmatch(text) if len(text) <= MAX_CHARACTERS else None
    if match is None or (match["open"] is None) != (not text.endswith(")")):
        return None
    if len(_signs(match)) > 1 or (match["before"] and match["after"]):
        return None
    digits = match["digits"].strip(_SPACES)
    if match["power"] and not (set(digits) & set(".,") or match["power"][1] in "+-"):
        return None  # '12E5' is a code
    if _GROUP_SIGNS.search(digits) and not _GROUPED.fullmatch(digits):
        return None
    return match


def _unit(match: re.Match[str]) -> str:
    return str(match["before"] or match["after"])


def _digits(match: re.Match[str]) -> str:
    return _GROUP_SIGNS.sub("", match["digits"])


def _is_code(found: Sequence[re.Match[str]], digits: Sequence[str]) -> bool:
    """Whether the numbers tell things apart: '007', account numbers, telephones."""
    return (
        any(len(each) > 1 and each[0] == "0" and each[1] not in ".," for each in digits)
        or any(len(each) > MAX_DIGITS and each.isdigit() for each in digits)
        or all(
            (match["minus"] or match["sign"]) == "+"
            and len(each) >= PHONE_DIGITS
            and each.isdigit()
            for match, each in zip(found, digits, strict=True)
        )
    )


def _fits(digits: str, decimal: str) -> bool:
    group = "," if decimal == "." else "."
    whole, _, part = digits.partition(decimal)
    if decimal in part or group in part:
        return False
    groups = whole.split(group)
    if len(groups) == 1:
        return True
    if group == "," and _INDIAN.fullmatch(whole):
        return True
    first, *rest = groups
    return 0 < len(first) <= 3 and first[0] != "0" and all(len(each) == 3 for each in rest)


def _value(match: re.Match[str], decimal: str, unit: str) -> int | float:
    plain = _digits(match).replace("," if decimal == "." else ".", "").replace(decimal, ".")
    exact = Decimal(plain + (match["power"] or ""))
    if match["open"] or "-" in _signs(match) or "−" in _signs(match):
        exact = -exact
    if unit == "%":
        exact = exact.scaleb(-2)
    if exact == exact.to_integral_value() and ("." not in plain or unit == "%"):
        return int(exact)
    return float(exact)


def _signs(match: re.Match[str]) -> str:
    return str((match["minus"] or "") + (match["sign"] or "") + (match["end"] or ""))


def decimals(numbers: Iterable[int | float]) -> int:
    """The most digits after the point that any of them has."""
    most = 0
    for number in numbers:
        if isinstance(number, float) and not number.is_integer():
            most = max(most, -int(Decimal(repr(number)).as_tuple().exponent))
    return most
