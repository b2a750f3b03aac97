"""Rows of a table whose cells were painted one by one, because some of them have several lines.

MuPDF gives each such cell as a block. Blocks that follow each other, stand side by side, and do so
again below in the same columns, are rows: they are made one block each, whose lines say which of
them begins a cell and which goes on in one. Nothing is moved; only what stands between the lines
changes. Rules that are drawn are not asked for: they cost more than the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from strongroom_engine.indexing.parse.clean import has_words
from strongroom_engine.indexing.parse.pdf.notes import Box
from strongroom_engine.indexing.parse.pdf.order import said

Raw = dict[str, Any]

BEGINS_CELL, IN_CELL = "begins cell", "in cell"
"""What a line is marked with."""
MIN_ROWS = 2
MAX_CELL = 300
"""Characters; longer pieces side by side are columns of prose."""
_LEVEL = 0.99
_SIDE_BY_SIDE = 0.6
"""Share of the lower block's height by which two blocks overlap that stand in one row."""


@dataclass(frozen=True, slots=True)
class _Cell:
    block: Raw
    lines: Sequence[Raw]
    """Those with words."""
    box: Box


def rows_together(blocks: Sequence[Raw]) -> list[Raw]:
    """The blocks, those of a table's row in one."""
    found: list[Raw] = []
    run: list[list[_Cell]] = []
    for row in _side_by_side(blocks):
        is_row = _is_row(row)
        if run and not (is_row and _below(run[-1], row)):
            found += _joined(run)
            run = []
        if is_row:
            run.append(row)
        else:
            found += [cell.block for cell in row]
    return found + _joined(run)


def _side_by_side(blocks: Sequence[Raw]) -> Iterator[list[_Cell]]:
    """Blocks that follow each other from the left to the right."""
    row: list[_Cell] = []
    for block in blocks:
        cell = _cell(block)
        if row and not _beside(row, cell):
            yield row
            row = []
        row.append(cell)
    if row:
        yield row


def _cell(block: Raw) -> _Cell:
    lines = [line for line in block.get("lines", ()) if said(line).strip()]
    return _Cell(block, lines, _around(lines) if lines else (0.0, 0.0, 0.0, 0.0))


def _around(lines: Sequence[Raw]) -> Box:
    boxes = [line["bbox"] for line in lines]
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def _beside(row: Sequence[_Cell], cell: _Cell) -> bool:
    top, bottom = min(one.box[1] for one in row), max(one.box[3] for one in row)
    height = min(bottom - top, cell.box[3] - cell.box[1])
    shared = min(bottom, cell.box[3]) - max(top, cell.box[1])
    return cell.box[0] >= row[-1].box[2] and height > 0 and shared >= _SIDE_BY_SIDE * height


def _is_row(row: Sequence[_Cell]) -> bool:
    return len(row) > 1 and all(map(_is_cell, row))


def _is_cell(cell: _Cell) -> bool:
    """Whether it is one row of pieces, of which the last one may go on in lines of its own."""
    texts = [said(line) for line in cell.lines]
    if not has_words("".join(texts)) or sum(map(len, texts)) > MAX_CELL:
        return False
    if any(line["dir"][0] < _LEVEL for line in cell.lines):
        return False
    first = cell.lines[0]["bbox"]
    number = sum(line["bbox"][1] < first[3] - 0.5 * (first[3] - first[1]) for line in cell.lines)
    last = cell.lines[number - 1]["bbox"]
    bottom = last[1]
    for line in cell.lines[number:]:
        box = line["bbox"]
        if box[1] <= bottom or box[0] >= last[2] or box[2] <= last[0]:
            return False
        bottom = box[1]
    return True


def _below(one: Sequence[_Cell], other: Sequence[_Cell]) -> bool:
    """Whether the other row has its cells in the same columns, under the one's."""
    return len(one) == len(other) and all(
        a.box[0] < b.box[2] and b.box[0] < a.box[2] and b.box[1] > a.box[1]
        for a, b in zip(one, other, strict=True)
    )


def _joined(run: Sequence[Sequence[_Cell]]) -> list[Raw]:
    if len(run) < MIN_ROWS:
        return [cell.block for row in run for cell in row]
    return [_one(row) for row in run]


def _one(row: Sequence[_Cell]) -> Raw:
    lines: list[Raw] = []
    for cell in row:
        for number, line in enumerate(cell.lines):
            line[IN_CELL] = True
            line[BEGINS_CELL] = bool(lines) and not number
            lines.append(line)
    return {**row[0].block, "lines": lines}
