"""Which spans are to be marked: the open place's own, and those of the trail's other places."""

from __future__ import annotations

from strongroom_desktop.selection import Trail

Span = tuple[int, int]
Spans = tuple[tuple[Span, ...], tuple[Span, ...]]


def cited(trail: Trail, page: int | None) -> Spans:
    """The open spans on a page (None: of a document without pages), and the others on it."""
    place = trail.place
    opened = place.spans if page in (None, place.page) else ()
    others = dict.fromkeys(
        span
        for other in trail.places
        if other.file == place.file and other.page == page and not other.quiet
        for span in other.spans
        if span not in opened
    )
    return opened, tuple(others)
