"""Reviews in the store: what is kept, and what goes with the document it came from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from strongroom_engine.store import LibraryKey, Store
from strongroom_engine.types import Cell, Citation, Column, Review

if TYPE_CHECKING:
    from tests.engine.store.conftest import Papers

LEASE, ODD = "/docs/lease.pdf", "/docs/odd\udce9.pdf"
RENT, ROOF = "How high is the rent?", "Who repairs the roof?"
COLUMNS = (Column(RENT, "Rent"), Column(ROOF))


@pytest.fixture
def asked(store: Store, papers: Papers) -> Review:
    """A review of two documents, of which one question of each is answered."""
    for path in (LEASE, ODD):
        papers.put(store, path.rpartition("/")[2], "The rent is 1,200 euros.", "The roof leaks.")
    review = Review("Leases", COLUMNS, (LEASE, ODD))
    store.put_review(review)
    for path in (LEASE, ODD):
        store.put_cell(cell(path), store.content_hash(path))
    return review


def cell(path: str, question: str = RENT) -> Cell:
    cited = Citation(1, path, 1, 4, 24, "rent is 1,200 euros", score=0.9)
    return Cell(path, question, "1,200 euros", False, (cited,), 0.8, model="small")


def test_what_was_answered_is_there_again(store: Store, asked: Review) -> None:
    found = store.review("Leases")
    assert found is not None
    assert (found.columns, found.documents) == (COLUMNS, (LEASE, ODD))
    assert found.cells == (cell(LEASE), cell(ODD))
    assert (found.wanted, store.review_names()) == (4, ("Leases",))
    assert store.review("Others") is None


def test_another_review_gets_what_is_known(store: Store, asked: Review) -> None:
    store.put_review(Review("More", (Column(ROOF), Column(RENT)), (ODD,)))
    found = store.review("More")
    assert found is not None
    assert found.cells == (cell(ODD),)
    assert set(store.review_names()) == {"Leases", "More"}


def test_answers_to_questions_that_nobody_asks_any_more_go(store: Store, asked: Review) -> None:
    store.put_review(Review("Leases", (Column(f"{RENT} In euros?"), Column(ROOF)), (LEASE,)))
    assert store.cells([RENT], [LEASE, ODD]) == ()


def test_a_removed_review_takes_its_answers_along(store: Store, asked: Review) -> None:
    store.put_review(Review("More", (Column(RENT),), (ODD,)))
    store.remove_review("Leases")
    assert store.review_names() == ("More",)
    assert store.cells([RENT], [ODD]) == (cell(ODD),)  # still asked
    store.remove_review("More")
    assert store.cells([RENT], [LEASE, ODD]) == ()


def test_a_changed_document_loses_its_answers(store: Store, asked: Review, papers: Papers) -> None:
    papers.put(store, "lease.pdf", "The rent is 1,500 euros.")
    assert store.cells([RENT], [LEASE, ODD]) == (cell(ODD),)


def test_what_was_read_before_a_change_is_not_kept(
    store: Store, asked: Review, papers: Papers
) -> None:
    before = store.content_hash(LEASE)
    papers.put(store, "lease.pdf", "The rent is 1,500 euros.")
    store.put_cell(cell(LEASE), before)
    store.put_cell(cell("/docs/gone.pdf"), before)
    assert store.cells([RENT], [LEASE, "/docs/gone.pdf"]) == ()


def test_a_renamed_document_takes_its_answers_along(
    store: Store, asked: Review, papers: Papers
) -> None:
    store.move_document(LEASE, papers.facts("moved.pdf"))
    found = store.review("Leases")
    assert found is not None
    assert found.documents == ("/docs/moved.pdf", ODD)
    assert found.cells == (cell("/docs/moved.pdf"), cell(ODD))


def test_nothing_of_a_removed_document_stays(store: Store, asked: Review) -> None:
    store.remove_document(LEASE)
    found = store.review("Leases")
    assert found is not None
    assert found.documents == (ODD,)
    assert found.cells == (cell(ODD),)
    store.remove_source("/docs")
    assert store.cells([RENT], [LEASE, ODD]) == ()


def test_reviews_are_there_after_opening_again(store: Store, asked: Review, folder: Path) -> None:
    store.close()
    with Store.open(folder, LibraryKey(bytes(range(32)), "key file"), mode="read") as again:
        found = again.review("Leases")
    assert found is not None
    assert found.cells == (cell(LEASE), cell(ODD))
