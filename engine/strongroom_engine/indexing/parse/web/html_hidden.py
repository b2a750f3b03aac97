"""What of a web page cannot be seen: by the styles of its elements, and by simple rules in it.

`display: none`, `visibility: hidden` and the like say that something is not to be shown (menus,
dialogs): an element that says so itself is left out. Text in the colour of its background, of no
size, transparent or far off the page pretends to be shown: it is kept and marked. So is what a
rule does not show, since a script may show it. Rules with one class, id or element name are
followed; what scripts, other style sheets and longer selectors do is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BRACE = re.compile(r"([{}])")
_SELECTOR = re.compile(r"([a-z][a-z0-9]*)?([.#][\w-]+)?", re.IGNORECASE)
_NOT_SHOWN = re.compile(
    r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE
)
_DECLARATION = re.compile(r"([\w-]+)\s*:\s*([^;]+)")
_RGB = re.compile(r"rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)(?:[\s,/]+([\d.]+%?))?\s*\)")
_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_LENGTH = re.compile(r"(-?\d*\.?\d+)\s*(px|pt|em|rem|%|vw|vh)?")
_NAMES = {"white": (255, 255, 255), "black": (0, 0, 0), "snow": (255, 250, 250)}
_ALIKE = 0x20
"""Two colours that differ by less, in red, green and blue, look alike."""
_TOO_SMALL = {"px": 2.0, "pt": 1.6, "em": 0.1, "rem": 0.1, "%": 10.0, None: 1.0}
_FAR = 900.0
"""Pixels to the left of or above the page."""
_TRANSPARENT = 0.05

Colour = tuple[int, int, int]
Tag = Any
"""An element of lxml, which has no types."""


def is_not_shown(style: str) -> bool:
    """Whether the style says that the element is not shown at all."""
    return _NOT_SHOWN.search(style) is not None


def is_unseen_style(written: str) -> bool:
    """Whether an attribute as it is written, 'hidden' or 'style="..."', keeps text from sight."""
    name, _, value = written.partition("=")
    if name.strip().lower() == "hidden":
        return True
    element = etree.Element("span", style=value.strip("\"' "))
    return is_not_shown(element.get("style", "")) or Looks(None).hides(element)


class Looks:
    """How the elements of a page look, as far as that is simple to say."""

    def __init__(self, root: Tag | None) -> None:
        self._rules: dict[str, str] = {}
        for sheet in root.iter("style") if root is not None else ():
            self._learn(sheet.text or "")

    def hides(self, tag: Tag) -> bool:
        """Whether the text of the element cannot be seen, as far as the page itself says."""
        if self._rules and is_not_shown(self._ruled(tag)):
            return True
        style = self._style(tag)
        return bool(style) and (
            _is_tiny(style) or _is_clear(style) or _is_far(style) or self._is_like_paper(tag, style)
        )

    def _learn(self, sheet: str) -> None:
        for selectors, declarations in _rules(_COMMENT.sub("", sheet)):
            for selector in selectors.split(","):
                name = selector.strip()
                if name and _SELECTOR.fullmatch(name):
                    self._rules[name.lower()] = (
                        f"{self._rules.get(name.lower(), '')};{declarations}"
                    )

    def _ruled(self, tag: Tag) -> str:
        if not isinstance(tag.tag, str):
            return ""
        names = [f".{name}" for name in tag.get("class", "").split()]
        names += [f"#{tag.get('id')}"] if tag.get("id") else []
        keys = (tag.tag, *names, *(f"{tag.tag}{name}" for name in names))
        return ";".join(self._rules[key] for key in map(str.lower, keys) if key in self._rules)

    def _style(self, tag: Tag) -> dict[str, str]:
        ruled = self._ruled(tag) if self._rules else ""
        own = tag.get("style", "")
        if tag.tag == "font" and tag.get("color"):
            own = f"color:{tag.get('color')};{own}"
        found = _DECLARATION.findall(f"{ruled};{own}".lower())
        return {name: value.replace("!important", "").strip() for name, value in found}

    def _is_like_paper(self, tag: Tag, style: dict[str, str]) -> bool:
        colour = _colour(style.get("color", ""))
        if colour is None:
            return "color" in style and style["color"] == "transparent"
        paper = self._paper(tag)
        return paper is not None and all(
            abs(a - b) < _ALIKE for a, b in zip(colour, paper, strict=True)
        )

    def _paper(self, tag: Tag) -> Colour | None:
        """The background behind the element; None where it cannot be told."""
        for element in (tag, *tag.iterancestors()):
            style = self._style(element)
            said = style.get("background-color") or style.get("background") or ""
            said = said or element.get("bgcolor", "").lower()
            if said and said not in {"transparent", "none", "inherit", "initial"}:
                return None if "url(" in said or "gradient" in said else _colour(said)
            if "background-image" in style:
                return None
        return 255, 255, 255


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations; without those for paper, narrow screens and the like."""
    depth, sometimes, head = 0, 0, ""
    for text, brace in zip(*[iter(_BRACE.split(sheet))] * 2, strict=False):
        if brace == "{":
            depth += 1
            head = text.rpartition(";")[2].strip()
            sometimes = sometimes or (depth if head.startswith("@") else 0)
        else:
            if depth == 1 and not sometimes:
                yield head, text
            sometimes = 0 if sometimes == depth else sometimes
            depth = max(depth - 1, 0)


def _colour(said: str) -> Colour | None:
    said = said.strip()
    if match := _HEX.match(said):
        digits = match[1] if len(match[1]) > 4 else "".join(digit * 2 for digit in match[1])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
    if match := _RGB.match(said):
        return int(match[1]), int(match[2]), int(match[3])
    return _NAMES.get(said.split(" ")[0]) if said else None


def _is_tiny(style: dict[str, str]) -> bool:
    match = _LENGTH.fullmatch(style.get("font-size", ""))
    return match is not None and float(match[1]) < _TOO_SMALL.get(match[2], 0.0)


def _is_clear(style: dict[str, str]) -> bool:
    rgba = _RGB.match(style.get("color", ""))
    alpha = rgba[4] if rgba is not None and rgba[4] else "1"
    return _share(style.get("opacity", "1")) < _TRANSPARENT or _share(alpha) < _TRANSPARENT


def _share(said: str) -> float:
    try:
        return float(said[:-1]) / 100 if said.endswith("%") else float(said)
    except ValueError:  # 'inherit', a variable
        return 1.0


def _is_far(style: dict[str, str]) -> bool:
    """Off the page; or cut to nothing, as text for screen readers is."""
    placed = style.get("position") in {"absolute", "fixed"}
    names = ("left", "top", "text-indent") if placed else ("text-indent",)
    if any(_pixels(style.get(name, "")) <= -_FAR for name in names):
        return True
    clipped = re.sub(r"\s", "", style.get("clip", "") + style.get("clip-path", ""))
    return placed and clipped.startswith(
        ("rect(0", "rect(1px,1px,1px,1px", "inset(50%", "inset(100%")
    )


def _pixels(said: str) -> float:
    match = _LENGTH.fullmatch(said)
    return float(match[1]) * (16 if match[2] in {"em", "rem"} else 1) if match else 0.0
