"""What the tree says about its rows: names, tooltips, glyphs."""

from __future__ import annotations

from strongroom_desktop.absence import places_away, why
from strongroom_desktop.files import file_icon
from strongroom_desktop.sources.nodes import Node, share_done, source_of
from strongroom_desktop.wording import number, plural, tr
from strongroom_engine.types import DocumentRecord, Source, State

_GLYPHS = {"needs-password": "lock", "no-text": "circle-minus", "timed-out": "clock"}


def icon(node: Node, *, open_: bool) -> str:
    if node.kind == "folder":
        return "folder-open" if open_ else "folder"
    if node.record is not None and node.record.code == "no-text":
        return "scan"
    return file_icon(node.path)


def glyph(node: Node, *, paused: bool = False) -> tuple[str, str]:
    """The icon and colour role of what differs from 'in the index'; ('', '') else."""
    if away(node):
        return "unplug", "text_2"
    if node.kind == "collection":
        return ("circle-pause", "text_2") if paused and share_done(node.sources) else ("", "")
    code = node.record.code if node.record else ""
    match node.record.state if node.record else State.INDEXED:
        case State.PENDING:
            return "circle-dashed", "text_3"
        case State.SKIPPED:
            return _GLYPHS.get(code, "circle-minus"), "warn"
        case State.FAILED:
            return _GLYPHS.get(code, "circle-alert"), "error"
        case _:
            return ("scan-text", "text_2") if node.record and node.record.waiting else ("", "")


def away(node: Node) -> bool:
    """Whether the drive or folder of a source, or one of a collection's, is not there now."""
    source = source_of(node)
    return not all(each.present for each in ((source,) if source else node.sources))


def figure(node: Node) -> str:
    """What stands at the far edge: a percentage while indexing, else the count of documents."""
    share = share_done(node.sources)
    if node.kind == "collection" and share is not None:
        return tr("{share} %", share=number(int(share * 100)))
    beneath = node.count - (node.kind == "document")
    return number(beneath) if node.kind != "document" or node.children else ""


def tooltip(node: Node, *, paused: bool = False) -> str:
    match node.kind:
        case "collection":
            lines = [node.name, *(where(source) for source in node.sources)]
            if share_done(node.sources) is not None and paused:
                lines.append(tr("Indexing is paused."))
            lines.append(tr("The check box says whether it is searched; Alt-click: only this."))
            return "\n".join(lines)
        case "document" if node.record is not None:
            title = " ".join(node.record.title.split())
            named = title if title not in (node.name, node.shown) else ""
            parts = (node.name, named, state_sentence(node.record), node.record.remedy)
            return "\n".join(part for part in parts if part)
        case _:
            source = source_of(node)
            return where(source) if source else node.path or node.name


def check_tooltip(*, in_scope: bool) -> str:
    """What the check box of a collection means."""
    if in_scope:
        return tr("Searched. Click to leave it out, Alt-click to search only this.")
    return tr("Not searched. Click to search it too, Alt-click to search only this.")


def spoken(node: Node, *, in_scope: bool) -> str:
    """The row as a screen reader says it."""
    match node.kind:
        case "collection":
            state = tr("searched") if in_scope else tr("not searched")
            return f"{node.name}, {figure(node)}, {state}"
        case "folder":
            documents = plural(node.count, "{n} document", "{n} documents")
            return f"{node.name}, {tr('folder')}, {documents}"
        case _:
            state = state_sentence(node.record) if node.record else ""
            count = node.count - 1
            inside = plural(count, "{n} document inside", "{n} documents inside")
            parts = (node.name, inside if node.children else "", state)
            return ", ".join(part for part in parts if part)


def state_sentence(record: DocumentRecord) -> str:
    """What differs about a document in one sentence; '' when it is in the index."""
    match record.state:
        case State.PENDING:
            return tr("Waiting to be read.")
        case State.SKIPPED | State.FAILED:
            return record.reason or tr("Not in the index: {code}.", code=record.code)
        case _ if record.waiting:
            return plural(
                record.waiting,
                "{n} page waits for text recognition.",
                "{n} pages wait for text recognition.",
            )
        case State.READABLE:
            return tr("Its words can be searched; its meaning follows.")
        case _:
            return ""


def resting_sentence(*, paused: bool, why: str) -> str:
    """Why indexing rests or goes slowly, in one sentence; '' when it does not."""
    if not paused:
        return tr("Indexing goes slowly during working hours.") if why == "hours" else ""
    match why:
        case "battery":
            return tr("Indexing is paused while the computer runs on its battery.")
        case "damage":
            return tr("Indexing is paused: the library is damaged.")
        case "hours":
            return tr("Indexing is paused during working hours.")
        case _:
            return tr("Indexing is paused. It goes on when you say so.")


def where(source: Source) -> str:
    """Where a source is, and what is away of it, a line each."""
    return "\n".join(part for part in (source.path, why(source), places_away(source)) if part)
