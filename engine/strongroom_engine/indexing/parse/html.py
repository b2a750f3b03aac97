"""Web pages: what a reader sees, in paragraphs, lists and rows, without menus and scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from bs4 import BeautifulSoup
from bs4.dammit import EncodingDetector
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from strongroom_engine.errors import DamagedDocument, NoText, UnsupportedFormat
from strongroom_engine.indexing.parse import files
from strongroom_engine.indexing.parse.clean import TextBuilder, clean, has_words, one_line
from strongroom_engine.indexing.parse.decode import NotText, decode
from strongroom_engine.types import Document, Page

MEDIA_TYPE = "text/html"

# fmt: off
_UNSEEN = frozenset({
    "script", "style", "noscript", "template", "nav", "svg", "head", "iframe", "object", "embed",
    "canvas", "button", "select", "datalist", "textarea", "input", "map", "dialog",
})
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section", "summary", "table",
    "tbody", "tfoot", "thead", "tr", "ul",
})
# fmt: on
_CELLS = frozenset({"td", "th"})
_HEADING = re.compile(r"h[1-6]")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_AROUND_BREAK = re.compile(r" *\n *")
_BREAKS = re.compile(r"\n{3,}")
_BULLET = "- "
_CELL_BREAK = " | "
_PARAGRAPH = "\n\n"
_TIGHT = frozenset({"li", "tr", "dt", "dd"})
_IN_LAYOUT = ["table", "ul", "ol", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"]


@contextmanager
def html_errors() -> Iterator[None]:
    """What the parser of web pages raises, as ours."""
    try:
        yield
    except (AssertionError, ValueError, RecursionError) as exc:
        raise DamagedDocument(why="it does not have the structure of a web page") from exc


def parse(path: str, file: BinaryIO) -> Document:
    text, title, found = read(files.read(file))
    if not has_words(text):
        raise NoText
    heading = found.headings[0].text if found.headings else ""
    return Document(
        title=one_line(title or heading or Path(path).stem),
        media_type=MEDIA_TYPE,
        pages=(Page(1, text),),
        paged=False,
        headings=found.headings,
    )


def read(data: bytes) -> tuple[str, str, TextBuilder]:
    """The visible text of a web page, its title, and the builder that knows its headings."""
    declared = EncodingDetector.find_declared_encoding(data, is_html=True) or ""
    try:
        source = decode(data, declared)
    except NotText as exc:
        raise UnsupportedFormat(kind="data without text") from exc
    with html_errors():
        soup = BeautifulSoup(source, "lxml")
        reader = _Reader()
        reader.read(soup)
        title = soup.title.get_text() if soup.title else ""
    return reader.builder.text, clean(title), reader.builder


def _walk(root: Tag) -> Iterator[tuple[str, PageElement]]:
    """('open' | 'text' | 'close', element) for what can be seen; without recursion, since pages
    nest as deep as they like."""
    stack: list[tuple[Tag, Iterator[PageElement]]] = [(root, iter(root.children))]
    while stack:
        parent, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            yield "close", parent
        elif isinstance(child, Tag):
            if child.name not in _UNSEEN and not _is_hidden(child):
                yield "open", child
                stack.append((child, iter(child.children)))
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            yield "text", child


def _is_hidden(tag: Tag) -> bool:
    style = str(tag.get("style", ""))
    return (
        tag.has_attr("hidden")
        or tag.get("aria-hidden") == "true"
        or bool(style and _HIDDEN_STYLE.search(style))
    )


class _Reader:
    """Collects the text of one block at a time."""

    def __init__(self) -> None:
        self.builder = TextBuilder()
        self._parts: list[str] = []
        self._level = 0
        self._gap = _PARAGRAPH
        self._preformatted = 0
        self._row: Tag | None = None
        self._cells = 0

    def read(self, root: Tag) -> None:
        for event, element in _walk(root):
            if isinstance(element, Tag):
                (self._open if event == "open" else self._close)(element)
            elif isinstance(element, NavigableString):
                text = str(element)
                self._parts.append(text if self._preformatted else _SPACES.sub(" ", text))
        self._flush()

    def _open(self, tag: Tag) -> None:
        if tag.name == "br":
            self._parts.append(" " if self._row else "\n")
        elif self._row is not None:
            self._open_in_row(tag)
        elif tag.name in _BLOCKS or tag.name in _CELLS:
            self._flush()
            self._begin(tag)

    def _open_in_row(self, tag: Tag) -> None:
        if tag.name in _CELLS:
            self._parts.append(_CELL_BREAK if self._cells else "")
            self._cells += 1
        elif tag.name in _BLOCKS:
            self._parts.append(" ")

    def _begin(self, tag: Tag) -> None:
        if _HEADING.fullmatch(tag.name):
            self._level = int(tag.name[1])
        if tag.name in _TIGHT:
            self._gap = "\n"
        if tag.name == "li":
            self._parts.append(_BULLET)
        elif tag.name == "pre":
            self._preformatted += 1
        elif tag.name == "tr" and not _is_layout(tag):
            self._row, self._cells = tag, 0

    def _close(self, tag: Tag) -> None:
        if self._row is not None and tag is not self._row:
            return
        self._row = None
        if tag.name in _BLOCKS or tag.name in _CELLS:
            self._flush()
            self._parts, self._level, self._gap = [], 0, _PARAGRAPH
        if tag.name == "pre":
            self._preformatted -= 1

    def _flush(self) -> None:
        """End the block; a bullet alone waits for its words."""
        text = "".join(self._parts)
        if not self._preformatted:
            text = _AROUND_BREAK.sub("\n", re.sub(" +", " ", text)).strip(" ")
            text = _BREAKS.sub("\n\n", text)
        if has_words(text):
            self.builder.add(text.strip("\n"), level=self._level, gap=self._gap)
            self._level, self._gap = 0, _PARAGRAPH
            self._parts = []
        elif text != _BULLET.strip():
            self._parts = []


def _is_layout(row: Tag) -> bool:
    """True when the row's cells hold paragraphs rather than values: old pages lay out so."""
    if row.find(_IN_LAYOUT) is not None:
        return True
    return len(row.find_all("p")) > len(row.find_all(["td", "th"]))
