"""The cells of an XLSX sheet, row by row, and what the sheet says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import IO

from lxml import etree

from strongroom_engine.indexing.parse.office.package import Element
from strongroom_engine.indexing.parse.sheets.cells import AnyCell, Area, Cell, Row
from strongroom_engine.indexing.parse.sheets.cells import text as text_of
from strongroom_engine.indexing.parse.sheets.codes import cell, moment
from strongroom_engine.indexing.parse.sheets.styles import Style

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})", re.IGNORECASE)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ON = frozenset({"1", "true"})
_MAX_CACHED = 200_000
MAX_COLUMNS = 16_384
MAX_DIGITS = 8
_PLAIN = Style()


def strings(stream: IO[bytes]) -> list[str]:
    """The texts that the cells of all sheets share."""
    with stream:
        return [_text(element) for element in _elements(stream, "si")]


def _elements(stream: IO[bytes], *names: str) -> Iterator[Element]:
    """The elements with these names, each forgotten after it was seen."""
    found = etree.iterparse(
        stream,
        tag=[f"{{*}}{name}" for name in names],
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
    )
    for _, element in found:
        yield element
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]


def _text(element: Element) -> str:
    """The runs of a text, without how it is read aloud."""
    if len(element) == 1 and str(element[0].tag).endswith("}t"):
        return text_of(unescaped(element[0].text or ""))
    runs = (
        part.text or ""
        for part in element.iter("{*}t")
        if not str(part.getparent().tag).endswith("}rPh")
    )
    return text_of(unescaped("".join(runs)))


def unescaped(text: str) -> str:
    """'_x000D_' stands for a character that XML cannot hold."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def place_of(reference: str) -> tuple[int, int] | None:
    """'B3' -> (3, 1): the row as it is numbered, the column from 0."""
    match = _REFERENCE.fullmatch(reference)
    return (int(match[2]), column_of(match[1])) if match else None


def column_of(letters: str) -> int:
    """'A' -> 0, 'AA' -> 26"""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def area_of(reference: str) -> Area | None:
    """'A1:C3'"""
    first, _, last = reference.partition(":")
    start, end = place_of(first), place_of(last or first)
    return Area(*start, *end) if start and end else None


class Reader:
    """Reads one sheet. What the sheet says of itself is known after its rows were read."""

    def __init__(self, shared: Sequence[str], styles: Sequence[Style], *, since_1904: bool) -> None:
        self._shared, self._styles, self._since_1904 = shared, styles, since_1904
        self._columns: dict[str, int] = {}
        self._cells: dict[tuple[str, str], AnyCell] = {}
        self.unsaved = 0
        """Formulas whose results are not saved."""
        self.merged: list[Area] = []
        self.hidden_columns: set[int] = set()
        self.filter: Area | None = None

    def rows(self, stream: IO[bytes]) -> Iterator[Row]:
        """The rows that the file has."""
        number = 0
        for element in _elements(stream, "row", "col", "mergeCell", "autoFilter"):
            kind = element.tag.rpartition("}")[2]
            if kind == "row":
                said = element.get("r", "")
                number = int(said) if said.isdigit() and len(said) < MAX_DIGITS else number + 1
                yield self._row(number, element)
            else:
                self._say(kind, element)

    def _say(self, kind: str, element: Element) -> None:
        """Take in what stands beside the rows."""
        if kind == "col":
            if element.get("hidden") in _ON and not element.get("outlineLevel"):
                first, last = int(element.get("min", 1)), int(element.get("max", 1))
                self.hidden_columns.update(range(first - 1, min(last, MAX_COLUMNS)))
        elif (area := area_of(element.get("ref", ""))) is not None:
            if kind == "mergeCell":
                self.merged.append(area)
            else:
                self.filter = area

    def _row(self, number: int, element: Element) -> Row:
        cells: list[AnyCell] = []
        strong, place = True, -1
        for child in element:
            place = self._column(child.get("r", ""), place + 1)
            if not len(cells) <= place < MAX_COLUMNS:
                continue
            style = child.get("s", "")
            value = self._value(child, style)
            if value is None:
                continue
            cells.extend([None] * (place - len(cells)))
            cells.append(value)
            if strong:
                strong = self._style(style).is_bold
        hidden = element.get("hidden") in _ON and not element.get("outlineLevel")
        return Row(number, tuple(cells), strong and bool(cells), hidden)

    def _column(self, reference: str, following: int) -> int:
        letters = reference.rstrip("0123456789")
        if not letters:
            return following
        if letters not in self._columns:
            self._columns[letters] = column_of(letters)
        return self._columns[letters]

    def _style(self, number: str) -> Style:
        index = int(number) if number.isdigit() else 0
        return self._styles[index] if index < len(self._styles) else _PLAIN

    def _value(self, element: Element, style: str) -> AnyCell:
        kind = element.get("t", "n")
        saved: str | None = None
        has_formula = False
        for child in element:
            tag = str(child.tag)[-2:]
            if tag == "}v":
                saved = child.text
            elif tag == "}f":
                has_formula = True
            elif tag == "is":
                return _text(child)
        if not saved:
            self.unsaved += has_formula and kind != "str"
            return None
        return self._number(saved, style) if kind == "n" else self._other(kind, saved)

    def _other(self, kind: str, saved: str) -> AnyCell:
        if kind == "s":
            index = int(saved)
            return self._shared[index] if 0 <= index < len(self._shared) else None
        if kind == "b":
            return saved.strip() in _ON
        if kind == "e":
            return Cell(None, saved, "empty")
        if kind == "d":
            return _date(saved)
        return text_of(unescaped(saved))

    def _number(self, saved: str, style: str) -> AnyCell:
        key = style, saved
        if key not in self._cells:
            if len(self._cells) >= _MAX_CACHED:
                self._cells.clear()
            self._cells[key] = self._made(saved, style)
        return self._cells[key]

    def _made(self, saved: str, style: str) -> AnyCell:
        try:
            number = float(saved)
        except ValueError:
            return text_of(saved)
        return cell(number, self._style(style).look, since_1904=self._since_1904)


def _date(saved: str) -> AnyCell:
    try:
        return moment(datetime.fromisoformat(saved.removesuffix("Z")))
    except ValueError:
        return text_of(saved)
