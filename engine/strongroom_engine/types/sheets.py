"""Spreadsheets as typed tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CellValue = int | float | str | bool | None
"""Dates and times as ISO 8601 says them: '2024-03-02', '2024-03-02T17:30:00', '17:30:00'."""

ColumnType = Literal["number", "date", "time", "text", "boolean", "mixed", "empty"]
"""A 'date' is a day, maybe with its time; a 'time' one of any day, which cannot be added up. A length
of time is a number of hours, with the unit 'h'."""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """`name` as the header says it, the column's letter where none does; `letter` as spreadsheet
    programs count ('A'). `unit` is what its cells show with their numbers: '€', '%', 'kg'. Where it
    is '%', the numbers are shares, as spreadsheets keep them: what is shown as 12.5% is 0.125."""

    name: str
    letter: str
    type: ColumnType
    unit: str = ""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row below the header. `number` as the spreadsheet program counts, from 1; [start, end) is
    its line in the document's text, document coordinates; a value for each column."""

    number: int
    start: int
    end: int
    cells: tuple[CellValue, ...]


@dataclass(frozen=True, slots=True)
class SheetTable:
    """One table of a sheet: a sheet may hold several, with empty rows or columns between them.

    `sheet` is the sheet's name ('' for CSV), `header_row` its row's number (None where there is
    none). The values are those that are shown; of formulas the results that were saved.
    Rows that sum up others are none of the `rows`, so that nothing is counted twice: `totals` are
    their numbers. They are in the text.
    """

    sheet: str
    name: str
    header_row: int | None
    columns: tuple[SheetColumn, ...]
    rows: tuple[SheetRow, ...]
    totals: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredSheet:
    """A table of the library, without its rows. `document` is the row of its document, at `path`.

    No two of the columns have one name, however written, and none is called 'row'. `first_row` and
    `last_row` are the numbers of its first and last row; 0 where it has none.
    """

    id: int
    document: int
    path: str
    collection: str
    sheet: str
    name: str
    header_row: int | None
    columns: tuple[SheetColumn, ...]
    rows: int
    first_row: int
    last_row: int
    totals: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """What stands in a column, counted once: `filled` cells are not empty, `numbers` of them hold
    a number, of which `decimals` are the most digits behind the point; `different` values are
    there. `texts` are its different texts in the order of the rows, not all where `more_texts`;
    `days` says that each of them begins as a date does, then `months` are those that occur
    ('2024-03'). `rising`: every cell is a whole number greater than the one above it. `last_sums`:
    the last cell is the sum of the others (1), or these hold it twice, so that sums stand among
    them, too (2). `checksum`: columns with the same cells have the same."""

    filled: int
    numbers: int
    different: int
    texts: tuple[str, ...] = ()
    more_texts: bool = False
    days: bool = False
    months: tuple[str, ...] = ()
    decimals: int = 0
    low: float = 0.0
    high: float = 0.0
    rising: bool = False
    last_sums: int = 0
    checksum: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """What a query over tables gives; truth values are 0 and 1. `more`: there are more rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int | float | str | None, ...], ...]
    more: bool = False
