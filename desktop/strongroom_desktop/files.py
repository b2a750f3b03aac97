"""How files are named and drawn: an icon for each kind, a short place for where one lies."""

from __future__ import annotations

import os
from pathlib import PurePath

from strongroom_engine.types import DocumentRecord

_ICONS = {
    "file-text": ("pdf", "doc", "docx", "odt", "rtf"),
    "file-code": ("html", "htm", "xhtml", "mhtml", "mht", "xml", "json", "jsonl"),
    "table-2": ("csv", "tsv", "xlsx", "xlsm", "xlsb", "xls", "ods"),
    "presentation": ("pptx", "ppt", "pps", "ppsx", "odp"),
    "mail": ("eml", "msg", "emlx"),
    "mails": ("mbox", "mbx", "pst"),
    "image": (
        *("png", "jpg", "jpeg", "tif", "tiff", "bmp", "gif", "webp"),
        *("jp2", "heic", "heif", "avif"),
    ),
    "archive": ("zip", "7z", "tar", "gz", "tgz", "bz2", "tbz2", "xz", "txz"),
    "book": ("epub",),
    "calendar": ("ics",),
    "contact": ("vcf",),
    "captions": ("srt", "vtt"),
    "notebook-text": ("ipynb",),
}
_BY_SUFFIX = {suffix: icon for icon, suffixes in _ICONS.items() for suffix in suffixes}


def file_icon(file: str) -> str:
    """The name of the icon for a file, by its ending."""
    return _BY_SUFFIX.get(_suffix(file), "file")


_CODE = frozenset(
    [
        "bat",
        "c",
        "cc",
        "cfg",
        "conf",
        "cpp",
        "cs",
        "css",
        "go",
        "h",
        "hpp",
        "ini",
        "java",
        "js",
        "json",
        "jsonl",
        "jsx",
        "kt",
        "log",
        "lua",
        "m",
        "php",
        "pl",
        "properties",
        "ps1",
        "py",
        "r",
        "rb",
        "rs",
        "scala",
        "sh",
        "sql",
        "swift",
        "toml",
        "ts",
        "tsx",
        "vb",
        "xml",
        "yaml",
        "yml",
    ]
)
"""Endings of texts whose signs stand in columns."""
_RUNS = frozenset(
    [
        "app",
        "application",
        "appref-ms",
        "bat",
        "bin",
        "cmd",
        "com",
        "command",
        "cpl",
        "csh",
        "dll",
        "dmg",
        "desktop",
        "exe",
        "hta",
        "inf",
        "ins",
        "iso",
        "jar",
        "js",
        "jse",
        "lnk",
        "msc",
        "msi",
        "msp",
        "mst",
        "pif",
        "pl",
        "ps1",
        "py",
        "pyw",
        "rb",
        "reg",
        "run",
        "scpt",
        "scr",
        "sct",
        "sh",
        "shb",
        "sys",
        "url",
        "vb",
        "vbe",
        "vbs",
        "ws",
        "wsc",
        "wsf",
        "wsh",
        "xll",
    ]
)
"""Endings of files that may do something when they are opened."""


def is_code(file: str) -> bool:
    """Whether the file is shown in a fixed font, by its ending."""
    return _suffix(file) in _CODE


def may_run(file: str) -> bool:
    """Whether opening the file may start a program, by its ending."""
    return _suffix(file) in _RUNS


def _suffix(file: str) -> str:
    return PurePath(file).suffix.lower().lstrip(".")


CONTAINERS = frozenset((*_ICONS["archive"], *_ICONS["mail"], *_ICONS["mails"]))
"""Endings of files that documents lie in."""
_DRAWN = frozenset(("pdf", *_ICONS["image"]))


def has_pages(file: str) -> bool:
    """Whether a file of this kind is drawn page by page."""
    return _suffix(file) in _DRAWN


def is_photo(record: DocumentRecord) -> bool:
    """True for a picture in which there is nothing to read: nobody has to do anything about it."""
    return record.code == "no-text" and file_icon(record.path) == "image"


def file_name(file: str) -> str:
    return PurePath(file).name


def lies_in(folder: str, path: str) -> bool:
    """Whether a path is the folder's own or of something in it, by their names alone."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def folders_of(file: str) -> str:
    """The two folders around a file, as 'Holt Textiles › Lease and deeds'."""
    parts = PurePath(file).parent.parts[-2:]
    return " \u203a ".join(part.strip("/\\") or "/" for part in parts)
