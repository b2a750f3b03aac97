"""Comparing every vector, some at a time: beside sqlite-vec, and ended between two parts."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import apsw
import numpy as np
import numpy.typing as npt
import pytest
from tests.engine.store.conftest import DIMENSIONS, KEY

from strongroom_engine.errors import Cancelled
from strongroom_engine.store import Scope, Store, connection, indexes, scanning
from strongroom_engine.store.dense import Dense
from strongroom_engine.store.scope import chunk_condition
from strongroom_engine.store.vectors import quantize

if TYPE_CHECKING:
    from tests.engine.store.conftest import Papers

Ranked = list[tuple[int, float]]
Vectors = npt.NDArray[np.float32]

DOCUMENTS, PASSAGES = 12, 50
LIMIT = 15
PATIENCE_S = 60
SCOPES = [
    Scope(),
    Scope(collections=("Letters",)),
    Scope(collections=("Papers", "Letters")),
    Scope(collections=("None",)),
    Scope(types=("pdf",)),
    Scope(types=("docx",)),
    Scope(collections=("Papers",), types=("pdf",)),
    Scope(files=("3.md",)),
]


@pytest.fixture(autouse=True)
def a_part_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "AT_ONCE", 1)


@pytest.fixture
def older(monkeypatch: pytest.MonkeyPatch) -> None:
    """Libraries are made as they were: with parts of 1,024 vectors."""
    monkeypatch.setattr(indexes, "_CHUNK_SIZE", 1024)


@pytest.fixture
def library(store: Store, papers: Papers) -> Store:
    """600 passages in two collections; of some the vectors are gone again, and some wait."""
    store.add_source("/letters", "Letters")
    for number in range(DOCUMENTS):
        papers.source = ("/docs", "/letters")[number % 2]
        texts = [f"Passage {number} {n}." for n in range(PASSAGES)]
        papers.put(store, f"{number}.{('pdf', 'pdf', 'md')[number % 3]}", *texts)
    papers.embed_all(store)
    papers.source = "/docs"
    store.remove_document("/docs/4.pdf")
    papers.put(store, "waits.md", "It has no vector yet.")
    return store


@pytest.fixture
def db(library: Store) -> Iterator[apsw.Connection]:
    with closing(connection.connect(library.folder, KEY.raw, write=False)) as opened:
        yield opened


def questions(count: int) -> Vectors:
    drawn = np.random.default_rng(5).standard_normal((count, DIMENSIONS), np.float32)
    made: Vectors = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return made


def by_sqlite_vec(db: apsw.Connection, vector: Vectors, scope: Scope) -> Ranked:
    """What sqlite-vec says is nearest, in one call."""
    inside = chunk_condition(scope, "rowid")
    return connection.fetch(
        db,
        f"SELECT rowid, 1.0 - distance FROM {indexes.answering(db).table}"
        f" WHERE embedding MATCH vec_int8(?) AND k = ?{inside.sql}",
        (quantize(vector).tobytes(), LIMIT, *inside.arguments),
    )


@pytest.mark.parametrize("scope", SCOPES)
def test_the_nearest_are_those_of_sqlite_vec(db: apsw.Connection, scope: Scope) -> None:
    index = indexes.answering(db)
    for vector in questions(10):
        found = dict(scanning.exact(db, index, vector, LIMIT, scope))
        assert found == pytest.approx(dict(by_sqlite_vec(db, vector, scope)), abs=1e-5)
        assert list(found.values()) == sorted(found.values(), reverse=True)


@pytest.mark.usefixtures("older")
def test_an_older_library_is_scanned_in_larger_parts(db: apsw.Connection) -> None:
    index, (vector,) = indexes.answering(db), questions(1)
    parts = [len(ids) for ids, _ in scanning.parts(db, index, vector, Scope())]
    assert len(parts) == 2, "one for each collection"
    found = dict(scanning.exact(db, index, vector, LIMIT, Scope()))
    assert found == pytest.approx(dict(by_sqlite_vec(db, vector, Scope())), abs=1e-5)


def test_a_scan_ends_between_two_parts_when_its_search_is_stopped(
    library: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    vectors_of = scanning._vectors

    def counted(
        db: apsw.Connection, index: indexes.VectorIndex, rows: scanning.Ids
    ) -> npt.NDArray[np.int8]:
        read.append(len(rows))
        return vectors_of(db, index, rows)

    monkeypatch.setattr(scanning, "_vectors", counted)
    with library.steady():
        library.dense(questions(1)[0], LIMIT, Scope())
    assert len(read) > 8
    read.clear()
    with pytest.raises(Cancelled), library.steady(lambda: len(read) >= 3):
        library.dense(questions(1)[0], LIMIT, Scope())
    assert len(read) == 3
    with library.steady():
        assert len(library.dense(questions(1)[0], LIMIT, Scope())) == LIMIT


def test_a_scan_gives_way_to_signs_as_soon_as_these_are_made(
    library: Store, db: apsw.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = threading.Event()

    @contextmanager
    def lend() -> Iterator[apsw.Connection]:
        assert held.wait(PATIENCE_S)
        with closing(connection.connect(library.folder, KEY.raw, write=False)) as lent:
            yield lent

    searching = Dense(lend, least=1)
    index, vector = indexes.answering(db), questions(1)[0]
    compared: list[int] = []

    class Noted(scanning.Nearest):
        def add(self, ids: scanning.Ids, near: Vectors) -> None:
            compared.append(len(ids))
            super().add(ids, near)
            if len(compared) == 2:
                held.set()
                searching.wait_prepared(PATIENCE_S)

    monkeypatch.setattr(scanning, "Nearest", Noted)
    found = searching.search(db, index, vector, LIMIT, Scope())
    assert len(compared) == 2, "the third part is not compared any more"
    assert dict(found) == pytest.approx(dict(by_sqlite_vec(db, vector, Scope())), abs=1e-5)
    searching.close()
