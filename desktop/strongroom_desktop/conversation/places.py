"""Citations and hits as places that the reader can open."""

from __future__ import annotations

from collections.abc import Iterable

from strongroom_desktop.files import file_name
from strongroom_desktop.selection import Place
from strongroom_desktop.text import place_of
from strongroom_engine.types import Answer, Citation, Hit, Suspicion


def citation_places(answer: Answer) -> tuple[Place, ...]:
    """The answer's citations in their order, each with its words."""
    return tuple(
        Place(each.file, each.page, ((each.start, each.end),), each.title, each.n)
        for each in answer.citations
    )


def hit_places(hits: tuple[Hit, ...]) -> tuple[Place, ...]:
    """The passages that were read."""
    return tuple(Place(hit.file, hit.page, ((hit.start, hit.end),), hit.title) for hit in hits)


def where(citation: Citation | Hit) -> str:
    """'p. 14, 9.2 Notices': page and the nearest heading, as far as there are any."""
    heading = citation.heading.rpartition(" > ")[2].strip()
    return ", ".join(part for part in (place_of(citation.page), heading) if part)


def name_of(citation: Citation) -> str:
    """'Lease.pdf, p. 14', as citations are named in copied text."""
    return ", ".join(part for part in (file_name(citation.file), place_of(citation.page)) if part)


def is_suspect(place: Citation | Hit, suspicions: Iterable[Suspicion]) -> bool:
    """Whether words that seem to be meant for a machine lie in it."""
    return any(
        (one.file, one.page) == (place.file, place.page)
        and one.start < place.end and place.start < one.end
        for one in suspicions
    )  # fmt: skip


def is_cited(hit: Hit, citations: tuple[Citation, ...]) -> bool:
    """Whether a citation's words lie in the passage."""
    return any(
        each.file == hit.file and each.page == hit.page
        and each.start < hit.end and hit.start < each.end
        for each in citations
    )  # fmt: skip
