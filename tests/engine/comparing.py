"""What a library holds, so that two can be compared that were made of the same documents."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from strongroom_engine.library import Library
from strongroom_engine.types import Method

_DOCUMENTS = (
    "SELECT CAST(d.path AS TEXT),"
    " (SELECT group_concat(heading || '|' || text, '|') FROM (SELECT heading, text FROM chunks"
    " JOIN texts ON chunk = id WHERE document = d.id ORDER BY ordinal)),"
    " d.state, d.problem, d.title, d.content_hash,"
    " (SELECT count(*) FROM pages WHERE document = d.id),"
    " (SELECT count(*) FROM places WHERE document = d.id),"
    " (SELECT count(*) FROM sheet_rows WHERE sheet IN"
    " (SELECT id FROM sheets WHERE document = d.id))"
    " FROM documents d"
)


def held(
    library: Library, questions: Sequence[str], methods: Sequence[Method] = ("lexical", "dense")
) -> dict[str, Any]:
    """Documents with states and passages, vectors, faults, and what is found for the questions."""
    status = library.status()
    with library._store._read() as db:
        rows = db.execute(_DOCUMENTS).fetchall()
    return {
        "documents": {path: [*row, _short(text)] for path, text, *row in rows},
        "embedded": {"chunks": status.chunks, "vectors": status.embedded},
        "faults": library._store.upkeep.faults(),
        "best": {
            f"{question} by {method}": _best(library, question, method)
            for question in questions
            for method in methods
        },
    }


def _short(text: object) -> str:
    return hashlib.sha256(str(text).encode()).hexdigest()[:16]


def _best(library: Library, question: str, method: Method) -> list[float]:
    """How good the best are: of equally good ones which comes first is nobody's concern."""
    return [round(hit.score, 2) for hit in library.search(question, 5, method=method).hits]


def differences(ours: Any, theirs: Any, name: str = "") -> Iterator[str]:
    """What differs between what two libraries hold."""
    if not isinstance(ours, dict) or not isinstance(theirs, dict):
        if ours != theirs:
            yield f"{name}: {str(ours)[:300]} and not {str(theirs)[:300]}"
        return
    for key in sorted({*ours, *theirs}):
        yield from differences(ours.get(key), theirs.get(key), key)
