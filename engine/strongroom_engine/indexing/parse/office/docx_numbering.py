"""The numbers that Word puts before headings and clauses ('4.2'), which stand nowhere in the text.

Those of headings are told, and those of lists of several levels whose numbers name the levels above,
as contracts and reports have them: people look for 'clause 4.2'. Of plain lists they are not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_SILENT = frozenset({"bullet", "none"})
MAX_NUMBER = 9_999
MAX_BASES = 9

Element = Any
"""An element of lxml, which has no types."""


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    kind: str
    text: str
    style: str
    is_legal: bool
    """All numbers in it are Arabic ones."""


@dataclass(slots=True)
class _List:
    """A list of a document: its levels, and how far each has counted."""

    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)

    @property
    def names_levels(self) -> bool:
        """Whether a number names the numbers above it: '4.2'."""
        return any(len(_PLACE.findall(level.text)) > 1 for level in self.levels.values())


class Numbering:
    """Counts the paragraphs of a document in their order."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._of_style: dict[str, tuple[str, int]] = {}
        if numbering is not None:
            self._read(numbering)
        if styles is not None and self._lists:
            self._read_styles(styles)

    def _read(self, numbering: Element) -> None:
        shared = {
            one.get(f"{_W}abstractNumId", ""): _List(_levels(one))
            for one in numbering.iterfind(f"{_W}abstractNum")
        }
        for number in numbering.iterfind(f"{_W}num"):
            named = number.find(f"{_W}abstractNumId")
            found = shared.get(named.get(f"{_W}val", "")) if named is not None else None
            if found is None:
                continue
            starts = {
                _int(one.get(f"{_W}ilvl")): _int(start.get(f"{_W}val"))
                for one in number.iterfind(f"{_W}lvlOverride")
                if (start := one.find(f"{_W}startOverride")) is not None
            }
            # One that begins anew counts on its own.
            self._lists[number.get(f"{_W}numId", "")] = (
                _List(_started(found.levels, starts)) if starts else found
            )

    def _read_styles(self, styles: Element) -> None:
        known = {one.get(f"{_W}styleId", ""): one for one in styles.iterfind(f"{_W}style")}
        for name in known:
            if (found := _numbered_by(name, known)) is not None:
                number, level, owner = found
                linked = self._lists.get(number)
                for depth, one in linked.levels.items() if linked is not None else ():
                    level = depth if one.style == owner else level
                self._of_style[name] = number, level

    def label(self, paragraph: Element, *, is_heading: bool) -> str:
        """The number before the next paragraph, '' where it has none or it is not told."""
        found = self._place(paragraph)
        if found is None:
            return ""
        counted, depth = found
        level = counted.levels[depth]
        counts = counted.counts
        counts[depth] = min(counts.get(depth, level.start - 1) + 1, MAX_NUMBER)
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        if level.kind in _SILENT or not (is_heading or counted.names_levels):
            return ""
        return _PLACE.sub(lambda match: _said(counted, int(match[1]) - 1, level), level.text)

    def _place(self, paragraph: Element) -> tuple[_List, int] | None:
        look = paragraph.find(f"{_W}pPr")
        if look is None:
            return None
        style = look.find(f"{_W}pStyle")
        number, depth = self._of_style.get(
            style.get(f"{_W}val", "") if style is not None else "", ("", 0)
        )
        own, level = look.find(f"{_W}numPr/{_W}numId"), look.find(f"{_W}numPr/{_W}ilvl")
        if own is not None:
            number, depth = own.get(f"{_W}val", ""), depth if own.get(f"{_W}val") == number else 0
        if level is not None:
            depth = _int(level.get(f"{_W}val"))
        found = self._lists.get(number)
        return (found, depth) if found is not None and depth in found.levels else None


def _levels(shared: Element) -> dict[int, _Level]:
    return {
        _int(one.get(f"{_W}ilvl")): _Level(
            start=_int(_value(one, "start") or "1"),
            kind=_value(one, "numFmt") or "decimal",
            text=_value(one, "lvlText"),
            style=_value(one, "pStyle"),
            is_legal=one.find(f"{_W}isLgl") is not None,
        )
        for one in shared.iterfind(f"{_W}lvl")
    }


def _started(levels: dict[int, _Level], starts: dict[int, int]) -> dict[int, _Level]:
    return {
        depth: _Level(starts.get(depth, one.start), one.kind, one.text, one.style, one.is_legal)
        for depth, one in levels.items()
    }


def _numbered_by(name: str, known: dict[str, Element]) -> tuple[str, int, str] | None:
    """The list and the level that a style says, and the style, of its bases too, that says so."""
    for _ in range(MAX_BASES):
        style = known.get(name)
        if style is None:
            return None
        own = style.find(f"{_W}pPr/{_W}numPr/{_W}numId")
        if own is not None:
            level = style.find(f"{_W}pPr/{_W}numPr/{_W}ilvl")
            return (
                own.get(f"{_W}val", ""),
                _int(level.get(f"{_W}val") if level is not None else "0"),
                name,
            )
        base = style.find(f"{_W}basedOn")
        name = base.get(f"{_W}val", "") if base is not None else ""
    return None


def _value(parent: Element, name: str) -> str:
    found = parent.find(f"{_W}{name}")
    return str(found.get(f"{_W}val", "")) if found is not None else ""


def _int(text: str | None) -> int:
    return (
        int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 6 else 0
    )


def _said(counted: _List, depth: int, at: _Level) -> str:
    """The number of a level as its kind says it."""
    level = counted.levels.get(depth)
    if level is None:
        return ""
    number = counted.counts.get(depth, level.start)
    return _in_kind(number, "decimal" if at.is_legal else level.kind)


def _in_kind(number: int, kind: str) -> str:
    if kind in _SILENT:
        return ""
    if kind in {"lowerLetter", "upperLetter"} and number > 0:
        said = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif kind in {"lowerRoman", "upperRoman"} and number > 0:
        said = _roman(number)
    elif kind == "decimalZero":
        return f"{number:02}"
    else:
        return str(number)
    return said.upper() if kind.startswith("upper") else said


def _roman(number: int) -> str:
    said = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        said += letters * count
    return said
