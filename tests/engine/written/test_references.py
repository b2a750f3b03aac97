"""Reference numbers in their normal form, and amounts that say more than their digits."""

from __future__ import annotations

from decimal import Decimal

import pytest

from strongroom_engine.written.numbers import amounts
from strongroom_engine.written.references import references


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("see INV-2024-00123.", ["inv202400123"]),
        ("see INV 2024/00123, please", ["inv202400123", "202400123"]),
        ("Az.: 12 O 345/23", ["12o34523"]),
        ("ECLI:EU:C:2014:317", ["eclieuc2014317"]),
        ("IBAN DE89 3704 0044 0532 0130 00", ["de89370400440532013000"]),
        ("DE88 3704 0044 0532 0130 00", ["3704004405320130"]),
        ("Tel. +49 (0)30 123456", ["30123456"]),
        ("Tel. (030) 123 456", ["30123456"]),
        ("+1 555 123 4567", ["5551234567"]),
        ("+971 4 701 4236", ["47014236"]),
        ("card 1234 5678 9012 3456", ["1234567890123456"]),
        ("ISBN 978-3-16-148410-0", ["isbn9783161484100", "9783161484100"]),
        ("ISO 27001 and COVID-19", ["iso27001", "covid19"]),
        ("DE 123 456 789", ["de123456789"]),
        ("12-345-678", ["12345678"]),
        ("INV202400123", []),
        ("USD 12000", []),
        ("2.5 mm, 12.5kg, 10:30-11:30, 5th, mid-2023, 30-day, FY 2024, 10-K, 2019-2023", []),
        ("report.of.12345@example.org and https://example.org/2024/12345", []),
    ],
)
def test_a_reference_is_its_letters_and_digits(text: str, wanted: list[str]) -> None:
    assert [word for *_, word in references(text)] == wanted


def test_a_references_place_is_all_of_it() -> None:
    text = "Call (030) 123 456 about INV 2024/00123."
    spans = [text[start:end] for start, end, _ in references(text)]
    assert spans == ["(030) 123 456", "INV 2024/00123", "2024/00123"]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1,234.50 €", "1234.5", "EUR"),
        ("EUR1.234,50", "1234.5", "EUR"),
        ("$1.2 million", "1200000", "USD"),
        ("1,2 Mio. EUR", "1200000", "EUR"),
        ("3 mila milioni", "3000", ""),
        ("2 tys. zł", "2000", "PLN"),
        ("£3.2bn", "3200000000", "GBP"),
        ("3,5 %", "3.5", "%"),
        ("1 234,50", "1234.5", ""),
        ("共1,200.50", "1200.5", ""),
    ],
)
def test_an_amount_is_its_value_and_its_unit(text: str, value: str, unit: str) -> None:
    (amount,) = amounts(text)
    assert (amount.values[0], amount.unit) == (Decimal(value), unit)


def test_digits_alone_and_digits_within_words_are_no_amounts() -> None:
    assert list(amounts("1200 and A1,234 and B12.50 and 5 days and an 8k filing, 5 mm, 3m")) == []
