"""reStructuredText: the file's own text, with its headings."""

from __future__ import annotations

import re

from strongroom_engine.indexing.parse.clean import one_line
from strongroom_engine.indexing.parse.lines import line_places
from strongroom_engine.indexing.parse.markup.text import read_text
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.indexing.parse.structure import lists
from strongroom_engine.types import Document, Heading, Page

MEDIA_TYPE = "text/x-rst"

_RULE = r"(?P<{name}>[!-/:-@\[-`{{-~])(?P={name}){{1,}}"
_TITLE = re.compile(
    rf"^(?:{_RULE.format(name='over')}[ \t]*\n)?(?P<words>[ \t]*\S.*)\n{_RULE.format(name='under')}[ \t]*$",
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
    """Titles underlined, or over- and underlined, at least as long as they are; the first kind of
    rule that is met is the outermost (reStructuredText specification, Sections)."""
    found: list[Heading] = []
    ranks: list[tuple[str, str]] = []
    for match in _TITLE.finditer(text):
        over, words, under = match["over"] or "", match["words"], match["under"]
        length = match.end() - match.start("under")
        if length < len(words.strip()) or (over and over != under) or set(words.strip()) == {under}:
            continue
        if (over, under) not in ranks:
            ranks.append((over, under))
        found.append(Heading(match.start("words"), ranks.index((over, under)) + 1, one_line(words)))
    return found
