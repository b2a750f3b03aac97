"""Of a text that is longer than the limit its beginning is read, and the rest is said to be left out.

A log or a table of gigabytes is then searchable as far as it goes, in the memory that a text may take.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from dataclasses import replace

from strongroom_engine.errors import DamagedDocument, TooLarge
from strongroom_engine.indexing.parse.files import file_errors
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.indexing.sizes import MEGABYTE, human_size
from strongroom_engine.sentences import left_out
from strongroom_engine.types import Document, LeftOut

_NEAR_END = 0.75
"""A line that ends after this share of what is read is its last one."""
_WIDEST = 4
"""Bytes of a character in UTF-32, and of the longest in UTF-8."""


def parsed(file: OpenFile, parse: Callable[[OpenFile], Document]) -> Document:
    """The document of a text, or of as much of it as may be read, to the end of a line. It says
    what it lacks. Raises `TooLarge` where a part cannot be read without the rest."""
    limit = file.text_limit_bytes
    with file_errors():
        size = file.file.seek(0, os.SEEK_END)
        file.file.seek(0)
        if size <= limit:
            return parse(file)
        data = _to_a_line_end(file.file.read(limit))
    try:
        document = parse(replace(file, file=io.BytesIO(data)))
    except DamagedDocument as exc:
        raise TooLarge(size=human_size(size), limit=human_size(limit)) from exc
    lacks = left_out.LONG_TEXT(left=human_size(size - len(data)), size=human_size(limit))
    return replace(document, left_out=(LeftOut(lacks), *document.left_out))


def _to_a_line_end(data: bytes) -> bytes:
    """The bytes without the line, or else the character, that they may end in the middle of."""
    if b"\0" in data[:MEGABYTE]:  # characters of two or four bytes
        return data[: len(data) // _WIDEST * _WIDEST]
    end = data.rfind(b"\n") + 1
    return data[:end] if end > _NEAR_END * len(data) else _to_a_character_end(data)


def _to_a_character_end(data: bytes) -> bytes:
    """Without the first bytes of a character in UTF-8 whose others are missing."""
    last = len(data) - 1
    while last > len(data) - _WIDEST and data[last] & 0xC0 == 0x80:
        last -= 1
    return data[:last] if data[last] >= 0xC0 else data
