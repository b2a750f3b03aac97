"""Questions over spreadsheets as files, read by the real parsers: each figure is exact, with the
cells it was read from."""

# What is reckoned with cells of every type is reckoned in plain Python.
# mypy: disable-error-code="operator, arg-type, type-var"

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from statistics import mean, median
from typing import Any

import pytest
from tests.engine.answering.exact.made import job
from tests.engine.answering.sheets.files import Line, open_document, separated, workbook
from tests.engine.parsing import parsed

from strongroom_engine.answering.asking import Request
from strongroom_engine.answering.pipeline import answer
from strongroom_engine.store import LibraryKey, Store
from strongroom_engine.types import Chunk, FileFacts

Row = dict[str, Any]
MACHINES = ("Machine", "Kind", "Bought", "Price", "Running hours", "Defects", "Operator", "Load")
LOOKS = ("", "", "date", "€", "", "", "", "%")


def _hall(first: int, count: int) -> list[Line]:
    kinds, people = ("Lathe", "Mill", "Press"), ("Ida Holm", "Ben Sato", None)
    return [
        (
            f"M-{n}",
            kinds[n % 3],
            date(2019 + n % 5, n % 12 + 1, n % 28 + 1),
            round(1000 + n * 137.35, 2),
            n * 91 % 1000,
            n % 4,
            people[n % 3 - 1],
            (n * 7 % 100) / 100,
        )
        for n in range(first, first + count)
    ]


HALLS = {"Hall 1": _hall(101, 14), "Hall 2": _hall(115, 11)}
HALL: list[Row] = [dict(zip(MACHINES, row, strict=True)) for rows in HALLS.values() for row in rows]

AUSGABEN = ("Datum", "Kostenstelle", "Lieferant", "Betrag", "Bezahlt")
SPENT: list[Line] = [
    (
        date(2024, 1, 5) + timedelta(days=11 * n),
        ("Einkauf", "Vertrieb", "Lager")[n % 3],
        ("Holm KG", "Nordwind AG", "Adler OHG", "Sieber GmbH")[n // 2 % 4],
        None if n == 7 else "folgt" if n == 9 else round(80 + n * 41.27, 2),
        "ja" if n % 4 else "nein",
    )
    for n in range(32)
]
SPENDING: list[Row] = [dict(zip(AUSGABEN, row, strict=True)) for row in SPENT]

MEMBERS = ("Member", "Club", "City", "Joined", "Fee", "Age")
JOINED: list[Line] = [
    (
        f"{first} {last}",
        ("Rowing", "Chess", "Hockey")[n % 3],
        ("Bonn", "Kiel")[n % 2] if n % 7 else None,
        date(2015 + n % 8, n % 12 + 1, 15),
        24.5 + n * 3.25,
        18 + n * 5 % 50,
    )
    for n, (first, last) in enumerate(
        (f, s)
        for f in ("Ada", "Bo", "Cem", "Dörte", "Eli")
        for s in ("Funk", "Groß", "Haas", "Ito")
    )
]
JOIN: list[Row] = [dict(zip(MEMBERS, row, strict=True)) for row in JOINED]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("files")
    workbook(folder / "machines.xlsx", HALLS, MACHINES, LOOKS)
    open_document(folder / "Ausgaben 2024.ods", "Ausgaben", [AUSGABEN, *SPENT])
    separated(folder / "members.csv", [MEMBERS, *JOINED])
    key = LibraryKey(b"k" * 32, "key file")
    with Store.open(folder / "library", key, mode="write", model="m", dimensions=4) as store:
        store.add_source(str(folder), "Files")
        for file in ("machines.xlsx", "Ausgaben 2024.ods", "members.csv"):
            document = parsed(folder / file)
            facts = FileFacts(str(folder / file), 1, 0, str(folder / file))
            store.note_pending(str(folder), [facts])
            chunk = Chunk(0, len(document.text), "", document.text, document.text)
            store.put_document(facts, file, document, [chunk])
        yield store


def numbers(rows: list[Row], column: str) -> list[float]:
    return [row[column] for row in rows if isinstance(row[column], int | float)]


def total(rows: list[Row], column: str) -> float:
    return sum(numbers(rows, column))


def only(rows: list[Row], **wanted: object) -> list[Row]:
    return [row for row in rows if all(row[name] == value for name, value in wanted.items())]


def per(rows: list[Row], by: str, column: str) -> list[tuple[Any, ...]]:
    names = sorted({row[by] for row in rows if row[by]})
    return [(name, pytest.approx(total(only(rows, **{by: name}), column))) for name in names]


def one(value: object) -> list[tuple[Any, ...]]:
    return [(pytest.approx(value) if isinstance(value, float) else value,)]


WHOLE = "'Hall 1'!{0}2:{0}15; 'Hall 2'!{0}2:{0}12"
"""All cells of a column of both halls."""

QUESTIONS: dict[str, tuple[list[tuple[Any, ...]], str]] = {
    # The workbook: two sheets as one table, totals at their feet.
    "What is the total price of the machines?": (one(total(HALL, "Price")), WHOLE.format("D")),
    "How many machines are there?": (one(25), WHOLE.format("A")),
    "How many machines have no operator?": (
        one(sum(row["Operator"] is None for row in HALL)),
        WHOLE.format("G"),
    ),
    "How many machines have no defects?": (
        one(len(only(HALL, Defects=0))),
        WHOLE.format("F"),
    ),
    "How many machines were bought in 2021?": (
        one(sum(row["Bought"].year == 2021 for row in HALL)),
        WHOLE.format("C"),
    ),
    "What is the average price of a Lathe?": (
        one(mean(numbers(only(HALL, Kind="Lathe"), "Price"))),
        "'Hall 1'!B2:B15, D2:D15; 'Hall 2'!B2:B12, D2:D12",
    ),
    "How many running hours did the Press machines have?": (
        one(total(only(HALL, Kind="Press"), "Running hours")),
        "'Hall 1'!B2:B15, E2:E15; 'Hall 2'!B2:B12, E2:E12",
    ),
    "How many machines have a load above 50%?": (
        one(sum(row["Load"] > 0.5 for row in HALL)),
        WHOLE.format("H"),
    ),
    "How many machines have a price over 3,000 € and at least 2 defects?": (
        one(sum(row["Price"] > 3000 and row["Defects"] >= 2 for row in HALL)),
        "'Hall 1'!D2:D15, F2:F15; 'Hall 2'!D2:D12, F2:F12",
    ),
    "Which machine has the highest price?": ([("M-125", 18168.75)], "'Hall 2'!A12, D12"),
    "What is the price of M-103?": (one(15147.05), "'Hall 1'!D4"),
    "What is the total price per kind?": (
        per(HALL, "Kind", "Price"),
        "'Hall 1'!B2:B15, D2:D15; 'Hall 2'!B2:B12, D2:D12",
    ),
    "What percentage of the machines have the kind Mill?": (
        [(8, 25, pytest.approx(32))],
        WHOLE.format("B"),
    ),
    "How many machines have the operator Ida Holm?": (
        one(len(only(HALL, Operator="Ida Holm"))),
        WHOLE.format("G"),
    ),
    # The OpenDocument sheet, in German, with a gap and a text among the amounts.
    "Wie hoch ist die Summe der Beträge?": (one(total(SPENDING, "Betrag")), "Ausgaben!D2:D33"),
    "Wie viel haben wir an Nordwind gezahlt?": (
        one(total(only(SPENDING, Lieferant="Nordwind AG"), "Betrag")),
        "Ausgaben!C2:C33, D2:D33",
    ),
    "Wie viele Ausgaben sind nicht bezahlt?": (
        one(len(only(SPENDING, Bezahlt="nein"))),
        "Ausgaben!E2:E33",
    ),
    "Wie hoch ist der durchschnittliche Betrag im Lager?": (
        one(mean(numbers(only(SPENDING, Kostenstelle="Lager"), "Betrag"))),
        "Ausgaben!B2:B33, D2:D33",
    ),
    "Wie hoch ist die Summe der Beträge im März 2024?": (
        one(total([row for row in SPENDING if row["Datum"].month == 3], "Betrag")),
        "Ausgaben!A2:A33, D2:D33",
    ),
    "Betrag je Kostenstelle": (
        per(SPENDING, "Kostenstelle", "Betrag"),
        "Ausgaben!B2:B33, D2:D33",
    ),
    "Wie viele Ausgaben haben einen Betrag über 500 Euro?": (
        one(sum(n > 500 for n in numbers(SPENDING, "Betrag"))),
        "Ausgaben!D2:D33",
    ),
    "Wie viele verschiedene Lieferanten gibt es?": (
        one(len({row["Lieferant"] for row in SPENDING})),
        "Ausgaben!C2:C33",
    ),
    "Wie hoch ist der höchste Betrag für Adler OHG?": (
        one(max(numbers(only(SPENDING, Lieferant="Adler OHG"), "Betrag"))),
        "Ausgaben!C2:C33, D2:D33",
    ),
    "Wie viele Ausgaben gab es zwischen dem 1. Februar 2024 und dem 30. April 2024?": (
        one(sum(date(2024, 2, 1) <= row["Datum"] <= date(2024, 4, 30) for row in SPENDING)),
        "Ausgaben!A2:A33",
    ),
    # The CSV, as a German program writes it, asked in both languages.
    "What is the median age of the members?": (one(median(numbers(JOIN, "Age"))), "F2:F21"),
    "How many members are in the club Chess or Hockey?": (
        one(sum(row["Club"] in ("Chess", "Hockey") for row in JOIN)),
        "B2:B21",
    ),
    "How many members have no city?": (one(sum(row["City"] is None for row in JOIN)), "C2:C21"),
    "What is the total fee in Kiel?": (
        one(total(only(JOIN, City="Kiel"), "Fee")),
        "C2:C21, E2:E21",
    ),
    "Who is the oldest member?": (
        [(row["Member"], row["Age"]) for row in JOIN if row["Age"] == max(numbers(JOIN, "Age"))],
        "",
    ),
    "Wie viele Zeilen haben City Bonn und Club Rowing?": (
        one(len(only(JOIN, City="Bonn", Club="Rowing"))),
        "B2:B21, C2:C21",
    ),
    "Wie hoch ist die Summe der Fee für Rowing?": (
        one(total(only(JOIN, Club="Rowing"), "Fee")),
        "B2:B21, E2:E21",
    ),
    "How many members joined before 2018?": (
        one(sum(row["Joined"].year < 2018 for row in JOIN)),
        "D2:D21",
    ),
}
"""A question -> its rows, and the cells it was read from ('': not looked at)."""


@pytest.mark.parametrize("question", QUESTIONS)
def test_it_is_exact_and_says_where_it_stands(library: Store, question: str) -> None:
    rows, cells = QUESTIONS[question]
    made = answer(job(library, Request(question)))
    assert made.route == "sheets", made.text
    (result,) = made.tables
    assert list(result.rows) == rows
    assert not cells or result.cells == cells
    assert result.sql.count("SELECT")
    assert made.citations
