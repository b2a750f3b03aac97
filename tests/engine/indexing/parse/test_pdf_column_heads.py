"""The heads above the columns of a PDF's table, its labels, and the headings around it."""

from __future__ import annotations

from collections.abc import Sequence

import pymupdf
import pytest
from tests.engine.parsing import in_memory

from strongroom_engine.indexing.chunk import chunk
from strongroom_engine.indexing.parse.pdf import document
from strongroom_engine.types import Document

LEFT = 60
COLUMNS = (300, 380, 460)
LINE = 11
HEADS = ("Gross\nCarrying\nAmount", "Accumulated\nAmortization", "Net\nCarrying\nAmount")
ROWS = ("Patents", "Licences", "Customer base", "Trade names", "Software")
PROSE = "Intangible assets that are written off in equal parts consist of the following:"


class Sheet:
    """A page on which each line is painted for itself, as programs of accounting do it."""

    def __init__(self) -> None:
        self._file = pymupdf.open()
        self._page = self._file.new_page()
        self._y = 60.0

    def line(self, text: str, x: float = LEFT, below: float = 1.5, font: str = "helv") -> Sheet:
        self._y += below * LINE
        self._page.insert_text((x, self._y), text, fontsize=9, fontname=font)
        return self

    def heads(self, texts: Sequence[str] = HEADS, first: str = "") -> Sheet:
        """They end on one line; `first` stands over the labels."""
        tallest = max(text.count("\n") for text in texts)
        self._y += LINE * 1.5 + LINE * tallest
        if first:
            self._page.insert_text((LEFT, self._y), first, fontsize=9)
        for x, text in zip(COLUMNS, texts, strict=False):
            lines = text.split("\n")
            for number, line in enumerate(lines, 1):
                y = self._y - LINE * (len(lines) - number)
                self._page.insert_text((x, y), line, fontsize=9)
        return self

    def rows(self, labels: Sequence[str] = ROWS, columns: int = 3) -> Sheet:
        for number, label in enumerate(labels, 1):
            self.line(label)
            for at, x in enumerate(COLUMNS[:columns]):
                self._page.insert_text((x, self._y), f"{number},{at}{number}7", fontsize=9)
        return self

    def parsed(self) -> Document:
        return document.parse(in_memory("a.pdf", self._file.tobytes()))


def headers(found: Document) -> list[str]:
    """The words of the tables' headers."""
    return [" ".join(found.text[t.start : t.header_end].split()) for t in found.tables]


def bodies(found: Document) -> list[str]:
    return [found.text[table.header_end : table.end].strip() for table in found.tables]


WORDS = "Gross Carrying Amount Accumulated Amortization Net Carrying Amount"


def test_heads_of_several_lines_are_the_header() -> None:
    found = Sheet().line(PROSE).heads().rows().parsed()
    assert headers(found) == [WORDS]
    assert bodies(found)[0].startswith("Patents\t1,017")


def test_what_stands_over_the_labels_belongs_to_them_where_it_is_level() -> None:
    found = Sheet().line(PROSE).heads(first="(in millions)").rows().parsed()
    assert headers(found) == [f"(in millions) {WORDS}"]


def test_a_label_below_the_heads_is_one_of_the_rows() -> None:
    found = Sheet().line(PROSE).heads().line("Finite-lived:").rows().parsed()
    assert headers(found) == [WORDS]
    assert bodies(found)[0].startswith("Finite-lived:")


def test_a_label_behind_a_header_in_one_row_is_none_of_it() -> None:
    found = Sheet().line(PROSE).heads(YEARS, "(in millions)").line("Assets").rows().parsed()
    assert headers(found) == ["(in millions) 2022 2021 2020"]
    assert bodies(found)[0].startswith("Assets")


@pytest.mark.parametrize("x", [LEFT, LEFT + 30])
def test_a_text_right_above_is_no_head(x: float) -> None:
    found = Sheet().line("The following table shows what is left:", x).rows().parsed()
    assert headers(found) == [""]


def test_a_heading_is_no_head() -> None:
    page = Sheet().line(PROSE * 2).line("What patents cost", 200, 3, BOLD)
    found = page.line("in millions", 400).rows().parsed()
    assert [heading.text for heading in found.headings] == ["What patents cost"]
    assert headers(found) == ["in millions"]


YEARS = ("2022", "2021", "2020")
BOLD = "hebo"


def titles(found: Document) -> list[str]:
    return [heading.text for heading in found.headings]


def test_a_bold_label_over_rows_of_figures_is_no_heading() -> None:
    page = Sheet().line("What was earned", below=3, font=BOLD).heads(YEARS).rows(ROWS[:2])
    found = page.line("Other earnings", font=BOLD).rows(ROWS[2:]).parsed()
    assert titles(found) == ["What was earned"]
    assert len(found.tables) == 1
    (label,) = (one for one in chunk(found, words, 8) if "Other earnings" in one.text)
    assert label.heading == "What was earned"


def test_a_heading_between_two_tables_parts_them() -> None:
    page = Sheet().line("What was earned", below=3, font=BOLD).heads(YEARS).rows(ROWS[:2])
    page.line("What was spent", font=BOLD)
    found = page.heads(YEARS[1:], "Cost").rows(ROWS[2:], 2).parsed()
    assert titles(found) == ["What was earned", "What was spent"]
    assert headers(found) == ["2022 2021 2020", "Cost 2021 2020"]


def test_a_bold_head_over_the_last_column_is_no_heading() -> None:
    page = Sheet().line("Where it stands", below=3, font=BOLD)
    page.line("Page", COLUMNS[2], 3, BOLD)
    for number, row in enumerate(ROWS, 51):
        page.line(row).line(str(number), COLUMNS[2], 0)
    found = page.parsed()
    assert titles(found) == ["Where it stands"]
    assert headers(found) == ["Page"]


def test_heads_that_look_like_the_last_rows_of_the_table_above_are_none_of_it() -> None:
    page = Sheet().line(PROSE).heads(YEARS, "Cost").rows(ROWS[:2]).heads(YEARS).heads()
    found = page.rows(ROWS[2:]).parsed()
    assert headers(found) == ["Cost 2022 2021 2020", f"2022 2021 2020 {WORDS}"]
    assert bodies(found)[0].endswith("2,227")


def test_tables_below_each_other_with_the_same_heads_stay_two() -> None:
    page = Sheet().line(PROSE).heads().rows(ROWS[:2]).heads().rows(ROWS[2:])
    assert headers(page.parsed()) == [WORDS, WORDS]


def test_a_list_of_names_has_no_heads() -> None:
    page = Sheet().line(PROSE).line("Whoever it may be", COLUMNS[0])
    for name in ROWS:
        page.line(name).line("Director", COLUMNS[0], below=0)
    (table,) = page.parsed().tables
    assert page.parsed().text[table.start :].startswith("Patents")


def test_every_part_of_a_long_table_has_its_heads() -> None:
    labels = [f"{row} of the works in district {number}" for number in range(6) for row in ROWS]
    found = Sheet().line(PROSE).heads(first="(in millions)").rows(labels).parsed()
    parts = [one for one in chunk(found, words, 60) if "district" in one.text]
    assert len(parts) > 3
    for part in parts:
        assert f"(in millions) {WORDS}" in " ".join(part.passage.split())


def words(text: str) -> list[tuple[int, int]]:
    """A tokenizer that takes each word for a token."""
    found, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        found.append((at, at + len(word)))
        at += len(word)
    return found
