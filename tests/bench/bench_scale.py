"""How a large library is searched: how long it takes, what the quick way misses, what it needs.

    python tests/bench/bench_scale.py KEPT/MODEL/squad KEPT/MODEL/cuad --chunks 100000 \
        --questions EVAL/squad/questions.jsonl

The library is made of the passages and vectors of small ones, as `bench_retrieval.py --keep` leaves
them, over and over, every time with other words here and there and noise on the vectors. The
reference, in the same run, is an exact scan of all vectors by sqlite-vec. A million passages are
written in an hour; `--keep` keeps them.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import psutil

from strongroom_engine.answering.query import parse_query
from strongroom_engine.answering.ranking import fusion
from strongroom_engine.answering.search import Searcher
from strongroom_engine.models.embedder import OnnxEmbedder
from strongroom_engine.models.embedding_models import embedding_models
from strongroom_engine.store import LibraryKey, Scope, Store, dense, indexes
from strongroom_engine.store.connection import connect
from strongroom_engine.types import Chunk, Document, FileFacts, Page

Vectors = npt.NDArray[np.float32]
Result = TypeVar("Result")

KEY = LibraryKey(bytes(range(32)), "key file")
A_DOCUMENT = 50
"""Passages of a document."""
OTHER_WORDS = 0.15
"""The share of a passage's words that are drawn anew."""
NOISE = 0.7
"""The length of the noise, where 1 is that of a vector less the mean of all."""
AT_ONCE = 2_000
REFERENCE = "exact scan"
KEPT = 100
"""Neighbours of which the recall is told, beside the first ten."""


@dataclass(frozen=True, slots=True)
class Passages:
    """What small libraries hold, all of one embedding model, in an order without documents: the
    same ones again and again would be versions of each other."""

    model: str
    texts: Sequence[str]
    vectors: Vectors
    order: npt.NDArray[np.int_]
    """The place here of each passage of the large library."""


def read(folders: Sequence[Path], count: int) -> Passages:
    texts: list[str] = []
    vectors: list[Vectors] = []
    model = ""
    for folder in folders:
        key = LibraryKey((folder / "key").read_bytes(), "key file")
        with Store.open(folder / "library", key, mode="read") as store:
            model = store.embedding_model().model
            for record in store.documents():
                chunks = store.chunks_of(record.path)
                found = store.vectors([chunk.id for chunk in chunks])
                texts += [chunk.text for chunk in chunks if chunk.id in found]
                vectors += [found[chunk.id] for chunk in chunks if chunk.id in found]
    order = np.random.default_rng(2).integers(len(texts), size=count)
    return Passages(model, texts, np.stack(vectors), order)


# --- writing -------------------------------------------------------------------------------------


def write(store: Store, passages: Passages, count: int) -> None:
    """Passages in documents in two collections, then their vectors."""
    draw = np.random.default_rng(1)
    for name in ("a", "b"):
        store.add_source(f"/{name}", name)
    for number in range(count // A_DOCUMENT):
        source = "ab"[number % 2]
        facts = FileFacts(f"/{source}/{number}.md", 1, number, str(number))
        store.put_document(facts, str(number), *document(passages, number, draw))
    while waiting := store.waiting(AT_ONCE):
        rows = np.array([row for row, _ in waiting])
        store.put_embeddings(rows.tolist(), noisy(passages, rows - 1, draw))


def document(
    passages: Passages, number: int, draw: np.random.Generator
) -> tuple[Document, list[Chunk]]:
    places = range(number * A_DOCUMENT, (number + 1) * A_DOCUMENT)
    texts = [reworded(passages, at, draw) for at in places]
    starts = np.cumsum([0, *map(len, texts)]).tolist()
    chunks = [
        Chunk(start, start + len(text), "", text, text)
        for start, text in zip(starts, texts, strict=False)
    ]
    title = f"Document {number}"
    return Document(title, "text/markdown", (Page(1, "".join(texts)),), paged=False), chunks


def reworded(passages: Passages, at: int, draw: np.random.Generator) -> str:
    """The passage with words of another one in place of some of its own."""
    words = passages.texts[int(passages.order[at])].split()
    others = passages.texts[int(draw.integers(len(passages.texts)))].split()
    for place in np.flatnonzero(draw.random(len(words)) < OTHER_WORDS):
        words[place] = others[place % len(others)]
    return " ".join(words) + "\n"


def noisy(passages: Passages, places: npt.NDArray[np.int_], draw: np.random.Generator) -> Vectors:
    base = passages.vectors[passages.order[places]]
    spread = float(np.linalg.norm(passages.vectors - passages.vectors.mean(0), axis=1).mean())
    scale = NOISE * spread / np.sqrt(base.shape[1])
    vectors = base + np.float32(scale) * draw.standard_normal(base.shape, np.float32)
    made: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return made


# --- measuring -----------------------------------------------------------------------------------


class Clock:
    """The times of calls by name: by the wall, and of the processor."""

    def __init__(self) -> None:
        self.wall: dict[str, list[float]] = {}
        self.processor: dict[str, list[float]] = {}

    def __call__(self, name: str, call: Callable[[], Result]) -> Result:
        wall, processor = time.perf_counter(), time.process_time()
        result = call()
        self.wall.setdefault(name, []).append((time.perf_counter() - wall) * 1000)
        self.processor.setdefault(name, []).append((time.process_time() - processor) * 1000)
        return result

    def show(self) -> None:
        print(f"{'ms':24}{'median':>9}{'95 %':>9}{'processor':>11}{'/ reference':>13}")
        for name, wall in self.wall.items():
            spent = statistics.median(self.processor[name])
            ratio = spent / statistics.median(self.processor[REFERENCE])
            print(
                f"{name:24}{statistics.median(wall):9.1f}{np.quantile(wall, 0.95):9.1f}"
                f"{spent:11.1f}{ratio:13.2f}"
            )
        print(f"(the reference is the {REFERENCE}; the ratio is of processor time)")


def measure(store: Store, embedder: OnnxEmbedder, questions: Sequence[str]) -> None:
    clock = Clock()
    searcher = Searcher(store, embedder)
    process = psutil.Process()
    before = process.memory_info().rss
    vectors = [embedder.embed_query(question) for question in questions]
    clock("first dense search", partial(store.dense, vectors[0], KEPT, Scope()))
    searcher.search(questions[0])
    for question in questions:
        clock("hybrid", partial(searcher.search, question))
    words(clock, store, questions)
    neighbours(clock, store, vectors)
    clock.show()
    grown = process.memory_info().rss - before
    print(f"memory {process.memory_info().rss / 1e6:.0f} MB, {grown / 1e6:.0f} MB by searching")


def words(clock: Clock, store: Store, questions: Sequence[str]) -> None:
    """The parts of a hybrid search that look for words in the whole library."""
    for question in questions:
        match, scope = parse_query(question, 4_000, ()).match, Scope()
        clock("words", partial(store.lexical, match, fusion.CANDIDATES, scope))
        clock("count", partial(store.count_matches, match, scope))


def neighbours(clock: Clock, store: Store, vectors: Sequence[Vectors]) -> None:
    """The quick way beside the exact one, on a connection each of whose caches is warm."""
    quick, everything = dense.Dense(), Scope()
    shares: dict[int, list[float]] = {10: [], KEPT: []}
    with closing(connect(store.folder, KEY.raw, write=False)) as db:
        index = indexes.answering(db)
        quick.search(db, index, vectors[0], KEPT, everything)
        dense.exact(db, index, vectors[0], KEPT, everything)
        for vector in vectors:
            asked = db, index, vector, KEPT, everything
            found = clock("dense", partial(quick.search, *asked))
            true = clock(REFERENCE, partial(dense.exact, *asked))
            for k, share in shares.items():
                share.append(len(dict(found[:k]).keys() & dict(true[:k]).keys()) / k)
    for k, share in shares.items():
        print(f"of the nearest {k} the quick way finds {statistics.mean(share):.4f}")


# --- running -------------------------------------------------------------------------------------


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    made.add_argument("libraries", nargs="+", type=Path)
    made.add_argument("--chunks", type=int, default=100_000)
    made.add_argument("--questions", nargs="+", type=Path, required=True, help="questions.jsonl")
    made.add_argument("--asked", type=int, default=40, help="so many of all questions")
    made.add_argument("--keep", type=Path, help="keep the large library here, or use that one")
    return made


def asked(files: Sequence[Path], count: int) -> list[str]:
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return [json.loads(line)["question"] for line in lines[:: max(len(lines) // count, 1)]]


def main() -> None:
    options = parser().parse_args()
    passages = read(options.libraries, options.chunks)
    model = next(one for one in embedding_models() if one.id == passages.model)
    with ExitStack() as held:
        place = options.keep or Path(held.enter_context(tempfile.TemporaryDirectory()))
        folder = place / f"{options.chunks}"
        dimensions = passages.vectors.shape[1]
        with Store.open(folder, KEY, mode="write", model=model.id, dimensions=dimensions) as store:
            if not store.chunk_count():
                began = time.perf_counter()
                write(store, passages, options.chunks)
                print(f"written in {time.perf_counter() - began:.0f} s")
            size, count = store.upkeep.size(), store.chunk_count()
        print(f"{count:,} passages, {size / count:,.0f} bytes on disk each")
        with Store.open(folder, KEY, mode="read") as store:
            measure(store, OnnxEmbedder(model.folder), asked(options.questions, options.asked))


if __name__ == "__main__":
    main()
