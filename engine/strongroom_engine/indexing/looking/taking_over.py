"""Files that were moved keep what the library has of them: from one source into another, and also
onto another disk, where only their content tells that they are the same."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from strongroom_engine.errors import SourceMissing
from strongroom_engine.indexing.looking.content import digests, is_as
from strongroom_engine.indexing.looking.doubt import doubtful, is_doubtful
from strongroom_engine.indexing.looking.drives import Drives
from strongroom_engine.indexing.looking.scan import Changes, ending, trace
from strongroom_engine.indexing.turns import Ended
from strongroom_engine.store import KnownFile, Store
from strongroom_engine.trees import contains, for_system
from strongroom_engine.types import FileFacts

SAME_TIME_NS = 2_000_000_000
"""Disks that note no more than every other second (FAT) round the time of what is moved there."""


@dataclass(slots=True)
class Arrivals:
    """What was new in each source in one round over several. A source is looked at once for it,
    however much is gone from those that are looked at before it."""

    _there: dict[str, Changes] = field(default_factory=dict)

    def of(self, source: str, look: Callable[[str], Changes]) -> Changes:
        """Raises `SourceMissing`."""
        if source not in self._there:
            self._there[source] = look(source)
        return self._there[source]


class TakingOver:
    """Finds in what has changed what was moved from one place to another."""

    def __init__(self, store: Store, drives: Drives) -> None:
        self._store, self._drives = store, drives

    def take_over(self, changes: Changes, source: str, ended: Ended) -> None:
        """What is new in the source, and is the very file that another source has no more, or a part
        of this one that was not looked at, or has the content of one that is gone, was moved.
        Raises `SourceSilent`, and `Cancelled`."""
        if not changes.new:
            return
        known = self._store.managing.files_of_sizes({facts.size for facts in changes.new})
        paired = {*changes.gone, *(before for before, _ in changes.moved)}
        self._same_files(changes, [one for one in known if one.facts.path not in paired])
        if changes.new:
            self._same_content(changes, source, known, ended)

    def _same_files(self, changes: Changes, elsewhere: Collection[KnownFile]) -> None:
        new = {trace(facts): facts for facts in changes.new if facts.identity}
        moved = []
        for one in elsewhere:
            before = one.facts
            if before.identity and trace(before) in new and not _is_there(before.path):
                now = new.pop(trace(before))
                moved.append((before.path, doubtful(now) if is_doubtful(before) else now))
        _note(changes, moved)

    def _same_content(
        self, changes: Changes, source: str, known: Collection[KnownFile], ended: Ended
    ) -> None:
        """Contents are read only of what may be one of those that are gone by its size, ending, and
        name or time."""
        signs = _signs(changes.new)
        likely = [one for one in known if one.content_hash and signs & _signs([one.facts], 1)]
        gone: dict[str, list[KnownFile]] = {}
        for one in self._gone(likely, source, set(changes.gone)):
            gone.setdefault(one.content_hash, []).append(one)
        if not gone:
            return
        wanted = _signs((one.facts for same in gone.values() for one in same), 1)
        to_read = [facts for facts in changes.new if wanted & _signs([facts])]
        moved = []
        for now, content in self._digests(source, to_read, ended):
            if same := gone.get(content):
                # Of several copies the one that has kept its name.
                one = next((each for each in same if _name(each.facts) == _name(now)), same[0])
                same.remove(one)
                moved.append((one.facts.path, now))
        _note(changes, moved)

    def _gone(
        self, files: Collection[KnownFile], source: str, gone: Collection[str]
    ) -> Iterator[KnownFile]:
        """Those of the files that are certainly not there any more: not those on drives that are
        away. `gone` are those of the source itself."""
        here: dict[str, bool] = {}
        for one in files:
            path = one.facts.path
            if one.source == source:
                if path in gone:
                    yield one
            elif not _is_there(path):
                if one.source not in here:
                    here[one.source] = self._drives.is_plainly_here(one.source)
                if here[one.source]:
                    yield one

    def _digests(
        self, source: str, files: Collection[FileFacts], ended: Ended
    ) -> Iterator[tuple[FileFacts, str]]:
        for found in self._drives.listen(source, lambda: digests(files), ended):
            if found is not None:
                yield found

    def hand_over(
        self, changes: Changes, source: str, arrived: Callable[[str], Changes], ended: Ended
    ) -> None:
        """What is gone from the source, and is now in one that is looked at after it, was moved
        there: sources are looked at in the order of their paths. `arrived` is what is new there."""
        gone = set(changes.gone)
        for other in self._store.sources():
            if gone and other.path > source:
                with suppress(SourceMissing):
                    there = arrived(other.path)
                    self.take_over(there, other.path, ended)
                    moved = [one for one in there.moved if one[0] in gone and _is_as(one[1])]
                    changes.moved.extend(moved)
                    gone.difference_update(before for before, _ in moved)
        changes.gone[:] = [path for path in changes.gone if path in gone]


def _note(changes: Changes, moved: Collection[tuple[str, FileFacts]]) -> None:
    before, now = {old for old, _ in moved}, {facts.path for _, facts in moved}
    changes.moved.extend(moved)
    changes.new[:] = [facts for facts in changes.new if facts.path not in now]
    changes.gone[:] = [path for path in changes.gone if path not in before]


Sign = tuple[int, str, str | int]


def _signs(files: Iterable[FileFacts], more: int = 0) -> set[Sign]:
    """By what files may be known to be the same: size and ending, with the name, and with the time
    in steps of `SAME_TIME_NS`, `more` of them earlier and later, too."""
    signs: set[Sign] = set()
    for facts in files:
        kind = facts.size, ending(facts.path)
        step = facts.mtime_ns // SAME_TIME_NS
        signs.add((*kind, _name(facts)))
        signs.update((*kind, each) for each in range(step - more, step + more + 1))
    return signs


def _name(facts: FileFacts) -> str:
    return os.path.basename(facts.path)  # noqa: PTH119 - a hundred thousand times a look


def _is_there(path: str) -> bool:
    return os.path.lexists(for_system(path))


def _is_as(facts: FileFacts) -> bool:
    """Whether a file is there still as it was when it was looked at."""
    try:
        return is_as(os.stat(for_system(facts.path)), facts)  # noqa: PTH116 - a prefix is no part of a Path
    except OSError:
        return False


def receiving_first(sources: Collection[str], changed: Collection[str]) -> list[str]:
    """The sources, those first in which some of what has changed is there: what was moved there
    from another one is taken over before that one forgets it."""
    there = [path for path in changed if os.path.lexists(path)]
    return sorted(sources, key=lambda one: not any(contains(one, path) for path in there))
