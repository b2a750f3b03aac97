from __future__ import annotations

import pytest

from strongroom_desktop.search.excerpt import ELLIPSIS, excerpt

PASSAGE = (
    "In this clause the Tenant\n\nmay serve a Break Notice on the Landlord " + "x " * 90 + "six"
)


def found(text: str, words: list[str]) -> list[tuple[int, int]]:
    return [(text.index(word), text.index(word) + len(word)) for word in words]


@pytest.mark.parametrize("length", [20, 60, 120, 1000])
def test_marks_stay_on_their_words(length: int) -> None:
    words = ["Tenant", "Break Notice", "six"]
    piece = excerpt(PASSAGE, found(PASSAGE, words), length)
    shown = [piece.text[start:end] for start, end in piece.marks]
    assert shown
    assert set(shown) <= set(words)


def test_a_word_far_inside_is_brought_into_view() -> None:
    piece = excerpt(PASSAGE, found(PASSAGE, ["six"]), 60)
    assert piece.text.startswith(ELLIPSIS)
    assert piece.text.endswith("six")
    assert 50 < len(piece.text) <= 62  # near the end, what goes before fills the lines


def test_white_space_is_one_space() -> None:
    assert excerpt(" a\n\n b\t c", [(4, 5)], 80).text == "a b c"


def test_nothing_found_starts_at_the_beginning() -> None:
    piece = excerpt(PASSAGE, [], 60)
    assert piece.text.startswith("In this clause the Tenant may")
    assert piece.marks == ()
