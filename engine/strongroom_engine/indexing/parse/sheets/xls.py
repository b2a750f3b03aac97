"""How the cells of a workbook from before 2007 (XLS) are shown, which its values alone do not say:
number formats, bold, what is hidden, comments and text boxes. From the records of its stream (BIFF8)."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from strongroom_engine.indexing.parse.office.objects import ERRORS
from strongroom_engine.indexing.parse.office.ole import MAGIC
from strongroom_engine.indexing.parse.sheets.cells import letter
from strongroom_engine.indexing.parse.sheets.codes import BUILT_IN, PLAIN, Look, look
from strongroom_engine.indexing.parse.sheets.styles import Style

_BEGIN, _END, _CONTINUE = 0x0809, 0x000A, 0x003C
_FORMAT, _XF, _FONT, _SHEET, _SINCE_1904 = 0x041E, 0x00E0, 0x0031, 0x0085, 0x0022
_CELLS = frozenset({0x0203, 0x027E, 0x0006, 0x00FD, 0x0204, 0x0205})
_MANY_CELLS = 0x00BD
_ROW, _COLUMNS, _FILTERED = 0x0208, 0x007D, 0x009B
_OBJECT, _TEXT, _COMMENT = 0x005D, 0x01B6, 0x001C
_BIFF8 = 0x0600
_BOLD = 600
_MOST_STARTS = 64
_RECORD = struct.Struct("<4H")
_MISSING_FONT = 4
"""Fonts are numbered without this number."""
_OUTLINE_ROW, _HIDDEN_ROW, _OUTLINE_COLUMNS, _HIDDEN_COLUMNS = 0x07, 0x20, 0x0700, 0x01

Record = tuple[int, bytes]


@dataclass(slots=True)
class Looks:
    """Of one sheet; rows and columns are counted from 0."""

    styles: dict[tuple[int, int], Style] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    notes: list[tuple[int, str]] = field(default_factory=list)
    since_1904: bool = False

    def at(self, row: int, column: int) -> Look:
        found = self.styles.get((row, column))
        return found.look if found else PLAIN

    def is_bold(self, row: int, column: int) -> bool:
        found = self.styles.get((row, column))
        return found is not None and found.is_bold


NO_LOOKS = Looks()


def looks(data: bytes) -> dict[str, Looks]:
    """By the names of the sheets; empty for files of another kind, and for what is broken: it is
    only beside the values."""
    if not data.startswith(MAGIC):
        return {}
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            return _looks(stream(container))
    except ERRORS:
        return {}


def has_macros(data: bytes) -> bool:
    import olefile

    if not data.startswith(MAGIC):
        return False
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            return bool(container.exists("_VBA_PROJECT_CUR"))
    except ERRORS:
        return False


def columns(stream: bytes) -> int:
    """How many columns the sheets have, by the last cell of any, wherever a sheet is said to begin."""
    most, to_do = 0, {0}
    for _ in range(_MOST_STARTS):
        if not to_do:
            break
        found, starts = _columns_from(stream, to_do.pop(), to_do)
        most, to_do = max(most, found), to_do | starts
    return most


def _columns_from(stream: bytes, place: int, to_do: set[int]) -> tuple[int, set[int]]:
    """The same from one place on; those where sheets begin and that are not met on the way."""
    most, starts, first = 0, set[int](), place
    while place + 8 <= len(stream):
        to_do.discard(place)
        starts.discard(place)
        kind, size, _, column = _RECORD.unpack_from(stream, place)
        if kind == size == 0:
            break
        if kind in _CELLS or kind == _MANY_CELLS:
            most = max(most, column + 1)
        elif kind == _SHEET and first == 0:
            starts.add(_RECORD.unpack_from(stream, place)[2] | column << 16)
        place += 4 + size
    return most, starts


def stream(container: Any) -> bytes:
    """What holds the workbook in an open container (of olefile). Raises one of `ERRORS`."""
    name = "Workbook" if container.exists("Workbook") else "Book"
    content: bytes = container.openstream(name).read()
    return content


def _records(data: bytes, place: int) -> Iterator[Record]:
    """The records of the part that begins here, without those of charts inside it."""
    depth = 0
    while place + 4 <= len(data):
        kind, size = struct.unpack_from("<HH", data, place)
        body = data[place + 4 : place + 4 + size]
        depth += (kind == _BEGIN) - (kind == _END)
        if depth == 1:
            yield kind, body
        if depth == 0:
            return
        place += 4 + size


def _looks(data: bytes) -> dict[str, Looks]:
    if len(data) < 6 or struct.unpack_from("<H", data, 4)[0] != _BIFF8:
        return {}
    sheets: dict[str, int] = {}
    codes, fonts, formats = dict(BUILT_IN), list[bool](), list[tuple[int, int]]()
    since_1904 = False
    for kind, body in _records(data, 0):
        if kind == _SHEET:
            sheets[_text(body[7:], body[6])] = struct.unpack_from("<I", body)[0]
        elif kind == _FORMAT:
            number, length = struct.unpack_from("<HH", body)
            codes[number] = _text(body[4:], length)
        elif kind == _FONT:
            fonts.append(struct.unpack_from("<H", body, 6)[0] >= _BOLD)
        elif kind == _XF:
            formats.append(struct.unpack_from("<HH", body))
        elif kind == _SINCE_1904:
            since_1904 = body[0] == 1
    styles = [Style(look(codes.get(code, "")), _bold(fonts, font)) for font, code in formats]
    found = {name: _of_sheet(data, place, styles) for name, place in sheets.items()}
    for one in found.values():
        one.since_1904 = since_1904
    return found


def _bold(fonts: list[bool], number: int) -> bool:
    index = number - (number > _MISSING_FONT)
    return index < len(fonts) and fonts[index]


def _text(body: bytes, length: int) -> str:
    """A text of so many characters, behind a byte that says how they are kept."""
    if body[0] & 1:
        return body[1 : 1 + 2 * length].decode("utf-16-le", "replace")
    return body[1 : 1 + length].decode("latin-1")


def _of_sheet(data: bytes, place: int, styles: list[Style]) -> Looks:
    found = Looks()
    rows, columns = set[int](), set[int]()
    is_filtered = False
    records = list(_records(data, place))
    for kind, body in records:
        if kind in _CELLS:
            row, column, number = struct.unpack_from("<HHH", body)
            _put(found, row, column, styles, number)
        elif kind == _MANY_CELLS:
            row, column = struct.unpack_from("<HH", body)
            for index in range((len(body) - 6) // 6):
                number = struct.unpack_from("<H", body, 4 + 6 * index)[0]
                _put(found, row, column + index, styles, number)
        elif kind == _ROW:
            flags = struct.unpack_from("<H", body, 12)[0]
            if flags & _HIDDEN_ROW and not flags & _OUTLINE_ROW:
                rows.add(struct.unpack_from("<H", body)[0])
        elif kind == _COLUMNS:
            first, last, _, _, flags = struct.unpack_from("<HHHHH", body)
            if flags & _HIDDEN_COLUMNS and not flags & _OUTLINE_COLUMNS:
                columns.update(range(first, min(last, 255) + 1))
        is_filtered = is_filtered or kind == _FILTERED
    found.hidden_rows = frozenset(() if is_filtered else rows)
    found.hidden_columns = frozenset(columns)
    found.notes = sorted(_notes(records), key=lambda note: note[0])
    return found


def _put(found: Looks, row: int, column: int, styles: list[Style], number: int) -> None:
    if number < len(styles) and (styles[number].is_bold or not styles[number].look.is_plain):
        found.styles[row, column] = styles[number]


def _notes(records: list[Record]) -> Iterator[tuple[int, str]]:
    """Comments with their cell, and the texts of boxes; each text stands behind its object."""
    texts: dict[int, str] = {}
    number = 0
    for (kind, body), (after, following) in pairwise(records):
        if kind == _OBJECT and len(body) >= 8:
            number = struct.unpack_from("<H", body, 6)[0]
        elif kind == _TEXT and after == _CONTINUE and len(body) >= 12 and following:
            length = struct.unpack_from("<H", body, 10)[0]
            texts[number] = _text(following, length).strip()
    for kind, body in records:
        if kind == _COMMENT and len(body) >= 8:
            row, column, _, number = struct.unpack_from("<HHHH", body)
            if text := texts.pop(number, ""):
                yield row + 1, f"{letter(column)}{row + 1}: {text}"
    yield from ((0, text) for text in texts.values() if text)
