"""Searches that a question narrows by itself, what is said of it, and the way back."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest
from tests.engine.answering.conftest import AddDocument

from strongroom_engine.answering.search import Searcher
from strongroom_engine.models.embedder import OnnxEmbedder
from strongroom_engine.store import Store, connection, listing
from strongroom_engine.types import Method

METHODS: tuple[Method, ...] = ("lexical", "dense", "rrf")


@pytest.fixture
def searcher(store: Store, embedder: OnnxEmbedder, add: AddDocument) -> Searcher:
    add("Lease 2023.txt", "Lease of the flat. Pets are not allowed. The deposit is two rents.")
    add("Lease 2024.txt", "Lease of the flat. Pets are allowed. Pets may be cats, and pets sleep.")
    add("pets.txt", "Pets: what pets eat, and where pets sleep. Pets are allowed in parks.")
    return Searcher(store, embedder)


def names(searcher: Searcher, question: str, *, everywhere: bool = False) -> set[str]:
    hits = searcher.search(question, everywhere=everywhere).hits
    return {Path(hit.file).name for hit in hits}


def test_a_question_about_one_document_searches_that_document(searcher: Searcher) -> None:
    question = "Are pets allowed in the 2023 lease?"
    assert names(searcher, question) == {"Lease 2023.txt"}
    (said,) = searcher.search(question).understood
    assert said.text == "Searched only in Lease 2023.txt."
    assert searcher.search(question).documents == 1


def test_everywhere_is_the_way_back(searcher: Searcher) -> None:
    question = "Are pets allowed in the 2023 lease?"
    assert len(names(searcher, question, everywhere=True)) == 3
    assert searcher.search(question, everywhere=True).understood == ()


def test_what_is_measured_against_is_not_narrowed(searcher: Searcher, store: Store) -> None:
    for method in METHODS:
        found = searcher.search("Are pets allowed in the 2023 lease?", method=method)
        assert len({hit.file for hit in found.hits}) == 3
    plain = Searcher(store, None, without=("naming",))
    assert plain.search("Are pets allowed in the 2023 lease?").understood == ()


def test_nothing_found_there_is_searched_everywhere(searcher: Searcher) -> None:
    found = searcher.search("pets in the spreadsheets")
    assert [said.kind for said in found.understood] == ["everywhere"]
    assert len(found.hits) == 3


def test_a_document_that_is_called_so_comes_first(searcher: Searcher) -> None:
    assert Path(searcher.search("lease 2023 pets").hits[0].file).name == "Lease 2023.txt"


def test_a_filter_is_looked_up_once_in_a_search(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every document has to be looked at for it."""
    looked: list[str] = []

    def noted(db: apsw.Connection, sql: str, arguments: tuple[object, ...]) -> list[connection.Row]:
        looked.append(sql)
        return connection.fetch(db, sql, arguments)

    monkeypatch.setattr(listing, "fetch", noted)
    assert names(searcher, "Are pets allowed? file:pets.txt") == {"pets.txt"}
    assert len(looked) == 1
