"""What charts and diagrams of Office documents say: titles, series, categories, labels."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from strongroom_engine.indexing.parse.office.package import RELATION_ID, Package

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_DATA = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm"
MAX_POINTS = 1_000
"""Points of a series that are read; a chart of more is a picture of data that lie elsewhere."""

_FIRST_DAY, _LAST_DAY = date(1899, 12, 30), 2_958_466
"""From which Office counts days, and how far."""

Element = Any
"""An element of lxml, which has no types."""


@dataclass(slots=True)
class Drawn:
    """What a graphic says: lines, and a table whose first row says what the columns are."""

    texts: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


def read(package: Package, part: str, element: Element) -> Drawn:
    """`element` is what a part refers with to a chart or a diagram; nothing for anything else."""
    if element.tag == f"{_C}chart":
        root = _related(package, part, element.get(RELATION_ID, ""))
        return _chart(root) if root is not None else Drawn()
    if element.tag == f"{_DGM}relIds":
        root = _related(package, part, element.get(_DATA, ""))
        return Drawn(list(_diagram(root))) if root is not None else Drawn()
    return Drawn()


def _related(package: Package, part: str, number: str) -> Element | None:
    relation = package.relations(part).get(number)
    if relation is None or relation.is_external:
        return None
    return package.root_if_any(relation.target)


# --- charts --------------------------------------------------------------------------------------


def _chart(root: Element) -> Drawn:
    titles = (_rich(title) for title in root.iter(f"{_C}title"))
    series = list(root.iter(f"{_C}ser"))
    names = [" ".join(_points(one.find(f"{_C}tx")).values()) for one in series]
    categories: dict[int, str] = {}
    for one in series:
        for name in ("cat", "xVal"):
            categories |= _points(one.find(f"{_C}{name}"))
    values = [_points(_first(one, "val", "yVal")) for one in series]
    numbers = sorted({*categories, *(number for one in values for number in one)})
    rows = [
        [categories.get(number, ""), *(one.get(number, "") for one in values)] for number in numbers
    ]
    return Drawn([title for title in titles if title], [["", *names], *rows] if rows else [])


def _first(parent: Element, *names: str) -> Element | None:
    found = (parent.find(f"{_C}{name}") for name in names)
    return next((one for one in found if one is not None), None)


def _points(parent: Element | None) -> dict[int, str]:
    """What was saved of the cells that the chart was made from, by number; of categories that
    have several levels all of them, the outer one first."""
    found: dict[int, str] = {}
    shape = (parent.findtext(f".//{_C}formatCode") or "") if parent is not None else ""
    for point in parent.iter(f"{_C}pt") if parent is not None else ():
        number = point.get("idx", "")
        if number.isascii() and number.isdigit() and int(number) < MAX_POINTS:
            said = _as_shown(" ".join((point.findtext(f"{_C}v") or "").split()), shape)
            found[int(number)] = f"{said} {found.get(int(number), '')}".strip()
    if parent is not None and not found and (alone := parent.findtext(f"{_C}v")):
        found[0] = " ".join(alone.split())
    return found


def _as_shown(value: str, shape: str) -> str:
    """A number without what computing with fractions left of it, or the day that it stands for."""
    try:
        number = float(value)
    except ValueError:
        return value
    if not math.isfinite(number):
        return value
    if "y" in shape.lower() and 0 < number < _LAST_DAY:
        return (_FIRST_DAY + timedelta(days=int(number))).isoformat()
    return f"{number:.12g}"


def _rich(title: Element) -> str:
    said = " ".join("".join(p.itertext(f"{_A}t")) for p in title.iter(f"{_A}p"))
    return " ".join((said or " ".join(_points(title).values())).split())


# --- diagrams ------------------------------------------------------------------------------------


def _diagram(root: Element) -> Iterator[str]:
    """The texts of a diagram (SmartArt), each before those below it."""
    points = {one.get("modelId", ""): one for one in root.iterfind(f"{_DGM}ptLst/{_DGM}pt")}
    below: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for link in root.iterfind(f"{_DGM}cxnLst/{_DGM}cxn"):
        if link.get("type", "parOf") == "parOf":
            order = link.get("srcOrd", "0")
            number = int(order) if order.isascii() and order.isdigit() else 0
            below[link.get("srcId", "")].append((number, link.get("destId", "")))
    waiting = [name for name, point in reversed(points.items()) if point.get("type") == "doc"]
    while waiting:
        point = points.pop(name := waiting.pop(), None)  # each once: they may stand in a circle
        if point is None:
            continue
        waiting += [other for _, other in sorted(below[name], reverse=True)]
        paragraphs = ("".join(p.itertext(f"{_A}t")) for p in point.iterfind(f"{_DGM}t/{_A}p"))
        if text := " ".join(" ".join(paragraphs).split()):
            yield text
