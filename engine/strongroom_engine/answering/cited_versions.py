"""What other versions of a cited document say in the place of a quote: the same, or something else.

An answer rests on the version that was found. That another one names another rent is what its
reader has to know.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from strongroom_engine.answering.text import sentences
from strongroom_engine.answering.versions import spelled
from strongroom_engine.store import Store
from strongroom_engine.types import Citation, Version, locate

MOST = 5
"""Versions of a document that are looked into: those that are likest."""
CHARACTERS = 400_000
"""Longer ones are not."""
IN_PLACE = 0.6
"""A sentence stands in the place of a quote when so many of their words are common."""
WORDS_LEAST = 4
SHOWN = 300
"""Characters of what a version says."""


def with_versions(store: Store, citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """The citations, each with what versions of its document say in its place."""
    known: dict[str, list[_Body]] = {}
    found = []
    for one in citations:
        if one.file not in known:
            known[one.file] = list(_bodies(store, one.file))
        told = (body.told(one.quote) for body in known[one.file])
        versions = sorted((each for each in told if each), key=lambda each: -each.changed_ms)
        found.append(replace(one, versions=tuple(versions)))
    return tuple(found)


def _bodies(store: Store, file: str) -> Iterator[_Body]:
    paths = list(store.signatures.of(file))[:MOST]
    changed = store.signatures.changed([file, *paths])
    youngest = max(changed.values(), default=0)
    for path in paths:
        if 0 < store.outline(path)[1] <= CHARACTERS:
            newest = changed.get(path, 0) == youngest > changed.get(file, 0)
            yield _Body(store, Version(path, changed_ms=changed.get(path, 0), newest=newest))


class _Body:
    """The text of a version."""

    def __init__(self, store: Store, version: Version) -> None:
        self._version = version
        self._text = store.document_text(version.file)
        self._starts, self._paged = store.page_starts(version.file), store.is_paged(version.file)
        self._whole = spelled(self._text)
        self._sentences = [
            (span, Counter(spelled(self._text[slice(*span)]).split()))
            for span in sentences(self._text)
        ]

    def told(self, quote: str) -> Version | None:
        """What it says in the place of the quote; None where it has nothing there."""
        at = self._text.find(quote)
        if at >= 0:
            return self._at(at, at + len(quote))
        if spelled(quote) in self._whole:
            return self._version
        words = Counter(spelled(quote).split())
        if words.total() < WORDS_LEAST:
            return None
        common, (start, end) = max(
            ((_common(words, held), span) for span, held in self._sentences), default=(0.0, (0, 0))
        )
        if common < IN_PLACE:
            return None
        said = " ".join(self._text[start:end].split())
        return replace(self._at(start, end), said=said[:SHOWN])

    def _at(self, start: int, end: int) -> Version:
        place = locate(start, end, self._starts, self._paged)
        return replace(self._version, page=place.page, start=place.start, end=place.end)


def _common(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / (one.total() + other.total())
