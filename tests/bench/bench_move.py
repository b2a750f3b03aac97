"""What moving a folder costs: documents that are parsed, and passages that are embedded, anew.

    python -m tests.bench.bench_move [--documents N]

A folder of 1,000 documents is moved within its source, then into another source of the library,
then back as onto another disk (other files with the same content and time); then a source's own
folder gets another name and is added anew while the old one is away. Counted
are the documents that parsers were given and the passages that the model was; the model's tokens
are real, its vectors are made up.
"""

from __future__ import annotations

import argparse
import random
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.bench.bench_edit import Counting, paragraph

from strongroom_engine.errors import DocumentProblem
from strongroom_engine.indexing.parse.messages import Parsed
from strongroom_engine.indexing.parse.pool import ParserPool
from strongroom_engine.library import Library
from strongroom_engine.models.embedding_models import embedding_model
from strongroom_engine.store import LibraryKey
from strongroom_engine.types import FileFacts, State

DOCUMENTS = 1_000


@dataclass(frozen=True, slots=True)
class Cost:
    what: str
    parsed: int
    embedded: int
    seconds: float
    searchable: int
    """Documents that are indexed afterwards."""


class Moving:
    """Three sources in a library: one holds the folder, one is empty, one stands for itself."""

    def __init__(self, place: Path, library: Library, embedder: Counting, documents: int) -> None:
        self._library, self._embedder = library, embedder
        self._parsed = 0
        self.home, self.other, self.alone = (place / name for name in ("home", "other", "alone"))
        for folder in (self.home / "papers", self.other, self.alone):
            folder.mkdir(parents=True)
        self._write(self.home / "papers", documents, 1)
        self._write(self.alone, documents // 10, 2)

    def _write(self, folder: Path, documents: int, seed: int) -> None:
        dice = random.Random(seed)
        for number in range(documents):
            text = "\n\n".join(paragraph(dice) for _ in range(3))
            (folder / f"note {number}.txt").write_text(text, encoding="utf-8")

    def counting_parsers(self) -> None:
        whole = ParserPool.parse

        def parse(pool: ParserPool, facts: FileFacts, *more: object) -> Parsed | DocumentProblem:
            self._parsed += 1
            return whole(pool, facts, *more)  # type: ignore[arg-type]  # handed through

        ParserPool.parse = parse  # type: ignore[method-assign,assignment]  # counted, and done

    def cost(self, what: str, move: Callable[[], object], look: Callable[[], object]) -> Cost:
        move()
        self._parsed = self._embedder.given = 0
        began = time.perf_counter()
        look()
        seconds = time.perf_counter() - began
        indexed = self._library.status().documents[State.INDEXED]
        return Cost(what, self._parsed, self._embedder.given, seconds, indexed)

    @staticmethod
    def _carry(folder: Path, to: Path) -> None:
        shutil.copytree(folder, to)
        shutil.rmtree(folder)

    def costs(self) -> list[Cost]:
        library = self._library
        for folder in (self.home, self.other, self.alone):
            library.add(str(folder))
        renamed = self.alone.with_name("renamed")
        papers = self.home / "papers"
        return [
            self.cost(
                "within its source",
                lambda: papers.rename(self.home / "letters"),
                library.rescan,
            ),
            self.cost(
                "into another source",
                lambda: (self.home / "letters").rename(self.other / "letters"),
                library.rescan,
            ),
            self.cost(
                "into another source, as onto another disk",
                lambda: self._carry(self.other / "letters", self.home / "carried"),
                library.rescan,
            ),
            self.cost(
                "the source's own folder, added anew",
                lambda: self.alone.rename(renamed),
                lambda: library.add(str(renamed)),
            ),
        ]


def measure(documents: int) -> list[Cost]:
    embedder = Counting(embedding_model("all-MiniLM-L6-v2").folder)
    whole = ParserPool.parse
    with tempfile.TemporaryDirectory() as made:
        key = LibraryKey(secrets.token_bytes(32), "key file")
        try:
            with Library(Path(made) / "library", key, embedder=embedder) as library:
                moving = Moving(Path(made), library, embedder, documents)
                moving.counting_parsers()
                return moving.costs()
        finally:
            ParserPool.parse = whole  # type: ignore[method-assign]  # as it was


def report(costs: list[Cost]) -> None:
    for one in costs:
        print(
            f"moved {one.what}: {one.parsed} parsed, {one.embedded} embedded, in"
            f" {one.seconds:.1f} s; {one.searchable} are indexed"
        )


@pytest.mark.bench
def test_a_move_reads_and_embeds_nothing() -> None:
    for cost in measure(DOCUMENTS):
        assert (cost.parsed, cost.embedded) == (0, 0), cost


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    report(measure(parser.parse_args(arguments).documents))


if __name__ == "__main__":
    main(sys.argv[1:])
