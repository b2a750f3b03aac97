"""Bulk indexing: the pipeline's chunks per second over the bare model's on the same texts.

    python tests/bench/bench_indexing.py [FOLDER] [--rounds N]

Without a folder, documents are made (PDF and text). Each round runs both, in turn, in processes of
their own; the ratio is taken round by round, so a machine whose speed drifts does not matter.
The reference is the embedding model alone, over the same passages, sorted by length, with nothing
else to do. Peak memory is that of all of the pipeline's processes together.
"""

from __future__ import annotations

import argparse
import json
import random
import secrets
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

import numpy as np
import psutil
import pymupdf
import pytest

from strongroom_engine.library import Library
from strongroom_engine.models.embedder import OnnxEmbedder
from strongroom_engine.models.embedding_models import embedding_model
from strongroom_engine.store import LibraryKey

WORDS = Path(__file__).with_name("words.txt").read_text(encoding="utf-8").split()


def make_documents(folder: Path, pdfs: int = 40, texts: int = 80) -> None:
    """Documents with made-up sentences: ten-page PDFs, and texts of 800 words."""
    dice = random.Random(7)

    def prose(words: int) -> str:
        lines = []
        while words > 0:
            length = dice.randint(6, 24)
            lines.append(" ".join(dice.choices(WORDS, k=length)).capitalize() + ".")
            words -= length
        return " ".join(lines)

    for number in range(pdfs):
        made = pymupdf.open()
        for _ in range(10):
            box = pymupdf.Rect(60, 60, 535, 780)
            made.new_page().insert_textbox(box, prose(350), fontsize=10)
        made.save(folder / f"report {number}.pdf")
    for number in range(texts):
        paragraphs = "\n\n".join(prose(100) for _ in range(8))
        (folder / f"note {number}.txt").write_text(paragraphs, encoding="utf-8")


class Recording(OnnxEmbedder):
    """The real model, remembering what it embedded."""

    passages: ClassVar[list[str]] = []

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        self.passages.extend(texts)
        return super().embed(texts)


def model() -> Recording:
    """The real model, loaded and run once."""
    embedder = Recording(embedding_model("all-MiniLM-L6-v2").folder, 0)
    embedder.embed(["warm up"])
    Recording.passages.clear()
    return embedder


def run_pipeline(documents: str, folder: str) -> dict[str, float]:
    """Index everything into a new library; its rate, and the passages for the reference."""
    key = LibraryKey(secrets.token_bytes(32), "key file")
    with Library(Path(folder) / "library", key, embedder=model()) as library:
        begin = time.perf_counter()
        library.add(documents)
        seconds = time.perf_counter() - begin
    (Path(folder) / "passages.json").write_text(json.dumps(Recording.passages))
    return {"chunks": len(Recording.passages), "seconds": seconds}


def run_model(folder: str) -> dict[str, float]:
    """Embed the same passages with the model alone."""
    embedder = model()
    passages = sorted(json.loads((Path(folder) / "passages.json").read_text()), key=len)
    begin = time.perf_counter()
    for at in range(0, len(passages), 32):
        embedder.embed(passages[at : at + 32])
    return {"chunks": len(passages), "seconds": time.perf_counter() - begin}


def in_child(*arguments: str) -> tuple[dict[str, float], float]:
    """What the child prints, and the peak memory of it and its children, in MB."""
    child = subprocess.Popen([sys.executable, __file__, *arguments], stdout=subprocess.PIPE)
    peak = 0.0
    done = threading.Event()

    def sample() -> None:
        nonlocal peak
        process = psutil.Process(child.pid)
        while not done.wait(0.1):
            try:
                family = [process, *process.children(recursive=True)]
                peak = max(peak, sum(one.memory_info().rss for one in family) / 2**20)
            except psutil.Error:
                continue

    sampler = threading.Thread(target=sample)
    sampler.start()
    output, _ = child.communicate()
    done.set()
    sampler.join()
    assert child.returncode == 0
    values: dict[str, float] = json.loads(output)
    return values, peak


def compare(documents: Path, rounds: int) -> float:
    """Print each round and the median ratio; the ratio."""
    ratios = []
    for number in range(1, rounds + 1):
        with tempfile.TemporaryDirectory() as folder:
            whole, peak = in_child("--pipeline", str(documents), folder)
            bare, _ = in_child("--model", "", folder)
        pipeline = whole["chunks"] / whole["seconds"]
        model = bare["chunks"] / bare["seconds"]
        ratios.append(pipeline / model)
        print(
            f"round {number}: {whole['chunks']} chunks, pipeline {pipeline:.0f}/s, "
            f"model alone {model:.0f}/s, ratio {ratios[-1]:.2f}, peak {peak:.0f} MB"
        )
    print(f"pipeline over model alone, median of {rounds}: {statistics.median(ratios):.2f}")
    return statistics.median(ratios)


@pytest.mark.bench
def test_pipeline_against_the_bare_model(tmp_path: Path) -> None:
    make_documents(tmp_path)
    assert compare(tmp_path, 3) > 0


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("documents", nargs="?", default="")
    parser.add_argument("folder", nargs="?", default="")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pipeline", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--model", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.pipeline:
        print(json.dumps(run_pipeline(options.documents, options.folder)))
    elif options.model:
        print(json.dumps(run_model(options.folder)))
    elif options.documents:
        compare(Path(options.documents), options.rounds)
    else:
        with tempfile.TemporaryDirectory() as made:
            make_documents(Path(made))
            compare(Path(made), options.rounds)


if __name__ == "__main__":
    main()
