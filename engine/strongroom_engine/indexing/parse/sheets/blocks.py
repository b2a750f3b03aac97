"""The tables of a sheet: where each begins and ends, and its header.

Empty rows part tables, and so do empty columns where there is a table on either side. What goes on
after an empty row without a header of its own, in the same columns and with values of the same
kinds, is the same table: half of it would give half of every sum.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, islice, pairwise

from strongroom_engine.indexing.parse.clean import one_line
from strongroom_engine.indexing.parse.sheets import headers
from strongroom_engine.indexing.parse.sheets.cells import Area, Row, Sheet, at, shown, width
from strongroom_engine.indexing.parse.sheets.headers import Found

MAX_GAP = 2
"""Empty rows inside one table."""
MAX_TITLE_ROWS = 2
MAX_TITLE = 120
MANY_COLUMNS = 4
"""Of so many columns one may hold values of another kind."""
_DEPTH = 8
_NEAR = 9


@dataclass(slots=True)
class Block:
    """A table: its rows from the title to the last, and the columns in which it stands. Where
    `totals` are said, the last rows of it are such."""

    rows: list[Row]
    area: Area
    found: Found
    name: str = ""
    totals: int = 0
    _kinds: dict[tuple[int, int], str] = field(default_factory=dict)

    @property
    def data(self) -> list[Row]:
        return self.rows[self.found.data :]

    @property
    def size(self) -> int:
        """How many rows of data it has."""
        return max(0, len(self.rows) - self.found.data)

    def kind(self, column: int) -> str:
        """What most of the first cells of the column look like. It is asked again for each run of
        rows below, of which there may be very many."""
        key = column, min(self.size, headers.SAMPLE)
        if key not in self._kinds:
            some = self.rows[self.found.data : self.found.data + headers.SAMPLE]
            kinds = [
                kind for row in some if (kind := headers.sort(at(row, column))) not in ("", "-")
            ]
            self._kinds[key] = max(sorted(set(kinds)), key=kinds.count, default="")
        return self._kinds[key]

    @property
    def header_row(self) -> int | None:
        """The number of the row of the header that stands nearest to the data."""
        return self.rows[self.found.data - 1].number if self.found.rows else None


def blocks(sheet: Sheet) -> list[Block]:
    """The tables of a sheet, in the order of their first rows."""
    found = [block for one in sheet.declared if (block := _declared(sheet, one.area, one.headers))]
    for block, one in zip(found, sheet.declared, strict=False):
        block.name, block.totals = one.name, one.totals
    rest = _without(sheet.rows, [block.area for block in found])
    above: list[Row] = []
    free: list[Block] = []
    for run in _runs(rest):
        parts = list(_parts(run, sheet.header_rows, _DEPTH))
        if len(parts) == 1:
            parts = [_under(above, parts[0])]
        _join(free, parts, above)
        above = run if len(run) <= MAX_TITLE_ROWS else []
    found += free
    return sorted(found, key=lambda block: (block.rows[0].number, block.area.first))


def _declared(sheet: Sheet, area: Area, said: int) -> Block | None:
    inside = [row for row in sheet.rows if area.first_row <= row.number <= area.last_row]
    rows = [row for row in inside if _has_any(row, area.first, area.last)]
    return Block(rows, area, Found(0, said)) if len(rows) > said else None


def _without(rows: Sequence[Row], areas: Sequence[Area]) -> Iterator[Row]:
    for row in rows:
        inside = [one for one in areas if one.first_row <= row.number <= one.last_row]
        if inside:
            cells = list(row.cells)
            for one in inside:
                for column in range(one.first, min(one.last + 1, len(cells))):
                    cells[column] = None
            yield replace(row, cells=tuple(cells))
        else:
            yield row


def _runs(rows: Iterator[Row] | Sequence[Row]) -> Iterator[list[Row]]:
    """Rows that follow each other without an empty one, and without a gap in their numbers."""

    def place(pair: tuple[int, Row]) -> int:
        return pair[1].number - pair[0]

    filled = enumerate(row for row in rows if width(row))
    for _, run in groupby(filled, key=place):
        yield [row for _, row in run]


def _filled(row: Row, first: int, last: int) -> list[int]:
    cells = row.cells[first : last + 1]
    return [at for at, cell in enumerate(cells, first) if cell is not None and shown(cell)]


def _has_any(row: Row, first: int, last: int) -> bool:
    """Whether anything stands in these columns. (Column 0 is none of what `any` counts.)"""
    return bool(_filled(row, first, last))


def _parts(
    rows: Sequence[Row], said: frozenset[int], depth: int, first: int = 0, last: int | None = None
) -> Iterator[Block]:
    """The tables in a run of rows, in these columns."""
    last = max(map(width, rows)) - 1 if last is None else last
    there = sorted({column for row in rows for column in _filled(row, first, last)})
    if len(there) < 2:
        return
    area = Area(rows[0].number, there[0], rows[-1].number, there[-1])
    for left, right in pairwise(there):
        if right > left + 1 and depth and _parted(rows, area, left, right, said):
            for start, end in ((area.first, left), (right, area.last)):
                inside = (row for row in rows if _has_any(row, start, end))
                for run in _runs(inside):
                    yield from _parts(run, said, depth - 1, start, end)
            return
    yield Block(list(rows), area, headers.find(rows, area, said))


def _parted(rows: Sequence[Row], area: Area, left: int, right: int, said: frozenset[int]) -> bool:
    """Whether there is a table with a header on both sides of the empty columns between."""
    sides = (replace(area, last=left), replace(area, first=right))
    for side in sides:
        filled = (row for row in rows if _has_any(row, side.first, side.last))
        inside = list(islice(filled, headers.MAX_LOOKED))
        if side.last == side.first or len(inside) < 2:
            return False
        run = next(_runs(inside))
        if len(run) < 2 or not headers.find(run, side, said).rows:
            return False
    return True


def _under(above: Sequence[Row], block: Block) -> Block:
    """The table with the header that stands over it, an empty row between."""
    if block.found.rows or len(above) != 1 or block.area.first_row - above[0].number > MAX_GAP:
        return block
    rows = [above[0], *block.data]
    header = headers.find(rows, block.area)
    if header != Found(0, 1) or len(_filled(above[0], block.area.first, block.area.last)) < 2:
        return block
    return Block(rows, block.area, header)


def _join(found: list[Block], parts: Sequence[Block], over: Sequence[Row]) -> None:
    """Take the tables of a run in: what goes on becomes part of the one above it."""
    for part in parts:
        above = next((one for one in found[:-_NEAR:-1] if _continues(one, part)), None)
        if above is not None:
            above.rows += part.data
            above.area = replace(above.area, last_row=part.area.last_row)
        else:
            part.name = _title(part, over)
            found.append(part)


def _title(block: Block, above: Sequence[Row]) -> str:
    """What stands in the rows over the header, or else in those over an empty row above it."""
    over = block.rows[: block.found.first]
    near = bool(above) and 0 < block.rows[0].number - above[-1].number <= MAX_GAP + 1
    near = near and all(len(_filled(row, 0, width(row))) == 1 for row in above)
    rows = over or (above if near else [])
    if len(rows) > MAX_TITLE_ROWS:
        rows = rows[:1]
    texts = [shown(cell) for row in rows for cell in row.cells if shown(cell)]
    said = one_line(" ".join(texts))
    return said if over or len(said) <= MAX_TITLE else ""


def _continues(above: Block, part: Block) -> bool:
    """Whether the rows are of the table above: no header of their own, the same columns, values of
    the same kinds."""
    gap = part.area.first_row - above.rows[-1].number - 1
    if part.found.rows or gap > MAX_GAP or not part.size:
        return False
    if part.area.first < above.area.first or part.area.last > above.area.last:
        return False
    places = range(above.area.first, above.area.last + 1)
    pairs = [(above.kind(place), part.kind(place)) for place in places]
    agreeing = [one for one, other in pairs if one and one == other]
    differing = [one for one, other in pairs if one and other and one != other]
    texts_agree = len(agreeing) > len(pairs) / 2 and part.size > 1
    most_differing = len(pairs) // MANY_COLUMNS if above.area.last == part.area.last else 0
    return len(differing) <= most_differing and ("n" in agreeing or texts_agree)
