"""What a look at a folder costs in which nothing has changed: no document is opened.

    python -m tests.bench.bench_rescan [--files 100000] [--keep FOLDER] [--profile]

The reference, in the same run, is a bare walk: `os.scandir` and the facts of each file. The library
knows every file, with a passage and a vector of each. `--keep` keeps the tree and the library, or
uses those that are there.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import psutil
import pytest
from tests.engine.fakes import DIMENSIONS, Only, WordLengths

from strongroom_engine.indexing.looking.scan import scan
from strongroom_engine.indexing.parse.pool import ParserPool
from strongroom_engine.indexing.pipeline import Indexer
from strongroom_engine.settings import Settings
from strongroom_engine.store import LibraryKey, Store, contents
from strongroom_engine.store.connection import connect, transaction
from strongroom_engine.types import Chunk, Document, FileFacts, Page

KEY = LibraryKey(bytes(range(32)), "key file")
A_FOLDER = 100
"""Files of a folder."""
AT_ONCE = 2_000
ROUNDS = 3


# --- making --------------------------------------------------------------------------------------


def make_tree(folder: Path, count: int) -> None:
    for number in range(count):
        place = folder / f"{number // A_FOLDER // 40:03}" / f"{number // A_FOLDER:04}"
        if number % A_FOLDER == 0:
            place.mkdir(parents=True)
        (place / f"Note {number:06}.txt").write_text(text_of(number), encoding="utf-8")


def text_of(number: int) -> str:
    return f"Note {number} is about the lease {number * 7919 % 99_991}.\n"


def make_library(folder: Path, source: Path) -> None:
    """A library that knows every file of the source, as if it had read each."""
    with opened(folder) as store:
        store.add_source(str(source), "Notes")
        files = [facts for facts, _ in scan(str(source))]
        for at in range(0, len(files), AT_ONCE):
            with closing(connect(folder, KEY.raw, write=True)) as db, transaction(db):
                for facts in files[at : at + AT_ONCE]:
                    made = document(facts)
                    ready = contents.prepared(facts, facts.identity, *made)
                    contents.put(db, facts, *made, ready)
        draw = np.random.default_rng(1)
        while waiting := store.waiting(AT_ONCE):
            vectors = draw.standard_normal((len(waiting), DIMENSIONS), np.float32)
            vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
            store.put_embeddings([row for row, _ in waiting], vectors)


def document(facts: FileFacts) -> tuple[Document, list[Chunk]]:
    name = Path(facts.path).stem
    text = text_of(int(name.rpartition(" ")[2]))
    whole = Document(name, "text/plain", (Page(1, text),), paged=False)
    return whole, [Chunk(0, len(text), "", text, text)]


def opened(folder: Path) -> Store:
    return Store.open(folder, KEY, mode="write", model="word-lengths", dimensions=DIMENSIONS)


# --- measuring -----------------------------------------------------------------------------------


def bare_walk(source: Path) -> int:
    """The reference: every file's facts, and nothing else."""
    count, waiting = 0, [str(source)]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    entry.stat(follow_symlinks=False)
                    count += 1
    return count


@contextmanager
def openings(folder: Path) -> Iterator[list[str]]:
    """The files below the folder that this process opens during the block."""
    found: list[str] = []
    listening = True

    def hear(event: str, arguments: tuple[object, ...]) -> None:
        if listening and event == "open" and str(arguments[0]).startswith(str(folder) + os.sep):
            found.append(str(arguments[0]))

    sys.addaudithook(hear)  # it stays for as long as the process lives
    try:
        yield found
    finally:
        listening = False


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the wall, and of the processor."""

    wall: float
    processor: float

    def __str__(self) -> str:
        return f"{self.wall:.2f} s, {self.processor:.2f} s of the processor"


def spent(call: Callable[[], object]) -> Spent:
    wall, processor = time.perf_counter(), time.process_time()
    call()
    return Spent(time.perf_counter() - wall, time.process_time() - processor)


def median(of: Sequence[Spent]) -> Spent:
    return Spent(
        statistics.median(one.wall for one in of), statistics.median(one.processor for one in of)
    )


def measure(store: Store, source: Path, *, profile: bool) -> float:
    """The median of so many times the bare walk that a look takes, of processor time, so that
    others at work on the machine do not matter; prints what it found."""
    count = bare_walk(source)
    process = psutil.Process()
    with ParserPool(1) as pool, closing(indexer_of(store, pool)) as indexer:
        look = partial(indexer.sync, str(source))
        with openings(source) as read:
            first = spent(look)
        assert not read, f"opened: {read[:3]}"
        assert not pool.pids, "a parser was started"
        before = process.memory_info().rss
        rounds = [(spent(partial(bare_walk, source)), spent(look)) for _ in range(ROUNDS)]
        checked = spent(lambda: store.reports.mend(str(source)))
        grown = process.memory_info().rss - before
        if profile:
            tell_profile(look)
    ratio = statistics.median(look.processor / walk.processor for walk, look in rounds)
    print(f"{count:,} files that have not changed: none was opened, and no parser started")
    print(f"the first look   {first}")
    print(f"a later look     {median([look for _, look in rounds])}")
    print(f"a bare walk      {median([walk for walk, _ in rounds])}: a look is {ratio:.1f} of them")
    print(f"in a look the index is checked for {checked}, however many files there are")
    print(f"memory {process.memory_info().rss >> 20} MB, {grown >> 20} MB more than before")
    return ratio


def indexer_of(store: Store, pool: ParserPool) -> Indexer:
    return Indexer(store, pool, Only(WordLengths()), Settings())


def tell_profile(call: Callable[[], object]) -> None:
    profile = cProfile.Profile()
    profile.runcall(call)
    pstats.Stats(profile).sort_stats("tottime").print_stats(25)


# --- running -------------------------------------------------------------------------------------


def run(count: int, place: Path, *, profile: bool = False) -> float:
    tree, library = place / f"{count}", place / f"{count}.library"
    if not library.exists():
        shutil.rmtree(tree, ignore_errors=True)
        print(f"the tree made in {spent(lambda: make_tree(tree, count)).wall:.0f} s", flush=True)
        print(f"taken in in {spent(lambda: make_library(library, tree)).wall:.0f} s", flush=True)
    with opened(library) as store:
        return measure(store, tree, profile=profile)


@pytest.mark.bench
def test_a_look_at_what_has_not_changed_is_little_more_than_a_walk(tmp_path: Path) -> None:
    assert run(20_000, tmp_path) < 15  # most of it is what every look spends on checking the index


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args(arguments)
    with ExitStack() as held:
        place = options.keep or Path(held.enter_context(tempfile.TemporaryDirectory()))
        run(options.files, place, profile=options.profile)


if __name__ == "__main__":
    main(sys.argv[1:])
