"""What the tree says about its rows: names, tooltips, glyphs."""

from __future__ import annotations

from pathlib import PurePath

from strongroom_desktop.files import file_icon
from strongroom_desktop.sources.nodes import Node, share_done
from strongroom_engine.types import DocumentRecord, State

_GLYPHS = {"needs-password": "lock", "no-text": "circle-minus", "timed-out": "clock"}


def shown_name(node: Node) -> str:
    """The name without its extension: the icon says that."""
    if node.kind != "document":
        return node.name
    stem = PurePath(node.name).stem
    return stem or node.name


def icon(node: Node, *, open_: bool) -> str:
    if node.kind == "folder":
        return "folder-open" if open_ else "folder"
    if node.record is not None and node.record.code == "no-text":
        return "scan"
    return file_icon(node.name)


def glyph(record: DocumentRecord | None) -> tuple[str, str]:
    """The icon and colour role of a state that differs from 'in the index'; ('', '') else."""
    match record.state if record else State.INDEXED:
        case State.PENDING:
            return "circle-dashed", "text_3"
        case State.SKIPPED:
            return _GLYPHS.get(record.code if record else "", "circle-minus"), "warn"
        case State.FAILED:
            return _GLYPHS.get(record.code if record else "", "circle-alert"), "error"
        case _:
            return "", ""


def figure(node: Node) -> str:
    """What stands at the far edge: a percentage while indexing, else the count of documents."""
    share = share_done(node.sources)
    if node.kind == "collection" and share is not None:
        return f"{int(share * 100)} %"
    return f"{node.count:,}" if node.kind != "document" else ""


def tooltip(node: Node) -> str:
    match node.kind:
        case "collection":
            where = "\n".join(_where(source.path, source.present) for source in node.sources)
            return f"{node.name}\n{where}\nThe check box says whether it is searched."
        case "document" if node.record is not None:
            parts = (node.name, state_sentence(node.record), node.record.remedy)
            return "\n".join(part for part in parts if part)
        case _:
            return node.path or node.name


def spoken(node: Node, *, in_scope: bool) -> str:
    """The row as a screen reader says it."""
    match node.kind:
        case "collection":
            state = "searched" if in_scope else "not searched"
            return f"{node.name}, {figure(node)}, {state}"
        case "folder":
            return f"{node.name}, folder, {node.count:,} documents"
        case _:
            state = state_sentence(node.record) if node.record else ""
            return f"{node.name}, {state}" if state else node.name


def state_sentence(record: DocumentRecord) -> str:
    """What differs about a document in one sentence; '' when it is in the index."""
    match record.state:
        case State.PENDING:
            return "Waiting to be read."
        case State.READABLE:
            return "Its words can be searched; its meaning follows."
        case State.SKIPPED | State.FAILED:
            return record.reason or f"Not in the index: {record.code}."
        case _:
            return ""


def _where(path: str, present: bool) -> str:
    return path if present else f"{path} (not there now; its documents stay searchable)"
