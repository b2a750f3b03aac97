"""An answer's Markdown -> blocks of text with citations and marks at their places.

Sentences and doubts are spans of the answer's text, and no Markdown parser keeps positions within
a line. So the marks are put into the text as private-use characters before it is parsed, and read
from its pieces again. HTML, links, images and entities stay the text that they are: the answer
rests on documents that nobody has vetted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from strongroom_engine.types import Answer, Doubt, Sentence

Kind = Literal["paragraph", "heading", "item", "code", "quote", "table"]


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look. `gap`: no source supports their sentence; `doubt`: they stand in none of
    its sources."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    gap: bool = False
    doubt: bool = False


@dataclass(frozen=True, slots=True)
class Noted:
    """What follows a sentence: the numbers of its sources, that it has none, and what of it stands
    in none of them."""

    numbers: tuple[int, ...] = ()
    unsupported: bool = False
    not_found: tuple[str, ...] = ()


Inline = Run | Noted
Line = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading of `level` 1 to 6, a list item at `level` from 0 with its `marker` (none where it
    goes on), a table of `rows`, the first its head …"""

    kind: Kind
    line: Line = ()
    level: int = 0
    marker: str = ""
    rows: tuple[tuple[Line, ...], ...] = ()


def blocks_of(answer: Answer) -> tuple[Block, ...]:
    """The answer's text, in order."""
    noted = tuple(_noted(answer, sentence) for sentence in answer.sentences)
    marked = _with_marks(_without_private(answer.text), answer.sentences, answer.doubts)
    if answer.task == "structured":  # JSON, in which * and _ are what they are
        return (Block("code", _Pieces(noted).code(marked)),)
    return tuple(_Reader(noted).blocks(_MARKDOWN.parse(marked)))


def _noted(answer: Answer, sentence: Sentence) -> Noted:
    doubted = tuple(
        answer.text[each.start : each.end]
        for each in answer.doubts
        if sentence.start <= each.start < sentence.end
    )
    return Noted(sentence.citations, not sentence.supported, doubted)


_MARKDOWN = (
    MarkdownIt("commonmark", {"html": False})
    .enable("table")
    .disable(["code", "html_block", "lheading", "reference", "hr"])
    .disable(["autolink", "entity", "escape", "html_inline", "image", "link"])
)

# --- marks in the text ---------------------------------------------------------------------------

_GAP, _GAP_END, _DOUBT, _DOUBT_END = (chr(0xF0000 + number) for number in range(4))
_SENTENCE = 0xF1000
"""The end of sentence n is marked by the character n places after it."""
_MARK = re.compile("([\U000f0000-\U000ffffd])")
_DROPPED = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffc\ud800-\udfff]"
)
_OPENING = re.compile(
    r"\s*(?:(?:```|~~~)[^\n]*\n\s*)?(?:(?:[-*+>•]|#{1,6}|\d{1,3}[.)])[ \t]+|\|\s*)*[*_`]*"
)
_CLOSING = " \t\r\n*_`~|"


def _without_private(text: str) -> str:
    """As long as before, without the characters that are marks."""
    return _MARK.sub("\ufffd", text).replace("\r", " ")


def _with_marks(text: str, sentences: Sequence[Sentence], doubts: Sequence[Doubt]) -> str:
    """The marks stand inside what formats the words: behind the text of '**so.**', not behind the
    asterisks, which would close nothing any more."""
    marks: list[tuple[int, int, str]] = []
    for number, sentence in enumerate(sentences):
        end = sentence.start + len(text[sentence.start : sentence.end].rstrip(_CLOSING))
        if end <= sentence.start:
            continue
        marks.append((end, 2, chr(_SENTENCE + number)))
        if not sentence.supported:
            opening = _OPENING.match(text, sentence.start, end)
            start = opening.end() if opening else sentence.start
            marks += [(min(start, end), 3, _GAP), (end, 1, _GAP_END)]
    for doubt in doubts:
        marks += [(doubt.start, 4, _DOUBT), (doubt.end, 0, _DOUBT_END)]
    marked, at = "", 0
    for place, _, mark in sorted(marks):
        marked += text[at:place] + mark
        at = max(at, place)
    return marked + text[at:]


# --- reading -------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Pieces:
    """Turns text with marks into runs; what is open goes on from block to block."""

    noted: tuple[Noted, ...]
    gap: bool = False
    doubt: bool = False

    def line(self, tokens: Sequence[Token]) -> Line:
        bold = italic = 0
        line: list[Inline] = []
        for token in tokens:
            match token.type:
                case "strong_open" | "strong_close":
                    bold += token.nesting
                case "em_open" | "em_close":
                    italic += token.nesting
                case "softbreak" | "hardbreak":
                    line.append(Run("\n"))
                case _:
                    code = token.type == "code_inline"
                    look = Run("", bool(bold), bool(italic), code)
                    line += self._pieces(token.content, look)
        return tuple(line)

    def code(self, text: str) -> Line:
        return tuple(self._pieces(text.rstrip("\n"), Run("", code=True)))

    def _pieces(self, text: str, look: Run) -> Iterator[Inline]:
        for piece in _MARK.split(text):
            if not _MARK.fullmatch(piece):
                if shown := _DROPPED.sub("", piece):
                    yield Run(shown, look.bold, look.italic, look.code, self.gap, self.doubt)
            elif piece in (_GAP, _GAP_END):
                self.gap = piece == _GAP
            elif piece in (_DOUBT, _DOUBT_END):
                self.doubt = piece == _DOUBT
            elif (noted := self.noted[ord(piece) - _SENTENCE]) != Noted():
                yield noted


@dataclass(slots=True)
class _Reader:
    """What the parser's tokens have opened so far."""

    noted: tuple[Noted, ...]
    _lists: int = 0
    _quotes: int = 0
    _heading: int = 0
    _marker: str = ""
    _in_table: bool = False
    _rows: list[list[Line]] = field(default_factory=list)

    def blocks(self, tokens: Sequence[Token]) -> Iterator[Block]:
        pieces = _Pieces(self.noted)
        for token in tokens:
            self._enter(token)
            if token.type == "fence":
                yield Block("code", pieces.code(token.content))
            elif token.type == "table_close":
                yield Block("table", rows=tuple(map(tuple, self._rows)))
            elif token.type == "inline" and self._in_table:
                self._rows[-1].append(pieces.line(token.children or ()))
            elif token.type == "inline":
                yield self._block(pieces.line(token.children or ()))

    def _enter(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open" | "bullet_list_close":
                self._lists += token.nesting
            case "ordered_list_open" | "ordered_list_close":
                self._lists += token.nesting
            case "list_item_open":
                self._marker = f"{token.info}{token.markup}" if token.info else "•"
            case "blockquote_open" | "blockquote_close":
                self._quotes += token.nesting
            case "heading_open" | "heading_close":
                self._heading = int(token.tag[1:]) if token.nesting == 1 else 0
            case "table_open" | "table_close":
                self._in_table = token.nesting == 1
                self._rows = [] if self._in_table else self._rows
            case "tr_open":
                self._rows.append([])
            case _:
                pass

    def _block(self, line: Line) -> Block:
        marker, self._marker = self._marker, ""
        if self._lists:
            return Block("item", line, self._lists - 1, marker)
        if self._heading:
            return Block("heading", line, self._heading)
        return Block("quote" if self._quotes else "paragraph", line)
