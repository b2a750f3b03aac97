"""Questions over made workbooks: what the table says is what plain Python makes of the same rows."""

# The rows hold values of every type, and what is reckoned with them is reckoned in plain Python.
# mypy: disable-error-code="operator, index, type-var"

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import mean, median
from typing import Any

import pytest
from tests.engine.answering.exact.made import TODAY, job
from tests.engine.answering.sheets import tables
from tests.engine.answering.sheets.tables import (
    BUDGET,
    HOURS,
    ORDERS,
    PAYMENTS,
    ROOMS,
    STAFF,
    STOCK,
    WOHNUNGEN,
    ZAHLUNGEN,
)

from strongroom_engine.answering.asking import Request
from strongroom_engine.answering.pipeline import answer
from strongroom_engine.answering.route import route
from strongroom_engine.models.embedder import OnnxEmbedder
from strongroom_engine.store import LibraryKey, Store
from strongroom_engine.types import Answer

Row = dict[str, Any]
Ask = Callable[..., Answer]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("sheets")
    key = LibraryKey(b"k" * 32, "key file")
    with Store.open(folder / "library", key, mode="write", model="m", dimensions=4) as store:
        tables.put(store, folder, tables.EVERYTHING)
        yield store


@pytest.fixture
def ask(library: Store) -> Ask:
    def asked(question: str, **more: Any) -> Answer:
        return answer(job(library, Request(question, **more)))

    return asked


def numbers(rows: list[Row], column: str) -> list[float]:
    return [row[column] for row in rows if isinstance(row[column], int | float)]


def total(rows: list[Row], column: str) -> float:
    return round(sum(numbers(rows, column)), 9)


def grouped(rows: list[Row], by: str | Callable[[Row], str]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[by(row) if callable(by) else row[by]].append(row)
    return dict(sorted(groups.items()))


PAID = PAYMENTS.where()
STAFFED = STAFF.where()
ORDERED = [row for year in ORDERS for row in year.where()]
STOCKED = STOCK.where()
WORKED = [row for month in HOURS for row in month.where()]
LEASED = ROOMS.where()
BUDGETED = BUDGET.where()
GEZAHLT = ZAHLUNGEN.where()


def in_year(rows: list[Row], year: int, column: str = "Date") -> list[Row]:
    return [row for row in rows if str(row[column]).startswith(str(year))]


def only(rows: list[Row], **wanted: object) -> list[Row]:
    return [row for row in rows if all(row[name] == value for name, value in wanted.items())]


FIGURES: dict[str, float | int | str | None] = {
    "How much did we pay Keller GmbH?": total(only(PAID, Supplier="Keller GmbH"), "Amount"),
    "How much did we pay Keller in 2024?": total(
        in_year(only(PAID, Supplier="Keller GmbH"), 2024), "Amount"
    ),
    "What is the sum of the amounts?": total(PAID, "Amount"),
    "What is the total amount for Marketing in 2023?": total(
        in_year(only(PAID, Department="Marketing"), 2023), "Amount"
    ),
    "What is the average amount of Software payments?": round(
        mean(numbers(only(PAID, Category="Software"), "Amount")), 9
    ),
    "How many payments are there?": len(PAID),
    "How many payments are not paid?": len(only(PAID, Paid=False)),
    "How many unpaid payments are there?": len(only(PAID, Paid=False)),
    "How many payments were over 1,000 euros?": sum(n > 1000 for n in numbers(PAID, "Amount")),
    "How many payments have an amount between 500 and 900?": sum(
        500 <= n <= 900 for n in numbers(PAID, "Amount")
    ),
    "How many payments have no amount?": sum(row["Amount"] is None for row in PAID),
    "total amount not in Marketing or Sales": total(
        [row for row in PAID if row["Department"] not in ("Marketing", "Sales")], "Amount"
    ),
    "What is the highest amount?": max(numbers(PAID, "Amount")),
    "How many payments were made before June 2023?": sum(
        row["Date"] < "2023-06-01" for row in PAID
    ),
    "How many payments were made in the second quarter of 2024?": sum(
        "2024-04" <= row["Date"][:7] <= "2024-06" for row in PAID
    ),
    "How many different suppliers are there?": len({row["Supplier"] for row in PAID}),
    "What is the total rent on floor 3?": total(only(LEASED, Floor=3), "Rent"),
    "What is the average rent?": round(mean(numbers(LEASED, "Rent")), 9),
    "How many rooms have a rent above 900?": sum(n > 900 for n in numbers(LEASED, "Rent")),
    "What is the total budget?": total(BUDGETED, "Budget"),
    "What is the total actual for P. Lang?": total(only(BUDGETED, Responsible="P. Lang"), "Actual"),
    "What is the average salary in Engineering?": round(
        mean(numbers(only(STAFFED, Dept="Engineering"), "Salary")), 9
    ),
    "What is the median salary?": median(numbers(STAFFED, "Salary")),
    "What is the lowest salary in London?": min(numbers(only(STAFFED, City="London"), "Salary")),
    "How many employees are in London?": len(only(STAFFED, City="London")),
    "How many employees have no email?": sum(row["Email"] is None for row in STAFFED),
    "How many staff were hired between 2018 and 2020?": sum(
        "2018" <= row["Hired"][:4] <= "2020" for row in STAFFED
    ),
    "How many hours did Ada work?": total(only(WORKED, Employee="Ada"), "Hours"),
    "How many hours did Ada work in February?": total(
        only(HOURS[1].where(), Employee="Ada"), "Hours"
    ),
    "How many hours did Ben and Cleo work for Harbour?": total(
        [r for r in WORKED if r["Employee"] != "Ada" and r["Project"] == "Harbour"], "Hours"
    ),
    "How many units are in the North warehouse?": total(only(STOCKED, Warehouse="North"), "Qty"),
    "What is the total of the orders from France?": total(only(ORDERED, Country="France"), "Total"),
    "How many orders from France or Spain were open?": sum(
        row["Country"] in ("France", "Spain") and row["Status"] == "open" for row in ORDERED
    ),
    "How many orders were not shipped?": sum(row["Status"] != "shipped" for row in ORDERED),
    "How many orders have no ship date?": sum(row["Ship date"] is None for row in ORDERED),
    "What is the latest order date?": max(row["Order date"] for row in ORDERED),
    "How many orders with a total of at least 400 were cancelled?": sum(
        row["Total"] >= 400 and row["Status"] == "cancelled" for row in ORDERED
    ),
    "What is the sum of Total for Acme in the first quarter of 2024?": total(
        [
            row
            for row in in_year(only(ORDERED, Customer="Acme"), 2024, "Order date")
            if row["Order date"] < "2024-04"
        ],
        "Total",
    ),
    "How many products have a unit price below £50 and a qty of at least 40?": sum(
        row["Unit price"] < 50 and row["Qty"] >= 40 for row in STOCKED
    ),
    "What is the total amount for Northwnd Ltd?": total(
        only(PAID, Supplier="Northwind Ltd"), "Amount"
    ),
    "Wie hoch ist die Summe der Beträge für Schreinerei Holm?": total(
        only(GEZAHLT, Lieferant="Schreinerei Holm"), "Betrag"
    ),
    "Wie viel haben wir 2024 an Nordwind gezahlt?": total(
        only(GEZAHLT, Lieferant="Nordwind AG"), "Betrag"
    ),
    "Wie viele Zahlungen sind über 500 Euro?": sum(n > 500 for n in numbers(GEZAHLT, "Betrag")),
    "Wie viele Zahlungen sind nicht bezahlt?": len(only(GEZAHLT, Bezahlt="nein")),
    "Was ist der durchschnittliche Betrag im März 2024?": round(
        mean(numbers([r for r in GEZAHLT if r["Datum"][:7] == "2024-03"], "Betrag")), 9
    ),
    "Wie hoch ist die durchschnittliche Kaltmiete?": round(
        mean(numbers(WOHNUNGEN.where(), "Kaltmiete")), 9
    ),
}
"""A question -> its one figure."""


@pytest.mark.parametrize("question", FIGURES)
def test_a_figure_is_exact(ask: Ask, question: str) -> None:
    made = ask(question)
    assert made.route == "sheets", made.text
    (result,) = made.tables
    wanted = FIGURES[question]
    (row,) = result.rows
    if isinstance(wanted, float):
        assert row[0] == pytest.approx(wanted, abs=1e-6)
    else:
        assert row == (wanted,)


def per(rows: list[Row], by: str | Callable[[Row], str], column: str) -> list[tuple[str, float]]:
    return [(name, total(some, column)) for name, some in grouped(rows, by).items()]


def ranked(pairs: list[tuple[str, float]]) -> list[tuple[str, float]]:
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


LISTS: dict[str, list[tuple[Any, ...]]] = {
    "Total amount by category in 2023": per(in_year(PAID, 2023), "Category", "Amount"),
    "Which supplier got the most?": ranked(per(PAID, "Supplier", "Amount")),
    "total per quarter": per(
        ORDERED,
        lambda row: f"{row['Order date'][:4]}-Q{(int(row['Order date'][5:7]) + 2) // 3}",
        "Total",
    ),
    "Hours by project": per(WORKED, "Project", "Hours"),
    "Which employee has the most hours?": ranked(per(WORKED, "Employee", "Hours")),
    "total hours per month": [(month.sheet, total(month.where(), "Hours")) for month in HOURS],
    "Which month had the highest total in 2024?": ranked(
        per(in_year(ORDERED, 2024, "Order date"), lambda row: row["Order date"][:7], "Total")
    ),
    "How many orders per status?": sorted(Counter(row["Status"] for row in ORDERED).items()),
    "Which customer has the most orders?": sorted(
        Counter(row["Customer"] for row in ORDERED).items(), key=lambda pair: (-pair[1], pair[0])
    ),
    "What is the average amount per department?": [
        (name, round(mean(numbers(some, "Amount")), 9))
        for name, some in grouped(PAID, "Department").items()
    ],
    "Which department has the highest average salary?": ranked(
        [
            (name, round(mean(numbers(some, "Salary")), 9))
            for name, some in grouped(STAFFED, "Dept").items()
        ]
    ),
    "What is the rent of room 12?": [(910.5,)],
    "Who is the tenant of room 21?": [("Li Wei",)],
    "Who is responsible for the garden?": [("M. Okafor",)],
    "What is the email of Omar Haddad?": [("omar@example.org",)],
    "What is the unit price of the office chair?": [(139.99,)],
    "When was Ruth Adams hired?": [("2018-11-05",)],
    "Which room has the highest rent?": [(31, 1150), (32, 1150)],
    "Who has the highest salary?": [("Ivy Chen", 74500)],
    "the three most expensive products": [
        (row["Product"], row["Unit price"])
        for row in sorted(STOCKED, key=lambda row: -row["Unit price"])[:3]
    ],
    "Top 2 products by qty": [
        (row["Product"], row["Qty"]) for row in sorted(STOCKED, key=lambda row: -row["Qty"])[:2]
    ],
    "What is the cheapest product?": [("Paper tray", 7.8)],
    "Where does actual exceed budget?": [
        (row["Item"], row["Budget"], row["Actual"])
        for row in BUDGETED
        if row["Actual"] > row["Budget"]
    ],
    "Which products have a discount above 10%?": [
        (row["Product"], row["Discount"]) for row in STOCKED if row["Discount"] > 0.1
    ],
    "What is the difference between budget and actual for Heating?": [(12000, 13450, -1450)],
    "What share of the total budget is for Heating?": [(12000, 43900, 27.334851936)],
    "What percentage of orders were cancelled?": [(16, 48, 33.333333333)],
    "List the names and cities of staff in Support": [
        (row["Name"], row["City"]) for row in only(STAFFED, Dept="Support")
    ],
    "Who was hired before 2018?": [(row["Name"],) for row in STAFFED if row["Hired"] < "2018"],
    "Which countries are there?": sorted(Counter(row["Country"] for row in ORDERED).items()),
    "List all rooms without a tenant": [(22, None)],
    "Betrag je Abteilung": per(GEZAHLT, "Abteilung", "Betrag"),
    "Wer ist der Mieter der Wohnung 3?": [("Ali Demir",)],
    "Welche Wohnung hat die höchste Kaltmiete?": [(3, 980)],
}
"""A question -> the rows of its result."""


@pytest.mark.parametrize("question", LISTS)
def test_a_list_is_exact(ask: Ask, question: str) -> None:
    made = ask(question)
    assert made.route == "sheets", made.text
    found = [tuple(row) for row in made.tables[0].rows]
    assert len(found) == len(LISTS[question])
    for row, wanted in zip(found, LISTS[question], strict=True):
        assert row == tuple(
            pytest.approx(cell, abs=1e-6) if isinstance(cell, float) else cell for cell in wanted
        )


NOT_OF_TABLES = (
    "What is the rent?",
    "How tall is Mount Everest?",
    "Who wrote the report on heating?",
    "What does the lease say about the rent of room 12?",
    "Why did the budget rise in 2024?",
    "How many people live in London?",
    "What is the total population of France?",
    "Which department has the highest salary?",  # of all its people, or of one?
    "What is the smallest room?",  # by which measure?
    "Summarise the payments",
    "What did Keller GmbH promise to deliver in 2024?",
    "How do I pay Keller GmbH?",
    "Is room 12 free?",
    "What is the amount of payment 99 and who approved it?",
    "What happened in March 2024?",
    "Was ist die Hauptstadt von Frankreich?",
    "Warum ist die Miete der Wohnung 2 gestiegen?",
    "How many suppliers got more than 5 payments?",  # rows are counted, not the number of one
    "What rooms does Sofia Rossi rent?",  # a verb, and no column
    "How many floors are there?",  # no sum of them
    "What is the smallest order?",  # not the first date
    "What was the rent of room 12 in 2020?",  # 'moved in' does not say when the rent was so
    "How many employees have an email?",
    "How many orders did Acme cancel?",
    "What is the second highest salary?",
    "How much more did we pay Keller than Northwind?",
    "Who worked the most in March?",  # how many rows?
    "Who approved payment 1010?",
    "Which item has the largest difference between budget and actual?",
    "sum",
    "2024",
    "Keller GmbH",
)


@pytest.mark.parametrize("question", NOT_OF_TABLES)
def test_what_is_not_understood_whole_is_left_to_passages(library: Store, question: str) -> None:
    assert route(library, Request(question), TODAY).route == "passages"


def test_an_answer_says_what_was_asked_and_where_it_stands(ask: Ask) -> None:
    made = ask("What is the total amount for Marketing in 2023?")
    (result,) = made.tables
    assert made.text.startswith(
        "The sum of Amount, where Department is “Marketing” and Date is from 2023-01-01 to"
        " 2023-12-31, is €"
    )
    assert result.said == (
        "the sum of Amount in Payments, where Department is “Marketing” and Date is from"
        " 2023-01-01 to 2023-12-31"
    )
    assert result.cells == "Payments!B2:B49, D2:D49, F2:F49"
    assert 'sum("Amount")' in result.sql
    assert "\"Department\" = 'Marketing'" in result.sql
    assert made.searched == "Asked the table Payments of payments.xlsx (48 rows)."
    rows = in_year(only(PAID, Department="Marketing"), 2023)
    assert result.used == len(numbers(rows, "Amount"))
    assert made.sentences[0].citations


def test_the_rows_are_quoted_as_they_stand(ask: Ask, library: Store) -> None:
    made = ask("What is the rent of room 12?")
    (cited,) = made.citations
    assert cited.quote == "12\tTomás Ruiz\t1\t910.5\t70\t2021-10-15\t2731.5"
    assert library.document_text(cited.file, cited.start, cited.end) == cited.quote
    assert made.tables[0].cells == "Rooms!D3"
    assert made.text == "Rent is €910.50, where Room is 12."


def test_cells_without_a_number_are_told(ask: Ask) -> None:
    made = ask("What is the sum of the amounts?")
    assert (
        "4 rows without a number in Amount were left out. 1 of these has a text there." in made.text
    )


def test_total_rows_are_not_counted_twice(ask: Ask) -> None:
    assert ask("What is the total budget?").text == "The sum of Budget is $43,900."


def test_it_is_told_in_the_language_of_the_question(ask: Ask) -> None:
    made = ask("Wie hoch ist die Summe der Beträge für Nordwind AG?")
    wanted = total(only(GEZAHLT, Lieferant="Nordwind AG"), "Betrag")
    figure = f"{wanted:,.2f}".translate({ord(","): ".", ord("."): ","})
    assert made.text == f"Summe von Betrag, mit Lieferant = „Nordwind AG“: {figure} €."


def test_nothing_found_says_what_was_looked_for(ask: Ask) -> None:
    made = ask("Which orders from Spain were cancelled in January 2023?")
    assert made.text.startswith("No row of orders fits: ")
    assert "Status has the values" in made.text


def test_sheets_of_one_file_and_files_of_years_are_one_table(ask: Ask) -> None:
    made = ask("How many hours did Ada work?")
    assert "Read from 3 tables: January, February and March." in made.text
    assert made.tables[0].cells.count("!") == 3
    narrowed = ask("How many orders are there? file:2024")
    assert narrowed.tables[0].rows == ((24,),)


def test_what_is_asked_everywhere_goes_to_passages(library: Store) -> None:
    request = Request("What is the rent of room 12?", everywhere=True)
    assert route(library, request, TODAY).route == "passages"


def test_only_chosen_documents_are_asked(library: Store) -> None:
    chosen = next(one.path for one in library.documents() if one.path.endswith("staff.csv"))
    asked = Request("What is the average rent?", documents=(chosen,))
    assert route(library, asked, TODAY).route == "passages"
    asked = Request("What is the average salary?", documents=(chosen,))
    assert route(library, asked, TODAY).route == "sheets"


@pytest.mark.parametrize(("grade", "number"), [("A+", 2), ("A", 1), ("A-", 3), ("B", 0)])
def test_values_that_differ_in_a_sign(tmp_path: Path, grade: str, number: int) -> None:
    columns = (("Pollster", "text", ""), ("Grade", "text", ""))
    grades = ("A+", "A-", "A", "A-", "B+", "A+", "A-", "C")
    made = tables.Made(
        "pollsters.csv", "", columns, tuple((f"P{n}", g) for n, g in enumerate(grades))
    )
    key = LibraryKey(b"k" * 32, "key file")
    with Store.open(tmp_path / "l", key, mode="write", model="m", dimensions=4) as store:
        tables.put(store, tmp_path, [made])
        routed = route(store, Request(f"How many pollsters have the grade {grade}?"), TODAY)
        assert (routed.found.result.rows if routed.found else ((0,),)) == ((number,),)


def test_only_copies_are_counted_once(tmp_path: Path) -> None:
    columns = (("Item", "text", ""), ("Cost", "number", ""))
    rows = (("Roof", 5), ("Door", 7), ("Lock", 6))
    swapped = (("Roof", 5), ("Door", 6), ("Lock", 7))
    files = (("costs copy.csv", rows), ("costs.csv", rows), ("costs new.csv", swapped))
    key = LibraryKey(b"k" * 32, "key file")
    with Store.open(tmp_path / "l", key, mode="write", model="m", dimensions=4) as store:
        tables.put(store, tmp_path, [tables.Made(file, "", columns, made) for file, made in files])
        told = answer(job(store, Request("What is the cost of the door?")))
        assert told.text == (
            "In costs.csv: Cost is 7, where Item is “Door”.\n\n"
            "In costs new.csv: Cost is 6, where Item is “Door”."
        )


def test_two_tables_that_fit_are_told(tmp_path: Path, embedder: OnnxEmbedder) -> None:
    key = LibraryKey(b"k" * 32, "key file")
    columns = (("Item", "text", ""), ("Cost", "number", ""))
    made = [
        tables.Made("plan draft.xlsx", "Plan", columns, (("Roof", 5), ("Door", 7))),
        tables.Made("plan final.xlsx", "Plan", columns, (("Roof", 6), ("Door", 7))),
    ]
    with Store.open(tmp_path / "l", key, mode="write", model="m", dimensions=4) as store:
        tables.put(store, tmp_path, made)
        told = answer(job(store, Request("What is the total cost?")))
        assert told.text == (
            "In plan draft.xlsx (Plan): The sum of Cost is 12.\n\n"
            "In plan final.xlsx (Plan): The sum of Cost is 13."
        )
        assert [one.rows for one in told.tables] == [((12,),), ((13,),)]
        assert [told.citations[n - 1].quote for s in told.sentences for n in s.citations] == [
            *("Roof\t5", "Door\t7"),
            *("Roof\t6", "Door\t7"),
        ]
        same = answer(job(store, Request("What is the cost of the door?")))
        assert (
            same.text
            == "Cost is 7, where Item is “Door”. Another table fits as well: plan final.xlsx (Plan)."
        )
        named = answer(job(store, Request("What is the total cost of the final plan?")))
        assert named.text == "The sum of Cost is 13."
