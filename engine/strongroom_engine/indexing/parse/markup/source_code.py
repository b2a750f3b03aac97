"""Source code and settings: the file's own text, found again by its lines."""

from __future__ import annotations

from strongroom_engine.indexing.parse.clean import one_line
from strongroom_engine.indexing.parse.lines import line_places
from strongroom_engine.indexing.parse.markup.text import read_text
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.types import Document, Page

MEDIA_TYPE = "text/x-source"


def parse(file: OpenFile) -> Document:
    text = read_text(file.file)
    return Document(
        title=one_line(file.name),
        media_type=MEDIA_TYPE,
        pages=(Page(1, text),),
        paged=False,
        places=line_places(text),
        parser="text",
    )
