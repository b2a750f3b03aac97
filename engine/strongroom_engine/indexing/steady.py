"""Reads no document while it is being written: what was read must be one version of it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace

from strongroom_engine.errors import DocumentProblem, SourceSilent
from strongroom_engine.indexing.looking.doubt import as_read
from strongroom_engine.indexing.looking.presence import Silent, ask
from strongroom_engine.indexing.parse.messages import Parsed
from strongroom_engine.types import FileFacts

PAUSES_S = (0.2, 1.0)
"""A file that was written to while it was read is read again after these pauses."""

Outcome = Parsed | DocumentProblem


def at_rest(
    facts: FileFacts, read: Callable[[], Outcome], wait: Callable[[float], object]
) -> tuple[FileFacts, Outcome | None]:
    """What was read of a file, and its facts before that.

    None where it is gone, and where it was written to all the time and what was read cannot be
    understood: it waits on. A text that is written to all the time (a log) is taken as it was found;
    its facts are older than it, so that the next look reads it again. Raises `SourceSilent`.
    """
    outcome: Outcome | None = None
    for pause in (*PAUSES_S, 0.0):
        began_ns = time.time_ns()
        before = _now(facts)
        if before is None:
            return facts, None
        outcome = read()
        after = _now(facts)
        if before == after:
            return as_read(before, began_ns), outcome
        facts = before
        wait(pause)
    return facts, outcome if isinstance(outcome, Parsed) and after is not None else None


def _now(facts: FileFacts) -> FileFacts | None:
    """The file's facts at this moment; None where it is gone. A document inside another one has
    none of its own."""
    try:
        found = ask(facts.path, os.stat)
    except Silent as exc:
        raise SourceSilent(path=facts.path) from exc
    except (OSError, ValueError):
        folder = os.path.dirname(facts.path)  # noqa: PTH120 - likewise
        return None if os.path.isdir(folder) else facts  # noqa: PTH112 - likewise
    inode = facts.identity.partition(":")[2]
    identity = facts.identity if inode in ("", str(found.st_ino)) else _identity(found)
    return replace(facts, size=found.st_size, mtime_ns=found.st_mtime_ns, identity=identity)


def _identity(found: os.stat_result) -> str:
    return f"{found.st_dev}:{found.st_ino}"
