"""The cells that a query read: 'Budget!C2:C41'."""

from __future__ import annotations

from strongroom_engine.answering.sheets.known import Relation
from strongroom_engine.types import Query, QueryResult

NAMED = 6
"""Single rows whose cells are named; of more it is the range."""
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")


def cells_of(relation: Relation, query: Query, result: QueryResult) -> str:
    """The ranges of the columns that were asked, of each sheet; the very cells of a few rows."""
    exact = query.asks in ("rows", "extreme") and len(result.rows) <= NAMED
    said = []
    for at, sheet in enumerate(relation.sheets):
        letters = _letters(relation, at, _asked(query))
        rows = [row for which, row in result.at if which == at] if exact else []
        if exact and not rows:
            continue
        ranges = (
            [_range(letters, row, row) for row in rows]
            if exact
            else [_range([one], sheet.first_row, sheet.last_row) for one in letters]
        )
        prefix = f"{_quoted(sheet.sheet)}!" if sheet.sheet else ""
        said.append(prefix + ", ".join(ranges))
    return "; ".join(said)


def _letters(relation: Relation, sheet: int, places: tuple[int, ...]) -> list[str]:
    """Of these columns in one of the sheets, of the first where none has one."""
    letters = {relation.letter(sheet, place) for place in places} - {""}
    letters = letters or {relation.letter(sheet, 0)}
    return sorted(letters, key=lambda one: (len(one), one))


def _asked(query: Query) -> tuple[int, ...]:
    """The columns that the query reads; of rows and the first ones those that it shows."""
    if query.asks in ("rows", "extreme"):
        return tuple(p for p in (*query.shows, query.measure) if p >= 0)
    conditions = [place for one in query.filters for place in (one.column, one.other)]
    own = (query.measure, query.other, query.group)
    return tuple(place for place in (*own, *conditions) if place >= 0)


def _range(letters: list[str], first: int, last: int) -> str:
    """'C2:C41', 'C12', or 'A12:D12' for columns that stand side by side."""
    start, end = f"{letters[0]}{first}", f"{letters[-1]}{last}"
    if start == end:
        return start
    if first == last and len(letters) > 1 and not _adjacent(letters):
        return ", ".join(f"{letter}{first}" for letter in letters)
    return f"{start}:{end}"


def _adjacent(letters: list[str]) -> bool:
    numbers = [_number(letter) for letter in letters]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _number(letter: str) -> int:
    """'A' is 1, 'AA' is 27."""
    value = 0
    for each in letter:
        value = value * 26 + ord(each) - ord("A") + 1
    return value


def _quoted(name: str) -> str:
    """The sheet's name as formulas write it."""
    return name if set(name) <= _PLAIN else "'" + name.replace("'", "''") + "'"
