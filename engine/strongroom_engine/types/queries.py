"""What is asked of spreadsheets' tables: a structure, of which the store makes SQL."""

from __future__ import annotations

from dataclasses import dataclass

Scalar = int | float | str | None


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on a column: 'in', 'not in', '>', '<', '>=', '<=', '=', '!=', 'contains', 'empty',
    'filled' or 'month'. `other` is a column that it is compared with. The values of 'in' are those
    that stand in cells, of 'month' it is '03'. `part`: what was said of them ('Keller'), where that
    is only a part of them."""

    column: int
    operator: str
    values: tuple[int | float | str, ...] = ()
    other: int = -1
    part: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """`asks` for one figure ('value', 'count', 'distinct count', 'share', 'difference'), a figure
    per `group` (a column, or the `unit` of one of dates: 'day', 'month', 'quarter', 'year'), or
    rows ('distinct', 'rows', 'extreme'). `how` is 'sum', 'avg', 'median', 'max' or 'min' of
    `measure`. `top` says which groups or rows come first: '+' the highest, '-' the lowest; `limit`
    how many (0: all). `other` is the second column of a difference. `any_of`: one of the filters
    is enough. `shows` are the columns of rows."""

    asks: str
    how: str = ""
    measure: int = -1
    other: int = -1
    filters: tuple[Filter, ...] = ()
    any_of: bool = False
    group: int = -1
    unit: str = ""
    shows: tuple[int, ...] = ()
    order: int = -1
    top: str = ""
    limit: int = 0


@dataclass(frozen=True, slots=True)
class QueryColumn:
    """A column of what is asked. Of its numbers nothing but numbers is asked where `is_number`;
    `whole`: no text stands among them; `full`: every row has one."""

    name: str
    is_number: bool = False
    whole: bool = False
    full: bool = False


@dataclass(frozen=True, slots=True)
class QueryTable:
    """One table of the library, by its id. `label` tells it from the others that are asked with
    it; `columns` are its own names for those of the query; `left_out` are numbers of rows that
    sum up others."""

    sheet: int
    label: str
    columns: tuple[str, ...]
    left_out: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class QueryTables:
    """What a query asks, under one `name`: one table, or several one below the other with a
    column `source` that has the label of each."""

    name: str
    columns: tuple[QueryColumn, ...]
    tables: tuple[QueryTable, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class QueryResult:
    """`rows` without what says where they stand; `more`: there are more. `at` are rows that it
    rests on, a few: which of the tables, and the row's number. `used` rows went into it; of those
    that meet the conditions `ungrouped` have nothing in the column that they are grouped by, and
    `skipped` no number in the one that is reckoned with, `texts` of these a text. `sql` is the
    query with its values in it."""

    sql: str
    rows: tuple[tuple[Scalar, ...], ...]
    more: bool
    at: tuple[tuple[int, int], ...]
    used: int
    skipped: int = 0
    texts: int = 0
    ungrouped: int = 0
