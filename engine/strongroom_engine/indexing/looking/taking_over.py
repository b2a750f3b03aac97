"""Files that were moved from one source into another keep what the library has of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from contextlib import suppress

from strongroom_engine.errors import SourceMissing
from strongroom_engine.indexing.looking.scan import Changes, trace
from strongroom_engine.store import Store
from strongroom_engine.trees import contains


def take_over(changes: Changes, source: str, store: Store) -> None:
    """What is new in the source, and is the very file that another source has no more, was moved."""
    new = {trace(facts): facts for facts in changes.new if facts.identity}
    if not new:
        return
    for before in store.managing.elsewhere(source, [facts.mtime_ns for facts in new.values()]):
        if before.identity and trace(before) in new and not os.path.lexists(before.path):
            changes.moved.append((before.path, new.pop(trace(before))))
    taken = {facts.path for _, facts in changes.moved}
    changes.new[:] = [facts for facts in changes.new if facts.path not in taken]


def hand_over(changes: Changes, source: str, store: Store, look: Callable[[str], Changes]) -> None:
    """What is gone from the source, and is now in one that is looked at after it, was moved there:
    sources are looked at in the order of their paths. Costs a `look` at each, if anything is gone.
    """
    gone = set(changes.gone)
    for other in store.sources():
        if gone and other.path > source:
            with suppress(SourceMissing):
                there = look(other.path)
                take_over(there, other.path, store)
                moved = [(before, facts) for before, facts in there.moved if before in gone]
                changes.moved.extend(moved)
                gone.difference_update(before for before, _ in moved)
    changes.gone[:] = [path for path in changes.gone if path in gone]


def receiving_first(sources: Collection[str], changed: Collection[str]) -> list[str]:
    """The sources, those first in which some of what has changed is there: what was moved there
    from another one is taken over before that one forgets it."""
    there = [path for path in changed if os.path.lexists(path)]
    return sorted(sources, key=lambda one: not any(contains(one, path) for path in there))
