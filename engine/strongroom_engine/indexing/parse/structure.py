"""Tables and lists by the look of their lines, for formats that do not say what is one.

A row is a line of several short cells, as `pdf_text` parts them; an item is a line that begins
with a bullet or the next number. What is doubtful is left out: text that is taken for neither is
cut between its paragraphs and sentences, which is no harm.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from strongroom_engine.types import ItemList, Table

MAX_CELL = 120
"""Characters; a longer piece of a line is text beside text, and no cell."""
MAX_LABEL = 120
"""Characters of a line without cells that may stand between two rows: a label, a wrapped cell."""
MAX_LABELS = 3
MIN_ROWS = 2
MIN_ITEMS = 2
MAX_ITEM = 1_500
"""Characters; numbered sections that are longer are no list."""
MAX_HEADER_LINES = 8

_LINE = re.compile(r"[^\n]+")
_BULLET = re.compile(r"[ \t]*([•·▪◦‣●○■□➢✓*–—-])[ \t]+(?=\S)")
_NUMBER = re.compile(r"[ \t]*(\(?)(\d{1,2}|[a-z]|[ivx]{1,5})([.)])[ \t]+(?=\S)")
_MARKER = re.compile(rf"{_BULLET.pattern}|{_NUMBER.pattern}|[ \t]*o\t")
_AMOUNT = re.compile(r"[-+($€£¥ ]*\d[\d.,'\u00a0 ]*[)%]*|[-–—]+")
_YEAR = re.compile(r"(19|20)\d\d")
_ROMAN = {"i": 1, "v": 5, "x": 10}


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    cells: tuple[str, ...]
    """More than one for a row."""
    after_blank: bool


# --- tables --------------------------------------------------------------------------------------


def tables(
    text: str, separator: str = "\t", headings: Collection[int] = frozenset()
) -> tuple[Table, ...]:
    """The tables among the lines of a text; offsets in it. `headings` are where lines begin that
    look like headings: most stand between two tables, and some over rows of one."""
    if separator not in text:
        return ()
    lines = _lines(text, separator)
    return tuple(
        Table(rows[0].start, _header_end(rows), rows[-1].end)
        for rows in _tabular(lines, _between_tables(lines, headings))
    )


def _between_tables(lines: Sequence[_Line], headings: Collection[int]) -> frozenset[int]:
    """Those of the headings with a header below them, or no row at all: where figures follow, the
    heading is a label of these."""
    found: set[int] = set()
    over_figures = False
    for line in reversed(lines) if headings else ():
        if len(line.cells) > 1:
            over_figures = any(map(is_amount, line.cells[1:]))
        elif line.start in headings and not over_figures:
            found.add(line.start)
    return frozenset(found)


def header_end(rows: Sequence[tuple[int, Sequence[str]]], start: int) -> int:
    """Where the header of a table ends, of (end, cells) of its first rows; `start` for none.

    Rows above the first amount are the header; a table without amounts has one header row.
    Years are no amounts: they are what columns are often called.
    """
    end = start
    for number, (row_end, cells) in enumerate(rows[: MAX_HEADER_LINES + 1]):
        if any(is_amount(cell) for cell in cells[1:]):
            return end if number <= MAX_HEADER_LINES else start
        end = row_end
    return rows[0][0] if len(rows) > 1 else start


def is_amount(cell: str) -> bool:
    cell = cell.strip()
    return bool(_AMOUNT.fullmatch(cell)) and not _YEAR.fullmatch(cell)


def _lines(text: str, separator: str) -> list[_Line]:
    found = []
    last = -1
    for match in _LINE.finditer(text):
        line = match.group()
        if not line.strip():
            continue
        cells = _cells(line, separator) if separator in line else (line,)
        found.append(_Line(match.start(), match.end(), cells, match.start() > last + 1))
        last = match.end()
    return found


def _cells(line: str, separator: str) -> tuple[str, ...]:
    cells = tuple(cell.strip() for cell in line.strip().split(separator))
    is_item = _MARKER.match(f"{cells[0]} x") and cells[0][-1:] not in "0123456789"
    if is_item or max(map(len, cells)) > MAX_CELL:
        return (line,)
    return cells


def _tabular(lines: Sequence[_Line], between: Collection[int]) -> Iterator[list[_Line]]:
    """Runs of rows; between two rows may stand a few labels, but nothing that begins `between`
    tables."""
    run: list[_Line] = []
    labels: list[_Line] = []
    for line in lines:
        if len(line.cells) > 1:
            run += [*labels, line] if run else [line]
            labels = []
        elif run and len(labels) < MAX_LABELS and _is_label(line) and line.start not in between:
            labels.append(line)
        else:
            yield from _enough(run)
            run, labels = [], []
    yield from _enough(run)


def _is_label(line: _Line) -> bool:
    return line.end - line.start <= MAX_LABEL and not line.cells[0].rstrip().endswith((".", ";"))


def _enough(run: list[_Line]) -> Iterator[list[_Line]]:
    if sum(len(line.cells) > 1 for line in run) >= MIN_ROWS:
        yield run


def _header_end(lines: Sequence[_Line]) -> int:
    return header_end([(line.end, line.cells) for line in lines], lines[0].start)


def joined(
    pages: Iterable[Sequence[Table]], text: str, margins: Iterable[tuple[int, int]]
) -> list[Table]:
    """The tables of pages with those made one that go on over the end of a page.

    Between the parts stands nothing but margins, and the later part has no header of its own or
    the same again.
    """
    out: list[Table] = []
    spans = sorted(margins)
    for own in pages:
        found = list(own)
        if out and found and _goes_on(out[-1], found[0], text, spans):
            out[-1] = replace(out[-1], end=found.pop(0).end)
        out += found
    return out


def _goes_on(one: Table, other: Table, text: str, margins: Sequence[tuple[int, int]]) -> bool:
    between = text[one.end : other.start]
    for start, end in margins:
        if one.end <= start and end <= other.start:
            between = between.replace(text[start:end], "", 1)
    again = text[other.start : other.header_end].split()
    return not between.strip() and (not again or again == text[one.start : one.header_end].split())


# --- lists ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Open:
    """A list that may go on: its kind of marker, its items, and where it ends so far."""

    kind: str
    number: int
    items: list[int]
    end: int


def lists(text: str) -> tuple[ItemList, ...]:
    """The lists among the lines of a text; offsets in it. Of lists within lists the outer one.

    An item goes on until a blank line; a paragraph that is no item ends the list.
    """
    found: list[ItemList] = []
    current: _Open | None = None
    for line in _lines(text, "\n"):
        marker = _marker(text, line)
        if current and marker and _next(current, marker):
            current.items.append(line.start)
            current.number, current.end = marker[1], line.end
        elif current and not marker and not line.after_blank:
            current.end = line.end
        elif marker and marker[1] <= 1:
            if current and not line.after_blank:  # a list within an item
                current.end = line.end
                continue
            found += _closed(current)
            current = _Open(marker[0], marker[1], [line.start], line.end)
        elif not marker:
            found += _closed(current)
            current = None
        elif current:
            current.end = line.end
    return (*found, *_closed(current))


def item_list(items: Sequence[int], end: int) -> ItemList | None:
    """The list of these items, unless they are too few or sections rather than items."""
    if len(items) < MIN_ITEMS:
        return None
    longest = max(after - before for before, after in pairwise([*items, end]))
    return ItemList(tuple(items), end) if longest <= MAX_ITEM else None


def _closed(current: _Open | None) -> list[ItemList]:
    found = item_list(current.items, current.end) if current else None
    return [found] if found else []


def _next(current: _Open, marker: tuple[str, int]) -> bool:
    kind, number = marker
    return kind == current.kind and number in {0, current.number + 1}


def _marker(text: str, line: _Line) -> tuple[str, int] | None:
    """The kind of an item's marker, and its number; 0 for a bullet."""
    if bullet := _BULLET.match(text, line.start, line.end):
        return bullet[1], 0
    if text.startswith("o\t", line.start):
        return "o", 0
    number = _NUMBER.match(text, line.start, line.end)
    if number is None:
        return None
    shape, said = f"{number[1]}{number[3]}", number[2]
    if said.isdigit():
        return f"1{shape}", int(said)
    if said == "i" or len(said) > 1:
        return f"i{shape}", _roman(said)
    return f"a{shape}", ord(said) - ord("a") + 1


def _roman(said: str) -> int:
    values = [_ROMAN[letter] for letter in said]
    return sum(
        -value if after > value else value
        for value, after in zip(values, [*values[1:], 0], strict=True)
    )
