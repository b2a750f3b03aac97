"""Figures as the status line and the pages say them."""

from __future__ import annotations

from strongroom_desktop.text import counted
from strongroom_engine.types import LibraryStatus, Progress, State

_GB = 1_000_000_000


def gigabytes(size_bytes: int) -> str:
    """'6.3'; whole figures above 100."""
    value = size_bytes / _GB
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}".removesuffix(".0")


def size(size_bytes: int) -> str:
    """'340 kB', '1.2 GB'."""
    for unit, name in ((_GB, "GB"), (1_000_000, "MB")):
        if size_bytes >= unit:
            return f"{size_bytes / unit:.1f} {name}"
    return f"{max(size_bytes // 1_000, 1)} kB"


def time_left(left_s: float | None) -> str:
    """'about 4 min left', or nothing where it is not known."""
    if left_s is None:
        return ""
    if left_s < 60:
        return "less than a minute left"
    if left_s < 5_400:
        return f"about {round(left_s / 60)} min left"
    return f"about {round(left_s / 3_600)} h left"


def progress(value: Progress) -> str:
    """'1,204 of 1,980, about 4 min left'; passages where a library is re-embedded, and said so."""
    figures = f"{value.done:,} of {value.total:,}"
    if value.model:
        figures = f"Re-embedding with {value.model}: {figures}"
    left = time_left(value.left_s) if value.done < value.total else ""
    return f"{figures}, {left}" if left else figures


def at_rest(status: LibraryStatus | None) -> str:
    """'2,100 documents, up to date'."""
    if status is None:
        return ""
    counts = status.documents
    everything = sum(counts.values())
    if not everything:
        return "No documents yet"
    under_way = counts.get(State.PENDING, 0) + counts.get(State.READABLE, 0)
    if under_way:
        return f"{counted(everything, 'document')}, {under_way:,} on their way"
    return f"{counted(everything, 'document')}, up to date"
