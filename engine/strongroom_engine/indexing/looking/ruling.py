"""The rules that hold for each source of a library, by what the user leaves out and wants now."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from strongroom_engine.indexing.looking.excluding import Rules, ruled_by
from strongroom_engine.types import Exclusion


class Ruling:
    """The rules of each source; those that a change is held against are kept until something was
    told, since they read the files that have some."""

    def __init__(self, exclusions: Callable[[], Iterable[Exclusion]], *, hidden: bool) -> None:
        self._exclusions, self._hidden = exclusions, hidden
        self._kept: dict[str, Rules] = {}

    def use(self, *, hidden: bool) -> None:
        """Whether hidden files are wanted from now on."""
        self._hidden = hidden
        self.renew()

    def renew(self) -> None:
        """Other rules may hold now."""
        self._kept.clear()

    def of(self, source: str) -> Rules:
        """Those that hold at this moment."""
        return Rules(source, self._exclusions(), hidden=self._hidden)

    def is_left_out(self, source: str, path: str) -> bool:
        """Whether nothing is to be done about a change at the path."""
        rules = self._kept.get(source)
        if rules is None:
            rules = self._kept[source] = self.of(source)
        return rules.omit_below(ruled_by(path) or path)
