"""The result of a query as an answer's sentences, figures as the sheet shows them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from strongroom_engine.answering.sheets.figures import MORE_DECIMALS, cell, figure, table
from strongroom_engine.answering.sheets.known import Column, sheet_name
from strongroom_engine.answering.sheets.reading import Reading
from strongroom_engine.answering.sheets.saying import Sayer
from strongroom_engine.types import QueryResult, Scalar, StoredSheet

Row = tuple[Scalar, ...]

LISTED = 50
"""Rows of a table in an answer's text, at most."""
VALUES = 10
"""Values of a column that are named where nothing was found, at most."""
NAMES = 5


@dataclass(frozen=True, slots=True)
class Told:
    """`lead` is the sentence that answers, `more` are remarks; `table` is Markdown, or ''."""

    lead: str
    table: str = ""
    more: tuple[str, ...] = ()
    empty: bool = False


class Teller:
    """Tells the result of one reading."""

    def __init__(self, reading: Reading, result: QueryResult) -> None:
        self.reading, self.result = reading, result
        self.query, self.tongue = reading.query, reading.tongue
        self.columns = reading.relation.columns
        self.sayer = Sayer(reading.relation, reading.tongue)

    def told(self) -> Told:
        rows, asks = self.result.rows, self.query.asks
        if not self._found():
            return Told(self._nothing(), more=self._remarks(), empty=True)
        if asks == "extreme":
            return self._extreme(rows)
        if asks == "rows":
            return self._rows(rows)
        if asks == "distinct" or self.query.group >= 0:
            return self._grouped(rows)
        return Told(self._single(rows[0]), more=self._remarks())

    def named(self, lead: str) -> str:
        """The lead with the table that it is of."""
        place = _place(self.reading.relation.sheets[0])
        return self.tongue.say("in_table", place=place, lead=lead)

    def columns_told(self) -> tuple[str, ...]:
        """What heads the columns of the result."""
        query, sayer = self.query, self.sayer
        if query.asks in ("rows", "extreme"):
            return tuple(sayer.name(place) for place in self._shown())
        if query.asks == "distinct":
            return (sayer.name(query.measure), self.tongue.say("rows_column"))
        head = (sayer.group(query),) if query.group >= 0 else ()
        if query.asks == "difference":
            pair = (sayer.name(query.measure), sayer.name(query.other))
            return (*head, *pair, sayer.figure(query))
        if query.asks == "share":
            return (sayer.figure(query), sayer.tongue.say("sum", column=""), "%")
        return (*head, sayer.figure(query))

    # --- single figures --------------------------------------------------------------------------

    def _found(self) -> bool:
        rows = self.result.rows
        if self.query.asks == "count" and self.query.group < 0:
            return True
        return bool(rows) and rows[0][-1 if self.query.asks != "rows" else 0 :] != (None,)

    def _single(self, row: Row) -> str:
        say, query = self.tongue.say, self.query
        conditions = self.sayer.conditions(query)
        what = _capital(
            f"{self.sayer.figure(query)}{conditions}{conditions and self.tongue.after_conditions}"
        )
        if query.asks == "share":
            part, whole = (self._figure(value) for value in row[:2])
            share = figure(row[2], None, self.tongue, more=MORE_DECIMALS)
            return say("share_is", what=what, figure=share, part=part, whole=whole)
        if query.asks == "difference":
            one, other, both = (self._figure(value) for value in row)
            return say("difference_is", what=what, figure=both, one=one, other=other)
        if query.asks == "distinct count" and query.filters and self.result.used != row[-1]:
            return say("one_in", what=what, figure=self._figure(row[-1]), n=self.result.used)
        return say("one", what=what, figure=self._figure(row[-1]))

    def _figure(self, value: float | str | None) -> str:
        query = self.query
        if query.asks in ("count", "distinct count") or (query.asks == "share" and not query.how):
            return figure(value, None, self.tongue)
        column = self.columns[query.measure]
        more = max(MORE_DECIMALS - column.decimals, 0) if query.how in ("avg", "median") else 0
        return figure(value, column, self.tongue, more=more)

    # --- the most and the least ------------------------------------------------------------------

    def _extreme(self, rows: tuple[Row, ...]) -> Told:
        column = self.columns[self.query.measure]
        which = "first" if self.query.top == "+" else "last"
        best = rows[0][-1]
        names = self._names(
            rows, best, self.columns[self.query.shows[0]] if self.query.shows else None
        )
        dated = "_date" if column.is_date else ""
        verb = "are" if len(names) > 1 else "is"
        lead = self.tongue.say(
            f"{which}{dated}_{verb}",
            names=self._listed(names),
            column=column.name,
            figure=cell(best, column, self.tongue),
        )
        lead = self._within(lead)
        listed = self._table(rows) if len(rows) > 1 else ""
        return Told(lead, listed, self._remarks())

    def _names(self, rows: tuple[Row, ...], best: object, column: Column | None) -> list[str]:
        found = [
            cell(row[0], column, self.tongue) if column else "" for row in rows if row[-1] == best
        ]
        if column and column.is_number:  # 'Room 31'
            found[0] = f"{column.name} {found[0]}"
        return list(dict.fromkeys(found))

    def _listed(self, names: list[str]) -> str:
        shown = names[:NAMES] + (["…"] if len(names) > NAMES else [])
        joint = f" {self.tongue.say('and')} "
        return joint.join(filter(None, (", ".join(shown[:-1]), shown[-1])))

    def _within(self, lead: str) -> str:
        """The sentence with the conditions that it holds under."""
        conditions = self.sayer.conditions(self.query)
        return f"{lead[:-1]}{conditions}." if conditions else lead

    # --- lists -----------------------------------------------------------------------------------

    def _grouped(self, rows: tuple[Row, ...]) -> Told:
        listed = self._table(rows)
        what = f"{self.sayer.what(self.query)}{self.sayer.conditions(self.query)}"
        if self.query.top:
            return Told(self._within(self._winner(rows)), listed, self._remarks())
        name = "list_one" if len(rows) == 1 else "groups"
        return Told(
            self.tongue.say(name, what=_capital(what), n=self._number(rows)),
            listed,
            self._remarks(),
        )

    def _number(self, rows: tuple[Row, ...]) -> str:
        """How many there are; of more than were read only that."""
        return f"{self.tongue.whole(len(rows))}{'+' if self.result.more else ''}"

    def _winner(self, rows: tuple[Row, ...]) -> str:
        best = rows[0][-1]
        which = "top" if self.query.top == "+" else "bottom"
        column = self.columns[self.query.group]
        names = list(
            dict.fromkeys(cell(row[0], column, self.tongue) for row in rows if row[-1] == best)
        )
        return self.tongue.say(
            f"{which}_{'are' if len(names) > 1 else 'is'}",
            names=self._listed(names),
            figure=self._figure(best),
            what=self.sayer.figure(self.query),
        )

    def _rows(self, rows: tuple[Row, ...]) -> Told:
        shows, say = self.query.shows, self.tongue.say
        if len(rows) == 1 and len(shows) == 1:
            value = cell(rows[0][0], self.columns[shows[0]], self.tongue)
            lead = say("looked_up", column=self.columns[shows[0]].name, figure=value)
            return Told(self._within(lead), more=self._remarks())
        conditions = self.sayer.conditions(self.query)
        what = (
            f"{self.tongue.say('rows')} {self.tongue.say('of', table=self.reading.relation.name)}"
        )
        name = "list_one" if len(rows) == 1 else "list"
        lead = say(name, what=_capital(f"{what}{conditions}"), n=self.result.used)
        return Told(lead, self._table(rows), self._remarks())

    def _shown(self) -> tuple[int, ...]:
        query = self.query
        own = (query.measure,) if query.asks == "extreme" else ()
        return tuple(dict.fromkeys((*query.shows, *own)))

    def _table(self, rows: tuple[Row, ...]) -> str:
        if self.query.top and self.query.group >= 0 and self.query.limit > 1:
            last = rows[: self.query.limit][-1][-1]
            rows = tuple(
                row for at, row in enumerate(rows) if at < self.query.limit or row[-1] == last
            )
        lines = [self._line(row) for row in rows[:LISTED]]
        return table(list(self.columns_told()), lines)

    def _line(self, row: Row) -> list[str]:
        query = self.query
        if query.asks in ("rows", "extreme"):
            places = self._shown()
            return [cell(v, self.columns[p], self.tongue) for v, p in zip(row, places, strict=True)]
        if query.asks == "distinct":
            named = cell(row[0], self.columns[query.measure], self.tongue)
            return [named, figure(row[1], None, self.tongue)]
        head = row[0] if query.unit else cell(row[0], self.columns[query.group], self.tongue)
        return [str(head), *(self._figure(value) for value in row[1:])]

    # --- remarks ---------------------------------------------------------------------------------

    def _remarks(self) -> tuple[str, ...]:
        say, result, relation = self.tongue.say, self.result, self.reading.relation
        said = []
        number = self.columns[self.query.measure].is_number if self.query.measure >= 0 else False
        counted = (
            (result.ungrouped, "empty_cell", self.query.group),
            (result.skipped, "no_number" if number else "empty_cell", self.query.measure),
            (result.texts, "text_cell", self.query.measure),
        )
        for n, name, place in counted:
            if n:
                said.append(say(name if n == 1 else f"{name}s", n=n, column=self.sayer.name(place)))
        if relation.totals and self.query.asks not in ("rows", "distinct"):
            name = "total_row" if len(relation.totals) == 1 else "total_rows"
            said.append(say(name, n=len(relation.totals)))
        if len(result.rows) > LISTED:
            said.append(say("cut", n=LISTED))
        if len(relation.sheets) > 1:
            names = self._listed([sheet_name(sheet) for sheet in relation.sheets])
            said.append(say("tables", n=len(relation.sheets), names=names))
        if also := relation.also:
            name = "other_one" if len(also) == 1 else "others"
            said.append(say(name, n=len(also), names=self._listed([_place(one) for one in also])))
        return tuple(said)

    def _nothing(self) -> str:
        say, relation = self.tongue.say, self.reading.relation
        conditions = f" {say('and')} ".join(map(self.sayer.condition, self.query.filters))
        said = [
            say("nothing", table=relation.name, what=conditions or self.sayer.figure(self.query))
        ]
        for one in self.query.filters:
            texts = relation.columns[one.column].texts
            if one.operator in ("in", "=") and 0 < len(texts) <= VALUES:
                values = ", ".join(texts)
                said.append(say("values_are", column=self.sayer.name(one.column), values=values))
        return " ".join(said)


def _place(sheet: StoredSheet) -> str:
    """'costs.xlsx (Budget)'."""
    name = PurePath(sheet.path).name
    return f"{name} ({sheet.sheet})" if sheet.sheet else name


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
