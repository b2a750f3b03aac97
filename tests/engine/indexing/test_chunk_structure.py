"""Chunks follow the structure: tables, lists, sections, page ends; and an edit stays local."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest

from strongroom_engine.indexing.chunk import PREFIX_TOKENS, SPECIAL_TOKENS, chunk
from strongroom_engine.models.embedder import OnnxEmbedder
from strongroom_engine.types import Chunk, Document, Heading, ItemList, Page, Table

AIM = 40


def words(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]


def document(text: str, title: str = "", **marks: object) -> Document:
    return replace(Document(title, "text/plain", (Page(1, text),), paged=False), **marks)  # type: ignore[arg-type] # a field each


def filler(name: str, count: int) -> str:
    return " ".join(f"{name}{number}" for number in range(count - 1)) + "."


def holding(chunks: list[Chunk], wanted: str) -> list[Chunk]:
    return [one for one in chunks if wanted in one.text]


def table_text(rows: int) -> tuple[str, Table]:
    """A table between two paragraphs, with a caption."""
    before = filler("before", 30) + "\n\nTable 4: Rent by room\n\n"
    header = "Room\tRent\tDeposit\n"
    body = "\n".join(f"Room{number}\t{number * 100}\t{number * 200}" for number in range(rows))
    start = len(before)
    table = Table(start, start + len(header) - 1, start + len(header) + len(body))
    return f"{before}{header}{body}\n\n" + filler("after", 30), table


def test_a_table_that_fits_stays_whole_with_its_caption() -> None:
    text, table = table_text(8)
    chunks = chunk(document(text, tables=(table,)), words, AIM)
    (only,) = holding(chunks, "Room7")
    assert "Table 4" in only.text
    assert "Room0" in only.text


def test_a_large_table_is_cut_between_rows_and_repeats_its_header() -> None:
    text, table = table_text(60)
    chunks = chunk(document(text, tables=(table,)), words, AIM)
    assert "".join(one.text for one in chunks) == text
    parts = holding(chunks, "\t")
    assert len(parts) > 3
    for part in parts[1:]:
        assert re.match(r"Room\d+\t", part.text)
        assert part.passage.startswith("\nTable 4: Rent by room\nRoom\tRent\tDeposit\nRoom")
        assert part.passage.endswith(part.text)
        assert len(words(part.passage)) <= 1.2 * AIM
    assert parts[0].passage == parts[0].text


def test_a_table_goes_on_over_the_end_of_a_page() -> None:
    text, table = table_text(10)
    cut = text.index("Room5") - 1
    made = replace(
        document(text, tables=(table,)), pages=(Page(1, text[:cut]), Page(2, text[cut + 1 :]))
    )
    (only,) = holding(chunk(made, words, AIM), "Room4")
    assert "Room5" in only.text


def list_text(items: int, size: int) -> tuple[str, ItemList]:
    before = filler("before", 30) + "\n\nThe tenant shall:\n"
    lines = [f"- {filler(f'item{number}x', size)}\n" for number in range(items)]
    starts = [len(before) + sum(map(len, lines[:number])) for number in range(items)]
    end = starts[-1] + len(lines[-1]) - 1
    return f"{before}{''.join(lines)}\n" + filler("after", 30), ItemList(tuple(starts), end)


def test_a_list_stays_with_what_leads_to_it() -> None:
    text, found = list_text(4, 6)
    (only,) = holding(chunk(document(text, lists=(found,)), words, AIM), "The tenant shall:")
    assert "item0x" in only.text
    assert "item3x" in only.text


def test_a_long_list_is_cut_between_items_and_repeats_its_lead_in() -> None:
    text, found = list_text(12, 14)
    chunks = chunk(document(text, lists=(found,)), words, AIM)
    parts = holding(chunks, "item")
    assert len(parts) > 3
    assert "The tenant shall:\n- item0x0" in parts[0].text
    for part in parts[1:]:
        assert part.text.startswith("- item")
        assert part.passage.startswith("\nThe tenant shall:\n- item")


def headed(*sections: tuple[str, int]) -> Document:
    text, headings = "", []
    for name, size in sections:
        headings.append(Heading(len(text), 1, name))
        text += f"{name}\n\n{filler(name.lower(), size)}\n\n"
    return document(text, headings=tuple(headings))


def test_small_sections_are_joined_and_large_ones_are_not() -> None:
    chunks = chunk(headed(("Rent", 5), ("Pets", 6), ("Noise", 5)), words, AIM)
    assert len(chunks) == 1
    chunks = chunk(headed(("Rent", 30), ("Pets", 30), ("Noise", 30)), words, AIM)
    assert [one.heading for one in chunks] == ["Rent", "Pets", "Noise"]


def test_a_heading_never_ends_a_chunk() -> None:
    sections = [("Alpha", 33), ("Beta", 38), ("Gamma", 12), ("Delta", 36), ("Epsilon", 22)]
    for one in chunk(headed(*sections), words, AIM):
        assert one.text.rstrip().endswith(".")


def test_joined_sections_have_the_heading_they_share() -> None:
    text = "Lease\n\nRent\n\nDue monthly.\n\nPets\n\nNone."
    headings = (
        Heading(0, 1, "Lease"),
        Heading(text.index("Rent"), 2, "Rent"),
        Heading(text.index("Pets"), 2, "Pets"),
    )
    (only,) = chunk(document(text, headings=headings), words, AIM)
    assert only.heading == "Lease"


def test_margins_do_not_end_a_sentence() -> None:
    pages = (
        Page(1, "It was agreed that the tenant\n\nACME Inc.\n\n1"),
        Page(2, "Lease of the Mill.\npays on the first of May."),
    )
    whole = Document("", "application/pdf", pages, paged=True)
    foot = whole.text.index("ACME")
    head = whole.page_starts[1]
    margins = ((foot, foot + 9), (foot + 11, foot + 12), (head, head + 18))
    assert len(chunk(whole, words, AIM)) == 2
    (only,) = chunk(replace(whole, margins=margins), words, AIM)
    assert only.text == whole.text


def test_the_title_stands_in_front_once_and_only_if_it_is_wording() -> None:
    text = filler("word", 9)
    (lease,) = chunk(document(text, "Lease_of-the Mill_2023"), words, AIM)
    (code,) = chunk(document(text, "cran0471_2"), words, AIM)
    (same,) = chunk(
        document(f"Lease\n\n{text}", "Lease", headings=(Heading(0, 1, "Lease"),)), words, AIM
    )
    assert lease.passage == f"Lease of-the Mill 2023\n{text}"
    assert code.passage == text
    assert same.passage.startswith("Lease\nLease\n\n")


@pytest.mark.parametrize("aim", [120, 200, 400])
def test_no_passage_is_cut_off_by_the_model(embedder: OnnxEmbedder, aim: int) -> None:
    random_words = random.Random(4)
    prose = " ".join(
        random_words.choice(["agreement", "Nebenkosten", "税金", "x", "§"]) for _ in range(4000)
    )
    text, table = table_text(90)
    headings = (Heading(0, 1, "A heading of many words " * 20),)
    made = document(
        f"{text}\n\n{prose}", "A title of many words " * 20, tables=(table,), headings=headings
    )
    chunks = chunk(made, embedder.token_offsets, aim, embedder.max_tokens)
    assert len(chunks) > 5
    for one in chunks:
        assert len(embedder.token_offsets(one.passage)) + 2 <= embedder.max_tokens
        prefix = one.passage[: len(one.passage) - len(one.text)].partition("\n")[0]
        assert len(embedder.token_offsets(prefix)) <= PREFIX_TOKENS + SPECIAL_TOKENS


# --- an edit stays local -------------------------------------------------------------------------


def novel(pages: int) -> list[str]:
    """The paragraphs of a made text without headings, four a page."""
    numbers = random.Random(11)

    def sentence() -> str:
        return " ".join(f"w{numbers.randrange(4000)}" for _ in range(numbers.randint(6, 30))) + "."

    return [" ".join(sentence() for _ in range(numbers.randint(1, 8))) for _ in range(4 * pages)]


def passages(paragraphs: list[str]) -> list[str]:
    made = document("\n\n".join(paragraphs))
    return [" ".join(one.passage.split()) for one in chunk(made, words, 200, 512)]


def test_an_edit_in_500_pages_makes_three_new_passages_at_most() -> None:
    """But for one edit in a hundred, which takes away the place where a part was cut."""
    paragraphs = novel(500)
    known = set(passages(paragraphs))
    assert len(known) > 800
    added = "A paragraph that was not there before. It says little."
    places = (0, 200, 401, 602, 1000, 1001, 1203, 1404, 1605, 1999)
    edits = [
        [*paragraphs[:place], *instead, *paragraphs[place + taken :]]
        for place in places
        for taken, instead in (
            (0, [added]),
            (1, []),
            (1, [added]),
            (1, [f"Oh, {paragraphs[place]}"]),
        )
    ]
    new = [len(set(passages(edited)) - known) for edited in edits]
    assert sum(count > 3 for count in new) <= 1, new
    assert max(new) <= 5
    assert sum(new) <= 2 * len(new)
