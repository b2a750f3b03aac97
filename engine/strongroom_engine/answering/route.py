"""Which way a question takes: to passages, the index, a table, or every document in scope.

Passages are the default. Sums, counts and the like over spreadsheets go to their tables
(`sheets.choosing`), where all of the question is understood of one of them. The index answers a question only where it understands all of it
(`exact.reading`) and holds documents of the kind that is asked about; every document is looked
into only where the question asks which of several have something, and says which these are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Protocol

from strongroom_engine.answering.exact.documents import named_in
from strongroom_engine.answering.exact.reading import Reading, readings
from strongroom_engine.answering.exact.selecting import Selector
from strongroom_engine.answering.query import clean_question, parse_query, without_filters
from strongroom_engine.answering.sheets.choosing import Found, find
from strongroom_engine.errors import QuestionError
from strongroom_engine.store import Scope, Store
from strongroom_engine.types import Route, Task

ROUTED_TASKS = ("answer", "quotes")
SEVERAL = 2
"""A look into every document is worth it from so many documents on."""
NAMES = ("sender", "recipient", "with")
"""Clauses with the name of a person or company."""
BROAD = ("any", "type")
"""Kinds of documents that are not looked into one by one unless the question says which."""


class Asked(Protocol):
    """What of an `asking.Request` decides its way."""

    @property
    def question(self) -> str: ...
    @property
    def collections(self) -> tuple[str, ...]: ...
    @property
    def everywhere(self) -> bool: ...
    @property
    def task(self) -> Task: ...
    @property
    def documents(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Routed:
    """`reading` says what is counted or listed within `scope`. For the route 'documents',
    `question` is put to each of `documents` (paths); `found` is what a table says, for 'sheets'."""

    route: Route
    reading: Reading = field(default_factory=lambda: Reading("list"))
    scope: Scope = field(default_factory=Scope)
    question: str = ""
    documents: tuple[str, ...] = ()
    found: Found | None = None


PASSAGES = Routed("passages")


def route(store: Store, request: Asked, today: date | None = None) -> Routed:
    """The way that a request takes; 'passages' whenever in doubt.

    What is asked everywhere goes to passages, too: it is how one overrules this choice.
    """
    if request.everywhere or request.task not in ROUTED_TASKS:
        return PASSAGES
    text = without_filters(clean_question(request.question))
    today = today or datetime.now().astimezone().date()
    try:
        scope = _scope(store, request)
    except QuestionError:  # whoever searches passages tells of it
        return PASSAGES
    found = list(readings(text, store.collections(), today))
    routed = next(_routes(store, request, found, scope), PASSAGES)
    if routed is PASSAGES or _is_of_sheets(store, routed):
        table = find(store, scope, text, today)
        if table and (routed is PASSAGES or table.reading.named):
            return Routed("sheets", scope=scope, found=table)
    return routed


def _is_of_sheets(store: Store, routed: Routed) -> bool:
    """Whether the documents are spreadsheets, whose rows may be meant: the invoices in
    'invoices.csv'."""
    if routed.reading.kind.name != "genre":
        return False
    sheets = {sheet.document for sheet in store.sheets.listed(routed.scope)}
    chosen = Selector(store, routed.scope).select(routed.reading).documents
    return bool(chosen) and all(one.facts.row in sheets for one in chosen)


def _scope(store: Store, request: Asked) -> Scope:
    query = parse_query(
        request.question, len(request.question), store.collections(), request.collections
    )
    if not request.documents:
        return query.scope
    return replace(query.scope, documents=store.rows_of(request.documents) or (-1,))


def _routes(store: Store, request: Asked, found: list[Reading], scope: Scope) -> Iterator[Routed]:
    selector = Selector(store, scope)
    for reading in found:
        if not _is_about_documents(selector, reading):
            continue
        if reading.put:
            documents = _to_look_into(selector, reading, bool(request.documents))
            if len(documents) >= SEVERAL:
                yield Routed("documents", reading, scope, reading.put, documents)
        elif reading.asks == "pages":
            if rows := named_in(store, selector, reading.document, scope):
                yield Routed("index", reading, replace(scope, documents=rows))
        else:
            yield Routed("index", reading, scope)


def _is_about_documents(selector: Selector, reading: Reading) -> bool:
    """Whether the library has such documents; else mails and letters are what texts tell of.

    A name in small letters is one only where a mail or contract knows it.
    """
    if reading.kind.name in ("mail", "genre") and not selector.of_kind(reading.kind):
        return False
    names = (clause for clause in reading.clauses if clause.loose and clause.what in NAMES)
    return all(
        selector.select(replace(reading, clauses=(clause,), put="")).documents for clause in names
    )


def _to_look_into(selector: Selector, reading: Reading, chosen: bool) -> tuple[str, ...]:
    """The documents that a question is put to; none where it does not say which."""
    if reading.kind.name in BROAD and not (chosen or reading.having("collection")):
        return ()
    found = selector.select(reading).documents
    return tuple(one.facts.path for one in found if one.facts.readable)
