"""What is said of the open document: pages, size, age, and how it was read."""

from __future__ import annotations

from PySide6.QtCore import QDateTime

from strongroom_desktop.figures import size
from strongroom_desktop.text import long_date
from strongroom_desktop.wording import plural, tr
from strongroom_engine.types import DocumentRecord, State

_NS_PER_MS = 1_000_000


def facts(record: DocumentRecord) -> tuple[str, ...]:
    """A line each, for the menu of the document."""
    pages = plural(record.pages, "{n} page", "{n} pages") if record.paged else ""
    extent = ", ".join(part for part in (pages, size(record.size) if record.size else "") if part)
    changed = tr("Changed {date}", date=_date(record.mtime_ns)) if record.mtime_ns else ""
    return tuple(line for line in (extent, changed, how_read(record)) if line)


def how_read(record: DocumentRecord) -> str:
    """'Read as PDF, 80 passages in the index'."""
    if record.state in (State.SKIPPED, State.FAILED):
        return record.reason
    if record.state == State.PENDING:
        return tr("Not read yet")
    kind = _kind(record.media_type)
    if record.state == State.READABLE:
        return tr("Read as {kind}, words only so far", kind=kind)
    return plural(
        record.chunks,
        "Read as {kind}, {n} passage in the index",
        "Read as {kind}, {n} passages in the index",
        kind=kind,
    )


def _kind(media_type: str) -> str:
    match media_type:
        case "application/pdf":
            return "PDF"
        case "text/html":
            return "HTML"
        case "text/markdown":
            return "Markdown"
        case "application/vnd.openxmlformats-officedocument.wordprocessingml.document":
            return "DOCX"
        case _ if media_type.startswith("image/"):
            return tr("a picture")
        case _:
            return tr("text")


def _date(mtime_ns: int) -> str:
    return long_date(QDateTime.fromMSecsSinceEpoch(mtime_ns // _NS_PER_MS).date())
