"""Why a child process ended, in words that may stand in a sentence."""

from __future__ import annotations

import signal
from contextlib import suppress


def cause(code: int | None) -> str:
    """From its exit code; negative ones are signals."""
    if code is None or code >= 0:
        return f"its process ended by itself (exit code {code})"
    with suppress(ValueError):
        name = signal.Signals(-code).name
        if name == "SIGKILL":
            return "the system ended its process (SIGKILL), as it does when memory runs out"
        return f"its process crashed ({name})"
    return f"its process was ended by signal {-code}"
