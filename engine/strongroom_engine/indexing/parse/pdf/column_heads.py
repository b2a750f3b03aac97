"""The heads above a table's columns, where they are no row: each in lines of its own.

A head of several lines is painted as such, "Gross", "Carrying" and "Amount" one below the other, so
by its text alone a table begins with its first row of figures, and the parts of a long one do not
say what the figures are. On the page the heads stand right above, over the figures and not over the
labels; what stands at the left edge belongs to them only where it is level with one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import replace

from strongroom_engine.indexing.parse.pdf.notes import BESIDE, Box
from strongroom_engine.indexing.parse.pdf.text import CELL_BREAK, Line, PageText
from strongroom_engine.indexing.parse.structure import MAX_LABEL, MAX_LABELS, is_amount
from strongroom_engine.types import Table

MAX_HEAD = 60
"""Characters of a head's line; longer ones are text."""
MAX_HEADS = 400
"""Characters of all heads; what is longer says less of a figure than it takes of a passage."""
MAX_ABBREVIATED = 30
"""Characters; in so short a line a full stop may end an abbreviation and no sentence."""
_GAP = 1.2
"""Heights of a line, by which what belongs together may be apart."""
_LEVEL = 0.5
"""Share of the lower line's height by which two lines overlap that are level."""
_SENTENCE_ENDS = (".", ";", "!", "?")
_OF_A_DATE = re.compile(r"(\d{1,2},?\s*)?((19|20)\d\d)?")
"""A year, or the day before it, may be what a column is called."""


def with_column_heads(
    page: PageText, found: Sequence[Table], headings: Collection[int], margins: Collection[int]
) -> list[Table]:
    """The tables of a page, those of figures with the heads above their columns; of what was taken
    for a table and is only heads, nothing. `headings` and `margins` are where such lines begin; what
    looks like a heading and stands over the last columns alone is their head."""
    out: list[Table] = []
    for table in found:
        headed = _headed(page, table, headings, margins) if _has_figures(page, table) else table
        while out and headed.start <= out[-1].start:
            out.pop()
        if out and headed.start < out[-1].end:
            out[-1] = _ending(page, out[-1], headed.start)
        out.append(headed)
    return out


def _ending(page: PageText, table: Table, before: int) -> Table:
    """The table without the heads of the next one, which look like its last rows."""
    end = table.start + len(page.text[table.start : before].rstrip())
    return replace(table, end=end, header_end=min(table.header_end, end))


def _has_figures(page: PageText, table: Table) -> bool:
    cells = page.text[table.header_end : table.end].replace("\n", CELL_BREAK).split(CELL_BREAK)
    return any(map(is_amount, cells))


def _headed(
    page: PageText, table: Table, headings: Collection[int], margins: Collection[int]
) -> Table:
    """The table from its first head on; its header ends before the labels of its rows."""
    first = bisect_left(page.lines, table.start, key=lambda line: line.start)
    last = bisect_left(page.lines, table.end, key=lambda line: line.start)
    own = page.lines[first:last]
    if not own:
        return table
    edge, top = _edge_and_top(own)
    above = page.lines[max(first - MAX_HEADS, 0) : first]
    middle = (edge + max(line.raw["bbox"][2] for line in own)) / 2
    titles = {one.start for one in above if one.start in headings and one.raw["bbox"][0] < middle}
    heads = _heads(above, edge, top, titles.union(margins))[::-1]
    if heads and table.header_end - heads[0].start > MAX_HEADS:
        heads = []
    header = [*heads, *(line for line in own if line.end <= table.header_end)]
    while len(header) > 1 and _is_label(header[-1], header[:-1], edge):
        header.pop()
    if not header:
        return table
    return replace(table, start=min(header[0].start, table.start), header_end=header[-1].end)


def _heads(before: Sequence[Line], edge: float, top: float, stops: Collection[int]) -> list[Line]:
    """The lines of the heads above a table, the last first; none at or above one of the `stops`."""
    heads: list[Line] = []
    labels = 0
    for line in reversed(before):
        if line.start in stops or not _is_near(line, top):
            break
        if _may_be_head(line) and not _is_label(line, heads, edge):
            heads.append(line)
        elif not heads and labels < MAX_LABELS and _may_be_label(line, edge):
            labels += 1
        else:
            break
        top = min(top, line.raw["bbox"][1])
    return heads


def _is_label(line: Line, heads: Sequence[Line], edge: float) -> bool:
    """Whether it stands over the labels alone, level with none of the heads."""
    return _is_at(edge, line) and not any(_are_level(line, head) for head in heads)


def _edge_and_top(lines: Sequence[Line]) -> tuple[float, float]:
    """Where the labels begin, in points, and the highest of the first row."""
    boxes: list[Box] = [line.raw["bbox"] for line in lines]
    first = [line.raw["bbox"][1] for line in lines if _are_level(line, lines[0])]
    return min(box[0] for box in boxes), min(first, default=boxes[0][1])


def _may_be_head(line: Line) -> bool:
    is_text = line.raw["dir"][0] > 0.99 and not line.raw.get(BESIDE)
    is_short = len(line.text) <= MAX_HEAD and not _ends_text(line.text)
    return is_text and is_short and not _is_figure(line.text)


def _is_figure(text: str) -> bool:
    is_number = any(map(str.isdigit, text)) and not any(map(str.isalpha, text))
    return is_number and not _OF_A_DATE.fullmatch(text)


def _ends_text(text: str) -> bool:
    """Whether it ends a sentence or leads to something; "U.S." and "Inc." do not."""
    return text.endswith(":") or (text.endswith(_SENTENCE_ENDS) and len(text) > MAX_ABBREVIATED)


def _may_be_label(line: Line, edge: float) -> bool:
    """Whether it may be a label of the first rows, below the heads."""
    return (
        _is_at(edge, line)
        and len(line.text) <= MAX_LABEL
        and not line.text.endswith(_SENTENCE_ENDS)
    )


def _is_at(edge: float, line: Line) -> bool:
    left: float = line.raw["bbox"][0]
    return left < edge + _height(line)


def _is_near(line: Line, top: float) -> bool:
    """Whether it ends right above what is known to belong to the table, or stands beside it."""
    bottom: float = line.raw["bbox"][3]
    return bottom >= top - _GAP * _height(line)


def _are_level(one: Line, other: Line) -> bool:
    a, b = one.raw["bbox"], other.raw["bbox"]
    shared = min(a[3], b[3]) - max(a[1], b[1])
    return bool(shared >= _LEVEL * min(_height(one), _height(other)))


def _height(line: Line) -> float:
    box: Box = line.raw["bbox"]
    return box[3] - box[1]
