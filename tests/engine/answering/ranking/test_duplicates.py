"""Near-duplicates come after what says something else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from strongroom_engine.answering.ranking.duplicates import repeated
from strongroom_engine.answering.search import Searcher
from strongroom_engine.models.embedder import OnnxEmbedder
from strongroom_engine.store import Store

AddDocument = Callable[..., Path]

CLAUSE = (
    "The supplier shall keep confidential whatever it learns of the customer's business, for five "
    "years after the end of this agreement, and shall return all papers within thirty days."
)


def test_what_nearly_repeats_an_earlier_one_is_named() -> None:
    texts = {
        1: CLAUSE,
        2: CLAUSE.replace("thirty", "sixty").replace("\n", " "),
        3: "Payment is due within thirty days of the invoice, without any deduction whatever.",
        4: CLAUSE.upper(),
        5: "Short line.",
        6: "Short line.",
    }
    assert repeated([1, 2, 3, 4, 5, 6], texts) == {2: 1, 4: 1}
    assert repeated([4, 3, 1], texts) == {1: 4}
    assert repeated([], texts) == {}


def test_the_first_hits_do_not_say_one_thing_ten_times(
    store: Store, embedder: OnnxEmbedder, add: AddDocument
) -> None:
    for number in range(8):
        add(f"contract{number}.txt", f"{CLAUSE} Signed by party {number}.")
    add(
        "memo.txt", "A note on how long the supplier has to keep secrets of its customer: for ever."
    )
    question = "Is what the supplier learns of the customer's business confidential for five years?"
    hits = Searcher(store, embedder).search(question, 9).hits
    assert hits[1].title == "memo"
    assert len(hits) == 9, "the others are still there"
    plain = Searcher(store, embedder, without={"distinct"}).search(question, 2).hits
    assert all(hit.title.startswith("contract") for hit in plain)
