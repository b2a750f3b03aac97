"""Files inside a PDF: those that the document carries (all of a portfolio), and those that are
pinned to its pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import pymupdf

from strongroom_engine.errors import DamagedDocument, ParserOutOfMemory, Vanished
from strongroom_engine.indexing.parse.archives.names import Unique, harmless
from strongroom_engine.indexing.parse.files import check_size
from strongroom_engine.indexing.sizes import MEGABYTE
from strongroom_engine.settings import Settings
from strongroom_engine.types import Member

_FOLDER = re.compile(r"^<\d+>")
"""How portfolios say in which of their folders a file lies."""
_ERRORS = (Exception,)
"""Of a broken list or annotation; the library has no type of its own for some of them."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """`key` is its name in the document's own list; else `page` and `xref` say where it is pinned."""

    name: str
    size: int
    key: str = ""
    page: int = -1
    xref: int = 0


def attachments(file: pymupdf.Document, settings: Settings) -> tuple[list[Attachment], int]:
    """The files inside, under names of their own, and how many are beyond the limit of count."""
    found: list[Attachment] = []
    beyond = 0
    unique = Unique()
    for one in (*_carried(file), *_pinned(file)):
        if not (name := harmless(one.name)):
            continue
        if len(found) >= settings.max_members:
            beyond += 1
            continue
        found.append(Attachment(unique(name), one.size, one.key, one.page, one.xref))
    return found, beyond


def members(found: list[Attachment]) -> tuple[Member, ...]:
    return tuple(Member(one.name, one.size) for one in found)


def open_attachment(file: pymupdf.Document, inner: str, settings: Settings) -> tuple[str, bytes]:
    """See `opening.parser`."""
    for one in attachments(file, settings)[0]:
        if inner == one.name or inner.startswith(f"{one.name}/"):
            limit = settings.max_member_mb * MEGABYTE
            check_size(one.size, limit)
            data = _bytes(file, one)
            check_size(len(data), limit)
            return one.name, data
    raise Vanished


def _carried(file: pymupdf.Document) -> Iterator[Attachment]:
    names: list[str] = []
    with suppress(*_ERRORS):
        names = list(file.embfile_names())
    for key in names:
        with suppress(*_ERRORS):
            facts = file.embfile_info(key)
            named = facts.get("ufilename") or facts.get("filename") or key
            yield Attachment(_FOLDER.sub("", named), max(int(facts.get("size") or 0), 0), key)


def _pinned(file: pymupdf.Document) -> Iterator[Attachment]:
    """Most pages have nothing pinned to them: their annotations are told without loading them."""
    for number in range(file.page_count):
        with suppress(*_ERRORS):
            page = file[number]
            if not page.first_annot:
                continue
            for pinned in page.annots(types=[pymupdf.mupdf.PDF_ANNOT_FILE_ATTACHMENT]):
                facts = pinned.file_info
                size = max(int(facts.get("size") or 0), 0)
                yield Attachment(str(facts.get("filename") or ""), size, "", number, pinned.xref)


def _bytes(file: pymupdf.Document, one: Attachment) -> bytes:
    try:
        if one.key:
            return bytes(file.embfile_get(one.key))
        page = file[one.page]
        for pinned in page.annots(types=[pymupdf.mupdf.PDF_ANNOT_FILE_ATTACHMENT]):
            if pinned.xref == one.xref:
                return bytes(pinned.get_file())
    except MemoryError as exc:
        raise ParserOutOfMemory from exc
    except _ERRORS as exc:
        raise DamagedDocument(why="it does not have the structure of a PDF") from exc
    raise Vanished
