"""Files that were read so soon after they were written that a later change might not show.

A clock has steps: what is written in the same step as the version that was read leaves size and
time as they are (git calls such a file racily clean). Its facts are kept with a mark, so that the
next look reads it again, once.
"""

from __future__ import annotations

import re
from dataclasses import replace

from strongroom_engine.types import FileFacts

_STEP_NS = 20_000_000
"""The clocks of systems go on every 1 to 16 ms, and file systems note what they show."""
_LONG_STEP_NS = 2_000_000_000
"""Disks that note whole seconds (FAT: every other one) are known by that."""
_MARK = "~"
_OF_A_FILE = re.compile(r"\d+:\d+")


def as_read(facts: FileFacts, began_ns: int) -> FileFacts:
    """What is to be known of a file with these facts that was read from `began_ns` on, in
    nanoseconds since 1970. A clock that was set back, or is another's, leaves no doubt: the file
    gets another time when it is written again."""
    identity = facts.identity.removeprefix(_MARK)
    if not _OF_A_FILE.fullmatch(identity):
        return facts  # a document inside another one
    whole_seconds = facts.mtime_ns % 1_000_000_000 == 0
    step_ns = _LONG_STEP_NS if whole_seconds else _STEP_NS
    doubt = abs(began_ns - facts.mtime_ns) < step_ns
    return replace(facts, identity=_MARK + identity if doubt else identity)


def is_doubtful(facts: FileFacts) -> bool:
    """Whether the file may be another one than was read, though its facts are the same."""
    return facts.identity.startswith(_MARK)


def doubtful(facts: FileFacts) -> FileFacts:
    """The facts with the mark."""
    return facts if is_doubtful(facts) else replace(facts, identity=_MARK + facts.identity)
