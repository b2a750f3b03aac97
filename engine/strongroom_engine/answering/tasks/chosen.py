"""Which documents a task is about: those chosen, or those that the question names."""

from __future__ import annotations

from strongroom_engine.answering.asking import Job
from strongroom_engine.answering.naming import named_documents
from strongroom_engine.answering.query import clean_question, without_filters
from strongroom_engine.errors import NotTwoDocuments
from strongroom_engine.store import Scope


def chosen_or_named(job: Job) -> tuple[str, ...]:
    """Paths: the documents of the request, else those named in the question, in its order."""
    return tuple(dict.fromkeys(job.request.documents)) or named_in(job)


def named_in(job: Job) -> tuple[str, ...]:
    """The documents that the question names for sure, in its order; of one name by their paths."""
    store = job.parts.store
    text = without_filters(clean_question(job.question))
    scope = Scope(collections=job.request.collections)
    paths: dict[str, None] = {}
    for named in sorted(named_documents(store, text, scope), key=lambda named: named.start):
        names = store.document_names(sorted(named.documents)).values()
        paths |= dict.fromkeys(sorted(path for path, _ in names))
    return tuple(paths)


def in_scope(job: Job) -> tuple[str, ...]:
    """Every document that can be read in the collections of the request; all where it has none."""
    chosen = {name.casefold() for name in job.request.collections}
    return tuple(
        one.path
        for one in job.parts.store.documents()
        if one.chunks and (not chosen or one.collection.casefold() in chosen)
    )


def two_documents(job: Job) -> tuple[str, str]:
    """The older and the newer: in the order in which they were chosen or named. Where one was
    chosen, the other may be named. Raises `NotTwoDocuments`."""
    found = tuple(dict.fromkeys(job.request.documents))
    if len(found) < 2:
        found = tuple(dict.fromkeys((*found, *named_in(job))))
    if len(found) != 2:
        raise NotTwoDocuments(count=len(found) or "none")
    return found[0], found[1]
