"""Citations and hits as places that the reader can open."""

from __future__ import annotations

from collections.abc import Iterable

from strongroom_desktop.kin import name_in_container
from strongroom_desktop.placing import place, spot
from strongroom_desktop.selection import Place
from strongroom_engine.types import Answer, Citation, Hit, Suspicion, TableResult


def citation_places(answer: Answer) -> tuple[Place, ...]:
    """The answer's citations in their order, each with its words."""
    return tuple(
        Place(
            each.file, each.page, ((each.start, each.end),), each.title, each.n,
            where=place(each.places),
        )
        for each in answer.citations
    )  # fmt: skip


def hit_places(hits: tuple[Hit, ...]) -> tuple[Place, ...]:
    """The passages that were read."""
    return tuple(
        Place(hit.file, hit.page, ((hit.start, hit.end),), hit.title, where=place(hit.places))
        for hit in hits
    )


def where(citation: Citation | Hit) -> str:
    """'p. 14, 9.2 Notices', 'slide 12': page or place, and the nearest heading, as far as there are
    any and it says something new."""
    found = spot(citation.page, citation.places)
    heading = citation.heading.rpartition(" > ")[2].strip()
    named = any(" ".join(each.name.split()) == heading for each in citation.places)
    return ", ".join(part for part in (found, "" if named else heading) if part)


def name_of(citation: Citation) -> str:
    """'Lease.pdf, p. 14', as citations are named in copied text."""
    found = spot(citation.page, citation.places)
    return ", ".join(part for part in (name_in_container(citation.file), found) if part)


def is_suspect(passage: Citation | Hit, suspicions: Iterable[Suspicion]) -> bool:
    """Whether words that seem to be meant for a machine lie in it."""
    return any(
        (one.file, one.page) == (passage.file, passage.page)
        and one.start < passage.end and passage.start < one.end
        for one in suspicions
    )  # fmt: skip


def is_cited(hit: Hit, citations: tuple[Citation, ...]) -> bool:
    """Whether a citation's words lie in the passage."""
    return any(
        each.file == hit.file and each.page == hit.page
        and each.start < hit.end and hit.start < each.end
        for each in citations
    )  # fmt: skip


def table_place(result: TableResult, citations: Iterable[Citation]) -> Place:
    """Where a table stands that was asked: its first citation, else its document."""
    for each in citations:
        if each.file == result.file:
            spans = ((each.start, each.end),)
            return Place(each.file, each.page, spans, each.title, where=place(each.places))
    return Place(result.file)
