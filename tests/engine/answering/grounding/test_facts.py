"""Numbers, dates, amounts and names in normal forms, and what of an answer no source holds."""

from __future__ import annotations

import pytest

from strongroom_engine.answering.grounding.facts import (
    canonical,
    doubts,
    doubts_among,
    facts,
    stated,
)
from strongroom_engine.store import StoredChunk
from strongroom_engine.written.dates import Date, dates


def passage(text: str) -> StoredChunk:
    return StoredChunk(
        1, "/a.txt", "Lease", "Papers", "", False, (0,), 0, len(text), "Rent", text, "/"
    )


def doubted(answer: str, source: str) -> list[str]:
    return [answer[each.start : each.end] for each in doubts_among(facts(answer), stated(source))]


@pytest.mark.parametrize(
    ("answer", "source"),
    [
        ("5 January 2024", "signed on 05.01.24"),
        ("2024-01-05", "on January 5th, 2024"),
        ("5. Januar 2024", "the 5th day of January, 2024"),
        ("le 1er janvier 2020", "2020-01-01"),
        ("4 de enero de 2020", "January 4, 2020"),
        ("05/01/2024", "January 5, 2024"),
        ("05/01/2024", "May 1, 2024"),
        ("May 2021", "on 3 May 2021"),
        ("€1.2 million", "a sum of 1,200,000 euros"),
        ("1,2 Mio. €", "€1.2 million"),
        ("1.200.000 Euro", "EUR 1,200,000"),
        ("£1.3bn", "1.3 billion pounds"),
        ("$1.577 billion", "(in millions of dollars) Expenditure 1,577"),
        ("twelve members", "12 members"),
        ("21 items", "twenty-one items"),
        ("the 3rd", "the third"),
        ("30 days", "thirty (30) days"),
        ("5 %", "five percent"),
        ("12 percent", "twelve per cent"),
        ("Q3 2019", "the third quarter of 2019"),
        ("FY2023", "in fiscal 2023"),
        ("38 years", "38岁"),
        ("Peyton Manning", "then Manning, Peyton"),
    ],
)
def test_the_same_value_is_known_however_it_is_written(answer: str, source: str) -> None:
    assert facts(answer)
    assert doubted(answer, source) == []


@pytest.mark.parametrize(
    ("answer", "source", "expected"),
    [
        ("It ended on 4 May 2021.", "on 3 May 2021", ["4 May 2021"]),
        ("It ended on 3 May 2022.", "on 3 May 2021", ["3 May 2022"]),
        ("It ended in August.", "It ended in July.", ["August"]),
        ("It costs $1,300.", "It costs $1,200.", ["$1,300"]),
        ("It costs $1,200.", "It costs €1,200.", ["$1,200"]),
        ("It takes 30 months.", "It takes thirty (30) days.", ["30 months"]),
        ("It takes thirty (40) days.", "It takes thirty (30) days.", ["40"]),
        ("It has thirteen rooms.", "It has 12 rooms.", ["thirteen"]),
        ("The sum is 300.", "The first is 100, the second 200.", ["300"]),
        ("Then Ms Weber signed.", "Then Ms Okafor signed.", ["Weber"]),
        ("It was Emil Peter Holm.", "It was Ada Byron.", ["Emil Peter Holm"]),
        ("Model B-52 flew.", "Model B-51 flew.", ["B-52"]),
    ],
)
def test_another_value_is_doubted(answer: str, source: str, expected: list[str]) -> None:
    assert doubted(answer, source) == expected


@pytest.mark.parametrize(
    "answer",
    [
        "1. The rent is due.\n2. The roof is kept.",
        "- The rent is due.",
        "Yes.",
        "Revenue rose.",
        "The answer is no.",
        "THE TENANT SHALL PAY WITHOUT ANY SET-OFF WHATSOEVER.",
        "You may go on.",
    ],
)
def test_what_is_no_value_is_not_doubted(answer: str) -> None:
    assert doubted(answer, "Nothing of the kind.") == []


def test_german_nouns_are_no_names_but_two_in_a_row_are() -> None:
    answer = "Der Vertrag wurde von der Leiterin der Abteilung und von Klara Weber geschlossen."
    assert doubted(answer, "nichts") == ["Klara Weber"]


def test_doubts_look_into_passages_titles_and_the_question() -> None:
    answer = "The Lease of 1999 costs 700 euros, Keller says 800."
    found = doubts(answer, "What does Keller say of 1999?", [passage("It costs 700 euros.")])
    assert [(answer[each.start : each.end], each.kind) for each in found] == [("800", "number")]
    assert doubts(answer, "", []) != ()


def test_kinds_are_told_apart() -> None:
    answer = "On 3 May 2021 Ms Weber paid 700 euros, 5 % of it for 12 lamps."
    kinds = [(answer[fact.start : fact.end], fact.kind) for fact in facts(answer)]
    assert kinds == [
        ("3 May 2021", "date"),
        ("Ms", "name"),
        ("Weber", "name"),
        ("700 euros", "amount"),
        ("5 %", "amount"),
        ("12", "number"),
    ]


def test_dates_know_what_is_written_of_them() -> None:
    (whole, part) = dates("From 3 May 2021 to June 2022.")
    assert whole.readings == (Date(2021, 5, 3),)
    assert part.readings == (Date(2022, 6, 0),)
    assert Date(2021, 5, 0).within(Date(2021, 5, 3))
    assert not Date(2021, 5, 3).within(Date(2021, 5, 0))


def test_one_way_of_writing_dates() -> None:
    assert canonical("am 5. Januar 2024, 2024-01-05") == "am 5 month1 2024, 5 month1 2024"
    assert canonical("on 05/01/2024") == "on 05/01/2024"  # January or May
