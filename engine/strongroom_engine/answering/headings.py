"""The heading that stands above a quote, and the places that it stands in.

A passage is named after the heading that it begins under, and may go on over the next ones: a
quote from clause 7 would be shown as one of clause 6. Where the library knows the headings of the
document, the quote's own place decides.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import replace

from strongroom_engine.store import Store
from strongroom_engine.types import Citation, heading_line, heading_paths

Above = Callable[[Citation], str]


def in_their_places(store: Store, citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """The citations, each with the headings above its quote and the places around it; those of a
    document that an older Strongroom read keep the passage's heading."""
    known: dict[str, Above] = {}
    found = []
    citations = tuple(citations)
    copies = store.reports.copies(one.file for one in citations)
    for one in citations:
        if one.file not in known:
            known[one.file] = _above(store, one.file)
        start = _origin(store, one) + one.start
        places = one.places or store.placing.of(one.file, start)
        heading = known[one.file](one)
        found.append(replace(one, heading=heading, places=places, copies=copies[one.file]))
    return tuple(found)


def _origin(store: Store, citation: Citation) -> int:
    """Where the citation's page begins, in document coordinates."""
    starts = store.page_starts(citation.file) if citation.page else ()
    return starts[citation.page - 1] if citation.page and citation.page <= len(starts) else 0


def _above(store: Store, file: str) -> Above:
    headings = store.reading.headings(file)
    if headings is None:
        return lambda citation: citation.heading
    paths = heading_paths(headings)
    starts = [start for start, _ in paths]

    def above(citation: Citation) -> str:
        index = bisect_right(starts, _origin(store, citation) + citation.start) - 1
        return heading_line(paths[index][1]) if index >= 0 else ""

    return above
