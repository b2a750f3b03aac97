"""Text recognition of a document's scanned pages, one after the other, each kept as soon as it is
read: what ends it costs one page."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable

from msgspec.structs import replace

from strongroom_engine.errors import DocumentProblem, NoText
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

    A page that it cannot read costs that page; where that is all there is, it says why. When the
    work has ended meanwhile: as it was. `tell` hears which of how many scanned pages is next.
    """
    began = time.monotonic()
    pages = _pages(store, pool, facts, parsed, ended, tell)
    if pages is None:
        return parsed
    outcome = _with_pages(pool, facts, parsed, *pages)
    if isinstance(outcome, DocumentProblem):
        return outcome
    took_ms = parsed.document.took_ms + round((time.monotonic() - began) * 1000)
    return replace(outcome, document=dataclasses.replace(outcome.document, took_ms=took_ms))


Pages = tuple[Recognised, ...]
Problems = list[DocumentProblem]


def _pages(  # noqa: PLR0917 -- what it is a part of has them, too
    store: Store,
    pool: ParserPool,
    facts: FileFacts,
    parsed: Parsed,
    ended: Callable[[], bool],
    tell: Callable[[str, int, int], None],
) -> tuple[Pages, Problems] | None:
    """The scanned pages as they are read, and why some are not; None when the work has ended."""
    kept = store.recognised.of(parsed.content_hash)
    read = {page: _recognised(data) for page, data in kept.items()}
    problems: Problems = []
    for number, page in enumerate(parsed.scanned, 1):
        if ended():
            return None
        if page in read:
            continue
        tell(facts.path, number, len(parsed.scanned))
        found = _of_page(pool, facts.path, page)
        if isinstance(found, DocumentProblem):
            problems.append(found)
            found = _nothing(page)
        else:
            store.recognised.keep(parsed.content_hash, page, found.confidence, encode(found))
        read[page] = found
    return tuple(read[page] for page in parsed.scanned), problems


def _with_pages(
    pool: ParserPool, facts: FileFacts, parsed: Parsed, pages: Pages, problems: Problems
) -> Parsed | DocumentProblem:
    """The document with these pages; why there is nothing to read, where there is nothing."""
    document = parsed.document
    if document.text.strip() or document.members or any(page.lines.text for page in pages):
        return pool.parse(facts, pages)
    return problems[0] if problems else NoText()


def _of_page(pool: ParserPool, path: str, page: int) -> Recognised | DocumentProblem:
    try:
        return pool.recognise(path, page)
    except NoText:
        return _nothing(page)
    except DocumentProblem as problem:
        return problem


def _nothing(page: int) -> Recognised:
    return Recognised(PageLines(page, "", ()), 0.0)


def _recognised(data: bytes) -> Recognised:
    reply = decode_reply(data)
    assert isinstance(reply, Recognised)
    return reply


def lines_of(data: bytes) -> PageLines:
    """The lines of a page as it was kept."""
    return _recognised(data).lines
