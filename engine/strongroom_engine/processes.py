"""Child processes of the engine: how each role is started, spoken to and ended.

Roles are 'host', 'parser', 'answerer' and 'probe'; `command` is the one place that knows how to
start one, also in a frozen build, where `sys.executable` is Strongroom itself and not Python.
Engine children exchange MessagePack frames: four bytes of length, big-endian, then the body.
"""

from __future__ import annotations

import ctypes
import os
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

import psutil

TERMINATE_TIMEOUT_S = 2.0
KILL_TIMEOUT_S = 2.0
PARENT_LOOKED_AT_S = 0.5
ROLE_FLAG = "--strongroom-role"

_PARENT = "STRONGROOM_PARENT"
_LENGTH = struct.Struct(">I")


class FrameTooLarge(Exception):
    """The other side announced more than it may send; nothing was read."""


def command(role: str, *arguments: str) -> list[str]:
    """The command line that starts the engine in `role`."""
    if getattr(sys, "frozen", False):
        return [sys.executable, ROLE_FLAG, role, *arguments]
    # -P: nothing may be imported from the current folder, which may be someone's documents.
    return [sys.executable, "-P", "-X", "utf8", "-m", "strongroom_engine", role, *arguments]


def start(role: str, *arguments: str, stderr: IO[bytes] | int | None = None) -> Child:
    """Start the engine in `role`, in a process group of its own, with pipes to it."""
    process = subprocess.Popen(
        command(role, *arguments),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL if stderr is None else stderr,
        bufsize=0,
        start_new_session=os.name == "posix",
        env={**os.environ, _PARENT: str(os.getpid())},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    return Child(process)


@contextmanager
def running(role: str, *arguments: str) -> Iterator[Child]:
    """A child that is certainly gone at the end of the block."""
    child = start(role, *arguments)
    try:
        yield child
    finally:
        child.end()


class Child:
    """A running child process that speaks frames."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        assert process.stdin is not None
        assert process.stdout is not None
        self.stdin: IO[bytes] = process.stdin
        self.stdout: IO[bytes] = process.stdout

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        return self._process.poll()

    def send(self, body: bytes) -> None:
        """Send one frame; `BrokenPipeError` when the child is gone."""
        write_frame(self.stdin, body)

    def receive(self, limit_bytes: int) -> bytes | None:
        """The next frame, or None when the child has closed its side."""
        return read_frame(self.stdout, limit_bytes)

    def kill(self) -> None:
        """End it at once; another thread's `receive` returns None."""
        _signal(self._process, getattr(signal, "SIGKILL", signal.SIGTERM))

    def end(self) -> int | None:
        """Close, terminate, wait, kill: afterwards it is gone. The exit code, or None."""
        with suppress(OSError):
            self.stdin.close()
        for number, timeout_s in (
            (signal.SIGTERM, TERMINATE_TIMEOUT_S),
            (getattr(signal, "SIGKILL", signal.SIGTERM), KILL_TIMEOUT_S),
        ):
            _signal(self._process, number)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout_s)
                break
        with suppress(OSError):
            self.stdout.close()
        return self._process.poll()


def _signal(process: subprocess.Popen[bytes], number: int) -> None:
    if process.poll() is not None:
        return
    with suppress(ProcessLookupError, PermissionError):
        if os.name == "posix":
            os.killpg(process.pid, number)
        else:
            process.terminate()


def write_frame(pipe: IO[bytes], body: bytes) -> None:
    write_all(pipe, _LENGTH.pack(len(body)) + body)


def write_all(pipe: IO[bytes], data: bytes) -> None:
    """Write every byte: an unbuffered pipe may take only a part at a time."""
    left = memoryview(data)
    while left:
        left = left[pipe.write(left) or 0 :]
    pipe.flush()


def read_frame(pipe: IO[bytes], limit_bytes: int) -> bytes | None:
    """One frame; None at the end of the stream. The length is checked before memory is spent."""
    head = _read_exactly(pipe, _LENGTH.size)
    if head is None:
        return None
    (size,) = _LENGTH.unpack(head)
    if size > limit_bytes:
        raise FrameTooLarge(size)
    return _read_exactly(pipe, size)


def _read_exactly(pipe: IO[bytes], size: int) -> bytes | None:
    parts: list[bytes] = []
    while size:
        try:
            part = pipe.read(size)
        except ValueError:  # closed by `end` in another thread
            return None
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def own_stdout() -> IO[bytes]:
    """Keep stdout for messages alone, and send whatever native libraries print to stderr.

    MuPDF and llama.cpp write to descriptor 1; a message stream may not be broken by that.
    """
    pipe = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return pipe


def end_with_parent() -> None:
    """End this process soon after the one that started it is gone, whatever it is doing then.

    The end of its input says so only to a process that reads it, and nothing else says it
    everywhere: Linux's signal for it comes already when the thread that started it ends.
    """
    # What it says of itself: it may be gone by now, and another one be the parent.
    parent = int(os.environ.get(_PARENT) or os.getppid())
    threading.Thread(target=_await_end, args=(parent,), name="parent", daemon=True).start()


def _await_end(parent: int) -> None:
    # On Windows a launcher may stand between the two.
    while os.getppid() == parent if os.name == "posix" else psutil.pid_exists(parent):
        time.sleep(PARENT_LOOKED_AT_S)
    os._exit(0)


def lower_priority(by: int = 5) -> None:
    """Let this process yield processor and disk to what the user is doing; a failure to do so is
    harmless."""
    with suppress(OSError):
        if sys.platform == "win32":
            psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
            psutil.Process().ionice(psutil.IOPRIO_LOW)
        else:
            os.nice(by)
            _yield_disk(os.getpid(), _DARWIN_PROCESS)


def lower_thread_priority(by: int = 5) -> None:
    """Likewise this thread alone; what it starts later is not lowered everywhere."""
    with suppress(OSError):
        if sys.platform == "win32":
            windows = ctypes.windll.kernel32
            windows.SetThreadPriority(windows.GetCurrentThread(), _WINDOWS_BELOW_NORMAL)
            return
        thread = threading.get_native_id()
        if sys.platform == "darwin":
            ctypes.CDLL(None).pthread_set_qos_class_self_np(_DARWIN_UTILITY, 0)
        else:
            os.setpriority(os.PRIO_PROCESS, thread, by)
        _yield_disk(thread, _DARWIN_THREAD)


_WINDOWS_BELOW_NORMAL = -1
_DARWIN_UTILITY = 0x11  # QOS_CLASS_UTILITY
_DARWIN_PROCESS, _DARWIN_THREAD = 0, 1
_DARWIN_DISK, _DARWIN_IO_UTILITY = 0, 4  # IOPOL_TYPE_DISK, IOPOL_UTILITY
_LAST_OF_BEST_EFFORT = 7
"""Not the idle class of Linux: who writes into the library while others read would wait for ever,
and the user for it."""


def _yield_disk(task: int, scope: int) -> None:
    """The last turn at the disk for a process or thread of this one."""
    if sys.platform == "darwin":
        ctypes.CDLL(None).setiopolicy_np(_DARWIN_DISK, scope, _DARWIN_IO_UTILITY)
    elif sys.platform == "linux":
        with suppress(psutil.Error):
            psutil.Process(task).ionice(psutil.IOPRIO_CLASS_BE, _LAST_OF_BEST_EFFORT)
