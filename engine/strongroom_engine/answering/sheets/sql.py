"""Queries -> SQL: quoted identifiers, bound parameters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from strongroom_engine.answering.sheets.known import Column, Relation, labels, sheet_name
from strongroom_engine.answering.sheets.query import Filter, Query

Value = int | float | str
_NUMBER = "IN ('integer', 'real')"
_FUNCTIONS = {"sum": "sum", "avg": "avg", "median": "median", "max": "max", "min": "min"}
ROW = '"row"'
_MARK = re.compile(r"\"[^\"]*\"|'[^']*'|\?")
"""A place for a value; it is none within quotes."""
_UNION = "\n  UNION ALL "
_AND = "\n  AND "


@dataclass(frozen=True, slots=True)
class Statement:
    """`sql` with '?' for each of the `parameters`, over `tables` (the name of each and its id).
    The first column of its result is the row's number, and the second which table it is of, where
    it is `of_rows`."""

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

    def __init__(self, relation: Relation, query: Query) -> None:
        self.relation, self.query = relation, query
        self.several = len(relation.sheets) > 1
        self.name = relation.name
        self._tables = _names(relation)

    def column(self, place: int) -> str:
        return quoted(self.relation.columns[place].name)

    @property
    def source(self) -> Column | None:
        """The column that says which table a row is of."""
        return self.relation.columns[-1] if self.several else None

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
        of_rows = self.query.asks in ("rows", "extreme")
        return self._statement(sql, parameters, of_rows=of_rows)

    def used(self) -> Statement:
        """How many rows go into it, of each table."""
        where, parameters = self._where(measured=True)
        source = self._source_expression()
        group = f"\nGROUP BY {source}" if self.several else ""
        return self._statement(
            f"SELECT {source}, count(*)\nFROM {quoted(self.name)}{where}{group}", parameters
        )

    def first(self, number: int) -> Statement:
        """The first rows that go into it."""
        where, parameters = self._where(measured=True)
        sql = (
            f"SELECT {ROW}, {self._source_expression()}\nFROM {quoted(self.name)}{where}"
            f"\nORDER BY {self._by_row()}\nLIMIT {number}"
        )
        return self._statement(sql, parameters, of_rows=True)

    def without_number(self) -> Statement | None:
        """How many rows have no number in the column that is added up."""
        place = self.query.measure
        if self.query.how == "" or place < 0 or not self.relation.columns[place].is_number:
            return None
        where, parameters = self._where(measured=False)
        lacks = f"typeof({self.column(place)}) NOT {_NUMBER}"
        joined = f"{where}\n  AND {lacks}" if where else f"\nWHERE {lacks}"
        return self._statement(f"SELECT count(*)\nFROM {quoted(self.name)}{joined}", parameters)

    # --- what is asked ---------------------------------------------------------------------------

    def _figure(self) -> str:
        query = self.query
        if query.asks == "count":
            return "count(*)"
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
        some = f"{self.column(self.query.group)} IS NOT NULL"
        joined = f"{where}\n  AND {some}" if where else f"\nWHERE {some}"
        return (
            f"SELECT {group}, {figure}\nFROM {table}{joined}\nGROUP BY 1\nORDER BY {order}",
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
        some = f"{column} IS NOT NULL"
        where = f"{where}\n  AND {some}" if where else f"\nWHERE {some}"
        inner = f"SELECT {column} FROM {table}{where.replace(chr(10), ' ')}"
        bound = (
            f"SELECT {worst}({column}) FROM ({inner} ORDER BY 1{falling} LIMIT {self.query.limit})"
        )
        shown = self._shown((*self.query.shows, self.query.measure))
        sql = (
            f"SELECT {shown}\nFROM {table}{where}\n  AND {column} {sign} ({bound})"
            f"\nORDER BY {column}{falling}, {self._by_row()}"
        )
        return sql, [*parameters, *parameters]

    def _share(self) -> tuple[str, list[Value]]:
        condition, parameters = self._condition()
        what = self.column(self.query.measure) if self.query.measure >= 0 else "1"
        part, whole = f"sum(CASE WHEN {condition} THEN {what} ELSE 0 END)", f"sum({what})"
        outer = " AND ".join(self._always())
        where = f"\nWHERE {outer}" if outer else ""
        sql = (
            f'SELECT {part} AS "part", {whole} AS "whole",'
            f" 100.0 * {part} / {whole}\nFROM {quoted(self.name)}{where}"
        )
        return sql, [*parameters, *parameters]

    def _shown(self, places: Iterable[int]) -> str:
        columns = dict.fromkeys(self.column(place) for place in places)
        return ", ".join((ROW, self._source_expression(), *columns))

    # --- conditions ------------------------------------------------------------------------------

    def _where(self, *, measured: bool) -> tuple[str, list[Value]]:
        """The conditions; `measured`: only rows with a number where numbers are wanted."""
        condition, parameters = self._condition()
        terms = [*([condition] if condition else []), *self._always()]
        if measured:
            terms += self._numbers()
        return (f"\nWHERE {_AND.join(terms)}" if terms else ""), parameters

    def _numbers(self) -> list[str]:
        places = (self.query.measure, self.query.other)
        if self.query.asks not in ("value", "extreme", "difference", "share"):
            return []
        columns = [self.relation.columns[place] for place in places if place >= 0]
        return [
            f"typeof({quoted(one.name)}) {_NUMBER}"
            for one in columns
            if one.is_number and not one.full
        ]

    def _always(self) -> list[str]:
        """Rows that call themselves totals are left out."""
        terms = []
        for at, name in enumerate(labels(self.relation.sheets)):
            rows = ", ".join(str(row) for sheet, row in self.relation.totals if sheet == at)
            if rows and self.source:
                terms.append(
                    f"NOT ({quoted(self.source.name)} = {literal(name)} AND {ROW} IN ({rows}))"
                )
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
        column, name = self.relation.columns[one.column], self.column(one.column)
        values, marks = list(one.values), ", ".join("?" * len(one.values))
        if one.other >= 0:
            return self._compared(one), []
        forms = {
            "in": f"{name} = ?" if len(values) == 1 else f"{name} IN ({marks})",
            "not in": f"({name} IS NULL OR {name} NOT IN ({marks}))",
            "month": f"substr({name}, 6, 2) IN ({marks})",
            "contains": f"instr(folded({name}), folded(?)) > 0",
            "empty": f"({name} IS NULL OR {name} = '')",
            "filled": f"({name} IS NOT NULL AND {name} <> '')",
        }
        if one.operator in forms:
            return forms[one.operator], values
        operator = "<>" if one.operator == "!=" else one.operator
        guard = f"typeof({name}) {_NUMBER} AND " if column.is_number and not column.whole else ""
        return f"{guard}{name} {operator} ?", values

    def _compared(self, one: Filter) -> str:
        pair = [self.relation.columns[place] for place in (one.column, one.other)]
        guards = [
            f"typeof({quoted(each.name)}) {_NUMBER} AND "
            for each in pair
            if each.is_number and not each.whole
        ]
        return f"{''.join(guards)}{self.column(one.column)} {one.operator} {self.column(one.other)}"

    # --- several tables --------------------------------------------------------------------------

    def _source_expression(self) -> str:
        return quoted(self.source.name) if self.source else "''"

    def _by_row(self) -> str:
        return f"{quoted(self.source.name)}, {ROW}" if self.source else ROW

    def _statement(self, sql: str, parameters: list[Value], *, of_rows: bool = False) -> Statement:
        ids = tuple(
            (name, sheet.id) for name, sheet in zip(self._tables, self.relation.sheets, strict=True)
        )
        if not self.source:
            return Statement(sql, tuple(parameters), ids, of_rows)
        return Statement(f"{self._union()}\n{sql}", tuple(parameters), ids, of_rows)

    def _union(self) -> str:
        """All the tables one below the other, under one name."""
        assert self.source
        first = self.relation.sheets[0]
        names = [quoted(column.name) for column in first.columns]
        parts = []
        said = labels(self.relation.sheets)
        for table, label, sheet in zip(self._tables, said, self.relation.sheets, strict=True):
            own = ", ".join(
                f"{quoted(column.name)} AS {name}" if quoted(column.name) != name else name
                for column, name in zip(sheet.columns, names, strict=True)
            )
            parts.append(
                f"SELECT {literal(label)} AS {quoted(self.source.name)}, {ROW}, {own} FROM {quoted(table)}"
            )
        return f"WITH {quoted(self.name)} AS (\n  {_UNION.join(parts)}\n)"


def _names(relation: Relation) -> tuple[str, ...]:
    """What each table is called in a query."""
    if len(relation.sheets) == 1:
        return (relation.name,)
    taken: list[str] = [relation.name.casefold()]
    names = []
    for sheet, label in zip(relation.sheets, labels(relation.sheets), strict=True):
        name = wanted = label or sheet_name(sheet)
        for again in range(2, len(relation.sheets) + 3):
            if name.casefold() not in taken:
                break
            name = f"{wanted} ({again})"
        taken.append(name.casefold())
        names.append(name)
    return tuple(names)
