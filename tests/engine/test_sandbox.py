"""What a confined process is refused, tried for real; and that parsers are confined."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from strongroom_engine import processes, sandbox
from strongroom_engine.indexing.parse.messages import Parsed
from strongroom_engine.indexing.parse.pool import ParserPool
from strongroom_engine.sandbox import landlock, limits, seccomp
from strongroom_engine.types import FileFacts

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="what Linux offers")


def in_a_process(code: str, *, means: str = "sandbox.confine(64 << 20)") -> str:
    """What Python code says that runs in a process which was confined by these means."""
    begun = (
        f"from strongroom_engine import sandbox\nfrom strongroom_engine.sandbox import *\n{means}\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", begun + code], capture_output=True, timeout=60, check=False
    )
    return (ended.stdout + ended.stderr).decode()


def refused(means: str) -> set[str]:
    code = "print(*(deed for deed, attempt in trial._ATTEMPTS.items() if trial._refused(attempt)), sep=';')"
    return set(
        in_a_process(f"from strongroom_engine.sandbox import trial\n{code}", means=means)
        .strip()
        .split(";")
    )


def test_what_is_not_missing_is_refused() -> None:
    tried = subprocess.run(
        processes.command("confined"), capture_output=True, timeout=60, check=False
    )
    assert {*tried.stdout.decode().splitlines()} == {*sandbox.DEEDS} - {*sandbox.missing()}


@on_linux
@pytest.mark.skipif(not seccomp.offered(), reason="the kernel has no seccomp")
def test_the_filter_refuses_all_of_it_alone() -> None:
    means = "from strongroom_engine.sandbox import seccomp\nseccomp.confine()"
    assert refused(means) == {*sandbox.DEEDS}


@on_linux
@pytest.mark.skipif(landlock.version() < 6, reason="the kernel has no such Landlock")
def test_landlock_refuses_to_write_start_and_signal_alone() -> None:
    means = "from strongroom_engine.sandbox import landlock\nlandlock.confine()"
    assert refused(means) >= {sandbox.WRITE, sandbox.START, sandbox.SIGNAL}


@on_linux
def test_ways_around_are_refused_too(tmp_path: Path) -> None:
    there = tmp_path / "there.txt"
    there.write_text("kept")
    attempts = [
        f"os.unlink({str(there)!r})",
        f"os.rename({str(there)!r}, {str(tmp_path / 'other')!r})",
        f"os.truncate({str(there)!r}, 0)",
        f"os.open({str(there)!r}, os.O_RDWR)",
        f"os.open({str(there)!r}, os.O_RDONLY | os.O_TRUNC)",
        f"os.chmod({str(there)!r}, 0)",
        f"os.utime({str(there)!r}, (0, 0))",
        f"os.mkdir({str(tmp_path / 'made')!r})",
        f"os.link({str(there)!r}, {str(tmp_path / 'linked')!r})",
        f"os.symlink('/', {str(tmp_path / 'linked')!r})",
        "os.fork()",
        "os.posix_spawn('/bin/true', ['true'], {})",
        "os.execv('/bin/true', ['true'])",
        "os.kill(1, 0)",
        "os.pidfd_open(os.getppid())",
        "resource.setrlimit(resource.RLIMIT_AS, (1 << 50, 1 << 50))",
    ]
    tried = "\n".join(
        f"try:\n    {attempt}\nexcept (OSError, ValueError):\n    pass\nelse:\n    print({attempt!r})"
        for attempt in attempts
    )
    lowered = "os.setuid(65534)\n" if psutil.Process().username() == "root" else ""
    assert in_a_process(f"import os, resource\n{lowered}{tried}") == ""
    assert there.read_text() == "kept"


def test_a_confined_process_reads_and_has_threads(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words")
    code = f"""
import pathlib, threading
said = []
thread = threading.Thread(target=lambda: said.append(pathlib.Path({str(tmp_path / "a.txt")!r}).read_text()))
thread.start(); thread.join()
print(said)
"""
    assert in_a_process(code).strip() == "['words']"


@on_linux
def test_a_confined_process_has_little_room() -> None:
    assert "MemoryError" in in_a_process("bytearray(200 << 20)")
    assert "Too many open files" in in_a_process(
        f"held = [open('/proc/self/stat') for _ in range({limits.OPEN_FILES})]"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_the_time_of_the_processor_is_limited_by_the_system() -> None:
    code = "from strongroom_engine.sandbox import limits\nlimits.give_processor_time(0.1)\nwhile True: pass"
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, timeout=60, check=False
    )
    assert ended.returncode == -24  # SIGXCPU


@on_linux
def test_parsers_are_confined(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words")
    with ParserPool(1) as pool:
        assert isinstance(pool.parse(FileFacts(str(tmp_path / "a.txt"), 0, 0, "")), Parsed)
        place = Path(f"/proc/{pool.pids[0]}")
        # Each thread is confined by itself.
        threads = [
            dict(
                line.split(":\t", 1)
                for line in (thread / "status").read_text().splitlines()
                if ":\t" in line
            )
            for thread in (place / "task").iterdir()
        ]
        worker = psutil.Process(pool.pids[0])
        assert worker.rlimit(psutil.RLIMIT_FSIZE) == (0, 0)
        assert worker.rlimit(psutil.RLIMIT_CORE) == (0, 0)
        assert worker.rlimit(psutil.RLIMIT_CPU)[0] < 200
        assert (place / "oom_score_adj").read_text().strip() == "1000"
    assert len(threads) > 1
    for status in threads:
        assert status["NoNewPrivs"] == "1"
        assert status["Seccomp"] == ("2" if seccomp.offered() else "0")
