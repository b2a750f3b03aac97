"""Jupyter notebooks: prose, code and what the code printed, cell by cell."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from strongroom_engine.errors import DamagedDocument, NoText
from strongroom_engine.indexing.parse.clean import TextBuilder, has_words, one_line
from strongroom_engine.indexing.parse.markup.text import read_text
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.sentences.left_out import PICTURES
from strongroom_engine.types import Document, LeftOut, Page, Place

MEDIA_TYPE = "application/x-ipynb+json"
MOST_PRINTED = 20_000
"""Characters that a cell's results are cut at."""

_HEADING = re.compile(r"(#{1,6})[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_COLOURS = re.compile("\x1b\\[[0-9;]*m")

Cell = dict[str, Any]


def parse(file: OpenFile) -> Document:
    """Raises `DamagedDocument` where it is none, and `NoText`."""
    try:
        notebook = json.loads(read_text(file.file))
        cells = list(_cells(notebook))
    except (ValueError, RecursionError, AttributeError, TypeError, KeyError) as exc:
        raise DamagedDocument(why="it does not have the structure of a notebook") from exc
    builder = TextBuilder()
    places: list[Place] = []
    pictures = 0
    for number, cell in enumerate(cells, 1):
        start = builder.next_start()
        _say(builder, cell)
        if len(builder.text) > start:
            places.append(Place(start, 1, "cell", number=number))
        pictures += sum("image/" in kind for kind in _kinds(cell))
    if not has_words(builder.text):
        raise NoText
    headings = builder.headings
    return Document(
        title=one_line(headings[0].text if headings else file.stem),
        media_type=MEDIA_TYPE,
        pages=(Page(1, builder.text),),
        paged=False,
        headings=headings,
        places=tuple(places),
        left_out=(LeftOut(PICTURES(), pictures),) if pictures else (),
        parser="json",
    )


def _cells(notebook: Any) -> Iterator[Cell]:
    """Of version 4, and of version 3 with its worksheets."""
    sheets = [notebook] if "cells" in notebook else notebook["worksheets"]
    for sheet in sheets:
        yield from (cell for cell in sheet.get("cells", ()) if isinstance(cell, dict))


def _say(builder: TextBuilder, cell: Cell) -> None:
    source = _text(cell.get("source", cell.get("input", "")))
    if cell.get("cell_type") != "markdown":
        builder.add(source.strip("\n"))
        builder.add(_printed(cell).strip("\n"))
        return
    done = 0
    for match in _HEADING.finditer(source):
        builder.add(source[done : match.start()].strip())
        builder.add(match[2], level=len(match[1]))
        done = match.end()
    builder.add(source[done:].strip())


def _printed(cell: Cell) -> str:
    """What the cell's code printed and gave, as text."""
    parts = []
    for output in cell.get("outputs") or ():
        if isinstance(output, dict):
            data = output.get("data") or {}
            parts.append(_text(output.get("text") or data.get("text/plain") or ""))
    return _COLOURS.sub("", "\n".join(part for part in parts if part))[:MOST_PRINTED]


def _kinds(cell: Cell) -> Iterator[str]:
    for output in cell.get("outputs") or ():
        if isinstance(output, dict):
            yield from output.get("data") or ()


def _text(value: Any) -> str:
    """Texts are strings, or lists of lines."""
    return "".join(map(str, value)) if isinstance(value, list) else str(value)
