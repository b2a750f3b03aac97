"""Small files that ask for far too much: each is read as far as it goes, or refused with a reason,
within seconds and in little memory, by a worker that goes on with the next.

Seconds are of the processor, so that they hold whatever else the machine does.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from tests.engine.bombs import BOMBS
from tests.engine.fuzzing import ESCAPES, fates
from tests.engine.parsing import worked_s

from strongroom_engine.indexing.parse.messages import Parsed
from strongroom_engine.indexing.parse.pool import ParserPool
from strongroom_engine.settings import Settings
from strongroom_engine.types import FileFacts

resource = pytest.importorskip("resource")  # Windows does not know of children that have ended

MOST_S = 10.0
MOST_MB = 1_024
OF_THIS_COMPUTER = Path("/etc/passwd")


@pytest.fixture(scope="module")
def pool() -> Iterator[ParserPool]:
    """One worker. It unpacks less than usual, which takes less time and is refused likewise."""
    settings = Settings(parse_timeout_s=30, max_member_mb=64, max_unpacked_mb=512)
    with ParserPool(1, settings) as pool:
        yield pool


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_costs_seconds_and_no_worker(pool: ParserPool, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(BOMBS[name]())
    (tmp_path / "before.txt").write_text("words")
    assert isinstance(pool.parse(facts(tmp_path / "before.txt")), Parsed)
    _begin_anew(pool)
    before = _worked_s(pool)
    found = list(fates(pool, path))
    assert not [fate for fate in found if fate.what in ESCAPES]
    assert _worked_s(pool) - before < MOST_S * len(found)
    assert _peak_mb(pool) < MOST_MB


@pytest.mark.skipif(not OF_THIS_COMPUTER.exists(), reason="there is no such file to be told of")
@pytest.mark.parametrize("name", [name for name in BOMBS if name.startswith(("outside", "links"))])
def test_no_document_tells_what_stands_elsewhere(
    pool: ParserPool, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(BOMBS[name]())
    outcome = pool.parse(facts(path))
    text = outcome.document.text if isinstance(outcome, Parsed) else str(outcome)
    assert "root:" not in text


def facts(path: Path) -> FileFacts:
    return FileFacts(str(path), 0, 0, "")


def _worked_s(pool: ParserPool) -> float:
    """Of the workers that live, and of all that have ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return float(ended.ru_utime + ended.ru_stime) + worked_s(pool)


def _begin_anew(pool: ParserPool) -> None:
    """Let the most memory that each process took be what it takes now, where the system knows."""
    for pid in pool.pids if sys.platform == "linux" else ():
        with suppress(OSError):
            Path(f"/proc/{pid}/clear_refs").write_text("5", "ascii")


def _peak_mb(pool: ParserPool) -> float:
    if sys.platform != "linux":
        sizes = (psutil.Process(pid).memory_info().rss for pid in pool.pids)
        return max(sizes, default=0) / (1 << 20)
    told = [
        line
        for pid in pool.pids
        for line in Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
        if line.startswith("VmHWM")
    ]
    return max((int(line.split()[1]) for line in told), default=0) / 1024
