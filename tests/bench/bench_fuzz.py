"""Real files, broken in many ways, through the real pool: what becomes of them, by format.

    python tests/bench/bench_fuzz.py MUTANTS SEED FOLDER [--workers N] [--keep FOLDER]

Every file below FOLDER that is not too large is broken in turn until there are so many mutants, the
first by SEED, the next by the number after it. Each is read, its first and its last page are drawn,
and some of what lies in it is read, too. 'died', 'timed out', 'memory' and 'unforeseen' are escapes:
each is told with the file and the seed, of which `tests.engine.mutating.mutant` makes it again, and
kept in the folder of `--keep`. Seconds are of one question to the pool, MB what its worker
took at most. The exit status is 1 if anything escaped.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import Queue

import psutil

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "engine")]

from tests.engine import fuzzing  # noqa: E402  # after the path above
from tests.engine.fuzzing import Fate, fates  # noqa: E402
from tests.engine.mutating import mutant  # noqa: E402

from strongroom_engine.indexing.parse.pool import ParserPool  # noqa: E402
from strongroom_engine.settings import Settings  # noqa: E402

LARGEST_BYTES = 3 << 20
SLOW_S = 10.0
TIMEOUT_S = 60.0
MEGABYTE = 1 << 20
COLUMNS = (fuzzing.READ, fuzzing.REASON, fuzzing.DIED, fuzzing.TIMED_OUT, fuzzing.MEMORY, fuzzing.UNFORESEEN)  # fmt: skip


@dataclass(slots=True)
class Row:
    """Of one format: how many mutants, what became of them, the slowest question, the most memory."""

    mutants: int = 0
    fates: Counter[str] = field(default_factory=Counter)
    slowest_s: float = 0.0
    peak_mb: float = 0.0


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory() as scratch:
        rows = Fuzz(options, Path(scratch)).run()
    _print(rows)
    return int(any(row.fates[what] for row in rows.values() for what in fuzzing.ESCAPES))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("mutants", type=int)
    parser.add_argument("seed", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="what escaped is kept in this folder")
    return parser.parse_args()


class Fuzz:
    """One run. Files of all formats take turns, so that a run that is ended soon has met them all."""

    def __init__(self, options: argparse.Namespace, scratch: Path) -> None:
        self._options, self._scratch = options, scratch
        self._rows: defaultdict[str, Row] = defaultdict(Row)
        self._lock = threading.Lock()
        self._pools: Queue[ParserPool] = Queue()

    def run(self) -> dict[str, Row]:
        with ExitStack() as held, ThreadPoolExecutor(self._options.workers) as threads:
            for _ in range(self._options.workers):  # one for each, to know whose memory it is
                pool = ParserPool(1, Settings(parse_timeout_s=TIMEOUT_S))
                self._pools.put(held.enter_context(pool))
            for _ in threads.map(lambda job: self._one(*job), self._jobs()):
                pass
        return dict(self._rows)

    def _jobs(self) -> Iterator[tuple[int, Path]]:
        files = _in_turns(self._options.folder)
        for number in range(self._options.mutants):
            yield self._options.seed + number, files[number % len(files)]

    def _one(self, seed: int, file: Path) -> None:
        data = mutant(file.name, file.read_bytes(), seed)
        path = self._scratch / f"{seed}{file.suffix.lower()}"
        path.write_bytes(data or b"x")
        pool = self._pools.get()
        try:
            found = list(fates(pool, path))
            peak_mb = max((_peak_mb(pid) for pid in pool.pids), default=0.0)
        finally:
            self._pools.put(pool)
            path.unlink()
        with self._lock:
            self._note(file, seed, data, found, peak_mb)

    def _note(self, file: Path, seed: int, data: bytes, found: list[Fate], peak_mb: float) -> None:
        row = self._rows[file.suffix.lower().lstrip(".")]
        row.mutants += 1
        # The worst of the mutant's fates, so that the row's columns add up to its mutants.
        row.fates[max((fate.what for fate in found), key=COLUMNS.index)] += 1
        row.slowest_s = max(row.slowest_s, *(fate.seconds for fate in found))
        row.peak_mb = max(row.peak_mb, peak_mb)
        for fate in found:
            if fate.what in fuzzing.ESCAPES or fate.seconds > SLOW_S:
                said = f"{fate.what} in {fate.seconds:.1f} s ({fate.doing}) {fate.why}"
                print(f"{file} seed {seed}, {len(data)} bytes: {said}", flush=True)
                if self._options.keep:
                    self._options.keep.mkdir(parents=True, exist_ok=True)
                    (self._options.keep / f"{seed}-{file.name}").write_bytes(data)


def _in_turns(folder: Path) -> list[Path]:
    """One of each ending, another of each, and so on."""
    found: defaultdict[str, list[Path]] = defaultdict(list)
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix and 0 < path.stat().st_size <= LARGEST_BYTES:
            found[path.suffix.lower()].append(path)
    most = max(map(len, found.values()), default=0)
    return [files[n % len(files)] for n in range(most) for files in found.values()]


def _peak_mb(pid: int) -> float:
    """The most memory that a process took since this was last asked; where the system does not say,
    what it takes now."""
    with suppress(psutil.Error, OSError, ValueError, StopIteration):
        status = Path(f"/proc/{pid}/status")
        if not status.exists():
            return float(psutil.Process(pid).memory_info().rss) / MEGABYTE
        line = next(one for one in status.read_text("ascii").splitlines() if "VmHWM" in one)
        Path(f"/proc/{pid}/clear_refs").write_text("5", "ascii")  # begins anew
        return int(line.split()[1]) / 1024
    return 0.0


def _print(rows: dict[str, Row]) -> None:
    heads = ("format", "mutants", *COLUMNS, "slowest s", "peak MB")
    print(" | ".join(heads))
    total = Row()
    for name, row in [*sorted(rows.items()), ("all", total)]:
        said = [str(row.fates[what]) for what in COLUMNS]
        cells = (name, str(row.mutants), *said, f"{row.slowest_s:.1f}", f"{row.peak_mb:.0f}")
        print(" | ".join(cell.ljust(len(head)) for cell, head in zip(cells, heads, strict=True)))
        total.mutants += row.mutants
        total.fates += row.fates
        total.slowest_s = max(total.slowest_s, row.slowest_s)
        total.peak_mb = max(total.peak_mb, row.peak_mb)


if __name__ == "__main__":
    raise SystemExit(main())
