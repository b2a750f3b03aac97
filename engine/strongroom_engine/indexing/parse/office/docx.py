"""Word documents (DOCX): the XML of the package is read in the order of the text.

Text boxes, content controls, notes, comments, charts and documents of other formats inside are read
as well, and text that a tracked change inserted (not what it deleted).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lxml import etree

from strongroom_engine.errors import DocumentProblem, EmptyDocument, NoText
from strongroom_engine.indexing.parse.clean import (
    TextBuilder,
    as_hidden,
    has_words,
    one_line,
    sensible_title,
    without_marks,
)
from strongroom_engine.indexing.parse.office import embedded, graphics, objects
from strongroom_engine.indexing.parse.office.docx_hidden import hidden_styles, is_marked, mark
from strongroom_engine.indexing.parse.office.docx_numbering import Numbering
from strongroom_engine.indexing.parse.office.package import RELATION_ID, Package, package_errors
from strongroom_engine.indexing.parse.opening import OpenFile, parser
from strongroom_engine.sentences.left_out import EMBEDDED_FILES, MACROS, PICTURES
from strongroom_engine.types import Document, LeftOut, Page

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
STRUCTURE = "it does not have the structure of a Word document"

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOTES = {"footnote": "footnotes", "endnote": "endnotes", "comment": "comments"}
_MARGINS = frozenset({"header", "footer"})
_WORDS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_GRAPHICS = frozenset(
    {
        "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
        "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
    }
)
_HEADING_NAME = re.compile(r"heading ([1-9])$", re.IGNORECASE)
MAX_LEVEL = 9
_INSIDE = "\0"
"""Behind the path of a document for each that it is put into."""
MAX_FOREIGN = 3
"""How deep documents of other formats may be put into each other."""

Element = Any
"""An element of lxml, which has no types."""


def parse(file: OpenFile) -> Document:
    """Raises a `DocumentProblem`; the limit for text is one for the XML that it unpacks to."""
    with package_errors(STRUCTURE):
        package = Package(file.file, file.text_limit_bytes)
        reader = _Reader(package, _main(package), file)
        reader.read()
        inside, unopened = embedded.documents(package, [_main(package)], file)
        named = sensible_title(package.title)
    text = objects.text(reader.builder, embedded.members(inside))
    if not has_words(text):
        raise NoText if reader.pictures else EmptyDocument
    found = reader.builder.headings
    counts = (
        (PICTURES, reader.pictures),
        (MACROS, int("word/vbaProject.bin" in package)),
        (EMBEDDED_FILES, unopened + reader.unread),
    )
    return Document(
        title=named or (found[0].text if found else one_line(file.stem)),
        media_type=MEDIA_TYPE,
        pages=(Page(1, text),),
        paged=False,
        headings=found,
        tables=reader.builder.tables,
        lists=reader.builder.lists,
        hidden=reader.builder.hidden,
        members=embedded.members(inside),
        parser=f"lxml {etree.__version__}",
        left_out=tuple(LeftOut(what(), count) for what, count in counts if count),
    )


def open_member(file: OpenFile, inner: str) -> tuple[str, bytes]:
    with package_errors(STRUCTURE):
        package = Package(file.file, file.text_limit_bytes)
        found, _ = embedded.documents(package, [_main(package)], file)
        return embedded.open_member(package, found, inner, file)


def _main(package: Package) -> str:
    return package.related("", "officeDocument") or "word/document.xml"


class _Reader:
    def __init__(self, package: Package, main: str, file: OpenFile) -> None:
        self.builder = TextBuilder()
        self.unread = 0
        """Documents of other formats inside that could not be read."""
        self._file = file
        self._package = package
        self._main = main
        self._relations = package.relations(main)
        self._root = package.root(main)
        styles = self._related("styles")
        self._levels = _heading_levels(styles)
        self._item_styles = _item_styles(styles)
        self._notes = {kind: _by_id(self._related(part), kind) for kind, part in _NOTES.items()}
        self._numbering = Numbering(self._related("numbering"), styles)
        self._hidden = hidden_styles(styles)
        for root in (
            self._root,
            *(note for notes in self._notes.values() for note in notes.values()),
        ):
            mark(root, self._hidden)

    def read(self) -> None:
        body = self._root.find(f"{_W}body")
        if body is not None:
            self._blocks(body)
        self._margins()

    @property
    def pictures(self) -> int:
        return sum(relation.kind == "image" for relation in self._relations.values())

    def _related(self, name: str) -> Element | None:
        for relation in self._relations.values():
            if relation.kind == name and not relation.is_external:
                return self._package.root_if_any(relation.target)
        return None

    def _blocks(self, parent: Element) -> None:
        """Paragraphs and tables in their order, also those within content controls."""
        for child in parent:
            name = _name(child)
            if name == "p":
                self._paragraph(child)
            elif name == "tbl":
                self._table(child)
            elif name == "altChunk":
                self._foreign(child.get(RELATION_ID, ""))
            elif name in {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"}:
                self._blocks(child)

    def _paragraph(self, paragraph: Element) -> None:
        text, level = _words(paragraph).strip(), self._level(paragraph)
        # Counted also where it is empty; a number alone is nothing.
        label = self._numbering.label(paragraph, is_heading=level > 0)
        self.builder.add(
            f"{label} {text}" if label and text else text,
            level=level,
            is_item=self._is_item(paragraph),
        )
        for element in _seen(paragraph):
            name = _name(element)
            if name == "txbxContent":
                self._blocks(element)
            elif element.tag in _GRAPHICS:
                self._graphic(element)
            elif name.endswith("Reference") and name[: -len("Reference")] in self._notes:
                self._note(name[: -len("Reference")], element.get(f"{_W}id", ""))

    def _note(self, kind: str, number: str) -> None:
        note = self._notes[kind].get(number)
        if note is not None:
            self.builder.add(_joined(note, "\n"))

    def _level(self, paragraph: Element) -> int:
        own = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
        if own is not None and (level := _number(own)) < MAX_LEVEL:
            return level + 1
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        return self._levels.get(style.get(f"{_W}val", ""), 0) if style is not None else 0

    def _is_item(self, paragraph: Element) -> bool:
        """Whether Word puts a bullet or a number before it."""
        own = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}numId")
        if own is not None:
            return bool(own.get(f"{_W}val") != "0")
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        return style is not None and style.get(f"{_W}val", "") in self._item_styles

    def _table(self, table: Element) -> None:
        gap = "\n\n"
        for row in table.iter(f"{_W}tr"):
            if next(row.iterancestors(f"{_W}tbl"), None) is not table:
                continue  # of a table within a cell, which is read with its cell
            cells = [_joined(cell, " ") for cell in _cells(row)]
            if any(cells):
                is_header = row.find(f"{_W}trPr/{_W}tblHeader") is not None
                self.builder.add_row(cells, gap=gap, is_header=is_header)
                gap = "\n"
        self.builder.end_table()

    def _graphic(self, element: Element) -> None:
        drawn = graphics.read(self._package, self._main, element)
        for text in drawn.texts:
            self.builder.add(text)
        gap = "\n\n"
        for number, row in enumerate(drawn.rows):
            self.builder.add_row(row, gap=gap, is_header=not number)
            gap = "\n"
        self.builder.end_table()

    def _foreign(self, number: str) -> None:
        """A document of another format inside is read by the parser of its format."""
        from strongroom_engine.indexing.parse.formats import detect

        relation = self._relations.get(number)
        if relation is None or relation.is_external or relation.target not in self._package:
            return
        path = f"{self._file.path}{_INSIDE}{relation.target}"
        try:
            if path.count(_INSIDE) > MAX_FOREIGN:
                raise EmptyDocument
            data = self._package.read(relation.target, self._file.text_limit_bytes)
            inner = replace(self._file, path=path, file=io.BytesIO(data))
            name = detect(path, inner.file).parser
            self.builder.append(parser(name).parse(inner))
        except DocumentProblem:
            self.unread += 1

    def _margins(self) -> None:
        """Headers and footers, each wording once, after the text."""
        said: set[str] = set()
        for relation in self._relations.values():
            root = self._package.root_if_any(relation.target) if relation.kind in _MARGINS else None
            if root is not None:
                mark(root, self._hidden)
                text = _joined(root, "\n")
                if text not in said:
                    self.builder.add(text)
                said.add(text)


def _name(element: Element) -> str:
    """The name of an element of WordprocessingML, '' for any other."""
    tag = element.tag
    return tag[len(_W) :] if isinstance(tag, str) and tag.startswith(_W) else ""


def _seen(element: Element) -> Iterator[Element]:
    """The descendants that Word shows: not those for programs that know less; and of a text box
    only the box, since it is a text of its own."""
    stack = list(reversed(element))
    while stack:
        child = stack.pop()
        if child.tag == _FALLBACK or _name(child) in {"del", "moveFrom"}:
            continue
        yield child
        if _name(child) != "txbxContent":
            stack.extend(reversed(child))


def _words(paragraph: Element) -> str:
    """The paragraph's text; a soft hyphen is none of its letters."""
    return "".join(
        _letters(element) if _name(element) == "t" else _WORDS.get(_name(element), "")
        for element in _seen(paragraph)
        if _name(element) != "tab" or _is_in_run(element)
    )


def _letters(element: Element) -> str:
    said = without_marks(element.text or "")
    run = element.getparent()
    return as_hidden(said) if run is not None and is_marked(run) else said


def _is_in_run(element: Element) -> bool:
    """Tabs stand in runs; in a paragraph's properties they are stops."""
    parent = element.getparent()
    return parent is not None and _name(parent) == "r"


def _joined(parent: Element, separator: str) -> str:
    """All paragraphs below as one text."""
    texts = (_words(paragraph).strip() for paragraph in _paragraphs(parent))
    return separator.join(" ".join(text.split("\n")) for text in texts if text)


def _paragraphs(parent: Element) -> Iterator[Element]:
    for element in _seen(parent):
        if _name(element) == "p":
            yield element


def _cells(row: Element) -> Iterator[Element]:
    """A row's own cells, also those within content controls."""
    for cell in row.iter(f"{_W}tc"):
        if next(cell.iterancestors(f"{_W}tr"), None) is row:
            yield cell


def _by_id(root: Element | None, kind: str) -> dict[str, Element]:
    found = root.iterfind(f"{_W}{kind}") if root is not None else iter(())
    return {element.get(f"{_W}id", ""): element for element in found}


def _heading_levels(styles: Element | None) -> dict[str, int]:
    """Which paragraph styles are headings: by name, by outline level, or based on one that is."""
    if styles is None:
        return {}
    known = {style.get(f"{_W}styleId", ""): style for style in styles.iterfind(f"{_W}style")}
    return {name: level for name in known if (level := _style_level(name, known))}


def _item_styles(styles: Element | None) -> frozenset[str]:
    """The paragraph styles with a bullet or a number of their own."""
    found = styles.iterfind(f"{_W}style") if styles is not None else ()
    return frozenset(
        style.get(f"{_W}styleId", "")
        for style in found
        if style.find(f"{_W}pPr/{_W}numPr") is not None
    )


def _style_level(name: str, known: dict[str, Element]) -> int:
    for _ in range(MAX_LEVEL):  # styles may be based on each other in a circle
        style = known.get(name)
        if style is None:
            return 0
        called = style.find(f"{_W}name")
        label = called.get(f"{_W}val", "") if called is not None else ""
        if match := _HEADING_NAME.match(label):
            return int(match[1])
        if label.lower() == "title":
            return 1
        outline = style.find(f"{_W}pPr/{_W}outlineLvl")
        if outline is not None:
            level = _number(outline)
            return level + 1 if level < MAX_LEVEL else 0
        base = style.find(f"{_W}basedOn")
        name = base.get(f"{_W}val", "") if base is not None else ""
    return 0


def _number(element: Element) -> int:
    value = element.get(f"{_W}val", "")
    return int(value) if value.isdigit() else MAX_LEVEL
