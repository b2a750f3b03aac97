"""Presentations (PPTX): slide by slide, in the order in which a reader takes in what is on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
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
from strongroom_engine.indexing.parse.office import embedded, graphics, objects, slides
from strongroom_engine.indexing.parse.office.package import (
    RELATION_ID,
    Package,
    package_errors,
)
from strongroom_engine.indexing.parse.office.reading_order import Box, in_reading_order
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.sentences.left_out import EMBEDDED_FILES, MACROS, PICTURES
from strongroom_engine.types import Document, LeftOut, Page, Place

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
STRUCTURE = "it does not have the structure of a presentation"

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TITLES = frozenset({"title", "ctrTitle"})
_UNSAID = frozenset({"sldNum", "dt", "hdr", "sldImg"})
"""Placeholders that repeat what is not the slide's own: its number, the date."""
_OFF = frozenset({"0", "false"})
_ON = frozenset({"1", "true"})
_TAG = re.compile(r"\{[^}]*\}")

Element = Any
"""An element of lxml, which has no types."""


def parse(file: OpenFile) -> Document:
    """Raises a `DocumentProblem`; the limit for text is one for the XML that it unpacks to."""
    with package_errors(STRUCTURE):
        package = Package(file.file, file.text_limit_bytes)
        reader = _Reader(package)
        reader.read()
        inside, unopened = embedded.documents(package, reader.slides, file)
        text = objects.text(reader.builder, embedded.members(inside))
        named = sensible_title(package.title)
    if not has_words(text):
        raise NoText if reader.pictures else EmptyDocument
    counts = (
        (PICTURES, reader.pictures),
        (MACROS, int("ppt/vbaProject.bin" in package)),
        (EMBEDDED_FILES, unopened),
    )
    return Document(
        title=named or reader.first_title or one_line(file.stem),
        media_type=MEDIA_TYPE,
        pages=(Page(1, text),),
        paged=False,
        headings=reader.builder.headings,
        tables=reader.builder.tables,
        lists=reader.builder.lists,
        hidden=reader.builder.hidden,
        places=tuple(reader.places),
        members=embedded.members(inside),
        parser=f"lxml {etree.__version__}",
        left_out=tuple(LeftOut(what(), count) for what, count in counts if count),
    )


def open_member(file: OpenFile, inner: str) -> tuple[str, bytes]:
    with package_errors(STRUCTURE):
        package = Package(file.file, file.text_limit_bytes)
        found, _ = embedded.documents(package, _slides(package), file)
        return embedded.open_member(package, found, inner, file)


def _slides(package: Package) -> list[str]:
    """The parts of the slides, in their order."""
    main = package.related("", "officeDocument") or "ppt/presentation.xml"
    relations = package.relations(main)
    wanted = [
        relations.get(element.get(RELATION_ID, ""))
        for element in package.root(main).iterfind(f"{_P}sldIdLst/{_P}sldId")
    ]
    return [one.target for one in wanted if one is not None and one.target in package]


@dataclass(slots=True)
class _Slide:
    """What is known of the slide that is read."""

    part: str
    root: Element
    layouts: list[Element] = field(default_factory=list)
    """Those that say where placeholders stand which do not say so themselves."""
    is_hidden: bool = False


class _Reader:
    def __init__(self, package: Package) -> None:
        self.builder = TextBuilder()
        self.places: list[Place] = []
        self.slides = _slides(package)
        self.pictures = 0
        self.first_title = ""
        self._package = package
        self._said: set[str] = set()
        """Feet of slides, each of which is said once."""
        self._layouts: dict[str, list[Element]] = {}
        self._slide = _Slide("", None)

    def read(self) -> None:
        for number, part in enumerate(self.slides, 1):
            self._read_slide(number, part)

    def _read_slide(self, number: int, part: str) -> None:
        root = self._package.root_if_any(part)
        tree = root.find(f"{_P}cSld/{_P}spTree") if root is not None else None
        if root is None or tree is None:
            return
        self._slide = _Slide(part, root, self._layouts_of(part), root.get("show") in _OFF)
        start = self.builder.next_start()
        count = len(self.places)
        self._read_parts(number, tree)
        if self.builder.next_start() == start:  # a picture alone
            del self.places[count:]

    def _read_parts(self, number: int, tree: Element) -> None:
        root = self._slide.root
        shapes = list(_shapes(tree))
        titles = [shape for shape in shapes if _placeholder(shape)[0] in _TITLES]
        said = " ".join(_paragraph_text(one) for one in _paragraphs(titles))
        place = slides.begin(self.builder, number, said, lambda title: self._shown(title, root))
        self.places.append(place)
        self.first_title = self.first_title or place.name
        self._read_shapes([shape for shape in shapes if shape not in titles])
        self._read_background()
        self._read_comments()
        self._read_notes()

    def _layouts_of(self, part: str) -> list[Element]:
        layout = self._package.related(part, "slideLayout") or ""
        if layout not in self._layouts:
            master = self._package.related(layout, "slideMaster") if layout else None
            roots = (self._package.root_if_any(one) for one in (layout or None, master))
            self._layouts[layout] = [root for root in roots if root is not None]
        return self._layouts[layout]

    def _read_shapes(self, shapes: list[Element]) -> None:
        boxes = [self._box(shape) for shape in shapes]
        for index in in_reading_order(boxes):
            self._read_shape(shapes[index])

    def _box(self, shape: Element) -> Box | None:
        """Where the shape stands: left, top, right, bottom."""
        if (own := _frame(shape)) is not None:
            return own
        kind, index = _placeholder(shape)
        alike = (
            frame
            for layout in self._slide.layouts
            for other in layout.iter(f"{_P}sp")
            if kind
            and (like := _placeholder(other))
            and (like[1] == index if index else like[0] == kind)
            and (frame := _frame(other)) is not None
        )
        return next(alike, None)

    def _read_shape(self, shape: Element) -> None:
        name = _name(shape)
        if name == "grpSp":
            self._read_shapes(list(_shapes(shape)))
        elif name == "graphicFrame":
            self._read_graphic(shape)
        elif name == "pic":
            self.pictures += 1
        elif name in {"sp", "cxnSp"} and _placeholder(shape)[0] not in _UNSAID:
            self._read_text(shape)

    def _read_text(self, shape: Element) -> None:
        kind = _placeholder(shape)[0]
        paragraphs = [text for one in _paragraphs([shape]) if (text := _paragraph_text(one))]
        if kind == "ftr":
            paragraphs = [text for text in paragraphs if text not in self._said]
            self._said.update(paragraphs)
        are_items = kind in {"body", "obj"} and len(paragraphs) > 1
        for number, text in enumerate(paragraphs):
            gap = "\n" if number else "\n\n"
            self.builder.add(self._shown(text, shape), gap=gap, is_item=are_items)

    def _read_background(self) -> None:
        """What the layout shows on each of its slides, where it is shown first."""
        for layout in self._slide.layouts:
            for shape in layout.iterfind(f"{_P}cSld/{_P}spTree/{_P}sp"):
                text = "\n".join(_paragraph_text(one) for one in _paragraphs([shape])).strip()
                if has_words(text) and not _placeholder(shape)[0] and text not in self._said:
                    self._said.add(text)
                    self.builder.add(self._shown(text, shape))

    def _read_graphic(self, frame: Element) -> None:
        data = frame.find(f"{_A}graphic/{_A}graphicData")
        if data is None:
            return
        if (table := data.find(f"{_A}tbl")) is not None:
            self._read_table(table, frame)
            return
        for element in data:
            drawn = graphics.read(self._package, self._slide.part, element)
            for text in drawn.texts:
                self.builder.add(self._shown(text, frame), gap="\n")
            self._add_rows(drawn.rows, frame, has_header=True)

    def _read_table(self, table: Element, frame: Element) -> None:
        look = table.find(f"{_A}tblPr")
        rows = [
            [" ".join(_cell(cell)) for cell in row.iterfind(f"{_A}tc")]
            for row in table.iterfind(f"{_A}tr")
        ]
        has_header = look is not None and look.get("firstRow") in _ON
        self._add_rows(rows, frame, has_header=has_header)

    def _add_rows(self, rows: list[list[str]], frame: Element, *, has_header: bool) -> None:
        gap = "\n\n"
        for number, row in enumerate(rows):
            if any(row):
                cells = [self._shown(cell, frame) for cell in row]
                self.builder.add_row(cells, gap=gap, is_header=has_header and not number)
                gap = "\n"
        self.builder.end_table()

    def _shown(self, text: str, shape: Element) -> str:
        """The text, marked where nobody sees it when the slides are shown."""
        is_hidden = self._slide.is_hidden or any(
            element.get("hidden") in _ON for element in shape.iterfind(f"*/{_P}cNvPr")
        )
        return as_hidden(text) if is_hidden else text

    def _read_notes(self) -> None:
        part = self._package.related(self._slide.part, "notesSlide")
        root = self._package.root_if_any(part)
        if root is None:
            return
        bodies = [one for one in root.iter(f"{_P}sp") if _placeholder(one)[0] == "body"]
        start = self.builder.next_start()
        for paragraph in _paragraphs(bodies):
            self.builder.add(_paragraph_text(paragraph))
        if self.builder.next_start() > start:
            self.places.append(Place(start, 2, "notes"))

    def _read_comments(self) -> None:
        part = self._package.related(self._slide.part, "comments")
        root = self._package.root_if_any(part)
        for comment in root.iter() if root is not None else ():
            if _name(comment) in {"cm", "reply"}:
                text = " ".join(_comment_texts(comment))
                if has_words(text):
                    start = self.builder.next_start()
                    self.builder.add(text)
                    self.places.append(Place(start, 2, "annotation", self._author(comment)))

    def _author(self, comment: Element) -> str:
        number = comment.get("authorId", "")
        main = self._package.related("", "officeDocument") or "ppt/presentation.xml"
        for kind in ("commentAuthors", "authors"):
            root = self._package.root_if_any(self._package.related(main, kind))
            for author in root if root is not None else ():
                if author.get("id") == number:
                    return one_line(author.get("name", ""))
        return ""


def _name(element: Element) -> str:
    """The name of an element without its namespace."""
    return _TAG.sub("", element.tag) if isinstance(element.tag, str) else ""


def _shapes(tree: Element) -> Iterator[Element]:
    """The shapes of a slide or a group; of alternatives the first, which is the one of today."""
    for child in tree:
        if child.tag == f"{_MC}AlternateContent":
            chosen = child.find(f"{_MC}Choice")
            if chosen is None or not len(chosen):
                chosen = child.find(f"{_MC}Fallback")
            yield from chosen if chosen is not None else ()
        elif isinstance(child.tag, str):
            yield child


def _placeholder(shape: Element) -> tuple[str, str]:
    """What the shape is a placeholder for, and its number in the layout; '' where it is none."""
    found = next(shape.iterfind(f"*/{_P}nvPr/{_P}ph"), None)
    return (found.get("type", "obj"), found.get("idx", "")) if found is not None else ("", "")


def _frame(shape: Element) -> Box | None:
    for look in (*shape.iterfind(f"*/{_A}xfrm"), *shape.iterfind(f"{_P}xfrm")):
        place, size = look.find(f"{_A}off"), look.find(f"{_A}ext")
        if place is not None and size is not None:
            left, top = _length(place, "x"), _length(place, "y")
            return left, top, left + _length(size, "cx"), top + _length(size, "cy")
    return None


def _length(element: Element, name: str) -> int:
    value = element.get(name, "")
    return int(value) if value.lstrip("-").isascii() and value.lstrip("-").isdigit() else 0


def _paragraphs(shapes: list[Element]) -> Iterator[Element]:
    for shape in shapes:
        yield from shape.iterfind(f"{_P}txBody/{_A}p")


def _paragraph_text(paragraph: Element) -> str:
    parts = (_said(element) for element in paragraph.iter(f"{_A}t", f"{_A}br", f"{_A}tab"))
    return without_marks("".join(parts)).strip()


def _said(element: Element) -> str:
    name = _name(element)
    if name != "t":
        return "\n" if name == "br" else "\t"
    # Of a line break within a paragraph old versions wrote a vertical tab.
    return (element.text or "").replace("\v", "\n").replace("_x000B_", "\n")


def _cell(cell: Element) -> Iterator[str]:
    for paragraph in cell.iterfind(f"{_A}txBody/{_A}p"):
        if text := " ".join(_paragraph_text(paragraph).split()):
            yield text


def _comment_texts(comment: Element) -> Iterator[str]:
    """What a comment says itself, not its replies."""
    for child in comment:
        if _name(child) == "text":
            yield child.text or ""
        elif _name(child) == "txBody":
            yield from (_paragraph_text(paragraph) for paragraph in child.iter(f"{_A}p"))
