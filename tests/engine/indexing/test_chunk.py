"""Chunks tile the text, keep paragraphs whole, and carry their headings."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from strongroom_engine.indexing.chunk import MAX_SHARE, chunk
from strongroom_engine.types import Chunk, Document, Heading, ItemList, Page, Table

AIM = 20


def words(text: str) -> list[tuple[int, int]]:
    """A tokenizer whose tokens are words: its counts can be checked by eye."""
    return [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]


def document(*pages: str, headings: tuple[Heading, ...] = ()) -> Document:
    made = tuple(Page(number, text) for number, text in enumerate(pages, 1))
    return Document("Title", "text/plain", made, paged=True, headings=headings)


def tiles(chunks: list[Chunk], text: str) -> bool:
    return "".join(one.text for one in chunks) == text and all(
        one.text == text[one.start : one.end] for one in chunks
    )


@given(
    st.lists(st.text(alphabet="ab. \n\tü漢。", max_size=300), min_size=1, max_size=4),
    st.lists(st.integers(0, 800), max_size=4),
    st.lists(st.tuples(*[st.integers(0, 800)] * 3).map(sorted), max_size=4),
)
def test_chunks_tile_any_text(pages: list[str], starts: list[int], spans: list[list[int]]) -> None:
    """Whatever the marks say: they come from files that others wrote."""
    made = replace(
        document(*pages),
        headings=tuple(Heading(start, 1 + start % 3, f"h{start}") for start in starts),
        tables=tuple(Table(*span) for span in spans[::2]),
        lists=tuple(ItemList((first, second), end) for first, second, end in spans[1::2]),
        margins=tuple(sorted((start, start + 3) for start in set(starts) if not start % 4)),
    )
    chunks = chunk(made, words, AIM)
    if made.text.strip():
        assert tiles(chunks, made.text)
        assert all(one.text for one in chunks)
    else:
        assert chunks == []


@given(st.text(alphabet=st.sampled_from("ab .\n漢"), max_size=3000))
def test_no_chunk_is_larger_than_its_bound(text: str) -> None:
    for one in chunk(document(text), words, AIM):
        assert len(words(one.text)) <= MAX_SHARE * AIM + 1


def test_paragraphs_stay_whole_and_neighbours_are_joined() -> None:
    text = (
        "one two three.\n\nfour five six.\n\n" + "long " * 17 + "end.\n\n" + "more " * 17 + "end."
    )
    chunks = chunk(document(text), words, AIM)
    assert [one.text.split()[0] for one in chunks] == ["one", "long", "more"]


def test_a_short_document_is_one_chunk_unless_it_has_sections_or_pages() -> None:
    text = "one two three. " * 4 + "\n\n" + "long " * 17 + "end."
    short = document(text)
    assert [one.text for one in chunk(short, words, AIM)] == [text]
    heading = Heading(text.index("long"), 1, "long")
    assert len(chunk(replace(short, headings=(heading,)), words, AIM)) == 2
    assert len(chunk(short, words, AIM, limit=24)) > 1, "no more than the model reads"


def test_a_large_paragraph_is_cut_evenly_at_sentence_ends() -> None:
    sentence = "This sentence has exactly seven words here. "
    chunks = chunk(document(sentence * 9), words, AIM)
    assert len(chunks) > 1
    assert all(one.text.strip().endswith("here.") for one in chunks)
    sizes = [len(words(one.text)) for one in chunks]
    assert max(sizes) <= MAX_SHARE * AIM
    assert min(sizes) >= 0.4 * AIM


def test_headings_are_carried_as_a_path() -> None:
    text = "Lease\n\n" + "a " * 15 + "\n\nRent\n\n" + "b " * 15 + "\n\nEnd\n\n" + "c " * 15
    at = {name: text.index(name) for name in ("Lease", "Rent", "End")}
    headings = (
        Heading(at["Lease"], 1, "Lease"),
        Heading(at["Rent"], 2, "Rent"),
        Heading(at["End"], 2, "End"),
    )
    chunks = chunk(document(text, headings=headings), words, AIM)
    assert [one.heading for one in chunks] == ["Lease", "Lease > Rent", "Lease > End"]
    assert chunks[1].passage == "Title > Lease > Rent\n" + chunks[1].text


def test_headings_without_text_between_them_are_one_path() -> None:
    text = "Lease\n\nRent\n\nIt is due on Monday."
    headings = (Heading(0, 1, "Lease"), Heading(7, 2, "Rent"))
    (only,) = chunk(document(text, headings=headings), words, AIM)
    assert only.heading == "Lease > Rent"


def test_a_passage_may_cross_the_end_of_a_page() -> None:
    made = document("It was agreed that the tenant", "pays on the first of May.")
    (only,) = chunk(made, words, AIM)
    assert "tenant\npays" in only.text
    assert made.page_starts == (0, 30)


def test_a_page_begins_a_passage_when_nothing_runs_over() -> None:
    made = document("The rent is due.\n\n- 1 -", "Pets are allowed.\nPage 2 of 3", "No smoking.")
    chunks = chunk(made, words, AIM)
    assert [one.start for one in chunks] == list(made.page_starts)


def test_blank_documents_have_no_chunks() -> None:
    assert chunk(document(" \n\t", ""), words, AIM) == []
