"""What a question asks of a table: a structure of our own, of which SQL and plain words are made."""

from __future__ import annotations

from dataclasses import dataclass

ASKS = ("value", "count", "distinct count", "distinct", "rows", "extreme", "share", "difference")
HOWS = ("", "sum", "avg", "median", "max", "min")
OPERATORS = (
    "in",
    "not in",
    ">",
    "<",
    ">=",
    "<=",
    "=",
    "!=",
    "contains",
    "empty",
    "filled",
    "month",
)
UNITS = ("", "day", "month", "quarter", "year")


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on a column; `other` is a column that it is compared with. The values of 'in'
    are those that stand in cells, of 'month' it is '03'. `part`: what was said of them ('Keller'),
    where that is only a part of them."""

    column: int
    operator: str
    values: tuple[int | float | str, ...] = ()
    other: int = -1
    part: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """`asks` for one figure, a figure per `group` (a column, or the `unit` of one of dates), or
    rows. `top` says which groups or rows come first: '+' the highest, '-' the lowest; `limit` how
    many (0: all). `other` is the second column of a difference. `any_of`: one of the filters is
    enough. `shows` are the columns of rows."""

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
