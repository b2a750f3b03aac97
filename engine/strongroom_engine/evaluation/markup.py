"""Elements of an HTML page; whatever is not an element already is escaped.

Text of documents and questions is untrusted: it can neither open a tag nor leave an attribute,
nor turn the direction of what stands around it.
"""

from __future__ import annotations

import html
import re

_UNWANTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_VOID = frozenset({"meta", "line", "rect", "circle", "br"})


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def text(untrusted: object) -> Markup:
    """Escaped, without control characters; an element stays as it is."""
    if isinstance(untrusted, Markup):
        return untrusted
    return Markup(html.escape(_UNWANTED.sub("", str(untrusted)), quote=True))


def tag(name: str, /, *children: object, **attributes: object) -> Markup:
    """An element. `class_` is `class`, other underscores are hyphens; None is left out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{text(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID:
        return Markup(f"<{name}{written}>" if name in {"meta", "br"} else f"<{name}{written}/>")
    return Markup(f"<{name}{written}>{joined(*children)}</{name}>")


def joined(*children: object) -> Markup:
    """One after the other; None is left out."""
    return Markup("".join(text(child) for child in children if child is not None))
