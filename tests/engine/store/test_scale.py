"""A library of so many passages that not all are compared and scored, beside doing so."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import apsw
import numpy as np
import numpy.typing as npt
import pytest
from tests.engine.store.conftest import KEY

from strongroom_engine.store import Scope, Store, connection, indexes, lexical
from strongroom_engine.store.dense import Dense
from strongroom_engine.store.scanning import exact
from strongroom_engine.types import Chunk, Document, FileFacts, Page

Vectors = npt.NDArray[np.float32]
Ranked = list[tuple[int, float]]

DIMENSIONS = 96
DOCUMENTS, PASSAGES = 60, 50
TOPICS = 150
WORDS = 400
PATIENCE_S = 60
SCOPES = [
    Scope(),
    Scope(collections=("Letters",)),
    Scope(types=("pdf",)),
    Scope(files=("7.pdf",)),
    Scope(after_ns=20, before_ns=50),
    Scope(collections=("Letters",), files=("1",), types=("pdf",), after_ns=10),
    Scope(types=("docx",)),
]


def unit(vectors: Vectors) -> Vectors:
    made: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return made


def near_topics(count: int, seed: int) -> Vectors:
    """Vectors as those of models are: around topics, and all of them to one side."""
    topics = np.random.default_rng(1).standard_normal((TOPICS, DIMENSIONS), np.float32)
    draw = np.random.default_rng(seed)
    noise = draw.standard_normal((count, DIMENSIONS), np.float32)
    return unit(topics[draw.integers(TOPICS, size=count)] + noise + 1.5)


def text(draw: np.random.Generator) -> str:
    """Words as texts have them: the tenth is ten times as rare as the first."""
    ranks = np.exp(draw.random(30) * np.log(WORDS)).astype(int)
    return " ".join(f"word{rank}" for rank in ranks)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """3,000 passages in two collections."""
    made, draw = tmp_path_factory.mktemp("many") / "library", np.random.default_rng(2)
    with Store.open(made, KEY, mode="write", model="topics", dimensions=DIMENSIONS) as store:
        store.add_source("/papers", "Papers")
        store.add_source("/letters", "Letters")
        for number in range(DOCUMENTS):
            source = ("papers", "letters")[number % 2]
            texts = [f"{number} {text(draw)}\n" for _ in range(PASSAGES)]
            starts = np.cumsum([0, *map(len, texts)]).tolist()
            chunks = [
                Chunk(at, at + len(one), "", one, one)
                for at, one in zip(starts, texts, strict=False)
            ]
            pages = (Page(1, "".join(texts)),)
            facts = FileFacts(f"/{source}/{number}.{('pdf', 'md')[number % 3 > 1]}", 1, number, "1")
            document = Document(str(number), "application/pdf", pages, paged=False)
            store.put_document(facts, str(number), document, chunks)
        rows = [row for row, _ in store.waiting(DOCUMENTS * PASSAGES)]
        store.put_embeddings(rows, near_topics(len(rows), 3))
    return made


@pytest.fixture
def db(folder: Path) -> Iterator[apsw.Connection]:
    with closing(connection.connect(folder, KEY.raw, write=False)) as opened:
        yield opened


def share(found: Ranked, true: Ranked) -> float:
    return len(dict(found).keys() & dict(true).keys()) / len(true) if true else 1.0


# --- by meaning ----------------------------------------------------------------------------------


@pytest.mark.parametrize("k", [10, 100])
def test_of_the_nearest_at_least_97_of_100_are_found(db: apsw.Connection, k: int) -> None:
    index, dense = indexes.answering(db), Dense(least=1)
    shares = [
        share(dense.search(db, index, vector, k, Scope()), exact(db, index, vector, k, Scope()))
        for vector in near_topics(40, 5)
    ]
    assert np.mean(shares) >= 0.97


@pytest.mark.parametrize("scope", SCOPES)
def test_filters_hold_for_what_signs_choose(db: apsw.Connection, scope: Scope) -> None:
    index, dense = indexes.answering(db), Dense(least=1)
    inside = dict(exact(db, index, near_topics(1, 5)[0], DOCUMENTS * PASSAGES, scope)).keys()
    for vector in near_topics(5, 6):
        found = dense.search(db, index, vector, 30, scope)
        assert dict(found).keys() <= inside
        assert share(found, exact(db, index, vector, 30, scope)) >= 0.9


class Lender:
    """Lends connections; with `held` only when it is set."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.held = threading.Event()
        self.lent = threading.Event()

    @contextmanager
    def __call__(self) -> Iterator[apsw.Connection]:
        with closing(connection.connect(self.folder, KEY.raw, write=False)) as db:
            self.lent.set()
            assert self.held.wait(PATIENCE_S)
            yield db


def test_no_search_waits_for_signs(folder: Path, db: apsw.Connection) -> None:
    """Until they are made all is compared; then what they choose."""
    lend, index, vector = Lender(folder), indexes.answering(db), near_topics(1, 7)[0]
    dense = Dense(lend, least=1)
    true = exact(db, index, vector, 10, Scope())
    assert dense.search(db, index, vector, 10, Scope()) == true
    assert lend.lent.wait(PATIENCE_S), "asking has begun to make them"
    assert not dense.prepared(index)
    few = Scope(files=("7.pdf",), collections=("Letters",))
    assert share(dense.search(db, index, vector, 10, few), exact(db, index, vector, 10, few)) == 1
    lend.held.set()
    dense.wait_prepared(PATIENCE_S)
    assert dense.prepared(index)
    assert share(dense.search(db, index, vector, 10, Scope()), true) >= 0.9
    dense.close()


def test_closing_ends_the_making_of_signs(folder: Path, db: apsw.Connection) -> None:
    lend = Lender(folder)
    dense = Dense(lend, least=1)
    dense.prepare()
    assert lend.lent.wait(PATIENCE_S)
    threading.Timer(0.1, lend.held.set).start()
    dense.close()
    assert not any(thread.name == "signs" for thread in threading.enumerate())
    dense.prepare()
    assert not any(thread.name == "signs" for thread in threading.enumerate()), "nor begins anew"


# --- by words ------------------------------------------------------------------------------------


def questions(count: int) -> list[str]:
    draw = np.random.default_rng(8)
    return [" OR ".join(f'"{word}"' for word in dict.fromkeys(text(draw).split()[:8]))
            for _ in range(count)]  # fmt: skip


def test_scores_are_those_of_scoring_all(db: apsw.Connection) -> None:
    quick = lexical.Lexical(scored=1_000, many=1_000)
    shares = {10: [], 100: []}  # type: dict[int, list[float]]
    pruned = 0
    for query in questions(40):
        true = lexical.exact(db, query, 3_000, Scope())
        pruned += len(true) > 1_500
        for k, found_of in shares.items():
            found = quick.search(db, query, k, Scope())
            assert found == sorted(found, key=lambda one: (-one[1], one[0]))
            scores = dict(true)
            assert dict(found) == pytest.approx({row: scores[row] for row, _ in found})
            found_of.append(share(found, true[:k]))
    assert pruned > 30
    assert np.mean(shares[10]) >= 0.98
    assert np.mean(shares[100]) >= 0.9


@pytest.mark.parametrize("scope", SCOPES)
def test_filters_hold_for_what_is_scored(db: apsw.Connection, scope: Scope) -> None:
    quick = lexical.Lexical(scored=1_000, many=1_000)
    for query in questions(5):
        true = lexical.exact(db, query, 3_000, scope)
        found = quick.search(db, query, 10, scope)
        assert dict(found).keys() <= dict(true).keys()
        assert share(found, true[:10]) >= 0.9


def test_a_word_that_counts_twice_does_so(db: apsw.Connection) -> None:
    quick = lexical.Lexical(scored=1_000, many=1_000)
    query = '("word1" OR "word2" OR "word300" OR "word300" OR "word2")'
    true = dict(lexical.exact(db, query, 3_000, Scope()))
    found = quick.search(db, query, 5, Scope())
    assert dict(found) == pytest.approx({row: true[row] for row, _ in found})


def test_matches_are_counted_so_far_and_no_farther(db: apsw.Connection) -> None:
    everything = " OR ".join(f'"{number}"' for number in range(DOCUMENTS))
    count = lexical.Lexical().count
    assert count(db, everything, Scope()) == (DOCUMENTS * PASSAGES, DOCUMENTS)
    assert count(db, everything, Scope(), most=100) == (101, 0)
    assert count(db, '"7"', Scope(), most=PASSAGES) == (PASSAGES, 1)


@pytest.mark.parametrize("scope", SCOPES)
def test_matches_are_counted_alike_in_scopes_wide_and_narrow(
    db: apsw.Connection, scope: Scope
) -> None:
    for query in questions(3):
        few, many = lexical.Lexical(), lexical.Lexical(scored=1_000, many=1_000)
        assert few.count(db, query, scope) == many.count(db, query, scope)


@pytest.mark.parametrize("scope", SCOPES)
def test_a_scope_by_its_documents_is_the_same(folder: Path, scope: Scope) -> None:
    (query,) = questions(1)
    with Store.open(folder, KEY, mode="read") as store:
        resolved = store.listing.resolved(scope)
        assert resolved == store.listing.resolved(resolved)
        assert store.lexical(query, 100, resolved) == store.lexical(query, 100, scope)
        assert store.count_matches(query, resolved) == store.count_matches(query, scope)
        assert store.listing.facts(resolved) == store.listing.facts(scope)


def test_who_types_does_not_wait_for_a_scan(
    folder: Path, db: apsw.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    lend, index, vector = Lender(folder), indexes.answering(db), near_topics(1, 7)[0]
    dense = Dense(lend, least=1)
    monkeypatch.setattr("strongroom_engine.store.dense.MANY", 1_000)
    assert dense.search(db, index, vector, 10, Scope(), soon=True) == []
    lend.held.set()
    dense.wait_prepared(PATIENCE_S)
    assert len(dense.search(db, index, vector, 10, Scope(), soon=True)) == 10
    dense.close()
