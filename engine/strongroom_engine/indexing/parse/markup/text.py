"""Plain text in any encoding; source code, tables as text and logs count as such."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from strongroom_engine.errors import EmptyDocument, UnsupportedFormat
from strongroom_engine.indexing.parse import files
from strongroom_engine.indexing.parse.clean import clean, one_line
from strongroom_engine.indexing.parse.decode import NotText, decode
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.indexing.parse.structure import lists, tables
from strongroom_engine.types import Document, Page, Table

MEDIA_TYPE = "text/plain"

_TABLE_NAMES = frozenset({".csv", ".tsv"})


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
        tables=_tables(file.path, text),
        lists=lists(text),
    )


def _tables(path: str, text: str) -> tuple[Table, ...]:
    """A file that is one table by its name, else the tables that tabs make."""
    if Path(path).suffix.lower() not in _TABLE_NAMES:
        return tables(text)
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    header = text.find("\n", start, end)
    return (Table(start, header, end),) if header > 0 else ()
