"""What stands in a cell: its value, and what a reader sees of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from strongroom_engine.types import CellValue, ColumnType


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is shown otherwise than its value says: '12.5%' is 0.125 with the unit '%'. An
    error ('#DIV/0!') has no value and is of the kind 'empty'."""

    value: CellValue
    text: str
    kind: ColumnType = "number"
    unit: str = ""


AnyCell = CellValue | Cell


@dataclass(frozen=True, slots=True)
class Row:
    """`number` as spreadsheet programs count, from 1. Texts stand on one line. `strong`: all of it is
    written in bold; `hidden`: a reader does not see it."""

    number: int
    cells: tuple[AnyCell, ...]
    strong: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """Cells of a sheet; rows as they are numbered, columns from 0, the last ones included."""

    first_row: int
    first: int
    last_row: int
    last: int


@dataclass(frozen=True, slots=True)
class Declared:
    """A table that the file itself says is one. `headers` and `totals` are how many of its first and
    last rows are such."""

    area: Area
    name: str
    headers: int = 1
    totals: int = 0


@dataclass(slots=True)
class Sheet:
    """A sheet as it was read. `notes` are texts beside the cells, comments and text boxes, each
    with the row at which it stands; `decimal` hints how its texts write decimals."""

    name: str
    rows: Sequence[Row]
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()
    merged: Sequence[Area] = ()
    declared: Sequence[Declared] = ()
    header_rows: frozenset[int] = frozenset()
    """Rows that the file says are headers: where a filter begins."""
    notes: Sequence[tuple[int, str]] = ()
    delimiter: str = ""
    """What stands between the cells of a CSV."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """What was left out of it, by its saying."""


def shown(cell: AnyCell) -> str:
    """A cell on one line, as a reader sees it. Groups of digits are not parted, since a reader's
    own language decides with what."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, Cell):
        return cell.text
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell)


def text(said: str) -> str:
    """A text as a cell holds it: on one line."""
    return " ".join(said.split())


def value_of(cell: AnyCell) -> CellValue:
    """The value in a type that goes from process to process; None for an empty cell."""
    value = cell.value if isinstance(cell, Cell) else cell
    return None if value == "" else value


def kind_of(cell: AnyCell) -> ColumnType:
    if isinstance(cell, str):
        return "text" if cell else "empty"
    if cell is None:
        return "empty"
    if isinstance(cell, Cell):
        return cell.kind
    return "boolean" if isinstance(cell, bool) else "number"


def at(row: Row, column: int) -> AnyCell:
    return row.cells[column] if column < len(row.cells) else None


def width(row: Row) -> int:
    """How many cells it has up to the last that is not empty."""
    cells = row.cells
    for index in range(len(cells) - 1, -1, -1):
        cell = cells[index]
        if cell is not None and cell != "" and shown(cell):
            return index + 1
    return 0


def letter(column: int) -> str:
    """'A' for column 0, 'AA' for column 26."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
