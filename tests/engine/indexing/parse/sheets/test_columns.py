"""Texts that are numbers or dates: read as such where they can be read in one way only."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.engine.indexing.parse.sheets.made import column, csv, kinds, table_of, units

from strongroom_engine.sentences import left_out
from strongroom_engine.types import CellValue, LeftOut


@pytest.mark.parametrize(
    ("text", "kind", "values"),
    [
        # Alone, '1.234' is a thousand or one and a bit.
        ("n\tv\na\t1.234\nb\t5.678\n", "text", ["1.234", "5.678"]),
        ("n,v\na,1.234\nb,5.678\n", "text", ["1.234", "5.678"]),
        ('n,v\na,"1,234"\nb,"5,678"\n', "text", ["1,234", "5,678"]),
        # Another column says it.
        ("n;v;w\na;1.234;0,5\nb;5.678;2,25\n", "number", [1234, 5678]),
        ("n\tv\tw\na\t1.234\t0.5\nb\t5.678\t2.25\n", "number", [1.234, 5.678]),
        # Two things about the file say it.
        ("n;v;w\na;1.234;05.01.2024\nb;5.678;06.01.2024\n", "number", [1234, 5678]),
        ("Artikel;v\na;1.234\nb;5.678\n", "number", [1234, 5678]),
        ('n,v\na,"$1,234"\nb,"$5,678"\n', "number", [1234, 5678]),
        # The column itself does.
        ("n\tv\na\t1.234\nb\t1234\n", "number", [1.234, 1234]),
        ("n\tv\na\t0.234\nb\t5.678\n", "number", [0.234, 5.678]),
        ("n\tv\na\t1.234.567\nb\t5.678\n", "number", [1234567, 5678]),
        ("n\tv\na\t1,23,456\nb\t2,000\n", "number", [123456, 2000]),
        # No numbers.
        ("n\tv\na\t030 1234\nb\t040 5678\n", "text", ["030 1234", "040 5678"]),
        ("n\tv\na\t12E5\nb\t13E5\n", "text", ["12E5", "13E5"]),
        ("n\tv\na\t1.5E-3\nb\t2.5E+2\n", "number", [0.0015, 250.0]),
        ("n\tv\na\t1234567890123456\nb\t1\n", "text", ["1234567890123456", "1"]),
        ("n\tv\na\t+491701234567\nb\t+491707654321\n", "text", ["+491701234567", "+491707654321"]),
        ("n\tv\na\t5 €\nb\t7 $\n", "text", ["5 €", "7 $"]),
        ("n\tv\na\t12,50-\nb\t3,00\n", "number", [-12.5, 3.0]),
    ],
)
def test_decimals(tmp_path: Path, text: str, kind: str, values: list[CellValue]) -> None:
    table = table_of(tmp_path, text)
    assert kinds(table)["v"] == kind
    assert column(table, "v") == values


@pytest.mark.parametrize(
    ("text", "kind", "values"),
    [
        ("n,v\na,03/04/2024\nb,05/06/2024\n", "text", ["03/04/2024", "05/06/2024"]),
        ("n,v,w\na,03/04/2024,31/01/2024\nb,05/06/2024,01/02/2024\n", "date", ["2024-04-03", "2024-06-05"]),
        ("n,v,w\na,03/04/2024,01/31/2024\nb,05/06/2024,01/02/2024\n", "date", ["2024-03-04", "2024-05-06"]),
        ("n;v;w\na;03/04/2024;1,5\nb;05/06/2024;2,25\n", "date", ["2024-04-03", "2024-06-05"]),
        ("n;v\na;03.04.2024\nb;05.06.2024\n", "date", ["2024-04-03", "2024-06-05"]),
        ("n;v\na;24-01-05\nb;25-02-05\nc;26-03-05\n", "text", ["24-01-05", "25-02-05", "26-03-05"]),
        ("n,v\na,2024/01/05\nb,2024/01/06\n", "date", ["2024-01-05", "2024-01-06"]),
        ('n,v\na,5 Jan 2024\nb,"Mar 6, 2024"\n', "date", ["2024-01-05", "2024-03-06"]),
        ("n;v\na;5. März 2024\nb;31. Dezember 2023\n", "date", ["2024-03-05", "2023-12-31"]),
        ("n;v\na;5 Mrz 2024\nb;1 août 2023\n", "date", ["2024-03-05", "2023-08-01"]),
        ("n,v\na,20240105\nb,20240106\nc,20240107\n", "date", ["2024-01-05", "2024-01-06", "2024-01-07"]),
        ("n,v\na,20240105\nb,99999999\nc,20240107\n", "number", [20240105, 99999999, 20240107]),
        ("n,v\na,2024-01-05 07:30\nb,2024-01-06T18:00:05Z\n", "date", ["2024-01-05T07:30:00", "2024-01-06T18:00:05"]),
        ("n,v\na,13.02.2024 00:00\nb,14.02.2024 9:05 PM\n", "date", ["2024-02-13", "2024-02-14T21:05:00"]),
        ("n,v\na,31/02/2024\nb,30/02/2024\n", "text", ["31/02/2024", "30/02/2024"]),
        ("n,v\na,7:30\nb,18:15\n", "text", ["7:30", "18:15"]),
    ],
)  # fmt: skip
def test_dates(tmp_path: Path, text: str, kind: str, values: list[CellValue]) -> None:
    table = table_of(tmp_path, text)
    assert kinds(table)["v"] == kind
    assert column(table, "v") == values


def test_what_can_be_read_in_two_ways_is_told(tmp_path: Path) -> None:
    document = csv(tmp_path, "n\tv\tw\na\t1.234\t03/04/2024\nb\t5.678\t05/06/2024\n")
    assert document.left_out == (LeftOut(left_out.TWO_READINGS(), 2),)


def test_percentages_are_shares(tmp_path: Path) -> None:
    table = table_of(tmp_path, "n,v\na,12.5%\nb,100%\nc,0.1 %\n")
    assert (kinds(table)["v"], units(table)["v"]) == ("number", "%")
    assert column(table, "v") == [0.125, 1, 0.001]


def test_percentages_among_plain_numbers_are_no_column_of_numbers(tmp_path: Path) -> None:
    table = table_of(tmp_path, "n,v\na,12.5%\nb,100\n")
    assert kinds(table)["v"] == "text"
