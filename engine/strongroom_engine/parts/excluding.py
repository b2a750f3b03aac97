"""What the user types to leave something out, as it is kept."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

from strongroom_engine.errors import NotASource, NothingExcluded, SourceNotExcludable
from strongroom_engine.indexing.looking.lines import is_meaningful
from strongroom_engine.trees import absolute_path, contains, within
from strongroom_engine.types import Exclusion


def exclusion_of(pattern: str, source: str, sources: Collection[str]) -> Exclusion:
    """The exclusion that is meant, of one of the `sources` or ('') of them all: a place by its
    absolute path, or a line as in a .gitignore. Raises `NothingExcluded`."""
    named = pattern.strip()
    if not named.strip("!*/\\. "):
        raise NothingExcluded
    if named.startswith(("~/", "~" + os.sep)) or _is_place(named, source, sources):
        return Exclusion(source, absolute_path(named))
    if not is_meaningful(named):
        raise NothingExcluded
    return Exclusion(source, named)


def check(exclusion: Exclusion, sources: Collection[str]) -> None:
    """Raise `SourceNotExcludable` for the place of a source, and `NotASource` for one that lies in
    none."""
    place = exclusion.pattern
    if not _is_place(place, exclusion.source, sources):
        return
    if place in sources:
        raise SourceNotExcludable(path=place)
    if not within(sources, place):
        raise NotASource(path=place)


def _is_place(pattern: str, source: str, sources: Collection[str]) -> bool:
    """Whether a path with a slash in front names a place on this computer; else it counts from
    each source, as in a .gitignore."""
    if not Path(pattern).is_absolute():
        return False
    if source:
        return contains(source, pattern)
    return within(sources, pattern) or Path(*Path(pattern).parts[:2]).exists()
