"""What indexing costs an answer: its time while a folder is indexed over its time while nothing is.

    python -m tests.bench.bench_yielding [--rounds N] [--model NAME] [--pause]

Each round asks the same question four times: once to warm up, once with indexing paused, once while
it goes on and holds back for the question, and once while it goes on and does not. The ratios are
taken round by round, so a machine whose speed drifts does not matter. With --pause it is measured
instead for how long after a pause anything of the engine or its parsers still computes.
"""

from __future__ import annotations

import argparse
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

import psutil
import pytest
from tests.bench.bench_indexing import make_documents

from strongroom_engine.errors import Cancelled
from strongroom_engine.library import Library
from strongroom_engine.store import LibraryKey

QUESTIONS = (
    "How high is the yearly rent?",
    "When must a break notice be served?",
    "Who are the parties of the lease?",
    "How is the rent payable?",
)
LEASE = (
    "Lease of 14 Harbour Street between Quayside Estates and Holt Textiles.\n\n"
    "The yearly rent is 42,500 pounds. It is payable in four instalments.\n\n"
    "A break notice must be served at least six months before 31 March 2026.\n"
)


@contextmanager
def indexing(library: Library) -> Iterator[None]:
    """A folder is indexed during the block."""
    with ThreadPoolExecutor(1) as threads:
        library.indexing.pause(False)
        going_on = threads.submit(library.rescan)
        time.sleep(2.0)  # until parsers and the embedding model are at work
        try:
            assert not going_on.done(), "there is nothing left to index"
            yield
        finally:
            library.indexing.pause()
            with suppress(Cancelled):
                going_on.result()


def answer_s(library: Library, question: str, model: str) -> float:
    began = time.perf_counter()
    library.answers.ask(question, model=model, everywhere=True, collections=["Lease"])
    return time.perf_counter() - began


def measure(rounds: int, model: str) -> list[tuple[float, float]]:
    """(holding back, not holding back) over at rest, for each round."""
    found = []
    with tempfile.TemporaryDirectory() as made:
        place = Path(made)
        for name in ("Lease", "Heap"):
            (place / name).mkdir()
        (place / "Lease" / "lease.txt").write_text(LEASE, encoding="utf-8")
        make_documents(place / "Heap", pdfs=60 * rounds, texts=120 * rounds)
        with Library(place / "library", LibraryKey(secrets.token_bytes(32), "key file")) as library:
            library.add(str(place / "Lease"))
            library.indexing.pause()
            library.add(str(place / "Heap"))
            holding = library.answers._answering
            for number in range(rounds):
                question = QUESTIONS[number % len(QUESTIONS)]
                answer_s(library, question, model)
                alone = answer_s(library, question, model)
                with indexing(library):
                    held = answer_s(library, question, model)
                library.answers._answering = nullcontext
                with indexing(library):
                    beside = answer_s(library, question, model)
                library.answers._answering = holding
                print(f"  {alone:6.2f} s alone {held:6.2f} s held back {beside:6.2f} s beside")
                found.append((held / alone, beside / alone))
    return found


AT_WORK_S = 0.02
"""Processor time in a look's while that says that something is at work."""
LOOK_EVERY_S = 0.1
LOOKED_AT_S = 3.0


def _cpu_s() -> float:
    """The processor time of this process and its children so far, without this thread's."""
    total = -time.thread_time()
    for process in (psutil.Process(), *psutil.Process().children(recursive=True)):
        with suppress(psutil.Error):
            total += sum(process.cpu_times()[:2])
    return total


def still_at_work_s(library: Library) -> tuple[float, float]:
    """Pause; how long after that anything still computed, and its processor time, which does not
    depend on who else is at work on this machine."""
    began, before, last_s = time.monotonic(), _cpu_s(), 0.0
    library.indexing.pause()
    first = before
    while time.monotonic() - began < LOOKED_AT_S:
        time.sleep(LOOK_EVERY_S)
        now = _cpu_s()
        if now - before > AT_WORK_S:
            last_s = time.monotonic() - began
        before = now
    return last_s, before - first


def measure_pauses(rounds: int) -> list[tuple[float, float]]:
    """For each round what `still_at_work_s` gives."""
    found = []
    with tempfile.TemporaryDirectory() as made:
        place = Path(made)
        (place / "Heap").mkdir()
        make_documents(place / "Heap", pdfs=10 * rounds, texts=60 * rounds)
        with Library(place / "library", LibraryKey(secrets.token_bytes(32), "key file")) as library:
            library.indexing.pause()
            library.add(str(place / "Heap"))
            for _ in range(rounds):
                with indexing(library):
                    found.append(still_at_work_s(library))
                last_s, used_s = found[-1]
                print(
                    f"  {used_s:.2f} s of processor time after a pause, the last {last_s:.2f} s after it"
                )
    return found


def report(ratios: list[tuple[float, float]]) -> float:
    """Print the medians; that of holding back."""
    held = statistics.median(ratio for ratio, _ in ratios)
    beside = statistics.median(ratio for _, ratio in ratios)
    print(f"An answer while a folder is indexed takes {held:.2f} times as long as at rest;")
    print(f"if indexing did not hold back, {beside:.2f} times.")
    return held


@pytest.mark.bench
def test_an_answer_hardly_waits_for_indexing() -> None:
    assert report(measure(4, "")) < 1.5


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--model", default="")
    parser.add_argument("--pause", action="store_true")
    options = parser.parse_args(arguments)
    if options.pause:
        after, _ = zip(*measure_pauses(options.rounds), strict=True)
        print(f"At most {max(after):.2f} s after a pause all is at rest.")
        return
    report(measure(options.rounds, options.model))


if __name__ == "__main__":
    main(sys.argv[1:])
