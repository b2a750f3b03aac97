"""Which table a question is about: each that may be is read for it, and the nearest is taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
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
from strongroom_engine.answering.sheets.words import Tongue, tongues
from strongroom_engine.store import Scope, Store
from strongroom_engine.store.tables.sheets import QueryRefused, QueryTooLong
from strongroom_engine.types import Query, QueryResult, StoredSheet

MOST_TABLES = 60
"""So many tables, those with most words of the question in their names, are read for it."""
MOST_BESIDE = 3
"""Of so many tables that say different things all is told."""
NEAR = 0.6
"""A reading that is so near to the nearest is told of."""
SHARED = 0.75
"""So many of their columns have tables in common that are asked as one."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a question asks of a table, and what came of it; `beside`: of others that it fits as
    well, and that say something else."""

    reading: Reading
    result: QueryResult
    beside: tuple[Found, ...] = ()


def find(store: Store, scope: Scope, question: str, today: date) -> Found | None:
    """The answer of the table that the question fits, of a few where it does not say which; None
    where it fits none or many, where it may mean two things of it, or where the table does not
    give it."""
    sheets = [one for one in store.sheets.listed(scope) if one.rows and one.columns]
    nearest, near = _nearest(store, sheets, question, today)
    try:
        found = [made for one in nearest if (made := _agreed(store, one))]
    except (QueryRefused, QueryTooLong):
        return None
    if len(found) < len(nearest) or not found:
        return None
    first, *others = found
    beside = tuple(one for one in others if one.result.rows != first.result.rows)
    if beside and len(nearest) > MOST_BESIDE:
        return None
    shown = {sheet for one in (first, *beside) for sheet in one.reading.relation.sheets}
    also = [one.relation for one in near] + [one.reading.relation for one in others]
    fitting = dict.fromkeys(sheet for one in also for sheet in one.sheets if sheet not in shown)
    whole = replace(first.reading.relation, also=tuple(fitting))
    return replace(first, reading=replace(first.reading, relation=whole), beside=beside)


def _agreed(store: Store, reading: Reading) -> Found | None:
    """The result, where every reading comes to the same."""
    result = store.sheets.ask(reading.relation.asked, reading.query)
    if reading.query.asks == "rows" and len(reading.query.shows) == 1 and len(result.rows) > 1:
        shows = Columns(reading.relation, reading.tongue).with_what_tells_apart(reading.query)
        if shows != reading.query.shows:
            reading = replace(reading, query=replace(reading.query, shows=shows))
            return _agreed(store, reading)
    if not (result.used or reading.named or "count" in reading.query.asks):
        return None  # nothing was found, and nothing says that this table was meant
    if reading.relation.nested and _takes_several(reading.query, result):
        return None
    for other in reading.others:
        if other.asks != reading.query.asks and "count" not in other.asks:
            return None
        if store.sheets.ask(reading.relation.asked, other).rows != result.rows:
            return None
    return Found(reading, result)


def _takes_several(query: Query, result: QueryResult) -> bool:
    """Whether several rows go into the figure, so that sums among them would count twice."""
    if query.asks in ("rows", "distinct"):
        return False
    return result.used > 1 or query.asks == "extreme" or query.group >= 0


def _nearest(
    store: Store, sheets: Sequence[StoredSheet], question: str, today: date
) -> tuple[list[Reading], list[Reading]]:
    """The readings that are nearest to the words, each of another table, and those that are nearly
    as near."""
    found = [
        reading
        for tongue in tongues()
        for sort in _sorts(store, _candidates(sheets, question, tongue))
        for reading in _of_sort(store, sort, question, tongue, today)
    ]
    if not found:
        return [], []
    least = min(one.cost for one in found)
    best = [one for one in found if one.cost == least]
    most = max(_called(one, question) for one in best)
    nearest = {one.relation: one for one in best if _called(one, question) == most}
    near = [one for one in found if one.cost <= least + NEAR and one.relation not in nearest]
    if most or len(nearest) < len(best):  # the question says which
        near = [one for one in near if _called(one, question) >= most]
    return list(nearest.values()), near


def _called(reading: Reading, question: str) -> int:
    """How many words of the question stand in the names of the table's file and sheet."""
    language = reading.tongue.language
    said = set(key((atom.text for atom in atoms(question)), language))
    return len(said & set(key(reading.relation.called, language)))


def _candidates(sheets: Sequence[StoredSheet], question: str, tongue: Tongue) -> list[StoredSheet]:
    """The tables that are read: of many those with most words of the question in their names."""
    if len(sheets) <= MOST_TABLES:
        return list(sheets)
    said = set(key((atom.text for atom in atoms(question)), tongue.language))
    return sorted(sheets, key=lambda one: -len(said & _names(one, tongue)))[:MOST_TABLES]


def _names(sheet: StoredSheet, tongue: Tongue) -> set[str]:
    said = [part for column in sheet.columns for part in parts(column.name)]
    said += [*words(PurePath(sheet.path).stem), *words(sheet.sheet), *words(sheet.name)]
    return set(key(said, tongue.language))


# --- tables that belong together -----------------------------------------------------------------


def _sorts(store: Store, sheets: Sequence[StoredSheet]) -> list[list[Relation]]:
    """The tables that may be parts of one whole together, copies left out: sheets of one file, and
    files that differ in a year, month or quarter, with mostly the same columns."""
    relations = _without_copies([relation(store, sheet) for sheet in sheets])
    by_file: dict[tuple[object, ...], list[Relation]] = defaultdict(list)
    for one in relations:
        path = PurePath(one.sheets[0].path)
        by_file[(path.parent, without_period(path.stem))].append(one)
    return [sort for some in by_file.values() for sort in _alike(some)]


def _without_copies(relations: Sequence[Relation]) -> list[Relation]:
    kept: dict[object, Relation] = {}
    for one in sorted(relations, key=_original):
        sheet = one.sheets[0]
        kept.setdefault((one.columns, sheet.rows, sheet.first_row, sheet.sheet), one)
    return list(kept.values())


def _original(one: Relation) -> tuple[int, str, int]:
    """'costs.xlsx' comes before 'costs copy.xlsx'."""
    return len(one.sheets[0].path), one.sheets[0].path, one.sheets[0].id


def _alike(relations: Sequence[Relation]) -> list[list[Relation]]:
    """Those with mostly the same columns together; each alone where they are versions, or where
    one sheet has several of them."""
    sorts: list[list[Relation]] = []
    for one in relations:
        fitting = next((some for some in sorts if _share_columns(some[0], one)), None)
        if fitting:
            fitting.append(one)
        else:
            sorts.append([one])
    return [
        part for some in sorts for part in ([some] if _are_parts(some) else [[one] for one in some])
    ]


def _share_columns(one: Relation, other: Relation) -> bool:
    first, second = set(signature(one.sheets[0])), set(signature(other.sheets[0]))
    both = len(first & second)
    return both >= 2 and both >= SHARED * max(len(first), len(second))


def _are_parts(relations: Sequence[Relation]) -> bool:
    """Whether they can be added up: not plan and actual, nor draft and final."""
    places = {_place(one) for one in relations}
    said = {word for one in relations for word in words(" ".join(_place(one)[1:]))}
    versions = {word for tongue in tongues() for word in tongue.values.versions}
    return len(places) == len(relations) and (len(relations) == 1 or not said & versions)


def _of_sort(
    store: Store, sort: Sequence[Relation], question: str, tongue: Tongue, today: date
) -> Iterator[Reading]:
    """The reading of the tables of one kind, as of one table."""
    name = tongue.say("sheet_column" if _is_one_file(sort) else "file_column")
    whole = sort[0] if len(sort) == 1 else as_one(store, sort, _free(name, sort[0]))
    if reading := read(question, whole, tongue, today):
        yield reading


def _place(one: Relation) -> tuple[str, str]:
    return one.sheets[0].path, one.sheets[0].sheet


def _is_one_file(relations: Sequence[Relation]) -> bool:
    return len({one.sheets[0].path for one in relations}) == 1


def _free(name: str, one: Relation) -> str:
    """A name that no column has."""
    taken = {column.name.casefold() for column in one.columns}
    return f"({name})" if name.casefold() in taken else name
