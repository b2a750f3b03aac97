"""Figures and cells as the sheet shows them: units, groups of digits, decimals, percents."""

from __future__ import annotations

from strongroom_engine.answering.sheets.known import Column
from strongroom_engine.answering.sheets.naming import any_of
from strongroom_engine.answering.sheets.words import Tongue
from strongroom_engine.store.tables.profiles import decimals

MORE_DECIMALS = 2
"""Decimals of an average, and of a share."""
PERCENT = 100
MONEY = ("€", "$", "£", "EUR", "USD", "GBP", "CHF")
CENTS = 2
"""Decimals of an amount of money that is no whole number."""
MIDNIGHT = "T00:00:00"


def figure(
    value: float | str | None, column: Column | None, tongue: Tongue, *, more: int = 0
) -> str:
    """The value as the column shows its own; `more` decimals where it has them. A text as it is."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.removesuffix(MIDNIGHT)
    unit = column.unit if column else ""
    most = column.decimals if column else 0
    if unit == "%":
        value, most = round(value * PERCENT, 10), max(most - 2, 0)
    least = CENTS if most == CENTS or (unit in MONEY and most) else 0
    return _with_unit(_digits(value, least, max(most + more, least), tongue), unit, tongue)


def _digits(value: float, least: int, most: int, tongue: Tongue) -> str:
    """At least so many decimals, and those beyond that are not 0, up to `most`."""
    shown = max(least, decimals(round(float(value), most)))
    plain = f"{value:,.{shown}f}"
    return plain.translate({ord(","): tongue.thousands, ord("."): tongue.decimal})


def _with_unit(digits: str, unit: str, tongue: Tongue) -> str:
    if not unit:
        return digits
    if unit in tongue.unit_first:
        return f"-{unit}{digits[1:]}" if digits.startswith("-") else f"{unit}{digits}"
    return f"{digits}{'' if unit in '%°' else ' '}{unit}"


def cell(value: float | str | None, column: Column, tongue: Tongue) -> str:
    """A cell of a list: years and numbers that identify have no groups of digits."""
    if column.yes and value in column.yes and not isinstance(value, str):
        return tongue.values.yes[0]
    if column.no and value in column.no and not isinstance(value, str):
        return tongue.values.no[0]
    identifies = column.is_number and not column.unit and not column.decimals
    if isinstance(value, int) and identifies and _tells_apart(column, tongue):
        return str(value)
    return figure(value, column, tongue, more=0 if column.decimals else 6)


def _tells_apart(column: Column, tongue: Tongue) -> bool:
    return any_of(column.name, (*tongue.names.identifying, *tongue.names.years), tongue.language)


def table(header: list[str], rows: list[list[str]]) -> str:
    """A Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(map(_flat, line))} |" for line in lines)


def _flat(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
