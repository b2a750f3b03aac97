"""Paths by their names alone, and which lie in which folders: no file is touched."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Collection
from pathlib import Path

_LONG_ON_WINDOWS = 248
"""From so many characters on Windows refuses paths of folders that are asked for in the plain way."""


def absolute_path(path: str) -> str:
    """As the user wrote it, but whole: `..` is resolved, links are not."""
    return os.path.abspath(Path(path).expanduser())  # noqa: PTH100 - `resolve` follows links


def contains(folder: str, path: str) -> bool:
    """Whether `path` is `folder` or lies inside it."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def within(folders: Collection[str], path: str) -> bool:
    """Whether the path is one of the folders or lies in one; as quick for many as for one."""
    while path not in folders:
        parent = os.path.dirname(path)  # noqa: PTH120 - a hundred thousand times a look
        if parent == path:
            return False
        path = parent
    return True


def folded(name: str) -> str:
    """The form in which names are compared, whatever their case and normal form."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def for_system(path: str, *, windows: bool = sys.platform == "win32") -> str:
    """The path as the system is asked for it.

    Windows refuses long paths, and drops a dot or space at the end of a name, unless a prefix says
    that the path is meant as it is.
    """
    if not windows or path.startswith("\\\\?\\"):
        return path
    if len(path) < _LONG_ON_WINDOWS and not any(
        name.endswith((".", " ")) for name in path.split("\\")
    ):
        return path
    return f"\\\\?\\UNC\\{path[2:]}" if path.startswith("\\\\") else f"\\\\?\\{path}"


def as_in(source: str, path: str) -> str:
    """A path as a look at the source names it.

    macOS takes two normal forms of a name for one, and tells a change in the form that is on the
    disk, whichever the source was added in. Elsewhere they are two names, and only those that lie
    in no source are put right here.
    """
    if contains(source, path):
        return path
    above, names = Path(source).parts, Path(path).parts
    if folded("/".join(names[: len(above)])) != folded("/".join(above)):
        return path
    return str(Path(source, *names[len(above) :]))
