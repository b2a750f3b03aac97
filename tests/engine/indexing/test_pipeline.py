"""The indexer under faults: a model that fails, a parser that hangs, a source that goes away."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from tests.engine.fakes import Only, WordLengths

from strongroom_engine.errors import Cancelled, DiskFull, DocumentProblem, StrongroomError
from strongroom_engine.indexing.parse.messages import Parsed
from strongroom_engine.indexing.parse.pool import ParserPool
from strongroom_engine.indexing.pipeline import Indexer
from strongroom_engine.processes import Child
from strongroom_engine.settings import Settings
from strongroom_engine.store import Store
from strongroom_engine.types import FileFacts, Progress, State

ODD_WORKER = Path(__file__).parent / "parse" / "odd_worker.py"
AT_ONCE_S = 1.0


class Failing(WordLengths):
    """An embedding model that raises `failure` until it is taken away."""

    def __init__(self, failure: Exception) -> None:
        super().__init__()
        self.failure: Exception | None = failure

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        if self.failure is not None:
            raise self.failure
        return super().embed(texts)


class Bench:
    """An indexer with its store and what it told."""

    def __init__(self, store: Store, pool: ParserPool, embedder: WordLengths) -> None:
        self.store = store
        self.progress: list[Progress | None] = []
        self.troubles: list[StrongroomError] = []
        self.restless: list[tuple[str, str]] = []
        self.indexer = Indexer(
            store,
            pool,
            Only(embedder),
            Settings(),
            on_progress=self.progress.append,
            on_trouble=self.troubles.append,
            on_restless=lambda source, path: self.restless.append((source, path)),
        )

    def add(self, folder: Path, **files: str) -> str:
        folder.mkdir()
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        self.store.add_source(str(folder), folder.name)
        return str(folder)


def start_odd_worker() -> Child:
    command = [sys.executable, str(ODD_WORKER)]
    pipe = subprocess.PIPE
    return Child(
        subprocess.Popen(
            command,
            stdin=pipe,
            stdout=pipe,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            start_new_session=True,
        )
    )


@pytest.fixture
def make_bench(store: Store) -> Iterator[Callable[[WordLengths], Bench]]:
    made: list[Bench] = []
    with ParserPool(1, Settings(), start_odd_worker) as pool:

        def make(embedder: WordLengths) -> Bench:
            made.append(Bench(store, pool, embedder))
            return made[-1]

        yield make
        for bench in made:
            bench.indexer.close()


@pytest.fixture
def bench(make_bench: Callable[[WordLengths], Bench]) -> Bench:
    return make_bench(WordLengths())


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as pool:
        yield pool


def reading(bench: Bench, name: str) -> None:
    """Wait until the parser is at work on the file."""
    deadline = time.monotonic() + 20
    while not any(one and one.what.endswith(name) for one in bench.progress):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def ends_at_once(future: Future[None]) -> None:
    with pytest.raises(Cancelled):
        future.result(timeout=AT_ONCE_S)


@pytest.mark.parametrize("failure", [RuntimeError("of the model's own"), DiskFull(library="x")])
def test_whoever_waits_hears_that_embedding_failed_and_it_goes_on_later(
    make_bench: Callable[[WordLengths], Bench],
    tmp_path: Path,
    failure: Exception,
    caplog: pytest.LogCaptureFixture,
) -> None:
    embedder = Failing(failure)
    bench = make_bench(embedder)
    source = bench.add(tmp_path / "papers", note="text")
    bench.indexer.sync(source)
    with pytest.raises(type(failure)):
        bench.indexer.wait_embedded()
    assert bench.store.status().documents[State.READABLE] == 1
    assert [type(one) for one in bench.troubles] == [DiskFull] * isinstance(failure, DiskFull)
    assert "of the model's own" not in caplog.text
    caplog.clear()

    embedder.failure = None
    bench.indexer.sync(source)
    bench.indexer.wait_embedded()
    assert bench.store.status().documents[State.INDEXED] == 1


def test_cancelling_does_not_wait_for_a_parser(
    bench: Bench, tmp_path: Path, threads: ThreadPoolExecutor
) -> None:
    source = bench.add(tmp_path / "papers", hangs="x")
    cancelled = threading.Event()
    syncing = threads.submit(bench.indexer.sync, source, cancelled=cancelled.is_set)
    reading(bench, "hangs")
    cancelled.set()
    ends_at_once(syncing)
    assert bench.progress[-1] is None  # at rest, although not all was done
    assert bench.store.status().documents[State.PENDING] == 1

    Path(source, "hangs").rename(Path(source, "reads"))
    bench.indexer.sync(source)
    bench.indexer.wait_embedded()
    assert bench.store.status().documents[State.INDEXED] == 1
    assert bench.progress[-1] is None


def test_a_look_over_many_files_can_be_cancelled(bench: Bench, tmp_path: Path) -> None:
    source = bench.add(tmp_path / "papers", **{f"note{number}": "text" for number in range(5)})
    looks = iter([False, False, True])
    with pytest.raises(Cancelled):
        bench.indexer.sync(source, cancelled=lambda: next(looks))
    assert sum(bench.store.status().documents.values()) == 0


def test_ending_does_not_wait_for_a_parser(
    bench: Bench, tmp_path: Path, threads: ThreadPoolExecutor
) -> None:
    source = bench.add(tmp_path / "papers", hangs="x")
    syncing = threads.submit(bench.indexer.sync, source)
    reading(bench, "hangs")
    bench.indexer.stop()
    ends_at_once(syncing)


def test_a_source_is_removed_while_another_is_read(
    bench: Bench, tmp_path: Path, threads: ThreadPoolExecutor
) -> None:
    other = bench.add(tmp_path / "other", note="text")
    source = bench.add(tmp_path / "papers", hangs="x")
    syncing = threads.submit(bench.indexer.sync, source)
    reading(bench, "hangs")
    threads.submit(bench.indexer.remove, other).result(timeout=AT_ONCE_S)
    assert [one.path for one in bench.store.sources()] == [source]
    assert not syncing.done()

    # And one that is read itself: its reading ends.
    threads.submit(bench.indexer.remove, source).result(timeout=AT_ONCE_S)
    ends_at_once(syncing)
    assert bench.store.status().documents[State.PENDING] == 0


def test_a_file_that_goes_while_it_is_read_is_looked_at_once_more(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = bench.add(tmp_path / "papers", **{"a.txt": "It goes.", "b.txt": "It stays."})
    parse = ParserPool.parse

    def take_away(pool: ParserPool, facts: FileFacts) -> Parsed | DocumentProblem:
        (tmp_path / "papers" / "a.txt").unlink(missing_ok=True)
        return parse(pool, facts)

    monkeypatch.setattr(ParserPool, "parse", take_away)
    bench.indexer.sync(source)
    assert bench.restless == [(source, str(tmp_path / "papers" / "a.txt"))]
