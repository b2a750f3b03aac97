"""Rows that sum up others: told by arithmetic, so that nothing is counted twice or dropped."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.engine.indexing.parse.sheets.made import column, csv, table_of

HEAD = "what,amount,more\n"


@pytest.mark.parametrize(
    ("rows", "totals"),
    [
        (["Pen,10,1", "Ink,20,2", "Total,30,3"], [4]),
        (["Total Energies,10,1", "Sumatra,20,2", "Shell,5,3"], []),
        (["Pen,10,1", "Total Energies,20,2", "Total,30,3"], [4]),
        (["Total Energies,10,1", "Ink,20,2", "Summe,30,3"], [4]),
        (["Pen,10,1", "Ink,20,2", "Sum of all things,30,3"], [4]),
        (["Pen,10,1", "Ink,20,2", "Total,30,", "Cup,1,", "Pot,2,", "Total,3,", "All,33,3"], [4, 7]),
        (["Pen,10,1", "Ink,20,2", "Subtotal,30,3", "Cup,1,1", "Pot,2,1", "Subtotal,3,2", "Grand total,33,5"],
         [4, 7, 8]),
        (["Pen,10,1", "Ink,20,2", ",30,3"], [4]),
        (["Pen,10,1", "Ink,20,2", "Average,15,1.5"], [4]),
        (["Pen,10,1", "Ink,20,2", "Mean bean,7,4"], []),
        (["Pen,10.004,1", "Ink,20.004,2", "Total,30.01,3"], [4]),
        (["Pen,10,1", "Ink,20,2", "Total costs,31,3"], []),
        (["Pen,10,1", "Ink,20,2", "Total,31,4"], [4]),
        (["Total,30,3", "Pen,10,1", "Ink,20,2"], [2]),
        (["Pen,10,x", "Ink,20,y", "Cup,30,z"], []),
    ],
)  # fmt: skip
def test_a_row_is_a_total_where_its_numbers_are(
    tmp_path: Path, rows: list[str], totals: list[int]
) -> None:
    table = table_of(tmp_path, HEAD + "\n".join(rows) + "\n")
    assert list(table.totals) == totals
    left = [row for number, row in enumerate(rows, 2) if number not in totals]
    assert [row.number for row in table.rows] == [
        number for number in range(2, len(rows) + 2) if number not in totals
    ]
    assert len(table.rows) == len(left)


def test_numbers_alone_have_no_total_without_a_name(tmp_path: Path) -> None:
    table = table_of(tmp_path, "a,b\n1,10\n2,20\n3,30\n")
    assert (column(table, "b"), table.totals) == ([10, 20, 30], ())


def test_totals_are_written_as_their_column_is(tmp_path: Path) -> None:
    table = table_of(tmp_path, "Posten;Betrag\nMiete;1.200,50 €\nStrom;99,50 €\nSumme;1.300,00 €\n")
    assert (column(table, "Betrag"), table.totals) == ([1200.5, 99.5], (4,))


def test_a_total_below_dates_leaves_them_dates(tmp_path: Path) -> None:
    table = table_of(tmp_path, "day,sum\n2024-01-05,3\n2024-01-06,4\nTotal,7\n")
    assert (table.columns[0].type, table.totals) == ("date", (4,))


def test_totals_stay_in_the_text(tmp_path: Path) -> None:
    assert "Total | 30 | 3" in csv(tmp_path, HEAD + "Pen,10,1\nInk,20,2\nTotal,30,3\n").text


def test_most_rows_that_say_total_are_none(tmp_path: Path) -> None:
    rows = "".join(f"Balance {n},{n * 7},1\n" for n in range(1, 40))
    assert table_of(tmp_path, HEAD + rows).totals == ()
