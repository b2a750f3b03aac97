"""Where paragraphs begin, told by the lines before them and not by where pages end."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pymupdf
import pytest
from tests.engine.parsing import read

from strongroom_engine.types import Document

FULL = "this line is as long as a line of the column can be, to its very end"
SHORT = "and this one ends before that."
Lines = Sequence[str]


def printed(
    *pages: Sequence[Lines], left: float = 60, indent: float = 0, font: str = "helv"
) -> Document:
    """Pages of paragraphs, each a few lines; a gap between them, or an indent."""
    with pymupdf.open() as file:
        for paragraphs in pages:
            page, y = file.new_page(), 80.0
            for paragraph in paragraphs:
                for number, line in enumerate(paragraph):
                    page.insert_text((left + indent * (not number), y), line, fontname=font)
                    y += 14
                y += 0 if indent else 10
        return read("made.pdf", file.tobytes())


def begun(document: Document) -> list[str]:
    """The first words of each paragraph."""
    assert document.paragraphs is not None
    return [" ".join(document.text[at : at + 40].split()[:2]) for at in document.paragraphs]


BODY: list[Lines] = [["Some text:", *[FULL] * 5, SHORT]]


@pytest.mark.parametrize(
    ("last", "first", "begins"),
    [
        (SHORT, "A new one begins", True),
        (f"{FULL[:-5]} end.", "Another sentence goes on", False),
        (FULL, "the sentence goes on", False),
        (FULL[:-4] + "compre-", "hensively it goes on", False),
        ("short, but no sentence's end", "and lower case goes on", False),
        ("A heading without a stop", "The text below it", True),
        (f"{FULL[:-5]} end.", "2.1 A clause of its own", True),
    ],
)
def test_over_the_end_of_a_page(last: str, first: str, begins: bool) -> None:
    document = printed([*BODY, ["Before:", FULL, last]], [[first, FULL, SHORT], *BODY])
    starts = document.page_starts[1]
    assert document.paragraphs is not None
    assert (starts in document.paragraphs) == begins


def test_a_gap_behind_a_full_line_is_none_as_it_could_not_be_told_over_a_page() -> None:
    end = f"{FULL[:-5]} end."
    document = printed([*BODY, ["One:", FULL, end], ["Two begins", FULL, SHORT], ["Three", SHORT]])
    assert begun(document) == ["Some text:", "One: this", "Three and"]


def test_an_indent_begins_a_paragraph_as_the_end_of_a_page_does() -> None:
    one = ["It begins and is " + FULL[:52], *[FULL] * 3, SHORT]
    document = printed([one, one, one], [one, one], indent=16)
    assert begun(document) == ["It begins"] * 5


def test_a_column_ends_like_a_page() -> None:
    narrow = "a line of a narrow column, full"
    with pymupdf.open() as file:
        page = file.new_page()
        for x in (60, 320):
            for row in range(20):
                page.insert_text(
                    (x, 80 + 14 * row), narrow if row or x == 60 else "it goes on here"
                )
        document = read("made.pdf", file.tobytes())
    assert document.paragraphs == (0,)


def test_a_page_with_room_left_is_complete_and_a_full_one_is_not() -> None:
    full = [["A paragraph:", *[FULL] * 3, SHORT]] * 9
    document = printed(full, full, full[:3], full, full)
    assert document.fresh_pages == (document.page_starts[3],)


def test_slides_stand_each_for_itself() -> None:
    slides = [
        [["Sales of " + word], [f"{word} rose by more than was hoped"], ["Ask " + word]]
        for word in FULL.split()[:6]
    ]
    document = printed(*slides)
    assert document.fresh_pages == document.page_starts[1:]


def test_what_is_written_to_the_left_ends_at_the_left() -> None:
    document = read("made.pdf", _right_to_left())
    assert len(document.pages) > 1
    assert document.paragraphs is not None
    assert not set(document.page_starts[1:]) & set(document.paragraphs)


def _right_to_left() -> bytes:
    out = io.BytesIO()
    story = pymupdf.Story("<p dir='rtl'>" + "הדירה מושכרת לשוכר לשנה אחת. " * 300 + "</p>")
    writer, more = pymupdf.DocumentWriter(out), True
    while more:
        device = writer.begin_page(pymupdf.paper_rect("a4"))
        more, _ = story.place(pymupdf.Rect(60, 60, 500, 300))
        story.draw(device)
        writer.end_page()
    writer.close()
    return out.getvalue()
