"""The dialects of CSV, and what is broken in it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from tests.engine.indexing.parse.sheets.made import column, csv, names, table_of

from strongroom_engine.errors import DocumentProblem
from strongroom_engine.indexing.parse.sheets import grid
from strongroom_engine.sentences import left_out
from strongroom_engine.types import LeftOut


@pytest.mark.parametrize(
    ("text", "said", "values", "row"),
    [
        ("sep=;\na;b\nx,y;1\nz;2\n", ["a", "b"], [1, 2], 1),
        ("a|b\nx,y|1\nz|2\n", ["a", "b"], [1, 2], 1),
        ("# made by a program, at noon\n# twice\na,b\nx,1\ny,2\n", ["a", "b"], [1, 2], 3),
        ("#,b\n1,1\n2,2\n3,4\n", ["#", "b"], [1, 2, 4], 1),
        ("a,b\rx,1\ry,2\r", ["a", "b"], [1, 2], 1),
        ('a,b\n"x \\"so\\", y",1\nz,2\n', ["a", "b"], [1, 2], 1),
        ("a,b,c\nx,1\ny,2,3,4\nz,5,6\n", ["a", "b", "c", "D"], [1, 2, 5], 1),
    ],
)
def test_dialects(tmp_path: Path, text: str, said: list[str], values: list[int], row: int) -> None:
    table = table_of(tmp_path, text)
    assert (names(table), table.header_row) == (said, row)
    assert column(table, "b") == values


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    (table,) = csv(tmp_path, "Straße;m\nMühlweg;1,5\nAm Süd;2,5\n".encode(encoding)).sheets
    assert (names(table), column(table, "m")) == (["Straße", "m"], [1.5, 2.5])


def test_a_quote_that_never_ends_swallows_no_rows(tmp_path: Path) -> None:
    rows = "".join(f"part {n},{n}\n" for n in range(1000))
    table = table_of(tmp_path, f'part,size\n"half inch,5\n{rows}')
    assert len(table.rows) == 1001


def test_more_rows_than_the_limit_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid.Room.__init__, "__defaults__", (3, 100, 0))
    document = csv(tmp_path, "a,b\nx,1\ny,2\nz,3\nu,4\n")
    assert document.left_out == (LeftOut(left_out.TOO_MANY_ROWS(), 2),)
    assert "z" not in document.text


def test_rows_with_gaps_between_them_take_no_longer_the_more_there_are(tmp_path: Path) -> None:
    began = time.thread_time()
    (table,) = csv(tmp_path, "name,size\n" + "part,5\n\n" * 4_000).sheets
    assert len(table.rows) == 4_000
    assert time.thread_time() - began < 10


def test_bytes_with_the_name_of_a_csv_are_none(tmp_path: Path) -> None:
    with pytest.raises(DocumentProblem) as caught:
        csv(tmp_path, bytes(range(256)) * 20)
    assert caught.value.code == "unsupported"
