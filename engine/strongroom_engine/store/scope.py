"""Which part of the library a question is about."""

from __future__ import annotations

import json
from dataclasses import dataclass

from strongroom_engine.trees import folded


@dataclass(frozen=True, slots=True)
class Scope:
    """Filters that all hold at once; within one of them, any of its values. Empty: everything.

    `files` are parts of file names, whatever their case; `types` are extensions without their
    dot; `after_ns` and `before_ns` bound the file's time of change: after <= time < before;
    `documents` are rows of documents.
    """

    collections: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    after_ns: int | None = None
    before_ns: int | None = None
    documents: tuple[int, ...] = ()

    @property
    def of_files(self) -> bool:
        """Whether every document has to be looked at, to know which are inside."""
        return bool(self.files or self.types) or (self.after_ns, self.before_ns) != (None, None)


@dataclass(frozen=True, slots=True)
class Condition:
    """A part of a WHERE clause with its arguments; '' holds everywhere."""

    sql: str = ""
    arguments: tuple[object, ...] = ()


_CHUNKS = "SELECT c.id FROM documents d JOIN chunks c ON c.document = d.id"


def chunk_condition(scope: Scope, column: str, *, with_collections: bool = True) -> Condition:
    """The condition that the chunk whose id is in `column` lies in the scope."""
    return _inside(column, _CHUNKS, _terms(scope, with_collections=with_collections))


def each_chunk_condition(scope: Scope, column: str) -> Condition:
    """The same condition, looked up for each chunk in turn: where few are asked about."""
    terms = [*_terms(scope, with_collections=True), Condition("1")]
    inside = _all(terms)
    sql = f" AND EXISTS ({_CHUNKS} WHERE c.id = {column} AND {inside.sql})"
    return Condition(sql, inside.arguments)


def chunks_inside(scope: Scope) -> Condition:
    """The query for the ids of the chunks in the scope."""
    terms = [*_terms(scope, with_collections=True), Condition("1")]
    inside = _all(terms)
    return Condition(f"{_CHUNKS} WHERE {inside.sql}", inside.arguments)


def documents_inside(scope: Scope) -> Condition:
    """The query for the ids of the documents in the scope."""
    inside = _all([*_terms(scope, with_collections=True), Condition("1")])
    return Condition(f"SELECT d.id FROM documents d WHERE {inside.sql}", inside.arguments)


def document_condition(scope: Scope, column: str) -> Condition:
    """The condition that the document whose id is in `column` lies in the scope."""
    return _inside(column, "SELECT d.id FROM documents d", _terms(scope, with_collections=True))


def each_document_condition(scope: Scope, column: str) -> Condition:
    """The same condition, looked up for each document in turn: where few are asked about, and to
    know all that lie inside would take longer. `column` says its table: documents have columns."""
    if scope == Scope() or scope.documents:
        return document_condition(scope, column)
    inside = _all(_terms(scope, with_collections=True))
    sql = f" AND EXISTS (SELECT 1 FROM documents d WHERE d.id = {column} AND {inside.sql})"
    return Condition(sql, inside.arguments)


def _inside(column: str, select: str, terms: list[Condition]) -> Condition:
    if not terms:
        return Condition()
    inside = _all(terms)
    return Condition(f" AND {column} IN ({select} WHERE {inside.sql})", inside.arguments)


def _all(terms: list[Condition]) -> Condition:
    return Condition(
        " AND ".join(term.sql for term in terms),
        tuple(argument for term in terms for argument in term.arguments),
    )


def _terms(scope: Scope, *, with_collections: bool) -> list[Condition]:
    terms = list(_document_terms(scope))
    if with_collections and scope.collections:
        terms.append(_collection_term(scope.collections))
    return terms


def _collection_term(names: tuple[str, ...]) -> Condition:
    return Condition(
        "d.source IN (SELECT s.id FROM sources s JOIN collections k ON k.id = s.collection"
        " WHERE NOT s.gone AND k.name IN (SELECT value FROM json_each(?)))",
        (json.dumps(names),),
    )


def _document_terms(scope: Scope) -> list[Condition]:
    terms = []
    if scope.files:
        any_of = " OR ".join("instr(d.name, ?) > 0" for _ in scope.files)
        terms.append(Condition(f"({any_of})", tuple(map(folded, scope.files))))
    if scope.types:
        types = json.dumps([folded(kind).removeprefix(".") for kind in scope.types])
        terms.append(Condition("d.extension IN (SELECT value FROM json_each(?))", (types,)))
    if scope.after_ns is not None:
        terms.append(Condition("d.mtime_ns >= ?", (scope.after_ns,)))
    if scope.before_ns is not None:
        terms.append(Condition("d.mtime_ns < ?", (scope.before_ns,)))
    if scope.documents:
        rows = json.dumps(scope.documents)
        terms.append(Condition("d.id IN (SELECT value FROM json_each(?))", (rows,)))
    return terms
