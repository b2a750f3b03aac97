"""Rows of cells -> text in lines, and the typed tables in it.

A table is a run of rows without an empty one. Lines with one cell above its header are titles; the
header is the first row of texts alone over rows that fill the same columns. Sums at its foot stay in
the text and are left out of the typed table, so that nothing is counted twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from strongroom_engine.indexing.parse.clean import TextBuilder, one_line
from strongroom_engine.indexing.parse.sheets.columns import IsoText, typed
from strongroom_engine.types import (
    ANCHOR_LINES,
    CellValue,
    Place,
    SheetColumn,
    SheetRow,
    SheetTable,
)

MAX_ROWS = 250_000
"""Rows of a document that are read; more are said to be left out."""

_TOTAL = re.compile(
    r"\s*(grand |sub-?)?(total|sum|gesamt(summe)?|summe|zwischensumme|somme|suma|totale?)\b.*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Row:
    """`number` as spreadsheet programs count, from 1."""

    number: int
    cells: tuple[CellValue, ...]


@dataclass(slots=True)
class Written:
    """What the sheets of a document became."""

    builder: TextBuilder = field(default_factory=TextBuilder)
    places: list[Place] = field(default_factory=list)
    tables: list[SheetTable] = field(default_factory=list)


def shown(value: CellValue) -> str:
    """A cell on one line, as a reader expects it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.15g}"
    return " ".join(str(value).split())


def write(written: Written, sheet: str, rows: Sequence[Row], *, level: int) -> None:
    """Append a sheet: its rows, where they stand, and its tables. `level` is that of rows."""
    for filled, run in groupby(rows, key=lambda row: any(shown(cell) for cell in row.cells)):
        if filled:
            _write_run(written, sheet, list(run), level)
    written.builder.end_table()


def _write_run(written: Written, sheet: str, rows: list[Row], level: int) -> None:
    written.builder.end_table()
    header = _header(rows)
    spans = []
    for index, row in enumerate(rows):
        gap = "\n" if index else "\n\n"
        start = written.builder.next_start(gap)
        texts = [shown(cell) for cell in _trimmed(row.cells)]
        written.builder.add_row(texts, gap=gap, is_header=header is not None and index == header)
        spans.append((start, written.builder.next_start("")))
        if index % ANCHOR_LINES == 0 or row.number != rows[index - 1].number + 1:
            place = Place(start, level, "row", number=row.number, counts_lines=True)
            written.places.append(place)
    table = _table(sheet, rows, spans, header, len(written.tables) + 1)
    if table is not None:
        written.tables.append(table)


def _trimmed(cells: Sequence[CellValue]) -> Sequence[CellValue]:
    last = max((index for index, cell in enumerate(cells) if shown(cell)), default=-1)
    return cells[: last + 1]


def _header(rows: Sequence[Row]) -> int | None:
    """The row that says what the columns are; None where none does."""
    width = max(len(_trimmed(row.cells)) for row in rows)
    for index, row in enumerate(rows[:-1]):
        texts = [cell for cell in row.cells if shown(cell)]
        if len(texts) < 2 and width > 1:
            continue  # a title
        plain = all(isinstance(cell, str) and not isinstance(cell, IsoText) for cell in texts)
        distinct = len({shown(cell).casefold() for cell in texts}) == len(texts)
        return index if plain and distinct and len(texts) > width / 2 else None
    return None


def _table(
    sheet: str,
    rows: Sequence[Row],
    spans: Sequence[tuple[int, int]],
    header: int | None,
    number: int,
) -> SheetTable | None:
    first = 0 if header is None else header + 1
    data = [
        (row, span)
        for row, span in list(zip(rows, spans, strict=True))[first:]
        if not _is_total(row)
    ]
    width = max((len(_trimmed(row.cells)) for row in rows), default=0)
    if not data or width < 2:
        return None
    columns = [typed([_cell(row, index) for row, _ in data]) for index in range(width)]
    names = _names(rows[header].cells if header is not None else (), width)
    values = zip(*(column[2] for column in columns), strict=True)
    return SheetTable(
        sheet=sheet,
        name=_title(rows[:header]) if header else sheet or f"Table {number}",
        header_row=None if header is None else rows[header].number,
        columns=tuple(
            SheetColumn(name, letter(index), kind, unit)
            for index, (name, (kind, unit, _)) in enumerate(zip(names, columns, strict=True))
        ),
        rows=tuple(
            SheetRow(row.number, *span, tuple(cells))
            for (row, span), cells in zip(data, values, strict=True)
        ),
    )


def _cell(row: Row, index: int) -> CellValue:
    return row.cells[index] if index < len(row.cells) else None


def _is_total(row: Row) -> bool:
    said = next((shown(cell) for cell in row.cells if shown(cell)), "")
    return _TOTAL.fullmatch(said) is not None and len(said) < 40


def _title(rows: Sequence[Row]) -> str:
    return one_line(" ".join(shown(cell) for row in rows for cell in row.cells if shown(cell)))


def _names(cells: Sequence[CellValue], width: int) -> list[str]:
    """The columns' names, each another; letters where none is said."""
    names: list[str] = []
    for index in range(width):
        said = one_line(shown(cells[index])) if index < len(cells) else ""
        name, count = said or letter(index), 1
        while name.casefold() in (other.casefold() for other in names):
            count += 1
            name = f"{said or letter(index)} {count}"
        names.append(name)
    return names


def letter(column: int) -> str:
    """'A' for column 0, 'AA' for column 26."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def limited(rows: Iterator[Row], room: int) -> tuple[list[Row], int]:
    """As many rows as there is room for, and how many are beyond."""
    kept: list[Row] = []
    beyond = 0
    for row in rows:
        if len(kept) < room:
            kept.append(row)
        else:
            beyond += 1
    return kept, beyond
