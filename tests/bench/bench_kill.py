"""The whole engine killed at random moments, and what is left of its library each time.

    python tests/bench/bench_kill.py [--times 200] [--seed N] [--words] [--keep FOLDER]

A process indexes documents of many kinds, with parser processes, embedding model and watcher, while
they change, move and go and sources are removed and added; it is killed (SIGKILL) at a random
moment, every other time within a stage that was drawn. Each time it is looked

  lost      whether what it had told as indexed is still there, with the same content or that which
            the file has by now, and found by its words; before anything has recovered the log
  faults    whether `checking.faults` finds anything, each page and full-text index among it
  left      whether any process is still there after some seconds, or any file in the temporary
            folder, or one in the library's that does not belong there

and then the next process goes on with the same library. Every twentieth time it is let to the end, and
compared with a library that was made of the same documents undisturbed: documents with their
states, passages, vectors, what is excluded, and what is found for some questions. `--words` embeds
without the real model. The exit status is 1 if anything was found.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import select
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "engine")]

from tests.engine.comparing import differences, held  # noqa: E402
from tests.engine.killing import (  # noqa: E402  # after the path above
    KEY,
    SECRET,
    SOURCES,
    STAGES,
    Now,
    Plan,
    live,
    make_folders,
    open_library,
)

from strongroom_engine.errors import StrongroomError  # noqa: E402
from strongroom_engine.library import Library  # noqa: E402
from strongroom_engine.store import Store, connection  # noqa: E402
from strongroom_engine.store.soundness import checking  # noqa: E402

GONE_WITHIN_S = 15.0
COMPARED_EVERY = 20
OPEN_WITHIN_S = 60.0
LONGEST_S = 8.0
"""A process that has not met its stage is killed then."""
DRAWN = ("storing text", "storing vectors", "deleting", "moving", "removing a source", "excluding", "including", "compacting", "noting what waits", "embedding", "parsing", "closing", "looking what came apart", "opening")  # fmt: skip
QUESTIONS = ("Who pays the rent?", SECRET, "terms of the lease", "garden house", "About tenants")
MARK = "STRONGROOM_KILLED_RUN"


@dataclass(slots=True)
class Tally:
    """Of one stage: how often it was killed in it, and what was found then."""

    kills: int = 0
    found: Counter[str] = field(default_factory=Counter)


class Run:
    """One library that is killed again and again."""

    def __init__(self, root: Path, options: argparse.Namespace) -> None:
        self._root, self._options = root, options
        self._dice = random.Random(options.seed)
        self._now = Now()
        self._promised: dict[str, str] = {}
        self._touched: list[str] = []
        self._written: set[str] = set()
        self.tallies: dict[str, Tally] = defaultdict(Tally)
        self.troubles: list[str] = []
        self.promises = self.comparisons = 0
        self._scratch = root / "tmp"
        self._scratch.mkdir()
        os.environ.update({MARK: str(root), "TMPDIR": str(self._scratch)})
        tempfile.tempdir = None
        make_folders(root, self._dice)
        self._written.update(
            hashlib.sha256(file.read_bytes()).hexdigest() for file in root.glob("*/*/*.*")
        )

    def go(self) -> None:
        for number in range(1, self._options.times + 1):
            self._once(number)
            if number % COMPARED_EVERY == 0 or number == self._options.times:
                self._compare(number)

    # --- one kill --------------------------------------------------------------------------------

    def _once(self, number: int) -> None:
        plan = self._plan()
        stage = self._killed_in(plan)
        tally = self.tallies[stage]
        tally.kills += 1
        said = f"kill {number} in {stage} ({plan.stage or 'any time'})"
        for kind, look in (("left", self._left), ("lost", self._lost), ("faults", self._faults)):
            for trouble in look():
                tally.found[kind] += 1
                self.troubles.append(f"{said}, {kind}: {trouble}")
                print(self.troubles[-1], flush=True)
        if self._options.verbose:
            print(said, len(self._promised), flush=True)

    def _plan(self) -> Plan:
        seed = self._dice.randrange(10**9)
        plan = Plan(self._root, seed, not self._options.words)
        if self._dice.random() < 0.5:
            return plan
        stage = self._dice.choice(DRAWN)
        nth = self._dice.randint(1, 4)
        return replace(plan, stage=stage, nth=nth, after_s=self._dice.random() ** 2 * 0.05)

    def _killed_in(self, plan: Plan) -> str:
        """The stage that it was in."""
        reading, told = os.pipe()
        child = _fork(lambda: live(plan, self._now, told), close=reading)
        os.close(told)
        lasts_s = LONGEST_S * _load() * (1 if plan.stage else self._dice.random())
        with os.fdopen(reading, "rb", buffering=0) as lines:
            select.select([lines], [], [], OPEN_WITHIN_S)  # it is open when it says something
            self._listen(lines, time.monotonic() + lasts_s)
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            self._listen(lines, time.monotonic() + 1)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            self.troubles.append(f"the process ended by itself ({os.WEXITSTATUS(status)})")
        return self._now.read()

    def _listen(self, lines: Any, until: float) -> None:
        """Hear what it says until then, or until it says no more."""
        rest = b""
        while (left := until - time.monotonic()) > 0:
            if not select.select([lines], [], [], left)[0]:
                return
            part = lines.read(1 << 16)
            if not part:
                return
            *whole, rest = (rest + part).split(b"\n")
            for line in whole:
                self._hear(json.loads(line))

    def _hear(self, said: dict[str, Any]) -> None:
        if "begins" in said:
            self._touched = said["touches"]
            self._written.add(said.get("wrote", ""))
        kept = said.get("kept", {})
        others = [path for path in kept if self._promised.get(path, kept[path]) != kept[path]]
        for path in [path for path in self._promised if _is_in(path, others)]:
            del self._promised[path]  # what lay in another version of it
        for path, content in kept.items():
            self._promised[path] = content
            self.promises += 1
        for path in [path for path in self._promised if _is_in(path, self._touched)]:
            del self._promised[path]

    # --- looking ---------------------------------------------------------------------------------

    def _left(self) -> Iterator[str]:
        until = time.monotonic() + GONE_WITHIN_S * _load()
        while (there := self._processes()) and time.monotonic() < until:
            time.sleep(0.05)
        for process in there:
            with suppress(psutil.Error):
                yield f"process {' '.join(process.cmdline()[-3:])[:60]}"
                process.kill()
        for file in sorted(self._scratch.rglob("*")):
            if file.is_file():
                leaks = SECRET.encode() in file.read_bytes()
                yield f"{file.name} ({file.stat().st_size} bytes{', with text' if leaks else ''})"
                file.unlink()
        for file in self._root.joinpath("library").glob("*"):
            if not file.name.startswith("library."):
                yield f"{file.name} in the library's folder"
            if SECRET.encode() in file.read_bytes():
                yield f"text in {file.name}"

    def _processes(self) -> list[psutil.Process]:
        found = []
        for process in psutil.process_iter():
            with suppress(psutil.Error):
                if process.pid != os.getpid() and process.environ().get(MARK) == str(self._root):
                    found.append(process)
        return found

    def _lost(self) -> Iterator[str]:
        """What had been told as indexed and is not there any more."""
        if not self._promised:
            return
        try:
            with Store.open(self._root / "library", KEY, mode="read") as store, store._read() as db:
                for path, content in list(self._promised.items()):
                    if trouble := self._lost_of(db, path, content):
                        yield f"{path}: {trouble}"
                        del self._promised[path]
        except StrongroomError as exc:
            yield f"the library does not open: {exc}"

    def _lost_of(self, db: Any, path: str, content: str) -> str:
        file = self._file_of(path)
        if file is None:  # it is gone, or has moved
            del self._promised[path]
            return ""
        row = db.execute(
            "SELECT id, state, content_hash FROM documents WHERE path = ?", (path,)
        ).fetchone()
        if row is None:
            return "" if self._is_newer(db, file) else "it is not there"
        if row[1] in ("indexed", "readable") and not _is_found(db, row[0], row[1]):
            return f"it is {row[1]} and not found"
        if row[2] == content:
            return ""
        return "" if self._is_newer(db, file) else f"it is {row[1:]} and not {content}"

    def _file_of(self, path: str) -> Path | None:
        """The file that the path is of, or lies in."""
        place = Path(path)
        while place != self._root:
            if place.is_file():
                return place
            place = place.parent
        return None

    def _is_newer(self, db: Any, file: Path) -> bool:
        """Whether the library has another version of the file than was told, and one that there
        was: what lay in the one before may be gone."""
        row = db.execute(
            "SELECT content_hash FROM documents WHERE path = ?", (str(file),)
        ).fetchone()
        return row is not None and row[0] in self._written - {self._promised.get(str(file))}

    def _faults(self) -> Iterator[str]:
        folder = self._root / "library"
        if not (folder / "library.db").exists():
            return
        with closing(connection.connect(folder, KEY.raw, write=True)) as db:
            if db.pragma("user_version"):
                with db:
                    yield from (
                        f"{what}: {count}"
                        for what, count in checking.faults(db, thorough=True).items()
                    )

    # --- comparing -------------------------------------------------------------------------------

    def _compare(self, number: int) -> None:
        self.comparisons += 1
        plan = Plan(self._root, 0, not self._options.words)
        ours = _in_a_fork(lambda: _at_rest(plan))
        other = self._root / "undisturbed"
        other.mkdir()
        for source in SOURCES:
            (other / source).symlink_to(self._root / source)
        theirs = _in_a_fork(lambda: _made_anew(plan, other, ours))
        if not ours or not theirs:
            self.troubles.append(f"after kill {number}: nothing could be compared")
        for part in theirs:
            for trouble in differences(ours.get(part), theirs[part]):
                self.troubles.append(f"after kill {number}, {part}: {trouble}")
                print(self.troubles[-1], flush=True)
        for file in sorted(other.rglob("library/*")):
            file.unlink()
        (other / "library").rmdir()
        for source in SOURCES:
            (other / source).unlink()
        other.rmdir()


def _load() -> float:
    """How many times as long as alone a process takes now, since others want the processors."""
    return min(max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1)), 4.0)


def _is_in(path: str, places: list[str]) -> bool:
    return any(path == place or path.startswith(f"{place}/") for place in places)


def _is_found(db: Any, row: int, state: str) -> bool:
    held = checking.count(db, row)
    if state == "indexed":
        return checking.is_findable(db, row)
    return held.chunks == held.words > 0


def _fork(work: Callable[[], object], close: int = -1) -> int:
    """Do it in a child, whose number is returned."""
    if child := os.fork():
        return child
    try:
        if close >= 0:
            os.close(close)
        work()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _in_a_fork(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    reading, told = os.pipe()

    def tell() -> None:
        with os.fdopen(told, "w") as out:
            json.dump(work(), out)

    child = _fork(tell, close=reading)
    os.close(told)
    with os.fdopen(reading) as made:
        text = made.read()
    os.waitpid(child, 0)
    return dict(json.loads(text or "{}"))


def _at_rest(plan: Plan) -> dict[str, Any]:
    """What the library holds when nothing disturbs it any more."""
    with open_library(plan) as library:
        library.rescan()
        for source in SOURCES:
            library.add(str(plan.root / source))
        return _state(library)


def _made_anew(plan: Plan, folder: Path, ours: dict[str, Any]) -> dict[str, Any]:
    """What a library holds that was made of the same documents at once."""
    beside = replace(plan, root=folder)
    with open_library(beside) as library:
        for source, collection in ours["sources"].items():
            library._store.add_source(source, collection)
        for pattern in ours["exclusions"]:
            library.indexing.exclude(pattern)
        library.rescan()
        return _state(library)


def _state(library: Library) -> dict[str, Any]:
    return {
        **held(library, QUESTIONS),
        "sources": {source.path: source.collection for source in library.sources()},
        "exclusions": [
            one.pattern for one in library.indexing.exclusions() if Path(one.pattern).exists()
        ],
    }


def _print(run: Run, took_s: float) -> None:
    print(f"\n{'killed while':<28}{'times':>6}{'lost':>6}{'faults':>8}{'left':>6}")
    for stage in sorted(run.tallies, key=STAGES.index):
        tally = run.tallies[stage]
        found = tally.found
        print(
            f"{stage:<28}{tally.kills:>6}{found['lost']:>6}{found['faults']:>8}{found['left']:>6}"
        )
    total = sum(tally.kills for tally in run.tallies.values())
    print(
        f"{total} kills in {took_s:.0f} s, {run.promises:,} times told that a document is indexed,"
        f" {run.comparisons} comparisons with an undisturbed library; troubles: {len(run.troubles)}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--words", action="store_true", help="embed without the real model")
    parser.add_argument("--keep", type=Path, help="a new folder for documents and library")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="killed-") as scratch:
        root = options.keep or Path(scratch)
        root.mkdir(exist_ok=True)
        run = Run(root.resolve(), options)
        run.go()
    _print(run, time.monotonic() - began)
    return 1 if run.troubles else 0


if __name__ == "__main__":
    sys.exit(main())
