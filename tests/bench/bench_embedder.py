"""The two embedding models side by side: indexing rate, a question, loading, memory.

    python tests/bench/bench_embedder.py [--rounds N]

Each round embeds the same made-up passages (5 to 210 words, in random order) and questions with
both models, in turn; ratios are taken round by round, so a machine whose speed drifts does not
matter. Times are processor time where they say so: it does not count who else uses the machine.
Loading and memory are those of a process that loads one model, asks one question and embeds 16
passages. `alone_over_batch` is why a processor embeds every text by itself: the time for eight
passages of about 230 tokens one by one, over that for the eight as one padded batch.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from strongroom_engine.models.embedder import OnnxEmbedder
from strongroom_engine.models.embedding_models import embedding_model

WORDS = Path(__file__).with_name("words.txt").read_text(encoding="utf-8").split()
SMALL, MULTILINGUAL = "all-MiniLM-L6-v2", "multilingual-e5-small"
MEBIBYTE = 1 << 20
QUESTION = "How much does the cleaning company charge per square metre?"
QUESTIONS = 20


def passages(count: int = 80) -> list[str]:
    dice = random.Random(11)
    return [" ".join(dice.choices(WORDS, k=dice.randint(5, 210))) for _ in range(count)]


def seconds(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    begun = clock()
    work()
    return clock() - begun


def load(name: str) -> dict[str, float]:
    """What a fresh process pays for this model."""
    import numpy as np

    from strongroom_engine.models.graphs import runtime

    onnxruntime = runtime()
    assert np.__version__
    assert onnxruntime.__version__  # the libraries themselves are not the model's cost
    process = psutil.Process()
    before = process.memory_info().rss
    embedder = OnnxEmbedder(embedding_model(name).folder)
    begun = time.process_time()
    load_s = seconds(lambda: embedder.embed_query(QUESTION))
    load_cpu_s = time.process_time() - begun
    loaded = process.memory_info().rss
    embedder.embed(passages(16))
    after = process.memory_info().rss
    return {
        "load_s": load_s,
        "load_cpu_s": load_cpu_s,
        "loaded_mib": (loaded - before) / MEBIBYTE,
        "embedding_mib": (after - before) / MEBIBYTE,
    }


def load_in_a_process(name: str) -> dict[str, float]:
    command = [sys.executable, str(Path(__file__)), "--load", name]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    result: dict[str, float] = json.loads(found.stdout)
    return result


def rates(rounds: int) -> dict[str, dict[str, float]]:
    embedders = {name: OnnxEmbedder(embedding_model(name).folder) for name in (SMALL, MULTILINGUAL)}
    texts = passages()
    taken: dict[str, dict[str, list[float]]] = {name: {} for name in embedders}
    for embedder in embedders.values():
        embedder.embed(texts[:8])
    for _ in range(rounds):
        for name, embedder in embedders.items():
            for what, value in _round(embedder, texts).items():
                taken[name].setdefault(what, []).append(value)
    found = {
        name: {what: min(values) for what, values in each.items()} for name, each in taken.items()
    }
    found["ratio"] = {
        what: statistics.median(
            many / few for many, few in zip(values, taken[SMALL][what], strict=True)
        )
        for what, values in taken[MULTILINGUAL].items()
    }
    return found


def _round(embedder: OnnxEmbedder, texts: list[str]) -> dict[str, float]:
    tokens = sum(len(embedder.token_offsets(text)) for text in texts)
    ask = [lambda: embedder.embed_query(QUESTION)] * QUESTIONS
    cpu_s = seconds(lambda: embedder.embed(texts), time.process_time)
    return {
        "wall_ms_a_passage": seconds(lambda: embedder.embed(texts)) / len(texts) * 1e3,
        "cpu_ms_a_passage": cpu_s / len(texts) * 1e3,
        "cpu_us_a_token": cpu_s / tokens * 1e6,
        "query_ms": statistics.median(seconds(each) for each in ask) * 1e3,
        "query_cpu_ms": statistics.median(seconds(each, time.process_time) for each in ask) * 1e3,
    }


def alone_over_batch(rounds: int) -> float:
    """Processor time of eight passages one by one over that of a batch, MiniLM."""
    embedder = OnnxEmbedder(embedding_model(SMALL).folder)
    graph = embedder._load_graph()
    texts = [" ".join(random.Random(at).choices(WORDS, k=170)) for at in range(8)]
    rows = [embedder._clip(ids)[:230] for ids in embedder._load_tokenizer().ids(texts)]
    graph.run(rows)
    ratios = []
    for _ in range(rounds):
        together = seconds(lambda: graph.run(rows), time.process_time)
        alone = seconds(lambda: [graph.run([row]) for row in rows], time.process_time)
        ratios.append(alone / together)
    return statistics.median(ratios)


def measure(rounds: int) -> dict[str, dict[str, float]]:
    found = rates(rounds)
    for name in (SMALL, MULTILINGUAL):
        found[name] |= load_in_a_process(name)
    found["ratio"] |= {
        what: found[MULTILINGUAL][what] / found[SMALL][what]
        for what in ("load_s", "load_cpu_s", "loaded_mib", "embedding_mib")
    }
    return found


@pytest.mark.bench
def test_the_models_side_by_side() -> None:
    found = measure(rounds=3)
    print(found)
    assert found["ratio"]["cpu_us_a_token"] < 2.6
    assert found["ratio"]["query_cpu_ms"] < 3.5
    assert found[MULTILINGUAL]["embedding_mib"] < 300


@pytest.mark.bench
def test_texts_alone_cost_no_more_than_batches() -> None:
    found = alone_over_batch(rounds=5)
    print(found)
    assert found < 1.15


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--load", metavar="MODEL", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.load:
        print(json.dumps(load(arguments.load)))
        return
    found = measure(arguments.rounds)
    print(f"{'':20}{SMALL:>24}{MULTILINGUAL:>24}{'ratio':>8}")
    for what in found["ratio"]:
        small, many = found[SMALL][what], found[MULTILINGUAL][what]
        print(f"{what:20}{small:24.2f}{many:24.2f}{found['ratio'][what]:8.2f}")
    print(f"alone_over_batch    {alone_over_batch(arguments.rounds):24.2f}")


if __name__ == "__main__":
    main()
