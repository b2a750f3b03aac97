"""Whether what is at a source's path is the source, or what is left when its drive is away.

The rule, for a source as for each place inside it at which something was mounted:

* A folder that cannot be opened, or does not answer, is away.
* A folder on the drive that it was on when it was last looked at is what it was. What is gone from
  it is gone.
* Else (nothing is mounted there any more, or another drive, or something that was not mounted
  before hides it) it counts if at least half of the known documents are in it: then someone has
  moved them to where they are now. If they are not, it is away, and stays so until its drive comes
  back, its documents are put there, or the user removes the source.

What is away loses nothing: its documents stay as they are, and nothing that lies in its place
meanwhile is read.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from strongroom_engine.errors import SourceMissing, SourceSilent
from strongroom_engine.indexing.looking import presence
from strongroom_engine.indexing.looking.presence import Mount, Seen, Silent, ask
from strongroom_engine.indexing.looking.scan import Changes
from strongroom_engine.store import UNREAD_SIZE
from strongroom_engine.trees import contains
from strongroom_engine.types import FileFacts

_SYSTEM_PLACES = (os.sep, "/System/Volumes/Data")
_PLACES_OF_MOUNTS = ("/media", "/mnt", "/run/media", "/Volumes", "/net")


@dataclass(frozen=True, slots=True)
class Standing:
    """What is at a source's path now: itself, the mount that it lies on, and those inside it. Paths
    are those of the source, not where links lead."""

    source: str
    seen: Seen
    on: Mount
    inside: tuple[Mount, ...] = ()
    silent: tuple[str, ...] = ()
    """Places inside it that do not answer."""

    @property
    def drives(self) -> dict[str, str]:
        return {one.place: one.volume for one in (self.on, *self.inside)}

    def doubtful(self, known: Mapping[str, str]) -> tuple[str, ...]:
        """The source, or places inside it, that may not be what they were on the `known` drives."""
        above = [place for place in known if contains(place, self.seen.real)]
        if not self._is_known(max(above, key=len, default=""), known):
            return (self.source,)
        mounted = {one.place: one.volume for one in self.inside}
        before = {place: volume for place, volume in known.items() if place not in above}
        return tuple(
            place
            for place in sorted({*before, *mounted})
            if not (mounted.get(place) and mounted[place] == before.get(place))
        )

    def _is_known(self, place: str, known: Mapping[str, str]) -> bool:
        if not place:  # of a library that did not note it: only what is plain
            real = self.seen.real
            return not any(
                contains(each, real) and not contains(each, self.on.place)
                for each in _PLACES_OF_MOUNTS
            )
        if place != self.on.place:
            return False
        return place in _SYSTEM_PLACES or (self.on.volume != "" and self.on.volume == known[place])


def stand(source: str) -> Standing:
    """Look at a source. Raises `SourceMissing` and `SourceSilent`, and within seconds."""
    seen = look_at(source)
    table = presence.mounts(now=True)
    on = presence.mount_of(seen.real, table or None)
    if sys.platform == "win32":
        on = Mount(on.place, on.kind, f"{seen.device:x}")
    inside = tuple(
        Mount(source + one.place[len(seen.real.rstrip(os.sep)) :], one.kind, one.volume)
        for one in presence.mounts_below(seen.real, table)
    )
    silent = tuple(one.place for one in inside if one.remote and not presence.is_here(one.place))
    return Standing(source, seen, on, inside, silent)


def look_at(source: str) -> Seen:
    """A source as it is now; raises `SourceMissing` and `SourceSilent`."""
    try:
        return ask(source, presence.seen)
    except Silent as exc:
        raise SourceSilent(path=source) from exc
    except (OSError, ValueError) as exc:
        raise SourceMissing(path=source) from exc


def is_left(changes: Changes, known: Mapping[str, FileFacts], place: str) -> bool:
    """Whether more than half of the documents known at the place are not there."""
    before = sum(contains(place, path) for path in known)
    gone = sum(contains(place, path) for path in changes.gone)
    # A file of another size under its name is another one: cameras number theirs alike.
    other = sum(
        contains(place, facts.path) and known[facts.path].size not in (facts.size, UNREAD_SIZE)
        for facts in changes.changed
    )
    return 2 * (gone + other) > before


def hold_back(changes: Changes, away: Collection[str]) -> None:
    """Take out of the changes what concerns the places that are away."""

    def held(path: str) -> bool:
        return any(contains(place, path) for place in away)

    if away:
        changes.gone[:] = [path for path in changes.gone if not held(path)]
        changes.moved[:] = [one for one in changes.moved if not (held(one[0]) or held(one[1].path))]
        changes.problems[:] = [one for one in changes.problems if not held(one[0].path)]
        for found in (changes.new, changes.changed, changes.renumbered):
            found[:] = [facts for facts in found if not held(facts.path)]
