"""Text recognition of a document's scanned pages, one after the other, each kept as soon as it is
read: what ends it costs one page."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from strongroom_engine.errors import DocumentProblem
from strongroom_engine.indexing.parse.messages import (
    PageLines,
    Parsed,
    Recognised,
    decode_reply,
    encode,
)
from strongroom_engine.indexing.parse.pool import ParserPool
from strongroom_engine.store import Store
from strongroom_engine.types import FileFacts


def with_recognised(
    store: Store,
    pool: ParserPool,
    facts: FileFacts,
    parsed: Parsed,
    ended: Callable[[], bool],
    *,
    tell: Callable[[str, int, int], None] = lambda _path, _page, _pages: None,
) -> Parsed | DocumentProblem:
    """The document with its scanned pages as text recognition reads them now, or read them before.

    A page that it cannot read costs that page. When the work has ended meanwhile: as it was. `tell`
    hears which of how many scanned pages is next.
    """
    kept = store.recognised.of(parsed.content_hash)
    read = {page: _recognised(data) for page, data in kept.items()}
    for number, page in enumerate(parsed.scanned, 1):
        if ended():
            return parsed
        if page not in read:
            tell(facts.path, number, len(parsed.scanned))
            read[page] = _of_page(pool, facts.path, page)
            data = encode(read[page])
            store.recognised.keep(parsed.content_hash, page, read[page].confidence, data)
    return pool.parse(facts, _wanted(read, parsed.scanned))


def _of_page(pool: ParserPool, path: str, page: int) -> Recognised:
    try:
        return pool.recognise(path, page)
    except DocumentProblem:
        return Recognised(PageLines(page, "", ()), 0.0)


def _recognised(data: bytes) -> Recognised:
    reply = decode_reply(data)
    assert isinstance(reply, Recognised)
    return reply


def _wanted(read: dict[int, Recognised], pages: Iterable[int]) -> tuple[Recognised, ...]:
    return tuple(read[page] for page in pages)


def lines_of(data: bytes) -> PageLines:
    """The lines of a page as it was kept."""
    return _recognised(data).lines
