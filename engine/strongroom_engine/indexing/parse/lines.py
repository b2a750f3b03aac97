"""Lines and records of a text that is kept as it stands in its file, as places."""

from __future__ import annotations

import re

from strongroom_engine.types import ANCHOR_LINES, Place

_LINES = re.compile(rf"(?:[^\n]*\n){{{ANCHOR_LINES}}}")


def line_places(text: str, level: int = 1) -> tuple[Place, ...]:
    """'line 120' for each place of the text; an anchor each `ANCHOR_LINES` lines."""
    starts = [0]
    # Matched where the last ended, and not searched: a search tries each letter of what is left.
    while match := _LINES.match(text, starts[-1]):
        starts.append(match.end())
    return tuple(
        Place(start, level, "line", number=1 + index * ANCHOR_LINES, counts_lines=True)
        for index, start in enumerate(starts)
    )
