"""What is left out of a source: one rule for scanning, watching, adding and removing.

The user says it in the application (`Exclusion`s) and in files named .strongroomignore in the
source's folders, line by line as in a .gitignore; an absolute path in an exclusion stands for all
that is in it. What the application was told holds before what a file says, and the file of an inner
folder before that of an outer one; what neither says is for `ignore`. A .gitignore is not obeyed:
it says what is no source code, and often that is just the documents.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Iterable
from functools import partial
from pathlib import Path

from strongroom_engine.indexing.ignore import MARKS, can_be_made_again, ignored_at
from strongroom_engine.indexing.looking.lines import Lines, lines_of
from strongroom_engine.trees import contains
from strongroom_engine.types import Exclusion

IGNORE_FILE = ".strongroomignore"
MOST_BYTES = 1 << 20
"""More of such a file is not read."""

Omit = Callable[[str, str, bool], bool]
"""Whether a path with the name at its end is left out; True for a folder."""
_Held = tuple[tuple[str, Lines], ...]
"""The lines that hold in a folder, each with the folder that they count from; the first that says
something holds."""


class Rules:
    """What is left out of one source. The source itself never is. `hidden` files are documents
    where they are wanted. What it has read of folders it keeps: make a new one for another look."""

    def __init__(
        self, source: str, exclusions: Iterable[Exclusion] = (), *, hidden: bool = False
    ) -> None:
        told = [one for one in exclusions if one.source in ("", source)]
        self._source = source
        self.hidden = hidden
        self._paths = frozenset(one.pattern for one in told if is_place(one.pattern, source))
        mine = [one for one in told if one.pattern not in self._paths]
        told_of = [
            Lines(_in_order(one.pattern for one in mine if one.source == of)) for of in (source, "")
        ]
        self._told: _Held = tuple((source, lines) for lines in told_of if lines)
        self._held: dict[str, _Held] = {}
        self._remade: dict[str, bool] = {}

    # --- what the user says ----------------------------------------------------------------------

    def leave_out(self, path: str, *, folder: bool = False) -> bool:
        """Whether the user leaves out a path within the source by itself, whatever lies above it."""
        return self._verdict(path, os.path.basename(path), folder=folder) is True  # noqa: PTH119

    def leave_out_below(self, path: str) -> bool:
        """Whether the user leaves out the path, or a folder between the source and it."""
        return any(
            self.leave_out(place, folder=number > 0) for number, place in enumerate(self._up(path))
        )

    # --- and what is nobody's document -----------------------------------------------------------

    def omit(self, path: str, *, folder: bool = False) -> bool:
        """Whether a path within the source is left out by itself, by the user or for its name."""
        return self.omit_named(path, os.path.basename(path), folder)  # noqa: PTH119

    def omit_named(self, path: str, name: str, folder: bool) -> bool:
        """The same for whoever knows the last part of the path: quicker."""
        verdict = self._verdict(path, name, folder=folder)
        return ignored_at(path, name, hidden=self.hidden) if verdict is None else verdict

    def omit_below(self, path: str) -> bool:
        """Whether the path, or a folder between the source and it, is left out for any reason that
        can be known without its facts. Outside the source all is."""
        if not contains(self._source, path):
            return True
        return any(
            self.omit(place, folder=number > 0) or (number > 0 and self.omit_all_in(place))
            for number, place in enumerate(self._up(path))
        )

    def omit_all_in(self, folder: str, names: Collection[str] | None = None) -> bool:
        """Whether a folder is marked as one of things that can be made again, and the user has not
        taken it in all the same. `names` are those in it, where they are known."""
        if names is None and folder in self._remade:
            return self._remade[folder]
        found = (
            folder != self._source
            and can_be_made_again(folder, names)
            and self._verdict(folder, os.path.basename(folder), folder=True) is not False  # noqa: PTH119
        )
        self._remade[folder] = found
        return found

    def omitting(self, folder: str, names: Collection[str]) -> Omit:
        """`omit_named` for what lies in a folder with these names: nobody has to look whether it
        has rules, and where the user says nothing nobody is asked."""
        if folder not in self._held:
            self._held[folder] = self._lines_in(folder, has_file=IGNORE_FILE in names)
        if self._held[folder] or self._paths:
            return self.omit_named
        return partial(_omit_for_name, self.hidden)

    # --- one path --------------------------------------------------------------------------------

    def _verdict(self, path: str, name: str, *, folder: bool) -> bool | None:
        """True where the user leaves it out, False where it is taken in again, None for nothing."""
        if path in self._paths:
            return True
        if path == self._source:
            return False
        for place, lines in self._lines_for(path[: -len(name) - 1] or os.sep):
            inner = path[len(place) :].replace(os.sep, "/").strip("/")
            verdict = lines.verdict(name, inner, folder=folder)
            if verdict is not None:
                return verdict
        return None

    def _up(self, path: str) -> Iterable[str]:
        """The path and the folders around it, as far as the source."""
        while path != self._source and contains(self._source, path):
            yield path
            path = os.path.dirname(path)  # noqa: PTH120 - a hundred thousand times a look

    # --- the lines that hold in a folder ---------------------------------------------------------

    def _lines_for(self, folder: str) -> _Held:
        if folder not in self._held:
            self._held[folder] = self._lines_in(folder)
        return self._held[folder]

    def _lines_in(self, folder: str, *, has_file: bool = True) -> _Held:
        if not contains(self._source, folder):
            return self._told
        own = _lines_of_file(Path(folder, IGNORE_FILE)) if has_file else None
        if folder == self._source:
            return (*self._told, (folder, own)) if own else self._told
        outer = self._lines_for(os.path.dirname(folder))  # noqa: PTH120 - as above
        if not own:
            return outer
        count = len(self._told)
        return (*outer[:count], (folder, own), *outer[count:])


def _omit_for_name(hidden: bool, path: str, name: str, _folder: bool) -> bool:
    return ignored_at(path, name, hidden=hidden)


def ruled_by(path: str) -> str:
    """The folder whose rules may have changed when the file at the path did; '' for others."""
    folder, name = os.path.split(path)
    return folder if name == IGNORE_FILE or name in MARKS else ""


def takes_in(pattern: str) -> bool:
    """Whether it takes in again what something else leaves out."""
    return pattern.startswith("!")


def is_place(pattern: str, source: str) -> bool:
    """Whether it names one place, and is no line that counts from the source: '/drafts'. Of places
    in other sources nothing is in this one."""
    if not Path(pattern).is_absolute():
        return False
    return contains(source, pattern) or os.sep in pattern.strip(os.sep)


def _in_order(patterns: Iterable[str]) -> tuple[str, ...]:
    """Exclusions have no order of their own: those that take in again come last, so they hold."""
    lines = (pattern.replace(os.sep, "/") for pattern in patterns)
    return tuple(sorted(lines, key=lambda line: (takes_in(line), line)))


def _lines_of_file(file: Path) -> Lines | None:
    """The lines of a file that is there; a link is none, as with git."""
    try:
        if not stat.S_ISREG(file.lstat().st_mode):
            return None
        with file.open("rb") as opened:
            return Lines(lines_of(opened.read(MOST_BYTES).decode("utf-8", "surrogateescape")))
    except (OSError, ValueError):
        return None
