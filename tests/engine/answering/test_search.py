"""Searching small real libraries: the real store, the real embedding model."""

from __future__ import annotations

import pytest

from strongroom_engine.answering.hits import marks
from strongroom_engine.answering.search import Searcher
from strongroom_engine.answering.text import forms
from strongroom_engine.errors import EmptyQuestion, QuestionTooLong, UnknownCollection
from strongroom_engine.models.embedder import OnnxEmbedder
from strongroom_engine.store import Store
from strongroom_engine.types import Hit, Method

from .conftest import AddDocument

LEASE = (
    "The Tenant pays a rent of 1,200 euros on the first day of each month. A payment that is more "
    "than ten days late bears interest.\n\nThe Landlord keeps the roof and the outer walls in "
    "repair. The Tenant pays for small repairs inside the flat.\n\nEither party may end this lease "
    "with three months' notice in writing."
)
GARDEN = (
    "Tomatoes want sun and much water. Plant them in May, when the nights are mild.\n\nPrune apple "
    "trees in winter, while they sleep. Cherry trees are pruned in summer, after the harvest."
)
CAR = (
    "The engine oil is changed every 15,000 kilometres.\n\nThe warranty of the automobile lasts "
    "three years and covers the gearbox, model XK-120."
)


@pytest.fixture
def searcher(store: Store, embedder: OnnxEmbedder, add: AddDocument) -> Searcher:
    add("lease.txt", LEASE, collection="Contracts")
    add("garden.txt", GARDEN)
    add("car.txt", CAR, mtime_ns=10**18 * 2)
    return Searcher(store, embedder)


def first(searcher: Searcher, question: str, method: Method = "hybrid") -> Hit:
    return searcher.search(question, 3, method=method).hits[0]


def names(searcher: Searcher, question: str, k: int = 10) -> list[str]:
    return [hit.title for hit in searcher.search(question, k).hits]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("XK-120", "model XK-120"),
        ("1,200", "rent of 1,200 euros"),
        ("Who has to fix a leaking roof?", "The Landlord keeps the roof"),
        ("How often does the motor need new lubricant?", "engine oil"),
        ("when should cherries be cut back", "Cherry trees are pruned"),
    ],
)
def test_words_and_meanings_are_found(searcher: Searcher, question: str, expected: str) -> None:
    assert expected in first(searcher, question).text


def test_a_hit_says_where_it_stands_and_what_matched(searcher: Searcher) -> None:
    result = searcher.search("interest on late payments", 2)
    hit = result.hits[0]
    assert (hit.rank, hit.title, hit.collection, hit.page) == (1, "lease", "Contracts", None)
    assert LEASE[hit.start : hit.end] == hit.text == LEASE[hit.offset : hit.offset + len(hit.text)]
    marked = {hit.text[start:end] for start, end in hit.marks}
    assert {"interest", "late", "payment"} <= marked <= {"interest", "late", "payment", "pays"}
    assert [other.rank for other in result.hits] == [1, 2]
    assert result.hits[0].score > result.hits[1].score
    assert (result.passages, result.documents) == (1, 1)
    assert result.ms > 0


def test_a_chunk_over_the_end_of_a_page_is_shown_on_the_page_that_answers(
    searcher: Searcher, add: AddDocument
) -> None:
    pages = ("The ferry leaves the harbour twice.", "Its captain is called Ingeborg Lindahl.\n")
    add("ferry.txt", *pages)
    hit = first(searcher, "captain Ingeborg Lindahl")
    assert (hit.page, hit.start, hit.text) == (2, 0, pages[1].strip())
    assert pages[1][hit.start : hit.end] == hit.text
    other = first(searcher, "ferry harbour")
    assert (other.page, other.text) == (1, pages[0])


@pytest.mark.parametrize("quotes", ["{}", '"{}"'])
def test_what_stands_verbatim_is_among_the_first(
    searcher: Searcher, add: AddDocument, quotes: str
) -> None:
    for number in range(20):
        add(
            f"decoy{number}.txt",
            "Summer trees harvest pruned after the are in cherry pruned trees.",
        )
    phrase = "are pruned in summer, after the harvest"
    hits = searcher.search(quotes.format(phrase), 3).hits
    assert any(phrase in hit.text for hit in hits)


def test_phrases_in_quotes_are_required(searcher: Searcher) -> None:
    assert names(searcher, '"apple trees" tenant rent') == ["garden"]
    assert searcher.search('"trees apple"', 5).hits == ()
    assert searcher.search('"trees apple" rent', 5, method="dense").hits == ()


def test_filters_narrow_both_retrievals(searcher: Searcher) -> None:
    methods: tuple[Method, ...] = ("hybrid", "lexical", "dense")
    for method in methods:
        for narrowed in ("file:CAR", "after:2030", "file:car before:2040"):
            hits = searcher.search(f"rent lease warranty {narrowed}", 9, method=method).hits
            assert {hit.title for hit in hits} == {"car"}, (method, narrowed)
        inside = searcher.search("in:contracts warranty trees payment", 9, method=method).hits
        assert {hit.title for hit in inside} == {"lease"}, method
    assert {h.title for h in searcher.search("payment", 9, ["Contracts"]).hits} == {"lease"}


def test_questions_that_cannot_be_searched_are_refused(searcher: Searcher) -> None:
    with pytest.raises(EmptyQuestion):
        searcher.search(" ? ", 3)
    with pytest.raises(QuestionTooLong):
        searcher.search("word " * 1_000, 3)
    with pytest.raises(UnknownCollection):
        searcher.search("rent", 3, ["Nowhere"])


def test_while_nothing_is_embedded_words_are_searched(
    store: Store, embedder: OnnxEmbedder, add: AddDocument
) -> None:
    add("lease.txt", LEASE, embedded=False)
    searcher = Searcher(store, embedder)
    assert "repairs inside" in first(searcher, "Who pays for small repairs?").text
    assert searcher.search("rent", 3, method="dense").hits == ()
    assert "1,200" in first(Searcher(store, None), "rent of each month").text


def test_an_empty_library_finds_nothing(store: Store, embedder: OnnxEmbedder) -> None:
    result = Searcher(store, embedder).search("rent", 3)
    assert (result.hits, result.passages, result.documents) == ((), 0, 0)


def test_a_clause_that_names_the_document_does_not_bring_its_title_page(
    store: Store, embedder: OnnxEmbedder, add: AddDocument
) -> None:
    for one, two, law in (("Abacus", "Birch", "Ohio"), ("Cedar", "Dorian", "Texas")):
        head = f"Supply Agreement between {one} Industries Inc. and {two} Holdings Ltd. " * 2
        law_clause = f"This contract is governed by the law of {law}, whoever asks."
        add(
            f"{one}.txt",
            f"{head}\n\n{'Deliveries are made on Mondays at noon. ' * 16}\n\n{law_clause}",
        )
    question = (
        "Consider the Supply Agreement between Cedar Industries Inc. and Dorian Holdings Ltd.; "
        "what is the governing law of this contract?"
    )
    searcher = Searcher(store, embedder)
    assert "law of Texas" in first(searcher, question).text
    assert "law of" not in first(searcher, question, "lexical").text


def test_passages_are_whole_chunks_and_leave_out_what_is_gone(
    searcher: Searcher, store: Store
) -> None:
    hits = searcher.search("rent trees warranty", 5).hits
    passages = searcher.passages(hits)
    assert [passage.id for passage in passages] == [hit.chunk for hit in hits]
    assert all(h.text in p.text for h, p in zip(hits, passages, strict=True))
    store.remove_document(hits[0].file)
    assert hits[0].chunk not in {passage.id for passage in searcher.passages(hits)}


def test_marks_join_what_touches() -> None:
    text = "超级碗, the running rivers run"
    found = marks(text, frozenset(forms("超级碗 runs")))
    assert [text[start:end] for start, end in found] == ["超级碗", "running", "run"]
