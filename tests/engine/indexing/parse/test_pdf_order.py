"""A page's lines and letters in the order of reading, each with its place."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest
from tests.engine.parsing import on_disk, parsed

from strongroom_engine.indexing.parse.pdf import document as pdf
from strongroom_engine.indexing.parse.pdf.order import columns_apart, in_reading_order
from strongroom_engine.indexing.parse.pdf.text import extract, extract_with_places

LEFT = "left line {} goes on and on and says that"
RIGHT = "right line {} is about something else"


def painted(path: Path, *texts: tuple[float, float, str]) -> Path:
    with pymupdf.open() as file:
        page = file.new_page()
        for x, y, text in texts:
            page.insert_text((x, y), text)
        file.save(path)
    return path


def across(rows: int, left: str = LEFT, right: str = RIGHT) -> list[tuple[float, float, str]]:
    """Columns that are painted line by line across the page."""
    return [
        (x, 100 + 14 * row, text.format(row))
        for row in range(rows)
        for x, text in ((60, left), (320, right))
    ]


def test_columns_that_are_painted_across_are_read_one_after_the_other(tmp_path: Path) -> None:
    text = parsed(painted(tmp_path / "a.pdf", *across(9))).text
    assert text.startswith("left line 0 goes on and on and says that\nleft line 1")
    assert text.index("left line 8") < text.index("right line 0")


def test_rows_of_a_table_stay_rows(tmp_path: Path) -> None:
    rows = across(9, "Net sales of the year {}", "1,{}25")
    assert "Net sales of the year 0\t1,025" in parsed(painted(tmp_path / "a.pdf", *rows)).text
    few = across(3)
    assert f"{LEFT.format(0)}\t{RIGHT.format(0)}" in parsed(painted(tmp_path / "b.pdf", *few)).text


def test_a_block_of_blank_lines_is_no_columns() -> None:
    blank = {"dir": (1.0, 0.0), "bbox": (0, 0, 9, 9), "spans": [{"text": " "}]}
    block = {"bbox": (0, 0, 9, 9), "lines": [blank] * 12}
    assert columns_apart([block]) == [block]


def test_spread_letters_are_words(tmp_path: Path) -> None:
    spread = [(72 + 11.0 * at, 100, letter) for at, letter in enumerate("ANNUAL")]
    spread += [(72 + 11 * 6.8 + 11 * at, 100, letter) for at, letter in enumerate("REPORT")]
    path = painted(tmp_path / "a.pdf", *spread, (72, 200, "a b and c are no heading"))
    text = parsed(path).text
    assert text == "ANNUAL REPORT\n\na b and c are no heading"
    ((box,),) = pdf.render(on_disk(path), 1, 600, ((7, 13),)).rectangles
    assert box[0] * 595 == pytest.approx(72 + 11 * 6.8, abs=1)


@pytest.mark.parametrize("rows", [3, 9])
def test_the_places_are_those_of_the_same_text(tmp_path: Path, rows: int) -> None:
    path = painted(tmp_path / "a.pdf", *across(rows), (72, 60, "S P R E A D"))
    with pdf.opened(on_disk(path)) as file:
        assert extract(file[0]).text == extract_with_places(file[0]).text


def test_letters_that_share_an_arabic_shape_are_in_the_order_of_writing() -> None:
    turned = [
        {"c": "ك", "bbox": (20.0, 0, 25.0, 9)},
        {"c": "ا", "bbox": (20.0, 0, 20.0, 9)},
        {"c": "ل", "bbox": (12.0, 0, 20.0, 9)},
        {"c": "ت", "bbox": (5.0, 0, 12.0, 9)},
    ]
    assert "".join(char["c"] for char in in_reading_order(turned)) == "كلات"


@pytest.mark.parametrize("offset", [(0.0, 0.0), (0.4, 0.0), (0.3, 0.3)])
def test_what_is_painted_twice_for_bold_stands_once_in_the_text(
    tmp_path: Path, offset: tuple[float, float]
) -> None:
    lines = [(72, 100, "Of the lessee"), (72, 130, "aab illicit book 1100")]
    again = [(x + offset[0], y + offset[1], text) for x, y, text in lines]
    word = [(72 + pymupdf.get_text_length("Of the ", fontsize=11) + offset[0], 100, "lessee")]
    for name, more in (("a.pdf", again), ("b.pdf", [*word, again[1]])):
        path = painted(tmp_path / name, *lines, *more)
        assert parsed(path).text == "Of the lessee\n\naab illicit book 1100"
        with pymupdf.open(path) as file:
            assert extract(file[0]).text == extract_with_places(file[0]).text


def test_the_same_word_once_more_beside_or_below_stays(tmp_path: Path) -> None:
    twice = [(72, 100, "total"), (98, 100, "total"), (72, 109, "total")]
    assert parsed(painted(tmp_path / "a.pdf", *twice)).text.count("total") == 3


def test_a_word_that_shares_some_letters_with_another_line_stays_whole(tmp_path: Path) -> None:
    at = [72 + pymupdf.get_text_length("processed"[:n], fontsize=11) for n in (2, 7)]
    letters = [(at[0], 100, "o"), (at[1], 100, "e")]
    text = parsed(painted(tmp_path / "a.pdf", *letters, (72, 100, "processed in May"))).text
    assert "processed in May" in text
