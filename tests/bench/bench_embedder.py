"""Embedding: chunks a second, and what sorting by length brings.

    python tests/bench/bench_embedder.py [--rounds N]

Each round embeds the same made-up passages (5 to 250 tokens, in random order) in both ways, in
turn; the ratio is taken round by round, so a machine whose speed drifts does not matter.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from pathlib import Path

import numpy as np
import pytest

from strongroom_engine.models.embedder import BATCH, OnnxEmbedder
from strongroom_engine.models.embedding_models import embedding_model

WORDS = Path(__file__).with_name("words.txt").read_text(encoding="utf-8").split()


def passages(count: int = 240) -> list[str]:
    dice = random.Random(11)
    return [" ".join(dice.choices(WORDS, k=dice.randint(5, 210))) for _ in range(count)]


def seconds(work: object, *arguments: object) -> float:
    assert callable(work)
    begun = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - begun


def in_order(embedder: OnnxEmbedder, texts: list[str]) -> np.ndarray:
    """Batches of the same size in order of arrival; each call sorts only within itself."""
    parts = [embedder.embed(texts[at : at + BATCH]) for at in range(0, len(texts), BATCH)]
    return np.concatenate(parts)


def measure(rounds: int) -> dict[str, float]:
    embedder = OnnxEmbedder(embedding_model("all-MiniLM-L6-v2").folder)
    texts = passages()
    tokens = sum(len(embedder.token_offsets(text)) for text in texts)
    embedder.embed(texts[:BATCH])
    sorted_s, arrival_s = [], []
    for _ in range(rounds):
        sorted_s.append(seconds(embedder.embed, texts))
        arrival_s.append(seconds(in_order, embedder, texts))
    ratios = [slow / fast for slow, fast in zip(arrival_s, sorted_s, strict=True)]
    return {
        "chunks_per_second": len(texts) / min(sorted_s),
        "tokens_per_second": tokens / min(sorted_s),
        "sorted_over_arrival": statistics.median(ratios),
    }


@pytest.mark.bench
def test_sorting_by_length_pays() -> None:
    found = measure(rounds=3)
    print(found)
    assert found["sorted_over_arrival"] > 1.1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    for name, value in measure(parser.parse_args().rounds).items():
        print(f"{name:22}{value:10.2f}")
