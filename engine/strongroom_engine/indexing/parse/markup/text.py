"""Plain text in any encoding, found again by its lines; logs count as such."""

from __future__ import annotations

from typing import BinaryIO

from strongroom_engine.errors import EmptyDocument, UnsupportedFormat
from strongroom_engine.indexing.parse import files
from strongroom_engine.indexing.parse.clean import clean, one_line
from strongroom_engine.indexing.parse.decode import NotText, decode
from strongroom_engine.indexing.parse.lines import line_places
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.indexing.parse.structure import lists, tables
from strongroom_engine.types import Document, Page

MEDIA_TYPE = "text/plain"


def read_text(file: BinaryIO, declared: str = "") -> str:
    """The decoded text of a file, offset for offset; raises a `DocumentProblem`."""
    try:
        text = clean(decode(files.read(file), declared))
    except NotText as exc:
        raise UnsupportedFormat(kind="data without text") from exc
    if not text.strip():
        raise EmptyDocument
    return text


def parse(file: OpenFile) -> Document:
    text = read_text(file.file)
    return Document(
        title=one_line(file.stem),
        media_type=MEDIA_TYPE,
        pages=(Page(1, text),),
        paged=False,
        tables=tables(text),
        lists=lists(text),
        places=line_places(text),
    )
