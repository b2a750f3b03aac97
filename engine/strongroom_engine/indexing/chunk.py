"""Document -> chunks that tile its text, sized in the embedding model's tokens.

Blocks (paragraphs, by blank lines) are packed whole into chunks of about `aim` tokens. A heading
begins a new chunk once the current one is worth standing alone; a page does so always, unless the
sentence before goes on over its beginning. A block that is too large is cut
into even pieces at sentence ends, and a sentence without an end at a word.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from strongroom_engine.types import Chunk, Document, Heading

TokenOffsets = Callable[[str], list[tuple[int, int]]]

PATH_SEPARATOR = " > "
MIN_SHARE = 0.4
"""A chunk smaller than this share of the aim is joined with the section that follows it."""
MAX_SHARE = 1.2
"""A block up to this share of the aim stays whole."""
MAX_HEADING_CHARACTERS = 160

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+|(?<=[。！？])|\n+")
_PAGE_NUMBER = re.compile(r"[\W\d_]*(page)?[\W\d_]*(of)?[\W\d_]*|\W*[ivxlc]+\W*", re.IGNORECASE)
_SENTENCE_ENDS = tuple(".!?:;…。！？")
_CLOSING = "\"'”’)]» "
_SCAN_CHARACTERS = 200_000
"""Blocks longer than this are cut before they are tokenized, so that memory stays bounded."""


@dataclass(frozen=True, slots=True)
class _Block:
    start: int
    end: int
    tokens: int
    is_heading: bool = False
    begins_page: bool = False
    """It begins a page, and nothing runs over from the one before."""


def chunk(document: Document, token_offsets: TokenOffsets, aim: int) -> list[Chunk]:
    """The document's chunks, in order, tiling its text; none where the text is blank.

    `token_offsets` gives the code point span of each token of a text; `aim` is in tokens.
    """
    text = document.text
    if not text.strip():
        return []
    headings = sorted(document.headings, key=lambda heading: heading.start)
    pages = [start for start in document.page_starts if _ends_sentence(text, start)]
    marks = _Marks(frozenset(heading.start for heading in headings), frozenset(pages))
    blocks = _blocks(text, marks, token_offsets, aim)
    paths = _HeadingPaths(text, headings)
    return [
        _make(text, start, end, paths.at(_first_word(text, start, end), end))
        for start, end in _pack(blocks, aim)
    ]


def _make(text: str, start: int, end: int, heading: str) -> Chunk:
    shown = text[start:end]
    prefix = f"{heading}\n" if heading else ""
    return Chunk(start, end, heading, shown, prefix + shown)


def _first_word(text: str, start: int, end: int) -> int:
    return start + (len(text[start:end]) - len(text[start:end].lstrip()))


def _pack(blocks: Iterator[_Block], aim: int) -> Iterator[tuple[int, int]]:
    """Join blocks, in order, into spans of at most about `aim` tokens."""
    start, end, size = 0, 0, 0
    for block in blocks:
        full = size + block.tokens > aim
        section = block.is_heading and size >= MIN_SHARE * aim
        if size and (full or section or block.begins_page):
            yield start, end
            start, size = end, 0
        end, size = block.end, size + block.tokens
    yield start, end


@dataclass(frozen=True, slots=True)
class _Marks:
    """Places where a block begins whatever the blank lines say."""

    headings: frozenset[int]
    pages: frozenset[int]


def _ends_sentence(text: str, page_start: int) -> bool:
    """Whether the page before ends with a sentence; its number at the foot does not count."""
    lines = text[max(page_start - 200, 0) : page_start].splitlines()
    while lines and _PAGE_NUMBER.fullmatch(lines[-1]) and not lines[-1].endswith(_SENTENCE_ENDS):
        lines.pop()
    return not lines or lines[-1].rstrip(_CLOSING).endswith(_SENTENCE_ENDS)


def _blocks(text: str, marks: _Marks, token_offsets: TokenOffsets, aim: int) -> Iterator[_Block]:
    """Tile the text with paragraphs, cutting those that are too large."""
    for start, end in _paragraphs(text, marks):
        spans = token_offsets(text[start:end])
        heading, page = start in marks.headings, start in marks.pages
        if len(spans) <= MAX_SHARE * aim:
            yield _Block(start, end, len(spans), heading, page)
            continue
        (left, right, tokens), *others = _cut(text[start:end], [span[0] for span in spans], aim)
        yield _Block(start + left, start + right, tokens, heading, page)
        for left, right, tokens in others:
            yield _Block(start + left, start + right, tokens)


def _paragraphs(text: str, marks: _Marks) -> Iterator[tuple[int, int]]:
    bounds = {match.end() for match in _BLANK_LINE.finditer(text)}
    bounds |= {start for start in marks.headings | marks.pages if 0 < start < len(text)}
    # Space at the very beginning belongs to the first paragraph.
    bounds = {bound for bound in bounds if bound > len(text) - len(text.lstrip())}
    begin = 0
    for bound in [*sorted(bounds - {len(text)}), len(text)]:
        for left in range(begin, bound, _SCAN_CHARACTERS):
            yield left, min(left + _SCAN_CHARACTERS, bound)
        begin = bound


def _cut(text: str, token_starts: Sequence[int], aim: int) -> list[tuple[int, int, int]]:
    """Pieces of at most `aim` tokens, as even as sentences allow: (start, end, tokens)."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    pieces: list[tuple[int, int, int]] = []
    start, first = 0, 0
    while (left := len(token_starts) - first) > aim:
        ideal = token_starts[first + left // -(-left // aim)]
        most = token_starts[first + aim]
        cut = _nearest(ends, ideal, start + 1, most) or _word_start(text, ideal, start + 1)
        after = bisect_right(token_starts, cut - 1)
        pieces.append((start, cut, after - first))
        start, first = cut, after
    return [*pieces, (start, len(text), len(token_starts) - first)]


def _nearest(ends: Sequence[int], ideal: int, least: int, most: int) -> int | None:
    """The sentence end nearest to `ideal` within [least, most]."""
    at = bisect_right(ends, ideal)
    near = [end for end in ends[max(at - 1, 0) : at + 1] if least <= end <= most]
    return min(near, key=lambda end: abs(end - ideal), default=None)


def _word_start(text: str, position: int, least: int) -> int:
    """The start of the word that `position` is in, or `position` in a word without a start."""
    space = max(text.rfind(" ", least, position), text.rfind("\n", least, position))
    return space + 1 if space >= 0 and position - space < 100 else max(position, least)


class _HeadingPaths:
    """The path of headings above each place of a document."""

    def __init__(self, text: str, headings: Sequence[Heading]) -> None:
        self._text = text
        self._starts: list[int] = []
        self._paths: list[str] = []
        stack: list[Heading] = []
        for heading in headings:
            stack = [above for above in stack if above.level < heading.level] + [heading]
            self._starts.append(heading.start)
            path = PATH_SEPARATOR.join(" ".join(above.text.split()) for above in stack)
            self._paths.append(path[:MAX_HEADING_CHARACTERS])

    def at(self, position: int, end: int) -> str:
        """The path above the text at `position`; headings that follow each other at once, before
        `end`, are one path."""
        index = bisect_right(self._starts, position) - 1
        if index < 0:
            return ""
        while self._nothing_between(index, end):
            index += 1
        return self._paths[index]

    def _nothing_between(self, index: int, end: int) -> bool:
        """Whether the next heading comes before any text."""
        if index + 1 >= len(self._starts) or self._starts[index + 1] >= end:
            return False
        first_line, _, rest = self._text[self._starts[index] : self._starts[index + 1]].partition(
            "\n"
        )
        return bool(first_line) and not rest.strip()
