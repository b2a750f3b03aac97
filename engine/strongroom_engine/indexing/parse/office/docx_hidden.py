"""Text of a Word document that its reader does not see: hidden, white on white, or too small.

What a style says counts as well as what a run says itself; a background may come from the run, its
paragraph, or the cell of a table around it.
"""

from __future__ import annotations

from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PALE = 0xE0
"""Red, green and blue of at least this: as good as white."""
TOO_SMALL = 4
"""In half points: below two points nobody reads it."""
_MARK = "{strongroom}hidden"
_OFF = {"0", "false", "off", "none"}

Element = Any
"""An element of lxml, which has no types."""


def mark(root: Element, styles: frozenset[str]) -> None:
    """Mark the runs below that are not to be seen; `styles` are those whose text is not."""
    for run in root.iter(f"{_W}r"):
        if _is_hidden(run, styles):
            run.set(_MARK, "1")


def is_marked(run: Element) -> bool:
    return run.get(_MARK) is not None


def _is_hidden(run: Element, styles: frozenset[str]) -> bool:
    """Whether the run (`w:r`) has text that is not shown, or not to be seen."""
    own = run.find(f"{_W}rPr")
    if styles and _style(run, own) & styles and not _is_off(own, "vanish"):
        return True
    return own is not None and (
        _is_on(own, "vanish") or _is_small(own) or (_is_pale(own) and _on_paper(run, own))
    )


def hidden_styles(styles: Element | None) -> frozenset[str]:
    """The ids of the styles whose text is not shown."""
    found = styles.iterfind(f"{_W}style") if styles is not None else ()
    return frozenset(
        style.get(f"{_W}styleId", "")
        for style in found
        if (look := style.find(f"{_W}rPr")) is not None
        and (_is_on(look, "vanish") or _is_small(look))
    )


def _style(run: Element, own: Element | None) -> frozenset[str]:
    paragraph = next(run.iterancestors(f"{_W}p"), None)
    of_paragraph = paragraph.find(f"{_W}pPr/{_W}pStyle") if paragraph is not None else None
    of_run = own.find(f"{_W}rStyle") if own is not None else None
    return frozenset(
        style.get(f"{_W}val", "") for style in (of_run, of_paragraph) if style is not None
    )


def _is_on(look: Element, name: str) -> bool:
    """Whether a property is there and not switched off; a later 'specVanish' is Word's own."""
    found = look.find(f"{_W}{name}")
    return (
        found is not None
        and found.get(f"{_W}val", "1") not in _OFF
        and look.find(f"{_W}specVanish") is None
    )


def _is_off(look: Element | None, name: str) -> bool:
    found = look.find(f"{_W}{name}") if look is not None else None
    return found is not None and found.get(f"{_W}val", "1") in _OFF


def _is_small(look: Element) -> bool:
    size = look.find(f"{_W}sz")
    value = size.get(f"{_W}val", "") if size is not None else ""
    return value.isdigit() and int(value) < TOO_SMALL


def _is_pale(look: Element) -> bool:
    colour = look.find(f"{_W}color")
    return colour is not None and _pale(colour.get(f"{_W}val", ""))


def _pale(colour: str) -> bool:
    try:
        value = int(colour, 16)
    except ValueError:  # 'auto', or a name of a theme
        return False
    return len(colour) == 6 and min(value >> 16, value >> 8 & 0xFF, value & 0xFF) >= PALE


def _on_paper(run: Element, own: Element) -> bool:
    """Whether nothing around the run gives it another background than white."""
    if own.find(f"{_W}highlight") is not None or _is_shaded(own):
        return False
    if run.getroottree().getroot().find(f"{_W}background") is not None:
        return False
    holders = ("p", "pPr"), ("tc", "tcPr"), ("tbl", "tblPr")
    for name, properties in holders:
        for holder in run.iterancestors(f"{_W}{name}"):
            look = holder.find(f"{_W}{properties}")
            if look is not None and (_is_shaded(look) or look.find(f"{_W}tblStyle") is not None):
                return False
    # In a text box, or over a shape, the background is drawn: it cannot be told.
    return next(run.iterancestors(f"{_W}txbxContent"), None) is None


def _is_shaded(look: Element) -> bool:
    shading = look.find(f"{_W}shd")
    if shading is None:
        return False
    fill = shading.get(f"{_W}fill", "auto")
    coloured = fill != "auto" and not _pale(fill)
    return coloured or shading.get(f"{_W}val", "clear") not in {"clear", "nil"}
