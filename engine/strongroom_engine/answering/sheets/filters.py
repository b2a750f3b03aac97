"""What narrows the rows: conditions are taken out of a question's pieces, until only what is asked
for is left."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from strongroom_engine.answering.sheets.columns import Columns
from strongroom_engine.answering.sheets.known import Column
from strongroom_engine.answering.sheets.lexing import Piece
from strongroom_engine.answering.sheets.naming import parts
from strongroom_engine.answering.sheets.times import When
from strongroom_engine.answering.sheets.words import tongues
from strongroom_engine.types import Filter

_OPERATORS = {">": ">", "<": "<", "]": ">=", "[": "<=", "=": "="}
_AGAINST = {">": "<=", "<": ">=", "]": "<", "[": ">", "=": "!="}
PERCENT = 100
NOTHING = frozenset({"-", "–", "—", "n/a", "#n/a", "n.a.", "k. a.", "k.a.", "."})
"""Texts that stand in cells for nothing."""
MOST_OF_NAME = 2
"""The name of a column of yes and no has so many times the words that were said, at most."""
FARTHEST_PART = 2
"""Words between the name of a column and a part of one of its values, at most."""


@dataclass(frozen=True, slots=True)
class Item:
    """A piece that is left, or what was taken out ('F', with its filters)."""

    tag: str
    piece: Piece
    filters: tuple[Filter, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """The filters of a question, whether one of them is enough, and what is left of it."""

    filters: tuple[Filter, ...]
    any_of: bool
    rest: tuple[Item, ...]


Handler = Callable[["Taker", list[Item], re.Match[str]], tuple[Filter, ...] | None]


class Taker:
    """Takes the filters out of the pieces; None where they do not fit the columns."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self._counts = False

    def says_yes(self, piece: Piece) -> tuple[int | float | str, ...]:
        """The values that mean so in the column that the words name, where they say most of its
        name: not 'state' of 'Small island states', nor the 'fight' of fight songs; of 0 and 1 only
        where rows are counted."""
        column = self.columns[piece.column]
        said = parts(piece.part)
        answers = {word for tongue in tongues() for word in (*tongue.values.yes, *tongue.values.no)}
        name = [part for part in parts(column.name) if part not in answers]
        if len(name) > MOST_OF_NAME * len(said) or self.columns.relation.called.issuperset(said):
            return ()
        return column.yes or ((1,) if column.is_flag and self._counts else ())

    def take(self, pieces: tuple[Piece, ...], *, truths: bool) -> Taken | None:
        """`truths`: a column of yes and no alone is a condition, too ('the paid invoices')."""
        if _has_number_of_row(pieces):
            return None
        tags = {one.tag for one in pieces}
        self._counts = bool(tags & set("#p")) and not tags & set("sam")
        items = _items(pieces)
        for pattern, handler in _RULES:
            if handler is _truth and not truths:
                continue
            items = self._applied(items, pattern, handler)
            if handler is _between_times:  # 'from' between no two numbers says nothing
                noise = self.columns.tongue.tags["noise"]
                items = [one for one in items if not (one.tag == "B" and one.piece.part in noise)]
        return _joined(items)

    def _applied(self, items: list[Item], pattern: re.Pattern[str], handler: Handler) -> list[Item]:
        at = 0
        while match := pattern.search("".join(one.tag for one in items), at):
            inside = items[match.start() : match.end()]
            filters = handler(self, inside, match)
            if filters is None:
                at = match.start() + 1
                continue
            items = [
                *items[: match.start()],
                Item("F", inside[0].piece, filters),
                *items[match.end() :],
            ]
            at = match.start() + 1
        return items

    # --- numbers ---------------------------------------------------------------------------------

    def number(self, column: int, piece: Piece) -> float | int:
        """The number as the column holds it: 20 % is 0.2 where the cells are shown as percents."""
        number = piece.number
        if self.columns[column].unit == "%":
            number = round(number / PERCENT, 12)
        return int(number) if float(number).is_integer() else number

    def compared(self, column: int, operator: str, piece: Piece) -> tuple[Filter, ...] | None:
        if not self.columns[column].is_number:
            return None
        return (Filter(column, operator, (self.number(column, piece),)),)

    def measured(self, item: Item, number: Item | None = None) -> int | None:
        """The column that a comparison speaks of which names none."""
        if item.piece.hints:
            return self.columns.hinted(item.piece.hints)
        return self.columns.with_unit(number.piece.unit) if number else None


def _has_number_of_row(pieces: tuple[Piece, ...]) -> bool:
    """'Payment 1010': a word of the table's name with a number is one row of it, and that number
    has to be one of a column. 'More than 5 payments' counts the rows of each."""
    if any(
        one.name == "named" and other.tag == "N" and one.end == other.start and not other.unit
        for one, other in pairwise(pieces)
    ):
        return True
    three = zip(pieces, pieces[1:], pieces[2:], strict=False)
    return any(
        one.tag in "><[]" and two.tag == "N" and not two.unit and other.tag in "tr"
        for one, two, other in three
    )


def _items(pieces: tuple[Piece, ...]) -> list[Item]:
    """The pieces without those that say nothing. A word of the table's name is one for its rows
    where they are counted or asked for ('the most orders', 'which orders'), else it says only
    which table is meant."""
    items: list[Item] = []
    for one in pieces:
        rows = one.tag == "t" and one.name == "named" and items and items[-1].tag in "+-#pw"
        if rows or one.tag not in ".t":
            items.append(Item("r" if rows else one.tag, one))
    return items


def _joined(items: list[Item]) -> Taken | None:
    """The filters all together; those with 'and' and 'or' between them are not understood."""
    tags = "".join(one.tag for one in items)
    joined = re.search(r"F[&|F]*F", tags)
    inside = joined.group() if joined else ""
    if "|" in inside and ("&" in inside or "FF" in inside or tags.count("F") != inside.count("F")):
        return None
    any_of = "|" in inside
    if any(any_of and len(one.filters) > 1 for one in items):
        return None
    while (tags := "".join(one.tag for one in items)) and (
        match := re.search(r"F[&|]+F|FF|^[&|]+|[&|]+$|F&|&F", tags)
    ):
        kept = [one for one in items[match.start() : match.end()] if one.tag == "F"]
        merged = tuple(each for one in kept for each in one.filters)
        new = [Item("F", kept[0].piece, merged)] if kept else []
        items = [*items[: match.start()], *new, *items[match.end() :]]
    filters = tuple(each for one in items if one.tag == "F" for each in one.filters)
    rest = [one for one in items if one.tag != "F"]
    if any(one.tag == "|" for one in rest):
        return None
    return Taken(tuple(dict.fromkeys(filters)), any_of, tuple(rest))


# --- the rules, in the order in which they are tried ----------------------------------------------


def _between(taker: Taker, items: list[Item], _m: re.Match[str]) -> tuple[Filter, ...] | None:
    numbers = [one for one in items if one.tag == "N"]
    named = [one.piece.column for one in items if one.tag == "C"]
    if len(named) > 1:
        return None
    column = named[0] if named else taker.columns.with_unit(numbers[1].piece.unit)
    if column is None or not taker.columns[column].is_number:
        return None
    low, high = sorted(taker.number(column, one.piece) for one in numbers)
    return (Filter(column, ">=", (low,)), Filter(column, "<=", (high,)))


def _columns_compared(
    taker: Taker, items: list[Item], _m: re.Match[str]
) -> tuple[Filter, ...] | None:
    first, sign, second = items[0], items[-2], items[-1]
    one, other = taker.columns[first.piece.column], taker.columns[second.piece.column]
    fits = (one.is_number and other.is_number) or (one.is_date and other.is_date)
    if not fits or one.place == other.place or sign.piece.hints:
        return None
    table = _AGAINST if any(item.tag == "!" for item in items) else _OPERATORS
    return (Filter(one.place, table[sign.tag], (), other.place),)


def _more_than(taker: Taker, items: list[Item], _m: re.Match[str]) -> tuple[Filter, ...] | None:
    """'More deaths than births', 'where deaths are higher than births'."""
    one, other = (taker.columns[item.piece.column] for item in items if item.tag == "C")
    if one.place == other.place or not (one.is_number and other.is_number):
        return None
    more = any(item.tag == "}" for item in items)
    return (Filter(one.place, ">" if more else "<", (), other.place),)


def _column_number(taker: Taker, items: list[Item], _m: re.Match[str]) -> tuple[Filter, ...] | None:
    sign, column = items[-2], items[0].piece.column
    if sign.piece.hints and not taker.columns.hints_fit(sign.piece.hints, column):
        return None
    table = _AGAINST if any(item.tag == "!" for item in items) else _OPERATORS
    return taker.compared(column, table[sign.tag], items[-1].piece)


def _number_column(taker: Taker, items: list[Item], _m: re.Match[str]) -> tuple[Filter, ...] | None:
    sign, number, column = items
    if sign.piece.hints or taker.columns[column.piece.column] not in taker.columns.measures():
        return None
    return taker.compared(column.piece.column, _OPERATORS[sign.tag], number.piece)


def _number_alone(taker: Taker, items: list[Item], _m: re.Match[str]) -> tuple[Filter, ...] | None:
    sign, number = items
    column = taker.measured(sign, number)
    if column is None:
        return None
    return taker.compared(column, _OPERATORS[sign.tag], number.piece)


def _so_many(taker: Taker, items: list[Item], _m: re.Match[str]) -> tuple[Filter, ...] | None:
    """'With 8 cylinders'."""
    number, column = items[0], taker.columns[items[1].piece.column]
    whole = column.is_number and column.decimals == 0
    if not whole or column not in taker.columns.measures() or _gap(items) > 0:
        return None
    return (Filter(column.place, "=", (taker.number(column.place, number.piece),)),)


def _empty(taker: Taker, items: list[Item], _m: re.Match[str]) -> tuple[Filter, ...] | None:
    column = next(taker.columns[one.piece.column] for one in items if one.tag == "C")
    if column.is_truth:
        return None
    if any(one.tag == "!" for one in items):
        return (_nothing(column, "filled"),)
    without = any(one.tag == "x" for one in items)
    return _lacking(column) if without else (_nothing(column),)


def _lacking(column: Column) -> tuple[Filter, ...] | None:
    """'Without accidents' are those with 0 where each row has a number; where some have none it may
    mean either."""
    if column.is_number and column.low <= 0:
        return None if column.gaps else (Filter(column.place, "=", (0,)),)
    return (_nothing(column),)


def _nothing(column: Column, operator: str = "empty") -> Filter:
    """The condition on cells that are empty, or have a dash or the like instead."""
    signs = tuple(text for text in column.texts if text.strip().casefold() in NOTHING)
    return Filter(column.place, operator, signs)


def _between_times(taker: Taker, items: list[Item], _m: re.Match[str]) -> tuple[Filter, ...] | None:
    """'Between 1 February and the 30th of April'."""
    first, last = (one.piece.when for one in items if one.tag == "D")
    if first is None or last is None or first.months or last.months:
        return None
    when = When(first.start, last.end, (first.bounds[0], last.bounds[1]))
    named = items[0].piece.column if items[0].tag == "C" else None
    return taker.columns.at_time(named, when) if named is not None else taker.columns.when(when)


def _dated(taker: Taker, items: list[Item], _m: re.Match[str]) -> tuple[Filter, ...] | None:
    when = items[-1].piece.when
    assert when is not None
    named = items[0].piece.column if items[0].tag == "C" else None
    return taker.columns.at_time(named, when) if named is not None else taker.columns.when(when)


def _valued(taker: Taker, items: list[Item], _m: re.Match[str]) -> tuple[Filter, ...] | None:
    """Values of one column, with 'not' before them or without."""
    values = [one.piece for one in items if one.tag == "V"]
    columns = {one.column for one in values}
    if len(columns) != 1:
        return None
    (column,) = columns
    for one in (item.piece for item in items if item.tag == "C"):
        if one.column != column and not taker.columns.is_part_of_name(one.column, column):
            return None
        if any(each.part for each in values) and _gap(items) > FARTHEST_PART:
            return None
    against = any(one.tag in "!x" for one in items)
    texts = tuple(dict.fromkeys(text for one in values for text in one.values))
    part = next((one.part for one in values if one.part), "")
    return (
        Filter(
            column,
            "not in" if against else "in",
            texts,
            part=part if len(values) == 1 else "",
        ),
    )


def _equal_number(taker: Taker, items: list[Item], _m: re.Match[str]) -> tuple[Filter, ...] | None:
    column = taker.columns[items[0].piece.column]
    if "=" not in (one.tag for one in items) and _gap(items) > 1:
        return None
    against = any(one.tag == "!" for one in items)
    if not column.is_number:
        return None
    number = taker.number(column.place, items[-1].piece)
    return (Filter(column.place, "!=" if against else "=", (number,)),)


def _gap(items: list[Item]) -> int:
    """Words between the first and the last that say nothing."""
    return items[-1].piece.start - items[0].piece.end


def _untrue(taker: Taker, items: list[Item], _m: re.Match[str]) -> tuple[Filter, ...] | None:
    piece = items[-1].piece
    yes = taker.columns[piece.column].yes if items[-1].tag == "U" else taker.says_yes(piece)
    return (Filter(piece.column, "not in", yes),) if yes else None


def _truth(taker: Taker, items: list[Item], _m: re.Match[str]) -> tuple[Filter, ...] | None:
    piece = items[-1].piece
    yes = taker.says_yes(piece)
    return (Filter(piece.column, "in", yes),) if yes else None


_RULES: tuple[tuple[re.Pattern[str], Handler], ...] = tuple(
    (re.compile(pattern), handler)
    for pattern, handler in (
        (r"C?BN&?NC?", _between),
        (r"C?BD&D", _between_times),
        (r"C!?[><\]\[]C", _columns_compared),
        (r"[}{]CC|C[}{]C", _more_than),
        (r"C!?[><\]\[=]N", _column_number),
        (r"[><\]\[]NC", _number_column),
        (r"[><\]\[]N", _number_alone),
        (r"(?<![+\-N])NC(?![+\-])", _so_many),
        (r"xC|C!?e|!?eC", _empty),
        (r"CD", _dated),
        (r"D", _dated),
        (r"[!x]?C=?!?V(?:[&|]+V)*", _valued),
        (r"[!x]?V(?:[&|]+V)*C", _valued),
        (r"[!x]?V(?:[&|]+V)*", _valued),
        (r"[!x]?V", _valued),
        (r"C!?=?N", _equal_number),
        (r"!C|U", _untrue),
        (r"C", _truth),
    )
)


def narrowed_by(filters: tuple[Filter, ...]) -> frozenset[int]:
    """The columns that have a condition."""
    return frozenset(one.column for one in filters) | {
        one.other for one in filters if one.other >= 0
    }
