"""The styles of an XLSX workbook: how the numbers of a cell are shown, and whether it is bold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from strongroom_engine.indexing.parse.office.package import Element
from strongroom_engine.indexing.parse.sheets.codes import BUILT_IN, PLAIN, Look, look

_OFF = frozenset({"0", "false"})


@dataclass(frozen=True, slots=True)
class Style:
    look: Look = PLAIN
    is_bold: bool = False


def styles(root: Element | None) -> list[Style]:
    """By the numbers that cells have for them."""
    if root is None:
        return []
    codes = dict(BUILT_IN)
    for element in root.iterfind("{*}numFmts/{*}numFmt"):
        codes[_int(element.get("numFmtId"))] = element.get("formatCode", "")
    bold = [_is_bold(font) for font in root.iterfind("{*}fonts/{*}font")]
    return [
        Style(look(codes.get(_int(one.get("numFmtId")), "")), _at(bold, _int(one.get("fontId"))))
        for one in root.iterfind("{*}cellXfs/{*}xf")
    ]


def _is_bold(font: Any) -> bool:
    found = font.find("{*}b")
    return found is not None and found.get("val", "1") not in _OFF


def _at(bold: list[bool], index: int) -> bool:
    return index < len(bold) and bold[index]


def _int(said: str | None) -> int:
    return int(said) if said and said.isascii() and said.isdigit() else 0
