"""Web pages: what a reader sees, in paragraphs, lists and rows, without menus and scripts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from lxml import etree

from strongroom_engine.errors import DamagedDocument, NoText, UnsupportedFormat
from strongroom_engine.indexing.parse.clean import (
    CELL_SEPARATOR,
    TextBuilder,
    as_hidden,
    clean,
    has_words,
    one_line,
    without_marks,
)
from strongroom_engine.indexing.parse.decode import MAX_CONTROLS_NAMED, NotText, decode
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.indexing.parse.web.html_hidden import Looks, is_not_shown
from strongroom_engine.indexing.parse.web.surroundings import surroundings
from strongroom_engine.sentences.left_out import NAVIGATION
from strongroom_engine.types import Document, LeftOut, Page

MEDIA_TYPE = "text/html"

Tag = Any
"""An element of lxml, which has no types."""

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
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([a-zA-Z0-9_:.-]+)""")
_TOO_DEEP = "Excessive depth"
MAX_ATTRIBUTES = 5_000
"""Of one tag, about; no page that was made to be read has a hundred."""
_CROWDED = re.compile(r"<([A-Za-z][\w:.-]*)[\s/][^<>]{8192,}>")
_DECLARED_WITHIN = 4096
_CELLS = frozenset({"td", "th"})
_HEADING = re.compile(r"h[1-6]")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_AROUND_BREAK = re.compile(r" *\n *")
_BREAKS = re.compile(r"\n{3,}")
_BULLET = "- "
_PARAGRAPH = "\n\n"
_TIGHT = frozenset({"li", "tr", "dt", "dd"})
_IN_LAYOUT = ["table", "ul", "ol", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"]


@contextmanager
def html_errors() -> Iterator[None]:
    """What the parser of web pages raises, as ours."""
    try:
        yield
    except (etree.LxmlError, AssertionError, ValueError) as exc:
        raise DamagedDocument(why="it does not have the structure of a web page") from exc


def parse(file: OpenFile) -> Document:
    with html_errors():
        root = _tree(file.read())
        around = surroundings(root, _is_unseen) if root is not None else frozenset()
        text, title, found, beside = _text(root, around)
    if not has_words(text):
        raise NoText
    heading = found.headings[0].text if found.headings else ""
    return Document(
        title=one_line(title or heading or file.stem),
        media_type=MEDIA_TYPE,
        pages=(Page(1, text),),
        paged=False,
        headings=found.headings,
        tables=found.tables,
        lists=found.lists,
        hidden=found.hidden,
        left_out=(LeftOut(NAVIGATION(), beside),) if beside else (),
    )


def read(data: bytes) -> tuple[str, str, TextBuilder]:
    """All the visible text of a page, its title, and the builder that knows its headings: of what
    is one text, as a chapter or a letter."""
    with html_errors():
        return _text(_tree(data), frozenset())[:3]


def _tree(data: bytes) -> Tag | None:
    match = _DECLARED.search(data[:_DECLARED_WITHIN])
    declared = match[1].decode("ascii") if match else ""
    try:
        source = without_marks(clean(decode(data, declared, MAX_CONTROLS_NAMED)))
    except NotText as exc:
        raise UnsupportedFormat(kind="data without text") from exc
    source = _CROWDED.sub(_uncrowded, source)
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    root = etree.fromstring(source.encode(), parser)
    if any(_TOO_DEEP in entry.message for entry in parser.error_log):
        raise DamagedDocument(why="its elements are nested too deeply")
    return root


def _uncrowded(tag: re.Match[str]) -> str:
    """A long tag; alone where it has too many attributes: each is compared with all before it."""
    said = tag[0]
    crowded = said.count("=") + len(said.split()) > MAX_ATTRIBUTES
    return f"<{tag[1]}>" if crowded else said


def _text(root: Tag | None, around: Collection[Tag]) -> tuple[str, str, TextBuilder, int]:
    """The text, the title, the builder, and of how many parts nothing is in the text."""
    reader = _Reader(Looks(root), around)
    if root is not None:
        reader.read(root)
    title = root.findtext(".//title") if root is not None else None
    return reader.builder.text, title or "", reader.builder, reader.left_out


def _is_unseen(tag: Tag) -> bool:
    """Left out: menus, scripts, and what the page itself says is not to be shown."""
    return (
        tag.tag in _UNSEEN
        or "hidden" in tag.attrib
        or tag.get("aria-hidden") == "true"
        or is_not_shown(tag.get("style", ""))
    )


class _Reader:
    """Collects the text of one block at a time."""

    def __init__(self, looks: Looks, around: Collection[Tag]) -> None:
        self.builder = TextBuilder()
        self.left_out = 0
        """Parts of the page around its text."""
        self._around = around
        self._looks = looks
        self._hiding: Tag | None = None
        """The outermost element that is open whose text cannot be seen."""
        self._parts: list[str] = []
        self._level = 0
        self._gap = _PARAGRAPH
        self._preformatted = 0
        self._row: Tag | None = None
        self._cells = 0
        self._is_row = False
        """Whether the block that is collected is a row of several cells."""

    def read(self, root: Tag) -> None:
        """Walk the tree without recursion, since pages nest as deep as they like."""
        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        skipped: Tag | None = None
        for event, tag in walk:
            if event == "start" and (tag in self._around or _is_unseen(tag)):
                self.left_out += tag in self._around or tag.tag == "nav"
                skipped = tag
                walk.skip_subtree()
            elif event == "start":
                self._open(tag)
                self._hide(tag)
                self._say(tag.text)
            else:
                if event == "end" and tag is not skipped:
                    self._close(tag)
                    self._hiding = None if tag is self._hiding else self._hiding
                self._say(tag.tail)
        self._flush()

    def _say(self, text: str | None) -> None:
        if text:
            said = text if self._preformatted else _SPACES.sub(" ", text)
            self._parts.append(said if self._hiding is None else as_hidden(said))

    def _hide(self, tag: Tag) -> None:
        if self._hiding is None and self._looks.hides(tag):
            self._hiding = tag

    def _open(self, tag: Tag) -> None:
        if tag.tag == "br":
            self._parts.append("\n" if self._row is None else " ")
        elif self._row is not None:
            self._open_in_row(tag)
        elif tag.tag in _BLOCKS or tag.tag in _CELLS:
            self._flush()
            self._begin(tag)

    def _open_in_row(self, tag: Tag) -> None:
        if tag.tag in _CELLS:
            self._parts.append(CELL_SEPARATOR if self._cells else "")
            self._cells += 1
        elif tag.tag in _BLOCKS:
            self._parts.append(" ")

    def _begin(self, tag: Tag) -> None:
        if _HEADING.fullmatch(tag.tag):
            self._level = int(tag.tag[1])
        if tag.tag in _TIGHT:
            self._gap = "\n"
        if tag.tag == "table":
            self.builder.end_table()
        elif tag.tag == "li":
            self._parts.append(_BULLET)
        elif tag.tag == "pre":
            self._preformatted += 1
        elif tag.tag == "tr" and not _is_layout(tag):
            self._row, self._cells = tag, 0

    def _close(self, tag: Tag) -> None:
        if self._row is not None and tag is not self._row:
            return
        self._is_row = self._row is not None and self._cells > 1
        self._row = None
        if tag.tag in _BLOCKS or tag.tag in _CELLS:
            self._flush(is_header=self._is_row and _is_header(tag))
            self._parts, self._level, self._gap = [], 0, _PARAGRAPH
            self._is_row = False
        if tag.tag == "pre":
            self._preformatted -= 1

    def _flush(self, *, is_header: bool = False) -> None:
        """End the block; a bullet alone waits for its words."""
        text = "".join(self._parts)
        if not self._preformatted:
            text = _AROUND_BREAK.sub("\n", re.sub(" +", " ", text)).strip(" ")
            text = _BREAKS.sub("\n\n", text)
        if has_words(text):
            self._add(text.strip("\n"), is_header)
            self._level, self._gap = 0, _PARAGRAPH
            self._parts = []
        elif text != _BULLET.strip():
            self._parts = []

    def _add(self, text: str, is_header: bool) -> None:
        if self._is_row:
            cells = text.split(CELL_SEPARATOR.strip())
            self.builder.add_row([cell.strip() for cell in cells], is_header=is_header)
        else:
            is_item = text.startswith(_BULLET)
            self.builder.add(text, level=self._level, gap=self._gap, is_item=is_item)


def _is_header(row: Tag) -> bool:
    """Whether the row says what the columns are."""
    parent = row.getparent()
    cells = [cell.tag for cell in row if isinstance(cell.tag, str)]
    return (parent is not None and parent.tag == "thead") or set(cells) == {"th"}


def _is_layout(row: Tag) -> bool:
    """True when the row's cells hold paragraphs rather than values: old pages lay out so."""
    below = Counter(tag.tag for tag in row.iterdescendants() if isinstance(tag.tag, str))
    return any(below[name] for name in _IN_LAYOUT) or below["p"] > below["td"] + below["th"]
