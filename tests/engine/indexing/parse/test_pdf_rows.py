"""Tables of a PDF whose cells have several lines: a row is one line, and each word has its place."""

from __future__ import annotations

from collections.abc import Sequence

import pymupdf
import pytest
from tests.engine.parsing import in_memory

from strongroom_engine.indexing.parse.pdf import document
from strongroom_engine.indexing.parse.pdf.text import extract, extract_with_places, places

COLUMNS = (60, 220, 380)
ROWS = [
    ("Service", "Level that the provider keeps in each month", "Credit"),
    (
        "Mail for all who work in the offices of the company",
        "99.9 % of the month",
        "5 % of the fee",
    ),
    ("Backups of all documents", "Once in each night, kept for the length of a whole year", "None"),
]


def painted(rows: Sequence[tuple[str, ...]], size: float = 10) -> pymupdf.Document:
    """A page on which each cell is painted as a paragraph of its own."""
    file = pymupdf.open()
    page = file.new_page()
    page.insert_text((60, 60), "What is promised")
    for number, row in enumerate(rows):
        for left, cell in zip(COLUMNS, row, strict=False):
            top = 100 + 60 * number
            page.insert_textbox((left, top, left + 120, top + 60), cell, fontsize=size)
    page.insert_text((60, 400), "The end.")
    return file


def test_a_row_is_one_line() -> None:
    with painted(ROWS) as file:
        text = extract(file[0]).text
        assert extract_with_places(file[0]).text == text
    lines = text.split("\n")
    assert lines[0] == "What is promised"
    assert [line for line in lines if "\t" in line] == ["\t".join(row) for row in ROWS]
    assert lines[-1] == "The end."


def test_the_table_is_found_with_its_header() -> None:
    with painted(ROWS) as file:
        found = document.parse(in_memory("a.pdf", file.tobytes()))
    (table,) = found.tables
    assert found.text[table.start : table.header_end] == "\t".join(ROWS[0])
    assert found.text[table.header_end : table.end].strip().endswith("None")


def test_each_word_of_a_cell_keeps_its_place() -> None:
    with painted(ROWS) as file:
        page = extract_with_places(file[0])
        for word, left in (("offices", 60), ("99.9 %", 220), ("length", 220), ("None", 380)):
            start = page.text.index(word)
            (box,) = places(page, start, start + len(word))
            assert left - 1 <= box[0] < left + 120
            assert word in file[0].get_textbox(pymupdf.Rect(box))


PROSE = ("A paragraph that goes on and on in its column. " * 8, "Another one beside it. " * 16)


@pytest.mark.parametrize(("rows", "size"), [([ROWS[1]], 10), ([PROSE, PROSE], 5)])
def test_what_is_no_table_stays_in_paragraphs(rows: Sequence[tuple[str, ...]], size: float) -> None:
    with painted(rows, size) as file:
        text = extract(file[0]).text
    assert "\t".join(rows[0]) not in text
    assert f"{rows[0][0].split(' ')[0]} " in text
