"""Watching: each burst is told once, when it has come to rest, and stopping leaves nothing."""

from __future__ import annotations

import errno
import logging
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from strongroom_engine.errors import WatchLimited
from strongroom_engine.indexing.watching import Watcher, gathering, observing, polling
from strongroom_engine.indexing.watching import watcher as watching

SETTLE_S = 0.2
WAIT_S = 8.0


class Told:
    """What a watcher has told, and waiting for it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bursts: list[set[str]] = []
        self.restless: set[str] = set()
        self._changed = threading.Condition()

    def __call__(self, paths: set[str], restless: set[str]) -> None:
        with self._changed:
            self.restless |= {str(Path(path).relative_to(self.folder)) for path in restless}
            self.bursts.append({str(Path(path).relative_to(self.folder)) for path in paths})
            self._changed.notify()

    def wait(self, *names: str) -> None:
        """Until each of these paths has been told at least once."""
        with self._changed:
            assert self._changed.wait_for(lambda: set(names) <= self.all, WAIT_S), self.bursts

    def rest(self) -> None:
        """Until nothing has been told for a while."""
        count = -1
        while count != len(self.bursts):
            count = len(self.bursts)
            time.sleep(4 * SETTLE_S)

    def rest_of_rounds(self) -> None:
        time.sleep(6 * SETTLE_S)

    @property
    def all(self) -> set[str]:
        return {path for burst in self.bursts for path in burst}


Start = Callable[..., Watcher]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    return folder


@pytest.fixture
def told(folder: Path) -> Told:
    return Told(folder)


@pytest.fixture
def start(folder: Path, told: Told) -> Iterator[Start]:
    """Starts a watcher over sources in the folder; all threads must be gone in the end."""
    before = set(threading.enumerate())
    started: list[Watcher] = []

    def start(*sources: Path, **options: Any) -> Watcher:
        named = [str(source) for source in sources or (folder,)]
        watcher = Watcher(named, told, SETTLE_S, **options)
        watcher.start()
        started.append(watcher)
        return watcher

    yield start
    for watcher in started:
        watcher.stop()
    assert set(threading.enumerate()) <= before


def test_a_burst_is_told_once(start: Start, told: Told, folder: Path) -> None:
    start()
    for number in range(50):
        (folder / f"{number}.txt").write_text("words")
    told.wait("0.txt", "49.txt")
    time.sleep(2 * SETTLE_S)
    assert told.bursts == [{f"{number}.txt" for number in range(50)}]


def test_a_rename_is_told_by_both_names_and_a_deletion(
    start: Start, told: Told, folder: Path
) -> None:
    (folder / "a.txt").write_text("words")
    start()
    (folder / "a.txt").rename(folder / "b.txt")
    told.wait("a.txt", "b.txt")
    (folder / "b.txt").unlink()
    told.wait("b.txt")
    assert told.bursts[0] == {"a.txt", "b.txt"}


def test_a_file_is_told_after_its_last_write(start: Start, told: Told, folder: Path) -> None:
    start()
    with (folder / "slow.txt").open("w") as file:
        for _ in range(8):
            file.write("words")
            file.flush()
            time.sleep(SETTLE_S / 2)
        assert told.bursts == []
    told.wait("slow.txt")
    assert len(told.bursts) == 1


def test_a_file_that_never_rests_is_told_all_the_same(
    start: Start, told: Told, folder: Path
) -> None:
    start()
    began = time.monotonic()
    with endless(folder / "server.log", every_s=SETTLE_S / 4):
        told.wait("server.log")
        took = time.monotonic() - began
    assert took >= 0.8 * gathering.PATIENCE * SETTLE_S


def test_what_never_rests_holds_up_nothing_else(start: Start, told: Told, folder: Path) -> None:
    start()
    with endless(folder / "server.log", every_s=SETTLE_S / 4):
        time.sleep(SETTLE_S)
        began = time.monotonic()
        (folder / "letter.txt").write_text("words")
        told.wait("letter.txt")
        assert time.monotonic() - began < 2.5 * SETTLE_S
        assert "server.log" not in told.all


def test_a_file_that_its_writer_has_open_may_pause(start: Start, told: Told, folder: Path) -> None:
    if not observing.CLOSES:
        pytest.skip("it is not told here that a file is closed")
    start()
    with (folder / "slow.pdf").open("w") as file:
        for _ in range(3):
            file.write("words")
            file.flush()
            time.sleep(2 * SETTLE_S)
        assert told.bursts == []
    told.wait("slow.pdf")
    assert len(told.bursts) == 1


def test_what_changes_all_the_time_is_told_more_and_more_seldom() -> None:
    gathered = gathering.Gathered(0.02)
    ends, tellings = time.monotonic() + 4.0, 0
    while time.monotonic() < ends:
        gathered.add("/a", "/a/log")
        tellings += gathered.rested(0.1) is not None
    assert tellings < gathering.CALLS_AT_ONCE + 14, "of 80 times that it rested"
    gathered.add("/a", "/a/letter")
    assert gathered.rested(0.5) == gathering.Telling(frozenset({"/a/letter"}))


def test_what_is_being_written_in_a_folder_is_told_as_restless() -> None:
    gathered = gathering.Gathered(0.2)
    gathered.add("/a", "/a/new")
    ends = time.monotonic() + 1.0
    telling = None
    while telling is None and time.monotonic() < ends:
        gathered.add("/a", "/a/new/slow.pdf", open_=True)
        telling = gathered.rested(0.05)
    assert telling == gathering.Telling(frozenset({"/a/new"}), frozenset({"/a/new/slow.pdf"}))


def test_a_source_within_another_is_told_with_it() -> None:
    """Else nobody would look at it: a look at the outer one leaves it out."""
    gathered = gathering.Gathered(0.02)
    for source in ("/a", "/a/inner"):
        gathered.add(source, source)
    assert gathered.rested(1.0) == gathering.Telling(frozenset({"/a", "/a/inner"}))


def test_both_names_of_a_renamed_file_are_told_together() -> None:
    gathered = gathering.Gathered(0.1)
    gathered.add("/a", "/a/old", "/a/new")
    time.sleep(0.05)
    gathered.add("/a", "/a/new")
    assert gathered.rested(1.0) == gathering.Telling(frozenset({"/a/old", "/a/new"}))


def test_little_that_changes_does_not_wait_for_much(folder: Path) -> None:
    """What is told goes on in threads of its own, and much that changes is gathered meanwhile."""
    told, go_on = Told(folder), threading.Event()

    def listen(paths: set[str], restless: set[str]) -> None:
        told(paths, restless)
        if len(told.bursts) == 1:
            go_on.wait(WAIT_S)

    watcher = Watcher([str(folder)], listen, SETTLE_S)
    watcher.start()
    try:
        (folder / "copied").mkdir()
        for number in range(50):
            (folder / "copied" / f"{number}.txt").write_text("words")
        told.wait("copied")
        (folder / "letter.txt").write_text("words")
        told.wait("letter.txt")
        assert len(told.bursts) == 2
    finally:
        go_on.set()
        watcher.stop()


@contextmanager
def endless(path: Path, every_s: float) -> Iterator[None]:
    """A file that is appended to again and again, and held open."""
    ended = threading.Event()

    def write() -> None:
        with path.open("w") as file:
            while not ended.wait(every_s):
                file.write("line\n")
                file.flush()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def test_passing_files_and_reading_are_not_told(start: Start, told: Told, folder: Path) -> None:
    (folder / "read.txt").write_text("words")
    start()
    for name in ("~$a.docx", "a.swp", ".hidden", "b.part", "c.txt~"):
        (folder / name).write_text("x")
    (folder / ".git").mkdir()
    (folder / ".git" / "index").write_text("x")
    (folder / "read.txt").read_text()
    (folder / "last.txt").write_text("words")
    told.wait("last.txt")
    assert told.all == {"last.txt"}


def test_an_editor_that_saves_beside_and_renames_is_one_change(
    start: Start, told: Told, folder: Path
) -> None:
    (folder / "a.txt").write_text("words")
    start()
    (folder / ".a.txt.swp").write_text("new words")
    (folder / ".a.txt.swp").rename(folder / "a.txt")
    told.wait("a.txt")
    assert told.bursts == [{"a.txt"}]


def test_a_folder_that_takes_the_place_of_another_is_watched(
    start: Start, told: Told, folder: Path, tmp_path: Path
) -> None:
    (folder / "papers").mkdir()
    start()
    for turn in range(3):
        fresh = tmp_path / f"fresh {turn}"
        fresh.mkdir()
        (folder / "papers").rename(tmp_path / f"old {turn}")
        fresh.rename(folder / "papers")
        told.wait("papers")
        told.rest()
        (folder / "papers" / f"{turn}.txt").write_text("words")
        told.wait(f"papers/{turn}.txt")
    shutil.rmtree(folder / "papers")
    (folder / "papers").mkdir()
    told.rest()
    (folder / "papers" / "last.txt").write_text("words")
    told.wait("papers/last.txt")


def test_a_folder_that_moved_on_before_that_was_heard_is_watched(
    start: Start, told: Told, folder: Path
) -> None:
    moved = threading.Event()

    def left_out(_source: str, path: str) -> bool:
        if path.endswith("deep"):  # whoever hears of it finds in it what moved there meanwhile
            moved.wait(WAIT_S)
        return False

    (folder / "a").mkdir()
    start(left_out=left_out)
    (folder / "deep").mkdir()
    (folder / "a").rename(folder / "deep" / "a")
    (folder / "a").mkdir()
    moved.set()
    told.wait("a", "deep")
    told.rest()
    (folder / "a" / "new.txt").write_text("words")
    (folder / "deep" / "a" / "old.txt").write_text("words")
    told.wait("a/new.txt", "deep/a/old.txt")


def test_folders_made_in_haste_are_all_watched(start: Start, told: Told, folder: Path) -> None:
    start()
    for number in range(100):
        (folder / "deep" / str(number)).mkdir(parents=True)
        (folder / "deep" / str(number) / "a.txt").write_text("words")
    told.wait("deep")
    told.rest()
    for number in range(100):
        (folder / "deep" / str(number) / "b.txt").write_text("words")
    told.wait(*(f"deep/{number}/b.txt" for number in range(100)))


def test_a_folder_stands_for_what_is_in_it(
    start: Start, told: Told, folder: Path, tmp_path: Path
) -> None:
    start()
    (tmp_path / "outside" / "deep").mkdir(parents=True)
    (tmp_path / "outside" / "deep" / "a.txt").write_text("words")
    (tmp_path / "outside").rename(folder / "moved in")
    told.wait("moved in")
    (folder / "moved in" / "deep" / "b.txt").write_text("words")  # new folders are watched too
    told.wait("moved in/deep/b.txt")
    (folder / "moved in").rename(folder / "renamed")
    told.wait("renamed", "moved in")
    shutil.rmtree(folder / "renamed")
    time.sleep(2 * SETTLE_S)
    assert "renamed" in told.bursts[-1]


def test_sources_come_and_go_at_run_time(start: Start, told: Told, folder: Path) -> None:
    (folder / "one").mkdir()
    (folder / "two").mkdir()
    watcher = start(folder / "one")
    watcher.add(str(folder / "two"))
    watcher.add(str(folder / "two"))
    (folder / "two" / "a.txt").write_text("words")
    told.wait("two/a.txt")
    watcher.remove(str(folder / "two"))
    (folder / "two" / "b.txt").write_text("words")
    (folder / "one" / "c.txt").write_text("words")
    told.wait("one/c.txt")
    assert "two/b.txt" not in told.all


def test_a_single_file_is_watched_alone(start: Start, told: Told, folder: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text("words")
    watcher = start(folder / "a.txt", folder / "b.txt")
    (folder / "other.txt").write_text("words")
    (folder / "a.txt").write_text("more words")
    told.wait("a.txt")
    watcher.remove(str(folder / "a.txt"))  # both share the watch of their folder
    (folder / "a.txt").write_text("words again")
    (folder / "b.txt").unlink()
    told.wait("b.txt")
    assert told.all == {"a.txt", "b.txt"}
    assert not any("a.txt" in burst for burst in told.bursts[1:])


def test_a_source_that_went_and_came_back_is_watched_again(
    start: Start, told: Told, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "TEND_EVERY_S", 0.2)
    source = folder / "stick"
    start(source)  # not there yet
    source.mkdir()
    told.wait("stick")
    told.rest()
    (source / "a.txt").write_text("words")
    told.wait("stick/a.txt")
    shutil.rmtree(source)
    told.rest()
    told.bursts.clear()
    source.mkdir()
    (source / "b.txt").write_text("words")
    told.wait("stick")
    told.rest()
    (source / "c.txt").write_text("words")
    told.wait("stick/c.txt")


ENDLESS = 1 << 30


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """For how many folders the system has watches left."""
    left = [ENDLESS]
    from watchdog.observers.inotify_c import InotifyFD

    add = InotifyFD.add_callback

    def add_callback(self: InotifyFD, *args: Any) -> Any:
        if left[0] <= 0:
            raise OSError(errno.ENOSPC, "inotify watch limit reached")
        left[0] -= 1
        return add(self, *args)

    monkeypatch.setattr(InotifyFD, "add_callback", add_callback)
    monkeypatch.setattr(watching, "TEND_EVERY_S", 0.2)
    monkeypatch.setattr(polling, "ROUND_EVERY_S", 0.2)
    return left


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts watches")
@pytest.mark.parametrize("watches", [0, 2])
def test_what_the_system_cannot_watch_is_looked_over(
    start: Start, told: Told, folder: Path, room: list[int], watches: int
) -> None:
    for name in ("one", "two", "three"):
        (folder / name / "deep").mkdir(parents=True)
    troubles: list[WatchLimited] = []
    room[0] = watches
    start(on_trouble=troubles.append)
    told.wait(*(["."] if watches == 0 else []))
    told.rest_of_rounds()
    assert [trouble.details["path"] for trouble in troubles] == [str(folder)]
    assert "inotify watch limit reached" in troubles[0].sentence
    assert (told.all == {"."}) is (watches == 0), "only what is not watched is looked over"
    room[0] = ENDLESS
    time.sleep(4 * SETTLE_S)
    told.rest()
    told.bursts.clear()
    (folder / "three" / "deep" / "a.txt").write_text("words")
    told.wait("three/deep/a.txt")  # there is room now
    assert len(troubles) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts watches")
def test_no_watch_is_spent_on_what_is_left_out(
    start: Start, told: Told, folder: Path, room: list[int]
) -> None:
    for number in range(30):
        (folder / "node_modules" / str(number)).mkdir(parents=True)
    (folder / "papers").mkdir()
    start()
    assert ENDLESS - room[0] == 2
    (folder / "node_modules" / "new").mkdir()
    (folder / "papers" / "a.txt").write_text("words")
    told.wait("papers/a.txt")
    assert ENDLESS - room[0] == 2


LIMITED = """
import sys, time
from pathlib import Path
Path("/proc/sys/user/max_inotify_watches").write_text("4")
from strongroom_engine.indexing.watching import Watcher
told = set()
watcher = Watcher([sys.argv[1]], lambda paths, _: told.update(paths), 0.2,
                  on_trouble=lambda error: print(error, flush=True))
watcher.start()
inner = sorted(Path(sys.argv[1]).iterdir())
for folder in inner:
    (folder / "a.txt").write_text("words")
deadline = time.monotonic() + 20
while time.monotonic() < deadline:
    looked_over = [one for one in inner if str(one) in told]
    seen = [one for one in inner if str(one / "a.txt") in told]
    if len(looked_over) + len(seen) >= len(inner):
        break
    time.sleep(0.1)
print(len(looked_over), len(seen))
watcher.stop()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts watches")
def test_the_real_limit_of_the_system(folder: Path) -> None:
    for number in range(10):
        (folder / str(number)).mkdir()
    unshare = ["unshare", "--user", "--map-root-user"]
    if (
        shutil.which("unshare") is None
        or subprocess.run([*unshare, "true"], check=False).returncode
    ):
        pytest.skip("no limits of one's own here")
    done = subprocess.run(
        [*unshare, sys.executable, "-c", LIMITED, str(folder)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if "Permission denied" in done.stderr or "Read-only" in done.stderr:
        pytest.skip("the limit cannot be set here")
    assert "cannot watch all of" in done.stdout, done.stderr
    assert done.stdout.endswith("7 3\n"), "the folder and three more are watched"


def test_a_drive_that_tells_nothing_is_looked_over(
    start: Start, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "needs_polling", lambda _path: True)
    monkeypatch.setattr(watching, "TEND_EVERY_S", 0.2)
    monkeypatch.setattr(polling, "ROUND_EVERY_S", 0.2)
    troubles: list[WatchLimited] = []
    start(on_trouble=troubles.append)
    told.wait(".")
    assert not troubles


def test_a_look_that_takes_long_is_made_seldom() -> None:
    looks: list[str] = []
    rounds = polling.Rounds(lambda _source, place: looks.append(place))
    rounds.begin("/a", ["/a/b"])
    rounds.go()
    assert looks == [], "what is there now is found by the scan at the start"
    rounds.took({"/a/b"}, 100.0)
    assert rounds._rounds["/a"].every == polling.MOST_S
    rounds.took({"/a/b"}, 0.01)
    assert rounds._rounds["/a"].every == polling.ROUND_EVERY_S


def test_more_than_can_be_told_is_told_as_the_source(
    start: Start, told: Told, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "MAX_WAITING", 20)
    start()
    for number in range(40):
        (folder / f"{number}.txt").write_text("words")
    told.wait(".")
    time.sleep(2 * SETTLE_S)
    assert told.bursts == [{"."}]


def test_events_that_the_system_dropped_are_made_good(
    start: Start, told: Told, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    start()
    logging.getLogger("watchdog.observers.inotify_c").warning(
        "Inotify queue overflowed; filesystem events were lost"
    )
    told.wait(".")
    caplog.clear()


def test_a_listener_that_fails_is_told_the_next_change_too(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    told = Told(folder)

    def listen(paths: set[str], restless: set[str]) -> None:
        told(paths, restless)
        if len(told.bursts) == 1:
            raise ValueError("a fault")

    watcher = Watcher([str(folder)], listen, SETTLE_S)
    watcher.start()
    try:
        (folder / "a.txt").write_text("words")
        told.wait("a.txt")
        (folder / "b.txt").write_text("words")
        told.wait("b.txt")
    finally:
        watcher.stop()
    assert "could not be taken in" in caplog.text
    caplog.clear()


# --- what tells of changes ends -------------------------------------------------------------------


def kill(
    thread: threading.Thread, monkeypatch: pytest.MonkeyPatch, wake: Callable[[], Any]
) -> None:
    """Let a thread of watchdog end by an error, as a fault in it would."""

    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("a fault")

    name = "queue_events" if hasattr(thread, "queue_events") else "handle_event"
    name = name if hasattr(thread, name) else "dispatch_events"
    monkeypatch.setattr(threading, "excepthook", lambda _args: None)
    monkeypatch.setattr(thread, name, fail)
    wake()
    thread.join(WAIT_S)
    assert not thread.is_alive()


@pytest.mark.skipif(sys.platform != "linux", reason="these are its threads on Linux")
@pytest.mark.parametrize("which", ["emitter", "inotify", "observer"])
def test_a_thread_that_ends_by_an_error_is_noticed_and_replaced(
    start: Start,
    told: Told,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    which: str,
) -> None:
    folder = told.folder
    monkeypatch.setattr(watching, "TEND_EVERY_S", 0.2)
    watcher = start()
    observer: Any = watcher._observer
    threads = {
        "emitter": next(iter(observer.emitters)),
        "inotify": observer._inotify_fd,
        "observer": observer,
    }
    kill(threads[which], monkeypatch, (folder / "lost.txt").touch)
    told.wait(".")  # looked over, for what was lost meanwhile
    told.rest()
    (folder / "a.txt").write_text("words")
    told.wait("a.txt")
    assert "nothing was heard" in caplog.text
    assert str(folder) not in caplog.text
    caplog.clear()


@pytest.mark.skipif(sys.platform != "linux", reason="inotify takes its watch away")
def test_a_watch_that_the_system_took_away_is_set_again(
    start: Start,
    told: Told,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """As when a drive was gone and is back, or the folder was made anew with the same number, before
    anybody looked."""
    monkeypatch.setattr(watching, "TEND_EVERY_S", 0.2)
    from watchdog.observers.inotify_c import inotify_rm_watch

    watcher = start()
    inotify: Any = watcher._observer._inotify_fd  # type: ignore[union-attr] # it has started
    for descriptor in list(inotify._watch_for_wd):
        inotify_rm_watch(inotify._inotify_fd, descriptor)
    told.wait(".")
    told.rest()
    (folder / "a.txt").write_text("words")
    told.wait("a.txt")
    assert "nothing was heard" in caplog.text
    caplog.clear()


def test_what_ends_again_and_again_is_looked_over_instead(
    start: Start,
    told: Told,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(watching, "TEND_EVERY_S", 0.05)
    monkeypatch.setattr(polling, "ROUND_EVERY_S", 0.2)
    monkeypatch.setattr(observing, "has_ended", lambda _observer: True)
    troubles: list[WatchLimited] = []
    watcher = start(on_trouble=troubles.append)
    deadline = time.monotonic() + WAIT_S
    while not troubles and time.monotonic() < deadline:
        time.sleep(0.05)
    told.rest_of_rounds()
    assert len(troubles) == 1
    assert watcher._observer is None
    told.bursts.clear()
    told.wait(".")
    caplog.clear()


@pytest.mark.skipif(sys.platform != "linux", reason="its watches are known by their numbers")
def test_two_watches_of_one_path_end_no_thread(start: Start, told: Told, folder: Path) -> None:
    """A folder that was moved over one that went, told in the other order."""
    for name in ("a", "b"):
        (folder / name).mkdir()
    watcher = start()
    group: Any = next(iter(watcher._observer.emitters))._inotify  # type: ignore[union-attr] # it has started
    path = str(folder / "a").encode()
    first = group._active_callbacks_by_path[path]
    second = group._active_callbacks_by_path[str(folder / "b").encode()]
    group._move_watches(str(folder / "b").encode(), path)
    for descriptor in (second, first, first):
        group.on_watch_deleted(descriptor)
    (folder / "c.txt").write_text("words")
    told.wait("c.txt")


def test_who_tends_the_sources_is_called_in_the_same_rhythm(
    start: Start, told: Told, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(watching, "TEND_EVERY_S", 0.1)
    calls: list[str] = []

    def tend() -> None:
        calls.append(threading.current_thread().name)
        raise ValueError("a fault")

    start(tend=tend)
    deadline = time.monotonic() + WAIT_S
    while len(calls) < 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert calls[:3] == ["watch"] * 3
    (told.folder / "a.txt").write_text("words")
    told.wait("a.txt")
    assert "could not be tended" in caplog.text
    caplog.clear()


def test_ending_does_not_wait_until_all_folders_are_watched(folder: Path, told: Told) -> None:
    for number in range(40):
        (folder / str(number)).mkdir()
    asked: list[str] = []
    ending: list[threading.Thread] = []

    def left_out(_source: str, path: str) -> bool:
        asked.append(path)
        if len(asked) == 3:
            ending[0].start()
            assert watcher._stopped.wait(WAIT_S)
        return False

    watcher = Watcher([str(folder)], told, SETTLE_S, left_out=left_out)
    ending.append(threading.Thread(target=watcher.stop))
    watcher.start()
    ending[0].join(WAIT_S)
    assert not ending[0].is_alive()
    assert len(asked) == 3
    assert not watcher._thread.is_alive()


@pytest.mark.skipif(sys.platform != "linux", reason="the watches of Linux are one a folder")
def test_watches_are_not_given_back_one_by_one_at_the_end(
    folder: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    from watchdog.observers import inotify_c

    for number in range(40):
        (folder / str(number)).mkdir()
    watcher = Watcher([str(folder)], told, SETTLE_S)
    watcher.start()
    given_back: list[int] = []
    remove = inotify_c.inotify_rm_watch

    def counted(descriptor: int, watch: Any) -> int:
        given_back.append(watch)
        return int(remove(descriptor, watch))

    monkeypatch.setattr(inotify_c, "inotify_rm_watch", counted)
    watcher.stop()
    assert given_back == []
