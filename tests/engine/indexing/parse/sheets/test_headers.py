"""Which rows of a table say what its columns are, and where a table begins and ends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.engine.indexing.parse.sheets.made import (
    column,
    csv,
    made,
    names,
    sheet_of,
    table_of,
)

Rows = list[list[Any]]


@pytest.mark.parametrize(
    ("text", "header", "said"),
    [
        ("fruit,price\nApple,1.20\nPear,0.80\n", 1, ["fruit", "price"]),
        ("Apple,1.20\nPear,0.80\nPlum,2.10\n", None, ["A", "B"]),
        ("Anna,Berlin\nBob,Paris\nCem,Rome\n", None, ["A", "B"]),
        ("Name,City\nAnna,Berlin\nBob,Paris\n", 1, ["Name", "City"]),
        ("who,mail\nAnna,a@b.de\nBob,c@d.fr\nCem,e@f.it\n", 1, ["who", "mail"]),
        ("Berlin,open\nParis,closed\nRome,open\nBerlin,closed\n", None, ["A", "B"]),
        ("site,so\n" + "B,open\nP,shut\n" * 6, 1, ["site", "so"]),
        ("land,2022,2023\nDE,83.1,84.4\nFR,67.9,68.1\n", 1, ["land", "2022", "2023"]),
        ("2020,12\n2021,15\n2022,17\n", None, ["A", "B"]),
        ("code,name\n007,Bond\n008,Bill\n", 1, ["code", "name"]),
        ("day,sum\n2024-01-05,3\n2024-01-06,4\n", 1, ["day", "sum"]),
        ("2024-01-05,3\n2024-01-06,4\n2024-01-07,5\n", None, ["A", "B"]),
        ("n/a,4\nx,5\ny,6\n", None, ["A", "B"]),
        ("Name:,Anna\nCity:,Berlin\nPhone:,n/a\n", None, ["A", "B"]),
    ],
)
def test_a_row_is_a_header_only_where_something_says_so(
    tmp_path: Path, text: str, header: int | None, said: list[str]
) -> None:
    table = table_of(tmp_path, text)
    assert (table.header_row, names(table)) == (header, said)
    assert len(table.rows) == text.count("\n") - (header or 0)


def test_a_row_in_bold_is_a_header(tmp_path: Path) -> None:
    def write(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["Anna", "Berlin"], book.add_format({"bold": True}))
        sheet.write_row(1, 0, ["Bob", "Paris"])
        sheet.write_row(2, 0, ["Cem", "Rome"])

    (table,) = made(tmp_path, write).sheets
    assert (table.header_row, column(table, "Anna")) == (1, ["Bob", "Cem"])


def test_a_table_that_the_workbook_declares_has_its_bounds(tmp_path: Path) -> None:
    def write(_book: Any, sheet: Any) -> None:
        columns = [{"header": "Who"}, {"header": "Where", "total_string": "Total"}]
        sheet.add_table(
            1, 1, 4, 2, {"columns": columns, "name": "Staff", "total_row": True, "data": []}
        )
        sheet.write_row(2, 1, ["Anna", "Berlin"])
        sheet.write_row(3, 1, ["Bob", "Paris"])
        sheet.write_row(5, 1, ["A note", "right below"])

    (table,) = made(tmp_path, write).sheets
    assert (table.name, table.header_row, table.totals) == ("Staff", 2, (5,))
    assert column(table, "Who") == ["Anna", "Bob"]


def test_headers_of_two_rows_are_joined(tmp_path: Path) -> None:
    rows = "Region,Q1,,Q2,\n,Plan,Actual,Plan,Actual\nNorth,1,2,3,4\nSouth,5,6,7,8\n"
    table = table_of(tmp_path, rows)
    assert names(table) == ["Region", "Q1 Plan", "Q1 Actual", "Q2 Plan", "Q2 Actual"]
    assert table.header_row == 2
    assert column(table, "Q2 Actual") == [4, 8]


def test_a_merged_head_is_of_all_columns_below_it(tmp_path: Path) -> None:
    def write(_book: Any, sheet: Any) -> None:
        sheet.merge_range(0, 0, 1, 0, "Region")
        sheet.merge_range(0, 1, 0, 2, "Q1")
        sheet.write_row(1, 1, ["Plan", "Actual", "Note"])
        sheet.write_row(2, 0, ["North", 1, 2, "a"])
        sheet.write_row(3, 0, ["South", 3, 4, "b"])

    (table,) = made(tmp_path, write).sheets
    assert names(table) == ["Region", "Q1 Plan", "Q1 Actual", "Note"]


def test_a_row_with_texts_for_numbers_is_no_second_header(tmp_path: Path) -> None:
    table = table_of(tmp_path, "Item,Plan,Actual\nNew,open,open\nOld,3,4\nOlder,5,6\n")
    assert (table.header_row, names(table)) == (1, ["Item", "Plan", "Actual"])
    assert len(table.rows) == 3


def test_units_below_the_names_are_part_of_them(tmp_path: Path) -> None:
    table = table_of(tmp_path, "Item,Cost,Weight\n,(EUR),(kg)\nPipe,3,4\nTap,5,6\n")
    assert names(table) == ["Item", "Cost (EUR)", "Weight (kg)"]


def test_titles_above_and_notes_below_are_none_of_the_rows(tmp_path: Path) -> None:
    text = "Sales 2024,,\nall regions,,\nRegion,Q1,Q2\nNorth,1,2\nSouth,3,5\nSource: the shops,,\n"
    document = csv(tmp_path, text)
    (table,) = document.sheets
    assert (table.name, table.header_row) == ("Sales 2024 all regions", 3)
    assert column(table, "Region") == ["North", "South"]
    assert "Source: the shops" in document.text


def test_a_title_may_stand_apart_and_so_may_the_header(tmp_path: Path) -> None:
    text = "Prices,,\n\nfruit,price,kg\n\nApple,1.2,3\nPear,0.8,4\n"
    (table,) = csv(tmp_path, text).sheets
    assert (table.header_row, names(table)) == (3, ["fruit", "price", "kg"])
    (table,) = csv(tmp_path, text.replace("kg\n\n", "kg\n")).sheets
    assert table.name == "Prices"


def test_tables_beside_each_other_are_two(tmp_path: Path) -> None:
    rows: Rows = [
        ["Fruit", "Price", None, "Tool", "Count"],
        ["Apple", 1.5, None, "Saw", 3],
        ["Pear", 2.5, None, "Axe", 4],
        ["Plum", 3.5],
    ]
    one, other = sheet_of(tmp_path, rows).sheets
    assert (column(one, "Price"), column(other, "Count")) == ([1.5, 2.5, 3.5], [3, 4])
    assert [each.letter for each in other.columns] == ["D", "E"]


def test_an_empty_column_inside_a_table_does_not_part_it(tmp_path: Path) -> None:
    (table,) = sheet_of(
        tmp_path, [["Item", None, "Cost"], ["Pen", None, 3], ["Ink", None, 4]]
    ).sheets
    assert names(table) == ["Item", "Cost"]
    assert [each.letter for each in table.columns] == ["A", "C"]


def test_a_table_goes_on_after_an_empty_row(tmp_path: Path) -> None:
    rows: Rows = [
        ["Item", "Cost"],
        ["Pen", 3],
        ["Ink", 4],
        [],
        ["Paper", 5],
        ["Glue", 6],
        [],
        ["Total", 18],
    ]
    (table,) = sheet_of(tmp_path, rows).sheets
    assert column(table, "Cost") == [3, 4, 5, 6]
    assert table.totals == (8,)


def test_a_header_that_is_said_again_is_no_row(tmp_path: Path) -> None:
    table = table_of(tmp_path, "a;b\nx;1\ny;2\na;b\nz;3\n")
    assert column(table, "b") == [1, 2, 3]


def test_a_value_that_is_merged_with_those_below_it_is_theirs(tmp_path: Path) -> None:
    def write(_book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["Region", "Cost"])
        sheet.merge_range(1, 0, 2, 0, "North")
        sheet.write_column(1, 1, [1, 2, 4])
        sheet.write(3, 0, "South")

    (table,) = made(tmp_path, write).sheets
    assert column(table, "Region") == ["North", "North", "South"]
