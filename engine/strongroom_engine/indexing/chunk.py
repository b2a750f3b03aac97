"""Document -> chunks that tile its text, sized in the embedding model's tokens.

What a document is made of stays together: paragraphs, a table with its caption, a list with its
lead-in, a heading with what follows. A table or a list that is too large is cut between its rows
or items, and its caption and header rows are repeated in front of each part. Small neighbouring
sections are joined, page ends crossed where something goes on. `marks` says where a text can be
cut, `pieces` what is never divided, `packing` which pieces make a chunk.

What is embedded (`Chunk.passage`) is the document's title, the path of headings and what is
repeated, in front of the text as it is read on: without page numbers and running heads.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import takewhile

from strongroom_engine.indexing.marks import Marks
from strongroom_engine.indexing.packing import Piece, Place, pack
from strongroom_engine.indexing.pieces import Sizes, TokenOffsets, pieces
from strongroom_engine.types import (
    HEADING_SEPARATOR,
    Chunk,
    Document,
    Heading,
    heading_line,
    heading_paths,
)

MAX_SHARE = 1.2
"""A chunk of several pieces has at most this share of the aim."""
WHOLE_SHARE = 1.5
"""A table or list up to this share of the aim stays whole, where the model reads so much."""
SHORT_SHARE = 1.75
"""A document without sections, on one page, up to this share of the aim stays whole: a letter, a
note, an abstract is one thing (nDCG@10 on abstracts .411 -> .417; up to 2.5 times the aim .418)."""
MAX_TITLE_CHARACTERS = 100
MAX_TITLE_WORDS = 20
PREFIX_TOKENS = 48
"""What title and headings may take of the model's longest input."""
SPECIAL_TOKENS = 8
"""What the model itself adds: marks of beginning and end, its word for passages."""
MOST_TOKENS = 1 << 20

_NOT_WORDS = re.compile(r"[_\s]+|(?<!\w)-|-(?!\w)")


def chunk(
    document: Document, token_offsets: TokenOffsets, aim: int, limit: int = MOST_TOKENS
) -> list[Chunk]:
    """The document's chunks, in order, tiling its text; none where the text is blank.

    `token_offsets` gives the code point span of each token of a text; `aim` is in tokens, and
    `limit` the model's longest input: no passage is longer.
    """
    text = document.text
    if not text.strip():
        return []
    marks = Marks(document, text)
    maker = _Maker(document, marks, token_offsets, limit)
    sizes = _sizes(aim, maker.room)
    found = list(pieces(text, marks, token_offsets, sizes))
    return [
        maker.make(
            found[first].start,
            found[last - 1].end,
            sum(piece.tokens for piece in found[first:last]),
        )
        for first, last in _spans(found, sizes, min(int(SHORT_SHARE * aim), maker.room))
    ]


def _spans(found: Sequence[Piece], sizes: Sizes, short: int) -> Iterable[tuple[int, int]]:
    """Which pieces make a chunk: all of them in a short document of one section and page."""
    in_parts = any(piece.place in (Place.SECTION, Place.PAGE) for piece in found[1:])
    if not in_parts and sum(piece.tokens for piece in found) <= short:
        return [(0, len(found))]
    return pack(found, sizes.aim, sizes.cap)


def _sizes(aim: int, room: int) -> Sizes:
    aim = min(aim, room)
    return Sizes(aim, min(int(MAX_SHARE * aim), room), min(int(WHOLE_SHARE * aim), room))


class _Maker:
    """Makes chunks of spans: their heading, and what stands in front of them when embedded."""

    def __init__(
        self, document: Document, marks: Marks, token_offsets: TokenOffsets, limit: int
    ) -> None:
        self._text = document.text
        self._title = _shown_title(document.title)
        self._marks = marks
        self._token_offsets = token_offsets
        self._room = limit - SPECIAL_TOKENS
        self._paths = _HeadingPaths(self._text, document.headings)
        self._lines: dict[str, tuple[str, int]] = {}

    @property
    def room(self) -> int:
        """Tokens that the model has for any chunk's text. Not by each heading: another one
        somewhere would change the sizes everywhere."""
        return max(self._room - (PREFIX_TOKENS if self._paths else self._line("")[1]), 8)

    def make(self, start: int, end: int, tokens: int) -> Chunk:
        shown = self._text[start:end]
        heading = self._paths.at(start + len(shown) - len(shown.lstrip()), end)
        line, used = self._line(heading)
        repeated = self._repeated(start, self._room - used - tokens)
        prefix = f"{line}\n{repeated}" if line or repeated else ""
        return Chunk(start, end, heading, shown, prefix + self._read(start, end), prefix)

    def _read(self, start: int, end: int) -> str:
        """The text as it is read on, without what stands at the ends of pages: so its embedding
        does not depend on where they are."""
        shown, read = self._text[start:end], self._marks.read[start:end]
        return read if read.strip() and read.split() != shown.split() else shown

    def _line(self, heading: str) -> tuple[str, int]:
        """Title and headings as one line, and its tokens; the same for many chunks."""
        if heading not in self._lines:
            path = self._first_tokens(heading, PREFIX_TOKENS)
            title = "" if heading.startswith(self._title) else self._title
            title = self._first_tokens(title, PREFIX_TOKENS - self._count(path))
            line = HEADING_SEPARATOR.join(part for part in (title, path) if part)
            self._lines[heading] = line, self._count(line)
        return self._lines[heading]

    def _repeated(self, start: int, room: int) -> str:
        spans = self._marks.lead(start)
        lines = "".join(f"{self._marks.read[left:right].strip()}\n" for left, right in spans)
        kept = self._first_tokens(lines, room)
        return kept if kept == lines or not kept else f"{kept}\n"

    def _first_tokens(self, text: str, most: int) -> str:
        spans = self._token_offsets(text) if text else []
        if len(spans) <= most:
            return text
        return text[: spans[most - 1][1]] if most > 0 else ""

    def _count(self, text: str) -> int:
        return len(self._token_offsets(text)) if text else 0


def _shown_title(title: str) -> str:
    """The title for a prefix; '' where it is a code and no wording."""
    words = " ".join(_NOT_WORDS.sub(" ", title).split()[:MAX_TITLE_WORDS])
    letters = sum(character.isalpha() for character in words)
    return words[:MAX_TITLE_CHARACTERS] if letters > 0.5 * len(words) else ""


class _HeadingPaths:
    """The path of headings above each place of a document."""

    def __init__(self, text: str, headings: Iterable[Heading]) -> None:
        self._text = text
        found = heading_paths(headings)
        self._starts = [start for start, _ in found]
        self._paths = [path for _, path in found]

    def __len__(self) -> int:
        return len(self._paths)

    def at(self, position: int, end: int) -> str:
        """The path above the chunk from `position` to `end`.

        Headings that follow each other at once are one path. Of several sections joined from
        their beginning it is what they have in common, else the path of the first.
        """
        index = bisect_right(self._starts, position) - 1
        if index < 0:
            return ""
        begins = self._starts[index] == position
        while self._nothing_between(index, end):
            index += 1
        path = self._paths[index]
        last = bisect_left(self._starts, end)
        if begins:
            for other in self._paths[index + 1 : last]:
                path = _common(path, other)
        return heading_line(path or self._paths[index])

    def _nothing_between(self, index: int, end: int) -> bool:
        """Whether the next heading comes before any text."""
        if index + 1 >= len(self._starts) or self._starts[index + 1] >= end:
            return False
        first_line, _, rest = self._text[self._starts[index] : self._starts[index + 1]].partition(
            "\n"
        )
        return bool(first_line) and not rest.strip()


def _common(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """The headings at the beginning that both paths have."""
    shared = (a == b for a, b in zip(one, other, strict=False))
    return tuple(
        name for name, _ in takewhile(lambda pair: pair[1], zip(one, shared, strict=False))
    )
