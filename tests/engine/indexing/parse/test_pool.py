"""The pool: whatever a worker does, one document pays for it and the next one is read."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import docx
import psutil
import pytest

from strongroom_engine.errors import (
    Cancelled,
    DocumentProblem,
    ParserDied,
    ParserOutOfMemory,
    ParserTimedOut,
    TooLarge,
    Vanished,
)
from strongroom_engine.indexing.parse import messages
from strongroom_engine.indexing.parse.messages import Parse, Parsed
from strongroom_engine.indexing.parse.overseeing import Crowded, Overseer
from strongroom_engine.indexing.parse.pool import ParserPool
from strongroom_engine.processes import Child
from strongroom_engine.settings import Settings
from strongroom_engine.types import FileFacts

Outcome = Callable[[Path], Parsed | DocumentProblem]
MakePdf = Callable[..., Path]

ODD_WORKER = Path(__file__).with_name("odd_worker.py")
SETTINGS = Settings(parse_timeout_s=1.0, max_text_mb=1)


def start_odd_worker() -> Child:
    return Child(
        subprocess.Popen(
            [sys.executable, str(ODD_WORKER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            start_new_session=True,
        )
    )


@pytest.fixture
def odd() -> Iterator[ParserPool]:
    """One worker that misbehaves by the name of the file."""
    with ParserPool(1, SETTINGS, start_odd_worker) as pool:
        yield pool


def ask(pool: ParserPool, name: str) -> Parsed | DocumentProblem:
    return pool.parse(FileFacts(f"/{name}", 0, 0, ""))


def pid_of(outcome: Parsed | DocumentProblem) -> int:
    assert isinstance(outcome, Parsed), outcome
    return int(outcome.document.text)


def test_nothing_is_started_before_it_is_needed() -> None:
    with ParserPool(2) as pool:
        assert pool.pids == []


def test_a_worker_is_used_again(odd: ParserPool) -> None:
    assert pid_of(ask(odd, "a")) == pid_of(ask(odd, "b"))


def test_a_document_that_hangs_is_given_up(odd: ParserPool) -> None:
    first = pid_of(ask(odd, "a"))
    outcome = ask(odd, "hangs")
    assert isinstance(outcome, ParserTimedOut)
    assert outcome.sentence == "Reading the file took more than 1 seconds and was given up."
    assert pid_of(ask(odd, "b")) != first
    assert not psutil.pid_exists(first)


def test_a_document_that_crashes_the_worker_costs_only_itself(odd: ParserPool) -> None:
    outcome = ask(odd, "crashes")
    assert isinstance(outcome, ParserDied)
    assert outcome.details == {"why": "exit code -11"}
    assert pid_of(ask(odd, "a"))


def test_a_crash_that_an_earlier_document_prepared_is_tried_again(odd: ParserPool) -> None:
    ask(odd, "a")
    assert pid_of(ask(odd, "crashes-1"))  # crashes the second document of any worker


def test_a_document_that_takes_too_much_memory_is_given_up_where_no_system_limits_it() -> None:
    settings = Settings(parse_timeout_s=60, parse_memory_mb=64)
    with ParserPool(1, settings, start_odd_worker) as pool:
        outcome = ask(pool, "grows")
        assert isinstance(outcome, ParserOutOfMemory)
        assert outcome.details == {"limit": "64 MB"}
        assert pid_of(ask(pool, "a"))


def test_a_worker_may_work_for_so_long_in_all() -> None:
    given_up: list[DocumentProblem | Crowded] = []
    child = start_odd_worker()
    try:
        child.send(messages.encode(Parse("/works")))
        with Overseer(child.pid, 0.3, 1024, given_up.append):
            while not given_up:
                time.sleep(0.05)
        assert psutil.Process(child.pid).cpu_times().user < 10
    finally:
        child.end()
    assert isinstance(given_up[0], ParserTimedOut)
    assert given_up[0].details == {"seconds": "0.3"}


def test_a_worker_killed_from_outside_ran_out_of_memory(odd: ParserPool) -> None:
    assert isinstance(ask(odd, "killed"), ParserOutOfMemory)


def test_a_worker_that_died_idle_is_replaced_without_a_word(odd: ParserPool) -> None:
    process = psutil.Process(pid_of(ask(odd, "a")))
    process.kill()
    assert pid_of(ask(odd, "b")) != process.pid


def test_a_reply_that_makes_no_sense_is_a_crash(odd: ParserPool) -> None:
    assert isinstance(ask(odd, "strange"), ParserDied)


def test_a_reply_within_the_limit_is_taken(odd: ParserPool) -> None:
    assert isinstance(ask(odd, "floods"), Parsed)  # 3 MB of text; for files of 1 MB it may be 4


def test_a_reply_beyond_the_limit_is_not_taken(
    odd: ParserPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("strongroom_engine.indexing.parse.pool.REPLY_PER_TEXT", 1)
    outcome = ask(odd, "floods")
    assert isinstance(outcome, TooLarge)
    assert pid_of(ask(odd, "a"))


def test_close_frees_whoever_waits_and_leaves_no_process() -> None:
    pool = ParserPool(1, Settings(parse_timeout_s=60), start_odd_worker)
    with ThreadPoolExecutor(3) as threads:
        waiting = [threads.submit(ask, pool, "hangs") for _ in range(3)]
        while not pool.pids:
            time.sleep(0.01)
        children = [psutil.Process(pid) for pid in pool.pids]
        pool.close()
        for one in waiting:
            with pytest.raises(Cancelled):
                one.result(timeout=30)  # they hang for minutes
    assert not any(child.is_running() for child in children)
    with pytest.raises(Cancelled):
        ask(pool, "a")


def test_many_threads_share_few_workers(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.txt" for number in range(40)]
    for path in paths:
        path.write_text(f"words of {path.name}")
    with ParserPool(2) as pool, ThreadPoolExecutor(8) as threads:
        outcomes = list(threads.map(lambda path: pool.parse(FileFacts(str(path), 0, 0, "")), paths))
        assert len(pool.pids) <= 2
    for path, outcome in zip(paths, outcomes, strict=True):
        assert isinstance(outcome, Parsed)
        assert outcome.document.text == path.read_text()
        assert outcome.content_hash == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_page_is_drawn_while_all_workers_parse(make_pdf: MakePdf, tmp_path: Path) -> None:
    path = make_pdf("<p>words</p>")
    with ParserPool(1, Settings(parse_timeout_s=60)) as pool:
        (tmp_path / "slow.md").write_text("- words *and* more\n" * 60_000)
        slow = threading.Thread(target=ask, args=(pool, str(tmp_path / "slow.md")[1:]))
        slow.start()
        drawn = pool.render(str(path), 1, 300, ((0, 5),))
        assert slow.is_alive()
        slow.join()
    assert (drawn.width_px, drawn.page, drawn.pages) == (300, 1, 1)
    assert drawn.png.startswith(b"\x89PNG")
    ((x0, y0, x1, y1),) = drawn.rectangles[0]
    assert 0 < x0 < x1 < 1
    assert 0 < y0 < y1 < 1


def test_drawing_raises_what_is_wrong(pool: ParserPool, tmp_path: Path) -> None:
    with pytest.raises(Vanished):
        pool.render(str(tmp_path / "gone.pdf"), 1, 100)


def test_a_document_that_needs_too_much_memory_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    docx.Document().save(str(path))
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    start, end = members["word/document.xml"].split(b"<w:sectPr", 1)
    members["word/document.xml"] = start + b"<w:p/>" * 9_000_000 + b"<w:sectPr" + end
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    (tmp_path / "a.txt").write_text("words")
    with ParserPool(1, Settings(parse_memory_mb=256)) as pool:
        outcome = pool.parse(FileFacts(str(path), 0, 0, ""))
        assert isinstance(outcome, ParserOutOfMemory)
        assert outcome.details == {"limit": "256 MB"}
        assert isinstance(pool.parse(FileFacts(str(tmp_path / "a.txt"), 0, 0, "")), Parsed)
