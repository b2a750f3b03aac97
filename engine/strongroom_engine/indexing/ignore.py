"""Which files and folders are nobody's documents, unless the user says otherwise: by their names,
and by the marks that programs leave in the folders of what they can make again."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection
from pathlib import Path

_NAMES = frozenset(
    {
        # what a program installs for itself, or can make again
        *("node_modules", "bower_components", "jspm_packages", "site-packages", "__pycache__"),
        *("__pypackages__", "deriveddata", "cachestorage", "code cache", "gpucache", "shadercache"),
        *("inetcache", "temporary internet files", "$windows.~bt", "$windows.~ws", "windows.old"),
        # what systems keep beside the files
        *("__macosx", "$recycle.bin", "recycler", "system volume information", "lost+found"),
        # thumbnails and lists of pictures, of network disks and photo programs
        *("@eadir", "#recycle", "#snapshot", "@recycle", "@recently-snapshot"),
        *("thumbnails.lrdata", "previews.lrdata", "smart previews.lrdata"),
        *("thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "cachedir.tag"),
        # what mail programs note beside their mail
        *("msgfilterrules.dat", "popstate.dat", "virtualfolders.dat", "maildirfolder"),
        *("courierimapuiddb", "courierimapacl", "maildirsize"),
    }
)
_INSIDE = {"caches": "library", "locallow": "appdata", "temp": "local"}
"""Folders that are left out in a folder of a certain name only."""
# Lock files, half-written downloads and backups of editors, browsers and offices; no regular
# expression, which would take as long as all the rest of a look.
_BEGINNINGS = ("~$", "dovecot-", "dovecot.")
_ODD = (*_BEGINNINGS, ".", "#")
_ENDINGS = (
    *("~", ".part", ".partial", ".crdownload", ".download", ".opdownload", ".tmp", ".temp"),
    *(".swp", ".swo", ".swx", ".lock", ".msf", ".filepart", ".aria2", ".!qb", ".!ut"),
)
# In such folders macOS builds a file before it takes the place of the one it is named after.
_SAFE_SAVE = ".sb-"
_SAFE_SAVES = re.compile(r"\.sb-[0-9a-f]{8}-\w{6}$")
_TOLD = _NAMES | _INSIDE.keys()
# Of hidden names those that stay out where hidden files are indexed.
_NEVER = frozenset(
    {
        *(".git", ".hg", ".svn", ".bzr", ".jj", ".fossil", ".cvs", ".strongroomignore"),
        *(".cache", ".npm", ".yarn", ".pnpm-store", ".cargo", ".rustup", ".gradle", ".m2", ".ivy2"),
        *(".nuget", ".bundle", ".gem", ".terraform", ".tox", ".nox", ".venv", ".eggs", ".ccache"),
        *(".mypy_cache", ".pytest_cache", ".ruff_cache", ".ipynb_checkpoints", ".parcel-cache"),
        *(".trash", ".trashes", ".thumbnails", ".ds_store", ".localized", ".directory"),
        *(".fseventsd", ".spotlight-v100", ".documentrevisions-v100", ".temporaryitems"),
        *(".dropbox", ".dropbox.cache", ".stfolder", ".stversions", ".sync", ".snapshots"),
        *(".picasa.ini", ".picasaoriginals", ".nomedia", ".bash_history", ".python_history"),
        *(".ssh", ".gnupg", ".password-store", ".netrc", ".pgpass", ".docker", ".kube", ".aws"),
    }
)
_NEVER_LIKE = re.compile(
    r"^\.(_|#|~|nfs[0-9a-f]+$|fuse_hidden|goutputstream-|syncthing\.|sb-|trash-)", re.IGNORECASE
)
CAN_BE_MARKED = hasattr(os.stat_result, "st_file_attributes") or hasattr(os.stat_result, "st_flags")
"""Whether this system hides files otherwise than by their names."""
_CACHE_TAG, _VIRTUAL = "CACHEDIR.TAG", "pyvenv.cfg"
MARKS = frozenset({_CACHE_TAG, _VIRTUAL})
"""Names of files that say what their folder holds."""
_SIGNATURE = b"Signature: 8a477f597d28d172789f06886806bc55"
"""What the file in a folder of things that can be made again begins with, by agreement of those
that make them (bford.info/cachedir)."""


def ignored(name: str, *, hidden: bool = False) -> bool:
    """True for the name of a file or folder that is left out without a word.

    Where `hidden` files are wanted, names with a dot in front are left out only if they are known
    to hold no documents, or what must not be told.
    """
    low = name.lower()
    if low in _NAMES or low.endswith(_ENDINGS) or low.startswith(_BEGINNINGS):
        return True
    if name.startswith("#") and name.endswith("#") and len(name) > 1:
        return True
    if _SAFE_SAVE in low and _SAFE_SAVES.search(low):
        return True
    if not name.startswith("."):
        return False
    return not hidden or low in _NEVER or _NEVER_LIKE.match(name) is not None


def ignored_at(path: str, name: str, *, hidden: bool = False) -> bool:
    """True for what is left out for its name, the last part of the path, unless it is a folder of
    mail: those of a Maildir have a dot in front."""
    low = name.lower()
    if not (low in _TOLD or low.endswith(_ENDINGS) or low.startswith(_ODD) or _SAFE_SAVE in low):
        return False  # a hundred thousand times a look
    if ignored(name, hidden=hidden):
        return not (name.startswith(".") and _is_maildir(path))
    around = _INSIDE.get(low)
    return around is not None and Path(path).parent.name.lower() == around


def _is_maildir(path: str) -> bool:
    return all(Path(path, inner).is_dir() for inner in ("cur", "new"))


def marked_hidden(facts: os.stat_result) -> bool:
    """Hidden by an attribute and not by its name, as Windows and macOS do."""
    attributes = getattr(facts, "st_file_attributes", 0)
    flags = getattr(facts, "st_flags", 0)
    return bool(attributes & stat.FILE_ATTRIBUTE_HIDDEN or flags & stat.UF_HIDDEN)


def can_be_made_again(folder: str, names: Collection[str] | None = None) -> bool:
    """Whether a program has marked the folder as one of things that it can make again: a cache, or
    an environment of Python. `names` are those in it, where they are known."""
    if names is None:
        return Path(folder, _VIRTUAL).is_file() or _is_cache(Path(folder, _CACHE_TAG))
    return _VIRTUAL in names or (_CACHE_TAG in names and _is_cache(Path(folder, _CACHE_TAG)))


def _is_cache(tag: Path) -> bool:
    try:
        if not stat.S_ISREG(tag.lstat().st_mode):
            return False
        with tag.open("rb") as file:
            return file.read(len(_SIGNATURE)) == _SIGNATURE
    except (OSError, ValueError):
        return False
