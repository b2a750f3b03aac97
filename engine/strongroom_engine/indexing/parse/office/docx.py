"""Word documents: python-docx opens the package, its XML is read in the order of the text.

What python-docx's own paragraphs leave out is read as well: text boxes, content controls, notes,
comments, and text that a tracked change inserted (not what it deleted).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.package import OpcPackage
from docx.opc.part import Part
from lxml import etree

from strongroom_engine.errors import DamagedDocument, EmptyDocument, NoText, ParserOutOfMemory
from strongroom_engine.indexing.parse.clean import (
    TextBuilder,
    as_hidden,
    has_words,
    one_line,
    sensible_title,
    without_marks,
)
from strongroom_engine.indexing.parse.files import check_size
from strongroom_engine.indexing.parse.office.docx_hidden import hidden_styles, is_marked, mark
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.indexing.parse.web import html
from strongroom_engine.types import Document, Page

MEDIA_TYPE = CONTENT_TYPE.WML_DOCUMENT

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_NOTES = {"footnote": "footnotes", "endnote": "endnotes", "comment": "comments"}
_MARGINS = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
_ALT_CHUNK = _OFFICE + "aFChunk"
_WORDS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_HEADING_NAME = re.compile(r"heading ([1-9])$", re.IGNORECASE)
MAX_LEVEL = 9

# The names of ISO 29500 strict, which Word writes on demand, and those that everybody reads.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)(/[\w/]*)?")
_TRANSITIONAL = b"http://schemas.openxmlformats.org/"

Element = Any
"""An element of lxml, which has no types."""


@contextmanager
def docx_errors() -> Iterator[None]:
    """What python-docx, lxml and zipfile raise, as ours."""
    try:
        yield
    except etree.XMLSyntaxError as exc:
        if exc.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise ParserOutOfMemory from exc
        raise DamagedDocument(why="it does not have the structure of a Word document") from exc
    except (
        zipfile.BadZipFile,
        zlib.error,
        etree.LxmlError,
        KeyError,
        ValueError,
        AttributeError,
        NotImplementedError,
        EOFError,
        RuntimeError,
    ) as exc:
        raise DamagedDocument(why="it does not have the structure of a Word document") from exc


def parse(file: OpenFile) -> Document:
    """Raises a `DocumentProblem`; the limit for text is one for the XML that it unpacks to."""
    with docx_errors():
        package = OpcPackage.open(_prepared(file.file, file.text_limit_bytes))
        reader = _Reader(package)
        reader.read()
        named = sensible_title(package.core_properties.title or "")
        text = reader.builder.text
        if not has_words(text):
            raise NoText if reader.has_pictures else EmptyDocument
        found = reader.builder.headings
    return Document(
        title=named or (found[0].text if found else one_line(file.stem)),
        media_type=MEDIA_TYPE,
        pages=(Page(1, text),),
        paged=False,
        headings=found,
        tables=reader.builder.tables,
        lists=reader.builder.lists,
        hidden=reader.builder.hidden,
    )


def _prepared(file: BinaryIO, limit_bytes: int) -> BinaryIO:
    """The archive, checked for its size unpacked; a strict one with the usual names instead."""
    file.seek(0)
    with zipfile.ZipFile(file) as archive:
        texts = [info for info in archive.infolist() if info.filename.endswith((".xml", ".rels"))]
        check_size(sum(info.file_size for info in texts), limit_bytes)
        document = archive.read("word/document.xml")
        if not _STRICT.search(document):
            file.seek(0)
            return file
        return _transitional(archive)


def _transitional(archive: zipfile.ZipFile) -> BinaryIO:
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w") as target:
        for info in archive.infolist():
            data = archive.read(info)
            if info.filename.endswith((".xml", ".rels")):
                data = _STRICT.sub(_usual_name, data)
            target.writestr(info.filename, data)
    copy.seek(0)
    return copy


def _usual_name(match: re.Match[bytes]) -> bytes:
    """.../ooxml/KIND/REST -> .../KIND/2006/REST"""
    return _TRANSITIONAL + match[1] + b"/2006" + (match[2] or b"")


class _Reader:
    def __init__(self, package: OpcPackage) -> None:
        self.builder = TextBuilder()
        self._main: Part = package.main_document_part
        self._root = _xml(self._main)
        styles = self._related("styles")
        self._levels = _heading_levels(styles)
        self._item_styles = _item_styles(styles)
        self._notes = {kind: _by_id(self._related(part), kind) for kind, part in _NOTES.items()}
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
    def has_pictures(self) -> bool:
        return any(rel.reltype == RELATIONSHIP_TYPE.IMAGE for rel in self._main.rels.values())

    def _related(self, name: str) -> Element | None:
        for relation in self._main.rels.values():
            if relation.reltype == _OFFICE + name and not relation.is_external:
                return _xml(relation.target_part)
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
                self._foreign(child.get(_R_ID, ""))
            elif name in {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"}:
                self._blocks(child)

    def _paragraph(self, paragraph: Element) -> None:
        self.builder.add(
            _words(paragraph).strip(),
            level=self._level(paragraph),
            is_item=self._is_item(paragraph),
        )
        for element in _seen(paragraph):
            name = _name(element)
            if name == "txbxContent":
                self._blocks(element)
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

    def _foreign(self, relation: str) -> None:
        """A document of another format inside; web pages are read."""
        part = self._main.related_parts[relation]
        if "html" in part.content_type:
            self.builder.add(html.read(part.blob)[0])

    def _margins(self) -> None:
        """Headers and footers, each wording once, after the text."""
        said: set[str] = set()
        for relation in self._main.rels.values():
            if relation.reltype in _MARGINS and not relation.is_external:
                root = _xml(relation.target_part)
                mark(root, self._hidden)
                text = _joined(root, "\n")
                if text not in said:
                    self.builder.add(text)
                said.add(text)


def _xml(part: Part) -> Element:
    # No entities, no network, and python-docx's parts are not all parsed yet.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(part.blob, parser)


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
