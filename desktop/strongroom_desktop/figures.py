"""Figures as the status line and the pages say them."""

from __future__ import annotations

from strongroom_desktop.files import file_name
from strongroom_desktop.text import documents
from strongroom_desktop.wording import number, plural, tr
from strongroom_engine.types import LibraryStatus, Progress, under_way

_GB = 1_000_000_000
_MB = 1_000_000
LONG_S = 20
"""A document that is read for so long is named: nothing hangs."""


def gigabytes(size_bytes: int) -> str:
    """'6.3'; whole figures above 100."""
    value = round(size_bytes / _GB, 1)
    whole = value >= 100 or value == int(value)
    return number(round(value)) if whole else number(value, 1)


def size(size_bytes: int) -> str:
    """'340 kB', '1.2 GB'."""
    if size_bytes >= _GB:
        return tr("{n} GB", n=number(size_bytes / _GB, 1))
    if size_bytes >= _MB:
        return tr("{n} MB", n=number(size_bytes / _MB, 1))
    return tr("{n} kB", n=number(max(size_bytes // 1_000, 1)))


def time_left(left_s: float | None) -> str:
    """'about 4 min left', or nothing where it is not known."""
    if left_s is None:
        return ""
    if left_s < 60:
        return tr("less than a minute left")
    if left_s < 5_400:
        return tr("about {n} min left", n=number(round(left_s / 60)))
    return tr("about {n} h left", n=number(round(left_s / 3_600)))


def progress(value: Progress) -> str:
    """'1,204 of 1,980 documents, about 4 min left'; passages where a library is re-embedded, and
    said so; the scanned page that text recognition is at, and what takes long to be read."""
    done, total = number(value.done), number(value.total)
    if value.pages:
        return recognising(value)
    if value.model:
        figures = tr(
            "Re-embedding with {model}: {done} of {total}",
            model=value.model,
            done=done,
            total=total,
        )
    else:
        figures = plural(
            value.total, "{done} of {n} document", "{done} of {n} documents", done=done
        )
    left = time_left(value.left_s) if value.done < value.total else ""
    return ", ".join(part for part in (figures, left, reading_long(value)) if part)


def share_done(value: Progress) -> float:
    """For a bar: from 0 to 1. A book in it does not count as one note."""
    return value.share or value.done / max(value.total, 1)


def reading_long(value: Progress) -> str:
    """'reading Deeds.pdf for 2 min', 'dividing Deeds.pdf into passages, 40 %', where one document
    has taken long so far."""
    if value.reading_s < LONG_S or value.pages:
        return ""
    name, minutes = file_name(value.what), int(value.reading_s // 60)
    if value.cut >= 1:
        return tr("storing the passages of {name}", name=name)
    if value.cut:
        share = number(int(100 * value.cut))
        return tr("dividing {name} into passages, {n} %", name=name, n=share)
    if minutes:
        return tr("reading {name} for {n} min", name=name, n=number(minutes))
    return tr("reading {name} for {n} s", name=name, n=number(int(value.reading_s)))


def recognising(value: Progress, *, left: bool = True) -> str:
    """'Reading scanned page 12 of 300 of Deed.pdf, about 4 min left'."""
    said = tr(
        "Reading scanned page {page} of {pages} of {name}",
        page=number(value.page),
        pages=number(value.pages),
        name=file_name(value.what),
    )
    time = time_left(value.left_s) if left else ""
    return f"{said}, {time}" if time else said


def at_rest(status: LibraryStatus | None, *, away: bool = False, known: bool = True) -> str:
    """'2,100 documents, up to date'; `away`: of some it cannot be known, without `known` of
    none."""
    if status is None:
        return ""
    counts = status.documents
    everything = sum(counts.values())
    if not everything:
        return tr("No documents yet")
    if not known:
        return documents(everything)
    if waits := under_way(counts):
        waiting = tr("{n} on their way", n=number(waits))
        return f"{documents(everything)}, {waiting}"
    if away:
        return tr("{documents}, some of them away", documents=documents(everything))
    return tr("{documents}, up to date", documents=documents(everything))
