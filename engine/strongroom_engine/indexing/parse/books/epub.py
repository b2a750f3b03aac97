"""Books (EPUB): their chapters in the order in which they are read."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from strongroom_engine.errors import (
    DamagedDocument,
    DocumentProblem,
    EmptyDocument,
    NoText,
    UnsupportedFormat,
)
from strongroom_engine.indexing.parse.clean import TextBuilder, has_words, one_line, sensible_title
from strongroom_engine.indexing.parse.files import check_size
from strongroom_engine.indexing.parse.office.package import Package, package_errors, unescaped
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.indexing.parse.web import html
from strongroom_engine.sentences.left_out import DAMAGED_PAGES, PICTURES
from strongroom_engine.types import Document, LeftOut, Page, Place

MEDIA_TYPE = "application/epub+zip"
STRUCTURE = "it does not have the structure of a book"

_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_ENC = "{http://www.w3.org/2001/04/xmlenc#}"
_FONT_SCRAMBLING = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_TEXTS = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document")
MAX_DEPTH = 8
"""Levels of a table of contents that become places."""

Element = Any
"""An element of lxml, which has no types."""


@dataclass(slots=True)
class _Entry:
    """Of the table of contents; `anchor` is a place within the part, '' for its beginning."""

    label: str
    level: int
    part: str
    anchor: str


@dataclass(slots=True)
class _Book:
    title: str = ""
    parts: list[str] = field(default_factory=list)
    pictures: int = 0
    contents: str = ""
    """The part that holds the table of contents."""
    is_ncx: bool = False


class _Parts(TextBuilder):
    """The chapters behind each other."""

    def __init__(self) -> None:
        super().__init__()
        self.places: list[Place] = []


def parse(file: OpenFile) -> Document:
    """Raises a `DocumentProblem`; the limit for text is one for all chapters together."""
    with package_errors(STRUCTURE):
        package = Package(file.file, file.text_limit_bytes)
        _refuse_protected(package)
        book = _book(package)
        entries = list(_contents(package, book))
    parts, damaged = _Parts(), 0
    size = 0
    for part in book.parts:
        size += package.size(part)
        check_size(size, file.text_limit_bytes)
        try:
            _add(parts, package, part, [entry for entry in entries if entry.part == part], file)
        except DocumentProblem:
            damaged += 1
    text = parts.text
    if not has_words(text):
        raise (DamagedDocument(why=STRUCTURE) if damaged else _without_words(book))
    counts = ((PICTURES, book.pictures), (DAMAGED_PAGES, damaged))
    return Document(
        title=sensible_title(book.title) or one_line(file.stem),
        media_type=MEDIA_TYPE,
        pages=(Page(1, text),),
        paged=False,
        headings=parts.headings,
        tables=parts.tables,
        lists=parts.lists,
        hidden=parts.hidden,
        places=tuple(_numbered(parts)),
        parser=f"lxml {etree.__version__}",
        left_out=tuple(LeftOut(what(), count) for what, count in counts if count),
    )


def _without_words(book: _Book) -> DocumentProblem:
    return NoText() if book.pictures else EmptyDocument()


def _refuse_protected(package: Package) -> None:
    """Of books that are sold with a protection the chapters are encrypted, not only fonts."""
    root = package.root_if_any("META-INF/encryption.xml")
    for method in root.iter(f"{_ENC}EncryptionMethod") if root is not None else ():
        if method.get("Algorithm", "") not in _FONT_SCRAMBLING:
            raise UnsupportedFormat(kind="a book with copy protection (DRM)")


def _book(package: Package) -> _Book:
    found = package.root("META-INF/container.xml").find(f".//{_CONTAINER}rootfile")
    name = unescaped(found.get("full-path", "")) if found is not None else ""
    root = package.root(name)
    folder = posixpath.dirname(name)
    manifest = {item.get("id", ""): item for item in root.iter(f"{_OPF}item")}
    book = _Book(title=root.findtext(f".//{_DC}title") or "")
    for item in manifest.values():
        kind, part = item.get("media-type", ""), _part(folder, item)
        book.pictures += kind.startswith("image/") and part in package
        if "nav" in item.get("properties", "").split():
            book.contents, book.is_ncx = part, False
        elif kind == "application/x-dtbncx+xml" and not book.contents:
            book.contents, book.is_ncx = part, True
    spine = (manifest.get(one.get("idref", "")) for one in root.iter(f"{_OPF}itemref"))
    wanted = [
        _part(folder, item)
        for item in spine
        if item is not None and item.get("media-type", "") in _TEXTS
    ]
    # The table of contents repeats what the chapters are called.
    book.parts = [part for part in dict.fromkeys(wanted) if part in package]
    if len(book.parts) > 1 and not book.is_ncx and book.contents in book.parts:
        book.parts.remove(book.contents)
    return book


def _part(folder: str, item: Element) -> str:
    return posixpath.normpath(posixpath.join(folder, unescaped(item.get("href", ""))))


# --- chapters ------------------------------------------------------------------------------------


def _add(parts: _Parts, package: Package, part: str, entries: list[_Entry], file: OpenFile) -> None:
    """Append a chapter, and say which places of the table of contents begin in it."""
    with package_errors(STRUCTURE):
        data = package.read(part, file.text_limit_bytes)
    text, _, found = html.read(data)
    if not has_words(text):
        return
    start = parts.append(found)
    headings = [one for one in parts.headings if one.start >= start]
    for entry in entries:
        place = start
        if entry.anchor:
            alike = (one for one in headings if one.text.casefold() == entry.label.casefold())
            heading = next(alike, None)
            if heading is None and entry is not entries[0]:
                continue  # where in the chapter it begins is not known
            place = heading.start if heading is not None else start
        parts.places.append(Place(place, entry.level, "chapter", entry.label))


def _numbered(parts: _Parts) -> Iterator[Place]:
    """The chapters in the order of the text; those of the outermost level are counted."""
    number = 0
    for place in sorted(parts.places, key=lambda place: (place.start, place.level)):
        number += place.level == 1
        yield Place(
            place.start, place.level, "chapter", place.name, number if place.level == 1 else None
        )


# --- the table of contents -----------------------------------------------------------------------


def _contents(package: Package, book: _Book) -> Iterator[_Entry]:
    root = package.root_if_any(book.contents or None)
    if root is None:
        return
    folder = posixpath.dirname(book.contents)
    if book.is_ncx:
        yield from _ncx(root.find(f"{_NCX}navMap"), folder, 1)
        return
    for nav in root.iter(f"{_XHTML}nav"):
        if nav.get(_EPUB_TYPE, "toc") == "toc":
            for found in nav.iterfind(f"{_XHTML}ol"):
                yield from _nav(found, folder, 1)


def _ncx(parent: Element | None, folder: str, level: int) -> Iterator[_Entry]:
    for point in parent.iterfind(f"{_NCX}navPoint") if parent is not None else ():
        label = one_line(" ".join(point.find(f"{_NCX}navLabel").itertext()))
        content = point.find(f"{_NCX}content")
        if content is not None and label:
            yield _entry(label, level, folder, content.get("src", ""))
        if level < MAX_DEPTH:
            yield from _ncx(point, folder, level + 1)


def _nav(found: Element, folder: str, level: int) -> Iterator[_Entry]:
    for item in found.iterfind(f"{_XHTML}li"):
        link = item.find(f"{_XHTML}a")
        label = one_line("".join(link.itertext())) if link is not None else ""
        if label:
            yield _entry(label, level, folder, link.get("href", ""))
        below = item.find(f"{_XHTML}ol")
        if below is not None and level < MAX_DEPTH:
            yield from _nav(below, folder, level + 1)


def _entry(label: str, level: int, folder: str, target: str) -> _Entry:
    path, _, anchor = target.partition("#")
    return _Entry(label, level, posixpath.normpath(posixpath.join(folder, unescaped(path))), anchor)
