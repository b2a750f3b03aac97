"""Problems by reason: what each group is called, what its one sentence says, what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from strongroom_desktop.figures import size
from strongroom_desktop.files import is_photo
from strongroom_desktop.wording import plural, tr
from strongroom_engine.types import DocumentRecord, LibraryStatus, State, under_way

Remedy = Literal["retry", "exclude", "settings", "rescan", "copy", "password", "download"]


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason's place on the page. `sentence` says cause and consequence for the whole group,
    `remedy` what its one button does."""

    title: str
    icon: str
    sentence: str
    remedy: Remedy = "retry"


@dataclass(frozen=True, slots=True)
class Group:
    code: str
    reason: Reason
    state: State
    records: tuple[DocumentRecord, ...]

    @property
    def role(self) -> str:
        """The colour role of its glyph: photographs are no cause for a warning."""
        if self.code == PHOTOS:
            return "text_3"
        return "error" if self.state == State.FAILED else "warn"


PHOTOS = "photos"
"""The group of pictures in which there is nothing to read: the last one, and not counted as wrong."""
_SAY_WHY = frozenset({"damaged", "unreadable", "unsupported", "unread-archive", "too-large"})
"""Reasons that say something of their own after a colon."""


def words_for(code: str) -> Reason:
    """The words for a reason, in the language of the window."""
    made = {**_awaited(), **_skipped(), **_failed()}
    made[PHOTOS] = replace(made["no-text"], title=tr("Pictures"), icon="image")
    other = Reason(tr("Other reasons"), "circle-alert", tr("Each row has its reason."))
    return made.get(code, other)


def _awaited() -> dict[str, Reason]:
    """What is read as soon as something is given for it."""
    return {
        "needs-password": Reason(
            tr("Needs a password"),
            "lock",
            tr(
                "They are read as soon as their password is known. One password can be given for a "
                "whole folder or archive; it is kept in the encrypted library."
            ),
            "password",
        ),
        "not-downloaded": Reason(
            tr("Not on this computer yet"),
            "download",
            tr(
                "Their cloud has these files. They are read when they are kept on this computer, or "
                "downloaded from here."
            ),
            "download",
        ),
    }


def _skipped() -> dict[str, Reason]:
    return {
        "no-text": Reason(
            tr("Pictures without text"),
            "scan-text",
            tr(
                "No text was recognised in their pages: they may be photographs or empty, or the "
                "recognition of text may be off in Settings."
            ),
            "exclude",
        ),
        "unsupported": Reason(
            tr("Kind of file that is not read"),
            "file-x",
            tr("Save them in another format, as PDF or text, or leave them out."),
            "exclude",
        ),
        "unread-archive": Reason(
            tr("Kind of archive that is not opened"),
            "file-x",
            tr("Unpack them into folders, or pack their files as ZIP."),
            "exclude",
        ),
        "empty": Reason(tr("Empty"), "file", tr("There is no text in these documents."), "exclude"),
        "too-large": Reason(
            tr("Too large"),
            "circle-minus",
            tr("Split them into smaller files, or raise the limit in Settings."),
            "settings",
        ),
        "picture-too-large": Reason(
            tr("Picture with too many pixels"),
            "circle-minus",
            tr("Save copies of them with fewer pixels, or leave them out."),
            "exclude",
        ),
        "too-much-inside": Reason(
            tr("Too much inside"),
            "circle-minus",
            tr(
                "These archives hold more than is unpacked. Unpack them into a folder, or raise the "
                "limits in Settings."
            ),
            "settings",
        ),
        "too-deep": Reason(
            tr("Too deep inside others"),
            "circle-minus",
            tr("Unpack what they lie in into a folder, or leave them out."),
            "exclude",
        ),
        "invalid-name": Reason(
            tr("Name that is not text"),
            "circle-minus",
            tr("Rename the files; they are read by themselves then."),
            "exclude",
        ),
    }


def _failed() -> dict[str, Reason]:
    return {
        "not-findable": Reason(
            tr("Read, but not found"),
            "search",
            tr(
                "A sentence drawn from these documents does not find them again, so answers would "
                "leave them out. Reading them again mends it, mostly."
            ),
        ),
        "damaged": Reason(
            tr("Damaged"),
            "circle-alert",
            tr(
                "The file is not what its name says or ends too early. Open it in its own "
                "application and save it again."
            ),
        ),
        "timed-out": Reason(
            tr("Took too long"),
            "clock",
            tr("Reading was stopped at the limit. Nothing else was affected."),
            "settings",
        ),
        "unreadable": Reason(
            tr("Cannot be opened"),
            "lock",
            tr("Check who may read these files, then read them again."),
        ),
        "vanished": Reason(
            tr("Gone"),
            "circle-dashed",
            tr("These files were there; they are read when they come back."),
            "rescan",
        ),
        "parser-died": Reason(
            tr("Stopped the reader"),
            "circle-alert",
            tr(
                "Reading these files ended in a crash, which was caught. Save them again in their "
                "own application; nothing else was affected."
            ),
        ),
        "ended-strongroom": Reason(
            tr("Put aside"),
            "circle-alert",
            tr(
                "Strongroom ended twice while it read these files. They are read again when they "
                "change, or when you ask for it."
            ),
        ),
        "out-of-memory": Reason(
            tr("Took too much memory"),
            "circle-alert",
            tr("Split them into smaller files, or raise the limit in Settings."),
            "settings",
        ),
    }


def remedy_text(remedy: Remedy, count: int) -> str:
    """What the button of a group says."""
    said = {
        "exclude": plural(count, "Leave it out", "Leave all {n} out"),
        "settings": tr("Open Settings"),
        "rescan": tr("Look for changes"),
        "download": plural(count, "Download and read it", "Download and read all {n}"),
        "password": tr("Enter password…"),
        "copy": plural(count, "Copy the path", "Copy {n} paths"),
    }
    if remedy in said:
        return said[remedy]
    if count == 2:
        return tr("Read both again")
    return plural(count, "Read it again", "Read all {n} again")


def grouped(
    records: Sequence[DocumentRecord], wanted: State | None = None, collection: str = ""
) -> list[Group]:
    """The problems by reason: skipped before failed, larger groups first, photographs last."""
    found: dict[str, list[DocumentRecord]] = {}
    for record in records:
        if wanted in (None, record.state) and collection in ("", record.collection):
            found.setdefault(PHOTOS if is_photo(record) else record.code, []).append(record)
    groups = [
        Group(code, words_for(code), members[0].state, tuple(members))
        for code, members in found.items()
    ]
    return sorted(
        groups,
        key=lambda group: (
            group.code == PHOTOS,
            group.state == State.FAILED,
            -len(group.records),
            group.reason.title,
        ),
    )


def detail(record: DocumentRecord, group: Sequence[DocumentRecord]) -> str:
    """What a row adds to its group's sentence: its own reason, else pages or size."""
    return _detail(record, own_reasons=len({other.reason for other in group}) > 1)


def details(group: Group) -> list[str]:
    """`detail` of every row of a group, at once: groups can be long."""
    own = len({record.reason for record in group.records}) > 1
    return [_detail(record, own_reasons=own) for record in group.records]


def _detail(record: DocumentRecord, *, own_reasons: bool) -> str:
    reason = record.reason
    _, _, why = reason.partition(": ")
    if why and record.code in _SAY_WHY:
        return why.rstrip(".")
    if own_reasons:
        return reason
    if record.paged and record.pages:
        return plural(record.pages, "{n} page", "{n} pages")
    return size(record.size) if record.size else ""


def all_well(status: LibraryStatus | None, *, away: bool) -> str:
    """What is said where no problem is shown. `away`: of some documents it cannot be known."""
    counts = status.documents if status else {}
    waiting = under_way(counts)
    if status and status.problems:
        return tr("Nothing of this kind.")
    if waiting:
        return plural(
            waiting,
            "No problems so far. {n} document is still being read.",
            "No problems so far. {n} documents are still being read.",
        )
    if not any(counts.values()):
        return tr("No documents yet.")
    if away:
        return tr(
            "No problems so far. Some documents are on drives that are not here now; what has "
            "changed there is read when they are back."
        )
    return tr("Every document is in the index.")
