"""Two texts -> what differs: exact, blind to form, and whole."""

from __future__ import annotations

import textwrap
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strongroom_engine.answering.tasks.aligning import Pair, align
from strongroom_engine.answering.tasks.body import Body
from strongroom_engine.answering.tasks.differences import (
    Difference,
    by_kind,
    compared,
    differences,
    tokens,
)

LEASE = [
    "LEASE",
    "1. Premises. The Landlord lets the flat in 12 Mill Lane to the Tenant. It has three rooms.",
    "2. Rent. The monthly rent is EUR 1,200. It is due on the first day of each month.",
    "3. Term. The lease begins on 1 March 2021 and runs for five years.",
    "4. Repairs. The Landlord keeps the roof in repair; small repairs are paid by the Tenant.",
    "5. Pets. The Tenant may keep a dog if the neighbours do not object to it.",
    "6. Notice. Either party may end the lease with three months' written notice.",
]


def body(paragraphs: list[str], *, gap: str = "\n\n") -> Body:
    return Body(gap.join(paragraphs))


def kinds(old: list[str], new: list[str]) -> dict[str, int]:
    return {str(kind): count for kind, count in by_kind(differences(body(old), body(new))).items()}


def words(body: Body, difference: Difference, side: int) -> list[str]:
    found = tokens(difference.new if side else difference.old)
    ranges = [change.new if side else change.old for change in difference.changes]
    return [" ".join(token.norm for token in found[start:end]) for start, end in ranges]


def test_the_same_text_has_no_differences() -> None:
    assert differences(body(LEASE), body(LEASE)) == ()


def test_changed_words_are_found_numbers_first() -> None:
    new = [*LEASE]
    new[2] = "2. Rent. The monthly rent is EUR 1,350. It is due on the third day of each month."
    new[3] = "3. Term. The tenancy begins on 1 April 2021 and runs for five years."
    found = differences(body(LEASE), body(new))
    assert [one.kind for one in found] == ["changed"] * 3
    assert [one.place for one in found] == ["2 Rent", "2 Rent", "3 Term"]
    assert words(body(LEASE), found[0], 0) == ["1,200"]
    assert words(body(new), found[0], 1) == ["1,350"]
    assert [change.fact for change in found[0].changes] == [True]
    assert words(body(new), found[1], 1) == ["third"]
    assert not found[1].fact
    assert words(body(new), found[2], 1) == ["tenancy", "april"]


def test_a_number_that_changed_comes_before_words_that_did() -> None:
    old = ["4. The party at fault pays a fine of EUR 500 without any delay."]
    new = ["4. The side at fault pays a fine of EUR 900 without any delay."]
    (found,) = differences(body(old), body(new))
    assert [change.fact for change in found.changes] == [True, False]


def test_clauses_added_removed_moved_and_renumbered() -> None:
    new = [
        *LEASE[:3],
        "3. Deposit. The Tenant pays a deposit of two monthly rents before moving in.",
        "4. Notice. Either party may end the lease with three months' written notice.",
        "5. Term. The lease begins on 1 March 2021 and runs for five years.",
        "6. Repairs. The Landlord keeps the roof in repair; small repairs are paid by the Tenant.",
    ]
    found = differences(body(LEASE), body(new))
    # 'Deposit.' is the clause's title, and goes with its sentence; so do the other titles.
    assert dict(by_kind(found)) == {"added": 1, "removed": 1, "moved": 1, "renumbered": 3}
    by = {one.kind: one for one in found}
    assert by["added"].place == "3 Deposit"
    assert by["removed"].place == "5 Pets"
    assert by["moved"].place == "4 Notice"
    assert len(by["moved"].new) == 2
    renumbered = [
        (one.old[0].number, one.new[0].number) for one in found if one.kind == "renumbered"
    ]
    assert sorted(renumbered) == [("3", "5"), ("4", "6"), ("6", "4")]


def test_a_moved_clause_may_have_changed() -> None:
    new = [*LEASE[:2], LEASE[6].replace("three months'", "six months'"), *LEASE[2:6]]
    found = [one for one in differences(body(LEASE), body(new)) if one.kind == "moved"]
    assert [words(body(new), one, 1) for one in found] == [["six"]]


def test_what_is_removed_stands_where_it_stood() -> None:
    new = [*LEASE[:4], *LEASE[5:]]
    new[1] = new[1].replace("three", "four")
    new[-1] = new[-1].replace("written", "oral")
    found = [one.kind for one in differences(body(LEASE), body(new)) if one.kind != "renumbered"]
    assert found == ["changed", "removed", "changed"]


@pytest.mark.parametrize(
    "other",
    [
        "\n\n".join(textwrap.fill(each, 30) for each in LEASE),
        "\n\n".join(LEASE).replace("monthly", "month-\nly"),
        "\n\n".join(LEASE).replace("monthly", "month\u00adly"),
        "\n\n".join(LEASE).upper(),
        "\n\n".join(LEASE).replace("months'", "months’").replace("roof", "“roof”"),
        "\n\n".join(f"**{each}**" for each in LEASE),
        "  \n\n\n".join(each.replace(" ", "  ") for each in LEASE),
        "\n".join(LEASE),
    ],
    ids=["wrapped", "hyphen", "soft hyphen", "capitals", "quotes", "bold", "spaces", "no gaps"],
)
def test_form_is_no_difference(other: str) -> None:
    assert differences(body(LEASE), Body(other)) == ()


def test_page_ends_and_running_heads_are_no_difference() -> None:
    text = "\n\n".join(textwrap.fill(each, 50) for each in LEASE)
    lines = text.split("\n")
    pages = [lines[at : at + 5] for at in range(0, len(lines), 5)]
    shown = [
        "\n".join([f"Lease of 2021 - draft {number}", "", *page, "", f"- {number} -"])
        for number, page in enumerate(pages, 1)
    ]
    starts = [0]
    for page in shown[:-1]:
        starts.append(starts[-1] + len(page) + 1)
    assert len(pages) >= 4
    assert differences(body(LEASE), Body("\n".join(shown), tuple(starts), paged=True)) == ()


def test_enumerations_broken_differently_are_no_difference() -> None:
    one = "7. Costs. The Tenant pays for (a) heating, (b) water, and (c) the lift in the house."
    other = (
        "7. Costs. The Tenant pays for\n(a) heating,\n(b) water, and\n(c) the lift in the house."
    )
    assert differences(Body(one), Body(other)) == ()


def test_lettered_items_run_together_are_no_difference() -> None:
    one = "7. The Tenant pays for:\n\na. The heating of the flat.\n\nb. The water of the flat."
    other = "7. The Tenant pays for: a. The heating of the flat. b. The water of the flat."
    assert differences(Body(one), Body(other)) == ()


def test_a_reference_to_another_clause_is_no_form() -> None:
    old = ["8. This does not touch the duties under Section 4 (b) of the lease."]
    new = ["8. This does not touch the duties under Section 4 (c) of the lease."]
    assert kinds(old, new) == {"changed": 1}


def test_punctuation_alone_is_told_apart() -> None:
    old = ["9. The Tenant shall, if asked, show the cellar and the attic to a buyer."]
    new = ["9. The Tenant shall if asked show the cellar and the attic to a buyer."]
    (found,) = differences(body(old), body(new))
    assert found.minor


def test_a_sign_that_changed_is_a_fact() -> None:
    (found,) = differences(
        Body("The balance at the end of the year is -500 in all books of the firm."),
        Body("The balance at the end of the year is 500 in all books of the firm."),
    )
    assert found.fact


def test_a_word_of_a_script_without_spaces() -> None:
    (found,) = differences(
        Body("租金为每月一千元，于每月一日支付。"), Body("租金为每月两千元，于每月一日支付。")
    )
    assert [change.old[1] - change.old[0] for change in found.changes] == [1]


def test_documents_with_nothing_in_common() -> None:
    other = [
        "The mill was built in 1820.",
        "It burned down later, and nobody knows the reason why.",
    ]
    result = compared(body(LEASE), body(other))
    assert result.common < 0.1
    assert result.same == 0


def test_long_runs_of_white_space_are_read_at_once() -> None:
    text = " " * 100_000 + "One sentence." + " \n" * 50_000
    started = time.thread_time()
    assert len(Body(text, (0, 50_000), paged=True).units) == 1
    assert time.thread_time() - started < 5  # it took a minute once


def test_an_empty_document() -> None:
    assert kinds([], LEASE).keys() == {"added"}
    assert differences(Body(""), Body("")) == ()


# --- for all texts -----------------------------------------------------------------------------------

WORDS = ["rent", "tenant", "landlord", "shall", "pay", "roof", "notice", "month", "12", "EUR"]
SENTENCE = st.lists(st.sampled_from(WORDS), min_size=3, max_size=12)
TEXT = st.lists(SENTENCE, max_size=12)


def made(sentences: list[list[str]]) -> Body:
    return Body(" ".join(f"The {' '.join(each)}." for each in sentences))


@settings(max_examples=150, deadline=None)
@given(TEXT, TEXT)
def test_every_sentence_is_the_same_or_in_one_difference(
    one: list[list[str]], other: list[list[str]]
) -> None:
    """With the differences the new text can be made of the old one, word for word."""
    old, new = made(one), made(other)
    found = differences(old, new)
    for units, side in ((old.units, "old"), (new.units, "new")):
        in_any = [
            unit.index
            for one_ in found
            if one_.kind != "renumbered"
            for unit in getattr(one_, side)
        ]
        assert len(in_any) == len(set(in_any))
        assert set(in_any) <= {unit.index for unit in units}
    for difference in found:
        if difference.kind not in ("changed", "moved"):
            continue
        before = [token.norm for token in tokens(difference.old)]
        after = [token.norm for token in tokens(difference.new)]
        for change in sorted(difference.changes, key=lambda change: -change.old[0]):
            before[slice(*change.old)] = after[slice(*change.new)]
        assert before == after
    used = {unit.index for d in found for unit in d.old if d.kind != "renumbered"}
    used_new = {unit.index for d in found for unit in d.new if d.kind != "renumbered"}
    same = [t.norm for unit in old.units if unit.index not in used for t in unit.tokens]
    same_new = [t.norm for unit in new.units if unit.index not in used_new for t in unit.tokens]
    assert same == same_new


@settings(max_examples=100, deadline=None)
@given(TEXT)
def test_a_text_does_not_differ_from_itself(text: list[list[str]]) -> None:
    assert differences(made(text), made(text)) == ()


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.integers(0, 29), unique=True, max_size=12),
    st.lists(st.integers(0, 29), unique=True, max_size=12),
)
def test_what_one_adds_the_other_removes(one: list[int], other: list[int]) -> None:
    def text(numbers: list[int]) -> Body:
        # Each sentence has words of its own, so that none is a version of another.
        return Body(" ".join(f"Aa{n} bb{n} cc{n} dd{n} ee{n} ff{n}." for n in numbers))

    there, back = (
        dict(by_kind(differences(*each)))
        for each in (
            (text(one), text(other)),
            (text(other), text(one)),
        )
    )
    assert there.get("changed", 0) == back.get("changed", 0) == 0
    added, removed = set(other) - set(one), set(one) - set(other)
    assert bool(added) == bool(there.get("added")) == bool(back.get("removed"))
    assert bool(removed) == bool(there.get("removed")) == bool(back.get("added"))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 40), unique=True, max_size=30), st.randoms(use_true_random=False))
def test_pairs_in_order_are_the_most_there_are(numbers: list[int], random: object) -> None:
    shuffled = [*numbers]
    random.shuffle(shuffled)  # type: ignore[attr-defined] # hypothesis gives a random.Random
    pairs = align([chr(100 + n) * 6 for n in numbers], [chr(100 + n) * 6 for n in shuffled])
    assert len(pairs) == len(numbers)
    in_order = [pair for pair in pairs if not pair.moved]
    assert in_order == sorted(in_order, key=lambda pair: pair.new)
    assert len(in_order) == _longest_rising([pair.new for pair in pairs])


def _longest_rising(numbers: list[int]) -> int:
    longest: list[int] = []
    for at, number in enumerate(numbers):
        before = [longest[i] for i in range(at) if numbers[i] < number]
        longest.append(1 + max(before, default=0))
    return max(longest, default=0)


def test_a_sentence_that_was_parted_is_one_pair() -> None:
    assert align(["abcdefgh"], ["abcd", "efgh"]) == [Pair(0, 0, 1, 2)]
