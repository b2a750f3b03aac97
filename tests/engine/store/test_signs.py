"""Searching many vectors by their signs, beside comparing every one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

import apsw
import numpy as np
import numpy.typing as npt
import pytest
from tests.engine.store.conftest import DIMENSIONS, KEY

from strongroom_engine.store import Scope, Store, connection, indexes
from strongroom_engine.store.dense import Dense, Ranked
from strongroom_engine.store.scanning import exact
from strongroom_engine.store.signs import COMPARED, Signs

if TYPE_CHECKING:
    from tests.engine.store.conftest import Papers

Vectors = npt.NDArray[np.float32]

CHUNKS = 900
EVERYTHING = Scope()
LIMIT = 10
SCOPES = [
    EVERYTHING,
    Scope(collections=("Letters",)),
    Scope(collections=("Papers", "Letters")),
    Scope(collections=("None",)),
    Scope(types=("pdf",)),
    Scope(collections=("Papers",), types=("pdf",)),
    Scope(files=("3.md",)),
]


@pytest.fixture
def library(store: Store, papers: Papers) -> Store:
    """900 passages in 18 documents, in two collections."""
    store.add_source("/letters", "Letters")
    for number in range(18):
        papers.source = ("/docs", "/letters")[number % 2]
        texts = [f"Passage {number} {n}." for n in range(CHUNKS // 18)]
        papers.put(store, f"{number}.{('pdf', 'pdf', 'md')[number % 3]}", *texts)
    papers.source = "/docs"
    papers.embed_all(store)
    return store


@pytest.fixture
def db(library: Store) -> Iterator[apsw.Connection]:
    with closing(connection.connect(library.folder, KEY.raw, write=False)) as opened:
        yield opened


def questions(count: int = 20) -> Vectors:
    drawn = np.random.default_rng(5).standard_normal((count, DIMENSIONS), np.float32)
    made: Vectors = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return made


def agreement(dense: Dense, db: apsw.Connection, scope: Scope = EVERYTHING) -> float:
    """The share of the true neighbours that are found; what is found has its true similarity."""
    index, found = indexes.answering(db), 0
    wanted = 0
    for vector in questions():
        true = dict(exact(db, index, vector, LIMIT, scope))
        quick = dense.search(db, index, vector, LIMIT, scope)
        assert quick == sorted(quick, key=lambda one: -one[1])
        assert len(quick) == len(true)
        everything = dict(exact(db, index, vector, CHUNKS, scope))
        assert dict(quick) == pytest.approx({row: everything[row] for row, _ in quick}, abs=1e-5)
        found += len(dict(quick).keys() & true.keys())
        wanted += len(true)
    return found / max(wanted, 1)


@pytest.mark.parametrize("scope", SCOPES)
def test_the_nearest_are_found_in_every_scope(db: apsw.Connection, scope: Scope) -> None:
    assert agreement(Dense(least=1), db, scope) >= 0.97 or not exact_rows(db, scope)


def exact_rows(db: apsw.Connection, scope: Scope) -> Ranked:
    return exact(db, indexes.answering(db), questions(1)[0], LIMIT, scope)


def test_no_signs_are_kept_of_few_vectors(db: apsw.Connection) -> None:
    index, vector = indexes.answering(db), questions(1)[0]
    assert Signs(CHUNKS + 1).nearest(db, index, vector, LIMIT) is None
    assert len(Signs(CHUNKS).nearest(db, index, vector, LIMIT) or ()) == LIMIT * COMPARED
    assert agreement(Dense(), db) == 1


def test_signs_say_nothing_without_the_mean(
    library: Store, papers: Papers, db: apsw.Connection
) -> None:
    """As with models whose vectors all point the same way."""
    library.choose_embedding_model("alike", DIMENSIONS)
    towards = np.full(DIMENSIONS, 2 / np.sqrt(DIMENSIONS), np.float32)
    while waiting := library.waiting(100):
        vectors = papers.embed([text for _, text in waiting]) + towards
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        library.put_embeddings([row for row, _ in waiting], vectors)
    index = indexes.answering(db)
    vector = questions(1)[0] + towards
    vector /= np.linalg.norm(vector)
    true = {row for row, _ in exact(db, index, vector, LIMIT, EVERYTHING)}
    assert len(true & set(Signs(1).nearest(db, index, vector, LIMIT) or ())) >= 9


def test_what_changes_is_followed(library: Store, papers: Papers, db: apsw.Connection) -> None:
    dense = Dense(least=1)
    assert agreement(dense, db) >= 0.97
    library.remove_document("/docs/0.pdf")
    papers.put(library, "2.md", "Another text.")
    papers.put(library, "new.md", *(f"New {n}." for n in range(70)))
    assert agreement(dense, db) >= 0.97
    papers.embed_all(library)
    assert agreement(dense, db) >= 0.97
    library.managing.rename_collection("Letters", "Mails")
    library.remove_source("/letters")
    assert agreement(dense, db) == 1
    assert agreement(dense, db, Scope(collections=("Papers",))) == 1


def test_each_connection_sees_what_it_reads(
    library: Store, papers: Papers, db: apsw.Connection
) -> None:
    """A reader of a state just passed is given only what is there for it."""
    dense, vector = Dense(least=1), questions(1)[0]
    db.execute("BEGIN")
    before = exact_rows(db, EVERYTHING)
    library.remove_document("/docs/0.pdf")
    with closing(connection.connect(library.folder, KEY.raw, write=False)) as after:
        assert agreement(dense, after) >= 0.97
        dense.search(db, indexes.answering(db), vector, LIMIT, EVERYTHING)
        assert exact_rows(db, EVERYTHING) == before
        db.execute("ROLLBACK")
        assert agreement(dense, db) == agreement(dense, after)


def test_the_next_model_is_searched_by_its_own_signs(
    library: Store, papers: Papers, db: apsw.Connection
) -> None:
    dense = Dense(least=1)
    assert agreement(dense, db) >= 0.97
    library.choose_embedding_model("turned", DIMENSIONS)
    while waiting := library.waiting(200):
        vectors = papers.embed([text[::-1] for _, text in waiting])
        library.put_embeddings([row for row, _ in waiting], vectors)
        assert agreement(dense, db) >= 0.97
    assert indexes.answering(db).model == "turned"


def test_alike_passages_are_not_all_read(library: Store, db: apsw.Connection) -> None:
    """However many have the very same vector, as many are compared as for any other question."""
    library.choose_embedding_model("same", DIMENSIONS)
    while waiting := library.waiting(200):
        same = np.tile(questions(1), (len(waiting), 1))
        library.put_embeddings([row for row, _ in waiting], same)
    index, vector = indexes.answering(db), questions(1)[0]
    assert len(Signs(1).nearest(db, index, vector, LIMIT) or ()) == LIMIT * COMPARED
    assert len(Dense(least=1).search(db, index, vector, LIMIT, EVERYTHING)) == LIMIT
