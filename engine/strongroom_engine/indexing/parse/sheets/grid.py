"""Sheets -> text in lines, and the typed tables in them.

All rows are in the text. Those of a table that sum up others are left out of the typed table, so
that nothing is counted twice, and so are notes below it and headers that are said again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from strongroom_engine.indexing.parse.clean import TextBuilder, as_hidden, one_line, without_marks
from strongroom_engine.indexing.parse.sheets import blocks, figures, headers, totals
from strongroom_engine.indexing.parse.sheets.blocks import Block
from strongroom_engine.indexing.parse.sheets.cells import (
    AnyCell,
    Row,
    Sheet,
    at,
    kind_of,
    letter,
    shown,
    value_of,
    width,
)
from strongroom_engine.indexing.parse.sheets.columns import Column, typed
from strongroom_engine.types import ANCHOR_LINES, Place, SheetColumn, SheetRow, SheetTable

MAX_ROWS = 250_000
"""Rows of a document that are read; more are said to be left out."""
MAX_CELLS = 3_000_000
"""Cells of a document that are read, empty ones between others counted."""
MAX_COLUMNS = 4_000
MAX_EMPTY = 300_000
"""Cells of a table that are looked at though most of them are not there."""
MAX_HEADER_LINES = 6
"""Lines from the beginning of a table to the end of its header that are said again with its parts."""
MAX_MERGED = 100_000
"""Cells that are filled with what stands in the cell that they are merged with."""
_NOTE = re.compile(
    r"\s*(\*|¹|\d\)|\(\d\)|notes?\b|sources?\b|quellen?\b|hinweise?\b|anmerkung|stand\b|footnote|fuente|fonte"
    r"|nota\b|remarque|copyright|©)",
    re.IGNORECASE,
)
MAX_LABELS = 4
"""Texts of a row that are looked at for whether it calls itself a total."""
MIN_NOTE = 60
"""Characters of a text alone in its row that is a note."""


@dataclass(slots=True)
class Written:
    """What the sheets of a document became. `open_columns` are those whose numbers or dates can be
    read in two ways, and are kept as texts."""

    builder: TextBuilder = field(default_factory=TextBuilder)
    places: list[Place] = field(default_factory=list)
    tables: list[SheetTable] = field(default_factory=list)
    open_columns: int = 0


def write(written: Written, sheet: Sheet, *, level: int) -> None:
    """Append a sheet: its rows, where they stand, its tables and notes. `level` is that of rows."""
    found = blocks.blocks(sheet)
    leading = {
        row.number
        for block in found
        if block.found.rows and block.found.data <= MAX_HEADER_LINES
        for row in block.rows[: block.found.data]
    }
    spans = _write_rows(written, sheet, leading, level)
    filled = _merged_texts(sheet)
    for block in found:
        table = _table(written, sheet, block, spans, filled)
        if table is not None:
            written.tables.append(table)
    _write_notes(written, sheet, level)


# --- text ----------------------------------------------------------------------------------------


def _write_rows(
    written: Written, sheet: Sheet, leading: set[int], level: int
) -> dict[int, tuple[int, int]]:
    """The rows as lines; where each stands, by its number."""
    builder = written.builder
    builder.end_table()
    spans: dict[int, tuple[int, int]] = {}
    last = lines = 0
    for row in sheet.rows:
        texts = _texts(row, sheet)
        if not texts:
            continue
        follows = bool(spans) and row.number == last + 1
        if not follows:
            builder.end_table()
            lines = 0
        gap = "\n" if follows else "\n\n"
        start = builder.next_start(gap)
        builder.add_row(texts, gap=gap, is_header=row.number in leading)
        spans[row.number] = (start, builder.next_start(""))
        if lines % ANCHOR_LINES == 0:
            place = Place(start, level, "row", number=row.number, counts_lines=True)
            written.places.append(place)
        last, lines = row.number, lines + 1
    builder.end_table()
    return spans


def _texts(row: Row, sheet: Sheet) -> list[str]:
    texts = [
        cell if isinstance(cell, str) and cell.isascii() else _plain(shown(cell))
        for cell in row.cells[: width(row)]
    ]
    if sheet.hidden or row.hidden:
        return [as_hidden(text) for text in texts]
    if sheet.hidden_columns:
        hidden = sheet.hidden_columns
        return [as_hidden(text) if at in hidden else text for at, text in enumerate(texts)]
    return texts


def _plain(text: str) -> str:
    """What a file has of the marks of hidden text means nothing."""
    return text if text.isascii() else without_marks(text)


def _write_notes(written: Written, sheet: Sheet, level: int) -> None:
    """Comments and text boxes, below the rows, at the row where each stands."""
    for row, said in sheet.notes:
        text = _plain(" ".join(said.split()))
        start = written.builder.next_start()
        written.builder.add(as_hidden(text) if sheet.hidden else text)
        if written.builder.next_start("") > start and row:
            written.places.append(Place(start, level, "row", number=row))


# --- tables --------------------------------------------------------------------------------------


def _merged_texts(sheet: Sheet) -> dict[tuple[int, int], AnyCell]:
    """The texts that stand in a cell merged with those below it, for these."""
    found: dict[tuple[int, int], AnyCell] = {}
    tall = [one for one in sheet.merged if one.last_row > one.first_row]
    if not tall:
        return found
    rows = {row.number: row for row in sheet.rows}
    for one in tall:
        first = rows.get(one.first_row)
        cell = at(first, one.first) if first else None
        if kind_of(cell) != "text" or len(found) > MAX_MERGED:
            continue
        for number in range(one.first_row + 1, min(one.last_row, one.first_row + MAX_MERGED) + 1):
            found[number, one.first] = cell
    return found


def _table(
    written: Written,
    sheet: Sheet,
    block: Block,
    spans: Mapping[int, tuple[int, int]],
    filled: Mapping[tuple[int, int], AnyCell],
) -> SheetTable | None:
    area = replace(block.area, last=min(block.area.last, block.area.first + _columns(block) - 1))
    block = replace(block, area=area)
    rows = _data(block)
    if not rows or (len(rows) < 2 and not block.found.rows):
        return None
    names = headers.names(block.rows, block.found, area, sheet.merged)
    places = range(area.first, area.last + 1)
    cells = [[_cell(row, place, filled) for row in rows] for place in places]
    sums = _totals(block, rows, cells, names, sheet.delimiter)
    kept = [index for index in range(len(rows)) if index not in sums]
    if sums:
        cells = [[column[index] for index in kept] for column in cells]
    columns = typed(cells, names, sheet.delimiter)
    said = _said(block, columns, area.first)
    written.open_columns += sum(columns[index].is_open for index in said)
    if not said:
        return None
    values = zip(*(columns[index].values for index in said), strict=True)
    return SheetTable(
        sheet=sheet.name,
        name=block.name or sheet.name or f"Table {len(written.tables) + 1}",
        header_row=block.header_row,
        columns=tuple(
            SheetColumn(
                names[i], letter(area.first + i), columns[i].kind, one_line(columns[i].unit)
            )
            for i in said
        ),
        rows=tuple(
            SheetRow(rows[index].number, *spans[rows[index].number], tuple(line))
            for index, line in zip(kept, values, strict=True)
        ),
        totals=tuple(rows[index].number for index in sorted(sums)),
    )


def _columns(block: Block) -> int:
    """How many columns are looked at in each row: fewer where a row that is far too long stands
    among many short ones."""
    held = sum(len(row.cells) for row in block.rows)
    return min(MAX_COLUMNS, max(MAX_EMPTY, 2 * held) // max(1, len(block.rows)))


def _cell(row: Row, place: int, filled: Mapping[tuple[int, int], AnyCell]) -> AnyCell:
    cell = at(row, place)
    return filled.get((row.number, place)) if cell is None and filled else cell


def _said(block: Block, columns: Sequence[Column], first: int) -> list[int]:
    """The columns without those in which nothing stands, not even a name."""
    header = block.rows[block.found.first : block.found.data]
    return [
        index
        for index, column in enumerate(columns)
        if column.kind != "empty" or any(shown(at(row, first + index)) for row in header)
    ]


def _data(block: Block) -> list[Row]:
    """The rows of the table itself."""
    rows, area = block.data, block.area
    places = range(area.first, area.last + 1)
    if block.found.rows:
        said = [shown(at(block.rows[block.found.data - 1], place)) for place in places]
        rows = [row for row in rows if [shown(at(row, place)) for place in places] != said]
    usual = max((_filled(row, places) for row in rows[: headers.SAMPLE]), default=0)
    while rows and usual > 1 and _is_note(rows[-1], places):
        rows = rows[:-1]
    return [
        row for row in rows if not (row.strong and usual > 2 and _filled(row, places) == 1)
    ] or rows


def _filled(row: Row, places: range) -> int:
    return sum(1 for place in places if shown(at(row, place)))


def _is_note(row: Row, places: range) -> bool:
    """Whether a row at the end says something of the table, with nothing but a text."""
    texts = [shown(at(row, place)) for place in places]
    alone = [text for text in texts if text]
    if len(alone) != 1 or kind_of(at(row, places.start)) != "text":
        return not alone
    return bool(_NOTE.match(alone[0])) or len(alone[0]) > MIN_NOTE


# --- totals --------------------------------------------------------------------------------------


def _totals(
    block: Block,
    rows: Sequence[Row],
    cells: Sequence[Sequence[AnyCell]],
    names: Sequence[str],
    delimiter: str,
) -> set[int]:
    """The indexes of rows that sum up others."""
    if block.totals:
        return set(range(max(len(rows) - block.totals, 0), len(rows)))
    candidates = [one for i in range(len(rows)) if (one := _candidate(cells, i, len(rows)))]
    if not candidates or len(rows) < 2:
        return set()
    labelled = {one.index for one in candidates if one.label}
    others = [index for index in range(len(rows)) if index not in labelled]
    columns = typed([[column[i] for i in others] for column in cells], names, delimiter)
    numbers = [
        [_number(cell, found) for cell in column]
        for column, found in zip(cells, columns, strict=True)
        if found.kind in ("number", "mixed")
    ]
    return set(totals.totals(numbers, candidates))


def _candidate(
    cells: Sequence[Sequence[AnyCell]], index: int, rows: int
) -> totals.Candidate | None:
    """The row, if it says that it is a total, or is the last one and says nothing but numbers."""
    said = (column[index] for column in cells if kind_of(column[index]) == "text")
    texts = [shown(cell) for cell in islice(said, MAX_LABELS)]
    for place, text in enumerate(texts):
        if totals.says_so(text) and headers.sort(text) == "t":
            return totals.Candidate(index, text, leads=place == 0)
    alone = index == rows - 1 and not any(headers.sort(text) == "t" for text in texts)
    return totals.Candidate(index, "") if alone and _lacks(cells, index) else None


def _lacks(cells: Sequence[Sequence[AnyCell]], index: int) -> bool:
    """Whether a column is empty in the row that is not in any of the rows above it."""
    above = range(max(index - headers.SAMPLE, 0), index)
    return any(
        not shown(column[index]) and all(shown(column[other]) for other in above)
        for column in cells
    )


def _number(cell: AnyCell, column: Column) -> int | float | None:
    """The number that stands in the cell, written as those of the column are."""
    value = value_of(cell)
    if isinstance(value, str):
        return figures.one(value.strip(), column.decimal, column.unit)
    return None if isinstance(value, bool) else value


# --- limits --------------------------------------------------------------------------------------


@dataclass(slots=True)
class Room:
    """How much of a document is read; `beyond` are the rows that are not."""

    rows: int = MAX_ROWS
    cells: int = MAX_CELLS
    beyond: int = 0

    def take(self, rows: Iterable[Row]) -> list[Row]:
        """Those for which there is room."""
        kept: list[Row] = []
        for row in rows:
            if self.rows > 0 and self.cells >= len(row.cells):
                self.rows -= 1
                self.cells -= len(row.cells)
                kept.append(row)
            else:
                self.rows = 0  # no later row, where one was left out
                self.beyond += 1
        return kept
