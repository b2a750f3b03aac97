"""Pages that ask for more work than any page that was made to be read.

MuPDF cannot be stopped while it is at a page. A drawing that draws another one ten times, which
draws another one ten times, is a few lines long and never comes to its end.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping

import pymupdf

MOST_BYTES = 256 << 20
"""What a page may run through in all, drawings that it draws several times counted each time."""
MOST_LETTERS = 1_000_000
"""On one page; a page of a dictionary has ten thousand."""
A_DRAWING = 200
"""What it costs to begin with a drawing, in bytes run through."""
_DRAWN = re.compile(rb"/([^\s/<>\[\]()]+)\s+Do\b")

_Inside = Mapping[int, Mapping[bytes, int]]


def is_too_heavy(page: pymupdf.Page) -> bool:
    """Whether its drawings draw each other too often."""
    inside: defaultdict[int, dict[bytes, int]] = defaultdict(dict)
    for number, name, around, _ in page.get_xobjects():
        inside[around][str(name).encode("utf-8", "replace")] = number
    nested = any(around in inside for drawn in inside.values() for around in drawn.values())
    if not nested:
        return False
    own = sum(
        times * _weight(page.parent, inside[0][name], inside, {})
        for name, times in Counter(_DRAWN.findall(page.read_contents())).items()
        if name in inside[0]
    )
    return own > MOST_BYTES


def _weight(file: pymupdf.Document, number: int, inside: _Inside, known: dict[int, int]) -> int:
    """What MuPDF runs through for the drawing of this number; each is looked at once."""
    if number not in known:
        known[number] = 0  # in itself it is not drawn
        content = file.xref_stream(number) or b""
        names = inside.get(number, {})
        known[number] = (
            A_DRAWING
            + len(content)
            + sum(
                times * _weight(file, names[name], inside, known)
                for name, times in Counter(_DRAWN.findall(content)).items()
                if name in names
            )
        )
    return known[number]
