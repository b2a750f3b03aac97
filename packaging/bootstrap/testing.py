"""Runs the tests: those that are asked for, or all of them in a few processes side by side.

Tests wait about as long as they work (for processes, for what watching tells, for a model), so that
two at a time on two cores take little more than half as long.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence

from .folders import ROOT
from .machine import memory_bytes

EACH_BYTES = 5_000_000_000
"""What one of them takes at most: an answer model, a window, and the parsers of an engine."""
AT_MOST = 4


def run(python: str, arguments: Sequence[str]) -> int:
    """Run pytest with the arguments, all tests without any; 0 when all passed."""
    command = [python, "-P", "-m", "pytest", *(arguments or _all())]
    variables = {"QT_QPA_PLATFORM": "offscreen"} | dict(os.environ)
    return subprocess.call(command, cwd=ROOT, env=variables)


def _all() -> list[str]:
    """A file's tests stay together: what they share is made once."""
    count = min(os.cpu_count() or 1, memory_bytes() // EACH_BYTES, AT_MOST)
    return [f"--numprocesses={count}", "--dist=loadfile"] if count > 1 else []
