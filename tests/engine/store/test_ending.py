"""A huge document goes into the library whole or not at all, and nobody waits for its end."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest
from tests.engine.store.conftest import OpenStore, Papers

from strongroom_engine.errors import Cancelled
from strongroom_engine.store import Store, sources
from strongroom_engine.store.soundness import checking
from strongroom_engine.types import FileFacts

PASSAGES = 3 * sources.DELETED_AT_ONCE
HUGE = [f"Line {number} of the ledger: rent {number * 7}." for number in range(PASSAGES)]


def faults(store: Store) -> dict[str, int]:
    with store._alone() as db:
        return checking.faults(db)


def after(looks: int) -> Callable[[], bool]:
    """Stops at this look and does not change its mind."""
    counted = count()
    return lambda: next(counted) >= looks


def looks(store: Store, work: Callable[[], object]) -> int:
    """How often it was asked meanwhile whether to go on."""
    counted = count()

    def stopped() -> bool:
        next(counted)
        return False

    with store.ending(stopped):
        work()
    return next(counted)


@pytest.fixture
def put(store: Store, papers: Papers) -> Callable[[], int]:
    return lambda: papers.put(store, "ledger.txt", *HUGE)


@pytest.mark.parametrize("share", [0.0, 0.5, 0.95])
def test_what_is_stopped_while_it_is_stored_leaves_nothing_behind(
    open_store: OpenStore, store: Store, papers: Papers, put: Callable[[], int], share: float
) -> None:
    store.note_pending(papers.source, [papers.facts("ledger.txt")])
    papers.put(store, "other.txt", "The roof is new.")
    often = looks(store, put)
    assert often > 20
    store.remove_document(papers.facts("ledger.txt").path)
    store.note_pending(papers.source, [papers.facts("ledger.txt")])
    with store.ending(after(int(often * share))), pytest.raises(Cancelled):
        put()
    assert store.chunk_count() == 1
    assert faults(store) == {}
    put()  # the library goes on
    assert store.chunk_count() == PASSAGES + 1
    assert faults(store) == {}


def test_a_version_that_is_not_stored_to_its_end_leaves_the_one_before(
    store: Store, papers: Papers, put: Callable[[], int]
) -> None:
    put()
    changed = [text.replace("rent", "fee") for text in HUGE]
    with store.ending(after(10)), pytest.raises(Cancelled):
        papers.put(store, "ledger.txt", *changed)
    assert store.document_text(papers.facts("ledger.txt").path) == "\n".join(HUGE)
    assert faults(store) == {}


def test_what_is_stopped_while_it_is_deleted_is_there_still(
    store: Store, papers: Papers, put: Callable[[], int]
) -> None:
    put()
    with store.ending(after(2)), pytest.raises(Cancelled):
        store.remove_document(papers.facts("ledger.txt").path)
    assert store.chunk_count() == PASSAGES
    assert faults(store) == {}


def test_only_the_thread_that_says_so_is_stopped(
    store: Store, papers: Papers, put: Callable[[], int]
) -> None:
    with store.ending(after(0)):
        pass
    put()  # no longer
    assert store.chunk_count() == PASSAGES


def test_a_huge_document_of_a_removed_source_goes_part_by_part(
    store: Store, papers: Papers, put: Callable[[], int]
) -> None:
    put()
    papers.embed_all(store)
    store.remove_source(papers.source)
    left = [store.chunk_count()]
    while store.managing.delete_some():
        assert faults(store) == {}
        left.append(store.chunk_count())
    steps = [before - now for before, now in zip([PASSAGES, *left], left, strict=False)]
    assert max(steps) <= sources.DELETED_AT_ONCE
    assert store.chunk_count() == 0
    assert store.documents() == ()
    assert faults(store) == {}
    store.add_source(papers.source, "Papers")
    store.note_pending(papers.source, [FileFacts(f"{papers.source}/ledger.txt", 1, 1, "")])
