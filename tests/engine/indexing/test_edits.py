"""One changed paragraph of a PDF makes hardly any new passage, however the PDF is laid out: what
stands behind it moves on, over the ends of lines, columns and pages, and stays what it was."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

import pymupdf
import pytest
from tests.engine.parsing import in_memory, read
from tests.engine.printed import LAYOUTS, WORDS, Printer, paragraph, paragraphs

from strongroom_engine.indexing.chunk import chunk
from strongroom_engine.indexing.parse.pdf.document import lines
from strongroom_engine.types import Chunk, Document

COUNT = 120
"""Paragraphs of a document: some fifteen pages."""
MOST = {"two columns, indented": 4}
"""Where lines are short and ragged, more of them look full: fewer places are known."""


def tokens(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"\w{1,5}|[^\w\s]", text)]


def chunks(document: Document) -> list[Chunk]:
    return chunk(document, tokens, 210, 256)


def passages(made: bytes) -> set[str]:
    return {" ".join(one.passage.split()) for one in chunks(read("report.pdf", made))}


def edits(texts: Sequence[str]) -> Iterator[list[str]]:
    """Each of them moves all that stands behind it."""
    dice = random.Random(3)
    for at in (2, len(texts) // 3):
        yield [*texts[:at], paragraph(dice), *texts[at + 1 :]]
        yield [*texts[:at], paragraph(dice), *texts[at:]]
    yield [*texts[:at], *texts[at + 1 :]]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_edited_paragraph_makes_three_new_passages_at_most(layout: str) -> None:
    printed: Printer = LAYOUTS[layout]
    texts = paragraphs(COUNT)
    known = passages(printed(texts))
    assert len(known) > COUNT / 2
    new = [len(passages(printed(edited)) - known) for edited in edits(texts)]
    assert max(new) <= MOST.get(layout, 3), new
    assert min(new[:2]) > 0


def test_running_heads_and_page_numbers_are_in_no_passage() -> None:
    document = read("report.pdf", LAYOUTS["two columns"](paragraphs(60)))
    made = chunks(document)
    assert "".join(one.text for one in made) == document.text
    assert sum("Annual report" in one.text for one in made) > 3
    assert not any("Annual report" in one.passage for one in made)


def test_a_last_word_at_the_top_of_some_pages_is_no_running_head() -> None:
    """It comes there on three pages of forty, far from each other; the head stands on all."""
    words = WORDS[:200]
    pages = [[*words[at : at + 150], "ends."] for at in range(40)]
    with pymupdf.open() as made:
        for number, body in enumerate(pages):
            page = made.new_page()
            page.insert_text((70, 40), "Annual report of the mill", fontsize=9)
            first = ["rent.", ""] if number in (4, 17, 33) else []
            lines = [" ".join(body[at : at + 10]) for at in range(0, len(body), 10)]
            page.insert_text((70, 80), [*first, *lines], fontsize=10)
        document = read("report.pdf", made.tobytes())
    margins = [document.text[start:end] for start, end in document.margins]
    assert set(margins) == {"Annual report of the mill"}
    assert len(margins) == 40


def test_what_runs_over_a_page_stands_where_it_is_drawn() -> None:
    """Each page's part of a passage, by its page and place, is what is read on that page there."""
    data = LAYOUTS["justified"](paragraphs(60))
    document = read("report.pdf", data)
    starts = document.page_starts
    over = [one for one in chunks(document) if any(one.start < at < one.end for at in starts)]
    assert len(over) > 3
    with pymupdf.open(stream=data) as file:
        for one in over:
            for number, start in enumerate(starts, 1):
                end = start + len(document.pages[number - 1].text)
                left, right = max(one.start, start) - start, min(one.end, end) - start
                if left < right:
                    _drawn_where_it_is_said(file, data, number, (left, right), document)


def _drawn_where_it_is_said(
    file: pymupdf.Document, data: bytes, number: int, span: tuple[int, int], document: Document
) -> None:
    page = file[number - 1]
    wide, high = page.rect.width, page.rect.height
    for line in lines(in_memory("report.pdf", data), number).lines:
        said = document.pages[number - 1].text[line.start : line.start + len(line.edges) // 2]
        if span[0] <= line.start < span[1]:
            x0, y0, x1, y1 = line.box
            box = pymupdf.Rect(x0 * wide - 1, y0 * high, x1 * wide + 1, y1 * high)
            assert said.split()[0] in page.get_textbox(box)
