"""The engine as the window sees it: requests in, events out, no waiting.

One `Engine` runs the engine host as a child and speaks the protocol with it. The host's lines are
decoded in slices of a few milliseconds, so that a flood of events never holds up the window. When
the host dies, it is started again after a growing delay; nothing is sent a second time, each
request that was open is closed by `Failed` with the code 'engine-died'.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import QElapsedTimer, QObject, QProcess, Qt, QTimer, Signal

from strongroom_desktop.lines import Lines
from strongroom_desktop.wording import tr
from strongroom_engine import protocol as wire
from strongroom_engine.errors import Cancelled, EngineDied, ProtocolError
from strongroom_engine.processes import command as engine_command

LINE_LIMIT_BYTES = 64 * 1024 * 1024
"""More than any honest event: a page as PNG or the list of a very large source."""
SLICE_MS = 8
"""For so long events are handed out before the window gets its turn."""
RESTART_DELAYS_MS = (300, 1_000, 3_000, 10_000, 30_000)
STEADY_MS = 60_000
"""After so long a run the next restart is quick again."""
SHUTDOWN_MS = 3_000
TERMINATE_MS = 2_000


def needs_words(failure: wire.Failed) -> bool:
    """Whether a failure is to be said where it came up: not where the user stopped what was under
    way, and not where the engine died, which is said above everything."""
    return failure.code not in (Cancelled.code, EngineDied.code)


def host_command(library: Path, key_file: Path | None = None) -> list[str]:
    """The command line of the engine host for the library in a folder."""
    key = ["--key-file", str(key_file)] if key_file else []
    return engine_command("host", "--library", str(library), *key)


class Engine(QObject):
    """The engine host, kept running.

    * `started`: the host has said `Hello` in our version. Libraries open after it: see `Ready`.
    * `received`: one event (a type of `protocol.Event`).
    * `died`: the host ended by itself; it will be started again in `restart_in_ms`.
    * `trouble`: one sentence about the host that no request can bear.
    * `ended`: the host is gone for good, after `stop`.
    """

    started = Signal()
    received = Signal(object)
    died = Signal()
    trouble = Signal(str)
    ended = Signal()

    def __init__(
        self,
        command: Sequence[str],
        *,
        log_file: Path | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._command = list(command)
        self._last_id = 0
        self._open: set[int] = set()
        self._lines = Lines(LINE_LIMIT_BYTES)
        self._deaths = 0
        self._stopping = False
        self._said_hello = False
        self._hello: wire.Hello | None = None
        self._ready: wire.Ready | None = None
        self._age = QElapsedTimer()
        self._process = self._make_process(log_file)
        self._slice = _single_shot(self, self._hand_out)
        self._restart = _single_shot(self, self.start)
        self._end = _single_shot(self, self._end_harder)

    # --- what the window does --------------------------------------------------------------------

    def start(self) -> None:
        """Start the host. Returns at once; `started` follows."""
        if self._stopping or self._process.state() != QProcess.ProcessState.NotRunning:
            return
        self._lines = Lines(LINE_LIMIT_BYTES)
        self._said_hello = False
        self._age.start()
        self._process.start(self._command[0], self._command[1:])

    def restart(self) -> None:
        """End the host that there is; a new one is started soon."""
        self._process.terminate()

    def send(self, message: wire.Message) -> int:
        """Send a request and return the id its events carry.

        Without a running host it is closed, soon, by `Failed` with the code 'engine-died'.
        """
        self._last_id += 1
        number = self._last_id
        self._open.add(number)
        if self._can_write:
            self._process.write(wire.encode(msgspec.structs.replace(message, id=number)))
        else:
            QTimer.singleShot(0, self, lambda: self._close_died([number]))
        return number

    def cancel(self, number: int) -> None:
        """Ask the host to stop the request `number`, if it is still open."""
        if self.is_open(number) and self._can_write:
            self._process.write(wire.encode(wire.Cancel(target=number)))

    def stop(self) -> None:
        """End the host: by asking, then by force. `ended` follows, from the event loop."""
        if self._stopping:
            return
        self._stopping = True
        self._restart.stop()
        if self._process.state() == QProcess.ProcessState.NotRunning:
            QTimer.singleShot(0, self, self.ended.emit)
            return
        self._process.write(wire.encode(wire.Shutdown()))
        self._process.closeWriteChannel()
        self._end.start(SHUTDOWN_MS)

    # --- what the window asks --------------------------------------------------------------------

    def is_open(self, number: int) -> bool:
        """Whether the request has not been closed yet."""
        return number in self._open

    @property
    def running(self) -> bool:
        """Whether there is a host that has said `Hello`."""
        return self._said_hello

    @property
    def _can_write(self) -> bool:
        return self._process.state() != QProcess.ProcessState.NotRunning and not self._stopping

    @property
    def gone(self) -> bool:
        """Whether there is no host and will be none: after `ended`, or never started."""
        idle = self._process.state() == QProcess.ProcessState.NotRunning
        return idle and not self._restart.isActive()

    @property
    def hello(self) -> wire.Hello | None:
        """What the host said first; None while there is none."""
        return self._hello if self._said_hello else None

    @property
    def ready(self) -> wire.Ready | None:
        """What the host said when the library was open; None until then."""
        return self._ready if self._said_hello else None

    @property
    def restart_in_ms(self) -> int:
        """How long until the host is started again; 0 when that is not waited for."""
        return max(self._restart.remainingTime(), 0)

    # --- the process -----------------------------------------------------------------------------

    def _make_process(self, log_file: Path | None) -> QProcess:
        process = QProcess(self)
        if log_file is None:
            process.setStandardErrorFile(QProcess.nullDevice())
        else:
            mode = QProcess.OpenModeFlag.Append
            process.setStandardErrorFile(str(log_file), mode)
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        return process

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self.trouble.emit(tr("The engine cannot be started. Install Strongroom again."))
            self._on_finished()

    def _on_finished(self) -> None:
        self._end.stop()
        self._read()
        self._hand_out(everything=True)
        self._said_hello = False
        self._ready = None
        self._close_died(sorted(self._open))
        if self._stopping:
            self.ended.emit()
            return
        self._schedule_restart()
        self.died.emit()

    def _schedule_restart(self) -> None:
        if self._age.isValid() and self._age.elapsed() > STEADY_MS:
            self._deaths = 0
        self._restart.start(RESTART_DELAYS_MS[min(self._deaths, len(RESTART_DELAYS_MS) - 1)])
        self._deaths += 1

    def _end_harder(self) -> None:
        if self._process.state() == QProcess.ProcessState.NotRunning:
            return
        if self._end.property("asked"):
            self._process.kill()
            return
        self._end.setProperty("asked", True)
        self._process.terminate()
        self._end.start(TERMINATE_MS)

    # --- its lines -------------------------------------------------------------------------------

    def _read(self) -> None:
        self._lines.feed(bytes(self._process.readAllStandardOutput().data()))
        if self._lines and not self._slice.isActive():
            self._slice.start(0)

    def _hand_out(self, *, everything: bool = False) -> None:
        """Hand out events until the slice is used up; go on in the loop's next turn."""
        clock = QElapsedTimer()
        clock.start()
        while self._lines:
            self._take(self._lines.next())
            if not everything and clock.elapsed() >= SLICE_MS:
                self._slice.start(0)
                return

    def _take(self, line: bytes | None) -> None:
        """Decode one line and say what it holds; None stands for a line over the limit."""
        if line is None:
            self.trouble.emit(str(ProtocolError(why=tr("a line is longer than the limit"))))
            return
        try:
            event = wire.decode_event(line)
        except ProtocolError as exc:
            self.trouble.emit(str(exc))
            return
        self._accept(event)

    def _accept(self, event: wire.Event) -> None:
        if isinstance(event, wire.Hello):
            self._greet(event)
        elif isinstance(event, wire.Ready):
            self._ready = event
        part = isinstance(event, wire.Documents) and event.more
        if isinstance(event, wire.CLOSING) and not part:
            self._open.discard(event.id)
        self.received.emit(event)

    def _greet(self, hello: wire.Hello) -> None:
        if hello.version != wire.VERSION:
            self.trouble.emit(
                tr(
                    "The engine speaks version {theirs} of the protocol and this window version"
                    " {ours}. Install Strongroom again.",
                    theirs=hello.version,
                    ours=wire.VERSION,
                )
            )
            self.stop()
            return
        self._hello = hello
        self._said_hello = True
        self.started.emit()

    def _close_died(self, numbers: Sequence[int]) -> None:
        for number in numbers:
            if number in self._open:
                self._open.discard(number)
                self.received.emit(wire.failed(number, EngineDied()))


def _single_shot(parent: QObject, then: object) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(then)
    return timer
