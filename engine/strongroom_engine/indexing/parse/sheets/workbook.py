"""Spreadsheets of every program (XLSX, XLSM, XLSB, XLS, ODS), read with calamine: the values that
were saved, of formulas their results."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from importlib.metadata import version
from typing import Any

from strongroom_engine.errors import DamagedDocument, EmptyDocument, NeedsPassword
from strongroom_engine.indexing.parse.clean import has_words, one_line
from strongroom_engine.indexing.parse.office.decrypting import decrypted
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.indexing.parse.sheets import grid
from strongroom_engine.indexing.parse.sheets.columns import IsoText
from strongroom_engine.sentences import left_out
from strongroom_engine.types import CellValue, Document, LeftOut, Page, Place

MEDIA_TYPE = "application/vnd.ms-excel"


def parse(file: OpenFile) -> Document:
    """Raises a `DocumentProblem`."""
    opened = decrypted(file)
    book = _book(opened.read())
    written = grid.Written()
    room, beyond = grid.MAX_ROWS, 0
    for number, sheet in enumerate(book.sheets_metadata, 1):
        if "worksheet" not in str(sheet.typ).lower():
            continue
        rows, more = grid.limited(_rows(_sheet(book, sheet.name)), room)
        room, beyond = room - len(rows), beyond + more
        if rows:
            start = written.builder.next_start()
            written.builder.add(sheet.name, level=1)
            written.places.append(Place(start, 1, "sheet", one_line(sheet.name), number))
            grid.write(written, sheet.name, rows, level=2)
    if not has_words(written.builder.text):
        raise EmptyDocument
    said = ((left_out.TOO_MANY_ROWS(), beyond),)
    return Document(
        title=one_line(file.stem),
        media_type=MEDIA_TYPE,
        pages=(Page(1, written.builder.text),),
        paged=False,
        headings=written.builder.headings,
        tables=written.builder.tables,
        places=tuple(written.places),
        sheets=tuple(written.tables),
        left_out=tuple(LeftOut(what, count) for what, count in said if count),
        parser=f"calamine {version('python-calamine')}",
        with_password=opened is not file,
    )


def _book(data: bytes) -> Any:
    import python_calamine

    try:
        return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except python_calamine.PasswordError as exc:
        raise NeedsPassword from exc
    except (python_calamine.CalamineError, OSError, ValueError) as exc:
        raise DamagedDocument(why="it does not have the structure of a spreadsheet") from exc


def _sheet(book: Any, name: str) -> Any:
    import python_calamine

    try:
        return book.get_sheet_by_name(name)
    except (python_calamine.CalamineError, OSError, ValueError) as exc:
        raise DamagedDocument(why="it does not have the structure of a spreadsheet") from exc


def _rows(sheet: Any) -> Iterator[grid.Row]:
    for number, cells in enumerate(sheet.to_python(skip_empty_area=False), 1):
        row = grid.Row(number, tuple(_value(cell) for cell in cells))
        yield row


def _value(cell: Any) -> CellValue:
    """The cell as a value: whole numbers as such, dates and times in ISO 8601."""
    if isinstance(cell, bool) or cell is None:
        return cell
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < 2**53 else cell
    if isinstance(cell, datetime):
        midnight = cell.time() == time()
        return IsoText(cell.date().isoformat() if midnight else cell.isoformat(timespec="seconds"))
    if isinstance(cell, date | time):
        return IsoText(cell.isoformat())
    if isinstance(cell, timedelta):
        return IsoText(str(cell))
    return cell if isinstance(cell, int) else str(cell)
