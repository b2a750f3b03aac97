"""What the user leaves out of a source: one rule for scanning, watching and removing.

A pattern is an absolute path, which stands for all that is in it; or a pattern of names as the
shell knows them ('*.tmp', 'node_modules'), for files and folders anywhere in the source; or, with a
slash in it, such a pattern of a path within the source ('drafts/*.docx'). Case does not matter to
patterns of names.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from fnmatch import translate
from pathlib import Path

from strongroom_engine.trees import contains
from strongroom_engine.types import Exclusion


class Rules:
    """What is left out of one source. The source itself never is."""

    def __init__(self, source: str, exclusions: Iterable[Exclusion] = ()) -> None:
        mine = {one.pattern for one in exclusions if one.source in ("", source)}
        self._source = source
        self._paths = frozenset(pattern for pattern in mine if Path(pattern).is_absolute())
        written = [pattern.replace(os.sep, "/").casefold() for pattern in mine - self._paths]
        self._names = _any_of(pattern for pattern in written if "/" not in pattern)
        self._inner = _any_of(pattern.strip("/") for pattern in written if "/" in pattern)
        self._any = bool(mine)

    def leave_out(self, path: str) -> bool:
        """Whether a path within the source is left out by itself, whatever lies above it."""
        if not self._any or path == self._source:
            return False
        if path in self._paths:
            return True
        name = os.path.basename(path)  # noqa: PTH119 - a hundred thousand times a look
        if self._names is not None and self._names.match(name.casefold()):
            return True
        return self._inner is not None and bool(self._inner.match(self._relative(path)))

    def leave_out_below(self, path: str) -> bool:
        """Whether the path, or a folder between the source and it, is left out."""
        if not self._any:
            return False
        while path != self._source:
            if self.leave_out(path):
                return True
            parent = os.path.dirname(path)  # noqa: PTH120 - likewise
            if parent == path or not contains(self._source, parent):
                return False
            path = parent
        return False

    def _relative(self, path: str) -> str:
        return path[len(self._source) :].replace(os.sep, "/").strip("/").casefold()


def _any_of(patterns: Iterable[str]) -> re.Pattern[str] | None:
    told = [translate(pattern) for pattern in patterns if pattern]
    return re.compile("|".join(told)) if told else None
