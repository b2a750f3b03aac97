"""The command line as a user runs it, in a process of its own and without a terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., subprocess.CompletedProcess[str]]


def strongroom(*arguments: str, timeout_s: float) -> subprocess.CompletedProcess[str]:
    """Run `strongroom` with these arguments, on lines of 200 columns."""
    return subprocess.run(
        [sys.executable, "-m", "strongroom_desktop", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        env={**os.environ, "COLUMNS": "200", "PYTHONUTF8": "1"},
        check=False,
        timeout=timeout_s,
    )


def own_library(folder: Path, *, key: bool = True) -> list[str]:
    """The arguments that name a test's own library, and its key file."""
    place = ["--library", str(folder / "library")]
    return [*place, "--key-file", str(folder / "key")] if key else place
