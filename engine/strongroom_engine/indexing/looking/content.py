"""What a file holds, as one number: by it a file is known again that was moved to another disk."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Iterator

from strongroom_engine.indexing.looking.doubt import as_read
from strongroom_engine.trees import for_system
from strongroom_engine.types import FileFacts

_BLOCK = 1 << 20


def digests(files: Iterable[FileFacts]) -> Iterator[tuple[FileFacts, str] | None]:
    """Each file's facts as it was read, and the SHA-256 of its bytes in hexadecimal, as a document's
    content is known by; None after each block, so that whoever waits hears that it goes on.

    What cannot be read, or is not what its facts say, is passed over: it is read as a new document.
    """
    for facts in files:
        began_ns = time.time_ns()
        digest = hashlib.sha256()
        try:
            with open(for_system(facts.path), "rb") as file:  # noqa: PTH123 - a prefix is no part of a Path
                if not is_as(os.fstat(file.fileno()), facts):
                    continue
                while block := file.read(_BLOCK):
                    digest.update(block)
                    yield None
                unchanged = is_as(os.stat(for_system(facts.path)), facts)  # noqa: PTH116 - likewise
        except OSError:
            continue
        if unchanged:
            yield as_read(facts, began_ns), digest.hexdigest()


def is_as(found: os.stat_result, facts: FileFacts) -> bool:
    """Whether a file is what its facts say."""
    return (found.st_size, found.st_mtime_ns) == (facts.size, facts.mtime_ns)
