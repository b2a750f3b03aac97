"""Answers are untrusted text: a small, safe reading of Markdown that keeps every offset.

Only paragraphs, headings, lists, quotes, tables, code, bold and links to the web are understood;
everything else, HTML and links to anything else among it, stays the text it is. Each character that is shown knows where it stood in the answer
(in code points), so that sentences and citations land on the right words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum, Flag, auto

LINE_BREAK = "\u2028"
_DROPPED = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\u2028\u2029\u2060\ufffc\ufeff]"
)

_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_RULE = re.compile(r" {0,3}([-*_])( *\1){2,} *$")
_HEADING = re.compile(r" {0,3}#{1,6} +")
_BULLET = re.compile(r"( *)[-*+\u2022] +")
_ORDERED = re.compile(r"( *)(\d{1,3}[.)]) +")
_QUOTED = re.compile(r" {0,3}> ?")
_ROW = re.compile(r" {0,3}\|(?:[^|]*\|){1,16}[^|]*$")
"""A line of a table. One with more cells than a column of text can hold stays text."""
_UNDER_HEAD = re.compile(r"[\s|:-]*-[\s|:-]*$")
_INLINE = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|(?<!!)\[(?P<link>[^\[\]\n]+)\]\((?P<href>(?:https?://|mailto:)[^\s()<>]+)\)"
    r"|(?<!\w)(?P<url>https?://[^\s<>()\[\]\"'`|*]*[^\s<>()\[\]\"'`|*.,;:!?])"
    r"|(?<![\w*])\*\*(?=[^\s*])(?P<stars>.+?)(?:\*\*|$)"
    r"|(?<!\w)__(?=[^\s_])(?P<bars>.+?)(?:__(?!\w)|$)"
    r"|(?<![\w*])\*(?=[^\s*])(?P<star>[^*\n]*[^*\s])\*(?![\w*])",
    re.DOTALL,
)


class Kind(Enum):
    PARAGRAPH = auto()
    HEADING = auto()
    ITEM = auto()
    CODE = auto()
    QUOTE = auto()
    TABLE = auto()


class Style(Flag):
    PLAIN = 0
    BOLD = auto()
    EMPHASIS = auto()
    CODE = auto()


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one style; `text[i]` stood at `start + i` in the answer. `href`: where a link
    goes, on the web or by mail; it is opened only when the user agrees."""

    text: str
    start: int
    style: Style = Style.PLAIN
    href: str = ""

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item (with its `marker`, at `level` from 0), quote, piece of code
    or table: its `rows` hold cells of runs, and `runs` all of them; `headed`: the first row is its
    head."""

    kind: Kind
    runs: tuple[Run, ...]
    marker: str = ""
    level: int = 0
    rows: tuple[tuple[tuple[Run, ...], ...], ...] = ()
    headed: bool = False


@dataclass(slots=True)
class _Open:
    """A block that is still being read: its characters and where each stood."""

    kind: Kind
    marker: str = ""
    level: int = 0
    fence: str = ""
    text: str = ""
    offsets: list[int] | None = None
    rows: list[tuple[tuple[Run, ...], ...]] = field(default_factory=list)
    headed: bool = False

    @property
    def begun(self) -> bool:
        """Whether there is anything to show of it."""
        return bool(self.text or self.marker or self.rows)

    def add_row(self, line: str, start: int) -> None:
        """A line of a table: its cells, or the line under its head."""
        if self.rows and _UNDER_HEAD.match(line):
            self.headed = self.headed or len(self.rows) == 1
            return
        self.rows.append(tuple(cell.close().runs for cell in _cells(line, start)))

    def add(self, text: str, start: int) -> None:
        offsets = self.offsets = self.offsets if self.offsets is not None else []
        for place, character in enumerate(text, start):
            if not _DROPPED.match(character):
                self.text += character
                offsets.append(place)

    def break_line(self, start: int) -> None:
        if self.text:
            self.text += LINE_BREAK
            assert self.offsets is not None
            self.offsets.append(start)

    def close(self) -> Block:
        if self.kind is Kind.TABLE:
            everything = tuple(run for row in self.rows for cell in row for run in cell)
            return Block(self.kind, everything, rows=tuple(self.rows), headed=self.headed)
        runs: Iterable[Run] = _inline(self.text, 0, len(self.text), Style.PLAIN)
        if self.kind is Kind.CODE:
            runs = (Run(self.text, 0, Style.CODE),)
        offsets = self.offsets or []
        placed = tuple(piece for run in runs for piece in _place(run, offsets))
        return Block(self.kind, placed, self.marker, self.level)


def parse(text: str) -> tuple[Block, ...]:
    """The blocks of an answer, in order; an unfinished one reads as far as it goes."""
    blocks: list[Block] = []
    current: _Open | None = None
    position = 0
    for line in text.split("\n"):
        opened = _step(current, line, position)
        if opened is not current:
            if current is not None and current.begun:
                blocks.append(current.close())
            current = opened
        position += len(line) + 1
    if current is not None and current.begun:
        blocks.append(current.close())
    return tuple(blocks)


def _step(current: _Open | None, line: str, at: int) -> _Open | None:
    """Takes one line, which goes into the open block or ends it; the block that is open then."""
    if current is not None and current.kind is Kind.CODE:
        return _in_code(current, line, at)
    if fence := _FENCE.match(line):
        return _Open(Kind.CODE, fence=fence.group(1))
    if not line.strip() or _RULE.match(line):
        return None
    if fresh := _starts(line, at):
        return fresh
    if _ROW.match(line):
        table = current if current is not None and current.kind is Kind.TABLE else None
        table = table or _Open(Kind.TABLE)
        table.add_row(line, at)
        return table
    quoted = _QUOTED.match(line)
    if quoted and (current is None or current.kind is not Kind.QUOTE):
        current = _Open(Kind.QUOTE)
    elif current is None or current.kind in (Kind.HEADING, Kind.TABLE):
        current = _Open(Kind.PARAGRAPH)
    body = quoted.end() if quoted else len(line) - len(line.lstrip())
    current.break_line(at - 1)
    current.add(line[body:].rstrip(), at + body)
    return current


def _in_code(current: _Open, line: str, at: int) -> _Open | None:
    if line.strip().startswith(current.fence) and not line.strip(" `~"):
        return None
    current.break_line(at - 1)
    current.add(line, at)
    return current


def _starts(line: str, at: int) -> _Open | None:
    """The heading or list item that this line begins."""
    if match := _HEADING.match(line):
        block = _Open(Kind.HEADING)
    elif match := _BULLET.match(line):
        block = _Open(Kind.ITEM, "\u2022", len(match.group(1)) // 2)
    elif match := _ORDERED.match(line):
        block = _Open(Kind.ITEM, match.group(2), len(match.group(1)) // 2)
    else:
        return None
    block.level = min(block.level, 3)
    block.add(line[match.end() :].rstrip(), at + match.end())
    return block


def _cells(line: str, start: int) -> Iterator[_Open]:
    """The cells of a table's line; a bar after a backslash belongs to its cell."""
    first = line.index("|") + 1
    cell, place = _Open(Kind.PARAGRAPH), first
    while place < len(line):
        if line[place] == "|":
            yield cell
            cell = _Open(Kind.PARAGRAPH)
        elif line.startswith("\\|", place):
            place += 1
            cell.add("|", start + place)
        elif cell.text or not line[place].isspace():
            rest = line[place:].partition("|")[0]
            cell.add(line[place] if rest.strip() else "", start + place)
        place += 1
    if cell.text:
        yield cell


def _inline(text: str, start: int, end: int, style: Style, href: str = "") -> Iterator[Run]:
    """Runs of text[start:end]; their starts are places in `text` still."""
    position = start
    for match in _INLINE.finditer(text, start, end):
        if match.start() > position:
            yield Run(text[position : match.start()], position, style, href)
        name = match.lastgroup or ""
        inner = match.span(name)
        if name == "code":
            yield Run(match.group(name), inner[0], style | Style.CODE, href)
        elif name == "href":
            yield from _inline(text, *match.span("link"), style, match.group("href"))
        elif name == "url":
            yield Run(match.group(name), inner[0], style, href or match.group(name))
        else:
            more = Style.EMPHASIS if name == "star" else Style.BOLD
            yield from _inline(text, *inner, style | more, href)
        position = match.end()
    if position < end:
        yield Run(text[position:end], position, style, href)


def _place(run: Run, offsets: list[int]) -> Iterator[Run]:
    """The run in the answer's own offsets, split where characters were left out between."""
    places = offsets[run.start : run.end]
    begin = 0
    for index in range(1, len(places) + 1):
        if index == len(places) or places[index] != places[index - 1] + 1:
            yield Run(run.text[begin:index], places[begin], run.style, run.href)
            begin = index
