"""Lines and records of a text that is kept as it stands in its file, as places."""

from __future__ import annotations

import re

from strongroom_engine.types import ANCHOR_LINES, Place

_LINE = re.compile(r"\n")


def line_places(text: str, level: int = 1) -> tuple[Place, ...]:
    """'line 120' for each place of the text; an anchor each `ANCHOR_LINES` lines."""
    starts = [0, *(match.end() for match in _LINE.finditer(text))]
    return tuple(
        Place(start, level, "line", number=number, counts_lines=True)
        for number, start in enumerate(starts, 1)
        if number % ANCHOR_LINES == 1
    )
