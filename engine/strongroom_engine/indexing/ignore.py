"""Which files and folders are nobody's documents: one rule for scanning and for watching."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

_FOLDERS = frozenset(
    {
        "node_modules",
        "__pycache__",
        "site-packages",
        "__macosx",
        "$recycle.bin",
        "system volume information",
        "lost+found",
        "@eadir",  # thumbnails of network disks
    }
)
_FILES = frozenset(
    {
        *("thumbs.db", "desktop.ini", "icon\r"),
        # what mail programs note beside their mail
        *("msgfilterrules.dat", "popstate.dat", "virtualfolders.dat", "maildirfolder"),
        *("courierimapuiddb", "courierimapacl"),
    }
)
# Lock files, half-written downloads and backups of editors, browsers and offices. Hidden names,
# so everything with a dot in front (.git, .venv, .cache, .~lock.x#, .#x), are a rule of their own.
_PASSING = re.compile(
    r"^~\$|^~wr[dl]\d+\.tmp$|^#.*#$|~$|"
    r"\.(part|partial|crdownload|download|opdownload|tmp|temp|swp|swo|swx|lock|bak~)$|"
    r"\.msf$|^dovecot[-.]|^maildirsize$",
    re.IGNORECASE,
)
_HIDDEN_ATTRIBUTE = getattr(stat, "FILE_ATTRIBUTE_HIDDEN", 0)
_HIDDEN_FLAG = getattr(stat, "UF_HIDDEN", 0)


def ignored(name: str) -> bool:
    """True for the name of a file or folder that is left out without a word."""
    low = name.lower()
    return (
        name.startswith(".")
        or low in _FOLDERS
        or low in _FILES
        or _PASSING.search(name) is not None
    )


def ignored_at(path: str) -> bool:
    """True for what is left out for its name, unless it is a folder of mail: those of a Maildir
    have a dot in front."""
    name = os.path.basename(path)  # noqa: PTH119 - a hundred thousand times a look
    return ignored(name) and not (name.startswith(".") and _is_maildir(path))


def _is_maildir(path: str) -> bool:
    return all(Path(path, inner).is_dir() for inner in ("cur", "new"))


def ignored_below(path: str, folder: str) -> bool:
    """True when any name between `folder` and `path`, the path's own included, is ignored."""
    try:
        parts = Path(path).relative_to(folder).parts
    except ValueError:
        return True
    return any(
        ignored(part) and ignored_at(str(Path(folder, *parts[: number + 1])))
        for number, part in enumerate(parts)
    )


def marked_hidden(facts: os.stat_result) -> bool:
    """Hidden by an attribute and not by its name, as Windows and macOS do."""
    attributes = getattr(facts, "st_file_attributes", 0)
    flags = getattr(facts, "st_flags", 0)
    return bool(attributes & _HIDDEN_ATTRIBUTE or flags & _HIDDEN_FLAG)
