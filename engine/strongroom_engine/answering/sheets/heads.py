"""What is asked for, once the conditions are taken out of a question: a `Query`, or nothing.

What is left of a question is a short row of tags ('sC': the sum of a column); each form that is
known has an expression in `forms`. A form that may mean two things that differ is not understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from strongroom_engine.answering.sheets.columns import Columns
from strongroom_engine.answering.sheets.filters import Item, Taken
from strongroom_engine.types import Query


@dataclass(frozen=True, slots=True)
class Head:
    """What is left: tags without the words that only open a question, and their items.

    `opening` are the tags of the words that opened it; `spent`: a verb said that something was
    paid, sold or got; `named`: a word of the table's name stood there; `held`: that, or the name
    of a column. `order` is a column that rows are sorted by, the highest first where `falling`.
    """

    columns: Columns
    taken: Taken
    tags: str
    items: tuple[Item, ...]
    opening: str
    spent: bool
    named: bool
    held: bool
    group: int = -1
    unit: str = ""
    order: int = -1
    falling: bool = False
    opened: tuple[Item, ...] = ()
    """The items of `opening`."""

    @property
    def named_columns(self) -> list[int]:
        return [one.piece.column for one in self.items if one.tag == "C"]

    @property
    def number(self) -> int:
        """How many are wanted; 0 where it does not say."""
        found = [one.piece.number for one in self.items if one.tag == "N"]
        return int(found[0]) if found and found[0].is_integer() and found[0] > 0 else 0

    @property
    def superlative(self) -> Item | None:
        return next((one for one in self.items if one.tag in "+-"), None)

    @property
    def top(self) -> str:
        return self.superlative.tag if self.superlative else ""

    @property
    def has_hints(self) -> bool:
        """Whether the superlative says of what: 'cheapest'."""
        return bool(self.superlative and self.superlative.piece.hints)

    @property
    def adds(self) -> bool:
        """Whether the superlative speaks of all together: 'got the most'."""
        word = self.superlative
        return bool(word and word.piece.part in self.columns.tongue.adding)

    def fits(self, place: int) -> bool:
        """Whether the superlative may speak of the column."""
        word = self.superlative
        return not (word and word.piece.hints) or self.columns.hints_fit(word.piece.hints, place)

    def measure(self) -> int | None:
        """The column that is compared where none is named."""
        if self.superlative and self.has_hints:
            return self.columns.hinted(self.superlative.piece.hints)
        return self.columns.amount()

    def entity(self) -> int | None:
        """Who or what is asked for, where no column says it."""
        if "W" in self.opening:
            return self.columns.people()
        if "P" in self.opening:
            return self.columns.places()
        so = self.columns.named_so() if self.named else None
        return self.columns.key() if so is None else so

    def finished(self, query: Query) -> Query | None:
        """The query with the conditions, the grouping and the order of the question; None where
        it would count something twice."""
        adds = query.asks in ("count", "share") or query.how in ("sum", "avg", "median")
        if adds and self.columns.sums_others(self.taken.filters, self.group):
            return None
        whole = replace(
            query,
            filters=self.taken.filters,
            any_of=self.taken.any_of,
            group=self.group if query.group < 0 else query.group,
            unit=self.unit or query.unit,
        )
        if self.order < 0:
            return whole
        if query.asks != "rows":
            return None
        return replace(whole, order=self.order, top="+" if self.falling else "-")


def prepared(columns: Columns, taken: Taken, *, named: bool, held: bool) -> Head | None:
    """What is left, with the grouping and the order taken out; None where these fit no column."""
    grouped = _grouped(columns, list(taken.rest))
    sorting = _sorting(grouped[2]) if grouped else None
    if grouped is None or sorting is None:
        return None
    order, falling, items = sorting
    opening = re.match(r"[wLWTP]*", "".join(one.tag for one in items))
    assert opening
    kept = [one for one in items[opening.end() :] if one.tag not in "kb"]
    while kept and kept[-1].tag == "&":
        kept.pop()
    while kept and kept[0].tag == "&":
        kept.pop(0)
    spent = any(one.tag == "k" for one in items)
    tags = "".join(one.tag for one in kept)
    return Head(
        columns, taken, tags, tuple(kept), opening.group(), spent, named, held,
        grouped[0], grouped[1], order, falling, tuple(items[: opening.end()]),
    )  # fmt: skip


def _grouped(columns: Columns, items: list[Item]) -> tuple[int, str, list[Item]] | None:
    """The column that rows are grouped by and the unit of time, taken out; -1 where there is none,
    None where they are grouped by something else."""
    tags = "".join(one.tag for one in items)
    match = re.search(r"b[Cu]|^[wL]*u(?=[sa#])", tags)
    if match is None:
        return -1, "", items
    before, inside, after = (
        items[: match.start()],
        items[match.start() : match.end()],
        items[match.end() :],
    )
    last = inside[-1]
    if re.search(r"b[Cu]", "".join(one.tag for one in (*before, *after))):
        return None
    if last.tag == "C":
        column = columns[last.piece.column]
        if re.search(r"[+\-]", tags) and column in columns.measures():  # 'the top 5 by price'
            return -1, "", [*before, last, *after]
        return column.place, "", [*before, *after]
    unit = last.piece.name
    source = columns.source(unit)
    place = columns.date() if source is None else source
    if place is None:
        return None
    return (
        place,
        unit if source is None else "",
        [*before, *(one for one in inside if one.tag not in "ub"), *after],
    )


def _sorting(items: list[Item]) -> tuple[int, bool, list[Item]] | None:
    """The column that rows are sorted by (-1: none), and whether the highest come first."""
    tags = "".join(one.tag for one in items)
    match = re.search(r"[v^]?oC[v^]?", tags)
    if match is None:
        return None if re.search(r"[ov^]", tags) else (-1, False, items)
    inside = items[match.start() : match.end()]
    column = next(one.piece.column for one in inside if one.tag == "C")
    rest = [*items[: match.start()], *items[match.end() :]]
    return column, any(one.tag == "v" for one in inside), rest
