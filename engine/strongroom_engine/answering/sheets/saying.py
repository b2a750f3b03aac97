"""A query in plain words, in the language of the question, so that whoever asked can check it."""

from __future__ import annotations

from strongroom_engine.answering.sheets.columns import last_day
from strongroom_engine.answering.sheets.figures import cell
from strongroom_engine.answering.sheets.known import Relation
from strongroom_engine.answering.sheets.words import Tongue
from strongroom_engine.types import Filter, Query

MANY = 4
"""More values than these are told by what they have in common, or by their number."""
_SIGNS = {
    ">": "more",
    "<": "less",
    ">=": "at_least",
    "<=": "at_most",
    "=": "equals",
    "!=": "other",
}


class Sayer:
    """Says queries over one relation."""

    def __init__(self, relation: Relation, tongue: Tongue) -> None:
        self.relation, self.tongue = relation, tongue

    def said(self, query: Query) -> str:
        """'the sum of Amount per month of Date in Budget, where Supplier is Keller'."""
        words = [self.what(query), self.tongue.say("of", table=self.relation.name)]
        return f"{' '.join(words)}{self.conditions(query)}{self._order(query)}"

    def what(self, query: Query) -> str:
        """What is asked for, without its conditions."""
        say = self.tongue.say
        if query.asks == "rows":
            return " ".join((say("rows"), f"({', '.join(map(self.name, query.shows))})"))
        if query.asks == "extreme":
            return self._first(query)
        figure = self.figure(query)
        if query.group < 0:
            return figure
        group = self.group(query)
        if query.top:
            return say("most" if query.top == "+" else "least", group=group, figure=figure)
        return f"{figure} {say('per', group=group)}"

    def figure(self, query: Query) -> str:
        """'the sum of Amount', 'the number of rows'."""
        say, column = self.tongue.say, self.name(query.measure)
        match query.asks:
            case "count":
                return say("count")
            case "distinct count":
                return say("distinct", column=column)
            case "distinct":
                return say("values", column=column)
            case "difference":
                return say("difference", column=column, other=self.name(query.other))
            case "share":
                whole = say("sum", column=column) if query.how else say("count")
                return say("share", part=self._joined(query), whole=whole)
        names = {"sum": "sum", "avg": "average", "median": "median"}
        dated = "_date" if self.relation.columns[query.measure].is_date else ""
        extremes = {"max": f"maximum{dated}", "min": f"minimum{dated}"}
        return say({**names, **extremes}[query.how], column=column)

    def group(self, query: Query) -> str:
        name = self.name(query.group)
        return self.tongue.say(query.unit, column=name) if query.unit else name

    def conditions(self, query: Query) -> str:
        """', where Supplier is Keller and Amount is more than 5'."""
        if not query.filters or query.asks == "share":
            return ""
        return f", {self.tongue.say('where', filters=self._joined(query))}"

    def _joined(self, query: Query) -> str:
        joint = self.tongue.say("or" if query.any_of else "and")
        return f" {joint} ".join(self._each(query))

    def _each(self, query: Query) -> list[str]:
        """The conditions; from and until a day as one."""
        said: list[str] = []
        left = list(query.filters)
        while left:
            one = left.pop(0)
            after = left[0] if left and not query.any_of else None
            if (
                after
                and one.column == after.column
                and (one.operator, after.operator) == (">=", "<")
            ):
                left.pop(0)
                said.append(self._span(one, after))
            else:
                said.append(self.condition(one))
        return said

    def _span(self, first: Filter, after: Filter) -> str:
        name, column = self.name(first.column), self.relation.columns[first.column]
        if not column.is_date:
            return f"{self.condition(first)} {self.tongue.say('and')} {self.condition(after)}"
        day, last = str(first.values[0]), last_day(str(after.values[0]))
        which = "on" if day == last else "from_to"
        return self.tongue.say(which, column=name, value=day, last=last)

    def condition(self, one: Filter) -> str:
        say, name = self.tongue.say, self.name(one.column)
        column = self.relation.columns[one.column]
        if one.other >= 0:
            return say(_SIGNS[one.operator], column=name, value=self.name(one.other))
        if one.operator in ("empty", "filled"):
            return say(one.operator, column=name)
        if column.is_date and one.operator in (">=", "<", "month"):
            return self._dated(one, name)
        if one.operator in ("in", "not in"):
            return self._valued(one, name)
        value = cell(one.values[0], column, self.tongue)
        return say(_SIGNS[one.operator], column=name, value=value)

    def _dated(self, one: Filter, name: str) -> str:
        say, day = self.tongue.say, str(one.values[0])
        if one.operator == "month":
            months = [self.tongue.values.months[int(value) - 1][0].title() for value in one.values]
            return say("in_month", column=name, value=f" {say('or')} ".join(months))
        if one.operator == ">=":
            return say("since", column=name, value=day)
        return say("until_day", column=name, value=last_day(day))

    def _valued(self, one: Filter, name: str) -> str:
        say, column = self.tongue.say, self.relation.columns[one.column]
        against = one.operator == "not in"
        if column.is_truth and one.values == column.yes:
            return say("false" if against else "true", column=name)
        texts = [self.tongue.quoted(cell(value, column, self.tongue)) for value in one.values]
        if len(texts) == 1:
            return say("other" if against else "equals", column=name, value=texts[0])
        shown = texts if len(texts) <= MANY else [*texts[:MANY], "…"]
        if one.part and not against:
            said = say("holds", column=name, value=self.tongue.quoted(one.part))
            return f"{said} ({', '.join(shown)})"
        return say("none" if against else "any", column=name, value=", ".join(shown))

    def _first(self, query: Query) -> str:
        dated = "_date" if self.relation.columns[query.measure].is_date else ""
        which = "first" if query.top == "+" else "last"
        several = "s" if query.limit > 1 else ""
        return self.tongue.say(
            f"{which}{several}{dated}", column=self.name(query.measure), n=query.limit
        )

    def _order(self, query: Query) -> str:
        if query.asks != "rows" or query.order < 0:
            return ""
        name = "falling" if query.top == "+" else "sorted"
        return f", {self.tongue.say(name, column=self.name(query.order))}"

    def name(self, place: int) -> str:
        return self.relation.columns[place].name if place >= 0 else ""
