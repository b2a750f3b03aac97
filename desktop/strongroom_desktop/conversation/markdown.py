"""Answers are untrusted text: a small, safe reading of Markdown that keeps every offset.

Only paragraphs, headings, lists, code and bold are understood; everything else, HTML and links
among it, stays the text it is. Each character that is shown knows where it stood in the answer
(in code points), so that sentences and citations land on the right words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, Flag, auto

LINE_BREAK = "\u2028"
_DROPPED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2028\u2029\u2060\ufffc\ufeff]")

_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_RULE = re.compile(r" {0,3}([-*_])( *\1){2,} *$")
_HEADING = re.compile(r" {0,3}#{1,6} +")
_BULLET = re.compile(r"( *)[-*+\u2022] +")
_ORDERED = re.compile(r"( *)(\d{1,3}[.)]) +")
_QUOTED = re.compile(r" {0,3}> ?")
_INLINE = re.compile(
    r"`(?P<code>[^`\n]+)`"
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


class Style(Flag):
    PLAIN = 0
    BOLD = auto()
    EMPHASIS = auto()
    CODE = auto()


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one style; `text[i]` stood at `start + i` in the answer."""

    text: str
    start: int
    style: Style = Style.PLAIN

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item (with its `marker`, at `level` from 0) or piece of code."""

    kind: Kind
    runs: tuple[Run, ...]
    marker: str = ""
    level: int = 0


@dataclass(slots=True)
class _Open:
    """A block that is still being read: its characters and where each stood."""

    kind: Kind
    marker: str = ""
    level: int = 0
    fence: str = ""
    text: str = ""
    offsets: list[int] | None = None

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
            if current is not None and (current.text or current.marker):
                blocks.append(current.close())
            current = opened
        position += len(line) + 1
    if current is not None and (current.text or current.marker):
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
    if current is None or current.kind is Kind.HEADING:
        current = _Open(Kind.PARAGRAPH)
    quoted = _QUOTED.match(line)
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


def _inline(text: str, start: int, end: int, style: Style) -> Iterator[Run]:
    """Runs of text[start:end]; their starts are places in `text` still."""
    position = start
    for match in _INLINE.finditer(text, start, end):
        if match.start() > position:
            yield Run(text[position : match.start()], position, style)
        name = match.lastgroup or ""
        inner = match.span(name)
        if name == "code":
            yield Run(match.group(name), inner[0], style | Style.CODE)
        else:
            more = Style.EMPHASIS if name == "star" else Style.BOLD
            yield from _inline(text, *inner, style | more)
        position = match.end()
    if position < end:
        yield Run(text[position:end], position, style)


def _place(run: Run, offsets: list[int]) -> Iterator[Run]:
    """The run in the answer's own offsets, split where characters were left out between."""
    places = offsets[run.start : run.end]
    begin = 0
    for index in range(1, len(places) + 1):
        if index == len(places) or places[index] != places[index - 1] + 1:
            yield Run(run.text[begin:index], places[begin], run.style)
            begin = index
