"""Whether a workbook (XLS, XLSB) may be given to calamine: it ends the process where there is no room for
what a broken file, or one of very few cells far apart, makes it ask for."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence

from strongroom_engine.errors import DamagedDocument, ParserOutOfMemory
from strongroom_engine.indexing.parse.office.objects import ERRORS
from strongroom_engine.indexing.parse.office.ole import MAGIC
from strongroom_engine.indexing.parse.sheets import xls

_STRUCTURE = "it does not have the structure of a spreadsheet"
MOST_CELLS = 32 << 20
"""Of one sheet, empty ones between others counted: it is held as one block."""
_OLD_COLUMNS = 256
"""A workbook from before 2007 has no more."""
_ROWS, _COLUMNS = 1 << 20, 1 << 14
"""A sheet since then has no more."""
_ROW_HEADER, _LAST_CELL = 0, 11
"""In XLSB the number of a row, and the kinds of cells behind it."""
_FIELD = struct.Struct("<I")
_BROKEN = (*ERRORS, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError)


def check(data: bytes) -> None:
    """Raises `DamagedDocument` where the file leads astray or a cell stands where none can be, and
    `ParserOutOfMemory`."""
    if data.startswith(MAGIC):
        _check_container(data)
    elif data.startswith(b"PK"):
        _check_package(data)


# --- XLS -----------------------------------------------------------------------------------------


def _check_container(data: bytes) -> None:
    """A chain of sectors that bites its own tail is followed by calamine until the memory is full."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            container.loadminifat()
            small = container.mini_stream_cutoff_size
            streams = [one for one in container.direntries if one is not None]
            large = [one.isectStart for one in streams if one is streams[0] or one.size >= small]
            heads = [container.first_dir_sector, container.first_mini_fat_sector]
            tails = [one.isectStart for one in streams[1:] if one.size < small]
            loops = _has_loop(container.fat, heads + large) or _has_loop(container.minifat, tails)
            columns = xls.columns(xls.stream(container))
    except ERRORS as exc:
        raise DamagedDocument(why=_STRUCTURE) from exc
    if loops or columns > _OLD_COLUMNS:
        raise DamagedDocument(why=_STRUCTURE)


def _has_loop(table: Sequence[int], starts: Sequence[int]) -> bool:
    """Whether a chain that begins at one of these comes to a sector twice."""
    seen: dict[int, int] = {}
    for number, sector in enumerate(starts):
        while sector < len(table) and sector not in seen:
            seen[sector] = number
            sector = table[sector]  # noqa: PLW2901 - it is followed
        if seen.get(sector) == number and sector < len(table):
            return True
    return False


# --- XLSB ----------------------------------------------------------------------------------------


def _check_package(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                if name.lower().startswith("xl/worksheets/") and name.lower().endswith(".bin"):
                    _check_sheet(archive.read(name))
    except _BROKEN:
        return  # what is broken calamine refuses itself


def _check_sheet(data: bytes) -> None:
    rows, first, last = 0, _COLUMNS, 0
    for row, column in _cells(data):
        if row >= _ROWS or column >= _COLUMNS:
            raise DamagedDocument(why=_STRUCTURE)
        rows, first, last = max(rows, row + 1), min(first, column), max(last, column)
        if rows * (last - first + 1) > MOST_CELLS:
            raise ParserOutOfMemory


def _cells(data: bytes) -> Iterator[tuple[int, int]]:
    """Row and column of each cell, counted from 0."""
    place = row = 0
    while place + 6 <= len(data):
        kind, place = _number(data, place, 2)
        size, place = _number(data, place, 4)
        if kind <= _LAST_CELL and size >= _FIELD.size and place + size <= len(data):
            said = _FIELD.unpack_from(data, place)[0]
            if kind == _ROW_HEADER:
                row = said
            else:
                yield row, said
        place += size


def _number(data: bytes, place: int, most: int) -> tuple[int, int]:
    """A number of at most so many bytes, of which each but the last has its highest bit set, and the
    place behind it."""
    said = 0
    for index in range(most):
        byte = data[place]
        place += 1
        said |= (byte & 0x7F) << 7 * index
        if byte < 0x80:
            break
    return said, place
