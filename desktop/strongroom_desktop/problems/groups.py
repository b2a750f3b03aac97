"""Problems by reason: what each group is called, and what its one sentence says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from strongroom_desktop.figures import size
from strongroom_desktop.text import counted
from strongroom_engine.types import DocumentRecord, State


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason's place on the page. `sentence` says cause and consequence for the whole group."""

    title: str
    icon: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Group:
    reason: Reason
    state: State
    records: tuple[DocumentRecord, ...]

    @property
    def role(self) -> str:
        """The colour role of its glyph."""
        return "error" if self.state == State.FAILED else "warn"


REASONS = {
    "needs-password": Reason(
        "Needs a password",
        "lock",
        "Strongroom cannot open these files without their password. Save a copy without one.",
    ),
    "no-text": Reason(
        "Scanned pages without text",
        "scan-text",
        "These pages are pictures. Run text recognition (OCR) on them; the new files are read by "
        "themselves.",
    ),
    "damaged": Reason(
        "Damaged",
        "circle-alert",
        "The file is not what its name says or ends too early. Open it in its own application and "
        "save it again.",
    ),
    "timed-out": Reason(
        "Took too long", "clock", "Reading was stopped at the limit. Nothing else was affected."
    ),
    "unsupported": Reason(
        "Kind of file that is not read",
        "file-x",
        "Save them as PDF, DOCX, HTML, Markdown or text.",
    ),
    "empty": Reason("Empty", "file", "There is nothing in these files."),
    "too-large": Reason(
        "Too large", "circle-minus", "Split them into smaller files, or raise the limit."
    ),
    "invalid-name": Reason(
        "Name that is not text",
        "circle-minus",
        "Rename the files; they are read by themselves then.",
    ),
    "unreadable": Reason("Cannot be opened", "lock", "Check who may read these files."),
    "vanished": Reason(
        "Gone", "circle-dashed", "These files were there; they are read when they come back."
    ),
    "parser-died": Reason(
        "Stopped the reader",
        "circle-alert",
        "Reading these files ended in a crash, which was caught. Save them again and retry.",
    ),
    "out-of-memory": Reason(
        "Took too much memory", "circle-alert", "Split them into smaller files."
    ),
}
_SAY_WHY = frozenset({"damaged", "unreadable", "unsupported", "too-large"})
"""Reasons that say something of their own after a colon."""
_OTHER = Reason("Other reasons", "circle-alert", "Each row has its reason.")


def grouped(records: Sequence[DocumentRecord], wanted: State | None = None) -> list[Group]:
    """The problems by reason: skipped before failed, larger groups first."""
    found: dict[str, list[DocumentRecord]] = {}
    for record in records:
        if wanted is None or record.state == wanted:
            found.setdefault(record.code, []).append(record)
    groups = [
        Group(REASONS.get(code, _OTHER), members[0].state, tuple(members))
        for code, members in found.items()
    ]
    return sorted(
        groups,
        key=lambda group: (group.state == State.FAILED, -len(group.records), group.reason.title),
    )


def detail(record: DocumentRecord, group: Sequence[DocumentRecord]) -> str:
    """What a row adds to its group's sentence: its own reason, else pages or size."""
    _, _, why = record.reason.partition(": ")
    if why and record.code in _SAY_WHY:
        return why.rstrip(".")
    if any(other.reason != record.reason for other in group):
        return record.reason
    if record.paged and record.pages:
        return counted(record.pages, "page")
    return size(record.size) if record.size else ""
