"""Markdown: the page's text is the file's own text, headings are where markdown-it sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from strongroom_engine.indexing.parse.clean import has_words, one_line
from strongroom_engine.indexing.parse.markup.text import read_text
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.indexing.parse.structure import item_list
from strongroom_engine.indexing.parse.web.html_hidden import is_unseen_style
from strongroom_engine.types import Document, Heading, ItemList, Page, Table

MEDIA_TYPE = "text/markdown"

# markdown-it's own line ends, which its line numbers count.
_LINE_END = re.compile(r"\r\n?|\n")
_FRONT_MATTER = re.compile(
    r"\A---[ \t]*(\r\n?|\n)(.*?(\r\n?|\n))??(---|\.\.\.)[ \t]*(\r\n?|\n|\Z)", re.DOTALL
)
_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|^[ \t]{0,3}\[[^\]\n]{1,40}\]:[ \t]*(?:#|<>)[ \t]+[(\"'].*?[)\"'][ \t]*$|"
    r"<(?P<tag>span|div|p|font|details|section|small|sub|sup|b|i|em)\b[^>]{0,300}?"
    r"(?P<style>\bhidden\b|style\s*=\s*(?:\"[^\">]{0,300}\"|'[^'>]{0,300}'))[^>]{0,300}>"
    r".{0,4000}?</(?P=tag)\s*>",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
_TITLE_LINE = re.compile(r"^title[ \t]*:[ \t]*(.+?)[ \t]*$", re.IGNORECASE | re.MULTILINE)


def parse(file: OpenFile) -> Document:
    text = read_text(file.file)
    front, body = _split(text)
    starts = list(accumulate((len(line) for line in _lines(text)), initial=0))
    tokens = _blocks(body)
    headings = _headings(tokens, starts)
    named = _TITLE_LINE.search(front)
    title = named[1].strip("\"'") if named else headings[0].text if headings else file.stem
    return Document(
        title=one_line(title),
        media_type=MEDIA_TYPE,
        pages=(Page(1, text),),
        paged=False,
        headings=headings,
        tables=_tables(tokens, starts),
        lists=_lists(tokens, starts),
        hidden=tuple(_hidden(text, tokens, starts)),
    )


def _split(text: str) -> tuple[str, str]:
    """The front matter, and the text with as many empty lines instead of it: left in, its last
    line would make a heading of the line above."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return "", text
    return match[0], "\n" * len(_LINE_END.findall(match[0])) + text[match.end() :]


def _blocks(body: str) -> list[Token]:
    blocks = MarkdownIt("commonmark").enable("table")
    blocks.core.ruler.enableOnly(["normalize", "block"])
    return blocks.parse(body)


def _headings(tokens: Sequence[Token], starts: Sequence[int]) -> tuple[Heading, ...]:
    inline = MarkdownIt("commonmark")
    found = []
    for opening, content in pairwise(tokens):
        if opening.type == "heading_open" and opening.map is not None:
            words = one_line(_words(inline.parseInline(content.content)))
            if words:
                found.append(Heading(starts[opening.map[0]], int(opening.tag[1:]), words))
    return tuple(found)


def _tables(tokens: Sequence[Token], starts: Sequence[int]) -> tuple[Table, ...]:
    """The header of each goes to the end of the line of dashes."""
    return tuple(
        Table(starts[token.map[0]], starts[token.map[0] + 2], starts[token.map[1]])
        for token in tokens
        if token.type == "table_open" and token.map is not None
    )


def _lists(tokens: Sequence[Token], starts: Sequence[int]) -> tuple[ItemList, ...]:
    """Of lists within lists the outer ones."""
    outer = [token for token in tokens if token.level == 0 and token.type.endswith("list_open")]
    items = [
        starts[t.map[0]] for t in tokens if t.map and (t.level, t.type) == (1, "list_item_open")
    ]
    spans = [(starts[token.map[0]], starts[token.map[1]]) for token in outer if token.map]
    found = (item_list([at for at in items if start <= at < end], end) for start, end in spans)
    return tuple(one for one in found if one)


def _hidden(text: str, tokens: Sequence[Token], starts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Comments, and elements that are not shown; what code holds of them is shown."""
    code = [token.map for token in tokens if token.type in {"fence", "code_block"} and token.map]
    shown = [(starts[first], starts[last]) for first, last in code]
    done = 0
    for match in _UNSEEN.finditer(text):
        start, end = match.span()
        element = match["tag"]
        if element and not is_unseen_style(match["style"]):
            continue
        if start >= done and has_words(match.group()) and not any(a <= start < b for a, b in shown):
            yield start, end
            done = end


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
