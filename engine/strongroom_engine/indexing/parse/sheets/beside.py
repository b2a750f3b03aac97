"""What an XLSX sheet has beside its cells: comments, text boxes, charts and pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from strongroom_engine.indexing.parse.office import graphics
from strongroom_engine.indexing.parse.office.package import Element, Package
from strongroom_engine.indexing.parse.sheets.rows import place_of
from strongroom_engine.sentences import left_out

_XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@dataclass(slots=True)
class Beside:
    """Texts with the rows at which they stand, 0 where that is not known; what is left out."""

    notes: list[tuple[int, str]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


def beside(package: Package, part: str) -> Beside:
    """What belongs to the sheet in this part."""
    found = Beside()
    parts = [
        (relation.kind, relation.target)
        for relation in package.relations(part).values()
        if not relation.is_external and relation.target in package
    ]
    comments: dict[str, str] = {}
    for kind, target in parts:
        if kind == "comments":
            comments = dict(_comments(package, target)) | comments
        elif kind == "threadedComment":
            comments |= _threads(package, target)
    for reference, text in comments.items():
        place = place_of(reference)
        found.notes.append((place[0] if place else 0, f"{reference}: {text}"))
    for kind, target in parts:
        if kind == "drawing":
            _drawing(package, target, found)
    found.notes.sort(key=lambda note: note[0])
    return found


def _comments(package: Package, part: str) -> Iterator[tuple[str, str]]:
    root = package.root_if_any(part)
    for one in root.iter("{*}comment") if root is not None else ():
        text = "".join(one.itertext("{*}t")).strip()
        if text:
            yield one.get("ref", ""), text


def _threads(package: Package, part: str) -> dict[str, str]:
    """Comments and the answers to them, by the cell; what older programs show of them is another
    text, which says that they are too old."""
    root = package.root_if_any(part)
    found: dict[str, list[str]] = {}
    for one in root.iter("{*}threadedComment") if root is not None else ():
        text = "".join(one.itertext("{*}text")).strip()
        found.setdefault(one.get("ref", ""), []).append(text)
    return {reference: " ".join(texts) for reference, texts in found.items()}


def _drawing(package: Package, part: str, found: Beside) -> None:
    root = package.root_if_any(part)
    for anchor in root if root is not None else ():
        row = anchor.findtext(f"{_XDR}from/{_XDR}row") or ""
        number = int(row) + 1 if row.strip().isdigit() else 0
        for text in _texts(package, part, anchor, found):
            found.notes.append((number, text))
        found.counts[left_out.PICTURES()] += sum(1 for _ in anchor.iter(f"{_XDR}pic"))


def _texts(package: Package, part: str, anchor: Element, found: Beside) -> Iterator[str]:
    """The text boxes, and the titles of charts."""
    for body in anchor.iter(f"{_XDR}txBody"):
        lines = ("".join(line.itertext(f"{_A}t")) for line in body.iter(f"{_A}p"))
        if text := " ".join(line.strip() for line in lines if line.strip()):
            yield text
    for chart in anchor.iter(f"{_C}chart"):
        found.counts[left_out.CHARTS()] += 1
        yield from graphics.read(package, part, chart).texts
