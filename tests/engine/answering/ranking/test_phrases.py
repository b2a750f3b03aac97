"""What stands verbatim is among the first three hits, wherever chunks end."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from strongroom_engine.answering.ranking.phrases import holding
from strongroom_engine.answering.search import Searcher
from strongroom_engine.models.embedder import OnnxEmbedder
from strongroom_engine.store import Scope, Store

AddDocument = Callable[..., Path]

SUBJECTS = [
    "tenant",
    "landlord",
    "surveyor",
    "notary",
    "trustee",
    "bailiff",
    "carrier",
    "insurer",
    "broker",
    "executor",
]
VERBS = [
    "keeps",
    "repairs",
    "inspects",
    "insures",
    "signs",
    "returns",
    "refuses",
    "delivers",
    "measures",
    "records",
]
OBJECTS = [
    "roof",
    "ledger",
    "parcel",
    "deed",
    "fence",
    "meter",
    "boiler",
    "garden",
    "contract",
    "archive",
]


def prose(seed: int, sentences: int) -> str:
    """Sentences of few words, so that phrases of them stand in many places."""
    pick = random.Random(seed)
    made = (
        f"The {pick.choice(SUBJECTS)} {pick.choice(VERBS)} the {pick.choice(OBJECTS)} "
        f"of the {pick.choice(SUBJECTS)} and the {pick.choice(OBJECTS)} too."
        for _ in range(sentences)
    )
    return "\n\n".join(" ".join(group) for group in zip(*[iter(made)] * 4, strict=False))


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def holds(text: str, phrase: str) -> bool:
    return f" {' '.join(words_of(phrase))} " in f" {' '.join(words_of(text))} "


@pytest.fixture
def searcher(store: Store, embedder: OnnxEmbedder, add: AddDocument) -> Searcher:
    for seed in range(6):
        add(f"{seed}.txt", prose(seed, 48))
    return Searcher(store, embedder)


def test_any_phrase_of_any_document_is_among_the_first_three(
    searcher: Searcher, store: Store
) -> None:
    pick = random.Random(7)
    texts = {record.path: store.document_text(record.path) for record in store.documents()}
    for _ in range(60):
        path = pick.choice(sorted(texts))
        words = texts[path].split()
        length = pick.randint(3, 9)
        at = pick.randrange(len(words) - length)
        phrase = " ".join(words[at : at + length])
        hits = searcher.search(phrase, 3).hits
        shown = [
            store.document_text(hit.file, hit.offset, hit.offset + len(hit.text) + 400)
            for hit in hits
        ]
        assert any(holds(text, phrase) for text in shown), phrase


def test_a_phrase_over_the_border_brings_both_passages(
    searcher: Searcher, store: Store, add: AddDocument
) -> None:
    text = prose(99, 40)
    path = str(add("border.txt", text))
    second = next(
        row for row in store.chunks(range(1, 1000)).values() if row.path == path and row.start > 0
    )
    before = text[: second.start].split()[-3:]
    phrase = " ".join([*before, *second.text.split()[:3], "unheard"])
    everything = list(store.chunks(range(1, 1000)))
    assert holding(store, words_of(phrase), Scope(), everything) == []
    phrase = " ".join([*before, *second.text.split()[:12]])
    words = words_of(phrase)
    by_words = store.lexical(" OR ".join(words), 100, Scope())
    (pair,) = holding(store, words, Scope(), [row for row, _ in by_words])
    assert store.chunks(pair)[pair[0]].end == second.start
    assert pair[1] == second.id
    assert {hit.chunk for hit in searcher.search(phrase, 2).hits} == set(pair)


def test_the_very_words_come_before_their_other_forms(
    store: Store, embedder: OnnxEmbedder, add: AddDocument
) -> None:
    for number in range(4):
        add(f"forms{number}.txt", "The leased premise was measured. " * 3)
    add("exact.txt", "Whoever enters the leasing premises must sign the book at the gate.")
    hits = Searcher(store, embedder).search("leasing premises", 3).hits
    assert hits[0].title == "exact"


def test_words_cut_at_the_end_of_a_line_are_whole_in_a_phrase(
    store: Store, embedder: OnnxEmbedder, add: AddDocument
) -> None:
    add("cut.txt", "The contrac-\ntual penalty is due at once.")
    add("other.txt", "A penalty may be contractual, and due later than at once.")
    hits = Searcher(store, embedder).search("contractual penalty is due", 3).hits
    assert hits[0].title == "cut"


@pytest.mark.parametrize("phrase", [[], ["rent"], ["no", "such", "words"]])
def test_what_is_no_phrase_holds_nowhere(store: Store, add: AddDocument, phrase: list[str]) -> None:
    add("rent.txt", "The rent is due.")
    assert holding(store, phrase, Scope(), list(store.chunks(range(10)))) == []
