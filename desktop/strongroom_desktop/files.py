"""How files are named and drawn: an icon for each kind, a short place for where one lies."""

from __future__ import annotations

from pathlib import PurePath

_ICONS = {
    "file-text": ("pdf", "doc", "docx", "odt", "rtf"),
    "file-code": ("html", "htm", "xhtml", "xml"),
    "table-2": ("csv", "tsv", "xlsx", "xls", "ods"),
    "presentation": ("pptx", "ppt", "odp"),
    "mail": ("eml", "msg", "mbox"),
    "image": ("png", "jpg", "jpeg", "tif", "tiff"),
}
_BY_SUFFIX = {suffix: icon for icon, suffixes in _ICONS.items() for suffix in suffixes}


def file_icon(file: str) -> str:
    """The name of the icon for a file, by its ending."""
    return _BY_SUFFIX.get(PurePath(file).suffix.lower().lstrip("."), "file")


def has_pages(file: str) -> bool:
    """Whether a file of this kind has pages of its own."""
    return PurePath(file).suffix.lower() == ".pdf"


def file_name(file: str) -> str:
    return PurePath(file).name


def folders_of(file: str) -> str:
    """The two folders around a file, as 'Holt Textiles › Lease and deeds'."""
    parts = PurePath(file).parent.parts[-2:]
    return " \u203a ".join(part.strip("/\\") or "/" for part in parts)
