"""What encryption costs, and how long a search over 100,000 chunks takes.

    pytest tests/bench/bench_store.py -m bench -s

The ratios compare a plain and an encrypted database side by side in the same run.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import accumulate
from pathlib import Path
from statistics import median

import apsw
import numpy as np
import numpy.typing as npt
import pytest
import sqlite_vec  # type: ignore[import-untyped]  # it ships no types

from strongroom_engine.store import LibraryKey, Scope, Store, index_words
from strongroom_engine.store.connection import CACHE_MB
from strongroom_engine.types import Chunk, Document, FileFacts, Page

pytestmark = pytest.mark.bench

DIMENSIONS = 384
VECTORS = 50_000
CHUNKS = 100_000
CHUNKS_A_DOCUMENT = 50
KEY = LibraryKey(bytes(range(32)), "key file")


def ms(call: Callable[[], object], times: int) -> float:
    """The median time of a call, in milliseconds, after one call that warms the caches."""
    call()
    took = []
    for _ in range(times):
        began = time.perf_counter()
        call()
        took.append((time.perf_counter() - began) * 1000)
    return median(took)


def unit_vectors(count: int, seed: int) -> npt.NDArray[np.float32]:
    vectors = np.random.default_rng(seed).standard_normal((count, DIMENSIONS), np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


# --- encrypted over plain ------------------------------------------------------------------------


def open_database(file: Path, cipher: str | None, cache_mb: float) -> apsw.Connection:
    db = apsw.Connection(str(file))
    if cipher:
        db.pragma("cipher", cipher)
        db.pragma("hexkey", KEY.raw.hex())
    db.pragma("cache_size", -int(cache_mb * 1024))
    db.enable_load_extension(True)
    db.load_extension(sqlite_vec.loadable_path())
    db.pragma("journal_mode", "wal")
    return db


def insert_and_search(file: Path, cipher: str | None) -> tuple[float, float, float]:
    """Seconds to insert, ms of a KNN with a small page cache and with the store's."""
    rows = [vector.tobytes() for vector in np.rint(unit_vectors(VECTORS, 1) * 127).astype("i1")]
    with closing(open_database(file, cipher, CACHE_MB)) as db:
        db.execute(
            f"CREATE VIRTUAL TABLE v USING vec0(e INT8[{DIMENSIONS}] DISTANCE_METRIC=cosine)"
        )
        began = time.perf_counter()
        with db:
            db.executemany("INSERT INTO v VALUES (?, vec_int8(?))", enumerate(rows))
        inserted = time.perf_counter() - began
    searched = []
    for cache_mb in (2, CACHE_MB):
        with closing(open_database(file, cipher, cache_mb)) as db:
            query = "SELECT rowid FROM v WHERE e MATCH vec_int8(?) AND k = 10"
            searched.append(ms(lambda: db.execute(query, (rows[7],)).fetchall(), 15))  # noqa: B023 -- called at once
    return inserted, searched[0], searched[1]


def test_encrypted_over_plain(tmp_path: Path) -> None:
    runs = [
        [insert_and_search(tmp_path / f"{name}{n}.db", cipher) for n in range(3)]
        for name, cipher in (("plain", None), ("aegis", "aegis"))
    ]
    plain, aegis = (np.median(np.array(run), axis=0) for run in runs)
    print(f"\n{VECTORS:,} int8[{DIMENSIONS}], KNN of 10 over all; plain, encrypted (AEGIS), ratio")
    for what, a, b in zip(
        ("insert, s", "KNN, 2 MB cache, ms", f"KNN, {CACHE_MB} MB cache, ms"),
        plain,
        aegis,
        strict=True,
    ):
        print(f"  {what:24} {a:8.2f} {b:8.2f} {b / a:6.2f}")
    assert aegis[2] < 2 * plain[2]


# --- a library of 100,000 chunks -----------------------------------------------------------------


def vocabulary() -> tuple[list[str], list[float]]:
    """30,000 words, and the running sums of their frequencies (Zipf's)."""
    letters = random.Random(1)
    words = [
        "".join(letters.choices("etaoinshrdlu", k=letters.randint(2, 10))) for _ in range(30_000)
    ]
    return words, list(accumulate(1 / (rank + 3) for rank in range(len(words))))


def documents() -> Iterator[tuple[FileFacts, Document, list[Chunk]]]:
    words, weights = vocabulary()
    draw = random.Random(2)
    for number in range(CHUNKS // CHUNKS_A_DOCUMENT):
        texts = [
            " ".join(draw.choices(words, cum_weights=weights, k=150)) + "\n"
            for _ in range(CHUNKS_A_DOCUMENT)
        ]
        starts = np.cumsum([0, *map(len, texts)]).tolist()
        chunks = [
            Chunk(start, start + len(text), "Section", text, f"Title\n{text}")
            for start, text in zip(starts, texts, strict=False)
        ]
        kind = ("pdf", "docx", "md")[number % 3]
        document = Document("Title", kind, (Page(1, "".join(texts)),), paged=False)
        yield FileFacts(f"/docs{number % 2}/{number}.{kind}", 1, number, ""), document, chunks


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("bench") / "library"
    with Store.open(folder, KEY, mode="write", model="m", dimensions=DIMENSIONS) as store:
        for n in range(2):
            store.add_source(f"/docs{n}", f"Collection {n}")
        put_all(store)
        embed_all(store)
        size = sum(file.stat().st_size for file in folder.iterdir()) / 1e6
        print(f"  library on disk {size:.0f} MB")
        yield store


def put_all(store: Store) -> None:
    spent = 0.0
    for facts, document, chunks in documents():
        began = time.perf_counter()
        store.put_document(facts, "hash", document, chunks)
        spent += time.perf_counter() - began
    print(f"\n{CHUNKS:,} chunks put in {spent:.1f} s, {CHUNKS / spent:,.0f} a second")


def embed_all(store: Store) -> None:
    began = time.perf_counter()
    seed = 10
    while waiting := store.waiting(512):
        store.put_embeddings([row for row, _ in waiting], unit_vectors(len(waiting), seed))
        seed += 1
    spent = time.perf_counter() - began
    print(f"  vectors put in {spent:.1f} s, {CHUNKS / spent:,.0f} a second (with making them)")


SCOPES = {
    "everything": Scope(),
    "one collection of two": Scope(collections=("Collection 1",)),
    "both collections": Scope(collections=("Collection 0", "Collection 1")),
    "a third by type": Scope(types=("pdf",)),
    "one document": Scope(files=("777.",)),
}


def test_search_latency(library: Store) -> None:
    words, _ = vocabulary()
    question = " OR ".join(
        index_words(words[rank]) for rank in (100, 300, 1_000, 2_000, 4_000, 9_000)
    )
    vector = unit_vectors(1, 99)[0]
    print(f"{CHUNKS:,} chunks, median ms: lexical (6 words, 50 best), count, dense (50 best)")
    for name, scope in SCOPES.items():
        lexical = ms(lambda: library.lexical(question, 50, scope), 9)  # noqa: B023 -- called at once
        count = ms(lambda: library.count_matches(question, scope), 9)  # noqa: B023 -- as above
        dense = ms(lambda: library.dense(vector, 50, scope), 9)  # noqa: B023 -- as above
        print(f"  {name:24} {lexical:8.1f} {count:8.1f} {dense:8.1f}")
    ids = [row for row, _ in library.lexical(question, 50, Scope())]
    print(f"  50 chunks read {ms(lambda: library.chunks(ids), 9):.1f} ms")
    print(f"  status {ms(library.status, 5):.1f} ms, documents {ms(library.documents, 5):.1f} ms")
    assert len(ids) == 50


def test_changing_and_removing(library: Store) -> None:
    facts, document, chunks = next(documents())
    changed = ms(lambda: library.put_document(facts, "other", document, chunks), 3)
    renamed = FileFacts("/docs0/renamed.pdf", 1, 0, "")
    began = time.perf_counter()
    library.move_document(facts.path, renamed)
    moved = (time.perf_counter() - began) * 1000
    print(
        f"  a document of {len(chunks)} chunks replaced in {changed:.0f} ms, moved {moved:.0f} ms"
    )
    began = time.perf_counter()
    library.remove_source("/docs1")
    print(f"  a source of {CHUNKS // 2:,} chunks removed in {time.perf_counter() - began:.1f} s")
    assert library.status().chunks == CHUNKS // 2
