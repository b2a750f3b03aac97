"""Paths by their names alone, and which lie in which folders: no file is touched."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Collection
from pathlib import Path


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
