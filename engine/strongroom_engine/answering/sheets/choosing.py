"""Which table a question is about: each that may be is read for it, and the nearest is taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate
from pathlib import PurePath

from strongroom_engine.answering.sheets.atoms import atoms, words
from strongroom_engine.answering.sheets.columns import Columns
from strongroom_engine.answering.sheets.known import (
    Relation,
    as_one,
    relation,
    signature,
    without_period,
)
from strongroom_engine.answering.sheets.naming import key, parts
from strongroom_engine.answering.sheets.reading import Reading, read
from strongroom_engine.answering.sheets.running import Result, run
from strongroom_engine.answering.sheets.words import Tongue, tongues
from strongroom_engine.store import Scope, Store
from strongroom_engine.store.sheets import QueryRefused, QueryTooLong
from strongroom_engine.types import StoredSheet

MOST_TABLES = 60
"""So many tables, those with most words of the question in their names, are read for it."""
NEAR = 0.6
"""A reading that is so near to the nearest is told of."""
MOST_ROWS = 400_000
LOOKED_THROUGH = 100_000
"""Rows of all tables, to look for values of one that a question names no column of."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a question asks of a table, and what came of it."""

    reading: Reading
    result: Result


def find(store: Store, scope: Scope, question: str, today: date) -> Found | None:
    """The answer of the one table that the question fits; None where it fits none, where it may
    mean two things of it, or where the table does not give it."""
    sheets = [one for one in store.sheets.listed(scope) if one.rows and one.columns]
    for reading in _nearest(store, sheets, question, today):
        try:
            return _agreed(store, reading)
        except (QueryRefused, QueryTooLong):
            return None
    return None


def _agreed(store: Store, reading: Reading) -> Found | None:
    """The result, where every reading comes to the same."""
    result = run(store, reading.relation, reading.query)
    if reading.query.asks == "rows" and len(reading.query.shows) == 1 and len(result.rows) > 1:
        shows = Columns(reading.relation, reading.tongue).with_what_tells_apart(reading.query)
        if shows != reading.query.shows:
            reading = replace(reading, query=replace(reading.query, shows=shows))
            return _agreed(store, reading)
    for other in reading.others:
        if other.asks != reading.query.asks and "count" not in other.asks:
            return None
        if run(store, reading.relation, other).rows != result.rows:
            return None
    return Found(reading, result)


def _nearest(
    store: Store, sheets: Sequence[StoredSheet], question: str, today: date
) -> Iterator[Reading]:
    """The reading that is nearest to the words; with it the other tables that are as near."""
    found = [
        reading
        for tongue in tongues()
        for sort in _sorts(store, _candidates(sheets, question, tongue))
        for reading in _of_sort(store, sort, question, tongue, today)
    ]
    if not found:
        return
    least = min(one.cost for one in found)
    best = [one for one in found if one.cost == least]
    called = [_called(one, question) for one in best]
    best = [one for one, how in zip(best, called, strict=True) if how == max(called)]
    first = best[0]
    near = [one for one in found if one.cost <= least + NEAR and one.relation != first.relation]
    if len(called) > len(best) or max(called) > 0:  # the question says which
        near = [one for one in near if _called(one, question) >= max(called)]
    also = tuple(dict.fromkeys(sheet for one in near for sheet in one.relation.sheets))
    yield replace(first, relation=replace(first.relation, also=also)) if also else first


def _called(reading: Reading, question: str) -> int:
    """How many words of the question stand in the names of the table's file and sheet."""
    language = reading.tongue.language
    said = set(key((atom.text for atom in atoms(question)), language))
    return len(said & set(key(reading.relation.called, language)))


def _candidates(sheets: Sequence[StoredSheet], question: str, tongue: Tongue) -> list[StoredSheet]:
    """The tables that share words with the question; all where none does and they are few."""
    said = set(key((atom.text for atom in atoms(question)), tongue.language))
    shared = {one.id: len(said & _names(one, tongue)) for one in sheets}
    near = [one for one in sheets if shared[one.id]]
    if sum(one.rows for one in sheets) <= LOOKED_THROUGH and len(sheets) <= MOST_TABLES:
        return list(sheets)
    near.sort(key=lambda one: -shared[one.id])
    rows = accumulate(one.rows for one in near)
    return [one for one, sum_ in zip(near, rows, strict=True) if sum_ <= MOST_ROWS][:MOST_TABLES]


def _names(sheet: StoredSheet, tongue: Tongue) -> set[str]:
    said = [part for column in sheet.columns for part in parts(column.name)]
    said += [*words(PurePath(sheet.path).stem), *words(sheet.sheet), *words(sheet.name)]
    return set(key(said, tongue.language))


# --- tables of one kind --------------------------------------------------------------------------


def _sorts(store: Store, sheets: Sequence[StoredSheet]) -> list[list[Relation]]:
    """The tables with the same columns together, copies left out."""
    found: dict[tuple[str, ...], list[Relation]] = defaultdict(list)
    for sheet in sheets:
        found[signature(sheet)].append(relation(store, sheet))
    return [_without_copies(some) for some in found.values()]


def _without_copies(relations: Sequence[Relation]) -> list[Relation]:
    kept: dict[object, Relation] = {}
    for one in relations:
        sheet = one.sheets[0]
        kept.setdefault((one.columns, sheet.rows, sheet.first_row, sheet.sheet), one)
    return list(kept.values())


def _of_sort(
    store: Store, sort: Sequence[Relation], question: str, tongue: Tongue, today: date
) -> Iterator[Reading]:
    """The readings of the tables of one kind: of parts of one whole as of one table."""
    for some in _wholes(sort):
        name = tongue.say("sheet_column" if _is_one_file(some) else "file_column")
        whole = some[0] if len(some) == 1 else as_one(store, some, _free(name, some[0]))
        if reading := read(question, whole, tongue, today):
            yield reading


def _wholes(sort: Sequence[Relation]) -> list[list[Relation]]:
    """Sheets of one file belong together, and files that differ in a year, month or quarter."""
    by_file: dict[tuple[object, ...], list[Relation]] = defaultdict(list)
    for one in sort:
        path = PurePath(one.sheets[0].path)
        by_file[(path.parent, without_period(path.stem))].append(one)
    wholes = []
    for some in by_file.values():
        distinct = len({_place(one) for one in some}) == len(some)
        wholes += [some] if distinct else [[one] for one in some]
    return wholes


def _place(one: Relation) -> tuple[str, str]:
    return one.sheets[0].path, one.sheets[0].sheet


def _is_one_file(relations: Sequence[Relation]) -> bool:
    return len({one.sheets[0].path for one in relations}) == 1


def _free(name: str, one: Relation) -> str:
    """A name that no column has."""
    taken = {column.name.casefold() for column in one.columns}
    return f"({name})" if name.casefold() in taken else name
