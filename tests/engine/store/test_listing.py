"""What is known of every document at once, and how their texts begin."""

from __future__ import annotations

import pytest

from strongroom_engine.errors import DamagedDocument
from strongroom_engine.store import DocumentFacts, Scope, Store
from strongroom_engine.types import State

from .conftest import Papers


@pytest.fixture
def filled(store: Store, papers: Papers) -> Store:
    papers.put(store, "b.pdf", "First page.", "Second page.", mtime_ns=2_000)
    papers.put(store, "a.txt", "One.")
    store.put_problem(papers.facts("c.pdf"), DamagedDocument(why="it is cut off"))
    store.note_pending(papers.source, [papers.facts("d.pdf")])
    return store


def by_name(store: Store, scope: Scope | None = None) -> dict[str, DocumentFacts]:
    return {each.path.rsplit("/", 1)[1]: each for each in store.listing.facts(scope or Scope())}


def test_every_document_is_told_of_whatever_its_state(filled: Store) -> None:
    facts = by_name(filled)
    assert list(facts) == ["a.txt", "b.pdf", "c.pdf", "d.pdf"]
    b = facts["b.pdf"]
    assert (b.collection, b.extension, b.mtime_ns, b.pages) == ("Papers", "pdf", 2_000, 2)
    assert b.characters == len("First page.\nSecond page.")
    assert (b.state, b.problem, b.readable) == (State.READABLE, "", True)
    assert facts["c.pdf"].problem.endswith("it is cut off.")
    assert [facts[name].readable for name in ("a.txt", "c.pdf", "d.pdf")] == [True, False, False]
    assert facts["d.pdf"].state is State.PENDING


def test_a_scope_leaves_the_others_out(filled: Store) -> None:
    assert list(by_name(filled, Scope(types=("pdf",)))) == ["b.pdf", "c.pdf", "d.pdf"]
    assert list(by_name(filled, Scope(after_ns=1_500))) == ["b.pdf"]
    assert by_name(filled, Scope(collections=("Others",))) == {}


def test_openings_are_as_long_as_asked_for(filled: Store) -> None:
    facts = by_name(filled)
    rows = [each.row for each in facts.values()]
    whole = filled.listing.openings(rows)
    assert whole[facts["b.pdf"].row].replace("\n", " ") == "First page. Second page."
    assert set(whole) == {facts["a.txt"].row, facts["b.pdf"].row}
    assert (
        filled.listing.openings([facts["b.pdf"].row], 14)[facts["b.pdf"].row] == "First page.\nSe"
    )
