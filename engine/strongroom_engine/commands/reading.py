"""The command that reads a document of the library: its text, or where words stand in it."""

from __future__ import annotations

import re

from rich.text import Text

from strongroom_engine.commands import output
from strongroom_engine.commands.terminal import (
    Commands,
    Options,
    command,
    err,
    opened,
    out,
    text_argument,
)
from strongroom_engine.library import Library
from strongroom_engine.trees import absolute_path
from strongroom_engine.types import Found, PageSpan

_AROUND = 60
"""Characters shown on each side of a place."""


def add_perusing(commands: Commands) -> None:
    """Its grammar."""
    read = command(commands, "read", _read, "the text of a document, or where words stand in it")
    read.add_argument("file", metavar="FILE")
    read.add_argument(
        "--find", type=text_argument, default="", metavar="WORDS", help="where these words stand"
    )


def _read(options: Options) -> int:
    file = absolute_path(options.file)
    with opened(options, "read") as library:
        if options.find:
            return _find(library, file, options)
        facts, text = library.reading.facts(file), _text(library, file)
    if options.json:
        print(output.to_json({"document": facts.document, "labels": facts.labels, "text": text}))
    else:
        print(output.clean(text))
    return 0


def _text(library: Library, file: str) -> str:
    """The whole text, part by part."""
    parts: list[str] = []
    length, total = 0, 1
    while length < total:
        part = library.reading.excerpt(file, offset=length)
        parts.append(part.text)
        length, total = length + len(part.text), part.total
    return "".join(parts)


def _find(library: Library, file: str, options: Options) -> int:
    found = library.reading.find(file, options.find)
    if options.json:
        print(output.to_json(found))
        return 0
    for place in found.places:
        out.print(_line(library, found, place))
    more = "more than " if found.more else ""
    err.print(Text(f"{more}{output.count(len(found.places), 'place')}".capitalize() + "."))
    return 0


def _line(library: Library, found: Found, place: PageSpan) -> Text:
    """A place with the words around it."""
    text, start, end = library.reading.around(found.file, place, _AROUND)
    before, words, after = text[:start], text[start:end], text[end:]
    line = Text(f"p. {place.page}  " if place.page else "", "dim")
    for part, style in ((before, ""), (words, "bold"), (after, "")):
        line.append(re.sub(r"\s+", " ", output.clean(part)), style)
    return line
