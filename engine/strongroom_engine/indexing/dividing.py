"""A document -> its chunks, in a way that can be ended and is seen to go on: of a table of a million
rows it takes a minute."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from strongroom_engine.errors import Cancelled
from strongroom_engine.indexing.chunk import chunk
from strongroom_engine.indexing.turns import POLL_S, Ended
from strongroom_engine.models.embedder import Embedder
from strongroom_engine.types import Chunk, Document

TOLD_CHARACTERS = 100_000
"""How much is done is told after so many each; of a shorter text it is not."""

HUGE_CHARACTERS = 4_000_000
"""As long as 1,500 pages; divided and stored such a text takes a hundred megabytes and more."""

Tell = Callable[[float], None]


class OneHuge:
    """Lets one huge document at a time be divided and stored, however many are read at once."""

    def __init__(self) -> None:
        self._turn = threading.Lock()

    @contextmanager
    def turn(self, document: Document, ended: Ended) -> Iterator[None]:
        """Wait for a turn, if it is huge; raises `Cancelled` when the work has ended before."""
        if len(document.text) < HUGE_CHARACTERS:
            yield
            return
        while not self._turn.acquire(timeout=POLL_S):
            if ended():
                raise Cancelled
        try:
            yield
        finally:
            self._turn.release()


def divided(
    document: Document, model: Embedder, aim: int, *, ended: Ended, tell: Tell
) -> list[Chunk]:
    """The document's chunks, sized for the model; `aim` in its tokens. `tell` hears how much of a
    long text is done, from 0 to 1. Raises `Cancelled` when the work has ended before."""
    characters = len(document.text)
    measured = told = 0

    def token_offsets(text: str) -> list[tuple[int, int]]:
        # Every stretch of the text comes by here once, and a little is measured twice.
        nonlocal measured, told
        if ended():
            raise Cancelled
        measured += len(text)
        if measured - told >= TOLD_CHARACTERS:
            told = measured
            tell(min(measured / characters, 0.99))
        return model.token_offsets(text)

    chunks = chunk(document, token_offsets, aim, model.max_tokens)
    if told:
        tell(1.0)
    return chunks
