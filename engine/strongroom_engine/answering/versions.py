"""One passage in several versions of a document is one hit, which names the others.

That holds where they say the same, word for word: what a version adds, leaves out or changes in a
passage is a hit of its own, for it may be what somebody looks for. Files with the same bytes are
one hit whatever they hold.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from strongroom_engine.answering.text import trimmed
from strongroom_engine.store import Store, StoredChunk
from strongroom_engine.types import Hit, Version, locate

POOL = 40
"""Passages that are looked at together: as many as a search with few versions ever shows."""
SPARE = 10
"""So many more are read than are wanted: some may be of copies of one file."""
WORDINGS = 3
"""So many wordings of one passage stand before what says something else."""
AROUND = 200
"""Characters: where a version's passage begins and ends may be elsewhere by so many more."""
OVERLAP = 0.5
"""A version's passage has at least this share of the shorter one in common with the hit."""
TOUCH = 20
"""Characters that two passages which overlap have in common, at least."""

_TOKEN = re.compile(r"\w+|[%‰§€$£¥+<>=±&]|(?<!\w)[-\u2212](?=\d)")
"""Words, and signs that change what is said."""


@dataclass(slots=True)
class Group:
    """A passage, and the same one in versions of its document, the best of each."""

    chunk: StoredChunk
    copies: tuple[str, ...]
    versions: dict[str, StoredChunk] = field(default_factory=dict)


def grouped(store: Store, ranked: Sequence[int], k: int) -> list[Group]:
    """The first `k` different passages of those ranked (chunk ids), each with its versions."""
    grouping = _Grouping(store)
    for at in range(0, len(ranked), POOL):
        if len(grouping.groups) >= k:
            break
        grouping.take(ranked[at : at + POOL], k)
    return grouping.groups[:k]


def told_apart(store: Store, again: Mapping[int, int], texts: Mapping[int, str]) -> frozenset[int]:
    """Of passages that nearly repeat a better one (chunk ids) those of versions of its document
    that say something else."""
    rows = list({*again, *again.values()})
    paths, related = store.paths(rows), store.signatures.among(rows)
    said = {better: [spelled(texts[better])] for better in again.values()}
    apart = set()
    for row, better in again.items():
        if paths.get(row) in related.get(paths.get(better, ""), {}):
            words, known = spelled(texts[row]), said[better]
            if len(known) <= WORDINGS and not any(words in one or one in words for one in known):
                known.append(words)
                apart.add(row)
    return frozenset(apart)


def told(store: Store, hit: Hit, others: Mapping[str, StoredChunk]) -> tuple[Version, ...]:
    """The versions with the passage of a hit, the youngest first."""
    if not others:
        return ()
    changed = store.signatures.changed([hit.file, *others])
    youngest = max(changed.values(), default=0)
    found = [_version(hit, chunk, changed.get(path, 0)) for path, chunk in others.items()]
    found.sort(key=lambda one: (-one.changed_ms, one.file))
    if found[0].changed_ms == youngest > changed.get(hit.file, 0):
        found[0] = replace(found[0], newest=True)
    return tuple(found)


def _version(hit: Hit, chunk: StoredChunk, changed_ms: int) -> Version:
    """Where the passage, which may be cut otherwise, stands in a version."""
    at = chunk.text.find(hit.text)
    left, right = (at, at + len(hit.text)) if at >= 0 else trimmed(chunk.text, 0, len(chunk.text))
    place = locate(chunk.start + left, chunk.start + right, chunk.page_starts, chunk.paged)
    return Version(chunk.path, place.page, place.start, place.end, changed_ms)


class _Grouping:
    """Groups that grow while passages are taken in, best first."""

    def __init__(self, store: Store) -> None:
        self.groups: list[Group] = []
        self._store = store
        self._copied: set[tuple[str, int]] = set()
        self._words: dict[int, str] = {}
        self._around: dict[tuple[int, int], str] = {}

    def take(self, rows: Sequence[int], k: int) -> None:
        """Take in more passages, until there are `k` groups and nothing may belong to them."""
        related = self._store.signatures.among([*(one.chunk.id for one in self.groups), *rows])
        there = self._read(rows, related, k - len(self.groups) + SPARE)
        copies = self._store.reports.copies(chunk.path for chunk in there)
        for chunk in there:
            if (chunk.path, chunk.start) in self._copied:
                continue
            alike = {chunk.path, *copies[chunk.path]}
            self._copied |= {(copy, chunk.start) for copy in alike}
            shown = self._least_packed(chunk, [one for one in there if one.path in alike])
            home = next((one for one in self.groups if self._belongs(shown, one, related)), None)
            if home is None:
                self.groups.append(Group(shown, tuple(sorted(alike - {shown.path}))))
            else:
                home.versions.setdefault(shown.path, shown)

    def _least_packed(self, chunk: StoredChunk, copies: Sequence[StoredChunk]) -> StoredChunk:
        """The passage in that copy of its file which lies in the fewest archives and mails."""
        same = [chunk, *(one for one in copies if one.start == chunk.start)]
        if all(one is chunk for one in same):
            return chunk
        return min(same, key=lambda one: len(self._store.members.around(one.path)))

    def _read(self, rows: Sequence[int], related: Collection[str], most: int) -> list[StoredChunk]:
        """The passages of documents with versions, and so many of others."""
        wanted = []
        for row, path in self._store.paths(rows).items():
            if path not in related:
                most -= 1
            if path in related or most >= 0:
                wanted.append(row)
        chunks = self._store.chunks(wanted)
        return [chunks[row] for row in wanted if row in chunks]

    def _belongs(
        self, chunk: StoredChunk, group: Group, related: Mapping[str, Mapping[str, float]]
    ) -> bool:
        """Whether the passage says what the group's says, in a version of its document."""
        if chunk.path not in related.get(group.chunk.path, {}):
            return False
        ours, theirs = self._spelled(group.chunk), self._spelled(chunk)
        if ours == theirs or not _touch(ours, theirs):
            return ours == theirs
        around = self._spelled_around(group.chunk, len(chunk.text) + AROUND)
        start, own = around.find(theirs), around.find(ours)
        if start < 0 or own < 0:
            return False
        common = min(start + len(theirs), own + len(ours)) - max(start, own)
        return common >= OVERLAP * min(len(ours), len(theirs))

    def _spelled(self, chunk: StoredChunk) -> str:
        if chunk.id not in self._words:
            self._words[chunk.id] = spelled(chunk.text)
        return self._words[chunk.id]

    def _spelled_around(self, chunk: StoredChunk, width: int) -> str:
        """The words of the passage and what stands around it."""
        key = (chunk.id, width)
        if key not in self._around:
            start, end = max(chunk.start - width, 0), chunk.end + width
            self._around[key] = spelled(self._store.document_text(chunk.path, start, end))
        return self._around[key]


def _touch(ours: str, theirs: str) -> bool:
    """Whether they may overlap by as much as `OVERLAP`: some words in one of the shorter one's
    halves stand in the other, too. Quicker than to read what is around."""
    shorter, longer = sorted((ours, theirs), key=len)
    quarter = len(shorter) // 4
    return any(shorter[at : at + TOUCH] in longer for at in (quarter, 3 * quarter))


def spelled(text: str) -> str:
    """The words and telling signs of a text, one space between them and at both ends."""
    return f" {' '.join(_TOKEN.findall(text.casefold()))} "
