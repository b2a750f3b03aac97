"""What a report says, in plain words: line by line, as it is shown and as it is copied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from PySide6.QtCore import QDateTime

from strongroom_desktop.elsewhere import named
from strongroom_desktop.figures import size
from strongroom_desktop.files import lies_in
from strongroom_desktop.kin import name_in_container
from strongroom_desktop.text import duration, long_date, own_name
from strongroom_desktop.wording import heard, number, plural, tr
from strongroom_engine.types import Kin, LeftOut, Report, State

CLEAR, DOUBTFUL = 0.93, 0.8
"""Confidence of text recognition from which a page is read well, and below which it is doubtful."""
MOST_PAGES = 12
"""Pages that are named one by one."""
_HASH = 12
"""Figures of a fingerprint: enough to compare it with that of another copy."""
_NS_PER_MS = 1_000_000
_KINDS = ("container", "member", "copy", "version", "thread")


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the report: what it is about, and what there is to say."""

    name: str
    said: str


# --- the verdict ---------------------------------------------------------------------------------


def verdict(report: Report) -> tuple[str, str, str]:
    """In a sentence or two whether the document can be relied on; icon and colour role with it."""
    record = report.document
    match record.state:
        case State.SKIPPED | State.FAILED:
            said = f"{record.reason} {record.remedy}".strip()
            role = "error" if record.state == State.FAILED else "warn"
            return said, "circle-alert" if role == "error" else "circle-minus", role
        case State.PENDING:
            return tr("It waits to be read."), "circle-dashed", "text_2"
        case State.READABLE:
            said = tr("Its words can be searched already; its meaning follows.")
            return said, "circle-dashed", "text_2"
        case _:
            return _found(report)


def _found(report: Report) -> tuple[str, str, str]:
    if report.findable is False:
        said = tr("It was read, but a sentence drawn from it does not find it again.")
        return said, "circle-alert", "error"
    if report.waiting:
        said = plural(
            len(report.waiting),
            "It is in the index; {n} page still waits for text recognition.",
            "It is in the index; {n} pages still wait for text recognition.",
        )
        return said, "circle-dashed", "text_2"
    if report.findable is None:
        return tr("It is in the index. Whether it is found was not tried yet."), "check", "text_2"
    said = tr("It is in the index, and a sentence drawn from it finds it.")
    return said, "circle-check", "accent"


# --- the lines -----------------------------------------------------------------------------------


def facts(report: Report) -> list[Fact]:
    """What there is to say, line by line; what means nothing for the document is not there."""
    lines = (
        Fact(tr("Read with"), report.parser),
        Fact(tr("Read"), _when(report)),
        Fact(tr("From the file"), version(report)),
        Fact(tr("Password"), tr("One was needed, and fitted") if report.with_password else ""),
        Fact(tr("Extent"), _extent(report)),
        Fact(tr("Text recognition"), _recognised(report)),
        Fact(tr("Waiting"), _waiting(report)),
        Fact(tr("Structure"), _structure(report)),
        Fact(tr("Languages"), ", ".join(map(own_name, report.languages))),
        Fact(tr("In the index"), _indexed(report)),
        Fact(tr("Left out"), "\n".join(map(left_out, report.left_out))),
    )
    return [line for line in lines if line.said]


def _when(report: Report) -> str:
    if not report.read_ms:
        return ""
    took = tr("in {time}", time=duration(report.took_ms)) if report.took_ms else ""
    return ", ".join(part for part in (moment(report.read_ms), took) if part)


def moment(ms: int) -> str:
    """'28 November 2026, 14:02'."""
    at = QDateTime.fromMSecsSinceEpoch(ms)
    return f"{long_date(at.date())}, {at.time().toString(tr('HH:mm'))}"


def version(report: Report) -> str:
    """Size, time of change and the beginning of the fingerprint of the file that was read."""
    record = report.document
    changed = moment(record.mtime_ns // _NS_PER_MS) if record.mtime_ns else ""
    parts = (
        size(record.size) if record.size else "",
        tr("changed {moment}", moment=changed) if changed else "",
        tr("fingerprint {hash}", hash=report.content_hash[:_HASH]) if report.content_hash else "",
    )
    return ", ".join(part for part in parts if part)


def _extent(report: Report) -> str:
    parts = [_pages(report.page_unit, report.pages)] if report.pages else []
    if report.members:
        parts.append(plural(report.members, "{n} document inside", "{n} documents inside"))
    if report.characters:
        count = report.characters
        parts.append(plural(count, "{n} character of text", "{n} characters of text"))
    return ", ".join(parts)


def _pages(unit: str, count: int) -> str:
    match unit:
        case "slide":
            return plural(count, "{n} slide", "{n} slides")
        case "sheet":
            return plural(count, "{n} sheet", "{n} sheets")
        case "message":
            return plural(count, "{n} message", "{n} messages")
        case "chapter":
            return plural(count, "{n} chapter", "{n} chapters")
        case "event" | "contact" | "cell":
            return plural(count, "{n} entry", "{n} entries")
        case _:
            return plural(count, "{n} page", "{n} pages")


def confidence(value: float) -> str:
    """How well text recognition read a page, in words."""
    if value >= CLEAR:
        return tr("read clearly")
    return tr("may hold errors") if value >= DOUBTFUL else tr("hard to read")


def recognition(pages: Sequence[tuple[int, float]]) -> str:
    """'12 pages: 9 read clearly, 2 may hold errors, 1 hard to read'."""
    if not pages:
        return ""
    counts: dict[str, int] = {}
    for _page, value in sorted(pages, key=lambda pair: -pair[1]):
        said = confidence(value)
        counts[said] = counts.get(said, 0) + 1
    parts = [tr("{n} {how}", n=number(count), how=how) for how, count in counts.items()]
    of = plural(len(pages), "{n} page", "{n} pages")
    if len(parts) == 1:
        return tr("{pages}, {how}", pages=of, how=next(iter(counts)))
    return tr("{pages}: {parts}", pages=of, parts=", ".join(parts))


def _recognised(report: Report) -> str:
    said = recognition(report.recognised)
    scripts = tr("It reads Latin and Greek letters, Chinese and Japanese, and no other script.")
    return f"{said}\n{scripts}" if said else ""


def doubtful(report: Report) -> tuple[int, ...]:
    """The pages that text recognition was not sure of, the worst first."""
    unsure = [(value, page) for page, value in report.recognised if value < CLEAR]
    return tuple(page for _value, page in sorted(unsure))


def _waiting(report: Report) -> str:
    if not report.waiting:
        return ""
    named = ", ".join(map(number, report.waiting[:MOST_PAGES]))
    if len(report.waiting) > MOST_PAGES:
        named = f"{named}, \u2026"
    return plural(
        len(report.waiting),
        "{n} page waits for text recognition: {pages}",
        "{n} pages wait for text recognition: {pages}",
        pages=named,
    )


def _structure(report: Report) -> str:
    counted = (
        (report.headings, plural(report.headings, "{n} heading", "{n} headings")),
        (report.tables, plural(report.tables, "{n} table", "{n} tables")),
        (
            report.sheets,
            plural(report.sheets, "{n} table kept as data", "{n} tables kept as data"),
        ),
    )
    return ", ".join(said for count, said in counted if count)


def _indexed(report: Report) -> str:
    chunks = report.document.chunks
    if not chunks:
        return ""
    if report.words == chunks == report.vectors:
        return plural(
            chunks,
            "{n} passage, with its words and its meaning",
            "{n} passages, each with its words and its meaning",
        )
    passages = plural(chunks, "{n} passage", "{n} passages")
    return tr(
        "{passages}, {words} with their words, {vectors} with their meaning",
        passages=passages,
        words=number(report.words),
        vectors=number(report.vectors),
    )


def left_out(one: LeftOut) -> str:
    """'pages that are damaged (2)'."""
    what = heard(one.what)
    what = what[:1].upper() + what[1:]
    return tr("{what} ({n})", what=what, n=number(one.count)) if one.count > 1 else what


# --- kin -----------------------------------------------------------------------------------------


def grouped(kin: Sequence[Kin]) -> list[tuple[str, list[Kin]]]:
    """What belongs to the document, by how it does, each kind with its name."""
    found = ((kind, [one for one in kin if one.kind == kind]) for kind in _KINDS)
    return [(_kind(kind), members) for kind, members in found if members]


def _kind(kind: str) -> str:
    return {
        "container": tr("Lies in"),
        "member": tr("Holds"),
        "copy": tr("The same bytes, elsewhere"),
        "version": tr("Nearly the same text"),
        "thread": tr("The same exchange of messages"),
    }[kind]


def kin_name(one: Kin, of: str) -> str:
    """What belongs to the document at the path `of`: one inside it by its path there."""
    if one.kind == "member" and lies_in(of, one.path):
        return " \u203a ".join(PurePath(one.path).relative_to(of).parts)
    return named(one.path)


def alike(one: Kin) -> str:
    """How alike a version is: '94 % the same'."""
    if one.kind != "version" or one.likeness >= 1:
        return ""
    return tr("{n} % the same", n=number(int(one.likeness * 100)))


# --- as text -------------------------------------------------------------------------------------


def as_text(report: Report, *, changed: bool = False) -> str:
    """The whole report, to be pasted into a mail."""
    lines = [name_in_container(report.document.path), report.document.path, ""]
    lines += [verdict(report)[0], ""]
    lines += [f"{fact.name}: {fact.said.replace(chr(10), '; ')}" for fact in facts(report)]
    if changed:
        lines.append(changed_since())
    pages = doubtful(report)
    if pages:
        lines.append(f"{doubtful_title()}: {', '.join(map(number, pages))}")
    for name, members in grouped(report.kin):
        lines += ["", f"{name}:"]
        lines += [f"  {', '.join(filter(None, (one.path, alike(one))))}" for one in members]
    if report.more_kin:
        lines.append(more_kin(report.more_kin))
    return "\n".join(lines)


def changed_since() -> str:
    return tr("The file has changed since. It is read anew by itself.")


def doubtful_title() -> str:
    return tr("Pages to look at")


def more_kin(count: int) -> str:
    return plural(count, "and {n} more", "and {n} more")
