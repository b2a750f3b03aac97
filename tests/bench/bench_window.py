"""The window: how long its loop is ever held up, and how soon it can be used.

    python tests/bench/bench_window.py [--documents 1000] [--starts 7] [--only loop|start]

loop    The real window on the real engine: a folder of documents is dropped, and while it is
        indexed questions are asked and hits typed for. A probe in the window's loop is due every
        5 ms; how late it comes is the time for which the loop was blocked ('late'). The reference
        is a bare process that sleeps 5 ms at a time, in the same seconds: what the busy machine
        itself costs anybody. Figures are milliseconds, at the median, the 99th percentile and the
        most; the ratio is that of the 99th percentiles. 'late' holds the time for which others had
        the processor; 'of its own' is the processor's time that the window's thread took between
        two visits of the probe: what we do to the loop ourselves, whatever else runs.

start   A start after the first one, on the library of those documents, with bytecode written before
        (an installed program has it; without, each process compiles for .2 to .4 s). Two moments
        count from the start of the process: 'ready', when the desk is shown and its loop idle, so
        that one can write, and 'listed', when the sources are there. Seconds by the clock, and the
        processor's seconds of window and engine together until then, which depend less on what
        else runs. The reference, in turn with it, is an empty window of the same Qt: what no
        program of it can be quicker than. Medians, and the most.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import psutil
from PySide6.QtCore import (
    QElapsedTimer,
    QEventLoop,
    QMimeData,
    QPointF,
    QSettings,
    Qt,
    QTimer,
    QUrl,
)
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).parent))
from bench_indexing import make_documents  # type: ignore[import-not-found]  # beside this

from strongroom_desktop.client import Engine, host_command
from strongroom_desktop.frame.shell import Shell
from strongroom_engine import protocol as wire

EVERY_MS = 5
QUESTIONS = ("Which report speaks of water?", "What was decided in the meeting?")
TYPED = "water house paper"
PAUSE_MS = 4_000
"""Between two searches: who types without end holds indexing back, as is wanted."""

SLEEPER = f"""
import sys, time
late = []
print("on", flush=True)
end = time.monotonic() + float(sys.argv[1])
while (begun := time.perf_counter()) and time.monotonic() < end:
    time.sleep({EVERY_MS / 1000})
    late.append((time.perf_counter() - begun) * 1000 - {EVERY_MS})
print(*late)
"""

BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication(sys.argv)
window = QMainWindow()
window.resize(1440, 900)
window.show()
QTimer.singleShot(0, lambda: print("ready", flush=True))
application.exec()
"""

OURS = """
import sys
from PySide6.QtCore import QTimer
from strongroom_desktop import app, client
from strongroom_engine.protocol import Sources
start = client.Engine.start
def start_and_watch(engine):
    start(engine)  # what the window is made of is imported after it, as in the program
    engine.received.connect(lambda event: isinstance(event, Sources) and print("listed", flush=True))
    from strongroom_desktop.frame import shell
    shown = shell.Shell.show
    def show(own):
        shown(own)
        own.window.stages.reached_desk.connect(
            lambda: QTimer.singleShot(0, lambda: print("ready", flush=True)))
    shell.Shell.show = show
client.Engine.start = start_and_watch
app.main(sys.argv[1:])
"""


class Probe:
    """How late a timer of the loop comes, each time, and what its thread computed meanwhile, in
    milliseconds."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self.own: list[float] = []
        self._spent = 0.0
        self._clock = QElapsedTimer()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time)

    def start(self) -> None:
        self._spent = time.thread_time()
        self._clock.start()
        self._timer.start(EVERY_MS)

    def stop(self) -> None:
        self._timer.stop()

    def _on_time(self) -> None:
        self.late.append(self._clock.nsecsElapsed() / 1e6 - EVERY_MS)
        self.own.append((time.thread_time() - self._spent) * 1000)
        self.start()


def measure_loop(library: Path, key: Path, folder: Path, home: Path, seconds: float) -> None:
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setQuitOnLastWindowClosed(False)
    engine = Engine(host_command(library, key))
    settings = QSettings(str(home / "window.ini"), QSettings.Format.IniFormat)
    shell = Shell(engine, settings)
    window, events = shell.window, list[object]()
    engine.received.connect(events.append)
    shell.show()
    engine.start()
    wait(lambda: any(isinstance(each, wire.Ready) and each.plan for each in events))
    drop(window, folder)
    wait(lambda: window.stages.current == "desk")
    probe = Probe()
    sleeper = subprocess.Popen(
        [sys.executable, "-c", SLEEPER, str(seconds)], stdout=subprocess.PIPE, text=True
    )
    assert sleeper.stdout is not None
    sleeper.stdout.readline()
    probe.start()
    end = time.monotonic() + seconds
    asked = 0
    while time.monotonic() < end:
        if not window.conversation.answering:
            window.conversation.ask(QUESTIONS[asked % len(QUESTIONS)])
            asked += 1
        window.ask.set_question("")
        for letter in TYPED:
            QTest.keyClicks(window.ask.editor, letter)
            turn(120)
        turn(PAUSE_MS)
    probe.stop()
    bare = [float(each) for each in sleeper.communicate()[0].split()]
    answered = sum(isinstance(each, wire.Answered) for each in events)
    hits = sum(isinstance(each, wire.Hits) for each in events)
    told = [each.progress for each in events if isinstance(each, wire.Progress) and each.progress]
    read = told[-1].done if told else 0
    print(f"meanwhile: {read} documents read, {answered} answers, {hits} searches")
    ours, its = row("window, late", probe.late), row("bare process", bare)
    row("of its own", probe.own)
    print(f"ratio of the 99th percentiles: {ours / its:.2f}" if its else "")
    shell.ended.connect(application.quit)
    shell.quit()
    application.exec()


def row(name: str, late: Sequence[float]) -> float:
    """Print a row; the 99th percentile."""
    ordered = sorted(late)
    p99 = ordered[int(len(ordered) * 0.99)]
    print(
        f"{name:14} median {statistics.median(ordered):6.1f} ms   99 % {p99:6.1f} ms   "
        f"most {ordered[-1]:6.1f} ms   (n {len(ordered)})"
    )
    return p99


@dataclass(frozen=True)
class Moment:
    """When something was reached: seconds since the start, and those of the processor until then."""

    clock_s: float
    processor_s: float


def measure_start(library: Path, key: Path, home: Path, starts: int) -> None:
    environment = _as_installed(home)
    options = ["--library", str(library), "--key-file", str(key)]
    ours, bare = [sys.executable, "-c", OURS, *options], [sys.executable, "-c", BARE]
    moments("ready", "listed", command=ours, environment=environment)  # writes the bytecode
    rows: dict[str, list[Moment]] = {"empty window": [], "ready": [], "listed": []}
    for _ in range(starts):
        rows["empty window"] += moments("ready", command=bare, environment=environment)
        both = moments("ready", "listed", command=ours, environment=environment)
        for name, moment in zip(("ready", "listed"), both, strict=True):
            rows[name].append(moment)
    for name, reached in rows.items():
        clock = [each.clock_s for each in reached]
        spent = [each.processor_s for each in reached]
        print(
            f"{name:14} median {statistics.median(clock):.2f} s   most {max(clock):.2f} s   "
            f"processor {statistics.median(spent):.2f} s"
        )
    pairs = zip(rows["ready"], rows["empty window"], strict=True)
    ratio = statistics.median(mine.clock_s / its.clock_s for mine, its in pairs)
    print(f"ratio ready to empty window, median of {starts} pairs: {ratio:.2f}")


def _as_installed(home: Path) -> dict[str, str]:
    """The environment of a start after the first one: with bytecode, and the desk expected."""
    own = home / "home"
    settings = QSettings(str(own / "config" / "window.ini"), QSettings.Format.IniFormat)
    settings.setValue("window/reached_desk", 1)
    settings.sync()
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(home / "bytecode")}
    environment |= {"STRONGROOM_MODELS": str(models_folder()), "STRONGROOM_HOME": str(own)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def moments(*names: str, command: list[str], environment: dict[str, str]) -> list[Moment]:
    """Start it; when it says each of these, which may come in any order and more than once."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    reached: dict[str, Moment] = {}
    while set(names) - set(reached):
        line = process.stdout.readline()
        taken = time.perf_counter() - begun
        if not line:
            sys.exit(f"it ended without being ready: {command}")
        reached.setdefault(line.strip(), Moment(taken, processor_s(process.pid)))
    children = psutil.Process(process.pid).children(recursive=True)
    process.terminate()
    process.wait(20)
    psutil.wait_procs(children, timeout=20)  # the library is free for the next start then
    return [reached[name] for name in names]


def processor_s(pid: int) -> float:
    """What a process and its children have spent."""
    own = psutil.Process(pid)
    spent = 0.0
    for each in (own, *own.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            times = each.cpu_times()
            spent += times.user + times.system
    return spent


def drop(window: object, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, buttons, keys)
    window.dropEvent(event)  # type: ignore[attr-defined]  # a window


def turn(ms: int) -> None:
    """Let the loop turn for so long."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def wait(until: Callable[[], bool], most_s: float = 300) -> None:
    end = time.monotonic() + most_s
    while not until():
        if time.monotonic() > end:
            sys.exit("waited in vain")
        turn(20)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1_000)
    parser.add_argument("--seconds", type=float, default=90)
    parser.add_argument("--starts", type=int, default=7)
    parser.add_argument("--only", choices=("loop", "start"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        folder = home / "documents"
        folder.mkdir()
        make_documents(folder, pdfs=options.documents // 5, texts=options.documents * 4 // 5)
        library, key = home / "library", home / "key"
        measure_loop(library, key, folder, home, options.seconds if options.only != "start" else 20)
        if options.only != "loop":
            measure_start(library, key, home, options.starts)


def models_folder() -> Path:
    from strongroom_engine.settings import models_folder as folder

    return folder()


if __name__ == "__main__":
    main()
