"""A document that ends Strongroom is put aside after the second time, and all others are read."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from tests.engine.fakes import DIMENSIONS
from tests.engine.indexing import ended

from strongroom_engine.errors import Cancelled, NeedsPassword, ParserDied, StrongroomError
from strongroom_engine.indexing.attempts import Attempts
from strongroom_engine.store import LibraryKey, Store
from strongroom_engine.types import FileFacts, State

ROOT = Path(__file__).parents[3]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "papers"
    made.mkdir()
    for name in ("a", "hangs", "z"):
        (made / name).write_text("words")
    return made


def start_and_kill(library: Path, key: LibraryKey, folder: Path, begun: int) -> None:
    """Index the folder in a process, and kill it when the hanging document was begun so often."""
    process = subprocess.Popen(
        [sys.executable, str(Path(ended.__file__)), str(library), key.raw.hex(), str(folder)],
        env={"PYTHONPATH": f"{ROOT}:{ROOT / 'engine'}", "PATH": ""},
    )
    try:
        wait_until(lambda: times_begun(library, key, folder) == begun, process)
    finally:
        children = psutil.Process(process.pid).children() if process.poll() is None else []
        process.kill()
        process.wait()
        for child in children:  # its parser, which would go on for a while
            child.kill()


def times_begun(library: Path, key: LibraryKey, folder: Path) -> int:
    """How often the hanging document was; others that wait for the worker are noted, too."""
    try:
        with Store.open(library, key, mode="read") as store:
            counts = store.reports.without_end(str(folder))
    except StrongroomError:  # not made yet
        return 0
    return sum(count for facts, count in counts.items() if facts.path.endswith("hangs"))


def wait_until(holds: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    began = time.monotonic()
    while not holds():
        assert process.poll() is None, "it ended by itself"
        assert time.monotonic() - began < 120
        time.sleep(0.1)


def states(store: Store) -> dict[str, State]:
    return {Path(one.path).name: one.state for one in store.documents()}


@pytest.mark.skipif(sys.platform == "win32", reason="the test kills as POSIX does")
def test_a_document_that_ends_strongroom_twice_is_put_aside(
    tmp_path: Path, key: LibraryKey, folder: Path
) -> None:
    library = tmp_path / "library"
    for begun in (1, 2):
        start_and_kill(library, key, folder, begun)
    with Store.open(
        library, key, mode="write", model="word-lengths", dimensions=DIMENSIONS
    ) as store:
        began = time.monotonic()
        ended.sync(store, str(folder))
        assert time.monotonic() - began < 50  # it is not read: that takes a minute
        found = states(store)
        assert found.pop("hangs") is State.FAILED
        assert set(found.values()) <= {State.READABLE, State.INDEXED}
        (problem,) = store.status().problems
        assert problem.code == "ended-strongroom"

        ended.sync(store, str(folder))  # it stays so
        assert states(store)["hangs"] is State.FAILED

        (folder / "hangs").write_text("other words")
        ended.sync(store, str(folder), timeout_s=1.0)
        (problem,) = store.status().problems
        assert problem.code == "timed-out"  # it has changed, and was read


def facts(folder: Path, name: str) -> FileFacts:
    return FileFacts(str(folder / name), 5, 1, "")


def test_what_was_being_read_is_read_last_and_alone(store: Store, folder: Path) -> None:
    store.add_source(str(folder), "Papers")
    files = [facts(folder, name) for name in ("hangs", "a", "z")]
    store.note_pending(str(folder), files)
    store.reports.begin(files[0])
    attempts = Attempts(store)
    left, aside = attempts.sorted(str(folder), files, ())
    assert [Path(one.path).name for one in left] == ["a", "z", "hangs"]
    assert aside == []

    entered = threading.Event()

    def read_alone() -> None:
        with attempts.one(files[0]):
            entered.set()

    with attempts.one(files[1]):
        thread = threading.Thread(target=read_alone)
        thread.start()
        assert not entered.wait(0.3)
    assert entered.wait(10)
    thread.join()
    assert store.reports.without_end(str(folder)) == {}  # both have come to an end


def test_what_was_cancelled_has_come_to_an_end(store: Store, folder: Path) -> None:
    store.add_source(str(folder), "Papers")
    file = facts(folder, "a")
    store.note_pending(str(folder), [file])

    def read() -> None:
        with Attempts(store).one(file):
            began = time.monotonic()
            while not store.reports.without_end(str(folder)):
                assert time.monotonic() - began < 30
                time.sleep(0.05)
            raise Cancelled

    with pytest.raises(Cancelled):
        read()
    assert store.reports.without_end(str(folder)) == {}


def test_a_file_that_has_changed_since_is_read(store: Store, folder: Path) -> None:
    store.add_source(str(folder), "Papers")
    before = facts(folder, "hangs")
    store.note_pending(str(folder), [before])
    for _ in range(3):
        store.reports.begin(before)
    now = FileFacts(before.path, 6, 2, "")
    assert Attempts(store).sorted(str(folder), [now], ()) == ([now], [])
    assert Attempts(store).sorted(str(folder), [before], ())[0] == []
    assert Attempts(store).sorted(str(folder), [before], {before.path})[0] == [before]
    store.reports.begin(now)
    assert store.reports.without_end(str(folder)) == {now: 1}


def test_what_an_earlier_strongroom_could_not_read_is_read_again_once(
    store: Store, folder: Path
) -> None:
    store.add_source(str(folder), "Papers")
    crashed, locked = facts(folder, "hangs"), facts(folder, "a")
    problems = ((crashed, ParserDied(why="x")), (locked, NeedsPassword()))
    for one, problem in problems:
        store.put_problem(one, problem)
    store.reports.renew("1.0")
    assert states(store) == {"hangs": State.PENDING, "a": State.SKIPPED}
    store.put_problem(crashed, ParserDied(why="x"))
    store.reports.renew("1.0")
    assert states(store)["hangs"] is State.FAILED
    store.reports.renew("1.1")
    assert states(store)["hangs"] is State.PENDING
