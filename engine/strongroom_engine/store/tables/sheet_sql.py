"""Queries over spreadsheets' tables -> SQL: quoted identifiers, bound parameters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from strongroom_engine.types import Filter, Query, QueryTables

Value = int | float | str
_NUMBER = "IN ('integer', 'real')"
_FUNCTIONS = {"sum": "sum", "avg": "avg", "median": "median", "max": "max", "min": "min"}
_OF_ROWS = ("rows", "extreme")
ROW = '"row"'
_MARK = re.compile(r"\"[^\"]*\"|'[^']*'|\?")
"""A place for a value; it is none within quotes."""
_EMPTY = "''"
_UNION = "\n  UNION ALL "
_AND = "\n  AND "


@dataclass(frozen=True, slots=True)
class Statement:
    """`sql` with '?' for each of the `parameters`, over `tables` (the name of each and its id).
    Where it is `of_rows`, the first column of its result is the row's number, and the second which
    table it is of if there are several."""

    sql: str
    parameters: tuple[Value, ...]
    tables: tuple[tuple[str, int], ...]
    of_rows: bool = False

    @property
    def shown(self) -> str:
        """The query with its values in it, as people read it."""
        values = iter(self.parameters)
        return _MARK.sub(lambda m: literal(next(values)) if m[0] == "?" else m[0], self.sql)


def literal(value: Value) -> str:
    """The value as SQL writes it."""
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else repr(value)


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


class Builder:
    """Makes the statements of one query."""

    def __init__(self, tables: QueryTables, query: Query) -> None:
        self.asked_of, self.query = tables, query
        self.name, self.source = tables.name, tables.source
        self._names = _names(tables)

    def column(self, place: int) -> str:
        return quoted(self.asked_of.columns[place].name)

    def asked(self) -> Statement:
        """What the question asks for."""
        made = {
            "value": self._value,
            "count": self._value,
            "distinct count": self._value,
            "difference": self._value,
            "distinct": self._distinct,
            "rows": self._rows,
            "extreme": self._extreme,
            "share": self._share,
        }
        sql, parameters = made[self.query.asks]()
        return self._statement(sql, parameters, of_rows=self.query.asks in _OF_ROWS)

    def counted(self) -> Statement:
        """How many rows meet the conditions, how many of them have a group, how many of those go
        into the figure, and in how many a text stands where a number is wanted."""
        where, parameters = self._where(measured=False)
        group = _AND.join(self._grouped()) or "TRUE"
        used = " AND ".join([group, *self._wanted()])
        texts = "FALSE"
        if self.query.measure >= 0 and self.asked_of.columns[self.query.measure].is_number:
            texts = f"typeof({self.column(self.query.measure)}) = 'text'"
        sql = (
            f"SELECT count({ROW}), total({group}), total({used}), total({group} AND {texts})"
            f"\nFROM {quoted(self.name)}{where}"
        )
        return self._statement(sql, parameters)

    def first(self, number: int) -> Statement:
        """The first rows that go into it."""
        where, parameters = self._where(measured=True)
        order = ROW
        if self.source:
            places = enumerate(self.asked_of.tables)
            each = " ".join(f"WHEN {literal(one.label)} THEN {at}" for at, one in places)
            order = f"CASE {quoted(self.source)} {each} END, {ROW}"
        sql = (
            f"SELECT {self._shown(())}\nFROM {quoted(self.name)}{where}"
            f"\nORDER BY {order}\nLIMIT {number}"
        )
        return self._statement(sql, parameters, of_rows=True)

    # --- what is asked ---------------------------------------------------------------------------

    def _figure(self) -> str:
        query = self.query
        if query.asks == "count":  # reading no column of a union is reading something unknown
            return f"count({ROW})" if self.source else "count(*)"
        if query.asks == "distinct count":
            return f"count(DISTINCT {self.column(query.measure)})"
        if query.asks == "difference":
            one, other = self.column(query.measure), self.column(query.other)
            return f"sum({one}) AS {one}, sum({other}) AS {other}, sum({one}) - sum({other})"
        return f"{_FUNCTIONS[query.how]}({self.column(query.measure)})"

    def _value(self) -> tuple[str, list[Value]]:
        where, parameters = self._where(measured=True)
        table, figure = quoted(self.name), self._figure()
        if self.query.group < 0:
            return f"SELECT {figure}\nFROM {table}{where}", parameters
        group = self._group()
        last = "4" if self.query.asks == "difference" else "2"
        order = {"+": f"{last} DESC, 1", "-": f"{last}, 1"}.get(self.query.top, "1")
        return (
            f"SELECT {group}, {figure}\nFROM {table}{where}\nGROUP BY 1\nORDER BY {order}",
            parameters,
        )

    def _group(self) -> str:
        column = self.column(self.query.group)
        year, month = f"substr({column}, 1, 4)", f"CAST(substr({column}, 6, 2) AS INTEGER)"
        return {
            "year": year,
            "month": f"substr({column}, 1, 7)",
            "day": f"substr({column}, 1, 10)",
            "quarter": f"{year} || '-Q' || (({month} + 2) / 3)",
        }.get(self.query.unit, column)

    def _distinct(self) -> tuple[str, list[Value]]:
        where, parameters = self._where(measured=False)
        column = self.column(self.query.measure)
        some = f"{column} IS NOT NULL"
        joined = f"{where}\n  AND {some}" if where else f"\nWHERE {some}"
        table = quoted(self.name)
        return (
            f"SELECT {column}, count(*)\nFROM {table}{joined}\nGROUP BY {column}\nORDER BY {column}",
            parameters,
        )

    def _rows(self) -> tuple[str, list[Value]]:
        where, parameters = self._where(measured=False)
        shown = self._shown(self.query.shows)
        order = self._by_row()
        if self.query.order >= 0:
            falling = " DESC" if self.query.top == "+" else ""
            order = f"{self.column(self.query.order)}{falling}, {order}"
        return f"SELECT {shown}\nFROM {quoted(self.name)}{where}\nORDER BY {order}", parameters

    def _extreme(self) -> tuple[str, list[Value]]:
        """The first rows, and those that equal the last of them."""
        where, parameters = self._where(measured=True)
        table, column = quoted(self.name), self.column(self.query.measure)
        falling, worst, sign = (
            (" DESC", "min", ">=") if self.query.top == "+" else ("", "max", "<=")
        )
        inner = f"SELECT {column} FROM {table}{where.replace(chr(10), ' ')}"
        bound = (
            f"SELECT {worst}({column}) FROM ({inner} ORDER BY 1{falling} LIMIT {self.query.limit})"
        )
        shown = self._shown((*self.query.shows, self.query.measure))
        sql = (
            f"SELECT {shown}\nFROM {table}{where or chr(10) + 'WHERE'}{_AND if where else ' '}"
            f"{column} {sign} ({bound})"
            f"\nORDER BY {column}{falling}, {self._by_row()}"
        )
        return sql, [*parameters, *parameters]

    def _share(self) -> tuple[str, list[Value]]:
        condition, parameters = self._condition()
        what = self.column(self.query.measure) if self.query.measure >= 0 else "1"
        part, whole = f"sum(CASE WHEN {condition} THEN {what} ELSE 0 END)", f"sum({what})"
        outer = _AND.join([*self._always(), *self._wanted()])
        where = f"\nWHERE {outer}" if outer else ""
        sql = (
            f'SELECT {part} AS "part", {whole} AS "whole",'
            f" 100.0 * {part} / {whole}\nFROM {quoted(self.name)}{where}"
        )
        return sql, [*parameters, *parameters]

    def _shown(self, places: Iterable[int]) -> str:
        columns = dict.fromkeys(self.column(place) for place in places)
        return ", ".join((ROW, *([quoted(self.source)] if self.source else []), *columns))

    # --- conditions ------------------------------------------------------------------------------

    def _where(self, *, measured: bool) -> tuple[str, list[Value]]:
        """The conditions; `measured`: only rows that go into the figure."""
        condition, parameters = self._condition()
        terms = [*([condition] if condition else []), *self._always()]
        if measured:
            terms += [*self._grouped(), *self._wanted()]
        return (f"\nWHERE {_AND.join(terms)}" if terms else ""), parameters

    def _grouped(self) -> list[str]:
        return [f"{self.column(self.query.group)} IS NOT NULL"] if self.query.group >= 0 else []

    def _wanted(self) -> list[str]:
        """What a row has to hold so that it goes into a figure: numbers, or at least something."""
        if self.query.asks not in ("value", "extreme", "difference", "share"):
            return []
        places = [place for place in (self.query.measure, self.query.other) if place >= 0]
        return [
            f"typeof({self.column(place)}) {_NUMBER}"
            if self.asked_of.columns[place].is_number
            else f"{self.column(place)} IS NOT NULL"
            for place in places
            if not self.asked_of.columns[place].full
        ]

    def _always(self) -> list[str]:
        """Rows that sum up others are left out."""
        terms = []
        for table in self.asked_of.tables:
            rows = ", ".join(map(str, table.left_out))
            if rows and self.source:
                here = f"{quoted(self.source)} = {literal(table.label)}"
                terms.append(f"NOT ({here} AND {ROW} IN ({rows}))")
            elif rows:
                terms.append(f"{ROW} NOT IN ({rows})")
        return terms

    def _condition(self) -> tuple[str, list[Value]]:
        parameters: list[Value] = []
        terms = []
        for one in self.query.filters:
            sql, values = self._filter(one)
            terms.append(sql)
            parameters += values
        if self.query.any_of and len(terms) > 1:
            return f"({' OR '.join(terms)})", parameters
        return _AND.join(terms), parameters

    def _filter(self, one: Filter) -> tuple[str, list[Value]]:
        column, name = self.asked_of.columns[one.column], self.column(one.column)
        values, marks = list(one.values), ", ".join("?" * len(one.values))
        nothing = f"IN ({_EMPTY}, {marks})" if values else f"= {_EMPTY}"
        filled = f"NOT {nothing}" if values else f"<> {_EMPTY}"
        if one.other >= 0:
            return self._compared(one), []
        forms = {
            "in": f"{name} = ?" if len(values) == 1 else f"{name} IN ({marks})",
            "not in": f"({name} IS NULL OR {name} NOT IN ({marks}))",
            "month": f"substr({name}, 6, 2) IN ({marks})",
            "contains": f"instr(folded({name}), folded(?)) > 0",
            "empty": f"({name} IS NULL OR {name} {nothing})",
            "filled": f"({name} IS NOT NULL AND {name} {filled})",
        }
        if one.operator in forms:
            return forms[one.operator], values
        operator = "<>" if one.operator == "!=" else one.operator
        guard = f"typeof({name}) {_NUMBER} AND " if column.is_number and not column.whole else ""
        return f"{guard}{name} {operator} ?", values

    def _compared(self, one: Filter) -> str:
        pair = [self.asked_of.columns[place] for place in (one.column, one.other)]
        guards = [
            f"typeof({quoted(each.name)}) {_NUMBER} AND "
            for each in pair
            if each.is_number and not each.whole
        ]
        return f"{''.join(guards)}{self.column(one.column)} {one.operator} {self.column(one.other)}"

    # --- several tables --------------------------------------------------------------------------

    def _by_row(self) -> str:
        return f"{quoted(self.source)}, {ROW}" if self.source else ROW

    def _statement(self, sql: str, parameters: list[Value], *, of_rows: bool = False) -> Statement:
        tables = self.asked_of.tables
        ids = tuple((name, one.sheet) for name, one in zip(self._names, tables, strict=True))
        whole = f"{self._union()}\n{sql}" if self.source else sql
        return Statement(whole, tuple(parameters), ids, of_rows)

    def _union(self) -> str:
        """All the tables one below the other, under one name."""
        names = [quoted(one.name) for one in self.asked_of.columns if one.name != self.source]
        parts = []
        for table, one in zip(self._names, self.asked_of.tables, strict=True):
            own = ", ".join(
                f"{quoted(column)} AS {name}" if quoted(column) != name else name
                for column, name in zip(one.columns, names, strict=True)
            )
            label = f"{literal(one.label)} AS {quoted(self.source)}"
            parts.append(f"SELECT {label}, {ROW}, {own} FROM {quoted(table)}")
        return f"WITH {quoted(self.name)} AS (\n  {_UNION.join(parts)}\n)"


def _names(tables: QueryTables) -> tuple[str, ...]:
    """What each table is called in a query."""
    if not tables.source:
        return (tables.name,)
    taken: list[str] = [tables.name.casefold()]
    names = []
    for table in tables.tables:
        name = wanted = table.label or tables.name
        for again in range(2, len(tables.tables) + 3):
            if name.casefold() not in taken:
                break
            name = f"{wanted} ({again})"
        taken.append(name.casefold())
        names.append(name)
    return tuple(names)
