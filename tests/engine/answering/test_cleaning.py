from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strongroom_engine.answering.cleaning import AnswerStream, Mark, cleaned, is_abstention
from strongroom_engine.answering.passages import answer_template

ABSTENTION = answer_template().abstention


@pytest.mark.parametrize(
    ("written", "text", "marks"),
    [
        ("It ends in May [2].", "It ends in May.", [(14, 2)]),
        ("It ends in May. [1, 3]", "It ends in May.", [(15, 1), (15, 3)]),
        ("Paid [Source 1] in full (Sources 2 and 3).", "Paid in full.", [(4, 1), (12, 2), (12, 3)]),
        ("According to source 2, rent is due.", "Rent is due.", []),
        ("Answer: rent is due.", "rent is due.", []),
        ("It was built (1871) [sic] by item [A].", "It was built (1871) [sic] by item [A].", []),
        ("The budget of [2019] grew.", "The budget of [2019] grew.", []),
        ("From 2010, it grew.", "From 2010, it grew.", []),
    ],
)  # fmt: skip
def test_marks_are_taken_off_and_kept_as_hints(
    written: str, text: str, marks: list[tuple[int, int]]
) -> None:
    assert cleaned(written) == (text, tuple(Mark(*mark) for mark in marks))


@pytest.mark.parametrize(
    "text",
    [
        ABSTENTION,
        "the sources do not say",
        f'"{ABSTENTION}"',
        f"{ABSTENTION} They only mention the roof.",
        "The sources do not mention who bought it.",
        "The provided documents don't contain the answer.",
        "None of the sources state the price.",
        "The text does not explicitly state the reason.",
        "There is no information about this in the given sources.",
        "It is not mentioned in the sources.",
        "The expiration date of the agreement is not explicitly specified in the sources.",
        "",
        " \n",
        ",,,",  # of a model that may not refuse
    ],
)
def test_abstentions_are_recognised_in_their_variants(text: str) -> None:
    assert is_abstention(text, ABSTENTION)


@pytest.mark.parametrize(
    "text",
    [
        "The tenant does not pay for the roof.",
        "The source of the river is not known exactly.",
        "The document provides that rent is due in May.",
        "The text message does not matter.",
        "No.",
        "There is no fee.",
        "Smith said that the sources do not say it.",
    ],
)
def test_statements_are_no_abstentions(text: str) -> None:
    assert not is_abstention(text, ABSTENTION)


class Shown(list[str]):
    @property
    def text(self) -> str:
        return "".join(self)


def streamed(written: str, final: str, size: int = 3) -> tuple[Shown, int]:
    """What is shown of an answer that comes in pieces, and how much before its end."""
    shown = Shown()
    stream = AnswerStream(shown.append, ABSTENTION)
    for at in range(0, len(written), size):
        stream.feed(written[at : at + size])
    before = len(shown.text)
    stream.finish(final)
    return shown, before


def test_text_is_shown_as_it_grows() -> None:
    text = "Rent is due in May. It is paid in advance."
    shown, before = streamed(text, text)
    assert shown.text == text
    assert before == len(text)
    assert len(shown) > 10


def test_no_half_mark_is_ever_shown() -> None:
    written = "Rent is due [1] in May (Source 2). It is (mostly) paid [3]."
    final = cleaned(written)[0]
    for size in (1, 2, 5):
        shown, _ = streamed(written, final, size)
        assert shown.text == final == "Rent is due in May. It is (mostly) paid."


@pytest.mark.parametrize("written", [ABSTENTION, "The sources do not mention the price at all."])
def test_an_abstention_is_shown_in_its_own_words_only(written: str) -> None:
    shown, before = streamed(written, "The documents searched do not say.", 1)
    assert before == 0
    assert shown == ["The documents searched do not say."]


@pytest.mark.parametrize("lead", ["According to Source 2, ", "In source [1], ", "Answer: "])
def test_a_lead_in_is_never_shown(lead: str) -> None:
    shown, _ = streamed(f"{lead}Rent is due in May.", "Rent is due in May.", 1)
    assert shown.text == "Rent is due in May."


def test_an_answer_that_begins_like_an_abstention_is_shown_once_it_is_none() -> None:
    text = "The sources of the Nile were found by Speke in 1858. He was alone."
    shown, before = streamed(text, text)
    assert shown.text == text
    assert before == len(text)


@given(st.text(alphabet="The sourcdno[]()12. ", max_size=60), st.integers(1, 7))
def test_what_was_shown_in_pieces_is_the_final_text(written: str, size: int) -> None:
    final = cleaned(written)[0]
    shown, _ = streamed(written, final, size)
    assert shown.text == final
