"""Dates, amounts and reference numbers find each other however they are written, and are marked."""

from __future__ import annotations

import time
from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from strongroom_engine.answering.hits import marks
from strongroom_engine.answering.query import parse_query
from strongroom_engine.answering.terms import covered, wanted_forms
from strongroom_engine.store import Scope, Store
from strongroom_engine.store.lexicon.normal import normal_forms

if TYPE_CHECKING:
    from tests.engine.store.conftest import Papers

OTHERS = tuple(
    f"The report of {day} {month} 20{day:02} lists {day}8 items at {day},456.7{day % 10} each,"
    f" {day} million in all, under INV-20{day:02}-77{day}, or call +33 1 98 76 54 {day}."
    for month in ("June", "Juli", "août", "septembre")
    for day in range(10, 24)
)
"""What stands beside them, and is not looked for."""

SAME = {
    "day": (
        "5 January 2024|5th January 2024|January 5, 2024|Jan. 5, 2024|2024-01-05|05.01.24|5.1.2024"
        "|05.01.2024|5. Januar 2024|le 5 janvier 2024|5 de enero de 2024|5 gennaio 2024"
        "|5 januari 2024|5 de janeiro de 2024|5 stycznia 2024|2024年1月5日|5-Jan-24|20240105"
        "|05/01/2024|01/05/24"
    ),
    "month": "January 2024|Januar 2024|Jan-24|01/2024|2024-01|styczeń 2024|2024年1月|enero de 2024",
    "amount": "1,234.50 €|EUR 1.234,50|1 234,50|1'234.50|€1,234.5|1234,50 Euro",
    "million": "$1.2 million|1,2 Mio. EUR|1200000|1,200,000|1.200.000|1.2m USD|1,2 mln zł",
    "share": "3.5 %|3,5%|3.50 percent",
    "number": "1.234|1,234|1234|1 234|1’234",
    "invoice": "INV-2024-00123|INV 2024/00123|INV202400123|inv-2024-00123",
    "docket": "12 O 345/23|AZ 12 O 345/23|12O345/23",
    "iban": "DE89 3704 0044 0532 0130 00|DE89370400440532013000",
    "telephone": "+49 (0)30 123456|030 123456|+49 30 123456|030/123456|0049 30 123456|030123456",
    "american": "(555) 123-4567|+1 555 123 4567|555-123-4567|5551234567",
    "vat": "DE 123 456 789|DE123456789",
    "isbn": "978-3-16-148410-0|9783161484100|ISBN 978 3 16 148410 0",
    "standard": "ISO 27001|ISO-27001|ISO27001",
}
PAIRS = [
    pytest.param(text, question, id=f"{kind}: {question} in {text}")
    for kind, spelled in SAME.items()
    for text, question in permutations(spelled.split("|"), 2)
]


def found(store: Store, question: str) -> list[str]:
    rows = [row for row, _ in store.lexical(parse_query(question, 1_000, []).match, 20, Scope())]
    stored = store.chunks(rows)
    return [stored[row].text.strip() for row in rows]


def marked(text: str, question: str) -> list[str]:
    query = parse_query(question, 1_000, [])
    wanted = wanted_forms(query.text, query.words)
    return [text[start:end] for start, end in marks(text, wanted)]


@pytest.fixture(scope="module")
def passages() -> dict[str, str]:
    """Each spelling in a sentence of its own."""
    return {
        text: f"So it was, noted as {text}, by the clerk."
        for spelled in SAME.values()
        for text in spelled.split("|")
    }


@pytest.mark.parametrize("kind", SAME)
def test_each_spelling_finds_every_other(
    store: Store, papers: Papers, passages: dict[str, str], kind: str
) -> None:
    papers.put(store, "others.txt", *OTHERS)
    spelled = SAME[kind].split("|")
    papers.put(store, "same.txt", *(passages[text] for text in spelled))
    for question in spelled:
        best = found(store, question)[: len(spelled)]
        assert set(best) == {passages[text] for text in spelled}, question


@pytest.mark.parametrize(("text", "question"), PAIRS)
def test_the_other_spelling_is_marked(passages: dict[str, str], text: str, question: str) -> None:
    covering = marked(passages[text], f"What about {question}?")
    assert any(digits_of(text) <= digits_of(mark) for mark in covering), covering


def digits_of(text: str) -> set[str]:
    """The figures of the text, of which a prefix, a unit or a plus is none."""
    return set(filter(str.isdigit, text))


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("on 5 June 2024", "5 January 2024"),
        ("on 2023-01-05", "5 January 2024"),
        ("in January 2024", "5 January 2024"),
        ("in January 2023", "January 2024"),
        ("of 1,234.05 €", "1.234,50 €"),
        ("of $1.3 million", "1,2 Mio. EUR"),
        ("INV-2024-00124", "INV 2024/00123"),
        ("+49 30 123457", "030 123456"),
        ("DE89 3704 0044 0532 0130 01", "DE89 3704 0044 0532 0130 00"),
    ],
)
def test_what_differs_has_no_normal_form_in_common(text: str, question: str) -> None:
    held = {word for *_, word in normal_forms(text, asked=False)}
    assert held.isdisjoint(word for *_, word in normal_forms(question, asked=True))


def test_a_month_finds_its_days_and_a_day_not_its_month(store: Store, papers: Papers) -> None:
    papers.put(store, "others.txt", *OTHERS)
    passages = "Geliefert am 05.01.24 um neun.", "Abgerechnet 01/2024 im Ganzen."
    papers.put(store, "a.txt", *passages)
    assert set(found(store, "January 2024")[:2]) == set(passages)
    assert found(store, "January 5th, 2024")[:1] == ["Geliefert am 05.01.24 um neun."]
    assert marked("Geliefert am 05.01.24 um neun.", "January 2024") == ["05.01.24"]


def test_what_can_be_read_in_two_ways_is_found_by_both(store: Store, papers: Papers) -> None:
    papers.put(store, "a.txt", "Signed 03/04/24 by both.")
    for question in ("3 April 2024", "March 4, 2024", "03/04/2024", "2024-03-04"):
        assert found(store, question) == ["Signed 03/04/24 by both."]
        assert marked("Signed 03/04/24 by both.", question) == ["03/04/24"]
    assert found(store, "5 April 2024") == []


def test_the_name_of_a_file_is_found_by_its_date(store: Store, papers: Papers) -> None:
    papers.put(store, "Rechnung_2024-01-05.pdf", "To be paid at once.")
    assert found(store, "5 January 2024") == ["To be paid at once."]


def test_another_spelling_covers_the_words_of_a_question() -> None:
    terms = parse_query("What was signed on 5 January 2024?", 1_000, []).words
    whole = covered("It was signed on 05.01.24.", "What was signed on 5 January 2024?", terms)
    part = covered("It was signed on 05.02.23.", "What was signed on 5 January 2024?", terms)
    assert whole == 1.0
    assert part < whole


@pytest.mark.parametrize(
    "text",
    ["2019-2023", "10-K", "mid-2023", "the 30-day notice", "192.168.0.1", "3.1.2", "12.5 kg",
     "10:30-11:30", "pp. 123-145", "x@y12345.de", "FY 2024", "5th", "v1.2.24", "a/b/report-1.pdf"],
)  # fmt: skip
def test_what_is_neither_date_nor_amount_nor_reference_has_none(text: str) -> None:
    assert list(normal_forms(text, asked=False)) == []


@pytest.mark.parametrize(
    "part", ["1", "1 ", "1-1", "A-1", "a1", "1/", "1.1", ",111", "5 Jan ", "+1 "]
)
def test_long_rows_of_figures_are_read_in_time(part: str) -> None:
    text = part * (40_000 // len(part)) + "x"
    started = time.process_time()
    list(normal_forms(text, asked=False))
    assert time.process_time() - started < 1  # some hundredths; quadratic it is several seconds
