"""LaTeX: what its commands print, without them; sections are headings."""

from __future__ import annotations

import logging
import re
from importlib.metadata import version
from typing import Any

from strongroom_engine.errors import EmptyDocument
from strongroom_engine.indexing.parse.clean import TextBuilder, has_words, one_line
from strongroom_engine.indexing.parse.markup.text import read_text
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.types import Document, Page

MEDIA_TYPE = "application/x-tex"

_LEVELS = {
    "part": 1,
    "chapter": 1,
    "section": 2,
    "subsection": 3,
    "subsubsection": 4,
    "paragraph": 5,
}
_SECTION = re.compile(
    r"\\(?P<kind>part|chapter|section|subsection|subsubsection|paragraph)\*?\s*"
    r"(?:\[[^\]]{0,500}\])?\{(?P<words>(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\}){1,500})\}"
)
_TITLE = re.compile(r"\\title\s*(?:\[[^\]]{0,500}\])?\{((?:[^{}]|\{[^{}]*\}){1,500})\}")
_BODY = re.compile(r"\\begin\{document\}(.*?)(?:\\end\{document\}|\Z)", re.DOTALL)
_COMMENT = re.compile(r"(?<!\\)%.*$", re.MULTILINE)
_GAPS = re.compile(r"\n\s*\n\s*")


def parse(file: OpenFile) -> Document:
    """Raises `EmptyDocument` where nothing is printed."""
    source = _COMMENT.sub("", read_text(file.file))
    body = _BODY.search(source)
    to_text = _converter()
    named = _TITLE.search(source)
    title = one_line(to_text(named[1])) if named else ""
    builder = TextBuilder()
    builder.add(title, level=1 if title else 0)
    _say(builder, body[1] if body else source, to_text)
    if not has_words(builder.text):
        raise EmptyDocument
    headings = builder.headings
    return Document(
        title=title or one_line(headings[0].text if headings else file.stem),
        media_type=MEDIA_TYPE,
        pages=(Page(1, builder.text),),
        paged=False,
        headings=headings,
        parser=f"pylatexenc {version('pylatexenc')}",
    )


def _say(builder: TextBuilder, body: str, to_text: Any) -> None:
    done = 0
    for match in _SECTION.finditer(body):
        _say_paragraphs(builder, to_text(body[done : match.start()]))
        builder.add(one_line(to_text(match["words"])), level=_LEVELS[match["kind"]])
        done = match.end()
    _say_paragraphs(builder, to_text(body[done:]))


def _say_paragraphs(builder: TextBuilder, text: str) -> None:
    for paragraph in _GAPS.split(text):
        builder.add(paragraph.strip())


def _converter() -> Any:
    """Inputs are never followed: they name other files. What it cannot read stays as it stands."""
    from pylatexenc.latex2text import LatexNodes2Text

    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)
    converter = LatexNodes2Text(math_mode="text", keep_comments=False, strict_latex_spaces=False)

    def to_text(source: str) -> str:
        try:
            return str(converter.latex_to_text(source, tolerant_parsing=True))
        except Exception:  # whatever its grammar stumbles over
            return source

    return to_text
