"""Bulk indexing: the pipeline's chunks per second over the bare model's on the same texts.

    python -m tests.bench.bench_indexing [FOLDER] [--rounds N]

Without a folder, documents are made: PDF, DOCX, text, Markdown, HTML, messages, sheets. Each round
runs both, in turn, in processes of their own, and the ratio is taken round by round. The reference
is the embedding model alone, over the same passages, sorted by length, with nothing else to do.

What others do on this machine falls on the two unevenly. So the table also says how the processor
time of the pipeline, parsers and all, is spent: the model's share of it is what the ratio would be
on an idle machine whose cores are all at work, and does not depend on who else is at work.
Peak memory is that of all of the pipeline's processes together.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import secrets
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import docx
import numpy as np
import psutil
import pymupdf
import pytest
import xlsxwriter

from strongroom_engine.indexing import pipeline
from strongroom_engine.indexing.parse.pool import ParserPool
from strongroom_engine.indexing.progress import Meter
from strongroom_engine.library import Library
from strongroom_engine.models import embedder as embedders
from strongroom_engine.models.embedder import OnnxEmbedder
from strongroom_engine.models.embedding_models import embedding_model
from strongroom_engine.models.tokenizer import Json
from strongroom_engine.store import LibraryKey, Store
from strongroom_engine.types import Progress

ROOT = Path(__file__).resolve().parents[2]
WORDS = Path(__file__).with_name("words.txt").read_text(encoding="utf-8").split()
_DICE = random.Random(7)


# --- what is indexed -------------------------------------------------------------------------------


def prose(words: int) -> str:
    lines = []
    while words > 0:
        length = _DICE.randint(6, 24)
        lines.append(" ".join(_DICE.choices(WORDS, k=length)).capitalize() + ".")
        words -= length
    return " ".join(lines)


def make_documents(folder: Path, pdfs: int = 40, texts: int = 80) -> None:
    """Documents with made-up sentences: ten-page PDFs, and texts of 800 words."""
    for number in range(pdfs):
        (folder / f"report {number}.pdf").write_bytes(_pdf())
    for number in range(texts):
        paragraphs = "\n\n".join(prose(100) for _ in range(8))
        (folder / f"note {number}.txt").write_text(paragraphs, encoding="utf-8")


def make_mixed(folder: Path) -> None:
    """About what lies in an office's folder: 1 PDF or DOCX to 1 sheet or page and 5 messages."""
    from tests.bench.bench_formats import message  # what stands beside this imports it as a file

    make_documents(folder, pdfs=14, texts=20)
    for number in range(14):
        (folder / f"letter {number}.docx").write_bytes(_docx())
        (folder / f"costs {number}.xlsx").write_bytes(_xlsx())
        sections = [(prose(4), prose(120)) for _ in range(6)]
        page = "".join(f"<h2>{head}</h2><p>{text}</p>" for head, text in sections)
        (folder / f"page {number}.html").write_text(f"<html><body>{page}</body></html>", "utf-8")
        notes = "\n\n".join(f"## {head}\n\n{text}" for head, text in sections)
        (folder / f"notes {number}.md").write_text(notes, "utf-8")
    for number in range(140):
        (folder / f"message {number}.eml").write_bytes(message(number).as_bytes())


def _pdf() -> bytes:
    with pymupdf.open() as made:
        for _ in range(10):
            box = pymupdf.Rect(60, 60, 535, 780)
            made.new_page().insert_textbox(box, prose(350), fontsize=10)
        return bytes(made.tobytes())


def _docx() -> bytes:
    made = docx.Document()
    for part in range(8):
        made.add_heading(prose(4), 1 + part % 2)
        for _ in range(4):
            made.add_paragraph(prose(90))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _xlsx() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Costs")
        sheet.write_row(0, 0, ("Number", "Name", "Town", "Amount"))
        for row in range(1, 121):
            sheet.write_row(row, 0, (row, *_DICE.choices(WORDS, k=2), _DICE.randrange(10**6) / 100))
    return out.getvalue()


# --- measuring -------------------------------------------------------------------------------------


class Recording(OnnxEmbedder):
    """The real model, remembering what it embedded."""

    passages: ClassVar[list[str]] = []

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        self.passages.extend(texts)
        with CLOCK.of("embed"):
            return super().embed(texts)


class Clock:
    """Wall and processor seconds by what was done, of all threads; nested, the inner one's count
    apart."""

    def __init__(self) -> None:
        self.wall: dict[str, float] = {}
        self.cpu: dict[str, float] = {}
        self._inner = threading.local()
        self._lock = threading.Lock()

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        wall, cpu = time.perf_counter(), time.thread_time()
        outer = getattr(self._inner, "cpu", 0.0)
        self._inner.cpu = 0.0
        try:
            yield
        finally:
            used = time.thread_time() - cpu
            with self._lock:
                self.wall[name] = self.wall.get(name, 0.0) + time.perf_counter() - wall
                self.cpu[name] = self.cpu.get(name, 0.0) + used - self._inner.cpu
            self._inner.cpu = outer + used

    def watch(self, owner: Any, method: str, name: str) -> None:
        whole: Callable[..., Any] = getattr(owner, method)

        def timed(*args: Any, **kwargs: Any) -> Any:
            with self.of(name):
                return whole(*args, **kwargs)

        setattr(owner, method, timed)


CLOCK = Clock()
WATCHED = (
    (ParserPool, "parse", "parse"),
    (pipeline, "divided", "chunk"),
    (Store, "put_document", "put documents"),
    (Store, "put_embeddings", "put vectors"),
    (Store, "waiting", "take passages"),
    (Meter, "tell", "tell progress"),
    (Json, "ids", "model"),
    (embedders._Graph, "run", "model"),
)


def model() -> Recording:
    """The real model, loaded and run once."""
    embedder = Recording(embedding_model("all-MiniLM-L6-v2").folder, 0)
    embedder.embed(["warm up"])
    Recording.passages.clear()
    return embedder


def run_pipeline(documents: str, folder: str) -> dict[str, Any]:
    """Index everything into a library; its rate, its stages, and the passages for the reference.

    One document is indexed before that, so that all programs are loaded.
    """
    first = Path(folder) / "first"
    first.mkdir()
    (first / "note.txt").write_text(prose(50), encoding="utf-8")
    key = LibraryKey(secrets.token_bytes(32), "key file")
    embedder = model()
    for watched in WATCHED:
        CLOCK.watch(*watched)
    told: list[tuple[float, Progress]] = []

    def hear(progress: Progress | None) -> None:
        if progress is not None:
            told.append((time.perf_counter(), progress))

    with Library(Path(folder) / "library", key, embedder=embedder, on_progress=hear) as library:
        library.add(str(first))
        told.clear()
        Recording.passages.clear()
        CLOCK.wall.clear()
        CLOCK.cpu.clear()
        engine, parsers, begin = *_cpu_s(), time.perf_counter()
        library.add(documents)
        seconds = time.perf_counter() - begin
        engine, parsers = (
            after - before for after, before in zip(_cpu_s(), (engine, parsers), strict=True)
        )
    (Path(folder) / "passages.json").write_text(json.dumps(Recording.passages))
    CLOCK.cpu["parse"] += parsers
    return {
        "chunks": len(Recording.passages),
        "seconds": seconds,
        "wall": CLOCK.wall,
        "left": _left_told([(at - begin, progress) for at, progress in told], seconds),
        "cpu": CLOCK.cpu | {"other": engine + parsers - sum(CLOCK.cpu.values())},
    }


def _left_told(
    told: Sequence[tuple[float, Progress]], seconds: float
) -> list[tuple[float, float, float]]:
    """(share of the time passed, seconds left that were told then, the share that was told), at
    three moments."""
    found = []
    for share in (0.25, 0.5, 0.75):
        _, progress = min(told, key=lambda one: abs(one[0] - share * seconds))
        found.append((share, progress.left_s or -1.0, progress.share))
    return found


def _cpu_s() -> tuple[float, float]:
    """The processor time of this process, and of its children that live."""
    own = psutil.Process().cpu_times()
    children = [child.cpu_times() for child in psutil.Process().children()]
    return own.user + own.system, sum(each.user + each.system for each in children)


def run_model(folder: str) -> dict[str, Any]:
    """Embed the same passages with the model alone."""
    embedder = model()
    passages = sorted(json.loads((Path(folder) / "passages.json").read_text()), key=len)
    begin = time.perf_counter()
    for at in range(0, len(passages), 32):
        embedder.embed(passages[at : at + 32])
    return {"chunks": len(passages), "seconds": time.perf_counter() - begin}


def in_child(*arguments: str) -> tuple[dict[str, Any], float]:
    """What the child prints, and the peak memory of it and its children, in MB."""
    command = [sys.executable, "-m", "tests.bench.bench_indexing", *arguments]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)
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
    values: dict[str, Any] = json.loads(output)
    return values, peak


# --- comparing -------------------------------------------------------------------------------------


def compare(documents: Path, rounds: int) -> float:
    """Print each round and the medians; the ratio."""
    ratios: list[float] = []
    shares: list[float] = []
    for number in range(1, rounds + 1):
        with tempfile.TemporaryDirectory() as folder:
            whole, peak = in_child("--pipeline", str(documents.absolute()), folder)
            bare, _ = in_child("--model", "", folder)
        pipeline = whole["chunks"] / whole["seconds"]
        model = bare["chunks"] / bare["seconds"]
        ratios.append(pipeline / model)
        shares.append(_model_cpu(whole) / sum(whole["cpu"].values()))
        print(
            f"round {number}: {whole['chunks']} chunks, pipeline {pipeline:.1f}/s, "
            f"model alone {model:.1f}/s, ratio {ratios[-1]:.2f}; the model has "
            f"{shares[-1]:.0%} of the processor time and is busy "
            f"{whole['wall']['embed'] / whole['seconds']:.0%} of the time; peak {peak:.0f} MB"
        )
        show_stages(whole)
        for share, left, done in whole["left"]:
            true = (1 - share) * whole["seconds"]
            print(f"  {true:.0f} s before the end: {left:.0f} s left told, {done:.0%} done")
    print(f"pipeline over model alone, median of {rounds}: {statistics.median(ratios):.2f}")
    print(f"the model's share of the processor time: {statistics.median(shares):.2f}")
    return statistics.median(ratios)


def _model_cpu(whole: dict[str, Any]) -> float:
    return sum(float(whole["cpu"][part]) for part in ("model", "embed"))


def show_stages(whole: dict[str, Any]) -> None:
    everything = sum(whole["cpu"].values())
    for name, cpu in sorted(whole["cpu"].items(), key=lambda item: -item[1]):
        a_chunk = 1000 * cpu / whole["chunks"]
        wall = f"{whole['wall'][name]:7.2f} s" if name in whole["wall"] else " " * 9
        print(
            f"  {name:14}{cpu:7.2f} s {cpu / everything:5.1%} {a_chunk:7.2f} ms a chunk {wall} wall"
        )


@pytest.mark.bench
def test_pipeline_against_the_bare_model(tmp_path: Path) -> None:
    make_mixed(tmp_path)
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
            make_mixed(Path(made))
            compare(Path(made), options.rounds)


if __name__ == "__main__":
    main()
