"""How far indexing is: counted truly, and the time left weighed by what the documents are."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from tests.engine.fakes import Only, WordLengths

from strongroom_engine.errors import Cancelled, LibraryModelMissing
from strongroom_engine.indexing import progress as progress_module
from strongroom_engine.indexing.estimating import Estimate, Smoothed
from strongroom_engine.indexing.parse.pool import ParserPool
from strongroom_engine.indexing.pipeline import Indexer
from strongroom_engine.settings import Settings
from strongroom_engine.store import Store
from strongroom_engine.types import FileFacts, Progress, State


def facts(name: str, size: int) -> FileFacts:
    return FileFacts(f"/papers/{name}", size, 0, "")


# --- guessing --------------------------------------------------------------------------------------


def test_what_waits_is_weighed_by_its_size_among_its_kind() -> None:
    estimate = Estimate()
    waiting = [facts("a.txt", 1_000), facts("book.txt", 100_000), facts("b.pdf", 50_000)]
    estimate.add([*waiting, facts("c.txt", 2_000)])
    estimate.read(facts("c.txt", 2_000), chunks=4, seconds=0.1)
    # Texts by their bytes; a kind that was not met yet as the mean of all.
    assert estimate.chunks_to_come() == pytest.approx(2 + 200 + 4)
    estimate.drop(waiting)
    assert estimate.chunks_to_come() == 0
    assert estimate.seconds_to_come() == 0


def test_nothing_is_known_before_anything_was_read() -> None:
    estimate = Estimate()
    assert estimate.knows
    estimate.add([facts("a.txt", 10)])
    assert not estimate.knows
    estimate.read(facts("a.txt", 10), chunks=1, seconds=0.5)
    assert estimate.knows


def test_the_time_left_runs_down_and_does_not_jump() -> None:
    left = Smoothed()
    assert left.follow(None, 0.0) is None
    assert left.follow(100.0, 1.0) == 100.0
    assert left.follow(99.0, 2.0) == pytest.approx(99.0)
    jumped = left.follow(500.0, 3.0)
    assert jumped is not None
    assert 98 < jumped < 200
    assert left.follow(0.0, 60.0) == 0.0


# --- counting --------------------------------------------------------------------------------------


class Held(WordLengths):
    """Embeds nothing until it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.open = threading.Event()

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        assert self.open.wait(30)
        return super().embed(texts)


class Told:
    """An indexer over a folder of notes, and what it tells."""

    def __init__(self, store: Store, pool: ParserPool, embedder: WordLengths, folder: Path) -> None:
        folder.mkdir()
        for number in range(20):
            (folder / f"{number:02}.txt").write_text(f"Note {number}.", encoding="utf-8")
        (folder / "scan.bin").write_bytes(bytes(range(256)))
        store.add_source(str(folder), "papers")
        self.store = store
        self.source = str(folder)
        self.said: list[Progress | None] = []
        self.indexer = Indexer(
            store, pool, Only(embedder), Settings(), on_progress=self.said.append
        )

    def progress(self) -> list[Progress]:
        return [one for one in self.said if one is not None]


@pytest.fixture(autouse=True)
def every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress_module, "PROGRESS_EVERY_S", 0)


def test_it_never_says_all_while_something_is_left(
    store: Store, pool: ParserPool, tmp_path: Path
) -> None:
    told = Told(store, pool, WordLengths(), tmp_path / "papers")
    try:
        told.indexer.sync(told.source)
        told.indexer.wait_embedded()
    finally:
        told.indexer.close()
    said = told.progress()
    for one in said:
        assert 0 <= one.done <= one.total == 21
        assert 0 <= one.share <= 1
        assert one.done < one.total or not one.chunks_waiting
        assert one.left_s is None or one.left_s >= 0
    shares = [one.share for one in said]
    assert shares == sorted(shares)
    assert said[-1].chunks_done <= 20
    assert told.said[-1] is None


def test_what_was_done_before_a_cancel_counts_and_only_the_rest_is_read(
    store: Store, pool: ParserPool, tmp_path: Path
) -> None:
    embedder = Held()
    told = Told(store, pool, embedder, tmp_path / "papers")
    try:
        with pytest.raises(Cancelled):
            told.indexer.sync(told.source, cancelled=lambda: readable(store) >= 5)
        embedder.open.set()
        told.indexer.wait_embedded()
        counts = store.status().documents
        done, left = counts[State.INDEXED], counts[State.PENDING]
        assert 5 <= done < 20
        assert told.said[-1] is None
        told.said.clear()

        told.indexer.sync(told.source)
        told.indexer.wait_embedded()
        assert {one.total for one in told.progress()} == {left}
        assert store.status().documents[State.INDEXED] == 20
        assert len(embedder.embedded) == 20  # nothing twice
    finally:
        embedder.open.set()
        told.indexer.close()


def test_who_waits_for_a_model_that_is_another_hears_of_it(
    store: Store, pool: ParserPool, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    other = WordLengths()
    other.model = "another"
    told = Told(store, pool, other, tmp_path / "papers")
    try:
        told.indexer.sync(told.source)
        with pytest.raises(LibraryModelMissing):
            told.indexer.wait_embedded()
        assert other.embedded == []
    finally:
        told.indexer.close()
    assert "embedding stopped" in caplog.text
    caplog.clear()


def readable(store: Store) -> int:
    return store.status().documents[State.READABLE]


def test_counts_that_are_dear_are_not_asked_for_each_time(
    store: Store, pool: ParserPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[float] = []
    whole = store.waiting_count

    def slowly() -> int:
        asked.append(time.monotonic())
        time.sleep(0.05)
        return whole()

    monkeypatch.setattr(store, "waiting_count", slowly)
    told = Told(store, pool, WordLengths(), tmp_path / "papers")
    try:
        told.indexer.sync(told.source)
        told.indexer.wait_embedded()
    finally:
        told.indexer.close()
    assert len(told.progress()) > 20
    for before, after in pairwise(asked):
        assert after - before > 0.05 / progress_module.COUNTING_SHARE * 0.9
