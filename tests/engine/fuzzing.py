"""What becomes of a broken file in the real pool: read, refused with a reason, or an escape."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from strongroom_engine.errors import (
    DocumentProblem,
    ParserDied,
    ParserOutOfMemory,
    ParserTimedOut,
)
from strongroom_engine.indexing.parse.messages import Parsed
from strongroom_engine.indexing.parse.pool import ParserPool
from strongroom_engine.store.members import path_of
from strongroom_engine.types import Document, FileFacts

MEMBERS = 3
"""So many of the documents inside one are read, too."""
_UNFORESEEN = re.compile(r"\w+( in \S+, line \d+)?")
READ, REASON, DIED, TIMED_OUT, MEMORY, UNFORESEEN = (
    "read", "reasons", "died", "timed out", "out of memory", "unforeseen",
)  # fmt: skip
ESCAPES = frozenset({DIED, TIMED_OUT, MEMORY, UNFORESEEN})


@dataclass(frozen=True, slots=True)
class Fate:
    """`what` is one of the words above, `why` what the problem says, `doing` what was asked."""

    what: str
    why: str = ""
    doing: str = "parse"
    seconds: float = 0.0


def fates(pool: ParserPool, path: Path, depth: int = 0) -> Iterator[Fate]:
    """Of the file, of its pages when it has some that are drawn, and of what lies in it."""
    began = time.monotonic()
    outcome = pool.parse(FileFacts(str(path), 0, 0, ""))
    took_s = time.monotonic() - began
    if not isinstance(outcome, Parsed):
        yield _fate(outcome, "parse", took_s)
        return
    yield Fate(READ, seconds=took_s)
    document = outcome.document
    if document.paged:
        yield from _drawn(pool, path, document)
    for member in document.members[:MEMBERS] if depth < 2 else ():
        yield from fates(pool, Path(path_of(str(path), member)), depth + 1)


def _drawn(pool: ParserPool, path: Path, document: Document) -> Iterator[Fate]:
    """Of the first and the last page, drawn with a span of its text, and of its lines."""
    for page in {document.pages[0].number, document.pages[-1].number} if document.pages else ():
        for doing, ask in (
            (f"render page {page}", lambda page=page: pool.render(str(path), page, 200, ((0, 9),))),
            (f"lines of page {page}", lambda page=page: pool.lines(str(path), page)),
        ):
            began = time.monotonic()
            try:
                ask()
            except DocumentProblem as problem:
                yield _fate(problem, doing, time.monotonic() - began)
            else:
                yield Fate(READ, "", doing, time.monotonic() - began)


def _fate(problem: DocumentProblem, doing: str, took_s: float) -> Fate:
    why = f"{problem.code}: {problem.details.get('why', '')}"
    match problem:
        case ParserTimedOut():
            what = TIMED_OUT
        case ParserOutOfMemory():
            what = MEMORY
        case ParserDied():
            said = problem.details.get("why", "")
            what = UNFORESEEN if _UNFORESEEN.fullmatch(said) else DIED
        case _:
            what = REASON
    return Fate(what, why, doing, took_s)
