"""Books in FictionBook's format (FB2): sections within sections, each with a title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from strongroom_engine.errors import NoText
from strongroom_engine.indexing.parse.clean import (
    TextBuilder,
    has_words,
    one_line,
    sensible_title,
    without_marks,
)
from strongroom_engine.indexing.parse.office.package import package_errors, xml
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.sentences.left_out import PICTURES
from strongroom_engine.types import Document, LeftOut, Page, Place

MEDIA_TYPE = "application/x-fictionbook+xml"
STRUCTURE = "it does not have the structure of a book"

_TAG = re.compile(r"\{[^}]*\}")
_LINES = frozenset({"p", "v", "subtitle", "text-author", "date"})
_HOLDERS = frozenset({"section", "cite", "epigraph", "poem", "stanza", "annotation", "body"})
MAX_LEVEL = 9

Element = Any
"""An element of lxml, which has no types."""


def parse(file: OpenFile) -> Document:
    """Raises a `DocumentProblem`."""
    with package_errors(STRUCTURE):
        root = xml(file.read())
        reader = _Reader()
        for body in _children(root, "body"):
            reader.read(body, 0)
        named = "".join(next(_below(root, "book-title")).itertext()) if _has(root) else ""
        pictures = sum(1 for _ in _below(root, "image"))
    builder = reader.builder
    if not has_words(builder.text):
        raise NoText
    return Document(
        title=sensible_title(named) or one_line(file.stem),
        media_type=MEDIA_TYPE,
        pages=(Page(1, builder.text),),
        paged=False,
        headings=builder.headings,
        tables=builder.tables,
        lists=builder.lists,
        places=tuple(reader.places),
        parser=f"lxml {etree.__version__}",
        left_out=(LeftOut(PICTURES(), pictures),) if pictures else (),
    )


class _Reader:
    def __init__(self) -> None:
        self.builder = TextBuilder()
        self.places: list[Place] = []
        self._chapters = 0

    def read(self, holder: Element, level: int) -> None:
        for child in holder:
            name = _name(child)
            if name == "title":
                self._title(child, min(max(level, 1), MAX_LEVEL))
            elif name == "section":
                self.read(child, level + 1)
            elif name in _LINES:
                follows = name == "v" and child.getprevious() is not None
                self.builder.add(_said(child), gap="\n" if follows else "\n\n")
            elif name == "table":
                self._table(child)
            elif name in _HOLDERS:
                self.read(child, level)

    def _title(self, title: Element, level: int) -> None:
        said = " ".join(text for line in title if (text := one_line(_said(line))))
        if has_words(said):
            self._chapters += level == 1
            start, number = self.builder.next_start(), self._chapters if level == 1 else None
            self.places.append(Place(start, level, "chapter", one_line(said), number))
            self.builder.add(said, level=level)

    def _table(self, table: Element) -> None:
        gap = "\n\n"
        for row in _children(table, "tr"):
            cells = [one_line(_said(cell)) for cell in row if _name(cell) in {"td", "th"}]
            if any(cells):
                self.builder.add_row(cells, gap=gap, is_header={_name(c) for c in row} == {"th"})
                gap = "\n"
        self.builder.end_table()


def _name(element: Element) -> str:
    return _TAG.sub("", element.tag) if isinstance(element.tag, str) else ""


def _children(parent: Element, name: str) -> Iterator[Element]:
    return (child for child in parent if _name(child) == name)


def _below(parent: Element, name: str) -> Iterator[Element]:
    return (child for child in parent.iter() if _name(child) == name)


def _has(root: Element) -> bool:
    return next(_below(root, "book-title"), None) is not None


def _said(element: Element) -> str:
    return without_marks(" ".join("".join(element.itertext()).split()))
