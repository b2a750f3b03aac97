"""Spreadsheets of Excel before 2007 and of its binary format (XLS, XLSB), read with calamine: the
values that were saved, of formulas their results."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from importlib.metadata import version
from typing import Any

from strongroom_engine.errors import DamagedDocument, EmptyDocument, NeedsPassword
from strongroom_engine.indexing.parse.clean import as_hidden, has_words, one_line
from strongroom_engine.indexing.parse.office.decrypting import decrypted
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.indexing.parse.sheets import codes, grid, sound, xls
from strongroom_engine.indexing.parse.sheets.cells import AnyCell, Area, Cell, Row, Sheet
from strongroom_engine.indexing.parse.sheets.cells import text as text_of
from strongroom_engine.sentences import left_out
from strongroom_engine.types import Document, LeftOut, Page, Place

MEDIA_TYPE = "application/vnd.ms-excel"
_ERRORS = frozenset(
    {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"}
)


def parse(file: OpenFile, *, media_type: str = MEDIA_TYPE) -> Document:
    """Raises a `DocumentProblem`."""
    opened = decrypted(file)
    data = opened.read()
    sound.check(data)
    book, looks = _book(data), xls.looks(data)
    written = grid.Written()
    counts: Counter[str] = Counter()
    room = grid.Room()
    for number, listed in enumerate(book.sheets_metadata, 1):
        if "worksheet" not in str(listed.typ).lower():
            counts[left_out.CHARTS()] += "chart" in str(listed.typ).lower()
            continue
        found = _sheet(book, listed.name)
        look = looks.get(listed.name, xls.NO_LOOKS)
        rows = room.take(_rows(found, look))
        hidden = not str(listed.visible).endswith(".Visible")
        write(
            written,
            Sheet(
                listed.name,
                rows,
                hidden,
                look.hidden_columns,
                _merged(found),
                notes=look.notes,
            ),
            number,
        )
    counts[left_out.TOO_MANY_ROWS()] += room.beyond
    counts[left_out.MACROS()] += xls.has_macros(data)
    return replace(
        document(file, written, counts, has_members=False, media_type=media_type),
        parser=f"calamine {version('python-calamine')}",
        with_password=opened is not file,
    )


def write(written: grid.Written, sheet: Sheet, number: int) -> None:
    """Append a sheet below its name; `number` is its place among the sheets, from 1."""
    if not sheet.rows and not sheet.notes:
        return
    start = written.builder.next_start()
    written.builder.add(as_hidden(sheet.name) if sheet.hidden else sheet.name, level=1)
    written.places.append(Place(start, 1, "sheet", one_line(sheet.name), number))
    grid.write(written, sheet, level=2)


def document(
    file: OpenFile,
    written: grid.Written,
    counts: Mapping[str, int],
    has_members: bool,
    media_type: str,
) -> Document:
    """The document that the sheets became. Raises `EmptyDocument`."""
    if not has_words(written.builder.text) and not has_members:
        raise EmptyDocument
    said = {**counts, left_out.TWO_READINGS(): written.open_columns}
    return Document(
        title=one_line(file.stem),
        media_type=media_type,
        pages=(Page(1, written.builder.text),),
        paged=False,
        headings=written.builder.headings,
        tables=written.builder.tables,
        hidden=written.builder.hidden,
        places=tuple(written.places),
        sheets=tuple(written.tables),
        left_out=tuple(LeftOut(what, count) for what, count in said.items() if count),
    )


# --- calamine ------------------------------------------------------------------------------------


@contextmanager
def _calamine_errors() -> Iterator[None]:
    """What calamine raises, as ours; where it gives up on what it did not expect, that is no
    ordinary exception."""
    import python_calamine

    try:
        yield
    except python_calamine.PasswordError as exc:
        raise NeedsPassword from exc
    except (python_calamine.CalamineError, OSError, ValueError) as exc:
        raise DamagedDocument(why="it does not have the structure of a spreadsheet") from exc
    except BaseException as exc:
        if type(exc).__module__ != "pyo3_runtime":
            raise
        raise DamagedDocument(why="it does not have the structure of a spreadsheet") from exc


def _book(data: bytes) -> Any:
    import python_calamine

    with _calamine_errors():
        return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))


def _sheet(book: Any, name: str) -> Any:
    with _calamine_errors():
        return book.get_sheet_by_name(name)


def _merged(sheet: Any) -> tuple[Area, ...]:
    return tuple(
        Area(top + 1, left, bottom + 1, right)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )


def _rows(sheet: Any, looks: xls.Looks) -> Iterator[Row]:
    for index, cells in enumerate(sheet.to_python(skip_empty_area=False)):
        if cells.count("") == len(cells):
            continue
        while cells[-1] == "":
            del cells[-1]
        values = tuple(
            _value(cell, looks.at(index, place), looks.since_1904)
            for place, cell in enumerate(cells)
        )
        filled = [place for place, cell in enumerate(values) if cell not in (None, "")]
        strong = bool(filled) and all(looks.is_bold(index, place) for place in filled)
        yield Row(index + 1, values, strong, index in looks.hidden_rows)


def _value(cell: Any, look: codes.Look, since_1904: bool) -> AnyCell:
    """The cell as it is shown: whole numbers as such, dates and times in ISO 8601."""
    if isinstance(cell, bool) or cell is None:
        return cell
    if isinstance(cell, float | int):
        return codes.cell(cell, look, since_1904=since_1904)
    if isinstance(cell, date | time | timedelta):
        return _moment(cell, look)
    text = text_of(str(cell))
    return Cell(None, text, "empty") if text in _ERRORS else text


def _moment(cell: date | time | timedelta, look: codes.Look) -> AnyCell:
    """What calamine takes for a time: it tells dates from lengths of time, and nothing more."""
    if isinstance(cell, timedelta):
        return codes.duration(cell)
    if isinstance(cell, datetime) and look.kind == "time":
        cell = cell.time()
    if isinstance(cell, datetime) and look.kind == "date":
        cell = cell.date()
    if isinstance(cell, time):
        return codes.time_of_day(cell.hour * 3600 + cell.minute * 60 + cell.second)
    return codes.moment(cell if isinstance(cell, datetime) else datetime.combine(cell, time()))
