"""OpenDocument texts, presentations and drawings (ODT, ODP, ODG), also as one flat file of XML.

Notes, comments and text boxes follow the paragraph they belong to; what a tracked change deleted is
kept in a list of its own by the format, and is not read. Headers and footers stand at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from strongroom_engine.errors import EmptyDocument, NoText
from strongroom_engine.indexing.parse.clean import (
    TextBuilder,
    as_hidden,
    has_words,
    one_line,
    sensible_title,
    without_marks,
)
from strongroom_engine.indexing.parse.office import slides
from strongroom_engine.indexing.parse.office.odf_package import (
    STRUCTURE,
    TEXT,
    OdfPackage,
)
from strongroom_engine.indexing.parse.office.package import package_errors
from strongroom_engine.indexing.parse.office.reading_order import Box, in_reading_order
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.sentences.left_out import EMBEDDED_FILES, MACROS, PICTURES
from strongroom_engine.types import Document, LeftOut, Page, Place

_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_PRESENTATION = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}"
_CHART = "{urn:oasis:names:tc:opendocument:xmlns:chart:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_TAG = re.compile(r"\{[^}]*\}")
_SPACES = re.compile(r"[ \t\r\n]+")
_LENGTH = re.compile(r"(-?[\d.]+)(cm|mm|in|pt|pc|px)")
_POINTS = {"cm": 28.35, "mm": 2.835, "in": 72.0, "pt": 1.0, "pc": 12.0, "px": 0.75}
MAX_LEVEL = 10
MAX_REPEATED = 100
"""Columns that a cell may stand for; spreadsheets fill thousands with nothing."""

# Read through for the blocks in them; every other element is passed over.
_HOLDERS = frozenset({
    "section", "index-body", "index-title", "text-box", "g", "frame", "a", "table-of-content",
    "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index",
    "bibliography", "custom-shape", "rect", "ellipse", "circle", "line", "polyline", "polygon",
    "path", "connector", "caption", "regular-polygon", "measure", "note-body", "header",
    "header-left", "header-first", "footer", "footer-left", "footer-first", "list-item",
    "list-header", "page-thumbnail", "control", "text",
})  # fmt: skip
_PASSED_OVER = frozenset({
    "tracked-changes", "note-citation", "ruby-text", "creator", "date", "title", "desc",
    "event-listeners", "glue-point", "meta", "forms", "sequence-decls", "binary-data",
})  # fmt: skip
_UNSAID = frozenset({"page-number", "date-time", "header", "footer"})
"""Of slides: what the program fills in on each."""

Element = Any
"""An element of lxml, which has no types."""


def parse(file: OpenFile) -> Document:
    """Raises a `DocumentProblem`; the limit for text is one for the XML that it unpacks to."""
    with package_errors(STRUCTURE):
        package = OdfPackage(file)
        reader = _Reader(package)
        reader.read()
        named = sensible_title(package.title)
    builder = reader.builder
    if not has_words(builder.text):
        raise NoText if reader.pictures else EmptyDocument
    has_macros = any(name.startswith(("Basic/", "Scripts/")) for name in package.names)
    counts = (
        (PICTURES, reader.pictures),
        (MACROS, int(has_macros)),
        (EMBEDDED_FILES, reader.objects),
    )
    found = builder.headings
    return Document(
        title=named or (found[0].text if found else one_line(file.stem)),
        media_type=f"application/vnd.oasis.opendocument.{_name(package.body)}",
        pages=(Page(1, builder.text),),
        paged=False,
        headings=found,
        tables=builder.tables,
        lists=builder.lists,
        hidden=builder.hidden,
        places=tuple(reader.places),
        parser=f"lxml {etree.__version__}",
        left_out=tuple(LeftOut(what(), count) for what, count in counts if count),
        with_password=package.with_password,
    )


class _Reader:
    def __init__(self, package: OdfPackage) -> None:
        self.builder = TextBuilder()
        self.places: list[Place] = []
        self.pictures = 0
        self.objects = 0
        self._package = package
        self._looks = package.looks
        self._waiting: list[Element] = []
        """Notes, comments and boxes of the paragraph that is read."""
        self._is_hidden = 0
        self._in_cell = False

    def read(self) -> None:
        body = self._package.body
        pages = list(body.iterfind(f"{_DRAW}page"))
        if pages:
            for number, page in enumerate(pages, 1):
                self._read_page(number, page)
            return
        self._read_blocks(body)
        said: set[str] = set()
        for margin in self._package.margins:
            text = " ".join(text for p in margin.iter(f"{TEXT}p") if (text := self._text(p)))
            if text not in said:
                self.builder.add(text)
            said.add(text)

    # --- slides ----------------------------------------------------------------------------------

    def _read_page(self, number: int, page: Element) -> None:
        is_hidden = self._looks.is_hidden_page(page.get(f"{_DRAW}style-name", ""))
        self._is_hidden += is_hidden
        start, count = self.builder.next_start(), len(self.places)
        shapes = [
            shape
            for shape in page
            if _kind(shape) not in _UNSAID and shape.tag != f"{_PRESENTATION}notes"
        ]
        titles = [shape for shape in shapes if _kind(shape) == "title"]
        said = " ".join(self._all(shape) for shape in titles)
        self.places.append(slides.begin(self.builder, number, said, self._shown))
        self._read_shapes([shape for shape in shapes if shape not in titles])
        self._is_hidden -= is_hidden
        if number == 1:
            self._read_masters()
        for notes in page.iterfind(f"{_PRESENTATION}notes"):
            self._read_notes(notes)
        if self.builder.next_start() == start:  # a picture alone
            del self.places[count:]

    def _read_masters(self) -> None:
        """What is shown on every slide is said with the first."""
        shapes = (shape for master in self._package.masters for shape in master)
        said = (self._all(shape) for shape in shapes if _kind(shape) in {"", "footer"})
        for text in dict.fromkeys(said):
            if has_words(text):
                self.builder.add(text)

    def _read_shapes(self, shapes: list[Element]) -> None:
        for index in in_reading_order([_box(shape) for shape in shapes]):
            shape = shapes[index]
            if _name(shape) == "annotation":
                self._read_comment(shape)
            else:
                self._read_block(shape)

    def _read_notes(self, notes: Element) -> None:
        start = self.builder.next_start()
        for shape in notes:
            if _kind(shape) == "notes":
                self._read_block(shape)
        if self.builder.next_start() > start:
            self.places.append(Place(start, 2, "notes"))

    # --- blocks ----------------------------------------------------------------------------------

    def _read_blocks(self, parent: Element) -> None:
        for child in parent:
            self._read_block(child)

    def _read_block(self, element: Element, *, is_item: bool = False) -> None:
        name = _name(element)
        if name in {"p", "h"}:
            self._read_paragraph(element, is_item=is_item)
        elif name == "list":
            self._read_list(element)
        elif name == "table" and element.tag == f"{_TABLE}table":
            self._read_table(element)
        elif name in {"image", "plugin"}:
            self.pictures += 1
        elif name in {"object", "object-ole"}:
            self._read_object(element)
        elif name == "annotation":
            self._read_comment(element)
        elif name == "frame":
            self._read_frame(element)
        elif name in _HOLDERS:
            hides = element.get(f"{TEXT}display") == "none"
            self._is_hidden += hides
            self._read_blocks(element)
            self._is_hidden -= hides

    def _read_frame(self, frame: Element) -> None:
        """A frame holds the same thing in several forms, the best one first."""
        contents = [child for child in frame if isinstance(child.tag, str)]
        best = next((one for one in contents if _name(one) not in _PASSED_OVER), None)
        if best is not None:
            self._read_block(best)

    def _read_list(self, found: Element) -> None:
        for item in found:
            for child in item if isinstance(item.tag, str) else ():
                self._read_block(child, is_item=_name(item) == "list-item")

    def _read_paragraph(self, paragraph: Element, *, is_item: bool) -> None:
        text = self._text(paragraph)
        self.builder.add(text, level=self._level(paragraph), is_item=is_item)
        waiting, self._waiting = self._waiting, []
        for element in waiting:
            if _name(element) == "note":
                bodies = element.iterfind(f"{TEXT}note-body")
                self.builder.add("\n".join(text for body in bodies if (text := self._all(body))))
            else:
                self._read_block(element)

    def _level(self, paragraph: Element) -> int:
        if _name(paragraph) == "h":
            level = paragraph.get(f"{TEXT}outline-level", "1")
            return min(max(int(level), 1), MAX_LEVEL) if level.isascii() and level.isdigit() else 1
        return int(self._looks.is_title(paragraph.get(f"{TEXT}style-name", "")))

    def _read_comment(self, comment: Element) -> None:
        text = self._all(comment)
        if has_words(text):
            start = self.builder.next_start()
            self.builder.add(text)
            if self.places:
                author = one_line(comment.findtext(f"{_DC}creator") or "")
                self.places.append(Place(start, 2, "annotation", author))

    def _read_object(self, element: Element) -> None:
        """A chart is read; other objects are programs' own."""
        folder = element.get(_HREF, "").removeprefix("./").rstrip("/")
        root = next(iter(element), None) if len(element) else self._package.object(folder)
        chart = next(root.iter(f"{_CHART}chart"), None) if root is not None else None
        if chart is None:
            self.objects += _name(element) != "object" or root is None
            return
        for title in chart.iterfind(f"{_CHART}title"):
            self.builder.add(self._all(title))
        for table in chart.iter(f"{_TABLE}table"):
            self._read_table(table)

    # --- tables ----------------------------------------------------------------------------------

    def _read_table(self, table: Element) -> None:
        gap = "\n\n"
        waiting, self._waiting = self._waiting, []
        was_in_cell, self._in_cell = self._in_cell, True
        for row, is_header in _rows(table):
            cells = self._cells(row)
            if any(cells):
                self.builder.add_row(cells, gap=gap, is_header=is_header)
                gap = "\n"
        self.builder.end_table()
        self._in_cell = was_in_cell
        found, self._waiting = self._waiting, waiting
        for element in found:
            if _name(element) == "note":
                self.builder.add(self._all(element))
            elif _name(element) == "annotation":
                self._read_comment(element)

    def _cells(self, row: Element) -> list[str]:
        cells: list[str] = []
        for cell in row:
            if _name(cell) not in {"table-cell", "covered-table-cell"}:
                continue
            repeated = cell.get(f"{_TABLE}number-columns-repeated", "1")
            count = min(int(repeated), MAX_REPEATED) if repeated.isdigit() else 1
            cells += [self._all(cell)] * count
        while cells and not cells[-1]:
            cells.pop()
        return cells

    # --- text ------------------------------------------------------------------------------------

    def _all(self, parent: Element) -> str:
        """All paragraphs below as one line, with those of tables and boxes in it."""
        texts = (self._text(p) for p in parent.iter(f"{TEXT}p", f"{TEXT}h"))
        return " ".join(" ".join(text.split()) for text in texts if text.strip())

    def _text(self, paragraph: Element) -> str:
        style = paragraph.get(f"{TEXT}style-name", "")
        hides = self._looks.hides("paragraph", style, on_paper=not self._in_cell)
        return "".join(self._spoken(paragraph, is_hidden=hides)).strip()

    def _shown(self, text: str) -> str:
        return as_hidden(text) if self._is_hidden else text

    def _spoken(self, element: Element, *, is_hidden: bool) -> Iterator[str]:
        """What the element says, piece by piece, with marks around what is hidden."""
        yield self._piece(element.text, is_hidden)
        for child in element:
            if isinstance(child.tag, str):
                yield from self._inline(child, is_hidden=is_hidden)
            yield self._piece(child.tail, is_hidden)

    def _inline(self, child: Element, *, is_hidden: bool) -> Iterator[str]:
        name = _name(child)
        if name == "s":
            count = child.get(f"{TEXT}c", "1")
            yield " " * (min(int(count), MAX_REPEATED) if count.isdigit() else 1)
        elif name == "tab":
            yield "\t"
        elif name == "line-break":
            yield "\n"
        elif name in {"note", "annotation"} or (child.tag.startswith(_DRAW) and name != "a"):
            self._waiting.append(child)
        elif name in {"hidden-text", "hidden-paragraph"}:
            yield from self._spoken(child, is_hidden=True)
        elif name not in _PASSED_OVER:
            style = child.get(f"{TEXT}style-name", "")
            hides = name == "span" and self._looks.hides("text", style, on_paper=not self._in_cell)
            yield from self._spoken(child, is_hidden=is_hidden or hides)

    def _piece(self, text: str | None, is_hidden: bool) -> str:
        said = without_marks(_SPACES.sub(" ", text)) if text else ""
        return as_hidden(said) if is_hidden or self._is_hidden else said


def _name(element: Element) -> str:
    """The name of an element without its namespace."""
    return _TAG.sub("", element.tag) if isinstance(element.tag, str) else ""


def _kind(shape: Element) -> str:
    """What a frame of a slide is for."""
    return str(shape.get(f"{_PRESENTATION}class", "")) if isinstance(shape.tag, str) else ""


def _rows(table: Element) -> Iterator[tuple[Element, bool]]:
    """The rows of a table, not of those in its cells, and whether they are its header."""
    for child in table:
        name = _name(child)
        if name == "table-row":
            yield child, False
        elif name == "table-header-rows":
            yield from ((row, True) for row, _ in _rows(child))
        elif name in {"table-rows", "table-row-group"}:
            yield from _rows(child)


def _box(shape: Element) -> Box | None:
    if not isinstance(shape.tag, str):
        return None
    names = ("x", "y", "width", "height")
    found = [_LENGTH.fullmatch(shape.get(f"{_SVG}{name}", "")) for name in names]
    sizes = [float(one[1]) * _POINTS[one[2]] for one in found if one is not None]
    if len(sizes) < len(names):
        return None
    left, top, width, height = map(round, sizes)
    return left, top, left + width, top + height
