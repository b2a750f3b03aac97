"""How soon what changes is searchable: single documents, and a checkout of many files.

    python -m tests.bench.bench_watch [--files 20000] [--documents 10]

Times are from the last write to the hit by words (embeddings may follow). For the checkout: how long
until all is in, how many looks were started for it, and how long a letter took that was written
meanwhile beside it; then a move of the whole tree, and its deletion.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.engine.fakes import WordLengths

from strongroom_engine.indexing.looking.comparing import Comparing
from strongroom_engine.library import Library
from strongroom_engine.store import obtain_key

A_FOLDER = 40
LIMIT_S = 3600.0


class Bench:
    """A library that watches a folder, and counts the looks at it."""

    def __init__(self, base: Path) -> None:
        self.source = base / "source"
        self.source.mkdir()
        key = obtain_key(base / "library", key_file=base / "key", create=True)
        self.looks = 0
        look = Comparing.look

        def counted(comparing: Comparing, *arguments: object, **options: object) -> object:
            self.looks += 1
            return look(comparing, *arguments, **options)  # type: ignore[arg-type]

        Comparing.look = counted  # type: ignore[method-assign,assignment]
        self.embedder = WordLengths()
        self.library = Library(base / "library", key, embedder=self.embedder)
        self.library.add(str(self.source))
        self.library.watch()

    def until(self, holds: Callable[[], bool]) -> float:
        """Seconds until it holds."""
        began = time.monotonic()
        while not holds():
            if time.monotonic() - began > LIMIT_S:
                raise TimeoutError
            time.sleep(0.1)
        return time.monotonic() - began

    def found(self, word: str) -> list[str]:
        return [hit.file for hit in self.library.search(word, method="lexical").hits]

    def count(self, state: str = "") -> int:
        documents = self.library.status().documents
        return documents[state] if state else sum(documents.values())

    def read(self) -> int:
        return self.count() - self.count("pending")

    # --- what is measured ------------------------------------------------------------------------

    def documents(self, count: int) -> None:
        times = []
        for number in range(count):
            path = self.source / f"letter{number}.txt"
            path.write_text(f"The lighthouse{number}k keeper wrote this.")
            times.append(self.until(lambda n=number: bool(self.found(f"lighthouse{n}k"))))  # type: ignore[misc]
        say("single documents", f"median {statistics.median(times):.2f} s, most {max(times):.2f} s")

    def checkout(self, files: int) -> None:
        before, self.looks = self.count(), 0
        began = time.monotonic()
        for number in range(files):
            path = self.source / "tree" / f"{number // A_FOLDER}" / f"{number}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"File {number} of the checkout is about topic {number % 97}.")
        say("checkout", f"{files} files written in {time.monotonic() - began:.1f} s")
        self.until(lambda: self.read() > before)
        (self.source / "meanwhile.txt").write_text("The windmill stands beside.")
        beside = self.until(lambda: bool(self.found("windmill")))
        say("", f"a letter beside it, while it is read: found after {beside:.2f} s")
        took = self.until(lambda: self.read() >= before + files + 1)
        say("", f"all searchable {took + beside:.1f} s later, {self.looks} looks")

    def move(self, files: int) -> None:
        self.until(lambda: self.count("indexed") == self.count())
        self.embedder.embedded.clear()
        self.looks = 0
        (self.source / "tree").rename(self.source / "moved")
        place = str(self.source / "moved")
        word = "checkout"
        took = self.until(lambda: all(place in path for path in self.found(word) or [""]))
        there = self.until(lambda: self._inside(place) == files)
        say("move of all", f"first hits {took:.1f} s, all {took + there:.1f} s, {self.looks} looks")
        say("", f"{len(self.embedder.embedded)} embedded")

    def _inside(self, place: str) -> int:
        return sum(one.path.startswith(place) for one in self.library.documents())

    def delete(self, files: int) -> None:
        before, self.looks = self.count(), 0
        shutil.rmtree(self.source / "moved")
        took = self.until(lambda: self.count() == before - files)
        say("deletion of all", f"{took:.1f} s, {self.looks} looks")


def say(what: str, figures: str) -> None:
    print(f"{what:18}{figures}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--documents", type=int, default=10)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="strongroom-") as base:
        bench = Bench(Path(base))
        try:
            bench.documents(options.documents)
            bench.checkout(options.files)
            bench.move(options.files)
            bench.delete(options.files)
        finally:
            bench.library.close()


if __name__ == "__main__":
    main()
