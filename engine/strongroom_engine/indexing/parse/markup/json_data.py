"""JSON and JSON Lines: the file's own text where it stands in lines, else laid out in lines.

Other tools write all of it in one line, which nobody can read or cite.
"""

from __future__ import annotations

import json

from strongroom_engine.indexing.parse.clean import one_line
from strongroom_engine.indexing.parse.lines import line_places
from strongroom_engine.indexing.parse.markup.text import read_text
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.types import Document, Page

MEDIA_TYPE = "application/json"
LONG_LINE = 400
"""Characters a line, on average, above which a text is laid out anew."""


def parse(file: OpenFile) -> Document:
    text = read_text(file.file)
    if len(text) > LONG_LINE * (text.count("\n") + 1):
        text = _laid_out(text)
    return Document(
        title=one_line(file.stem),
        media_type=MEDIA_TYPE,
        pages=(Page(1, text),),
        paged=False,
        places=line_places(text),
        parser="json",
    )


def _laid_out(text: str) -> str:
    """The values in lines; what is no JSON after all stays as it is. JSON Lines, a value a line."""
    try:
        values = [json.loads(text)]
    except (ValueError, RecursionError):
        try:
            values = [json.loads(line) for line in text.splitlines() if line.strip()]
        except (ValueError, RecursionError):
            return text
    return "\n".join(json.dumps(value, ensure_ascii=False, indent=1) for value in values)
