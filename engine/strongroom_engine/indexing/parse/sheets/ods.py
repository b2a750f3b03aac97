"""ODS: spreadsheets of LibreOffice and others, one that shows its cells as its author saw them.

The text of each cell is in the file as it is shown, beside its value. What is hidden is marked;
comments and text boxes stand below the rows of their sheet.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from lxml import etree

from strongroom_engine.indexing.parse.office.odf_package import (
    OFFICE,
    STRUCTURE,
    STYLE,
    TEXT,
    OdfPackage,
)
from strongroom_engine.indexing.parse.office.package import Element, package_errors
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.indexing.parse.sheets import codes, grid, workbook
from strongroom_engine.indexing.parse.sheets.cells import AnyCell, Area, Cell, Row, Sheet, letter
from strongroom_engine.sentences import left_out
from strongroom_engine.types import Document

MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_ANNOTATION = f"{OFFICE}annotation"
_GROUPS = frozenset(
    f"{_TABLE}table-{name}"
    for name in ("row-group", "header-rows", "rows", "header-columns", "columns", "column-group")
)
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_DURATION = re.compile(r"(-?)P(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?")
_ERROR = re.compile(r"#[A-ZÄÖÜ/0]+[!?]?|Err:\d+")
MAX_COLUMNS = 16_384
MAX_REPEATED = 1_000
"""The same row, or the same cell beside itself, is read so often: more of it says nothing."""
_DAY_HOURS = 24


def parse(file: OpenFile) -> Document:
    """Raises a `DocumentProblem`."""
    with package_errors(STRUCTURE):
        package = OdfPackage(file)
        body = package.body
        written = grid.Written()
        counts: Counter[str] = Counter()
        room = grid.Room()
        for number, element in enumerate(body.iterfind(f"{_TABLE}table"), 1):
            sheet = _Reader(package, element, room).sheet()
            workbook.write(written, sheet, number)
            counts.update(sheet.counts)
        counts[left_out.TOO_MANY_ROWS()] += room.beyond
        counts[left_out.MACROS()] += any(name.startswith("Basic/") for name in package.names)
    return replace(
        workbook.document(file, written, counts, has_members=False, media_type=MEDIA_TYPE),
        parser=f"lxml {etree.__version__}",
        with_password=package.with_password,
    )


class _Reader:
    """Reads one sheet."""

    def __init__(self, package: OdfPackage, table: Element, room: grid.Room) -> None:
        self._package, self._table, self._room = package, table, room
        self._rows: list[Row] = []
        self._merged: list[Area] = []
        self._notes: list[tuple[int, str]] = []
        self._counts: Counter[str] = Counter()
        self._columns: list[tuple[int, str, bool]] = []
        """Columns that are repeated, with their style for cells and whether they are hidden."""

    def sheet(self) -> Sheet:
        self._read_columns()
        self._read_rows()
        for shapes in self._table.iterfind(f"{_TABLE}shapes"):
            self._drawings(shapes, 0)
        hidden_columns, place = set[int](), 0
        for count, _, hidden in self._columns:
            hidden_columns |= (
                set(range(place, min(place + count, MAX_COLUMNS))) if hidden else set()
            )
            place += count
        return Sheet(
            str(self._table.get(f"{_TABLE}name", "")),
            self._rows,
            self._is_hidden(),
            frozenset(hidden_columns),
            self._merged,
            notes=self._notes,
            counts=self._counts,
        )

    def _is_hidden(self) -> bool:
        name = self._table.get(f"{_TABLE}style-name", "")
        return any(
            look.get(f"{_TABLE}display") == "false"
            for style in self._package.looks.bases("table", name)
            for look in style.iterfind(f"{STYLE}table-properties")
        )

    def _read_columns(self) -> None:
        for element in _flat(self._table, f"{_TABLE}table-column"):
            count = _repeated(element, f"{_TABLE}number-columns-repeated")
            style = element.get(f"{_TABLE}default-cell-style-name", "")
            hidden = element.get(f"{_TABLE}visibility", "visible") == "collapse"
            self._columns.append((count, style, hidden))

    def _read_rows(self) -> None:
        number = 1
        for element in _flat(self._table, f"{_TABLE}table-row"):
            count = _repeated(element, f"{_TABLE}number-rows-repeated")
            cells, strong = self._cells(element, number)
            if cells:
                hidden = element.get(f"{_TABLE}visibility", "visible") == "collapse"
                self._take(cells, number, count, strong=strong, hidden=hidden)
            number += count

    def _take(
        self, cells: tuple[AnyCell, ...], number: int, count: int, *, strong: bool, hidden: bool
    ) -> None:
        looked_at = min(count, MAX_REPEATED)
        rows = (Row(number + index, cells, strong, hidden) for index in range(looked_at))
        self._rows += self._room.take(rows)
        self._room.beyond += count - looked_at

    def _cells(self, row: Element, number: int) -> tuple[tuple[AnyCell, ...], bool]:
        cells: list[AnyCell] = []
        place, strong = 0, True
        for element in row.iterchildren(*_CELLS):
            count = _repeated(element, f"{_TABLE}number-columns-repeated")
            value = self._cell(element, number, place)
            if value is not None and place < MAX_COLUMNS:
                kept = min(count, MAX_COLUMNS - place, MAX_REPEATED)
                cells.extend([None] * (place - len(cells)))
                cells.extend([value] * kept)
                strong = strong and self._is_bold(element, place)
            place += count
        return tuple(cells), strong and bool(cells)

    def _is_bold(self, element: Element, place: int) -> bool:
        name = element.get(f"{_TABLE}style-name") or self._column_style(place)
        for style in self._package.looks.bases("table-cell", name):
            for look in style.iterfind(f"{STYLE}text-properties"):
                if weight := look.get(f"{_FO}font-weight"):
                    return weight == "bold" or (weight.isdigit() and int(weight) >= 600)
        return False

    def _column_style(self, place: int) -> str:
        for count, style, _ in self._columns:
            if place < count:
                return style
            place -= count
        return ""

    def _cell(self, element: Element, number: int, place: int) -> AnyCell:
        for note in element.iterchildren(_ANNOTATION):
            if text := _said(note):
                self._notes.append((number, f"{letter(place)}{number}: {text}"))
        self._drawings(element, number)
        self._merge(element, number, place)
        text = _said(element)
        kind = element.get(f"{OFFICE}value-type")
        has_formula = element.get(f"{_TABLE}formula") is not None
        if kind is None and not text:
            self._counts[left_out.UNSAVED_RESULTS()] += has_formula
            return None
        return _value(element, kind or "string", text)

    def _merge(self, element: Element, number: int, place: int) -> None:
        down = _repeated(element, f"{_TABLE}number-rows-spanned")
        right = _repeated(element, f"{_TABLE}number-columns-spanned")
        if down > 1 or right > 1:
            self._merged.append(Area(number, place, number + down - 1, place + right - 1))

    def _drawings(self, parent: Element, number: int) -> None:
        """Pictures, charts and text boxes at a cell."""
        for shape in parent.iterchildren():
            if not isinstance(shape.tag, str) or not shape.tag.startswith(_DRAW):
                continue
            if shape.find(f"{_DRAW}object") is not None:
                self._counts[left_out.CHARTS()] += 1
            elif shape.find(f"{_DRAW}image") is not None:
                self._counts[left_out.PICTURES()] += 1
            elif text := " ".join(
                " ".join("".join(p.itertext()) for p in shape.iter(f"{TEXT}p")).split()
            ):
                self._notes.append((number, text))


def _flat(parent: Element, name: str) -> Iterator[Element]:
    """The rows or columns, also those in groups."""
    for child in parent.iterchildren():
        if child.tag == name:
            yield child
        elif child.tag in _GROUPS:
            yield from _flat(child, name)


def _repeated(element: Element, name: str) -> int:
    said = str(element.get(name, ""))
    return max(int(said), 1) if said.isascii() and said.isdigit() else 1


def _said(element: Element) -> str:
    """The paragraphs of a cell, or of a comment without its author and date."""
    lines = (_line(paragraph) for paragraph in element.iterchildren(f"{TEXT}p"))
    return " ".join(" ".join(lines).split())


def _line(paragraph: Element) -> str:
    parts = [paragraph.text or ""]
    for child in paragraph.iterchildren():
        if isinstance(child.tag, str) and child.tag != _ANNOTATION:
            parts.append(
                " " if child.tag in (f"{TEXT}s", f"{TEXT}tab", f"{TEXT}line-break") else ""
            )
            parts.append(_line(child))
        parts.append(child.tail or "")
    return "".join(parts)


# --- values --------------------------------------------------------------------------------------


def _value(element: Element, kind: str, text: str) -> AnyCell:
    said = element.get(f"{OFFICE}value", "")
    if kind in ("float", "percentage", "currency"):
        return _number(element, kind, said, text)
    if kind == "date":
        return _date(element.get(f"{OFFICE}date-value", ""), text)
    if kind == "time":
        return _time(element.get(f"{OFFICE}time-value", ""), text)
    if kind == "boolean":
        return bool(element.get(f"{OFFICE}boolean-value") == "true")
    return Cell(None, text, "empty") if _ERROR.fullmatch(text) else text


def _number(element: Element, kind: str, said: str, text: str) -> AnyCell:
    try:
        number = float(said)
    except ValueError:
        return text
    value = int(number) if number.is_integer() and abs(number) < 2**53 else number
    if _ERROR.fullmatch(text):
        return Cell(None, text, "empty")
    unit = "%" if kind == "percentage" else _unit(text)
    if kind == "currency" and not unit:
        unit = str(element.get(f"{OFFICE}currency", ""))
    return (
        value
        if text == str(value) and not unit
        else Cell(value, text or str(value), "number", unit)
    )


_UNIT = re.compile(r"[-−(]?\s*([^\d\s.,()+−-]*)\s*[-−]?\s*[\d][\d.,'’\s]*[-−)]?\s*([^\d()]*)")


def _unit(text: str) -> str:
    """What stands with the number."""
    match = _UNIT.fullmatch(text)
    found = [one.strip() for one in match.groups() if one.strip()] if match else []
    return found[0] if len(found) == 1 and len(found[0]) <= codes.MAX_UNIT else ""


def _date(said: str, text: str) -> AnyCell:
    try:
        return codes.moment(datetime.fromisoformat(said.partition(".")[0].removesuffix("Z")))
    except ValueError:
        return text


def _time(said: str, text: str) -> AnyCell:
    """A time of day, or a length of time where it is longer than a day or below nothing."""
    match = _DURATION.fullmatch(said)
    if match is None:
        return text
    sign, *parts = match.groups()
    days, hours, minutes, seconds = (int(part or 0) for part in parts)
    length = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    if sign or length >= timedelta(hours=_DAY_HOURS):
        return codes.duration(-length if sign else length)
    return codes.time_of_day(round(length.total_seconds()))
