"""How much of which documents was read, told honestly."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from strongroom_engine.sentences import known as say
from strongroom_engine.store import StoredChunk
from strongroom_engine.types import PAGE_BREAK


@dataclass(slots=True)
class Coverage:
    """Of one document: what there is, and what was read of it."""

    paged: bool
    pages: int
    passages: int
    pages_read: int = 0
    passages_read: int = 0
    chosen: int = 0
    """Sentences that were chosen out of it; 0 where it was read as it is."""
    condensed: int | None = None
    """How many of them a model read; None where none was asked."""

    @classmethod
    def of(cls, chunks: Sequence[StoredChunk]) -> Coverage:
        return cls(chunks[0].paged, len(chunks[0].page_starts), len(chunks))

    def read_all(self) -> None:
        self.pages_read, self.passages_read = self.pages, self.passages

    def read_to(self, chunk: StoredChunk, passages: int) -> None:
        """Everything up to the end of this chunk was read, which makes so many passages."""
        if passages == self.passages:
            self.read_all()
            return
        ended = bisect_right(chunk.page_starts, chunk.end + len(PAGE_BREAK)) - 1
        self.pages_read, self.passages_read = max(ended, 0), passages


def told(documents: Iterable[Coverage]) -> str:
    """'Read 312 of 312 pages; the model condensed the 60 sentences that say most.'"""
    listed = list(documents)
    read, chosen = _read(listed), _chosen(listed)
    return say.COVERED_IN_PART(read=read, chosen=chosen) if chosen else say.COVERED(read=read)


def _read(documents: Sequence[Coverage]) -> str:
    if documents and all(one.paged for one in documents):
        done, total = _sum(documents, "pages_read"), _sum(documents, "pages")
        return say.PAGES_READ(done=done, n=total)
    done, total = _sum(documents, "passages_read"), _sum(documents, "passages")
    if done < total:
        return say.PASSAGES_READ(done=done, total=total)
    return say.ALL_PASSAGES_READ(n=total)


def _chosen(documents: Sequence[Coverage]) -> str:
    quoted = sum(one.chosen for one in documents if one.condensed is None)
    offered = [one for one in documents if one.condensed is not None and one.chosen]
    chosen, condensed = _sum(offered, "chosen"), sum(one.condensed or 0 for one in offered)
    if not chosen:
        return say.QUOTED(n=quoted) if quoted else ""
    if condensed == chosen:
        said = say.CONDENSED(n=chosen)
    else:
        said = say.CONDENSED_SOME(done=condensed, n=chosen)
    if not quoted:
        return said
    return say.CONDENSED_AND_QUOTED(condensed=said, quoted=say.QUOTED(n=quoted))


def _sum(documents: Iterable[Coverage], name: str) -> int:
    return sum(int(getattr(one, name)) for one in documents)
