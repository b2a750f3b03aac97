"""Why a child process ended, in words that may stand in a sentence."""

from __future__ import annotations

import signal
from contextlib import suppress

from strongroom_engine.sentences import known as say


def cause(code: int | None) -> str:
    """From its exit code; negative ones are signals."""
    if code is None or code >= 0:
        return say.ENDED(code=str(code))
    with suppress(ValueError):
        name = signal.Signals(-code).name
        if name == "SIGKILL":
            return say.KILLED()
        return say.CRASHED(signal=name)
    return say.ENDED_BY_SIGNAL(signal=-code)
