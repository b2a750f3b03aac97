"""Where something stands, in words."""

from __future__ import annotations

import pytest

from strongroom_desktop.placing import place, spot, spots
from strongroom_engine.types import Place

MARCH_2 = 1_709_380_800_000
"""2 March 2024, noon, in milliseconds."""


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ((Place(0, 1, "slide", "Revenue", 12),), "slide 12"),
        ((Place(0, 1, "slide", "", 3), Place(9, 2, "notes")), "slide 3, notes"),
        ((Place(0, 1, "sheet", "Budget", 2), Place(9, 2, "row", "", 40)), "sheet Budget, row 40"),
        (
            (Place(0, 1, "message", "Re: lease", MARCH_2), Place(9, 2, "attachment", "a.pdf", 2)),
            "message of 2 March 2024, attachment 2",
        ),
        ((Place(0, 1, "message", "Re: lease"),), "message"),
        ((Place(0, 1, "line", "", 1_120),), "line 1,120"),
        ((Place(0, 1, "time", "", 723_000),), "at 0:12:03"),
        ((Place(0, 1, "chapter", "The Whale", 3),), "chapter The Whale"),
        ((Place(0, 1, "chapter", "", 3),), "chapter 3"),
        ((Place(0, 1, "archive", "Post.zip"), Place(0, 2, "slide", "", 1)), "slide 1"),
        ((Place(0, 1, "annotation", "Maren Holt"),), "note by Maren Holt"),
        ((Place(0, 1, "form", "IBAN"),), "field IBAN"),
        ((Place(0, 1, "contact", "Maren Holt"),), "contact Maren Holt"),
        ((Place(0, 1, "event", "Hearing", MARCH_2),), "event of 2 March 2024"),
        ((Place(0, 1, "entry", "terms"),), "terms"),
        ((), ""),
    ],
)
def test_places_are_said_in_the_words_of_their_format(places: tuple[Place, ...], said: str) -> None:
    assert place(places) == said


def test_a_page_comes_before_the_place_on_it() -> None:
    assert spot(14, (Place(0, 1, "annotation", "MH"),)) == "p. 14, note by MH"
    assert spot(None) == ""


def test_several_places_of_one_document() -> None:
    def row(number: int) -> tuple[Place, ...]:
        return (Place(0, 1, "sheet", "Budget", 1), Place(5, 2, "row", "", number))

    assert spots([(14, ()), (3, ()), (14, ())]) == "pp. 3, 14"
    assert spots([(None, row(41)), (None, row(40))]) == "sheet Budget, rows 40, 41"
    assert spots([(None, row(n)) for n in (2, 3, 4, 5, 9)]) == "sheet Budget, rows 2–5, 9"
    slides = [(None, (Place(0, 1, "slide", "", n),)) for n in (12, 2)]
    assert spots(slides) == "slides 2, 12"
    assert spots([(None, row(40)), (None, (Place(0, 1, "sheet", "Plan", 2),))]) == (
        "sheet Budget, row 40; sheet Plan"
    )
    named = [(None, (Place(0, 1, "chapter", name),)) for name in "ABC"]
    assert spots(named) == "chapter A and 2 more"
    assert spots([(None, ())]) == ""


def test_long_names_are_cut() -> None:
    said = place((Place(0, 1, "sheet", "x" * 200),))
    assert len(said) < 60
    assert said.endswith("…")
