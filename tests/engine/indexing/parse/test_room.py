"""All parsers together have no more memory than one may have, and lose nothing by it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from tests.engine.indexing.parse.odd_worker import LARGE_BYTES
from tests.engine.indexing.parse.test_pool import pid_of, start_odd_worker

from strongroom_engine.indexing.parse import pool as pool_module
from strongroom_engine.indexing.parse.messages import Parsed
from strongroom_engine.indexing.parse.overseeing import OWN_BYTES
from strongroom_engine.indexing.parse.pool import ParserPool
from strongroom_engine.settings import Settings
from strongroom_engine.types import FileFacts


@pytest.fixture
def bare_bytes() -> int:
    """The memory of a worker that has read nothing large."""
    with ParserPool(1, Settings(), start_odd_worker) as pool:
        return int(psutil.Process(pid_of(read(pool, Path("/a")))).memory_info().rss)


@pytest.fixture
def pool(bare_bytes: int) -> Iterator[ParserPool]:
    """Two workers, with room for one large document beside the other worker, and not for two."""
    together = 2 * bare_bytes + 3 * LARGE_BYTES // 2
    memory_mb = max(together - OWN_BYTES, 1 << 20) >> 20
    with ParserPool(2, Settings(parse_memory_mb=memory_mb), start_odd_worker) as made:
        yield made


def read(pool: ParserPool, path: Path) -> Parsed:
    outcome = pool.parse(FileFacts(str(path), 0, 0, ""))
    assert isinstance(outcome, Parsed), outcome
    return outcome


def attempts(path: Path) -> int:
    return len(path.with_name(f"{path.name}.begun").read_text().splitlines())


def test_two_documents_for_which_there_is_no_room_are_read_one_after_the_other(
    pool: ParserPool, tmp_path: Path
) -> None:
    first, last = tmp_path / "large-1", tmp_path / "large-2"
    with ThreadPoolExecutor(2) as threads:
        one = threads.submit(read, pool, first)
        while not first.with_name("large-1.begun").exists():
            time.sleep(0.01)
        other = threads.submit(read, pool, last)
        one.result(), other.result()
    assert (attempts(first), attempts(last)) == (1, 2)
    read(pool, tmp_path / "a")  # others are read again


def test_what_there_is_room_for_is_read_at_once(pool: ParserPool, tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as threads:
        one = threads.submit(read, pool, tmp_path / "large-1")
        other = threads.submit(read, pool, tmp_path / "a")
        assert pid_of(one.result()) != pid_of(other.result())
    assert attempts(tmp_path / "large-1") == 1


def test_a_worker_is_replaced_after_many_documents_but_not_inside_a_container(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool_module, "MAX_DOCUMENTS", 2)
    mailbox = tmp_path / "post.mbox"
    mailbox.touch()
    with ParserPool(1, Settings(), start_odd_worker) as pool:
        inside = {pid_of(read(pool, mailbox / f"{number}.eml")) for number in range(6)}
        files = {pid_of(read(pool, tmp_path / f"{number}.eml")) for number in range(6)}
    assert len(inside) == 1
    assert len(files) >= 3
