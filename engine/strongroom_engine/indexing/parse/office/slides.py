"""What readers of presentations share: a slide begins with its title."""

from __future__ import annotations

from collections.abc import Callable

from strongroom_engine.indexing.parse.clean import (
    MAX_TITLE,
    TextBuilder,
    clean,
    without_marks,
)
from strongroom_engine.types import Place


def begin(builder: TextBuilder, number: int, said: str, shown: Callable[[str], str] = str) -> Place:
    """Add the title of a slide, and return its place. What somebody wrote at length in the field
    for the title is text like any other, and is called by its beginning."""
    title = " ".join(clean(without_marks(said)).split())
    place = Place(builder.next_start(), 1, "slide", title[:MAX_TITLE].rstrip(), number)
    builder.add(shown(title), level=int(len(title) <= MAX_TITLE))
    return place
