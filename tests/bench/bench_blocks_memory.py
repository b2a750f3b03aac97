"""The memory of passages that were read: what the answer worker takes against what is reckoned.

    python tests/bench/bench_blocks_memory.py [--model default|small|test] [--mb N] [--beyond SHARE]

The plan is the planner's for this computer, with at most N MB for passages. A new worker with the
real model reads passages of about 230 tokens, until a share more was read than there is memory for,
and answers a question with each of the last ones, four at a time. Looked at are its resident memory
(now, and the most at any moment), how many passages it still has, by what it says that it need not
evaluate, and what is left after it was told to forget some of their documents.
"""

from __future__ import annotations

import argparse
import random
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from strongroom_engine.models.catalogue import CatalogueModel, load_catalogue
from strongroom_engine.models.generator import WorkerGenerator
from strongroom_engine.models.hardware import probe_hardware
from strongroom_engine.models.planner import choose
from strongroom_engine.settings import Settings, assets_folder, models_folder
from strongroom_engine.types import Generation, Message, ModelPlan, Prompt

STABLE = (
    Message(
        "system", "Answer from the sources alone, and say so when they do not hold the answer."
    ),
)
WORDS = Path(__file__).with_name("words.txt").read_text(encoding="utf-8").split()
PASSAGE_WORDS = 180
AT_ONCE = 4
TOLD = 8
"""Documents that are to be forgotten."""
LOOK_EVERY_S = 0.02


def plan(use: str, most_mb: int) -> tuple[ModelPlan, CatalogueModel]:
    catalogue = load_catalogue(assets_folder() / "catalogue" / "models.toml")
    model = next(model for model in catalogue.model if getattr(model, use))
    settings = Settings(passage_memory_mb=most_mb)
    return choose(probe_hardware(), catalogue, models_folder(), settings, model.id), model


def prompt(texts: Sequence[str], documents: Sequence[str]) -> Prompt:
    asked = "\n\n".join((*texts, "Question: what does the tenant pay?"))
    messages = (*STABLE, Message("user", asked))
    return Prompt(messages, 1, 0.0, 1, passages=tuple(texts), documents=tuple(documents))


class Watched:
    """The resident memory of a process, and the most of it that was seen."""

    def __init__(self, number: int) -> None:
        self._process = psutil.Process(number)
        self._ended = threading.Event()
        self.most = self.now
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    @property
    def now(self) -> int:
        return int(self._process.memory_info().rss)

    def end(self) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(LOOK_EVERY_S):
            self.most = max(self.most, self.now)


@contextmanager
def running(chosen: ModelPlan) -> Iterator[tuple[WorkerGenerator, Watched]]:
    generator = WorkerGenerator(chosen)
    try:
        generator.load(STABLE)
        assert generator._worker is not None
        watched = Watched(generator._worker.child.pid)
        yield generator, watched
        watched.end()
    finally:
        generator.close()


@dataclass(frozen=True)
class Passages:
    """Texts, each a document's, and the tokens of each."""

    texts: list[str]
    tokens: list[int]

    def prompt(self, *numbers: int) -> Prompt:
        documents = [f"/docs/{number}.txt" for number in numbers]
        return prompt([self.texts[number] for number in numbers], documents)


def made(generator: WorkerGenerator, enough_tokens: float) -> Passages:
    dice, texts, tokens = random.Random(5), list[str](), list[int]()
    while sum(tokens) < enough_tokens:
        text = " ".join(dice.choices(WORDS, k=PASSAGE_WORDS))
        texts.append(f"Source {len(texts)}\n{text}.")
        tokens.append(generator.count_tokens(f"{texts[-1]}\n\n"))
    return Passages(texts, tokens)


def ask(generator: WorkerGenerator, asked: Prompt) -> Generation:
    return generator.generate(asked, lambda _text: None, lambda: False)


def held(generator: WorkerGenerator, passages: Passages, numbers: Sequence[int]) -> list[int]:
    """Which of these it still has, looked for in their order up to the first that it has not."""
    found = []
    for number in numbers:
        if ask(generator, passages.prompt(number)).reused_tokens < passages.tokens[number]:
            break
        found.append(number)
    return found


def measure(use: str, most_mb: int = 1024, beyond: float = 0.25) -> dict[str, float]:
    chosen, model = plan(use, most_mb)
    with running(chosen) as (generator, watched):
        loaded = watched.now
        room = chosen.block_bytes / model.kv_bytes_per_token
        passages = made(generator, room * (1 + beyond))
        every = range(len(passages.texts))
        for number in every:
            generator.read(passages.prompt(number))
        filled = watched.now
        with ThreadPoolExecutor(AT_ONCE) as threads:
            last = [every[-4 - at : len(every) - at] for at in range(8)]
            list(threads.map(lambda four: ask(generator, passages.prompt(*four)), last))
        known = held(generator, passages, every[::-1])
        most = watched.most
        told, others = known[: 2 * TOLD : 2], known[1 : 2 * TOLD : 2]
        generator.forget([f"/docs/{number}.txt" for number in told])
        kept = [number for number in others if held(generator, passages, [number])]
        gone = [number for number in told if not held(generator, passages, [number])]
    tokens = sum(passages.tokens[number] for number in known)
    reckoned = chosen.memory_needed + chosen.block_bytes
    mb = 1 << 20
    return {
        "memory_needed_mb": chosen.memory_needed / mb,
        "block_bytes_mb": chosen.block_bytes / mb,
        "cells": chosen.cells,
        "loaded_mb": loaded / mb,
        "filled_mb": filled / mb,
        "most_mb": most / mb,
        "loaded_over_needed": loaded / chosen.memory_needed,
        "most_over_needed_and_blocks": most / reckoned,
        "grown_over_block_bytes": (filled - loaded) / max(chosen.block_bytes, 1),
        "passages_read": len(every),
        "passages_held": len(known),
        "tokens_held": tokens,
        "tokens_held_over_room": tokens / max(room, 1),
        "forgotten_over_told": len(gone) / max(len(told), 1),
        "kept_over_not_told": len(kept) / max(len(others), 1),
    }


@pytest.mark.bench
def test_what_is_kept_fits_into_what_is_reckoned() -> None:
    found = measure("small", most_mb=64)
    print(found)
    assert found["most_over_needed_and_blocks"] <= 1
    assert 0.9 < found["tokens_held_over_room"] <= 1
    assert found["forgotten_over_told"] == 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="default", choices=["default", "small", "test"])
    parser.add_argument("--mb", type=int, default=1024)
    parser.add_argument("--beyond", type=float, default=0.25)
    options = parser.parse_args()
    for name, value in measure(options.model, options.mb, options.beyond).items():
        print(f"{name:30}{value:12.2f}")
