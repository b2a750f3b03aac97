"""Markdown: the page's text is the file's own text, headings are where markdown-it sees them."""

from __future__ import annotations

import re
from itertools import accumulate, pairwise
from pathlib import Path
from typing import BinaryIO

from markdown_it import MarkdownIt
from markdown_it.token import Token

from strongroom_engine.indexing.parse.clean import one_line
from strongroom_engine.indexing.parse.text import read_text
from strongroom_engine.types import Document, Heading, Page

MEDIA_TYPE = "text/markdown"

# markdown-it's own line ends, which its line numbers count.
_LINE_END = re.compile(r"\r\n?|\n")
_FRONT_MATTER = re.compile(
    r"\A---[ \t]*(\r\n?|\n)(.*?(\r\n?|\n))??(---|\.\.\.)[ \t]*(\r\n?|\n|\Z)", re.DOTALL
)
_TITLE_LINE = re.compile(r"^title[ \t]*:[ \t]*(.+?)[ \t]*$", re.IGNORECASE | re.MULTILINE)


def parse(path: str, file: BinaryIO) -> Document:
    text = read_text(file)
    front, body = _split(text)
    headings = _headings(text, body)
    named = _TITLE_LINE.search(front)
    title = named[1].strip("\"'") if named else headings[0].text if headings else Path(path).stem
    return Document(
        title=one_line(title),
        media_type=MEDIA_TYPE,
        pages=(Page(1, text),),
        paged=False,
        headings=headings,
    )


def _split(text: str) -> tuple[str, str]:
    """The front matter, and the text with as many empty lines instead of it: left in, its last
    line would make a heading of the line above."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return "", text
    return match[0], "\n" * len(_LINE_END.findall(match[0])) + text[match.end() :]


def _headings(text: str, body: str) -> tuple[Heading, ...]:
    starts = list(accumulate((len(line) for line in _lines(text)), initial=0))
    blocks = MarkdownIt("commonmark").enable("table")
    blocks.core.ruler.enableOnly(["normalize", "block"])
    inline = MarkdownIt("commonmark")
    tokens = blocks.parse(body)
    found = []
    for opening, content in pairwise(tokens):
        if opening.type == "heading_open" and opening.map is not None:
            words = one_line(_words(inline.parseInline(content.content)))
            if words:
                found.append(Heading(starts[opening.map[0]], int(opening.tag[1:]), words))
    return tuple(found)


def _lines(text: str) -> list[str]:
    """The lines, each with its line end."""
    ends = [match.end() for match in _LINE_END.finditer(text)]
    return [text[a:b] for a, b in zip([0, *ends], [*ends, len(text)], strict=True)]


def _words(tokens: list[Token]) -> str:
    """What a heading says, without its marks."""
    return "".join(
        _words(token.children)
        if token.children
        else " "
        if token.type.endswith("break")
        else token.content
        if token.type in {"text", "code_inline", "text_special"}
        else ""
        for token in tokens
    )
