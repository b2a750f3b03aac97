"""The window: how long its loop is ever held up, and how soon it can be used.

    python tests/bench/bench_window.py [--documents 1000] [--starts 7] [--only loop|start]

loop    The real window on the real engine: a folder of documents is dropped, and while it is
        indexed questions are asked and hits typed for. A probe in the window's loop is due every
        5 ms; how late it comes is the time for which the loop was blocked. The reference is a bare
        process that sleeps 5 ms at a time, in the same seconds: what the busy machine itself
        costs anybody. Figures are late milliseconds, at the median, the 99th percentile and the
        most; the ratio is that of the 99th percentiles.

start   From the start of the process until the window can be used (shown, and its loop idle), on
        the library of those documents. The reference, in turn with it, is an empty window of the
        same Qt: what no program of it can be quicker than.
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
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

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
from strongroom_desktop.shell import Shell
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
from strongroom_desktop import app, shell
shown = shell.Shell.show
def show(own):
    shown(own)
    own.window.stages.reached_desk.connect(
        lambda: QTimer.singleShot(0, lambda: print("ready", flush=True)))
shell.Shell.show = show
app.main(sys.argv[1:])
"""


class Probe:
    """How late a timer of the loop comes, each time, in milliseconds."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self._clock = QElapsedTimer()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time)

    def start(self) -> None:
        self._clock.start()
        self._timer.start(EVERY_MS)

    def stop(self) -> None:
        self._timer.stop()

    def _on_time(self) -> None:
        self.late.append(self._clock.nsecsElapsed() / 1e6 - EVERY_MS)
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
    ours, its = row("window", probe.late), row("bare process", bare)
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


def measure_start(library: Path, key: Path, starts: int) -> None:
    ours, bare = [], []
    options = ["--library", str(library), "--key-file", str(key)]
    for _ in range(starts):
        bare.append(seconds_to_ready([sys.executable, "-c", BARE]))
        ours.append(seconds_to_ready([sys.executable, "-c", OURS, *options]))
    for name, times in (("window", ours), ("empty window", bare)):
        print(f"{name:14} median {statistics.median(times):.2f} s   most {max(times):.2f} s")
    ratio = statistics.median(mine / its for mine, its in zip(ours, bare, strict=True))
    print(f"ratio, median of {starts} pairs: {ratio:.2f}")


def seconds_to_ready(command: list[str]) -> float:
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    line = process.stdout.readline()
    taken = time.perf_counter() - begun
    process.terminate()
    process.wait(20)
    if line.strip() != "ready":
        sys.exit(f"it did not become ready: {line!r}")
    return taken


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
            os.environ["STRONGROOM_MODELS"] = str(models_folder())
            os.environ["STRONGROOM_HOME"] = str(home / "home")
            measure_start(library, key, options.starts)


def models_folder() -> Path:
    from strongroom_engine.settings import models_folder as folder

    return folder()


if __name__ == "__main__":
    main()
