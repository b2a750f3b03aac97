"""XLSX and XLSM: the values that were saved, shown as the workbook's formats say.

A sheet is read row by row, so that a large one is never in memory as XML. Of formulas the saved
results are read. What is hidden is marked; comments, text boxes and the titles of charts stand below
the rows of their sheet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from strongroom_engine.errors import DamagedDocument
from strongroom_engine.indexing.parse.office import embedded
from strongroom_engine.indexing.parse.office.decrypting import decrypted
from strongroom_engine.indexing.parse.office.package import (
    RELATION_ID,
    Element,
    Package,
    package_errors,
)
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.indexing.parse.sheets import beside, grid, workbook
from strongroom_engine.indexing.parse.sheets.cells import Declared, Sheet
from strongroom_engine.indexing.parse.sheets.rows import Reader, area_of, strings
from strongroom_engine.indexing.parse.sheets.styles import Style, styles
from strongroom_engine.sentences import left_out
from strongroom_engine.types import Document

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_STRUCTURE = "it does not have the structure of a spreadsheet"
_ON = frozenset({"1", "true"})


def parse(file: OpenFile) -> Document:
    """Raises a `DocumentProblem`. What is too broken for this is left to another reader, which
    does not know how numbers are shown."""
    opened = decrypted(file)
    try:
        with package_errors(_STRUCTURE):
            return _read(opened, with_password=opened is not file)
    except DamagedDocument:
        return workbook.parse(file, media_type=MEDIA_TYPE)


def open_member(file: OpenFile, inner: str) -> tuple[str, bytes]:
    opened = decrypted(file)
    with package_errors(_STRUCTURE):
        package = Package(opened.file, file.text_limit_bytes)
        found, _ = embedded.documents(package, _parts(package), file)
        return embedded.open_member(package, found, inner, file)


def _read(file: OpenFile, *, with_password: bool) -> Document:
    package = Package(file.file, file.text_limit_bytes)
    book = _Book(package)
    written = grid.Written()
    counts: Counter[str] = Counter()
    for number, sheet in enumerate(book.sheets(), 1):
        if sheet is not None:
            workbook.write(written, sheet, number)
            counts.update(sheet.counts)
    inside, unopened = embedded.documents(package, _parts(package), file)
    counts[left_out.EMBEDDED_FILES()] += unopened
    counts[left_out.TOO_MANY_ROWS()] += book.room.beyond
    counts[left_out.MACROS()] += book.has_macros
    counts[left_out.PIVOT_DATA()] += book.pivot_caches
    return replace(
        workbook.document(file, written, counts, bool(inside), MEDIA_TYPE),
        members=embedded.members(inside),
        parser=f"lxml {etree.__version__}",
        with_password=with_password,
    )


def _main(package: Package) -> str:
    return package.related("", "officeDocument") or "xl/workbook.xml"


def _parts(package: Package) -> list[str]:
    """The parts of the sheets."""
    found = package.relations(_main(package)).values()
    return [one.target for one in found if one.kind == "worksheet" and one.target in package]


@dataclass(frozen=True, slots=True)
class _Listed:
    """A sheet as the workbook lists it; `part` is '' for what has no cells."""

    name: str
    part: str
    kind: str
    hidden: bool


class _Book:
    """A workbook, sheet by sheet."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._main = _main(package)
        self._root = package.root(self._main)
        if etree.QName(self._root).localname != "workbook":
            raise DamagedDocument(why=_STRUCTURE)
        self._styles: list[Style] = styles(
            package.root_if_any(package.related(self._main, "styles"))
        )
        shared = package.related(self._main, "sharedStrings") or ""
        self._strings = strings(package.opened(shared)) if shared in package else []
        properties = self._root.find("{*}workbookPr")
        self._since_1904 = properties is not None and properties.get("date1904") in _ON
        self.room = grid.Room()

    @property
    def has_macros(self) -> bool:
        kinds = {one.kind for one in self._package.relations(self._main).values()}
        return bool(kinds & {"vbaProject", "xlMacrosheet"})

    @property
    def pivot_caches(self) -> int:
        found = self._package.relations(self._main).values()
        return sum(one.kind == "pivotCacheDefinition" for one in found)

    def sheets(self) -> Iterator[Sheet | None]:
        """None for sheets that hold no cells, as charts."""
        for one in self._listed():
            yield self._sheet(one) if one.part in self._package else None

    def _listed(self) -> Iterator[_Listed]:
        relations = self._package.relations(self._main)
        for element in self._root.iterfind("{*}sheets/{*}sheet"):
            relation = relations.get(element.get(RELATION_ID, ""))
            yield _Listed(
                element.get("name", ""),
                relation.target if relation else "",
                relation.kind if relation else "",
                element.get("state", "visible") != "visible",
            )

    def _sheet(self, listed: _Listed) -> Sheet:
        found = beside.beside(self._package, listed.part)
        if listed.kind != "worksheet":
            return Sheet(listed.name, (), listed.hidden, notes=found.notes, counts=found.counts)
        reader = Reader(self._strings, self._styles, since_1904=self._since_1904)
        with self._package.opened(listed.part) as stream:
            rows = self.room.take(reader.rows(stream))
        counts = found.counts | {left_out.UNSAVED_RESULTS(): reader.unsaved}
        declared = tuple(_tables(self._package, listed.part))
        if reader.filter is not None or declared:
            rows = [replace(row, hidden=False) if row.hidden else row for row in rows]
        return Sheet(
            listed.name,
            rows,
            listed.hidden,
            frozenset(reader.hidden_columns),
            tuple(reader.merged),
            declared,
            frozenset({reader.filter.first_row} if reader.filter else ()),
            found.notes,
            counts=counts,
        )


def _tables(package: Package, part: str) -> Iterator[Declared]:
    """The tables that the sheet declares."""
    for relation in package.relations(part).values():
        root = package.root_if_any(relation.target) if relation.kind == "table" else None
        area = area_of(root.get("ref", "")) if root is not None else None
        if root is not None and area is not None:
            yield Declared(
                area, _name(root), _int(root, "headerRowCount", 1), _int(root, "totalsRowCount", 0)
            )


def _name(table: Element) -> str:
    """What people called the table; '' for a name that a program gave it."""
    name = str(table.get("displayName") or table.get("name") or "")
    return "" if name.rstrip("0123456789_").casefold() in _GIVEN else name.replace("_", " ")


_GIVEN = frozenset(
    {"table", "tabelle", "tableau", "tabla", "tabella", "tabela", "tabel", "таблица"}
)


def _int(element: Element, name: str, otherwise: int) -> int:
    said = str(element.get(name, ""))
    return int(said) if said.isascii() and said.isdigit() else otherwise
