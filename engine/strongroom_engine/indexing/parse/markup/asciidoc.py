"""AsciiDoc: the file's own text, with its headings."""

from __future__ import annotations

import re

from strongroom_engine.indexing.parse.clean import one_line
from strongroom_engine.indexing.parse.lines import line_places
from strongroom_engine.indexing.parse.markup.text import read_text
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.indexing.parse.structure import lists
from strongroom_engine.types import Document, Heading, Page

MEDIA_TYPE = "text/asciidoc"

_HEADING_OR_BLOCK = re.compile(
    r"^(?:(?P<marks>={1,6})[ \t]+(?P<words>\S.*?)[ \t]*|(?P<fence>-{4,}|={4,}|\.{4,}|/{4,}))$",
    re.MULTILINE,
)


def parse(file: OpenFile) -> Document:
    text = read_text(file.file)
    found = tuple(_headings(text))
    return Document(
        title=one_line(found[0].text if found else file.stem),
        media_type=MEDIA_TYPE,
        pages=(Page(1, text),),
        paged=False,
        headings=found,
        lists=lists(text),
        places=line_places(text),
        parser="text",
    )


def _headings(text: str) -> list[Heading]:
    """Outside of blocks that show something word for word."""
    found: list[Heading] = []
    fence = ""
    for match in _HEADING_OR_BLOCK.finditer(text):
        if mark := match["fence"]:
            fence = "" if mark == fence else (fence or mark)
        elif not fence:
            found.append(Heading(match.start(), len(match["marks"]), one_line(match["words"])))
    return found
