"""How paths and texts go into SQLite, which holds Unicode only.

A file name that is not valid UTF-8 arrives as a `str` with lone surrogates. Such a path is kept
as bytes, so that the very same `str` comes back; in texts and names they are replaced.
"""

from __future__ import annotations

import os

from strongroom_engine.trees import folded

Stored = str | bytes


def store_path(path: str) -> Stored:
    """The path as it is kept in a column."""
    return path if _is_unicode(path) else path.encode("utf-8", "surrogatepass")


def load_path(stored: Stored) -> str:
    """The path that `store_path` was given."""
    return stored if isinstance(stored, str) else stored.decode("utf-8", "surrogatepass")


def clean(text: str) -> str:
    """The text with each lone surrogate replaced; its length stays the same."""
    if _is_unicode(text):
        return text
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def file_name(path: str) -> str:
    """The last part of the path."""
    return clean(os.path.basename(path))  # noqa: PTH119 -- a str that Path might not accept


def extension(path: str) -> str:
    """The extension without its dot, in lower case; '' where there is none."""
    return folded(os.path.splitext(file_name(path))[1][1:])  # noqa: PTH122 -- as above
