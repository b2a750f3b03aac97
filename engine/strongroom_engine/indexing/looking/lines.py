"""Lines as in a .gitignore, made into few regular expressions: a hundred thousand paths are asked
about in a look. What a line means is a matter of `pathspec`."""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

_ANYWHERE = "^(?:.+/)?"
# A path is asked about alone, with a slash at its end where it is a folder: whatever lies in a
# folder that is left out is never asked about.
_ENDS = (("(?:(?P<ps_d>/)|$)", r"/?\Z"), ("(?P<ps_d>/)", r"/\Z"))
_CLASSES = {
    "[:alnum:]": r"a-zA-Z0-9",
    "[:alpha:]": r"a-zA-Z",
    "[:digit:]": r"0-9",
    "[:lower:]": r"a-z",
    "[:upper:]": r"A-Z",
    "[:space:]": r" \t",
    "[:xdigit:]": r"0-9a-fA-F",
}


class Lines:
    """What lines say of paths. The last that matches holds, and neither case nor the normal form
    of letters matters: one name is two on few disks only."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        self._steps = _steps(lines)

    def __bool__(self) -> bool:
        return bool(self._steps)

    def verdict(self, name: str, inner: str, *, folder: bool) -> bool | None:
        """Whether a path is left out (True) or taken in again (False); None where no line says.

        `inner` is its path below what the lines hold for, with '/' between the names; `name` the
        last of them.
        """
        end = "/" if folder else ""
        for left_out, names, paths in self._steps:
            if names is not None and names.search(_plain(name) + end):
                return left_out
            if paths is not None and paths.search(_plain(inner) + end):
                return left_out
        return None


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a file that say something."""
    told = (line.rstrip("\r") for line in text.removeprefix("\ufeff").split("\n"))
    return tuple(line for line in told if line.strip() and not line.startswith("#"))


def is_meaningful(line: str) -> bool:
    """Whether there is a path that the line could match."""
    return _line(line) is not None


_Step = tuple[bool, re.Pattern[str] | None, re.Pattern[str] | None]


@dataclass(frozen=True, slots=True)
class _Line:
    """`named`: it asks about a name alone, wherever that stands."""

    left_out: bool
    named: bool
    expression: str


@lru_cache(maxsize=256)
def _steps(lines: tuple[str, ...]) -> tuple[_Step, ...]:
    """From the last to the first: whether these lines leave out or take in again; those that ask
    about the name alone, and the others."""
    made = [one for line in lines if (one := _line(line)) is not None]
    return tuple(
        (
            left_out,
            _any_of(one for one in some if one.named),
            _any_of(one for one in some if not one.named),
        )
        for left_out, group in groupby(reversed(made), key=lambda one: one.left_out)
        for some in [list(group)]
    )


def _any_of(lines: Iterable[_Line]) -> re.Pattern[str] | None:
    told = "|".join(line.expression for line in lines)
    if not told:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", FutureWarning
        )  # of '[' in a set, which may mean more one day
        return re.compile(told, re.IGNORECASE | re.DOTALL)


def _line(text: str) -> _Line | None:
    """What a line is; None where it matches nothing."""
    for name, letters in _CLASSES.items():
        text = text.replace(name, letters)
    try:
        told, left_out = GitIgnoreSpecPattern.pattern_to_regex(_plain(text))
        if told is None or left_out is None:
            return None
        named = told.startswith(_ANYWHERE) and "/" not in text.rstrip("/")
        line = _Line(left_out, named, _whole(told.replace(_ANYWHERE, "^", 1) if named else told))
        _any_of([line])
    except (ValueError, re.error):
        return None
    return line


def _whole(told: str) -> str:
    """The expression for a path alone, where pathspec's is for it and all that is below."""
    for end, ours in _ENDS:
        if told.endswith(end):
            return told.removesuffix(end) + ours
    return f"{told}." if told.endswith("/") else told  # 'a/**': what is in the folder, not itself


def _plain(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)
