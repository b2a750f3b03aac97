"""How a large library is searched: how long it takes, what the quick ways miss, what it needs.

    python tests/bench/bench_scale.py KEPT/MODEL/squad KEPT/MODEL/cuad --chunks 100000 \
        --questions EVAL/squad/questions.jsonl EVAL/cuad/questions.jsonl --keep FOLDER

The library is made of the passages and vectors of small ones, as `bench_retrieval.py --keep` leaves
them, over and over, every time with other words here and there and noise on the vectors. What is
told, all of it in one run:

* `hybrid`: whole searches, of all and within filters that leave a half and a hundredth of the
  documents; the first time each, when nothing is known of its words, and again. Beside them, by
  turns, `plain`: what anybody would ask without an index of his own, which is to embed the question,
  to compare every vector with sqlite-vec, and `ORDER BY rank LIMIT` over all that match in FTS5.
* `meaning` and `words`: their vector and their lexical part, beside an exact scan of all vectors
  (ours, as long as there are no signs, and sqlite-vec's) and `ORDER BY bm25() LIMIT` over all that match; the share of what these find that is
  found.
* how long it is from opening to the first hits, and until the signs of the vectors are made.

On two cores a hundred thousand passages are written in two minutes, a million in half an hour;
`--keep` keeps them. Processor time is of all threads.
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

import apsw
import numpy as np
import numpy.typing as npt
import psutil

from strongroom_engine.answering.query import parse_query
from strongroom_engine.answering.search import Searcher
from strongroom_engine.models.embedder import OnnxEmbedder
from strongroom_engine.models.embedding_models import embedding_models
from strongroom_engine.store import LibraryKey, Scope, Store, dense, indexes, lexical, scanning
from strongroom_engine.store.connection import connect, fetch
from strongroom_engine.store.vectors import quantize
from strongroom_engine.types import Chunk, Document, FileFacts, Page

Vectors = npt.NDArray[np.float32]
Ranked = list[tuple[int, float]]
Result = TypeVar("Result")

KEY = LibraryKey(bytes(range(32)), "key file")
A_DOCUMENT = 50
"""Passages of a document."""
OTHER_WORDS = 0.15
"""The share of a passage's words that are drawn anew."""
NOISE = 0.7
"""The length of the noise, where 1 is that of a vector less the mean of all."""
AT_ONCE = 2_000
KEPT = 100
"""The recall is told of so many, as a hybrid search takes them, and of the first ten."""
HYBRID, PLAIN = "hybrid", "plain: sqlite-vec and FTS5"
MEANING, SCAN, SQLITE_VEC = "by meaning", "exact scan", "exact scan by sqlite-vec"
WORDS, SCORED = "by words", "scoring all that match"
RATIOS = (
    (f"{HYBRID}, first time", PLAIN),
    (HYBRID, PLAIN),
    (MEANING, SQLITE_VEC),
    (SCAN, SQLITE_VEC),
    (WORDS, SCORED),
)
"""What is told beside what."""
FREQUENT = (
    "what is the date of the agreement",
    "the agreement between the parties",
    "who is the president of the united states",
    "which party may terminate this agreement",
)
"""Questions of words that very many passages hold."""
FILTERS = ("in:a", "file:99.md")
"""A half of the documents, and one in a hundred."""
SCOPES = {
    "": Scope(),
    ", a half": Scope(collections=("a",)),
    ", a hundredth": Scope(files=("99.md",)),
}


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
        print(f"{'ms':34}{'median':>9}{'95 %':>9}{'most':>9}{'processor':>11}{'95 %':>9}")
        for name, wall in self.wall.items():
            spent = self.processor[name]
            print(
                f"{name:34}{statistics.median(wall):9.1f}{np.quantile(wall, 0.95):9.1f}"
                f"{max(wall):9.1f}{statistics.median(spent):11.1f}{np.quantile(spent, 0.95):9.1f}"
            )

    def show_ratio(self, name: str, reference: str) -> None:
        """How often the reference's time: at the median and at 95 of 100."""
        told = []
        for times, of in ((self.processor, "the processor's"), (self.wall, "the wall's")):
            one, other = (np.quantile(times[each], (0.5, 0.95)) for each in (name, reference))
            median, most = one / other
            told.append(f"{median:.3f} (95 %: {most:.3f}) of {of} time")
        print(f"{name} / {reference}: {', '.join(told)}")


class Found:
    """The share of what a reference finds that is found."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._shares: dict[int, list[float]] = {10: [], KEPT: []}

    def note(self, found: Ranked, true: Ranked) -> None:
        for k, shares in self._shares.items():
            if wanted := dict(true[:k]).keys():
                shares.append(len(dict(found[:k]).keys() & wanted) / len(wanted))

    def show(self) -> None:
        for k, shares in self._shares.items():
            told = f"{statistics.mean(shares):.4f}, least {min(shares):.2f}"
            print(f"of the first {k} by {self.name} are found: {told}")


def measure(folder: Path, model: Path, questions: Sequence[str]) -> None:
    clock, process = Clock(), psutil.Process()
    embedder = OnnxEmbedder(model)
    vectors = [embedder.embed_query(question) for question in questions]
    before = process.memory_info().rss
    with Store.open(folder, KEY, mode="read") as store:
        searcher = Searcher(store, embedder)
        clock("opened just now: typing", partial(searcher.search, questions[0], typing=True))
        clock("opened just now: not typing", partial(searcher.search, questions[0]))
        clock("signs are made", store.nearness.wait_prepared)
        with closing(connect(folder, KEY.raw, write=False)) as db:
            for question in questions:
                clock(PLAIN, partial(plain_hybrid, db, embedder, question))
                # Each word for the first time, as it mostly is.
                clock(f"{HYBRID}, first time", partial(searcher.search, question))
        for question in questions:
            clock(HYBRID, partial(searcher.search, question))
        for filters in FILTERS:
            for question in questions:
                clock(f"{HYBRID}, {filters}", partial(searcher.search, f"{question} {filters}"))
        grown = process.memory_info().rss - before
        counts(clock, store)
    by_words = words(clock, folder, questions)
    by_meaning = neighbours(clock, folder, vectors)
    clock.show()
    for found in (*by_meaning, by_words):
        found.show()
    for name, reference in RATIOS:
        clock.show_ratio(name, reference)
    print(f"memory {process.memory_info().rss / 1e6:.0f} MB, {grown / 1e6:.0f} MB by searching")


def counts(clock: Clock, store: Store) -> None:
    """What the window asks again and again."""
    for name, call in (
        ("sources with their counts", store.sources),
        ("passages and what waits", lambda: (store.chunk_count(), store.waiting_count())),
        ("status", store.status),
        ("list of documents", store.documents),
    ):
        for _ in range(5):
            clock(name, call)


def words(clock: Clock, folder: Path, questions: Sequence[str]) -> Found:
    """By words beside scoring all that match, the questions' and the worst there are."""
    found, quick = Found(SCORED), lexical.Lexical()
    with closing(connect(folder, KEY.raw, write=False)) as db:
        for question in (*questions, *FREQUENT):
            match = parse_query(question, 4_000, ()).match
            asked = db, match, KEPT, Scope()
            true = clock(SCORED, partial(lexical.exact, *asked))
            clock(f"{WORDS}, first time", partial(quick.search, *asked))
            found.note(clock(WORDS, partial(quick.search, *asked)), true)
            clock("plain FTS5, ORDER BY rank", partial(plain, db, match))
    return found


def plain(db: apsw.Connection, match: str) -> Ranked:
    """What anybody would ask FTS5."""
    sql = "SELECT rowid, -rank FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?"
    return fetch(db, sql, (match, KEPT))


def plain_scan(db: apsw.Connection, vector: Vectors) -> Ranked:
    """What anybody would ask sqlite-vec."""
    sql = f"SELECT rowid, 1.0 - distance FROM {indexes.answering(db).table}"
    sql += " WHERE embedding MATCH vec_int8(?) AND k = ?"
    return fetch(db, sql, (quantize(vector).tobytes(), KEPT))


def plain_hybrid(db: apsw.Connection, embedder: OnnxEmbedder, question: str) -> tuple[Ranked, ...]:
    """Both, for the same question: without fusing them, and without text to show."""
    match = parse_query(question, 4_000, ()).match
    return plain(db, match), plain_scan(db, embedder.embed_query(question))


def neighbours(clock: Clock, folder: Path, vectors: Sequence[Vectors]) -> list[Found]:
    """By meaning beside the exact scan, on a connection whose cache is warm."""
    quick, every = dense.Dense(), []
    with closing(connect(folder, KEY.raw, write=False)) as db:
        index = indexes.answering(db)
        quick.search(db, index, vectors[0], KEPT, Scope())
        for name, scope in SCOPES.items():
            found = Found(f"{SCAN}{name}")
            every.append(found)
            for vector in vectors:
                asked = db, index, vector, KEPT, scope
                true = clock(f"{SCAN}{name}", partial(scanning.exact, *asked))
                found.note(clock(f"{MEANING}{name}", partial(quick.search, *asked)), true)
                if scope == Scope():
                    clock(SQLITE_VEC, partial(plain_scan, db, vector))
    return every


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
        measure(folder, model.folder, asked(options.questions, options.asked))


if __name__ == "__main__":
    main()
