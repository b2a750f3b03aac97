"""Files of any size through the whole pipeline: what becomes of them, in how much memory and time.

    python -m tests.bench.bench_large [KIND=MEGABYTES ...] [--file PATH ...] [--seconds N] [--stops]

Without arguments: a mailbox of 2,000 MB, a table as text of 500 MB, a log of 200 MB, data (JSON) of
100 MB, a PDF of 3,000 pages, a spreadsheet of a million rows. The files are made here (`pdf` and
`xlsx` count thousands of pages and rows), or are those of `--file`. Each is added to a library of
its own, in processes of their own. All is read, cut into passages and stored; only the embedding
model is replaced, by one that answers at once. After `--seconds` it is stopped, as a user would:
what is read by then counts. The table says how many passages came of it, the time by the clock and of
the processor (all processes), and the most memory that the engine, its largest parser and all
together have had at one time.

`--stops` adds what it takes to stop: a second library is begun, and stopped after a third and after
two thirds of the time that the first one took; the longer of the two is told.

The reference, in the same run and on the same file: what the plainest reader of it takes to go
through all of it (the csv and the mailbox module, PyMuPDF's `get_text`, openpyxl's read-only rows,
or reading the bytes), in seconds of the processor, in a process of its own. The ratio is that of the
processor's times; of a file that is read up to a limit only the reader reads all the same.
"""

from __future__ import annotations

import argparse
import csv
import json
import mailbox
import os
import random
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import psutil
import pymupdf
import xlsxwriter

from strongroom_engine.library import Library
from strongroom_engine.models.embedder import OnnxEmbedder
from strongroom_engine.models.embedding_models import embedding_model
from strongroom_engine.store import LibraryKey

ROOT = Path(__file__).resolve().parents[2]
WORDS = Path(__file__).with_name("words.txt").read_text(encoding="utf-8").split()
MEGABYTE = 1 << 20
DEFAULT = ("mbox=2000", "csv=500", "log=200", "json=100", "pdf=3", "xlsx=1000")
_DICE = random.Random(11)


# --- the files -------------------------------------------------------------------------------------


def _prose(words: int) -> str:
    return " ".join(_DICE.choices(WORDS, k=words))


_PROSE = [_prose(60).capitalize() + "." for _ in range(2_000)]


def make(kind: str, size: int, path: Path) -> None:
    """A file of so many megabytes, or of so many thousand pages or rows."""
    if kind in _LARGE:
        _LARGE[kind](size * 1_000, path)
        return
    number = written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        while written < size * MEGABYTE:
            number += 1
            written += file.write(_PARTS[kind](number))


def _message(number: int) -> str:
    sent = time.gmtime(1_262_304_000 + 2_000 * number)
    body = "\n\n".join(_DICE.choices(_PROSE, k=_DICE.randint(4, 40)))
    return (
        f"From a{number % 300}@example.org {time.strftime('%a %b %d %H:%M:%S %Y', sent)}\n"
        f"From: Person {number % 300} <a{number % 300}@example.org>\nTo: me@example.org\n"
        f"Date: {time.strftime('%a, %d %b %Y %H:%M:%S +0000', sent)}\n"
        f"Message-ID: <{number}@example.org>\nSubject: {_prose(5)} {number}\n"
        f"Content-Type: text/plain; charset=utf-8\n\n{body}\n\n"
    )


def _row(number: int) -> str:
    names = "" if number > 1 else "id,date,name,town,amount,state,note\n"
    day = f"20{number % 25:02d}-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
    amount = f"{_DICE.random() * 1e4:.2f}"
    return f"{names}{number},{day},{_prose(2)},{_prose(1)},{amount},open,{_prose(6)}\n"


def _line(number: int) -> str:
    return f"2024-03-{number % 28 + 1:02d}T12:00:00 INFO [{_prose(1)}] {_prose(9)} id={number}\n"


def _value(number: int) -> str:
    text = _DICE.choice(_PROSE)
    return json.dumps({"id": number, "name": _prose(2), "text": text}) + "\n"


def _pdf(pages: int, path: Path) -> None:
    """Pages of about 350 words. A hundred are made, and said again."""
    with pymupdf.open() as some, pymupdf.open() as made:
        for _ in range(100):
            text = "\n".join(_prose(10) for _ in range(35))
            some.new_page().insert_text((50, 60), text, fontsize=10)
        for _ in range(pages // 100):
            made.insert_pdf(some)
        made.save(path, deflate=True)


def _xlsx(rows: int, path: Path) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Costs")
        sheet.write_row(0, 0, ("Number", "Name", "Town", "Amount", "State"))
        for row in range(1, rows + 1):
            words = _DICE.choices(WORDS, k=2)
            sheet.write_row(row, 0, (row, *words, _DICE.randrange(10**6) / 100, "open"))


_PARTS: dict[str, Callable[[int], str]] = {
    "mbox": _message, "csv": _row, "log": _line, "json": _value,
}  # fmt: skip
_LARGE: dict[str, Callable[[int, Path], None]] = {"pdf": _pdf, "xlsx": _xlsx}


# --- the references --------------------------------------------------------------------------------


def _read_csv(path: str) -> int:
    with Path(path).open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file))


def _read_pdf(path: str) -> int:
    with pymupdf.open(path) as found:
        return sum(len(page.get_text()) for page in found)


def _read_xlsx(path: str) -> int:
    return sum(1 for _ in openpyxl.load_workbook(path, read_only=True).worksheets[0].values)


def _read_bytes(path: str) -> int:
    return len(Path(path).read_bytes().decode("utf-8", "replace"))


_REFERENCES: dict[str, tuple[str, Callable[[str], int]]] = {
    ".csv": ("csv.reader", _read_csv),
    ".mbox": ("mailbox.mbox", lambda path: len(mailbox.mbox(path))),
    ".pdf": ("get_text", _read_pdf),
    ".xlsx": ("openpyxl", _read_xlsx),
}
_PLAIN = ("read, decode", _read_bytes)


# --- measuring -------------------------------------------------------------------------------------


class Instant(OnnxEmbedder):
    """Measures in the model's tokens, and embeds everything alike."""

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        return np.full((len(texts), self.dimensions), self.dimensions**-0.5, np.float32)


def index(path: str, place: str, seconds: float) -> dict[str, Any]:
    """What became of the file in a new library."""
    key = LibraryKey(secrets.token_bytes(32), "key file")
    embedder = Instant(embedding_model("all-MiniLM-L6-v2").folder, 0)
    begin = time.perf_counter()
    stopped_at = 0.0

    def stopped() -> bool:
        nonlocal stopped_at
        if not stopped_at and time.perf_counter() - begin > seconds:
            stopped_at = begin + seconds
        return bool(stopped_at)

    with Library(Path(place), key, embedder=embedder) as library:
        outcome = "read"
        try:
            library.add(path, cancelled=stopped)
        except Exception as exc:
            outcome = f"stopped: {type(exc).__name__}"
        end = time.perf_counter()
        record = next(one for one in library.documents() if one.path == path)
        status, report = library.status(), library.reading.report(path)
    left_out = [f"{one.what} ({one.count:,})" for one in report.left_out]
    said = f"{record.code} {record.details}" if record.code else "; ".join(left_out)
    return {
        "outcome": f"{outcome}, {said}" if said else outcome,
        "seconds": end - begin,
        "processor_s": sum(os.times()[:4]),  # those of the parsers, too, which have ended
        "stop_s": end - stopped_at if stopped_at else 0.0,
        "documents": sum(status.documents.values()),
        "chunks": status.chunks,
    }


def refer(path: str) -> dict[str, Any]:
    """How many seconds of the processor the plainest reader takes."""
    begin = time.process_time()
    _REFERENCES.get(Path(path).suffix, _PLAIN)[1](path)
    return {"seconds": time.process_time() - begin}


def in_child(*arguments: str) -> tuple[dict[str, Any], float, float, float]:
    """What the child prints; its peak memory, that of the largest of its own children, and that of
    all together, in MB."""
    command = [sys.executable, "-m", "tests.bench.bench_large", *arguments]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)
    peaks = [0.0, 0.0, 0.0]
    done = threading.Event()

    def sample() -> None:
        process = psutil.Process(child.pid)
        while not done.wait(0.1):
            own, *others = _sizes(process)
            now = (own, max(others, default=0.0), own + sum(others))
            peaks[:] = map(max, peaks, now)

    sampler = threading.Thread(target=sample)
    sampler.start()
    output, _ = child.communicate()
    done.set()
    sampler.join()
    assert child.returncode == 0
    return (json.loads(output), *peaks)


def _sizes(process: psutil.Process) -> Iterator[float]:
    """The memory of a process and of its children, in MB; 0 for one that has ended."""
    try:
        family = [process, *process.children(recursive=True)]
    except psutil.Error:
        family = [process]
    for one in family:
        try:
            yield one.memory_info().rss / MEGABYTE
        except psutil.Error:
            yield 0.0


def show(path: Path, seconds: float, *, stops: bool) -> None:
    found, engine, worker, together = _indexed(path, seconds)
    stop_s = max(
        (_indexed(path, part * found["seconds"])[0]["stop_s"] for part in (1 / 3, 2 / 3) if stops),
        default=found["stop_s"],
    )
    bare, *_ = in_child("--refer", str(path))
    name = _REFERENCES.get(path.suffix, _PLAIN)[0]
    ratio = found["processor_s"] / max(bare["seconds"], 0.01)
    print(
        f"{path.suffix[1:]:5}{path.stat().st_size / MEGABYTE:6.0f} MB {found['documents']:9,}"
        f" {found['chunks']:9,} {found['seconds']:8.1f} {found['processor_s']:9.1f}"
        f" {bare['seconds']:9.1f} {ratio:6.1f} {engine:7.0f} {worker:7.0f} {together:7.0f}"
        f" {stop_s:6.1f}  {name}; {found['outcome']}",
        flush=True,
    )


def _indexed(path: Path, seconds: float) -> tuple[dict[str, Any], float, float, float]:
    with tempfile.TemporaryDirectory() as folder:
        return in_child(
            "--index", str(path), "--place", f"{folder}/library", "--seconds", str(seconds)
        )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("kinds", nargs="*")
    parser.add_argument("--file", type=Path, nargs="*", default=[])
    parser.add_argument("--seconds", type=float, default=1e9)
    parser.add_argument("--stops", action="store_true")
    parser.add_argument("--index", default="")
    parser.add_argument("--place", default="")
    parser.add_argument("--refer", default="")
    args = parser.parse_args()
    if args.index:
        print(json.dumps(index(args.index, args.place, args.seconds)))
    elif args.refer:
        print(json.dumps(refer(args.refer)))
    else:
        print(
            "kind    size  documents  passages  seconds processor reference  ratio"
            "  engine  parser     all   stop  (seconds, MB)",
            flush=True,
        )
        for path in args.file:
            show(path.absolute(), args.seconds, stops=args.stops)
        for one in args.kinds or (() if args.file else DEFAULT):
            kind, _, size = one.partition("=")
            with tempfile.TemporaryDirectory() as folder:
                made = Path(folder) / f"large.{kind}"
                make(kind, int(size), made)
                show(made, args.seconds, stops=args.stops)


if __name__ == "__main__":
    os.nice(5)
    main()
