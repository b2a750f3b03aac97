"""Runs the tests: those that are asked for, or all of them in two processes side by side.

Tests wait about as long as they work (for processes, for what watching tells, for a model), so that
two at a time take little more than half as long.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import IO

from .folders import ROOT
from .machine import small_memory

HALVES = (
    ("tests/engine",),
    ("tests/contracts", "tests/end2end", "tests/scenarios", "tests/desktop"),
)
"""They take about as long as each other. Only the second holds an answer model for long."""


def run(python: str, arguments: Sequence[str]) -> int:
    """Run pytest with the arguments, all tests without any; 0 when all passed."""
    if arguments or small_memory() or (os.cpu_count() or 1) < len(HALVES):
        return subprocess.call(_pytest(python, arguments), cwd=ROOT, env=_variables())
    return side_by_side([_pytest(python, half) for half in HALVES])


def side_by_side(commands: Sequence[Sequence[str]]) -> int:
    """Run the commands at once, and say what each says as soon as it is a whole line; the first
    exit code that is not 0."""
    started = [_start(command) for command in commands]
    try:
        readers = [threading.Thread(target=_pass_on, args=(one.stdout,)) for one in started]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
        return next((code for one in started if (code := one.wait())), 0)
    finally:
        for one in started:  # those that were not waited for: somebody has interrupted it
            if one.poll() is None:
                one.terminate()
                one.wait()


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=_variables(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def _pass_on(said: IO[bytes] | None) -> None:
    assert said is not None
    with said:
        for line in said:
            sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()


def _pytest(python: str, arguments: Sequence[str]) -> list[str]:
    color = ["--color=yes"] if sys.stdout.isatty() else []
    return [python, "-P", "-m", "pytest", *color, *arguments]


def _variables() -> dict[str, str]:
    return {"QT_QPA_PLATFORM": "offscreen", "PYTHONUNBUFFERED": "1"} | dict(os.environ)
