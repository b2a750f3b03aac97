"""What may happen to a library at any moment: it is killed, its disk is full, another holds it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.engine.fakes import WordLengths
from tests.engine.store.conftest import Papers
from tests.engine.store.test_opening import EVERYTHING, KEY, ROOT, python, read_everything

from strongroom_engine.errors import DiskFull, NoLibrary, NotASource
from strongroom_engine.library import Library
from strongroom_engine.store import Store, connection, sources
from strongroom_engine.store.soundness import checking
from strongroom_engine.types import State

if TYPE_CHECKING:
    from tests.engine.store.conftest import OpenStore


def test_a_full_disk_is_said_and_loses_nothing(store: Store, papers: Papers) -> None:
    """Also where sqlite-vec hides it behind a message of its own."""
    papers.put(store, "a.pdf", *(f"Document {n}." for n in range(1000)))
    waiting = store.waiting(1000)
    assert store._writer
    store._writer.pragma("max_page_count", store._writer.pragma("page_count"))
    with pytest.raises(DiskFull):
        store.put_embeddings([row for row, _ in waiting], papers.embed([t for _, t in waiting]))
    with pytest.raises(DiskFull):
        papers.put(store, "b.pdf", *(f"{n} words." * 100 for n in range(1000)))
    assert (len(store.documents()), store.waiting_count()) == (1, 1000)
    store._writer.pragma("max_page_count", 1_000_000)
    assert papers.embed_all(store) == 1000


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_killed_at_any_moment_the_library_is_whole(
    folder: Path, open_store: OpenStore, papers: Papers
) -> None:
    store = open_store()
    store.add_source(papers.source, "Papers")
    store.close()
    moments = random.Random(2)
    promised = 0
    for _ in range(10):
        promised = max(promised, _write_and_be_killed(folder, 0.05 + moments.random() / 3))
        with pytest.raises(NoLibrary):
            Store.open(folder / "none", KEY, mode="read", model="words-16", dimensions=16)
        reader = open_store(mode="read")  # before any writer has recovered the log
        read_everything(reader, papers)
        reader.close()
        with closing(connection.connect(folder, KEY.raw, write=True)) as db, db:
            assert checking.faults(db, thorough=True) == {}
    texts = {document.path for document in open_store().documents()}
    assert promised > 20
    assert {f"/docs/{number}.pdf" for number in range(promised)} <= texts


def _write_and_be_killed(folder: Path, after_s: float) -> int:
    """How many documents the child said it had committed before it was killed."""
    with python("library_child", "forever", str(folder)) as child:
        assert child.stdout
        lines = [child.stdout.readline()]
        time.sleep(after_s)
        child.send_signal(signal.SIGKILL)
        lines += child.stdout.readlines()
        assert child.stdin
        child.stdin.close()
    return max(int(line) for line in lines if line.endswith("\n"))


# --- removing a large source ---------------------------------------------------------------------


def large(store: Store, papers: Papers, monkeypatch: pytest.MonkeyPatch) -> None:
    """A source of which not all can be deleted at once, and a document of another one."""
    monkeypatch.setattr(sources, "DELETED_AT_ONCE", 4)
    for number in range(10):
        papers.put(store, f"{number}.pdf", "Common word.", f"Own {number}.")
    store.add_source("/others", "Others")
    others = Papers()
    others.source = "/others"
    others.put(store, "stays.pdf", "Common word.")
    papers.embed_all(store)


def test_a_removed_source_is_gone_at_once_and_deleted_in_parts(
    store: Store, papers: Papers, monkeypatch: pytest.MonkeyPatch
) -> None:
    large(store, papers, monkeypatch)
    vector = papers.vector("Paper\nCommon word.\n")
    assert len(store.chunks([row for row, _ in store.lexical("common", 99, EVERYTHING)])) == 11
    store.remove_source("/docs")
    assert store.chunk_count() > 10  # most is there yet
    for hits in (store.lexical("common", 99, EVERYTHING), store.dense(vector, 99, EVERYTHING)):
        found = store.chunks([row for row, _ in hits]).values()
        assert {chunk.path for chunk in found} == {"/others/stays.pdf"}
    assert [source.path for source in store.sources()] == ["/others"]
    assert store.collections() == ("Others",)
    assert [document.path for document in store.documents()] == ["/others/stays.pdf"]
    assert sum(store.status().documents.values()) == 1
    with pytest.raises(NotASource):
        papers.put(store, "0.pdf", "Read when it was removed.")
    parts = 0
    while store.managing.delete_some():
        parts += 1
    assert parts > 2
    assert store.chunk_count() == 1
    with store._write() as db:
        assert checking.faults(db) == {}


def test_what_interrupts_the_removal_leaves_whole_documents(
    store: Store, papers: Papers, open_store: OpenStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    large(store, papers, monkeypatch)
    store.remove_source("/docs")
    store.managing.delete_some()
    store.close()
    again = open_store()
    with again._write() as db:
        assert checking.faults(db) == {}
    again.add_source("/docs", "Papers")  # in the midst of it
    while again.managing.delete_some():
        pass
    assert papers.put(again, "0.pdf", "Anew.") == 1
    assert again.collections() == ("Others", "Papers")
    assert again.chunk_count() == 2


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_the_whole_engine_may_be_killed() -> None:
    """A few kills; `tests/bench/bench_kill.py` does hundreds."""
    bench = ROOT / "tests" / "bench" / "bench_kill.py"
    ran = subprocess.run(
        [sys.executable, str(bench), "--times", "4", "--seed", "4", "--words"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "4 kills" in ran.stdout


def test_a_clock_that_is_set_back_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """By a day, between two starts and while it runs."""
    papers = tmp_path / "Papers"
    papers.mkdir()
    (papers / "old.txt").write_text("The walrus lives in the pool.", "utf-8")
    now = time.time
    day_s = 86_400.0

    def opened() -> Library:
        return Library(tmp_path / "library", KEY, embedder=WordLengths())

    with opened() as library:
        library.add(str(papers))
        (before,) = library.sources()
    monkeypatch.setattr(time, "time", lambda: now() - day_s)
    with opened() as library:
        (papers / "new.txt").write_text("The heron came later.", "utf-8")
        os.utime(papers / "new.txt", (now() - day_s, now() - day_s))
        library.rescan()
        monkeypatch.setattr(time, "time", lambda: now() - 2 * day_s)
        (papers / "old.txt").write_text("The walrus left the pool.", "utf-8")
        os.utime(papers / "old.txt", (now() - 2 * day_s, now() - 2 * day_s))
        library.rescan()
        assert library.status().documents["indexed"] == 2
        assert not library.search("lives", method="lexical").hits
        for word in ("left", "heron"):
            assert library.search(word, method="lexical").hits
        report = library.reading.report(str(papers / "old.txt"))
        assert report.took_ms >= 0
        assert library.sources()[0].seen_ms <= before.seen_ms
        assert library._store.reports.mend(str(papers)) == (0, ())
    assert not caplog.records


def test_no_vector_answers_for_another_text_and_indexed_means_all(
    store: Store, papers: Papers
) -> None:
    papers.put(store, "a.pdf", "One.", "Two.")
    papers.embed_all(store)
    papers.put(store, "a.pdf", "Three.", "Four.")
    assert store.dense(papers.vector("Paper\nOne.\n"), 9, EVERYTHING) == []
    (first, text), _ = store.waiting(9)
    store.put_embeddings([first], papers.embed([text]))
    assert [row for row, _ in store.dense(papers.vector("x"), 9, EVERYTHING)] == [first]
    assert store.documents()[0].state is State.READABLE
    papers.embed_all(store)
    assert store.documents()[0].state is State.INDEXED
