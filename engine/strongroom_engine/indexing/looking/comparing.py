"""What has become of a source since the library last looked, and what follows at once: what was
moved keeps all that is known of it, what is gone is forgotten. What is to be read is left to others.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence

from strongroom_engine.indexing.looking.drives import Drives
from strongroom_engine.indexing.looking.ruling import Ruling
from strongroom_engine.indexing.looking.scan import Changes, diff, scan
from strongroom_engine.indexing.looking.taking_over import Arrivals, TakingOver
from strongroom_engine.indexing.turns import Ended, until
from strongroom_engine.store import UNREAD_SIZE, Store
from strongroom_engine.trees import contains, within
from strongroom_engine.types import FileFacts, Happening

FORGET_AT_ONCE = 100
"""Documents forgotten in one transaction: it costs as much as for one, and nobody waits long."""


class Comparing:
    """Compares sources with what the library knows of them. `most_bytes`: larger files are not
    read, 0: none is. `on_document` hears of each document that was moved or is gone."""

    def __init__(
        self,
        store: Store,
        drives: Drives,
        ruling: Ruling,
        *,
        most_bytes: int,
        on_document: Callable[[Happening], None],
    ) -> None:
        self._store, self._drives, self._ruling = store, drives, ruling
        self._most_bytes = most_bytes
        self._on_document = on_document
        self._moves = TakingOver(store, drives)

    def changes(
        self,
        source: str,
        under: Collection[str],
        but: Collection[str],
        ended: Ended,
        arrivals: Arrivals,
    ) -> Changes:
        """What has changed in a source, or only `under` it, without what lies in the paths of `but`;
        from and to where it was moved is known across sources. Raises `SourceMissing`."""

        def arrived(other: str) -> Changes:
            return arrivals.of(other, lambda path: self.look(path, (), (), ended))

        changes = self.look(source, under, but, ended)
        self._moves.take_over(changes, source, ended)
        if not under:
            self._moves.hand_over(changes, source, arrived, ended)
        return changes

    def look(
        self, source: str, under: Collection[str], but: Collection[str], ended: Ended
    ) -> Changes:
        """The same within the source alone."""
        look = self._drives.look(source, under)
        others = self._inner(source) | set(but) | look.silent
        known = self._store.known_files(source, look.under)
        if others:
            known = {path: facts for path, facts in known.items() if not within(others, path)}
        rules, most = self._ruling.of(source), self._most_bytes
        heard = look.listen(
            lambda: scan(source, look.under, rules, others=others, most_bytes=most), ended
        )
        changes = diff(known, until(ended, heard))
        look.settle(changes, known)
        return changes

    def _inner(self, source: str) -> set[str]:
        """The sources inside this one, which are looked at by themselves."""
        sources = self._store.managing.source_paths()
        return {path for path in sources if path != source and contains(source, path)}

    def apply(self, changes: Changes, ended: Ended) -> None:
        """Take into the store what was moved, is gone, or lies on a drive with another number."""
        for old, facts in until(ended, changes.moved):
            self._store.move_document(old, facts)
            self._on_document(Happening("moved", facts.path, before=old))
        for paths in until(ended, _parts(changes.gone)):
            self._store.managing.forget(paths)
            for path in paths:
                self._on_document(Happening("gone", path))
        for facts in until(ended, changes.renumbered):
            self._store.touch(facts)

    def note_seen(self, source: str) -> None:
        """All of the source was looked at now."""
        self._store.managing.note_seen(source, int(time.time() * 1000))

    def drop_left_out(self, source: str) -> bool:
        """Let go what the library has of a source and the user leaves out by now; whether there was
        any."""
        rules = self._ruling.of(source)
        known = [*self._store.known_files(source), *self._store.members.paths(source)]
        left_out = [path for path in known if rules.leave_out_below(path)]
        for paths in _parts(left_out):
            self._store.managing.leave_out(paths)
        return bool(left_out)

    # --- what was left from before ---------------------------------------------------------------

    def left_waiting(
        self, source: str, under: Collection[str], files: Collection[FileFacts]
    ) -> list[FileFacts]:
        """What was not finished the last time, but for what lies in `files`, which are read now."""
        read, places = {facts.path for facts in files}, set(under)
        return [
            facts
            for facts in {facts.path: facts for facts in self._unfinished(source)}.values()
            if not within(read, facts.path) and (not places or within(places, facts.path))
        ]

    def still_waiting(self, source: str) -> set[str]:
        """The paths of all that nobody has read by now, or not to its end."""
        known = self._store.known_files(source).values()
        waiting = {facts.path for facts in known if facts.size == UNREAD_SIZE}
        return waiting | {facts.path for facts in self._unfinished(source)}

    def _unfinished(self, source: str) -> list[FileFacts]:
        """Documents inside others that wait to be read, and those with scanned pages that do."""
        left = [*self._store.members.pending(source), *self._store.recognised.waiting(source)]
        away = self._drives.away_in(source)
        return [facts for facts in left if not (away and within(away, facts.path))]


def _parts(paths: Sequence[str]) -> Iterator[Sequence[str]]:
    """The paths, so many as are forgotten at once."""
    return (paths[at : at + FORGET_AT_ONCE] for at in range(0, len(paths), FORGET_AT_ONCE))
