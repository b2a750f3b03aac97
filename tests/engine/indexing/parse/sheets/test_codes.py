"""Number formats: what a number is, its unit, and how it is shown."""

from __future__ import annotations

import pytest

from strongroom_engine.indexing.parse.sheets.cells import Cell, kind_of, shown, value_of
from strongroom_engine.indexing.parse.sheets.codes import cell, look

SERIAL = 45296.5  # noon of 5 January 2024


@pytest.mark.parametrize(
    ("code", "number", "text", "unit"),
    [
        ("General", 1234.5, "1234.5", ""),
        ("", 7, "7", ""),
        ("0.00", 1234.5, "1234.50", ""),
        ("#,##0.00", 1234.5, "1234.50", ""),
        ("#,##0", 0.5, "1", ""),
        ("0.##", 1.5, "1.5", ""),
        ("0%", 0.125, "13%", "%"),
        ("0.0%", 0.125, "12.5%", "%"),
        ("0.0 %", -0.125, "-12.5 %", "%"),
        ('#,##0.00 "€"', 1234.5, "1234.50 €", "€"),
        ('#,##0.00\\ "€";[Red]-#,##0.00\\ "€"', -1234.5, "-1234.50 €", "€"),
        ("#,##0.00\\ [$€-407]", 3, "3.00 €", "€"),
        ("[$$-409]#,##0.00", 3, "$3.00", "$"),
        ("[$CHF]\\ 0.00", 3, "CHF 3.00", "CHF"),
        ('_-* #,##0.00 "€"_-;-* #,##0.00 "€"_-;_-* "-"?? "€"_-;_-@_-', 9, "9.00 €", "€"),
        ('_("$"* #,##0.00_);_("$"* \\(#,##0.00\\)', -9, "-$9.00", "$"),
        ('0 "kg"', 12, "12 kg", "kg"),
        ('0.0"°C"', 21.5, "21.5°C", "°C"),
        ('0.00 "€/m²"', 9.5, "9.50 €/m²", "€/m²"),
        ("00000", 1067, "01067", ""),
        ('#,##0,"k"', 1234567, "1235k", ""),
        ('"Nr. "0', 7, "Nr. 7", "Nr."),
        ("0.00E+00", 198356388, "198356388", ""),
        ("# ?/?", 2.5, "2.5", ""),
        ("000\\-00\\-0000", 123456789, "123456789", ""),
        ("[<1]0.00;0", 3, "3", ""),
        ("@", 3, "3", ""),
    ],
)
def test_numbers(code: str, number: float, text: str, unit: str) -> None:
    made = cell(number, look(code))
    assert shown(made) == text
    assert (value_of(made), kind_of(made)) == (number, "number")
    assert (made.unit if isinstance(made, Cell) else "") == unit


@pytest.mark.parametrize(
    ("code", "number", "text", "value", "kind"),
    [
        ("dd.mm.yyyy", SERIAL, "2024-01-05", "2024-01-05", "date"),
        ("[$-407]d. mmmm yyyy;@", SERIAL, "2024-01-05", "2024-01-05", "date"),
        ("mmm-yy", SERIAL, "2024-01-05", "2024-01-05", "date"),
        ("yyyy-mm-dd hh:mm", SERIAL, "2024-01-05 12:00:00", "2024-01-05T12:00:00", "date"),
        ("h:mm AM/PM", SERIAL, "12:00:00", "12:00:00", "time"),
        ("hh:mm:ss", 0.75, "18:00:00", "18:00:00", "time"),
        ("mm:ss.0", 0.5 / 24, "00:30:00", "00:30:00", "time"),
        ("[h]:mm", 1.5, "36:00", 36, "number"),
        ("[h]:mm", 7.5 / 24, "7:30", 7.5, "number"),
        ("[mm]:ss", -0.5 / 24, "-0:30", -0.5, "number"),
        ("dd.mm.yyyy", 1, "1900-01-01", "1900-01-01", "date"),
        ("dd.mm.yyyy", 0, "1900-01-00", None, "empty"),
        ("dd.mm.yyyy", -3, "-3", None, "empty"),
        ("dd.mm.yyyy", 3e9, "3000000000", None, "empty"),
    ],
)
def test_times(code: str, number: float, text: str, value: object, kind: str) -> None:
    made = cell(number, look(code))
    assert (shown(made), value_of(made), kind_of(made)) == (text, value, kind)


def test_days_may_be_counted_since_1904() -> None:
    assert shown(cell(43834, look("dd.mm.yyyy"), since_1904=True)) == "2024-01-05"
