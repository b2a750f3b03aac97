"""Names shortened so that what tells them apart is left: their beginning, and the date at their end."""

from __future__ import annotations

import re
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

_TAIL = re.compile(r"[\s_,(-]*\d[\d\W_]*(?:[^\W\d_]{1,3}\d*\)?)?$")
"""A date, a year, a number or a version at the end of a name."""
_MOST_OF_IT = 0.75
"""A tail longer than this share of the room is cut like everything else."""
_ELLIPSIS = "\u2026"


def elided(metrics: QFontMetrics, text: str, width: int) -> str:
    """The text, or as much of it as `width` pixels hold: 'Lease 14 Harbour… 2019-03-28'."""
    if metrics.horizontalAdvance(text) <= width:
        return text
    return _elided(text, width, _Metrics(metrics))


class _Metrics:
    """Font metrics as a part of a cache's key: two of the same font are the same."""

    def __init__(self, metrics: QFontMetrics) -> None:
        self.of = metrics
        self._key = (metrics.height(), metrics.averageCharWidth(), metrics.horizontalAdvance("mw1"))

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Metrics) and self._key == other._key


@lru_cache(maxsize=2_048)
def _elided(text: str, width: int, metrics: _Metrics) -> str:
    tail = _TAIL.search(text)
    end = tail[0].lstrip(" _,-") if tail and tail.start() > 0 else ""
    room = width - metrics.of.horizontalAdvance(f"{_ELLIPSIS}{end}")
    if not end or width <= 0 or (width - room) / width > _MOST_OF_IT:
        return metrics.of.elidedText(text, Qt.TextElideMode.ElideMiddle, width)
    head = text[: len(text) - len(end)]
    while head and metrics.of.horizontalAdvance(head) > room:
        head = head[:-1]
    return f"{head.rstrip(' _,-(')}{_ELLIPSIS}{end}"
